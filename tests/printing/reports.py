"""Whole reports as a script or an office suite would print them: reportlab's own layout.

Belongs here: one look of such a file (`Look`), and how each block of a report is set in it. Does
not belong here: what a report says (`generators.content`), or the word processor's pages from
which layout A is taken (`generators.pdf`).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    Flowable,
    PageBreak,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
    TableStyle,
)

from generators.compose import LABELS
from generators.model import ActivityTable, EconomyTable, Goal, Heading, IndicatorTable, Prose
from generators.truth import Truth, truth

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from reportlab.pdfgen.canvas import Canvas

    from generators.model import Analysis, Block, Report

# A font's regular and bold face. Vera is embedded as a subset, with glyphs for codes.
FONTS = {
    "Helvetica": ("Helvetica", "Helvetica-Bold"),
    "Times": ("Times-Roman", "Times-Bold"),
    "Vera": ("Vera", "VeraBd"),
}
# All borders; horizontal ones; these and the outer frame; those round the header; none; and none
# but bands of shade: behind every other row, behind the header, or white between shaded cells.
RULES = ("grid", "rows", "frame", "header", "none", "bands", "head-shade", "tiles")
_GREY, _BLUE = colors.HexColor("#e6e6e6"), colors.HexColor("#1f4e79")


@dataclass(frozen=True, slots=True)
class Look:
    """How one file is printed.

    Attributes:
        font: a key of FONTS.
        size: of tables, points.
        rules: one of RULES.
        padding: left and right of a cell's text, points.
        row_padding: over and under it, points.
        thickness: of the rules, points.
        dark: the header is white on a dark ground.
        wide: the page lies on its side.
        turned: the page is stored upright and shown on its side (/Rotate 90).
        numbers: how values stand in their columns: left, centre or right.
        middle: cells stand in the middle of their row.
        split: rows may break over a page.
        repeated: a table's header is printed again on each page.
        label: how an analysis begins: its label in bold before the text, above it, in a row of its
            own, or in a cell of its own.
        name_share: the share of the width that the names take.
        lowered: a figure after CO stands low, as in a formula.
    """

    font: str = "Helvetica"
    size: float = 8
    rules: str = "grid"
    padding: float = 4
    row_padding: float = 3
    thickness: float = 0.5
    dark: bool = False
    wide: bool = False
    turned: bool = False
    numbers: str = "left"
    middle: bool = False
    split: bool = False
    repeated: bool = True
    label: str = "before"
    name_share: float = 0.28
    lowered: bool = False


def look(random: Random, rules: Sequence[str] = RULES) -> Look:
    """Draw a look."""
    chosen = random.choice(rules)
    return Look(
        font=random.choice(tuple(FONTS)),
        size=random.choice((7, 7.5, 8, 9)),
        rules=chosen,
        padding=random.choice((3, 4, 6)),
        row_padding=random.choice((2, 3, 5)),
        thickness=random.choice((0.25, 0.5, 1)),
        dark=random.random() < 0.3,
        wide=random.random() < 0.4,
        turned=random.random() < 0.2,
        numbers=random.choice(("left", "left", "centre", "right")),
        # Without rules only cells that stand at the top of their row show where it begins.
        middle=chosen in {"grid", "rows", "frame", "tiles"} and random.random() < 0.3,
        split=random.random() < 0.3,
        repeated=chosen != "grid" or random.random() < 0.8,
        label=random.choice(("before", "above", "row", "cell")),
        name_share=random.choice((0.22, 0.28, 0.34)),
        lowered=random.random() < 0.5,
    )


@dataclass(frozen=True, slots=True)
class _Styles:
    """The paragraph styles of a look."""

    cell: ParagraphStyle
    number: ParagraphStyle
    head: ParagraphStyle
    body: ParagraphStyle
    headings: tuple[ParagraphStyle, ...]


def _styles(style: Look) -> _Styles:
    for face in FONTS[style.font]:
        if face.startswith("Vera"):
            pdfmetrics.registerFont(TTFont(face, f"{face}.ttf"))
    plain, bold = FONTS[style.font]
    cell = ParagraphStyle("cell", fontName=plain, fontSize=style.size, leading=style.size * 1.2)
    align = {"left": 0, "centre": 1, "right": 2}[style.numbers]
    colour = colors.white if style.dark else colors.black
    body = ParagraphStyle("body", fontName=plain, fontSize=10.5, leading=14, spaceAfter=7)
    return _Styles(
        cell=cell,
        number=ParagraphStyle("number", parent=cell, alignment=align),
        head=ParagraphStyle("head", parent=cell, fontName=bold, textColor=colour),
        body=body,
        headings=tuple(
            ParagraphStyle(
                f"h{size}",
                fontName=bold,
                fontSize=size,
                leading=size * 1.25,
                spaceBefore=10,
                spaceAfter=6,
            )
            for size in (16, 14, 12, 11)
        ),
    )


def render(report: Report, style: Look) -> tuple[bytes, Truth]:
    """Print a report; return the file and the rows that it holds (all placed on page 1)."""
    styles = _styles(style)
    page = landscape(A4) if style.wide else A4
    width = page[0] - 100
    story: list[Flowable] = []
    for number, part in enumerate(report.parts):
        if number:
            story.append(PageBreak())
        for block in part.blocks:
            story += _block(block, style, styles, width)
    buffer = BytesIO()
    title = next(block.text for block in report.parts[0].blocks if isinstance(block, Heading))

    def margins(canvas: Canvas, _: Any) -> None:
        if style.turned:
            canvas.setPageRotation(90)
        canvas.setFont(FONTS[style.font][0], 8)
        canvas.drawString(50, page[1] - 30, title)
        canvas.drawCentredString(page[0] / 2, 25, f"Sid {canvas.getPageNumber()} (96)")

    SimpleDocTemplate(
        buffer,
        pagesize=page,
        topMargin=55,
        bottomMargin=50,
        leftMargin=50,
        rightMargin=50,
        invariant=1,
    ).build(story, onFirstPage=margins, onLaterPages=margins)
    return buffer.getvalue(), truth(report, defaultdict(lambda: 1), "page")


def _block(block: Block, style: Look, styles: _Styles, width: float) -> list[Flowable]:
    if isinstance(block, Goal):
        heading = styles.headings[2]
        found: list[Flowable] = [Paragraph(escape(f"{LABELS[block.level]} {block.text}"), heading)]
        if block.status:
            found.append(Paragraph(escape(block.status), styles.body))
        return found
    if isinstance(block, Heading):
        return [Paragraph(escape(block.text), styles.headings[block.rank - 1])]
    if isinstance(block, Prose):
        return [Paragraph(escape(block.text), styles.body)]
    if isinstance(block, IndicatorTable):
        titles = ("Indikator", *(column.title for column in block.columns))
        table = _Table([titles], style, styles)
        for row in block.rows:
            table.row((row.name, *row.cells))
            table.analysis(row.analysis)
    elif isinstance(block, ActivityTable):
        deviation = ("Avvikelse",) if block.has_deviation else ()
        table = _Table([("Aktivitet", "Startdatum", "Slutdatum", *deviation)], style, styles)
        for act in block.rows:
            values = (act.deviation,) if block.has_deviation else ()
            table.row((act.name, act.start, act.end, *values))
            table.analysis(act.analysis)
    else:
        table = _money(block, style, styles)
    return [Spacer(0, 4), table.flowable(width), Spacer(0, 10)]


def _money(block: EconomyTable, style: Look, styles: _Styles) -> _Table:
    titles = (block.label_column, *(column.title for column in block.columns))
    groups = ("", *(column.group or "" for column in block.columns))
    head: list[tuple[str, ...]] = [titles]
    if any(groups):
        over = tuple(
            group if group != groups[i - 1] else "" for i, group in enumerate(groups[1:], 1)
        )
        head = [(block.label_column, *over), ("", *titles[1:])]
    table = _Table(head, style, styles)
    if any(groups):
        edges = [i for i, group in enumerate(head[0]) if group or i == 0]
        for first, following in zip(edges, [*edges[1:], len(groups)], strict=True):
            table.commands.append(("SPAN", (first, 0), (following - 1, 0)))
    for row in block.rows:
        table.row((row.label, *row.cells))
    return table


class _Table:
    """A table's rows and styles, as they gather."""

    def __init__(self, head: Sequence[Sequence[str]], style: Look, styles: _Styles) -> None:
        self.style, self.styles = style, styles
        self.head = len(head)
        self.columns = len(head[0])
        self.commands: list[tuple[Any, ...]] = []
        self.data: list[list[Any]] = [
            [Paragraph(escape(title), styles.head) if title else "" for title in titles]
            for titles in head
        ]
        self.longest = [
            max(
                pdfmetrics.stringWidth(word, styles.head.fontName, style.size)
                for titles in head
                for word in (titles[column] or "-").split()
            )
            for column in range(self.columns)
        ]

    def row(self, cells: Sequence[str | None]) -> None:
        """Add a row."""
        found: list[Any] = []
        for column, cell in enumerate(cells):
            text = escape(cell or "")
            if self.style.lowered:
                text = text.replace("CO2", "CO<sub>2</sub>")
            kind = self.styles.number if column else self.styles.cell
            found.append(Paragraph(text, kind) if text else "")
        self.data.append(found)

    def analysis(self, analysis: Analysis | None) -> None:
        """Add the analysis of the row before."""
        if analysis is None:
            return
        cell, label = self.styles.cell, escape(analysis.label)
        texts = [escape(paragraph) for paragraph in analysis.paragraphs]
        at = len(self.data)
        last = self.columns - 1
        if self.style.label == "row":
            self.data.append([Paragraph(f"<b>{label}</b>", cell), *[""] * last])
            self.commands.append(("SPAN", (0, at), (last, at)))
            at += 1
        if self.style.label == "cell":
            self.data.append(
                [Paragraph(label, cell), [Paragraph(text, cell) for text in texts], *[""] * last]
            )
            del self.data[-1][self.columns :]
            self.commands.append(("SPAN", (1, at), (last, at)))
            return
        if self.style.label == "before":
            texts[0] = f"<b>{label}</b> {texts[0]}"
        elif self.style.label == "above":
            texts.insert(0, f"<b>{label}</b>")
        self.data.append([[Paragraph(text, cell) for text in texts], *[""] * last])
        self.commands.append(("SPAN", (0, at), (last, at)))

    def flowable(self, width: float) -> Table:
        """Return the table, `width` points wide."""
        style = self.style
        name = width * style.name_share
        share = (width - name) / sum(self.longest[1:])
        commands = [
            ("LEFTPADDING", (0, 0), (-1, -1), style.padding),
            ("RIGHTPADDING", (0, 0), (-1, -1), style.padding),
            ("TOPPADDING", (0, 0), (-1, -1), style.row_padding),
            ("BOTTOMPADDING", (0, 0), (-1, -1), style.row_padding),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE" if style.middle else "TOP"),
            ("NOSPLIT", (0, 0), (-1, self.head - 1)),
            *self._rules(),
            *self.commands,
        ]
        return Table(
            self.data,
            colWidths=[name, *(share * longest for longest in self.longest[1:])],
            repeatRows=self.head if style.repeated else 0,
            splitInRow=int(style.split),
            style=TableStyle(commands),
        )

    def _rules(self) -> list[tuple[Any, ...]]:
        style, head = self.style, self.head - 1
        everything, top = ((0, 0), (-1, -1)), ((0, 0), (-1, head))
        line = (style.thickness, colors.black)
        ground = [("BACKGROUND", *top, _BLUE if style.dark else _GREY)]
        alternate = [
            ("BACKGROUND", (0, row), (-1, row), _GREY) for row in range(head + 2, len(self.data), 2)
        ]
        rules: dict[str, list[tuple[Any, ...]]] = {
            "grid": [("GRID", *everything, *line)],
            "rows": [("LINEBELOW", *everything, *line)],
            "frame": [("LINEBELOW", *everything, *line), ("BOX", *everything, *line)],
            "header": [("LINEABOVE", *top, *line), ("LINEBELOW", (0, head), (-1, head), *line)],
            "bands": [*ground, *alternate],
            "head-shade": ground,
            "tiles": [
                ("BACKGROUND", *everything, _GREY),
                ("INNERGRID", *everything, 2, colors.white),
            ],
        }
        found = rules.get(style.rules, [])
        return [*ground, *found] if style.dark else found

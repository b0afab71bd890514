"""Random tables in the shapes of the reports, and their printing with reportlab.

Belongs here: content and looks of tables, and prose between them. Does not belong here: reading.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import (
    Flowable,
    PageBreak,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
    TableStyle,
)

if TYPE_CHECKING:
    from random import Random

    from reportlab.pdfgen.canvas import Canvas

WORDS = (
    "andel",
    "antal",
    "barn",
    "i",
    "av",
    "som",
    "med",
    "till",
    "för",
    "och",
    "den",
    "det",
    "personer",
    "äldre",
    "insatser",
    "inom",
    "förskola",
    "nöjda",
    "trygga",
    "upplever",
    "boende",
    "hemtjänst",
    "stödinsatser",
    "brukare",
    "ungdomar",
    "föräldrar",
    "utbildning",
    "sysselsättning",
    "medarbetare",
    "index",
    "energi",
    "utemiljöer",
    "kvalitet",
    "uppföljning",
    "samverkan",
    "verksamheten",
    "verksamhetsförlagd",
    "placeringar",
    "ersättning",
    "platser",
    "plats",
    "året",
    "tillgänglighet",
    "utomhusmiljöer",
    "delaktighet",
    "bemötande",
    "sjukfrånvaro",
    "kemtvätt",
    "fordon",
    "parkmark",
    "förskollärarlegitimation",
    "kompetensutveckling",
    "trygghetsskapande",
    "arbetsmarknadsinsatser",
)
LONG_WORDS = (
    "kompetensförsörjningsplanering",
    "funktionsnedsättningsfrågorna",
    "introduktionsförskoleplatser",
    "arbetsmarknadsintroduktionerna",
    "stadsdelsnämndsverksamheter",
    "livsmedelsinköpsandelarna",
)
VALUES = ("2,7 %", "47,66 %", "1 234 st", "0,5", "99", "12 350 st", "3", "101,5 %", "-1,2 %", "100")
TARGETS = ("öka", "Max 10 personer", "+/-1 %", "Tas fram av nämnd", "2,5 %", "9 000 st", "78 %")
PERIODS = ("2022", "Tertial 2 2022", "VB 2021", "År")
TITLES = (
    "Periodens utfall",
    "Utfall män/pojkar",
    "Utfall kvinnor/flickor",
    "Periodens utfall VB 2021",
    "Prognos helår",
    "Årsmål",
    "KF:s årsmål",
)


@dataclass(slots=True)
class Printed:
    """A table's rows as a reader should find them, header first; an analysis row has one cell."""

    rows: list[tuple[str, ...]]

    @property
    def columns(self) -> int:
        """How many columns the table has."""
        return len(self.rows[0])

    def wide(self) -> list[tuple[str, ...]]:
        """The rows, each as wide as the table."""
        return [(*row, *[""] * (self.columns - len(row))) for row in self.rows]


@dataclass(slots=True)
class Look:
    """How tables are printed. Widths are points; `rules`: grid, rows, box, header or none."""

    size: float = 8
    leading: float = 9.5
    padding: float = 3
    row_padding: float = 3
    align: str = "TOP"
    rules: str = "grid"
    width: float = 480
    name_share: float = 0.25
    thickness: float = 0.5
    shaded: bool = False
    wide_page: bool = False
    numbers_right: bool = False
    split_rows: bool = False
    furniture: tuple[str, ...] = field(default=("Tjänsteutlåtande", "Sid {page}"))


def sentence(random: Random, least: int, most: int, long_words: float = 0.02) -> str:
    """Return words as a phrase that begins with a capital."""
    count = random.randint(least, most)
    words = [
        random.choice(LONG_WORDS if random.random() < long_words else WORDS) for _ in range(count)
    ]
    words[0] = words[0].capitalize()
    return " ".join(words)


def table(random: Random, rows: int | None = None, *, analyses: bool = True) -> Printed:
    """Return a random table: a name, two to eight value columns, blanks, perhaps analyses."""
    titles = sorted(random.sample(range(len(TITLES)), random.randint(1, len(TITLES))))
    head = ("Indikator", *[TITLES[i] for i in titles], "Period")
    printed = [head]
    for _ in range(rows or random.randint(1, 12)):
        cells = [
            "" if random.random() < 0.25 else random.choice(TARGETS if i >= 5 else VALUES)
            for i in titles
        ]
        printed.append((sentence(random, 2, 16), *cells, random.choice(PERIODS)))
        if analyses and random.random() < 0.35:
            printed.append((f"Analys {sentence(random, 4, 90)}.",))
    return Printed(printed)


def look(random: Random, rules: tuple[str, ...] = ("grid",)) -> Look:
    """Return a random look, ruled in one of the given ways."""
    size = random.choice((6.5, 7, 8, 9))
    return Look(
        size=size,
        leading=size * random.choice((1.1, 1.2, 1.3)),
        padding=random.choice((2, 3, 4, 6)),
        row_padding=random.choice((2, 3, 5)),
        align=random.choice(("TOP", "MIDDLE", "BOTTOM")),
        rules=random.choice(rules),
        width=random.choice((440, 480, 510)),
        name_share=random.choice((0.2, 0.25, 0.35)),
        thickness=random.choice((0.25, 0.5, 1)),
        shaded=random.random() < 0.3,
        wide_page=random.random() < 0.15,
        numbers_right=random.random() < 0.3,
    )


def flowable(printed: Printed, style: Look) -> Table:
    """Return a table ready for reportlab to lay out."""
    text = ParagraphStyle("cell", fontName="Helvetica", fontSize=style.size, leading=style.leading)
    right = ParagraphStyle("number", parent=text, alignment=2)
    bold = ParagraphStyle("head", parent=text, fontName="Helvetica-Bold")
    width = style.width * (1.4 if style.wide_page else 1)
    name = width * style.name_share
    rest = (width - name) / (printed.columns - 1)
    commands: list[tuple[Any, ...]] = [
        ("LEFTPADDING", (0, 0), (-1, -1), style.padding),
        ("RIGHTPADDING", (0, 0), (-1, -1), style.padding),
        ("TOPPADDING", (0, 0), (-1, -1), style.row_padding),
        ("BOTTOMPADDING", (0, 0), (-1, -1), style.row_padding),
        ("VALIGN", (0, 0), (-1, -1), style.align),
    ]
    rules = {
        "grid": [("GRID", (0, 0), (-1, -1), style.thickness, colors.black)],
        "rows": [("LINEBELOW", (0, 0), (-1, -1), style.thickness, colors.grey)],
        "box": [
            ("BOX", (0, 0), (-1, -1), style.thickness, colors.black),
            ("INNERGRID", (0, 0), (-1, 0), style.thickness, colors.black),
            ("LINEBELOW", (0, 0), (-1, 0), style.thickness, colors.black),
            ("LINEBEFORE", (1, 1), (-1, -1), style.thickness, colors.black),
        ],
        "header": [
            ("LINEABOVE", (0, 0), (-1, 0), style.thickness, colors.black),
            ("LINEBELOW", (0, 0), (-1, 0), style.thickness, colors.black),
            ("LINEBELOW", (0, -1), (-1, -1), style.thickness, colors.black),
        ],
        "none": [],
    }
    commands += rules[style.rules]
    if style.shaded:
        commands.append(("BACKGROUND", (0, 0), (-1, 0), colors.lightgrey))
    data: list[list[Any]] = []
    for number, row in enumerate(printed.rows):
        if len(row) == 1:
            commands.append(("SPAN", (0, number), (-1, number)))
        cells: list[Any] = []
        for column, cell in enumerate(row):
            is_number = style.numbers_right and number and column and cell[:1].isdigit()
            kind = bold if number == 0 else right if is_number else text
            cells.append(Paragraph(escape(cell), kind) if cell else "")
        data.append(cells + [""] * (printed.columns - len(row)))
    return Table(
        data,
        colWidths=[name, *[rest] * (printed.columns - 1)],
        repeatRows=1,
        splitInRow=int(style.split_rows),
        style=TableStyle(commands),
    )


def prose(random: Random, paragraphs: int = 1) -> list[Flowable]:
    """Return a heading and paragraphs of body text."""
    body = ParagraphStyle("body", fontName="Times-Roman", fontSize=11, leading=14, spaceAfter=8)
    head = ParagraphStyle("heading", fontName="Helvetica-Bold", fontSize=13, leading=16)
    found: list[Flowable] = [Paragraph(sentence(random, 4, 20), head), Spacer(0, 6)]
    found += [Paragraph(sentence(random, 20, 90) + ".", body) for _ in range(paragraphs)]
    return found


def document(story: list[Flowable], style: Look) -> bytes:
    """Lay out a story as a PDF with running head and page numbers."""
    buffer = BytesIO()
    size = landscape(A4) if style.wide_page else A4

    def furniture(canvas: Canvas, _: Any) -> None:
        canvas.setFont("Helvetica", 8)
        for i, line in enumerate(style.furniture):
            text = line.format(page=canvas.getPageNumber())
            canvas.drawRightString(size[0] - 50, size[1] - 25 - 10 * i, text)

    SimpleDocTemplate(
        buffer,
        pagesize=size,
        topMargin=60,
        bottomMargin=50,
        leftMargin=40,
        rightMargin=40,
        invariant=1,
    ).build(story, onFirstPage=furniture, onLaterPages=furniture)
    return buffer.getvalue()


def file_of(tables: list[Printed], style: Look, random: Random) -> bytes:
    """Print tables with prose between them."""
    story: list[Flowable] = []
    for printed in tables:
        story += prose(random)
        story += [Spacer(0, 8), flowable(printed, style), Spacer(0, 14)]
        if random.random() < 0.2:
            story.append(PageBreak())
    return document(story, style)

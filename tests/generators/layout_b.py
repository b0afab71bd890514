"""Layout B: a report as a converter left it, headings marked and cells kept apart by tabs.

Belongs here: the forms that conversion gives the same content (the analysis in five ways, headers
repeated where a page ended, cut names and analyses, symbols with or without a cell of their own).
Does not belong here: the content, or layout A.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from generators.compose import LABELS
from generators.model import (
    ActivityTable,
    Analysis,
    EconomyTable,
    Field,
    Goal,
    Heading,
    IndicatorTable,
    Prose,
    Report,
)

if TYPE_CHECKING:
    from random import Random

    from generators.typeset import Key

# Slips of the conversion in header words, each seen more than once.
_SLIPS = {
    "Årsmål": "Arsmål",
    "Prognos helår": "Prognoss helår",
    "Utfall kvinnor/ flickor": "Utfall kvinn or/ flickor",
    "Utfall män/ pojkar": "Utfall män/pojkar",
}
_SIGNS = ("", "", "✓ ", "! ", "● ", "◆ ")


@dataclass(slots=True)
class _Writer:
    """The lines so far, and where each key first stands.

    `pipes` writes rows as a Markdown table's instead of keeping cells apart by tabs.
    """

    random: Random
    pipes: bool = False
    lines: list[str] = field(default_factory=list)
    places: dict[Key, int] = field(default_factory=dict)

    def line(self, text: str, key: Key | None = None) -> None:
        self.lines.append(text)
        if key is not None:
            self.places.setdefault(key, len(self.lines))

    def blank(self) -> None:
        if self.lines and self.lines[-1]:
            self.lines.append("")

    def row(self, cells: list[str], key: Key | None = None) -> None:
        if self.pipes:
            escaped = [cell.strip().replace("|", "\\|") for cell in cells]
            self.line(f"| {' | '.join(escaped)} |", key)
        else:
            self.line("\t".join(cells), key)

    def header(self, cells: tuple[str, ...], key: Key | None = None) -> None:
        self.row(list(cells), key)
        if self.pipes:
            self.line("|" + " --- |" * len(cells))


def render(report: Report, random: Random) -> tuple[str, dict[Key, int]]:
    """Print a report in layout B.

    Returns:
        The text, and the 1-based line of each goal, table and row.
    """
    out = _Writer(random, pipes=random.random() < 0.1)
    marked = random.random() < 0.8
    for number, part in enumerate(report.parts):
        for index, block in enumerate(part.blocks):
            key = (number, index, -1)
            out.blank()
            if isinstance(block, Goal):
                _goal(out, block, key, marked=marked)
            elif isinstance(block, Heading):
                out.line(_heading(random, block.text, min(block.rank + 1, 4), marked=marked))
            elif isinstance(block, Prose):
                out.line(block.text)
                if random.random() < 0.05:
                    out.lines.extend([" "] * random.randint(1, 3))
            elif isinstance(block, IndicatorTable):
                _indicators(out, block, key)
            elif isinstance(block, ActivityTable):
                _activities(out, block, key)
            else:
                assert isinstance(block, EconomyTable)
                _economy(out, block, key)
    return "\n".join(out.lines) + "\n", out.places


def _heading(random: Random, text: str, rank: int, *, marked: bool) -> str:
    if not marked and rank > 2:
        return f"**{text}**" if random.random() < 0.7 else text
    text = random.choice((text, f"**{text}**", f"***{text}***")) if rank > 2 else text
    return f"{'#' * rank} {text}"


def _goal(out: _Writer, goal: Goal, key: Key, *, marked: bool) -> None:
    """The label on a line of its own, the title as the next heading, then the status."""
    random = out.random
    label = LABELS[goal.level]
    out.line(f"## {label}" if marked and random.random() < 0.1 else label)
    out.blank()
    rank = random.choice((2, 3, 3, 4))
    out.line(_heading(random, goal.text, rank, marked=True), key)
    if goal.status:
        out.blank()
        out.line(f"{random.choice((' ', ' ', '● ', '◆ ', '🟡 '))}{goal.status}")


# -- tables -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Shape:
    """How one table came out: its header, and what stands before each row's name.

    `own_cell` puts the symbol in a column of its own, which the header leaves blank.
    """

    header: tuple[str, ...]
    own_cell: bool
    analysis_form: int

    @property
    def width(self) -> int:
        return len(self.header)


def _indicators(out: _Writer, table: IndicatorTable, key: Key) -> None:
    random = out.random
    form = random.randrange(5)
    shifts = random.random() < 0.1

    def shape() -> _Shape:
        titles = [
            _SLIPS.get(column.title, column.title) if random.random() < 0.15 else column.title
            for column in table.columns
        ]
        return _Shape(("Indikator", *titles), False, form)

    current = shape()
    out.header(current.header, key)
    fields = [column.field for column in table.columns]
    for index, row in enumerate(table.rows):
        name = (*key[:2], index)
        cells = [text or "" for text in row.cells]
        lead = "   " if row.split else random.choice(("  ", " ", ""))
        if shifts and _blank_pair(fields, cells):
            # The symbol took a cell, and the two blank cells by sex came out as one.
            at = fields.index("outcome_men")
            out.row([" ", row.name, *cells[:at], *cells[at + 1 :]], name)
        elif random.random() < 0.06 and " " in row.name:
            first, rest = _cut(random, row.name)
            out.row([lead + first, *cells], name)
            current = _again(out, shape())
            out.row([rest, *[""] * len(cells)])
        else:
            out.row([lead + row.name, *cells], name)
        if row.analysis:
            _analysis(out, row.analysis, current, shape)
        elif random.random() < 0.05 and index + 1 < len(table.rows):
            current = _again(out, shape())


def _blank_pair(fields: list[Field], cells: list[str]) -> bool:
    if "outcome_men" not in fields:
        return False
    at = fields.index("outcome_men")
    return fields[at + 1 : at + 2] == ["outcome_women"] and not cells[at] and not cells[at + 1]


def _activities(out: _Writer, table: ActivityTable, key: Key) -> None:
    random = out.random
    titles = ["Aktivitet", "Startdatum", "Slutdatum", *["Avvikelse"] * table.has_deviation]
    own_cell = random.random() < 0.15
    current = _Shape(("", *titles) if own_cell else tuple(titles), own_cell, random.randrange(3))

    def shape() -> _Shape:
        return current

    sign = random.choice(_SIGNS)
    out.header(current.header, key)
    for index, row in enumerate(table.rows):
        name = (*key[:2], index)
        cells = [row.start or "", row.end or "", *[row.deviation or ""] * table.has_deviation]
        if own_cell:
            out.row([sign.strip() or "✓", row.name, *cells], name)
        elif random.random() < 0.06 and " " in row.name:
            first, rest = _cut(random, row.name)
            out.row([sign + first, *cells], name)
            _again(out, current)
            out.row([rest, *[""] * len(cells)])
        else:
            out.row([(sign or random.choice(("  ", " "))) + row.name, *cells], name)
        if row.analysis:
            _analysis(out, row.analysis, current, shape)


def _cut(random: Random, text: str) -> tuple[str, str]:
    """Two parts of a text, cut at a space."""
    words = text.split(" ")
    at = random.randint(1, len(words) - 1)
    return " ".join(words[:at]), " ".join(words[at:])


def _again(out: _Writer, shape: _Shape) -> _Shape:
    """Print the header again after a page break."""
    out.lines.extend([""] * out.random.choice((1, 1, 3)))
    out.header(shape.header)
    return shape


def _analysis(out: _Writer, analysis: Analysis, shape: _Shape, again: object) -> None:
    """Print an analysis row in one of the forms that conversions give it."""
    assert callable(again)
    random = out.random
    lead = [""] * shape.own_cell
    fill = shape.width - len(lead) - 1
    label, text = f"<b>{analysis.label}</b>", analysis.text
    form = shape.analysis_form
    if len(analysis.paragraphs) > 1 or form == 4:
        paragraphs = "".join(f" <p>{paragraph}</p>" for paragraph in analysis.paragraphs)
        out.row([*lead, f"<p>{label}</p>{paragraphs}", *[""] * fill])
        return
    rest = None
    if random.random() < 0.08 and " " in text:
        text, rest = _cut(random, text)
    if form in (0, 3):
        out.row([*lead, f"{label} {text}", *[""] * fill])
    elif form == 1:
        out.row([*lead, label, *[""] * fill])
        out.row([*lead, text, *[""] * fill])
    else:
        out.row([*lead, label, text, *[""] * (fill - 1)])
    if rest is not None:
        _again(out, again())
        out.row([*lead, rest, *[""] * fill])


def _economy(out: _Writer, table: EconomyTable, key: Key) -> None:
    groups = [column.group for column in table.columns]
    if any(groups):
        first = [
            group or "" if at == 0 or group != groups[at - 1] else ""
            for at, group in enumerate(groups)
        ]
        # The unit of money may stand on a third line of its own.
        stub, _, unit = table.label_column.partition(", ")
        apart = unit in ("mnkr", "tkr") and out.random.random() < 0.5
        out.header((stub if apart else table.label_column, *first), key)
        out.row(["", *(column.title for column in table.columns)])
        if apart:
            out.row([unit.capitalize(), *[""] * len(table.columns)])
    else:
        out.header((table.label_column, *(column.title for column in table.columns)), key)
    for index, row in enumerate(table.rows):
        cells = [row.label, *(text or "" for text in row.cells)]
        if row.bold:
            cells = [f"<b>{cell}</b>" if cell else "" for cell in cells]
        elif row.label.startswith("varav") and out.random.random() < 0.5:
            cells[0] = f"<i>{cells[0]}</i>"
        out.row(cells, (*key[:2], index))

"""Layout A: the common case, where every cell is just what its column prints.

Belongs here: reading cells one after another from where the first begins, and finding where that
may be. Does not belong here: anything odd (`search`).
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from stadsdel.parsing import vocabulary as words
from stadsdel.parsing.prices import FIGURES, GROUP_GAPS, MONEY, PATTERNS, splits_period

if TYPE_CHECKING:
    from stadsdel.parsing.division import Cells, Kinds, Spans
    from stadsdel.parsing.headers import CellKind

_CELL = {kind: re.compile(f"(?:{pattern})(?= )") for kind, pattern in PATTERNS.items()}
# What a row's text ends in, by the kind of its last column: mostly its last word, else looked for
# in its last characters alone.
_END = {
    kind: (re.compile(pattern), re.compile(rf"(?: |^)(?:{pattern})? $"))
    for kind, pattern in PATTERNS.items()
    if kind in ("period", "date")
}
_LONGEST_END = 32
_SPACE = re.compile(" ")
_FIGURE_FIRST = r"0-9±+<>≤≥–−\-"
_NO_FIGURE_FIRST = r"\.\.|[Ii]\.u|[Ss]aknas|[Ss]ekr|[Ii]ngen m|[Rr]edov|[Ee]j |[Ii]nte "
# What a cell may begin with, by kind; a blank one is a space.
_FIRST: dict[CellKind, str] = {
    "value": rf"(?:[ {_FIGURE_FIRST}MmHhLlÖöUuCc]|{_NO_FIGURE_FIRST})",
    "target": rf"(?:[ {_FIGURE_FIRST}MmHhLlÖöUuCcTtFfOoBb]|{_NO_FIGURE_FIRST})",
    "period": r"[ 0-9THhVvÅKkMm]",
    "date": r"[ 0-9]",
    "money": f"[ JN{_FIGURE_FIRST}]",
    "decimal": f"[ JN{_FIGURE_FIRST}]",
    "text": "",
}
# The space between a name's last word and the first cell.
_BEFORE_CELL = {kind: re.compile(f" (?<=[^ ] )(?={first})") for kind, first in _FIRST.items()}


def readings(text: str, start: int, kinds: Kinds, *, barred: Spans, most: int) -> list[Cells]:
    """Return the first ways to read `text` from `start` to its end as one cell per column.

    Each cell ends in a space, a blank one is that space alone; none begins in a `barred` span.
    A figure takes all groups of digits it may, and fewer only where the rest would not be cells.
    A row fills a cell, and prints a period in one.
    """
    return _readings(text, start, kinds, barred, most) if _may_end(text, start, kinds) else []


def _readings(text: str, start: int, kinds: Kinds, barred: Spans, most: int) -> list[Cells]:
    count = len(kinds)
    length = len(text)
    found: list[Cells] = []
    cells: list[str | None] = []
    # What to try next: a column, where its cell begins, its shorter ends, and what was found then.
    others: list[tuple[int, int, list[int], int]] = []
    # From where nothing can be read; so each place is tried once, however its figures are grouped.
    dead: set[tuple[int, int]] = set()
    column = 0
    while True:
        end = -1
        if column == count:
            if start == length and any(cells) and not _splits_period(cells, kinds):
                found.append(tuple(cells))
                if len(found) == most:
                    return found
        elif (
            start < length
            and not (barred and _is_within(start, barred))
            and (not dead or (column, start) not in dead)
        ):
            if text[start] == " ":
                cells.append(None)
                start += 1
                column += 1
                continue
            kind = kinds[column]
            if kind == "text":
                ends = _text_ends(text, start, last=column + 1 == count)
                if ends:
                    end = ends.pop(0)
                    others.append((column, start, ends, len(found)))
            else:
                match = _CELL[kind].match(text, start)
                if match is not None:
                    end = match.end()
                    if kind in FIGURES and GROUP_GAPS.search(text, start, end):
                        gaps = [start + gap.start() for gap in GROUP_GAPS.finditer(match[0])]
                        others.append((column, start, gaps[::-1], len(found)))
        if end < 0:
            while others and not others[-1][2]:
                column, start, _, before = others.pop()
                if len(found) == before:
                    dead.add((column, start))
            if not others:
                return found
            column, start, ends, _ = others[-1]
            end = ends.pop(0)
            del cells[column:]
        cells.append(text[start:end])
        start = end + 1
        column += 1


def _may_end(text: str, start: int, kinds: Kinds) -> bool:
    """Whether `text` ends as a row does: every cell from `start` on ends in a space."""
    if text.count(" ", start) < len(kinds):
        return False
    endings = _END.get(kinds[-1])
    if endings is None:
        return True
    if text[-1:] != " " or (text[-2:-1] not in words.PERIOD_ENDS and text[-2:-1] != " "):
        return False
    word, ending = endings
    end = len(text) - 1
    if word.fullmatch(text, text.rfind(" ", 0, end) + 1, end):
        return True
    return ending.search(text, max(0, end - _LONGEST_END)) is not None


def _is_within(offset: int, spans: Spans) -> bool:
    return any([first <= offset < end for first, end in spans])


def _splits_period(cells: list[str | None], kinds: Kinds) -> bool:
    """Whether two cells hold one period; figures alone are none."""
    if MONEY.issuperset(kinds):
        return False
    return any([a and b and splits_period(a, b) for a, b in pairwise(cells)])


def _text_ends(text: str, start: int, *, last: bool) -> list[int]:
    """Return where a cell of free text that begins at `start` may end; a date is no free text."""
    if _CELL["date"].match(text, start):
        return []
    if last:
        return [len(text) - 1]
    return [match.start() for match in _SPACE.finditer(text, start)]


def named_readings(
    text: str, kinds: Kinds, *, within: int, barred: Spans, most: int
) -> list[tuple[int, Cells]]:
    """Return the ways to read `text` as a name and exactly one cell per column.

    Each is where the name ends, and the cells (`readings`); no more than `most`, and none whose
    name is longer than `within`.
    """
    found: list[tuple[int, Cells]] = []
    if not _may_end(text, 0, kinds):
        return found
    for space in _BEFORE_CELL[kinds[0]].finditer(text):
        end = space.start()
        if end > within or text.count(" ", end + 1) < len(kinds):
            break
        ways = _readings(text, end + 1, kinds, barred, most - len(found))
        found += [(end, cells) for cells in ways]
        if len(found) == most:
            break
    return found

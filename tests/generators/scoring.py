"""How much of the truth a reader found.

Belongs here: pairing rows and counting, by the definitions the project's acceptance uses: rows are
paired by name in document order, cells compared without white space.
Does not belong here: what is true (`truth`) or reading the parser's own types (the tests do that).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from generators.model import FIELDS

Row = Mapping[str, Any]


@dataclass(slots=True)
class Score:
    """Counts of one kind of row; the ratios are 1.0 where there was nothing to find.

    Attributes:
        rows: rows in the truth.
        matched: rows found, whatever their cells.
        rows_right: rows found with every cell right (for goals the status, for activities the
            dates, the deviation and the goal).
        extra: rows found that the truth does not have.
        cells: filled cells in the truth, those of missed rows included.
        cells_right: of these, the ones found with the same text.
        cells_invented: cells found filled where the truth is blank.
        names_spelled: matched rows whose name is right to the letter, spaces included.
        goals_right: matched rows under the right goal.
        units_right: matched rows under the right unit.
        analyses: matched rows that have an analysis.
        analyses_right: of these, the ones with the same text (0.97 alike).
        analyses_invented: matched rows that have none, but were given one.
        differences: what is wrong, in words, for the report of a failing test.
    """

    rows: int = 0
    matched: int = 0
    rows_right: int = 0
    extra: int = 0
    cells: int = 0
    cells_right: int = 0
    cells_invented: int = 0
    names_spelled: int = 0
    goals_right: int = 0
    units_right: int = 0
    analyses: int = 0
    analyses_right: int = 0
    analyses_invented: int = 0
    differences: list[str] = field(default_factory=list)

    @property
    def row_recall(self) -> float:
        """Share of rows found."""
        return _ratio(self.matched, self.rows)

    @property
    def row_share(self) -> float:
        """Share of rows found with everything right."""
        return _ratio(self.rows_right, self.rows)

    @property
    def cell_share(self) -> float:
        """Share of filled cells found right."""
        return _ratio(self.cells_right, self.cells)

    @property
    def analysis_share(self) -> float:
        """Share of analyses found right."""
        return _ratio(self.analyses_right, self.analyses)

    def add(self, other: Score) -> None:
        """Add another report's counts."""
        for name in self.__dataclass_fields__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def squash(text: object) -> str | None:
    """A cell's text without white space; None where that leaves nothing."""
    if text is None:
        return None
    return re.sub(r"\s+", "", str(text)).replace("\u2212", "-").replace("\u00ad", "") or None


def _name_key(text: str | None) -> str:
    return re.sub(r"[\s.\-–]+", "", text or "").casefold()


def _goal_key(text: str | None) -> str:
    squashed = squash(text) or ""
    return re.sub(r"^(\d+(?:\.\d+)*)\.?", r"\1", squashed).rstrip(".").casefold()


def _place(row: Row) -> int:
    return int(row.get("line") or row.get("page") or 0)


def _pair(
    truth: Sequence[Row], found: Sequence[Row], key: Callable[[Row], object]
) -> tuple[list[tuple[Row, Row]], list[Row], list[Row]]:
    """Pair rows of equal key, the nearest where a key repeats; then what is missed and extra."""
    pool: dict[object, list[Row]] = defaultdict(list)
    for row in found:
        pool[key(row)].append(row)
    pairs: list[tuple[Row, Row]] = []
    missed: list[Row] = []
    for want in truth:
        options = pool[key(want)]
        if not options:
            missed.append(want)
            continue
        best = min(range(len(options)), key=lambda i: abs(_place(options[i]) - _place(want)))
        pairs.append((want, options.pop(best)))
    return pairs, missed, [row for rows in pool.values() for row in rows]


def near(a: str | None, b: str | None) -> bool:
    """Whether two texts are the same but for white space, or long and 0.97 alike."""
    left, right = squash(a) or "", squash(b) or ""
    if left == right:
        return True
    if min(len(left), len(right)) <= 20:
        return False
    return SequenceMatcher(None, left, right, autojunk=False).ratio() >= 0.97


def _at(row: Row) -> str:
    return f"line {row['line']}" if row.get("line") else f"page {row.get('page')}"


def _count_analysis(score: Score, want: Row, got: Row, name: str) -> None:
    if want.get("analysis"):
        score.analyses += 1
        if near(want["analysis"], got.get("analysis")):
            score.analyses_right += 1
        else:
            score.differences.append(
                f"analysis, {_at(want)} {name!r}: want {want['analysis']!r}, "
                f"got {got.get('analysis')!r}"
            )
    elif got.get("analysis"):
        score.analyses_invented += 1
        score.differences.append(f"analysis, {_at(want)} {name!r}: invented {got['analysis']!r}")


def _count_frame(score: Score, want: Row, got: Row) -> bool:
    right = _goal_key(want.get("goal")) == _goal_key(got.get("goal")) and want.get(
        "goal_level"
    ) == got.get("goal_level")
    score.goals_right += right
    unit = near((want.get("unit") or "").casefold(), (got.get("unit") or "").casefold())
    score.units_right += unit
    if not right:
        score.differences.append(
            f"goal, {_at(want)}: want {want.get('goal_level')} {want.get('goal')!r}, "
            f"got {got.get('goal_level')} {got.get('goal')!r}"
        )
    if not unit:
        score.differences.append(
            f"unit, {_at(want)}: want {want.get('unit')!r}, got {got.get('unit')!r}"
        )
    return right


def indicators(truth: Sequence[Row], found: Sequence[Row]) -> Score:
    """Score indicator rows."""
    pairs, missed, extra = _pair(truth, found, lambda row: _name_key(row["indicator"]))
    score = Score(rows=len(truth), matched=len(pairs), extra=len(extra))
    for want, got in pairs:
        right = True
        for name in FIELDS:
            a, b = squash(want.get(name)), squash(got.get(name))
            score.cells += a is not None
            score.cells_right += a is not None and a == b
            score.cells_invented += a is None and b is not None
            if a != b:
                right = False
                score.differences.append(
                    f"{name}, {_at(want)} {want['indicator']!r}: want {want.get(name)!r}, "
                    f"got {got.get(name)!r}"
                )
        score.rows_right += right
        score.names_spelled += want["indicator"] == got["indicator"]
        if want["indicator"] != got["indicator"]:
            score.differences.append(f"spelled {got['indicator']!r}, want {want['indicator']!r}")
        _count_frame(score, want, got)
        _count_analysis(score, want, got, want["indicator"])
    for row in missed:
        score.cells += sum(squash(row.get(name)) is not None for name in FIELDS)
        score.differences.append(f"missed, {_at(row)}: {row['indicator']!r}")
    score.differences.extend(f"extra, {_at(row)}: {row.get('indicator')!r}" for row in extra)
    return score


def goals(truth: Sequence[Row], found: Sequence[Row]) -> Score:
    """Score goal headings by level, code, title and status."""

    def key(row: Row) -> object:
        return row["level"], _goal_key((row.get("code") or "") + row["title"])

    pairs, missed, extra = _pair(truth, found, key)
    score = Score(rows=len(truth), matched=len(pairs), extra=len(extra))
    for want, got in pairs:
        right = squash(want.get("status")) == squash(got.get("status"))
        score.rows_right += right
        score.names_spelled += want["title"] == got["title"]
        if not right:
            score.differences.append(
                f"status, {_at(want)}: want {want.get('status')!r}, got {got.get('status')!r}"
            )
    score.differences.extend(f"missed goal, {_at(row)}: {row['title']!r}" for row in missed)
    score.differences.extend(f"extra goal, {_at(row)}: {row.get('title')!r}" for row in extra)
    return score


def activities(truth: Sequence[Row], found: Sequence[Row]) -> Score:
    """Score activity rows by dates, deviation and goal."""
    pairs, missed, extra = _pair(truth, found, lambda row: _name_key(row["activity"]))
    score = Score(rows=len(truth), matched=len(pairs), extra=len(extra))
    for want, got in pairs:
        names = ("start", "end", "deviation")
        cells = all(squash(want.get(name)) == squash(got.get(name)) for name in names)
        score.rows_right += _count_frame(score, want, got) and cells
        score.names_spelled += want["activity"] == got["activity"]
        if not cells:
            score.differences.append(
                f"activity, {_at(want)} {want['activity']!r}: "
                f"want {[want.get(name) for name in names]}, "
                f"got {[got.get(name) for name in names]}"
            )
        _count_analysis(score, want, got, want["activity"])
    score.differences.extend(f"missed, {_at(row)}: {row['activity']!r}" for row in missed)
    score.differences.extend(f"extra, {_at(row)}: {row.get('activity')!r}" for row in extra)
    return score


def economy(truth: Sequence[Row], found: Sequence[Row], reach: int = 12) -> Score:
    """Score money tables; a table's counterpart is the nearest within `reach` lines (0: pages)."""
    score = Score()
    pool = list(found)
    for table in truth:
        options = [other for other in pool if abs(_place(other) - _place(table)) <= reach]
        got = min(options, key=lambda other: abs(_place(other) - _place(table)), default=None)
        if got is not None:
            pool.remove(got)
        else:
            score.differences.append(f"missed table, {_at(table)}: {table['table']!r}")
        labels: dict[str, list[Row]] = defaultdict(list)
        for row in got["rows"] if got else ():
            labels[_name_key(row["label"])].append(row)
        for row in table["rows"]:
            wanted = [squash(cell) for cell in row["cells"]]
            if any(wanted):
                _count_money(score, row, wanted, labels[_name_key(row["label"])])
    score.extra = len(pool)
    return score


def _count_money(score: Score, row: Row, wanted: list[str | None], options: list[Row]) -> None:
    score.rows += 1
    score.cells += sum(cell is not None for cell in wanted)
    if not options:
        score.differences.append(f"missed money row, {_at(row)}: {row['label']!r}")
        return
    score.matched += 1
    cells = [squash(cell) for cell in options.pop(0)["cells"]]
    cells += [None] * (len(wanted) - len(cells))
    pairs = list(zip(wanted, cells, strict=False))
    score.cells_right += sum(a is not None and a == b for a, b in pairs)
    score.cells_invented += sum(a is None and b is not None for a, b in pairs)
    right = wanted == cells[: len(wanted)] and not any(cells[len(wanted) :])
    score.rows_right += right
    if not right:
        score.differences.append(
            f"money row, {_at(row)} {row['label']!r}: want {wanted}, got {cells}"
        )


SCORERS: dict[str, Callable[[Sequence[Row], Sequence[Row]], Score]] = {
    "indicators": indicators,
    "goals": goals,
    "activities": activities,
    "economy": economy,
}


def score(
    truth: Mapping[str, Sequence[Row]], found: Mapping[str, Sequence[Row]]
) -> dict[str, Score]:
    """Score every kind of row of one report."""
    return {kind: scorer(truth[kind], found[kind]) for kind, scorer in SCORERS.items()}

"""Which report this is - stadsdel, year, report type - from its content alone.

Belongs here: weighing the evidence and naming what is missing. Does not belong here: the district
table itself (seeds/stadsdelar.csv, seeds/stadsdel_aliases.csv) or reporting units (`units`).
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, cast

from stadsdel.errors import ReportError
from stadsdel.parsing.markup import fold, heading_text
from stadsdel.parsing.model import Identity
from stadsdel.project import seed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from stadsdel.parsing.model import IndicatorRow, Place, ReportType
    from stadsdel.reading.model import Document, Line

# What a mention is worth. A title decides; a council named is worth more than a place named.
_IN_TITLE = 60
_ADDRESSED = 40  # "Till / X stadsdelsnämnd"
_COUNCIL = 6  # "X stadsdelsnämnd", "X stadsdelsförvaltning"
_MENTION = 1
_TITLE_WITHIN = 120  # a report names itself on its first pages
_TITLE_LONGEST = 160

_TYPE_WORDS: dict[ReportType, str] = {
    "vp": r"verksamhetsplan(?:en)?|\bVP\b",
    "t1": r"tertialrapport(?:en)? ?1|tertial ?1|\bT1\b",
    "t2": r"tertialrapport(?:en)? ?2|tertial ?2|\bT2\b",
    "vb": r"verksamhetsberättelse(?:n)?|\bVB\b|bokslut",
}
_TITLE = re.compile(
    r"(?P<kind>verksamhetsplan|verksamhetsberättelse|tertialrapport)(?:en)?"
    r"(?P<rest>[^.]{0,60}?(?P<year>20\d\d)(?!\d)| ?[12]\b)?",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(20[0-4]\d)\b")
_COUNCIL_WORD = re.compile(r"\s*s?\s+stadsdels(?:nämnd|förvaltning|område)", re.IGNORECASE)
_UNKNOWN_COUNCIL = re.compile(r"\b([A-ZÅÄÖ][\w-]+(?:\s?[-–]\s?[A-ZÅÄÖ][\w-]+)*)\s+stadsdelsnämnd\b")


@dataclass(frozen=True, slots=True)
class _District:
    stadsdel_id: str
    first_year: int
    last_year: int


@cache
def _districts() -> dict[str, _District]:
    with seed("stadsdelar").open(encoding="utf-8", newline="") as file:
        return {
            row["stadsdel_id"]: _District(
                row["stadsdel_id"],
                int(row["valid_from"][:4]),
                int(row["valid_to"][:4]) if row["valid_to"] else 9999,
            )
            for row in csv.DictReader(file)
        }


@cache
def _aliases() -> tuple[re.Pattern[str], dict[str, str]]:
    """Return a pattern of every known spelling and the district each belongs to."""
    with seed("stadsdel_aliases").open(encoding="utf-8", newline="") as file:
        ids = {_spelling(row["alias"]): row["stadsdel_id"] for row in csv.DictReader(file)}
    longest_first = sorted(ids, key=len, reverse=True)
    spellings = [
        re.escape(alias).replace(r"\-", r"\s?[-–]\s?").replace(r"\ ", r"\s+")
        for alias in longest_first
    ]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(spellings)})(?![\w]|-[A-ZÅÄÖ])", re.IGNORECASE), ids


def _spelling(name: str) -> str:
    return re.sub(r"\s*[-–]\s*", "-", fold(name)).casefold()


def is_district(name: str) -> bool:
    """Whether a name is that of a stadsdel, in any known spelling."""
    return _spelling(name) in _aliases()[1]


def identify(
    document: Document,
    path: Path,
    indicators: Sequence[IndicatorRow],
    units: tuple[str, ...],
    *,
    has_other_rows: bool,
) -> Identity:
    """Return the report's identity with the lines that decided it.

    Raises:
        ReportError: not_a_report where nothing of the report form is found, else
            unknown_district, no_year or no_report_type.
    """
    if not indicators and not has_other_rows:
        raise ReportError(
            path,
            "not_a_report",
            "no goal headings, indicator tables or activity tables are found in it",
            "Give a report of a stadsdelsnämnd in the city's ILS form.",
        )
    lines = document.lines
    year, report_type, evidence = _year_and_type(lines, indicators)
    stadsdel_id, place = _district(lines, path, year)
    if year is None:
        raise ReportError(
            path,
            "no_year",
            "the year the report is about cannot be found in it",
            "Check that the title page or the tables' column headers are part of the file.",
        )
    if report_type is None:
        raise ReportError(
            path,
            "no_report_type",
            "it cannot be told whether it is a VP, T1, T2 or VB",
            "Check that the title page or the tables' column headers are part of the file.",
        )
    return Identity(stadsdel_id, year, report_type, units, (place, *evidence))


def _district(
    lines: Sequence[Line], path: Path, year: int | None
) -> tuple[str, tuple[str, Place, str]]:
    pattern, ids = _aliases()
    scores: Counter[str] = Counter()
    where: dict[str, tuple[int, Line]] = {}
    filled = 0
    addressed_until = -1
    for index, line in enumerate(lines):
        text = line.text
        if not text or text.isspace():
            continue
        filled += 1
        if filled <= _TITLE_WITHIN and fold(text) == "Till":
            addressed_until = index + 4
        if filled > _TITLE_WITHIN and "stadsdel" not in text:
            continue  # a place named in passing; the councils' names decide
        for match in pattern.finditer(text):
            stadsdel_id = ids[_spelling(match[0])]
            worth = _MENTION
            following = text[match.end() :]
            if not following.strip() and index + 1 < len(lines):
                following = " " + lines[index + 1].text
            if _COUNCIL_WORD.match(following):
                worth = _COUNCIL
            if filled <= _TITLE_WITHIN and len(text) <= _TITLE_LONGEST:
                if _TITLE.search(text):
                    worth = _IN_TITLE
                elif index <= addressed_until:
                    worth = _ADDRESSED
            scores[stadsdel_id] += worth
            if stadsdel_id not in where or worth > where[stadsdel_id][0]:
                where[stadsdel_id] = (worth, line)
    if year is not None:
        for stadsdel_id in list(scores):
            district = _districts()[stadsdel_id]
            if not district.first_year <= year <= district.last_year and len(scores) > 1:
                scores[stadsdel_id] //= 4
    if not scores:
        named = next((m[1] for line in lines if (m := _UNKNOWN_COUNCIL.search(line.text))), None)
        reason = (
            f'"{named} stadsdelsnämnd" is not in the table of districts'
            if named
            else "no stadsdelsnämnd of the table of districts is named in it"
        )
        raise ReportError(
            path,
            "unknown_district",
            reason,
            "Add the district to seeds/stadsdelar.csv, or its spelling to "
            "seeds/stadsdel_aliases.csv.",
        )
    best = scores.most_common(1)[0][0]
    line = where[best][1]
    return best, ("stadsdel", line.place, fold(line.text))


def _year_and_type(
    lines: Sequence[Line], indicators: Sequence[IndicatorRow]
) -> tuple[int | None, ReportType | None, tuple[tuple[str, Place, str], ...]]:
    years: Counter[int] = Counter()
    types: Counter[ReportType] = Counter()
    where: dict[object, tuple[int, Place, str]] = {}

    def note(key: object, worth: int, place: Place, text: str) -> None:
        if key not in where or worth > where[key][0]:
            where[key] = (worth, place, text)

    for row in indicators:
        if row.period:
            for year in _YEAR.findall(row.period):
                years[int(year)] += 2
                note(int(year), 2, row.place, row.period)
            for kind in ("t1", "t2", "vb"):
                if re.search(_TYPE_WORDS[kind], row.period, re.IGNORECASE):
                    types[kind] += 3
                    note(kind, 3, row.place, row.period)
        if row.prev_label and (found := _YEAR.search(row.prev_label)):
            years[int(found[1]) + 1] += 1
            note(int(found[1]) + 1, 1, row.place, row.prev_label)
    if indicators and not any(
        row.outcome or row.outcome_prev or row.forecast for row in indicators
    ):
        types["vp"] += len(indicators)
    filled = 0
    for line in lines:
        text = line.text
        if not text or text.isspace():
            continue
        filled += 1
        early = filled <= _TITLE_WITHIN
        if not early and filled > 2000:
            break
        lowered = text.casefold()
        if "verksamhets" not in lowered and "tertialrapport" not in lowered:
            continue
        for match in _TITLE.finditer(heading_text(text)):
            kind = _title_kind(match)
            is_title = early and len(text) <= _TITLE_LONGEST
            worth = 12 if is_title and match["year"] else (4 if early else 1)
            if kind:
                types[kind] += worth
                note(kind, worth, line.place, fold(text))
            if match["year"]:
                years[int(match["year"])] += worth
                note(int(match["year"]), worth, line.place, fold(text))
    year = years.most_common(1)[0][0] if years else None
    report_type = types.most_common(1)[0][0] if types else None
    evidence = []
    for name, key in (("year", year), ("report_type", report_type)):
        if key in where:
            evidence.append((name, where[key][1], where[key][2]))
    return year, report_type, tuple(evidence)


def _title_kind(match: re.Match[str]) -> ReportType | None:
    kind = match["kind"].casefold()
    if kind == "verksamhetsplan":
        return "vp"
    if kind == "verksamhetsberättelse":
        return "vb"
    number = re.match(r"\s*([12])\b", match["rest"] or "")
    return cast("ReportType", f"t{number[1]}") if number else None

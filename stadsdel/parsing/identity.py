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
from stadsdel.parsing.markup import fold
from stadsdel.parsing.model import Identity
from stadsdel.parsing.titles import reads_as_sentence
from stadsdel.project import seed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from stadsdel.parsing.mentions import Mentions
    from stadsdel.parsing.model import IndicatorRow, Place, ReportType
    from stadsdel.reading.model import Document, Line

# What a mention is worth. A title decides; a council named is worth more than a place named.
_IN_TITLE = 60
_ADDRESSED = 40  # "Till / X stadsdelsnämnd"
_COUNCIL = 6  # "X stadsdelsnämnd", "X stadsdelsförvaltning"
_MENTION = 1
_TITLE_WITHIN = 120  # a report names itself on its first pages
_TITLE_LONGEST = 160

_IN_PERIOD: dict[ReportType, re.Pattern[str]] = {
    "t1": re.compile(r"tertial ?1|\bT1\b", re.IGNORECASE),
    "t2": re.compile(r"tertial ?2|\bT2\b", re.IGNORECASE),
    "vb": re.compile(r"\bVB\b", re.IGNORECASE),
}
_TITLE = re.compile(
    r"(?P<kind>verksamhetsplan|verksamhetsberättelse|tertialrapport)(?:en)?"
    r"(?P<rest>[^.]{0,60}?(?P<year>20\d\d)(?!\d)| ?T?[12]\b)?",
    re.IGNORECASE,
)
_LABEL = re.compile(r"(?P<kind>V[BP]|T(?:ertial)? ?[123])?(?:år)? ?(?P<year>20\d\d)", re.IGNORECASE)
_YEAR = re.compile(r"\b(20[0-4]\d)\b")
_BETWEEN_WORDS = re.compile(r"[\s–-]+")
# "Farsta förskolor" names a unit, which may be another district's.
_GOES_ON = re.compile(r" (?!stadsdels|sdf\b|sdn\b|\d|[–-])\w", re.IGNORECASE)
_LONGEST_NAME = 45
_TITLED = 12
_EARLY = 4
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
def _aliases() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, str]]:
    """Return a pattern of every known spelling, one of those at a text's end, and their districts.

    Spellings are compared without case, with any white space round a hyphen.
    """
    with seed("stadsdel_aliases").open(encoding="utf-8", newline="") as file:
        ids = {_spelling(row["alias"]): row["stadsdel_id"] for row in csv.DictReader(file)}
    longest_first = sorted(ids, key=len, reverse=True)
    spellings = "|".join(
        re.escape(alias).replace(r"\-", r"\s?[-–]\s?").replace(r"\ ", r"\s+")
        for alias in longest_first
    )
    anywhere = re.compile(rf"(?<![\w-])(?:{spellings})(?![\w]|-[A-ZÅÄÖ])", re.IGNORECASE)
    at_end = re.compile(rf"(?<![\w-])({spellings})\s+$", re.IGNORECASE)
    return anywhere, at_end, ids


@cache
def _words_of_aliases() -> tuple[frozenset[str], frozenset[str]]:
    """Return the first and the last words of all spellings, to look for before the patterns."""
    words = [_BETWEEN_WORDS.split(alias) for alias in _aliases()[2]]
    return frozenset([w[0] for w in words]), frozenset([w[-1] for w in words])


def _spelling(name: str) -> str:
    return re.sub(r"\s*[-–]\s*", "-", fold(name)).casefold()


def is_district(name: str) -> bool:
    """Whether a name is that of a stadsdel, in any known spelling."""
    return _spelling(name) in _aliases()[2]


def identify(
    document: Document,
    path: Path,
    mentions: Mentions,
    indicators: Sequence[IndicatorRow],
    units: tuple[str, ...],
    *,
    target_labels: Sequence[tuple[Place, str]],
    has_other_rows: bool,
) -> Identity:
    """Return the report's identity with the lines that decided it.

    `mentions` are the document's. `target_labels` are the labels of target columns that name a
    year ("KF:s årsmål år 2024").

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
    early = _early(lines)
    year, report_type, evidence = _year_and_type(lines, mentions, early, indicators, target_labels)
    stadsdel_id, place = _district(lines, mentions, early, path, year)
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
    lines: Sequence[Line], mentions: Mentions, early: Sequence[int], path: Path, year: int | None
) -> tuple[str, tuple[str, Place, str]]:
    anywhere, at_end, ids = _aliases()
    firsts, lasts = _words_of_aliases()
    scores: Counter[str] = Counter()
    where: dict[str, tuple[int, Line]] = {}

    def note(spelling: str, worth: int, line: Line) -> None:
        stadsdel_id = ids[_spelling(spelling)]
        scores[stadsdel_id] += worth
        if stadsdel_id not in where or worth > where[stadsdel_id][0]:
            where[stadsdel_id] = (worth, line)

    beginning = "\n".join([lines[index].text for index in early]).casefold()
    named_early = [word for word in firsts if word in beginning]
    addressed_until = -1
    for index in early:
        words = lines[index].text
        if words.strip() == "Till":
            addressed_until = index + 4
        folded = words.casefold()
        if not any([word in folded for word in named_early]):
            continue
        for match in anywhere.finditer(words):
            is_short = len(words) <= _TITLE_LONGEST and not _GOES_ON.match(words, match.end())
            if is_short and _TITLE.search(words):
                note(match[0], _IN_TITLE, lines[index])
            elif is_short and index <= addressed_until:
                note(match[0], _ADDRESSED, lines[index])
            else:
                note(match[0], _MENTION, lines[index])
    # A council or its administration named anywhere: "X stadsdelsnämnd", maybe over two lines.
    text = mentions.text
    for found, index in mentions.councils:
        first = max(0, found - _LONGEST_NAME)
        *_, last_word = text[first:found].replace("–", " ").replace("-", " ").split() or ("",)
        if last_word.casefold() in lasts and (named := at_end.search(text, first, found)):
            above = text.count("\n", named.start(), found)
            note(named[1], _COUNCIL, lines[index - above])
    if year is not None:
        for stadsdel_id in list(scores):
            district = _districts()[stadsdel_id]
            if not district.first_year <= year <= district.last_year and len(scores) > 1:
                scores[stadsdel_id] //= 4
    if not scores:
        unknown = next((m[1] for line in lines if (m := _UNKNOWN_COUNCIL.search(line.text))), None)
        reason = (
            f'"{unknown} stadsdelsnämnd" is not in the table of districts'
            if unknown
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


def is_own(label: str, identity: Identity) -> bool:
    """Whether a column's label ("2021", "VB 2021") names the report itself, or its year."""
    match = _LABEL.fullmatch(fold(label))
    if match is None or int(match["year"]) != identity.year:
        return False
    kind = re.sub(r"ertial| ", "", match["kind"] or "").casefold()
    return kind in ("", identity.report_type)


def _year_and_type(
    lines: Sequence[Line],
    mentions: Mentions,
    early: Sequence[int],
    indicators: Sequence[IndicatorRow],
    target_labels: Sequence[tuple[Place, str]],
) -> tuple[int | None, ReportType | None, tuple[tuple[str, Place, str], ...]]:
    years: Counter[int] = Counter()
    types: Counter[ReportType] = Counter()
    where: dict[object, tuple[int, Place, str]] = {}

    def note(key: object, worth: int, place: Place, text: str) -> None:
        if key not in where or worth > where[key][0]:
            where[key] = (worth, place, text)

    # Few periods are printed, each on many rows.
    periods = Counter([row.period for row in indicators if row.period])
    first = {row.period: row.place for row in reversed(indicators) if row.period}
    for period, rows in periods.items():
        for year in _YEAR.findall(period):
            years[int(year)] += 2 * rows
            note(int(year), 2, first[period], period)
        for named, pattern in _IN_PERIOD.items():
            if pattern.search(period):
                types[named] += 3 * rows
                note(named, 3, first[period], period)
    for row in indicators:
        # An outcome that stands alone may be the report's own year's.
        if row.outcome and row.prev_label and (found := _YEAR.search(row.prev_label)):
            years[int(found[1]) + 1] += 1
            note(int(found[1]) + 1, 1, row.place, row.prev_label)
    for place, label in target_labels:
        for year in _YEAR.findall(label):
            years[int(year)] += 2
            note(int(year), 2, place, label)
    if indicators and not any(
        row.outcome or row.outcome_prev or row.forecast for row in indicators
    ):
        types["vp"] += len(indicators)
    spoken_of: Counter[ReportType] = Counter()
    years_spoken_of: Counter[int] = Counter()
    for start, index in mentions.kinds:
        match = _TITLE.match(mentions.text, start)
        if match is None:
            continue
        line = lines[index]
        is_title = match["year"] is not None and index in early and _is_title(lines, index)
        worth = _TITLED if is_title else _EARLY if index in early else _MENTION
        kind = _title_kind(match)
        if kind:
            (types if is_title else spoken_of)[kind] += worth
            note(kind, worth, line.place, fold(line.text))
        if match["year"]:
            (years if is_title else years_spoken_of)[int(match["year"])] += worth
            note(int(match["year"]), worth, line.place, fold(line.text))
    # However often a report speaks of a year's plan, a title outweighs it.
    types.update({kind: min(worth, _TITLED - 1) for kind, worth in spoken_of.items()})
    years.update({year: min(worth, _TITLED - 1) for year, worth in years_spoken_of.items()})
    year = years.most_common(1)[0][0] if years else None
    report_type = types.most_common(1)[0][0] if types else None
    evidence = []
    for name, key in (("year", year), ("report_type", report_type)):
        if key in where:
            evidence.append((name, where[key][1], where[key][2]))
    return year, report_type, tuple(evidence)


def _early(lines: Sequence[Line]) -> list[int]:
    """Return the indexes of the report's first lines that are not blank."""
    found = []
    for index, line in enumerate(lines):
        if line.text and not line.text.isspace():
            found.append(index)
            if len(found) == _TITLE_WITHIN:
                break
    return found


def _is_title(lines: Sequence[Line], index: int) -> bool:
    """Whether a line that names a kind of report is a title, or goes on as one in the next line."""
    title = fold(lines[index].text)
    below = fold(lines[index + 1].text) if index + 1 < len(lines) else ""
    if below[:1].islower():
        title = f"{title} {below}"
    is_short = len(title) <= _TITLE_LONGEST
    is_named = not title.lstrip("#* ")[:1].islower() and title[-1] not in ".,;"
    return is_short and is_named and not reads_as_sentence(title.removesuffix(" för"))


def _title_kind(match: re.Match[str]) -> ReportType | None:
    kind = match["kind"].casefold()
    if kind == "verksamhetsplan":
        return "vp"
    if kind == "verksamhetsberättelse":
        return "vb"
    number = re.match(r"\s*T?([12])\b", match["rest"] or "", re.IGNORECASE)
    return cast("ReportType", f"t{number[1]}") if number else None

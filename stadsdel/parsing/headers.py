"""Column headers of indicator and activity tables, matched tolerantly.

Belongs here: from printed header words to typed columns, in any subset and order, through slips of
spelling, broken words and years. Does not belong here: money tables, whose headers are open
(`money`), and the splitting of rows (`cells`).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from rapidfuzz import fuzz, process

from stadsdel.parsing.markup import fold, is_symbol, plain, without_symbols

if TYPE_CHECKING:
    from collections.abc import Iterable

TableKind = Literal["indicator", "activity"]
CellKind = Literal[
    "name", "value", "target", "period", "date", "text", "symbol", "money", "decimal"
]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the model's field it fills, what its cells look like, the header as printed.

    `suffix` is the report or year that the header names ("VB 2021", "2024"), as printed.
    A column whose words are unknown has the field "other".
    """

    field: str
    kind: CellKind
    label: str
    suffix: str | None = None


@dataclass(frozen=True, slots=True)
class Header:
    """The columns of one table; `columns[name]` holds the row's name."""

    kind: TableKind
    columns: tuple[Column, ...]
    name: int

    @property
    def values(self) -> tuple[Column, ...]:
        """The columns after the name, in printed order."""
        return self.columns[self.name + 1 :]


# Two slips in a word of ten are still that word; below six letters only the exact word counts.
_SIMILAR_ENOUGH = 82.0
_EXACTLY = 100.0
_SLIPS = 10.0  # how unlike the columns of a header with a slip or two are, together
_FIRST_WORD_SIMILAR_ENOUGH = 65.0
_FUZZY_FROM_LENGTH = 6
_LONGEST_LABEL_IN_WORDS = 7
_UNKNOWN_WORDS = 3
_SURELY_KNOWN = 2
_LONGEST_LABEL = 44
_PLAIN = str.maketrans("åäöéèü", "aaoeeu")
_LONGEST_NAME_IN_WORDS = 3
_LONGEST_NAME = 40
_LENGTHS_OF_NAMES = range(6, 17)  # what is as similar as asked for to "Indikator" or "Aktiviteter"

# field, kind of cell, squashed spellings without accents; the first is the usual one.
_INDICATOR: tuple[tuple[str, CellKind, tuple[str, ...]], ...] = (
    ("name", "name", ("indikator", "indikatorer")),
    (
        "outcome",
        "value",
        (
            "periodensutfall",
            "utfall",
            "aretsutfall",
            "utfallperioden",
            "utfalltotalt",
            "utfallhelar",
            "helarsutfall",
            "utfalltertial",
            "resultat",
        ),
    ),
    (
        "outcome_men",
        "value",
        (
            "utfallman/pojkar",
            "utfallpojkar/man",
            "utfallman",
            "utfallpojkar",
            "man/pojkar",
            "pojkar/man",
            "periodensutfallman/pojkar",
            "man",
            "pojkar",
        ),
    ),
    (
        "outcome_women",
        "value",
        (
            "utfallkvinnor/flickor",
            "utfallflickor/kvinnor",
            "utfallkvinnor",
            "utfallflickor",
            "kvinnor/flickor",
            "flickor/kvinnor",
            "periodensutfallkvinnor/flickor",
            "kvinnor",
            "flickor",
        ),
    ),
    (
        "outcome_prev",
        "value",
        ("foregaendearsutfall", "utfallforegaendear", "foregaendeperiodsutfall"),
    ),
    ("forecast", "value", ("prognoshelar", "prognos", "helarsprognos", "prognosforhelaret")),
    (
        "target",
        "target",
        ("arsmal", "namndensarsmal", "enhetensarsmal", "malvarde", "mal", "arsmalnamnd"),
    ),
    (
        "kf_target",
        "target",
        ("kf:sarsmal", "kfsarsmal", "kommunfullmaktigesarsmal", "arsmalkf", "kf:smal"),
    ),
    ("period", "period", ("period", "periodicitet", "matperiod")),
    ("comment", "text", ("analys", "kommentar", "kommentarer")),
)
_ACTIVITY: tuple[tuple[str, CellKind, tuple[str, ...]], ...] = (
    ("name", "name", ("aktivitet", "aktiviteter")),
    ("start", "date", ("startdatum", "start")),
    ("end", "date", ("slutdatum", "slut")),
    ("deviation", "text", ("avvikelse", "avvikelser", "status")),
    ("comment", "text", ("analys", "kommentar", "kommentarer")),
)
_KINDS: dict[TableKind, tuple[tuple[str, CellKind, tuple[str, ...]], ...]] = {
    "indicator": _INDICATOR,
    "activity": _ACTIVITY,
}

_EXACT: dict[TableKind, dict[str, tuple[str, CellKind]]] = {
    kind: {
        spelling: (field, cell_kind)
        for field, cell_kind, spellings in columns
        for spelling in spellings
    }
    for kind, columns in _KINDS.items()
}
_FUZZY: dict[TableKind, list[str]] = {
    kind: [spelling for spelling in spellings if len(spelling) >= _FUZZY_FROM_LENGTH]
    for kind, spellings in _EXACT.items()
}

_NAMES: dict[TableKind, frozenset[str]] = {
    kind: frozenset(spelling for spelling, (field, _) in spellings.items() if field == "name")
    for kind, spellings in _EXACT.items()
}
_JOINING = frozenset({"och", "samt", "eller", "med", "for"})


def _by_pair(spellings: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return spellings by their first and second pair of letters, and by their first letter.

    One slip leaves one of a word's first two pairs in place, so that few need be compared with it.
    """
    found: dict[str, list[str]] = {}
    for spelling in spellings:
        for letters in (spelling[:1], spelling[:2], spelling[1:3]):
            found.setdefault(letters, []).append(spelling)
    return {pair: tuple(alike) for pair, alike in found.items()}


_EXACT_BY_PAIR = {kind: _by_pair(spellings) for kind, spellings in _EXACT.items()}
_FUZZY_BY_PAIR = {kind: _by_pair(spellings) for kind, spellings in _FUZZY.items()}

# "Periods utfall VB 2021", "KF:s årsmål år 2024", "Utfall T2 2022".
_SUFFIX = re.compile(
    r"\s*\b((?:VB|VP|T ?[123]|Tertial ?[123]|(?<!hel)år)?\s*20\d\d)$", re.IGNORECASE
)
_YEARLESS = re.compile(r"^år\s*", re.IGNORECASE)
# "Indikatorn visar ..." is a sentence.
_DEFINITE = frozenset({"indikatorn", "indikatorerna", "aktiviteten", "aktiviteterna"})


@lru_cache(maxsize=4096)
def key(text: str) -> str:
    """Return header words in the form they are compared in: no white space, case or accents."""
    squashed = "".join(text.split()).casefold()
    if squashed.isascii():
        return squashed
    squashed = squashed.translate(_PLAIN)
    if squashed.isascii():
        return squashed
    decomposed = unicodedata.normalize("NFD", squashed)
    return "".join([c for c in decomposed if not unicodedata.combining(c)])


def header_of_cells(cells: tuple[str, ...]) -> Header | None:
    """Return the header that a row of cells is, or None where it is none.

    A header names the row's name ("Indikator", "Aktivitet") in its first filled cell and at least
    one more known column; a blank or symbol cell before it is a column of status symbols.
    """
    for first, cell in enumerate(cells):
        if is_symbol(cell):
            continue
        if not _may_name_rows(cell):
            return None
        if all(map(is_symbol, cells[first + 1 :])):
            return None
        return _header_of_cells(cells, first)
    return None


def _may_name_rows(cell: str) -> bool:
    return len(cell) <= _LONGEST_NAME and _names_rows(cell)


@lru_cache(maxsize=1024)
def _names_rows(cell: str) -> bool:
    """Whether a cell resembles the head of the column of names."""
    name = key(plain(cell))
    if len(name) not in _LENGTHS_OF_NAMES:
        return False
    return any([(found := _named(kind, name)) and found[0] == "name" for kind in _KINDS])


def may_head_names(text: str) -> bool:
    """Whether a text resembles the head of the column of names, or begins so: a cheap question."""
    bare = without_symbols(text)
    first = bare.partition(" ")[0]
    return _may_name_rows(first) or (first != bare and _may_name_rows(bare))


@lru_cache(maxsize=512)
def _header_of_cells(cells: tuple[str, ...], first: int) -> Header | None:
    for kind in _KINDS:
        name, score = _match(kind, plain(cells[first]))
        if name is None or name.field != "name" or score < _SIMILAR_ENOUGH:
            continue
        columns = [Column("symbol", "symbol", fold(cell)) for cell in cells[:first]]
        known = 0
        for cell in cells[first:]:
            label = plain(cell)
            column, _ = _match(kind, label)
            known += column is not None
            columns.append(column or Column("other", "text", label))
        if known > 1 and known * 2 >= len(cells) - first:
            return Header(kind, _distinct(columns), first)
    return None


def heads_names(text: str) -> bool:
    """Whether a text begins with the head of a column of indicators' or activities' names."""
    first, *_ = text.split()
    return any(key(first) in _NAMES[kind] for kind in _KINDS)


def begins_as_header(words: list[str]) -> bool:
    """Whether words in running text begin as a header, though some may belong to no known column.

    The name's column comes first, then two known columns, each after a few unknown words at most;
    the label of an unknown column begins with a capital.
    """
    kind = next((kind for kind in _KINDS if key(words[0]) in _NAMES[kind]), None)
    known = unknown = 0
    start = 1
    while kind and start < len(words) and known < _SURELY_KNOWN:
        ends = range(min(len(words), start + _LONGEST_LABEL_IN_WORDS), start, -1)
        end = next((end for end in ends if _match(kind, " ".join(words[start:end]))[0]), None)
        if end is not None:
            known, start, unknown = known + 1, end, 0
        elif unknown < _UNKNOWN_WORDS and (unknown or words[start][0].isupper()):
            unknown, start = unknown + 1, start + 1
        else:
            return False
    return known == _SURELY_KNOWN


class HeaderWords:
    """The first lines of what may be a header in running text, divided into known columns.

    Line and block breaks inside a header say nothing about its columns (layout A); the vocabulary
    does: every word belongs to a column, no column is named twice, the first is the row's name.
    """

    __slots__ = ("_text", "_ways", "_words", "header", "unlike")

    def __init__(self, before: HeaderWords | None, line: str) -> None:
        """Take one line more; `before` is left as it is."""
        self._text: str = before._text + line if before else line
        self._words = self._text.split()
        kept = 0
        if before:
            # The last word may go on in this line.
            kept = len(before._words)
            kept -= kept > 0 and before._words[-1] != self._words[kept - 1]
        self._ways: dict[TableKind, _Ways] = {}
        for kind in _KINDS:
            known = before._ways.get(kind) if before else [(0.0, ())]
            if known is not None:
                ways = _divided(kind, self._words, known[: kept + 1])
                if ways is not None:
                    self._ways[kind] = ways
        self.header: Header | None = None
        self.unlike = 0.0
        for kind, ways in self._ways.items():
            if (found := ways[-1]) and len(found[1]) > 1:
                columns = _distinct(_apart(kind, found[1]))
                if all([c.field != "other" or _names_a_year(c) for c in columns]):
                    self.header, self.unlike = Header(kind, columns, 0), found[0]
                    break

    def has_only_slips(self, shorter: Header, unlike: float) -> bool:
        """Whether these words add columns to a shorter header's, the last of them spelled right.

        `unlike` is how unlike the shorter one's columns are.
        """
        if self.header is None or self.unlike > unlike + _SLIPS:
            return False
        kind, columns = self.header.kind, self.header.columns
        # "Andel kvinnor" below a header begins a row: with "Andel" the label above is another.
        adds = columns[: len(shorter.columns)] == shorter.columns
        return adds and _match(kind, columns[-1].label)[1] == _EXACTLY

    def divided_within(self, unlike: float) -> int:
        """Return how many of the words are columns no more unlike than that; a label may go on."""
        return max(
            [
                count
                for ways in self._ways.values()
                for count, way in enumerate(ways)
                if way and way[0] <= unlike
            ],
            default=0,
        )

    @property
    def is_hopeless(self) -> bool:
        """Whether no line that follows makes a header of these."""
        return not self._ways


@lru_cache(maxsize=256)
def with_line(before: HeaderWords | None, line: str) -> HeaderWords:
    """Return the header words of the lines before, if any, and one more: headers are repeated."""
    return HeaderWords(before, line)


# The best division of the first n words for each n: how unlike its columns are, and the columns.
_Ways = list[tuple[float, tuple[Column, ...]] | None]


def _divided(kind: TableKind, words: list[str], known: _Ways) -> _Ways | None:
    """Divide words into known columns at the least dissimilarity, going on from what is known.

    Returns None where neither these words nor more of them can be divided.
    """
    best = list(known)
    keys = [key(word) for word in words]
    for end in range(len(best), len(words) + 1):
        found: tuple[float, tuple[Column, ...]] | None = None
        has_year = words[end - 1][-1].isdigit()
        label = ""
        hopeless = True
        for start in range(end - 1, max(0, end - _LONGEST_LABEL_IN_WORDS) - 1, -1):
            label = keys[start] + label
            before = best[start]
            if before is None or not _may_begin(kind, keys[start]):
                continue
            if not has_year and not _may_begin(kind, label):
                continue
            hopeless = False
            if not has_year and _named(kind, label) is None:
                continue
            column, score = _match(kind, " ".join(words[start:end]))
            if column is None or (column.field == "name") != (start == 0):
                continue
            if start == 0 and end > 1 and _JOINING & set(keys[1:end]):
                continue  # "Indikator och årsmål" is a heading
            cost = before[0] + (_EXACTLY - score)
            # The longer label wins a tie: "Utfall män/pojkar" is one column, not two.
            if found is None or (cost, len(before[1])) <= (found[0], len(found[1]) - 1):
                found = (cost, (*before[1], column))
        if hopeless:
            return None
        if end == _LONGEST_NAME_IN_WORDS and found is None and not any(best[1:]):
            return None
        best.append(found)
    return best


@lru_cache(maxsize=2048)
def _may_begin(kind: TableKind, words: str) -> bool:
    """Whether words (in the form of `key`), or parts of them, may be the first of a label."""
    length = len(words)
    starts = {spelling[:length] for spelling in _alike(_EXACT_BY_PAIR[kind], words)}
    if not starts or words in starts:
        return bool(starts)
    return (
        process.extractOne(
            words,
            starts,
            scorer=fuzz.ratio,
            processor=None,
            score_cutoff=_FIRST_WORD_SIMILAR_ENOUGH,
        )
        is not None
    )


def _alike(by_pair: dict[str, tuple[str, ...]], words: str) -> tuple[str, ...]:
    """Return the spellings that share a pair of letters at the beginning of words."""
    first, second = by_pair.get(words[:2], ()), by_pair.get(words[1:3], ())
    return first + second


def _match(kind: TableKind, label: str) -> tuple[Column | None, float]:
    """Return the column that `label` names and how alike they are (0-100)."""
    suffix_match = _SUFFIX.search(label) if label[-1:].isdigit() else None
    named = _named(kind, key(label[: suffix_match.start()] if suffix_match else label))
    if named is None:
        return None, 0.0
    field, cell_kind, score = named
    if suffix_match and cell_kind not in {"value", "target"}:
        return None, 0.0  # "Period" and the year that begins the rest of a row (A6)
    suffix = _YEARLESS.sub("", fold(suffix_match[1])) if suffix_match else None
    if field == "outcome" and suffix:
        field = "outcome_prev"
    return Column(field, cell_kind, fold(label), suffix), score


@lru_cache(maxsize=2048)
def _named(kind: TableKind, words: str) -> tuple[str, CellKind, float] | None:
    """Return the field that words (as `key` gives them) name, its cells, and how alike they are."""
    exact = _EXACT[kind].get(words)
    if exact is not None:
        return (*exact, _EXACTLY)
    if not _FUZZY_FROM_LENGTH <= len(words) <= _LONGEST_LABEL or words.rstrip("s") in _DEFINITE:
        return None
    spellings = _alike(_FUZZY_BY_PAIR[kind], words)
    if not spellings:
        return None
    alike = process.extractOne(
        words, spellings, scorer=fuzz.ratio, processor=None, score_cutoff=_SIMILAR_ENOUGH
    )
    return None if alike is None else (*_EXACT[kind][alike[0]], alike[1])


def _names_a_year(column: Column) -> bool:
    return column.suffix is not None and column.suffix[-1].isdigit()


def _apart(kind: TableKind, columns: tuple[Column, ...]) -> list[Column]:
    """Divide labels at a capital within them ("Utfall Män/pojkar") where none is named twice then.

    A label's later words begin in lower case, but not in every report.
    """
    apart: list[Column] = []
    for column in columns:
        words = column.label.split()
        for at in range(1, len(words)):
            if not words[at][0].isupper():
                continue
            first, _ = _match(kind, " ".join(words[:at]))
            second, _ = _match(kind, " ".join(words[at:]))
            if first and second:
                apart += [first, second]
                break
        else:
            apart.append(column)
    distinct = len({column.field for column in apart}) == len(apart)
    return apart if distinct else list(columns)


def _distinct(columns: list[Column]) -> tuple[Column, ...]:
    """Give each field to one column: a repeated one is not what we know and becomes "other".

    One of another year (the targets of several years) keeps what its cells look like.

    Where only outcomes with a year are printed, the latest is the outcome, not last year's.
    """
    labelled = [c for c in columns if c.field == "outcome_prev"]
    if len(labelled) > 1 and not any(c.field == "outcome" for c in columns):
        latest = max(labelled, key=lambda c: (c.suffix or "")[-4:])
        columns = [
            Column("outcome", c.kind, c.label, c.suffix) if c is latest else c for c in columns
        ]
    seen: set[str] = set()
    result = []
    for column in columns:
        if column.field in seen and column.field not in {"symbol", "other"}:
            kind = column.kind if _names_a_year(column) else "text"
            column = Column("other", kind, column.label, column.suffix)
        seen.add(column.field)
        result.append(column)
    return tuple(result)

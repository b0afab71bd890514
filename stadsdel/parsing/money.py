"""Money tables: what their columns are called, and which unit they are in.

Belongs here: the vocabulary of budget, result and balance tables, the segmentation of a header's
running words into columns, two header rows into one name per column. Does not belong here: which
lines make a table (`money_lines`, `money_cells`).

The columns of a money table are open: any words may head one. Known labels only weigh more.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import combinations, pairwise

from stadsdel.parsing.markup import fold

_YEAR = r"20\d\d"
_DATE = r"\d{4}-\d{2}-\d{2}"
_SIGNS = r"(?: Överskott ?\([+-]\),? Underskott ?\([+-]\))?"
# Words inside a label may be broken by lines: white space is optional in the squashed patterns.
_KNOWN = (
    rf"(?:Justerad |Årets )?[Bb]udget(?: {_YEAR})?(?: (?:Kostnader|Intäkter|Netto))?"
    rf"(?: \((?:inkl\.? ?budgetjusteringar|kostnader|intäkter|netto|brutto)\))?",
    r"Begärda budget-? ?justeringar(?: ?/ ?prestationsförändringar)?",
    r"Prestations-? ?och omslutnings-? ?förändringar|Prestationsförändringar",
    rf"(?:Helårsp|P)rognos(?: {_YEAR})?(?: T[12])?(?: \((?:före|efter) ?resultat-? ?överföringar\))?",
    rf"Avvikelser?(?: {_YEAR})?(?: Netto| i %| bokslut)?(?: efter resultat-? ?överföringar)?(?: \(\+/-\))?",
    rf"Avvikelse mellan prognos T[12] och bokslut {_YEAR}",
    rf"Kostnader(?: {_YEAR})?|Intäkter(?: {_YEAR})?|Netto(?: V[PB] {_YEAR})?(?: {_YEAR})?",
    rf"V[PB](?: {_YEAR})?|T[12](?: {_YEAR})?|Tertial [123](?: {_YEAR})?",
    rf"Bokslut(?: {_YEAR})?(?: \(utfall\))?(?: \((?:före|efter) resultat-? ?överföringar\))?"
    rf"|Bokslut efter resultat-? ?överföringar",
    rf"(?:Ack\.? ?)?[Uu]tfall(?: {_YEAR})?(?: (?:Kostnader|Intäkter|Netto))?|Bokfört(?: {_YEAR})?",
    r"Omslutningsförändring(?:ar)?(?: \((?:mnkr|tkr|kr)\))?",
    rf"Verksamhetsår {_YEAR}|Socioekonomiskt anslag {_YEAR}|År {_YEAR}|{_YEAR}|{_DATE}",
    rf"Resultatenheternas bruttobudget(?: {_YEAR})?",
    rf"Varav 5 % av resultatenheternas bruttobudget(?: {_YEAR})?",
    rf"Resultatöverföring (?:från|till) {_YEAR}(?: \(max 10 ?%\))?{_SIGNS}",
    rf"(?:Beräknat r|R)esultat(?: {_YEAR})?{_SIGNS}",
    rf"Beräknad resultatöverföring till {_YEAR}{_SIGNS}",
    rf"(?:Jan|Feb|Mars|April|Maj|Juni|Juli|Aug|Sept?|Okt|Nov|Dec)\.? {_YEAR}|{_YEAR} \([a-z]+ ?- ?[a-z]+\)",
    rf"Ökning(?: i %| {_YEAR} ?- ?{_YEAR})?|Förändring(?: i %)?|Differens|Skillnad",
    r"[Vv]arav (?:kvinnor|män)|Andel(?: %| i %)?|Antal|Belopp|Summa|Totalt|Kommentar(?:er)?",
)
_PATTERN = re.compile("|".join([f"(?:{known})" for known in _KNOWN]))
_LABEL_START = re.compile(r"(?<!\S)(?:[A-ZÅÄÖ0-9]|varav )")
_PART = re.compile(r"Kostnader|Intäkter|Netto|Brutto|Budget|Utfall|Avvikelse|Prognos|Bokslut")
_PARTS = re.compile(rf"(?:\b(?:{_PART.pattern})(?: |$)){{2,}}$")
_UNIT = re.compile(r"\b(mnkr|mkr|tkr|kr)\b", re.IGNORECASE)
_UNIT_IN_WORDS = re.compile(r"\b(miljoner|tusental|tusen) kronor\b", re.IGNORECASE)
_STUB = re.compile(
    r"(?:mnkr|tkr|kr)\b.*|verksamhet(?:er|sområden?|sdata)?\b.*|enhet(?:er)?\b.*|målgrupp"
    r"|tillgångar\b.*|skulder\b.*|resultatenhetens namn.*|.*\((?:mnkr|tkr|kr)\)|.*,? (?:mnkr|tkr|kr)(?:, netto)?",
    re.IGNORECASE,
)
# Words that go on with a label and begin none.
_NEVER_FIRST = frozenset(
    {"Överskott", "Underskott", "(-)", "(+)", "%", "-", "–", "i", "och", "till"}
)
_LONGEST_LABEL_IN_WORDS = 12
# A label, but more often the end of one.
_PART_OF_LABEL = re.compile(rf"{_YEAR}|V[PB]|T[12]|Netto")
_KNOWN_LABEL = 3.0
_KNOWN_IF_ALONE = 1.5
_BEGINS_LIKE_LABEL = 0.0
_BEGINS_UNLIKE_LABEL = -4.0
_WORD_OF_UNKNOWN_LABEL = -0.3
_STUB_KNOWN = 1.5


def money_unit(*texts: str | None) -> str | None:
    """Return the unit that the first text to print one prints: mnkr, tkr or kr."""
    for text in texts:
        if not text:
            continue
        if match := _UNIT.search(text):
            unit = match[1].casefold()
            return "mnkr" if unit == "mkr" else unit
        if match := _UNIT_IN_WORDS.search(text):
            return "mnkr" if match[1].casefold() == "miljoner" else "tkr"
    return None


def is_known_label(text: str) -> bool:
    """Whether a label is one that budget, result and balance tables are known to print."""
    return _PATTERN.fullmatch(fold(text)) is not None


@lru_cache(maxsize=4096)
def known_labels(text: str) -> int:
    """Return how many known column labels stand in running words: a header has two or more."""
    text = fold(text)
    found = position = 0
    for match in _LABEL_START.finditer(text):
        if match.start() >= position and (label := _PATTERN.match(text, match.start())):
            found += 1
            position = label.end()
    return found


@lru_cache(maxsize=512)
def columns_of_header(text: str, count: int) -> tuple[float, str, tuple[str, ...]] | None:
    """Divide a header's running words, in one row of labels or in two, into its columns.

    Returns what `columns_of_text` does. In two rows, labels of groups stand before the labels of
    their parts: "Budget 2020 Utfall 2020 Kostnader Intäkter Kostnader Intäkter".
    """
    plain = columns_of_text(text, count)
    below = _PARTS.search(text)
    if below is None:
        return plain
    parts = _PART.findall(below[0])
    if len(parts) != count or len(set(parts)) == count:
        return plain
    best = plain
    for number in range(1, count + 1):
        groups = _groups(tuple(parts), number)
        found = columns_of_text(text[: below.start()].rstrip(), number) if groups else None
        if groups is None or found is None:
            continue
        score, stub, names = found
        score *= (count + 1) / (number + 1)
        if best is None or score > best[0]:
            columns = [
                f"{name} {part}"
                for name, group in zip(names, groups, strict=True)
                for part in group
            ]
            best = (score, stub, tuple(columns))
    return best


def _groups(parts: tuple[str, ...], number: int) -> tuple[tuple[str, ...], ...] | None:
    """Divide labels into `number` groups that repeat none, as much alike as can be.

    None where that cannot be done.
    """
    best: tuple[int, tuple[tuple[str, ...], ...]] | None = None
    for cuts in combinations(range(1, len(parts)), number - 1):
        edges = (0, *cuts, len(parts))
        groups = tuple(parts[a:b] for a, b in pairwise(edges))
        if any(len(set(group)) < len(group) for group in groups):
            continue
        shapes = len(set(groups))
        if best is None or shapes < best[0]:
            best = (shapes, groups)
    return best[1] if best else None


@lru_cache(maxsize=512)
def columns_of_text(text: str, count: int) -> tuple[float, str, tuple[str, ...]] | None:
    """Divide a header's running words into a label column and `count` value columns.

    Returns how good the division is, the label column and the columns; None where the words are
    too few. A column begins with a capital, a figure or "varav".
    """
    words = text.split()
    if len(words) < count + 1:
        return None
    # best[n][i]: best division of the first i words into a stub and n columns
    best: list[list[tuple[float, tuple[int, ...]] | None]] = [
        [None] * (len(words) + 1) for _ in range(count + 1)
    ]
    for end in range(1, len(words) - count + 1):
        best[0][end] = (_stub_score(words[:end]), (end,))
    for number in range(1, count + 1):
        for end in range(number + 1, len(words) + 1):
            for start in range(max(number, end - _LONGEST_LABEL_IN_WORDS), end):
                before = best[number - 1][start]
                if before is None:
                    continue
                score = before[0] + _label_score(" ".join(words[start:end]), end - start)
                here = best[number][end]
                if here is None or score > here[0]:
                    best[number][end] = (score, (*before[1], end))
    found = best[count][len(words)]
    if found is None:
        return None
    score, ends = found
    stub = " ".join(words[: ends[0]])
    labels = [" ".join(words[a:b]) for a, b in pairwise(ends)]
    return score, stub, tuple(labels)


@lru_cache(maxsize=4096)
def _label_score(label: str, words: int) -> float:
    if _PATTERN.fullmatch(label):
        return _KNOWN_IF_ALONE if _PART_OF_LABEL.fullmatch(label) else _KNOWN_LABEL
    first = label.split(" ", 1)[0]
    if first in _NEVER_FIRST or not (first[0].isupper() or first[0].isdigit() or first == "varav"):
        return _BEGINS_UNLIKE_LABEL
    return _BEGINS_LIKE_LABEL + _WORD_OF_UNKNOWN_LABEL * (words - 1)


def _stub_score(words: list[str]) -> float:
    text = " ".join(words)
    if text[0].islower() or text[0] in "(-":
        return _BEGINS_UNLIKE_LABEL
    score = _STUB_KNOWN if _STUB.fullmatch(text) else 0.0
    if _PATTERN.fullmatch(text):
        score -= _KNOWN_LABEL  # a column of figures, not of labels
    return score + 0.5 * _WORD_OF_UNKNOWN_LABEL * (len(words) - 1)


def columns_of_rows(rows: list[tuple[str, ...]]) -> tuple[str, tuple[str, ...]]:
    """Return the label column and one name per value column of one or more header rows.

    A blank cell beside a filled one of the same row belongs to the same group, where the row
    below names the parts ("Justerad budget 2020" over "Kostnader", "Intäkter").
    """
    width = max(len(row) for row in rows)
    padded = [[*row, *[""] * (width - len(row))] for row in rows]
    for upper, lower in pairwise(padded):
        for column in range(2, width):
            if not upper[column] and lower[column] and upper[column - 1]:
                upper[column] = upper[column - 1]
    names = []
    for column in range(1, width):
        parts: list[str] = []
        for row in padded:
            if row[column] and row[column] not in parts:
                parts.append(row[column])
        names.append(" ".join(parts))
    stub = " ".join(dict.fromkeys(row[0] for row in padded if row[0]))
    return stub, tuple(names)

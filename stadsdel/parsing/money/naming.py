"""Money tables: what their columns are called, and which unit they are in.

Belongs here: the vocabulary of budget, result and balance tables, the segmentation of a header's
running words into columns, two header rows into one name per column. Does not belong here: which
lines make a table (`lines`, `cells`).

The columns of a money table are open: any words may head one. Known labels only weigh more.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import combinations, pairwise

from stadsdel.parsing.markup import fold
from stadsdel.parsing.vocabulary import COMMENT_COLUMN

_YEAR = r"20\d\d"
_DATE = r"\d{4}-\d{2}-\d{2}"
_MONTHS = r"(?:jan(?:uari)?-[a-z]{3,9}|t\.? ?o\.? ?m\.? (?:[a-z]+|20\d\d))"
_SIGNS = r"(?: Överskott ?\([+-]\),? Underskott ?\([+-]\))?"
_TRANSFERS = r"(?: \((?:före|efter) ?resultat-? ?överföringar\))?"
_NOUN = (
    r"(?:(?:KF-|Års|Period|Netto|Brutto|Total)?[Bb]udget(?:ram\b)?|Ram\b|[Aa]nslag\b"
    r"|(?:Netto|Brutto)(?:kostnad|utfall)|(?:Års|Period)(?:utfall|prognos|avvikelse))"
)
# Words inside a label may be broken by lines: white space is optional in the squashed patterns.
_KNOWN = (
    rf"(?:(?:Just(?:erad|\.)|Årets|Nämndens|Ursprunglig|Ack(?:umulera[dt]|\.)?) ?)?{_NOUN}"
    rf"(?: ?/ ?(?:utfall|prognos))?(?: {_YEAR}| helår| {_MONTHS})?(?: föregående år)?"
    rf"(?: (?:Kostnader|Intäkter|Netto))?"
    rf"(?: \((?:inkl\.? ?budgetjusteringar|kostnader|intäkter|netto|brutto)\))?",
    r"(?:Kostnad(?:er)?|Intäkt(?:er)?|Netto) (?:budget|utfall|prognos|bokslut|avvikelse)"
    rf"(?: {_YEAR})?",
    r"(?:Förbrukat|Kvar(?:står)?|Återstår|Omfördelning(?:ar)?)\b",
    rf"Kvartal [1-4](?: {_YEAR})?",
    rf"(?:Ingående|Utgående) balans(?: {_YEAR})?|(?:Sökt|Beviljat|Utbetalt) (?:belopp|bidrag)",
    rf"(?:Fast|Rörlig|Summa) ersättning(?: {_YEAR})?",
    r"Begärda budget-? ?justeringar(?: ?/ ?prestationsförändringar)?",
    r"Prestations-? ?och omslutnings-? ?förändringar|Prestationsförändringar",
    rf"(?:Helårsp|P)rognos(?: {_YEAR}| helår)?(?: T[12])?{_TRANSFERS}",
    rf"(?:Budgeta|A)vvikelser?(?: {_YEAR})?"
    r"(?: [Nn]etto| i %| %| i procent| bokslut| mot budget| budget ?/ ?prognos)?"
    r"(?: efter resultat-? ?överföringar)?"
    r"(?: \(\+/-\))?",
    rf"Avvikelse mellan prognos T[12] och bokslut {_YEAR}",
    rf"Kostnader(?: {_YEAR})?|Intäkter(?: {_YEAR})?|Netto(?: V[PB] {_YEAR})?(?: {_YEAR})?",
    rf"V[PB](?: {_YEAR})?|T[12](?: {_YEAR})?|Tertial [123](?: {_YEAR})?",
    rf"Bokslut(?: {_YEAR})?(?: \(utfall\))?{_TRANSFERS}"
    rf"|Bokslut efter resultat-? ?överföringar",
    rf"(?:Ack\.? ?)?[Uu]tfall(?: {_MONTHS})?(?: {_YEAR})?(?: föregående år)?"
    r"(?: (?:Kostnader|Intäkter|Netto))?"
    rf"|Bokfört(?: {_YEAR})?",
    r"Omslutningsförändring(?:ar)?(?: \((?:mnkr|tkr|kr)\))?",
    rf"Verksamhetsår {_YEAR}|Socioekonomiskt anslag {_YEAR}|År {_YEAR}|{_YEAR}|{_DATE}",
    rf"Resultatenheternas bruttobudget(?: {_YEAR})?",
    rf"Varav 5 % av resultatenheternas bruttobudget(?: {_YEAR})?",
    rf"Resultatöverföring (?:från|till) {_YEAR}(?: \(max 10 ?%\))?{_SIGNS}",
    rf"(?:Beräknat r|R)esultat(?: {_YEAR})?{_SIGNS}",
    rf"Beräknad resultatöverföring till {_YEAR}{_SIGNS}",
    rf"(?:Jan|Feb|Mars|April|Maj|Juni|Juli|Aug|Sept?|Okt|Nov|Dec)(?:\.|[a-z]{{2,5}})?(?: {_YEAR})?",
    rf"{_YEAR} \([a-z]+ ?- ?[a-z]+\)",
    rf"Ökning(?: i %| {_YEAR} ?- ?{_YEAR})?|Förändring(?: i %| %)?|Differens|Skillnad",
    r"[Vv]arav (?:kvinnor|män)|(?:Andel|Förbrukat)(?: %| i %)?",
    rf"(?:Procent|Nettokostnad|Antal|Belopp|Summa|Totalt)(?: {_YEAR})?",
    COMMENT_COLUMN.pattern,
)
_PATTERN = re.compile(rf"(?:{'|'.join(_KNOWN)})(?:,? \(?(?:mnkr|mkr|tkr|kr)\b\)?)?")
_LABEL_START = re.compile(r"[A-ZÅÄÖ0-9v](?<!\S.)(?:(?<!v)|(?=arav ))")
_PART = re.compile(r"Kostnader|Intäkter|Netto|Brutto|Budget|Utfall|Avvikelse|Prognos|Bokslut")
_PARTS = re.compile(rf"(?:\b(?:{_PART.pattern})(?: |$)){{2,}}$")
_PARTS_END = frozenset(_PART.pattern.split("|"))
_UNIT = re.compile(r"\b(mnkr|mkr|tkr|kr)\b", re.IGNORECASE)
_UNIT_IN_WORDS = re.compile(r"\b(miljoner|tusental|tusen) kronor\b", re.IGNORECASE)
_ROWS_ARE = (
    r"(?:mnkr|tkr|kr)\b.*|verksamhet(?:er|sområden?|sdata)?\b.*|enhet(?:er)?\b.*|målgrupp"
    r"|tillgångar\b.*|skulder\b.*|resultatenhet(?:er|ens namn)?.*|(?:investerings)?projekt"
    r"|kostnadsslag|konto(?:grupp)?|resultaträkning|balansräkning|belopp i .*|förening|mottagare"
)
_STUB = re.compile(
    rf"{_ROWS_ARE}|.*\((?:mnkr|tkr|kr)\)|.*,? (?:mnkr|tkr|kr)(?:, netto)?", re.IGNORECASE
)
_NEVER_FIGURES = re.compile(_ROWS_ARE, re.IGNORECASE)
_SAYS_MONEY = re.compile(
    r"\b(?:mnkr|mkr|tkr|kr|kronor|v[pb]|t[12])\b|budget|bokslut|bokför|utfall|prognos|kostnad|intäkt"
    r"|netto|brutto|resultat|belopp|anslag|ersättning|avgift|ekonomi|invester|omslutning|avvikelse",
    re.IGNORECASE,
)
_SOMETHING_ELSE = re.compile(
    r"antal|sannolikhet|konsekvens|risk|sjukfrånvaro|sjuktal|årsarbet|anställda|medarbetare|chefer"
    r"|medelålder|personalomsättning|sysselsättningsgrad|tjänstgöringsgrad|svarsfrekvens|varav män"
    r"|varav kvinnor|kvinnor|män|andel",
    re.IGNORECASE,
)
# Words that go on with a label and begin none.
_NEVER_FIRST = frozenset(
    {"Överskott", "Underskott", "(-)", "(+)", "%", "-", "–", "i", "och", "till"}
)
_FIRST_IN_LOWER_CASE = frozenset(
    {"varav", "budget", "prognos", "utfall", "bokslut", "avvikelse", "antal", "andel", "belopp"}
)
_LONGEST_LABEL_IN_WORDS = 12
_LONGEST_STUB_IN_WORDS = 12
# A label, but more often the end of one.
_YEARS_BEGIN = frozenset({"20", "VP", "VB"})
_YEAR_ALONE = re.compile(_YEAR)
_PART_OF_LABEL = re.compile(rf"{_YEAR}|V[PB]|T[12]|Netto")
_KNOWN_LABEL = 3.0
_KNOWN_IF_ALONE = 1.5
_BEGINS_UNLIKE_LABEL = -4.0
_LABEL_COLUMN = -4.0  # as a column of figures
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


def is_of_something_else(columns: tuple[str, ...], *around: str | None) -> bool:
    """Whether columns are of risks, staff or counts, and neither they nor words around say money.

    Columns of years or of unknown names may be of money.
    """
    if any([_SAYS_MONEY.search(text) for text in (*columns, *around) if text]):
        return False
    others = [column for column in columns if not _YEAR_ALONE.fullmatch(column)]
    return bool(others) and all(map(_SOMETHING_ELSE.match, others))


@lru_cache(maxsize=2048)
def known_labels(text: str) -> int:
    """Return how many known column labels stand in running words: a header has two or more."""
    text = fold(text)
    found = position = 0
    for match in _LABEL_START.finditer(text):
        if match.start() >= position and (label := _PATTERN.match(text, match.start())):
            found += 1
            position = label.end()
    return found


class HeaderLines:
    """The last lines of what may be a money table's header, divided into its columns.

    A header is read from the row below it upwards, for how many lines it has is not known before
    all its columns are named. Lines are taken with `add`; `text` is what they say, joined.
    """

    def __init__(self, most_columns: int) -> None:
        """Divide into no more than `most_columns` value columns."""
        self._most = most_columns
        self._printed = ""
        self.text = ""
        # Words from the last one back. `_ways[k][n]` is the best division of the last k words into
        # n columns: its score, and how many words the first of them has.
        self._words: list[str] = []
        self._stub_scores: dict[int, float] = {}
        self._begins: list[bool] = []  # whether each word may be the first of a label
        self._parts: re.Match[str] | None = None
        self._ways: list[list[tuple[float, int] | None]] = [[(0.0, 0), *[None] * most_columns]]

    def add(self, line: str) -> None:
        """Take the line above those taken before."""
        self._printed = line + self._printed
        self.text = fold(self._printed)
        words = self.text.split(" ")[::-1] if self.text else []
        kept = len(self._words)
        if kept and (len(words) < kept or words[kept - 1] != self._words[-1]):
            kept -= 1  # the line ends in the middle of a word
        del self._ways[kept + 1 :]
        self._words = words
        self._stub_scores = {}
        self._parts = _PARTS.search(self.text) if words and words[0] in _PARTS_END else None
        self._begins[kept:] = map(_begins_label, words[kept:])
        for count in range(kept + 1, len(words) + 1):
            self._ways.append(self._divide(count))

    def _divide(self, count: int) -> list[tuple[float, int] | None]:
        """Return the best divisions of the last `count` words, by number of columns."""
        words, begins = self._words, self._begins
        best: list[tuple[float, int] | None] = [None] * (self._most + 1)
        if not begins[count - 1]:
            return best
        label = ""
        for length in range(1, min(count, _LONGEST_LABEL_IN_WORDS) + 1):
            word = words[count - length]
            label = f"{label} {word}" if label else word
            if length < count and not begins[count - length - 1]:
                continue
            score = _label_score(label, length)
            following = words[count - length - 1] if length < count else ""
            if (following[:2] in _YEARS_BEGIN or following[:1].islower()) and _parts_label(
                label, following
            ):
                continue  # "2022", "VP 2022", "budget" are of the label before where they can be
            for number, rest in enumerate(self._ways[count - length][: self._most], start=1):
                if rest is not None:
                    here = best[number]
                    if here is None or score + rest[0] > here[0]:
                        best[number] = (score + rest[0], length)
        return best

    def columns(self, number: int) -> tuple[float, str, tuple[str, ...]] | None:
        """Return how good the words are as a label column and `number` columns, and their names.

        The columns stand in one row of labels or in two: "Budget 2020 Utfall 2020 Kostnader
        Intäkter Kostnader Intäkter". None where the words are too few.
        """
        plain = self._plain(number)
        below = self._parts
        if below is None:
            return plain
        parts = tuple(_PART.findall(below[0]))
        if len(set(parts)) == len(parts):
            return plain
        if plain is not None and not _names_each_once(plain[2]):
            plain = None
        if len(parts) != number:
            return plain
        above = HeaderLines(number)
        blank = " " if self._printed.startswith(" ") else ""
        above.add(f"{blank}{self.text[: below.start()]}")
        best = plain
        for count in range(1, number + 1):
            groups = _groups(parts, count)
            found = above.columns(count) if groups else None
            if groups is None or found is None:
                continue
            score, stub, names = found
            score *= (number + 1) / (count + 1)
            if best is None or score > best[0]:
                columns = [
                    f"{name} {part}"
                    for name, group in zip(names, groups, strict=True)
                    for part in group
                ]
                best = (score, stub, tuple(columns))
        return best

    def _stub_score(self, words: int) -> float:
        """Return how good the first words are as a label column."""
        if words not in self._stub_scores:
            self._stub_scores[words] = _stub_score(self._words[: -words - 1 : -1])
        return self._stub_scores[words]

    def _plain(self, number: int) -> tuple[float, str, tuple[str, ...]] | None:
        total = len(self._words)
        best: tuple[float, int] | None = None
        # A blank cell above the labels is a space.
        fewest = 0 if self._printed.startswith(" ") else 1
        for stub_words in range(fewest, min(total, _LONGEST_STUB_IN_WORDS) + 1):
            way = self._ways[total - stub_words][number]
            if way is None:
                continue
            score = self._stub_score(stub_words) + way[0]
            if stub_words and is_known(" ".join(self._words[total - stub_words - way[1] :][::-1])):
                score -= _KNOWN_LABEL  # the stub begins the first column's label
            if best is None or score > best[0]:
                best = (score, stub_words)
        if best is None:
            return None
        score, position = best
        words = self._words[::-1]
        stub = " ".join(words[:position])
        names = []
        while number:
            way = self._ways[total - position][number]
            assert way is not None
            names.append(" ".join(words[position : position + way[1]]))
            position += way[1]
            number -= 1
        return score, stub, tuple(names)


def _names_each_once(columns: tuple[str, ...]) -> bool:
    """Whether no column is called as another, or what several are."""
    return len(set(columns)) == len(columns) and not any(map(_PARTS.fullmatch, columns))


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


def _begins_label(word: str) -> bool:
    """Whether a word may be the first of a column's label."""
    return word not in _NEVER_FIRST and (
        word[0].isupper() or word[0].isdigit() or word in _FIRST_IN_LOWER_CASE
    )


@lru_cache(maxsize=2048)
def _parts_label(label: str, following: str) -> bool:
    """Whether the word after a label is a year, begins one or goes on with it, and is of it."""
    if following in {"VP", "VB"}:
        following = f"{following} 2000"
    elif following not in _FIRST_IN_LOWER_CASE and not _YEAR_ALONE.fullmatch(following):
        return False
    return is_known(f"{label} {following}")


@lru_cache(maxsize=2048)
def is_known(label: str) -> bool:
    """Whether a label is one of money tables' columns."""
    return _PATTERN.fullmatch(label) is not None


@lru_cache(maxsize=2048)
def _label_score(label: str, words: int) -> float:
    if is_known(label):
        return _KNOWN_IF_ALONE if _PART_OF_LABEL.fullmatch(label) else _KNOWN_LABEL
    if _NEVER_FIGURES.fullmatch(label):
        return _LABEL_COLUMN
    return _WORD_OF_UNKNOWN_LABEL * (words - 1)


def _stub_score(words: list[str]) -> float:
    text = " ".join(words)
    if not text:
        return 0.0
    if text[0].islower() or text[0] in "(-,":
        return _BEGINS_UNLIKE_LABEL
    score = _STUB_KNOWN if _STUB.fullmatch(text) else 0.0
    if any([is_known(" ".join(words[at:])) for at in range(len(words))]):
        score -= _KNOWN_LABEL  # a column of figures, not of labels, or the first of them
    return score + 0.5 * _WORD_OF_UNKNOWN_LABEL * (len(words) - 1)


def columns_of_rows(rows: list[tuple[str, ...]]) -> tuple[str, tuple[str, ...]]:
    """Return the label column and one name per value column of one or more header rows.

    A blank cell beside a filled one of the same row belongs to the same group, where the row
    below names the parts ("Justerad budget 2020" over "Kostnader", "Intäkter"); unless a row
    above names its column, which then has a group of its own.
    """
    width = max(len(row) for row in rows)
    padded = [[*row, *[""] * (width - len(row))] for row in rows]
    named = [False] * width
    for upper, lower in pairwise(padded):
        names_here = [bool(cell) for cell in upper]
        for column in range(2, width):
            is_part = lower[column] and not named[column]
            if is_part and not upper[column] and upper[column - 1]:
                upper[column] = upper[column - 1]
        named = [above or here for above, here in zip(named, names_here, strict=True)]
    names = []
    for column in range(1, width):
        parts: list[str] = []
        for row in padded:
            if row[column] and row[column] not in parts:
                parts.append(row[column])
        names.append(" ".join(parts))
    stub = " ".join(dict.fromkeys(row[0] for row in padded if row[0]))
    return stub, tuple(names)

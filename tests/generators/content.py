"""Random reports: what a council might have written, drawn from a random source.

Belongs here: choosing districts, goals, table columns, rows, cells and sentences, at rates like
those of the real reports. Does not belong here: how they are printed.

Every function takes the random source first, so that a seed (`generate`) and hypothesis
(`strategies`) drive the same code.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from generators import open_money, words
from generators.model import (
    ActivityRow,
    ActivityTable,
    Analysis,
    Block,
    Column,
    District,
    EconomyColumn,
    EconomyRow,
    EconomyTable,
    Field,
    Goal,
    Heading,
    IndicatorRow,
    IndicatorTable,
    Part,
    Prose,
    Report,
    ReportType,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from random import Random

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Size:
    """How much a report holds: the upper bounds of what is drawn.

    `odd` draws what is rarer, too: names that begin as cells do, words for no figure, other
    headers, sentences that begin as headers do, empty paragraphs. With `open_money` its money
    tables are those of no form.
    """

    goals: int = 4
    tables: int = 2
    rows: int = 6
    sentences: int = 5
    units: int = 2
    odd: bool = False
    open_money: bool = False


SMALL = Size(goals=1, tables=1, rows=3, sentences=1, units=0)


@dataclass(slots=True)
class _Scene:
    """What the sentences and cells of one report have in common."""

    random: Random
    year: int
    report_type: ReportType
    size: Size
    taken: set[str]


def report(random: Random, size: Size | None = None) -> Report:
    """Draw a report.

    Args:
        random: the source of every choice.
        size: how much it may hold at most.
    """
    size = size or Size()
    slug, name, first, last = random.choice(words.DISTRICTS)
    year = random.randint(first, last)
    kinds: tuple[ReportType, ...] = ("vp", "t1", "t2", "vb")
    kind = random.choice(kinds)
    scene = _Scene(random, year, kind, size, set())
    district = District(slug, name)
    own = Part(None, (*_opening(scene, district, kind), *_body(scene, units=False)))
    parts = [own]
    for unit in random.sample(words.UNITS, random.choice((0, 0, 0, size.units))):
        scene.taken.clear()
        parts.append(Part(unit, (*_unit_opening(scene, unit), *_body(scene, units=True))))
    return Report(district, year, kind, tuple(parts))


def _kind_title(scene: _Scene) -> str:
    return {
        "vp": f"Verksamhetsplan {scene.year}",
        "t1": f"Tertialrapport 1 {scene.year}",
        "t2": f"Tertialrapport 2 {scene.year}",
        "vb": scene.random.choice(
            (f"Verksamhetsberättelse VB {scene.year}", f"Verksamhetsberättelse {scene.year}")
        ),
    }[scene.report_type]


def _unit_opening(scene: _Scene, unit: str) -> tuple[Heading, ...]:
    """How a unit's report begins: its kind, year and name, on one line or two."""
    kind = _kind_title(scene)
    form = scene.random.random()
    if form < 0.6:
        return (Heading(f"{kind} för {unit}", rank=1),)
    if form < 0.75:
        return (Heading(f"{kind} - {unit}", rank=1),)
    if form < 0.9:
        return Heading(kind, rank=1), Heading(f"Enhet: {unit}", rank=2)
    return Heading(kind, rank=1), Heading(unit, rank=2)


def _genitive(name: str) -> str:
    return name if name.endswith("s") else name + "s"


def _opening(scene: _Scene, district: District, kind: ReportType) -> Iterator[Block]:
    """The front matter that tells district, year and kind of report."""
    random = scene.random
    council = f"{_genitive(district.name)} stadsdelsnämnd"
    if random.random() < 0.5:
        council = f"{district.name} stadsdelsnämnd"
    yield Heading(f"{_kind_title(scene)} för {council}", rank=1)
    yield Heading("Förslag till beslut", rank=2)
    named = {
        "vp": f"verksamhetsplan {scene.year}",
        "t1": f"tertialrapport 1 {scene.year}",
        "t2": f"tertialrapport 2 {scene.year}",
        "vb": f"verksamhetsberättelse {scene.year}",
    }[kind]
    yield Prose(f"1. Nämnden godkänner förvaltningens förslag till {named} och överlämnar den.")
    yield Prose(f"2. Nämnden ansöker om {_money(random)} mnkr i budgetjustering.")


def _body(scene: _Scene, *, units: bool) -> Iterator[Block]:
    random, size = scene.random, scene.size
    goals = [list(_goal(scene, code, units=units)) for code in _codes(scene, units=units)]
    if random.random() < 0.6:
        yield Heading("Sammanfattande analys", rank=2)
        yield from _prose(scene, size.sentences)
        # Summaries name the goals again, without their label: not headings.
        for block in (blocks[0] for blocks in goals if random.random() < 0.4):
            assert isinstance(block, Goal)
            yield Heading(block.title, rank=4)
            yield from _prose(scene, 2)
    if not units:
        yield Heading("Uppföljning av Kommunfullmäktiges inriktningsmål", rank=2)
    for blocks in goals:
        yield from blocks
    if random.random() < (0.2 if units else 0.7):
        yield Heading("Uppföljning av ekonomi", rank=2)
        for _ in range(random.randint(1, max(1, size.tables))):
            yield from _economy(scene)
    if random.random() < 0.5:
        yield Heading("Övrigt", rank=2)
        yield from _prose(scene, size.sentences)


def _codes(scene: _Scene, *, units: bool) -> list[str]:
    """Codes of a goal tree in document order: "1", "1.1", "1.1.1", "1.1.2", "1.2" ..."""
    random = scene.random
    codes: list[str] = []
    budget = random.randint(1, scene.size.goals) * (1 if units else 2)
    top = 0
    while len(codes) < budget:
        top += 1
        codes.append(f"{top}")
        for middle in range(1, random.randint(1, 3) + 1):
            codes.append(f"{top}.{middle}")
            codes.extend(f"{top}.{middle}.{low}" for low in range(1, random.randint(0, 2) + 1))
            if len(codes) >= budget:
                break
    return codes


def _goal(scene: _Scene, code: str, *, units: bool) -> Iterator[Block]:
    """A goal's heading and what stands under it."""
    random = scene.random
    depth = code.count(".")
    printed: str | None = code + random.choice(("", "", "."))
    levels = ("inriktningsmål", "verksamhetsområdesmål", "nämndmål")
    titles: Sequence[str] = (words.INRIKTNINGAR, words.OMRADEN, words.NAMNDMAL)[depth]
    if units and depth == 2:
        status = _status(scene)
        if random.random() < 0.5:
            printed = None
        yield Goal("enhetsmål", printed, random.choice(words.ENHETSMAL), status)
    else:
        status = _status(scene) if depth else None
        yield Goal(levels[depth], printed, random.choice(titles), status)  # type: ignore[arg-type]
    if depth == 0:
        yield from _prose(scene, scene.size.sentences)
        return
    certain = random.choice(words.SECTIONS)
    for section in words.SECTIONS:
        if section == certain or random.random() < 0.4:
            yield Heading(section)
            yield from _prose(scene, scene.size.sentences)
            if random.random() < 0.3:
                yield Heading(random.choice(words.TOPICS), rank=4)
                yield from _prose(scene, scene.size.sentences)
    if random.random() < 0.8:
        yield _indicators(scene)
        if random.random() < 0.05:
            yield Heading("Övriga indikatorer")
            yield _indicators(scene)
    if random.random() < 0.6:
        yield _activities(scene)


def _status(scene: _Scene) -> str | None:
    return None if scene.report_type == "vp" else scene.random.choice(words.STATUSES)


# -- sentences ----------------------------------------------------------------------------------


def _fill(scene: _Scene, pattern: str) -> str:
    if "{" not in pattern:
        return pattern
    random = scene.random
    return pattern.format(
        n=random.randint(2, 880),
        n3=random.randint(2, 880),
        n2=_thousands(random.randint(1000, 96000)),
        p=_number(random, 1, 99, random.randint(0, 1)),
        p2=_number(random, 1, 99, random.randint(0, 2)),
        m=_number(random, 0, 60, 1),
        m2=_number(random, 0, 60, 1),
        y=scene.year,
        y1=scene.year - 1,
        d=_date(random, scene.year),
        d2=_date(random, scene.year + 1),
        name=_name(random, random.choice(("share", "count", "index"))),
        group=random.choice(words.GROUPS),
        place=random.choice(words.PLACES),
        act=random.choice(words.ACTS),
    )


def _prose(scene: _Scene, most: int) -> Iterator[Prose]:
    random = scene.random
    for _ in range(random.randint(1, 3)):
        patterns = random.sample(words.PLAIN + words.DECOYS, random.randint(1, max(1, most)))
        yield Prose(" ".join(_fill(scene, pattern) for pattern in patterns))


def _analysis(scene: _Scene, *, often: float, label: str) -> Analysis | None:
    random = scene.random
    if random.random() > often:
        return None
    count = random.choice((1, 1, 1, 2, 2, 3))
    odd = words.ODD_ANALYSES * 3 if scene.size.odd else ()
    patterns = random.sample(words.ANALYSES + words.PLAIN + odd, count * 2)
    sentences = [_fill(scene, pattern) for pattern in patterns]
    paragraphs = [" ".join(sentences)]
    if random.random() < 0.2:
        between = [""] if scene.size.odd else []
        paragraphs = [" ".join(sentences[:count]), *between, " ".join(sentences[count:])]
    return Analysis(label, tuple(paragraphs))


# -- numbers ------------------------------------------------------------------------------------


def _thousands(value: int) -> str:
    return f"{value:,}".replace(",", " ")


def _number(random: Random, low: float, high: float, decimals: int) -> str:
    return _figure(random.uniform(low, high), decimals)


def _figure(value: float, decimals: int) -> str:
    """A number as printed: decimal comma, a space between thousands."""
    digits = f"{abs(value):.{decimals}f}"
    sign = "-" if value < 0 and digits.strip("0.") else ""
    whole, _, fraction = digits.partition(".")
    return f"{sign}{_thousands(int(whole))}" + (f",{fraction}" if fraction else "")


def _date(random: Random, year: int) -> str:
    return f"{year}-{random.randint(1, 12):02}-{random.randint(1, 28):02}"


def _money(random: Random) -> str:
    """Millions, as prose and decisions name them."""
    return _number(random, *random.choice(((0.1, 60.0), (10.0, 900.0), (900.0, 3200.0))), 1)


# -- indicators ---------------------------------------------------------------------------------

_TITLES: dict[Field, tuple[str, ...]] = {
    "outcome": ("Periodens utfall",),
    "outcome_men": ("Utfall män/ pojkar",),
    "outcome_women": ("Utfall kvinnor/ flickor",),
    "forecast": ("Prognos helår",),
    "target": ("Årsmål",),
    "kf_target": ("KF:s årsmål", "KF:s årsmål", "KF:s årsmål år {year}"),
    "period": ("Period",),
}
# Wordings of other templates, year by year.
_OTHER_TITLES: dict[Field, str] = {
    "outcome": "Utfall",
    "outcome_men": "Utfall män",
    "outcome_women": "Utfall kvinnor",
    "forecast": "Prognos",
    "target": "Årsmål {year}",
    "kf_target": "KF:s årsmål {year}",
    "period": "Period",
}


# Without the outcome's word beside the sexes.
_ODD_TITLES: dict[Field, str] = {
    "outcome": "Utfall helår",
    "outcome_men": "Män/pojkar",
    "outcome_women": "Kvinnor/flickor",
    "forecast": "Helårsprognos",
    "target": "Målvärde",
    "kf_target": "KF:s årsmål",
    "period": "Period",
}


def _columns(scene: _Scene) -> tuple[Column, ...]:
    """A table's value columns: all of a follow-up report's, a plan's, or some subset."""
    random, year = scene.random, scene.year
    if scene.report_type == "vp":
        fields: list[Field] = ["target", "kf_target", "period"]
    else:
        fields = list(_TITLES)
        fields.insert(3, "outcome_prev")
    # Other templates lack the columns by sex, the forecast, last year's outcome ...
    if random.random() < 0.4:
        lacking: list[tuple[Field, ...]] = [
            ("outcome_men", "outcome_women"),
            ("outcome_prev",),
            ("forecast",),
            ("kf_target",),
            ("period",),
            ("target",),
        ]
        for group in random.sample(lacking, random.randint(1, 3)):
            fields = [field for field in fields if field not in group or len(fields) < 3]
    if random.random() < 0.12:
        random.shuffle(fields)
    columns = []
    other = random.random() < 0.08
    odd = scene.size.odd and random.random() < 0.25
    for field in fields:
        if field == "outcome_prev":
            label = f"VB {year - 1}"
            columns.append(Column(field, f"Periodens utfall {label}", label))
        else:
            title = _OTHER_TITLES[field] if other else random.choice(_TITLES[field])
            title = _ODD_TITLES[field] if odd else title.format(year=year)
            if field == "period":
                title = "Periodicitet" if scene.report_type == "vp" else "Period"
            columns.append(Column(field, title))
    return tuple(columns)


def _indicators(scene: _Scene) -> IndicatorTable:
    random = scene.random
    columns = _columns(scene)
    label = "Kommentar" if scene.report_type == "vp" else "Analys"
    rows = [
        _indicator(scene, columns, label) for _ in range(random.randint(1, max(1, scene.size.rows)))
    ]
    return IndicatorTable(columns, tuple(rows))


_KINDS = (
    ("share",) * 30
    + ("count",) * 12
    + ("index",) * 6
    + ("rate",) * 5
    + ("energy",) * 2
    + ("money",)
)


def _name(random: Random, kind: str) -> str:
    """An indicator's name, composed so that long, short and odd ones all come up."""
    choice = random.choice
    if kind == "share":
        pattern = random.random()
        if pattern < 0.15:
            return choice(words.SHARES)
        if pattern < 0.25:
            return f"Stockholmarnas nöjdhet med {choice(words.SUBJECTS)}"
        if pattern < 0.32:
            return f"Andelen nöjda {choice(words.GROUPS)}"
        name = f"Andel {choice(words.GROUPS)} {choice(words.VERBS)}"
        if random.random() < 0.2:
            name += f" {choice(words.SUFFIXES)}"
        return name + ("." if random.random() < 0.06 else "")
    if kind == "count":
        if random.random() < 0.5:
            return f"Antal {choice(words.THINGS)}"
        return f"Antal {choice(words.GROUPS)} {choice(words.VERBS)}"
    if kind == "rate":
        name = f"Antal {choice(words.RATES)}"
        return f"{name} {choice(words.SUFFIXES)}" if random.random() < 0.5 else name
    return choice({"index": words.INDEXES, "energy": words.ENERGIES, "money": words.MONIES}[kind])


def _fresh_name(scene: _Scene, kind: str) -> str:
    """A name that no other row of the report's part bears; a year sets a twin apart."""
    name = _name(scene.random, kind)
    if scene.size.odd and scene.random.random() < 0.15:
        name = f"{scene.random.choice(words.ODD_NAMES)} {scene.random.choice(words.GROUPS)}"
    while name in scene.taken:
        name = f"{name} - {scene.random.choice(words.PLACES)}"
    scene.taken.add(name)
    return name


def _unit(random: Random, kind: str) -> str:
    return {
        "share": random.choice(("%",) * 7 + ("",)),
        "count": random.choice(("st", "st", "")),
        "index": random.choice(("", "", "%")),
        "rate": random.choice(("", "st", "barn/avd.")),
        "energy": random.choice(("GWh", "kg CO2", "kg CO2 per kg livsmedel", "MWh")),
        "money": random.choice(("kr", "kr", "tkr")),
    }[kind]


def _count_range(random: Random, unit: str) -> tuple[int, int]:
    """Bounds of a count; thousands mostly carry their unit."""
    if random.random() < (0.12 if unit else 0.03):
        return 900, 12000
    return random.choice(((0, 90), (20, 990)))


def _indicator(scene: _Scene, columns: tuple[Column, ...], label: str) -> IndicatorRow:
    random = scene.random
    kind = random.choice(_KINDS)
    unit = _unit(random, kind)
    low, high = {
        "share": (0, 100),
        "count": _count_range(random, unit),
        "index": (1, 95),
        "rate": (2, 20),
        "energy": (0, 3),
        "money": (1, 14000),
    }[kind]
    decimals = {"count": 0, "rate": random.choice((0, 1)), "energy": 2}.get(
        kind, random.choice((0, 0, 1, 2))
    )
    # Units come and go inside one row.
    keeps_unit = random.choice((1.0, 1.0, 1.0, 0.5))

    def cell() -> str:
        if scene.size.odd and random.random() < 0.02:
            return random.choice(words.NO_FIGURE)
        digits = decimals if random.random() < 0.8 else 0
        text = _number(random, low, high, digits)
        return f"{text} {unit}" if unit and random.random() < keeps_unit else text

    by_sex = random.random() < 0.45
    measured = random.random() < 0.7
    texts: dict[Field, str | None] = {
        "outcome": cell() if measured else None,
        "outcome_men": cell() if by_sex and measured else None,
        "outcome_women": cell() if by_sex and measured else None,
        "outcome_prev": cell() if random.random() < 0.8 else None,
        "forecast": cell() if random.random() < 0.5 else None,
        "target": _target(random, cell, kf=False, year=scene.year),
        "kf_target": _target(random, cell, kf=True, year=scene.year),
        "period": _period(scene),
    }
    cells = [texts[column.field] for column in columns]
    if not any(cells):
        cells[-1] = cell()
    return IndicatorRow(
        _fresh_name(scene, kind),
        tuple(cells),
        split=by_sex,
        analysis=_analysis(scene, often=0.35, label=label),
    )


def _target(random: Random, cell: object, *, kf: bool, year: int) -> str | None:
    assert callable(cell)
    pick = random.random()
    if kf and pick < 0.32:
        return random.choice(
            ("Tas fram av nämnd", "Tas fram av nämnd", "Tas fram av nämnd/styrelse")
        )
    if pick < 0.37:
        return random.choice(
            (
                f"Fastställs {year}",
                "Max 10 personer",
                "+/-1 %",
                "+/- 1 %",
                "öka",
                "Ökning",
                "Minskning",
            )
        )
    if pick < (0.47 if kf else 0.4):
        return None
    return str(cell())


def _period(scene: _Scene) -> str | None:
    random, year = scene.random, scene.year
    if random.random() < 0.01:
        return None
    if scene.report_type == "vp":
        return random.choice(("År", "År", "Tertial", "Halvår", f"{year}"))
    full = {"t1": f"Tertial 1 {year}", "t2": f"Tertial 2 {year}", "vb": f"VB {year}"}
    return random.choice((full[scene.report_type], f"{year}"))


# -- activities ---------------------------------------------------------------------------------


def _activities(scene: _Scene) -> ActivityTable:
    random = scene.random
    deviating = scene.report_type != "vp" and random.random() < 0.9
    rows = [
        _activity(scene, deviating=deviating)
        for _ in range(random.randint(1, max(1, scene.size.rows)))
    ]
    return ActivityTable(deviating, tuple(rows))


def _activity(scene: _Scene, *, deviating: bool) -> ActivityRow:
    random, year = scene.random, scene.year
    while True:
        name = _fill(scene, random.choice(words.DEEDS))
        if random.random() < 0.7:
            name = f"{random.choice(words.ACTORS)} {name}"
        else:
            name = name[0].upper() + name[1:]
        for _ in range(random.randint(0, 2)):
            name += f" {_fill(scene, random.choice(words.AIMS))}"
        if scene.size.odd and random.random() < 0.1:
            name += f" {_fill(scene, words.ODD_AIM)}"
        name += random.choice(("", "", "."))
        if name not in scene.taken:
            break
    scene.taken.add(name)
    start, end = f"{year}-01-01", f"{year}-12-31"
    if random.random() < 0.4:
        start, end = sorted((_date(random, year), _date(random, year + random.randint(0, 1))))
    return ActivityRow(
        name,
        start,
        end,
        "Avvikelse" if deviating and random.random() < 0.15 else None,
        _analysis(scene, often=0.12 if deviating else 0.0, label="Analys"),
    )


# -- economy ------------------------------------------------------------------------------------

_BUDGETS = (
    ("Kostnader", "Intäkter", "Netto VP {year}", "VP {before}", "Bokslut {last}"),
    ("Kostnader", "Intäkter", "Netto VP {year}", "VP {before}", "Omslutningsförändring"),
    ("Budget {year}", "Begärda budgetjusteringar", "Prognos {year}", "Avvikelse"),
    ("Budget {year}", "Bokfört", "Prognos", "Avvikelse"),
    ("Budget {year} (inkl. budgetjusteringar)", "Bokslut {year} (utfall)", "Avvikelse"),
)
_GROUPED = (
    ("Justerad budget {year}", "Kostnader"),
    ("Justerad budget {year}", "Intäkter"),
    ("Utfall {year}", "Kostnader"),
    ("Utfall {year}", "Intäkter"),
    ("Avvikelse {year}", "Netto"),
    ("Avvikelse {before}", "Netto"),
)


def _economy(scene: _Scene) -> Iterator[Block]:
    """A heading, a money table and a few words on it."""
    random, year = scene.random, scene.year
    pick = random.random()
    heading = random.choice(words.ECONOMY_LABELS)
    yield Heading(heading, rank=3)
    if random.random() < 0.5:
        yield from _prose(scene, 2)
    if scene.size.open_money:
        yield open_money.table(random, year, heading)
    elif pick < 0.15:
        yield _balance(scene, heading)
    elif pick < 0.3:
        yield _result_units(scene, heading)
    else:
        titles = [
            EconomyColumn(title.format(year=year, before=year - 1, last=year - 2))
            for title in random.choice(_BUDGETS)
        ]
        if pick < 0.45:
            titles = [
                EconomyColumn(title.format(year=year), group.format(year=year, before=year - 1))
                for group, title in _GROUPED
            ]
        yield _budget(scene, heading, tuple(titles))
    if random.random() < 0.7:
        yield from _prose(scene, 2)


def _budget(scene: _Scene, heading: str, columns: tuple[EconomyColumn, ...]) -> EconomyTable:
    """A budget by area; its total is the sum of its areas, its parts ("varav") are not added."""
    random = scene.random
    unit = random.choice(("mnkr", "mnkr", "mnkr", "tkr"))
    decimals = 1 if unit == "mnkr" else random.choice((0, 1))
    largest = {"mnkr": random.choice((60, 900)), "tkr": 48000}[unit]
    sparse = random.choice((0.0, 0.0, 0.25))
    names = [column.name for column in columns]

    def amounts() -> tuple[float | None, ...]:
        drawn = _amounts(random, names, largest)
        return tuple(None if random.random() < sparse else amount for amount in drawn)

    areas: list[tuple[float | None, ...]] = []
    rows: list[EconomyRow] = []
    for label in random.sample(words.ECONOMY_LABELS, random.randint(2, 6)):
        areas.append(amounts())
        rows.append(_money_row(label, areas[-1], decimals))
        if random.random() < 0.25:
            parts = random.sample(words.ECONOMY_PARTS, random.randint(1, 3))
            rows.extend(_money_row(f"varav {part}", amounts(), decimals) for part in parts)
    if random.random() < 0.2:
        rows.insert(len(rows) - 1, EconomyRow("Investeringar", (None,) * len(columns)))
    total = random.choice(("Summa", "Totalt", "Netto totalt", "Drift totalt"))
    rows.append(_money_row(total, _sums(areas), decimals, bold=True))
    if columns[0].group and random.random() < 0.5:
        shares = tuple(f"{_number(random, -9, 25, 1)}%" for _ in columns[-2:])
        blanks = (None,) * (len(columns) - 2)
        rows.append(EconomyRow("Avvikelse i %", (*blanks, *shares)))
    stubs = ("Verksamhet, {unit}", "{Unit}", "Verksamhetsområden, {unit}", "{Unit}, netto")
    stub = random.choice(stubs).format(unit=unit, Unit=unit.capitalize())
    return EconomyTable(heading, stub, unit, columns, tuple(rows), padded=random.random() < 0.4)


def _amounts(random: Random, names: list[str], largest: float) -> list[float]:
    """One row's amounts; net is costs less income."""
    costs = round(random.uniform(0, largest), 1)
    income = round(costs * random.choice((0, 0.05, 0.1, 0.2, 0.3, 0.3, 1)), 1)
    base = round(costs - income, 1)
    amounts: list[float] = []
    for name in names:
        if "Intäkter" in name:
            # Income stands with a minus where it stands beside costs of two kinds.
            amounts.append(-income if " " in name else income)
        elif "Kostnader" in name:
            amounts.append(costs)
        elif name.startswith("Netto"):
            amounts.append(base)
        elif "Avvikelse" in name or "Begärda" in name or "Omslutning" in name:
            amounts.append(round(random.uniform(-0.1, 0.1) * largest, 1))
        else:
            amounts.append(round(base * random.uniform(0.8, 1.2), 1))
    return amounts


def _sums(areas: list[tuple[float | None, ...]]) -> tuple[float | None, ...]:
    columns = zip(*areas, strict=True)
    return tuple(
        sum(filled) if (filled := [amount for amount in column if amount is not None]) else None
        for column in columns
    )


def _money_row(
    label: str, amounts: Sequence[float | None], decimals: int, *, bold: bool = False
) -> EconomyRow:
    cells = tuple(None if amount is None else _figure(amount, decimals) for amount in amounts)
    return EconomyRow(label, cells, bold=bold)


def _balance(scene: _Scene, heading: str) -> EconomyTable:
    """A balance sheet: its columns are dates, its table no activities."""
    random, year = scene.random, scene.year
    day = random.choice(("12-31", "08-31"))
    columns = (EconomyColumn(f"{year - 1}-{day}"), EconomyColumn(f"{year}-{day}"))
    debts = random.random() < 0.5
    sign = -1 if debts else 1
    labels = words.DEBTS if debts else words.ASSETS
    items: list[tuple[float | None, ...]] = []
    rows: list[EconomyRow] = []
    for label in random.sample(labels, random.randint(2, 5)):
        items.append(tuple(sign * round(random.uniform(0, 150), 1) for _ in columns))
        rows.append(_money_row(label, items[-1], 1))
    title, total = (
        ("Skulder och eget kapital (mnkr)", "Summa skulder och eget kapital")
        if debts
        else ("Tillgångar (mnkr)", "Summa tillgångar")
    )
    rows.append(_money_row(total, _sums(items), 1, bold=True))
    return EconomyTable(heading, title, "mnkr", columns, tuple(rows))


def _result_units(scene: _Scene, heading: str) -> EconomyTable:
    """The funds of the units that keep their result, in thousands."""
    random, year = scene.random, scene.year
    columns = (
        EconomyColumn(f"Resultatenheternas bruttobudget {year}"),
        EconomyColumn(f"Resultatöverföring från {year - 1} Överskott (-) Underskott (+)"),
        EconomyColumn(f"Beräknat resultat {year} Överskott (-) Underskott (+)"),
    )
    units: list[tuple[float | None, ...]] = []
    rows: list[EconomyRow] = []
    for label in random.sample(words.ECONOMY_UNITS, random.randint(2, 5)):
        budget = random.randint(1500, 4900) * 10.0
        units.append((budget, -random.randint(50, 480) * 10.0, random.randint(-40, 90) * 5.0))
        rows.append(_money_row(label, units[-1], 1))
    rows.append(_money_row("Summa resultatenheter", _sums(units), 1, bold=True))
    return EconomyTable(heading, "Resultatenhetens namn, tkr", "tkr", columns, tuple(rows))

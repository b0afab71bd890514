"""The city: councils that merge, indicators that are renamed, targets and figures that are revised.

Belongs here: what is so, and what each report tells of it. Does not belong here: how a report looks
(`paper`) or what follows from it (`truth`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import pairwise
from random import Random
from typing import Literal

Kind = Literal["vp", "t1", "t2", "vb"]
KINDS: tuple[Kind, ...] = ("vp", "t1", "t2", "vb")
YEARS = range(2019, 2025)
AS_OF: dict[Kind, tuple[int, int]] = {"vp": (1, 1), "t1": (4, 30), "t2": (8, 31), "vb": (12, 31)}
MERGER = date(2023, 7, 1)


@dataclass(frozen=True, slots=True)
class Council:
    """A district council with its years."""

    slug: str
    name: str
    first: date = date(2007, 1, 1)
    last: date = date.max
    today: str = ""

    def lives(self, day: date) -> bool:
        """Whether it exists on a day."""
        return self.first <= day <= self.last


_BEFORE = date(2023, 6, 30)
COUNCILS = (
    Council("bromma", "Bromma", today="bromma"),
    Council("farsta", "Farsta", today="farsta"),
    Council("skarpnack", "Skarpnäck", today="skarpnack"),
    Council("sodermalm", "Södermalm", today="sodermalm"),
    Council("rinkeby-kista", "Rinkeby-Kista", last=_BEFORE, today="jarva"),
    Council("spanga-tensta", "Spånga-Tensta", last=_BEFORE, today="jarva"),
    Council("jarva", "Järva", first=MERGER, today="jarva"),
    Council("norrmalm", "Norrmalm", last=_BEFORE, today="norra-innerstaden"),
    Council("ostermalm", "Östermalm", last=_BEFORE, today="norra-innerstaden"),
    Council("norra-innerstaden", "Norra innerstaden", first=MERGER, today="norra-innerstaden"),
)


@dataclass(frozen=True, slots=True)
class Target:
    """A target: what it asks, and how it is printed.

    `bound` is the number of a value, min or max; `low` and `high` are those of what has bounds.
    """

    kind: str = "none"
    printed: str | None = None
    bound: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    sign: int = 0


@dataclass(frozen=True, slots=True)
class Indicator:
    """What is measured. `names` are (first year, printed name), the earliest first."""

    key: str
    names: tuple[tuple[int, str], ...]
    unit: str
    decimals: int
    level: float
    spread: float
    scale: str
    better: int | None
    sexes: Literal["rate", "count", "composition"] | None = None
    kf: str = "value"
    first_year: int = 2018
    curated: bool = True

    def name(self, year: int) -> str:
        """Return the name that reports of a year print."""
        return next(name for first, name in reversed(self.names) if year >= first)


INDICATORS = (
    Indicator(
        "andel-barn-i-familjer-med-ekonomiskt-bistand",
        ((0, "Andel barn som lever i familjer som har ekonomiskt bistånd"),),
        "%", 1, 3.0, 0.6, "share", -1,
    ),
    Indicator(
        "andel-personer-med-ekonomiskt-bistand",
        ((0, "Andel personer som har ekonomiskt bistånd i förhållande till befolkningen"),),
        "%", 2, 2.0, 0.3, "share", -1, "rate",
    ),
    Indicator(
        "andel-legitimerade-forskollarare",
        ((0, "Andel legitimerade förskollärare av totalt antal anställda (årsarbetare)"),),
        "%", 1, 36.0, 4.0, "share", 1, "composition", "increase",
    ),
    Indicator(
        "antal-barn-per-anstalld-forskola",
        (
            (0, "Antal förskolebarn per anställd (årsarbetare)"),
            (2023, "Antal barn per anställd i förskolan (årsarbetare)"),
        ),
        "st", 1, 4.8, 0.3, "ratio", -1,
    ),
    Indicator(
        "antal-ungdomar-feriejobb",
        ((0, "Antal ungdomar som fått feriejobb i stadens regi"),),
        "st", 0, 1000, 120, "count", 1, "count", "city",
    ),
    Indicator(
        "prognossakerhet-t2",
        ((0, "Nämndens prognossäkerhet T2"),),
        "%", 0, 0, 2, "share", None, None, "tolerance",
    ),
    Indicator(
        "sjukfranvaro", ((0, "Sjukfrånvaro"),), "%", 1, 7.5, 1.0, "share", -1, "rate", "delegated",
    ),
    Indicator(
        "ej-diskriminering-socialpsykiatri",
        (
            (0, "Andel brukare inom socialpsykiatri som inte upplever diskriminering"),
            (2022, "Andel brukare inom socialpsykiatrin som inte upplever diskriminering"),
        ),
        "%", 0, 80, 3, "share", 1, "rate", "increase",
    ),
    Indicator(
        "antal-personal-en-hemtjansttagare-moter",
        (
            (
                0,
                "Antal personal en hemtjänsttagare med minst två besök om dagen möter under en "
                "14-dagarsperiod",
            ),
        ),
        "", 1, 10.5, 1.0, "ratio", -1, None, "max",
    ),
    Indicator(
        "andel-barnskotare-med-utbildning",
        (
            (
                0,
                "Andel barnskötare med barnskötarutbildning av totalt antal anställda "
                "(årsarbetare)",
            ),
        ),
        "%", 1, 30, 3, "share", 1, "composition", "undecided", 2024,
    ),
    Indicator(
        "", ((0, "Andel besökare som är nöjda med fritidsbankens öppettider"),),
        "%", 0, 80, 4, "share", None, None, "none", curated=False,
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """What one report tells of one indicator; None is a blank cell."""

    indicator: Indicator
    name: str
    outcome: Decimal | None = None
    men: Decimal | None = None
    women: Decimal | None = None
    previous: Decimal | None = None
    forecast: Decimal | None = None
    target: Target = field(default=Target())
    kf: Target = field(default=Target())


@dataclass(frozen=True, slots=True)
class Report:
    """One report: who, when, and its rows."""

    council: Council
    year: int
    kind: Kind
    rows: tuple[Row, ...]

    @property
    def key(self) -> str:
        """Return the report's id in the marts."""
        return f"{self.council.slug}-{self.year}-{self.kind}"

    @property
    def as_of(self) -> date:
        """Return the day it stands for."""
        return date(self.year, *AS_OF[self.kind])


def figure(value: Decimal, unit: str) -> str:
    """Print a number as reports do: decimal comma, spaces between thousands, a unit."""
    whole, _, fraction = f"{abs(value):,f}".replace(",", " ").partition(".")
    text = f"-{whole}" if value < 0 else whole
    return " ".join(filter(None, (f"{text},{fraction}" if fraction else text, unit)))


def city(seed: int) -> tuple[Report, ...]:
    """Return all reports of a city, in no order that matters."""
    random = Random(seed)
    return tuple(report for council in COUNCILS for report in _reports(council, random))


def _draw(random: Random, indicator: Indicator, level: float) -> Decimal:
    value = Decimal(str(random.gauss(level, indicator.spread / 3)))
    return value.quantize(Decimal(1).scaleb(-indicator.decimals))


# What a council never reports: of the two that merge, only the other one counts it.
SILENT = ("norrmalm", "antal-ungdomar-feriejobb")


def _reports(council: Council, random: Random) -> list[Report]:
    told = {
        indicator: _told(indicator, random)
        for indicator in INDICATORS
        # a council now and then leaves an indicator out altogether
        if random.random() < 0.95 or not indicator.curated
    }
    reports = []
    for year in YEARS:
        for kind in KINDS:
            if council.lives(date(year, *AS_OF[kind])):
                rows = [
                    rows_of_kind[year, kind]
                    for indicator, rows_of_kind in told.items()
                    if (year, kind) in rows_of_kind and (council.slug, indicator.key) != SILENT
                ]
                reports.append(Report(council, year, kind, tuple(rows)))
    return reports


def _told(indicator: Indicator, random: Random) -> dict[tuple[int, Kind], Row]:
    """What the council's reports tell of one indicator, year by year."""
    level = random.gauss(indicator.level, indicator.spread)
    drift = random.choice((-1, 0, 0, 1)) * indicator.spread / 3
    outcomes: dict[int, Decimal | None] = {}
    for year in range(2018, 2025):
        level += drift
        known = year >= indicator.first_year and random.random() > 0.06
        outcomes[year] = _draw(random, indicator, level) if known else None

    rows: dict[tuple[int, Kind], Row] = {}
    for before, year in pairwise(range(2018, 2025)):
        if year < indicator.first_year:
            continue
        previous = outcomes[before]
        target = _target(indicator, outcomes[year] or _draw(random, indicator, level), random)
        for kind in KINDS:
            target = _revised(target, indicator, kind, random)
            if kind != "vp":
                previous = _restated(previous, indicator, random)
            rows[year, kind] = _row(indicator, year, kind, outcomes[year], previous, target, random)
    return rows


def _row(
    indicator: Indicator,
    year: int,
    kind: Kind,
    outcome: Decimal | None,
    previous: Decimal | None,
    target: Target,
    random: Random,
) -> Row:
    name, kf = indicator.name(year), _kf(indicator, year)
    target = _worded(target, indicator, year, kind)
    if kind == "vp":
        return Row(indicator, name, target=target, kf=kf)
    forecast = None
    if kind != "vb":
        base = float(outcome if outcome is not None else indicator.level)
        forecast = _draw(random, indicator, base) if random.random() < 0.8 else None
        outcome = _draw(random, indicator, base) if random.random() < 0.7 else None
    men, women = _sexes(indicator, outcome, random)
    return Row(indicator, name, outcome, men, women, previous, forecast, target, kf)


def _sexes(
    indicator: Indicator, outcome: Decimal | None, random: Random
) -> tuple[Decimal | None, Decimal | None]:
    if outcome is None or indicator.sexes is None:
        return None, None
    digit = Decimal(1).scaleb(-indicator.decimals)
    if indicator.sexes == "rate":
        return outcome - digit * random.randint(0, 3), outcome + digit * random.randint(0, 3)
    men = (outcome * Decimal(str(random.uniform(0.05, 0.5)))).quantize(digit)
    return men, outcome - men


def _restated(value: Decimal | None, indicator: Indicator, random: Random) -> Decimal | None:
    """Last year's figure as the next report prints it: now and then another one."""
    if random.random() > 0.03:
        return value
    if value is None:
        return _draw(random, indicator, indicator.level)
    digit = Decimal(1).scaleb(-indicator.decimals)
    return random.choice((None, value + digit, value - 2 * digit, value + 5 * digit))


def _target(indicator: Indicator, level: Decimal, random: Random) -> Target:
    if indicator.kf == "tolerance":
        return _tolerance(random.choice(("+/-1 %", "+/- 1 %")))
    if indicator.kf == "undecided":
        return Target()
    digit = Decimal(1).scaleb(-indicator.decimals)
    bound = level + digit * random.randint(-3, 3)
    return Target("value", figure(bound, indicator.unit), bound)


def _revised(target: Target, indicator: Indicator, kind: Kind, random: Random) -> Target:
    """The target as a later report of the year has it: revised now and then, on purpose."""
    if kind == "vp" or target.bound is None or random.random() > 0.1:
        return target
    digit = Decimal(1).scaleb(-indicator.decimals)
    bound = target.bound + digit * random.choice((-2, 2))
    return Target("value", figure(bound, indicator.unit), bound)


def _tolerance(printed: str, bound: int = 1) -> Target:
    return Target("tolerance", printed, low=Decimal(-bound), high=Decimal(bound))


def _worded(target: Target, indicator: Indicator, year: int, kind: Kind) -> Target:
    """The same target as a bound, left to others or not printed, as some reports have it."""
    bound, half, is_plan = target.bound, Decimal("0.5"), kind == "vp"
    match indicator.key, year:
        case "sjukfranvaro", 2020 | 2022 | 2024 if bound is not None:
            return Target("max", f"Högst {target.printed}", bound, high=bound)
        case "ej-diskriminering-socialpsykiatri", 2021 | 2023 if bound is not None:
            return Target("min", f"Minst {target.printed}", bound, low=bound)
        case "andel-barn-i-familjer-med-ekonomiskt-bistand", 2022 if bound is not None:
            low, high = bound - half, bound + half
            return Target("range", f"{figure(low, '')}-{figure(high, '%')}", low=low, high=high)
        case "prognossakerhet-t2", 2023 if not is_plan:
            return _tolerance("+/- 2 %", 2)
        case "andel-legitimerade-forskollarare", 2021 if is_plan:
            return Target("delegated", "Tas fram av nämnd")
        case "andel-barnskotare-med-utbildning", _:
            return Target("direction", "öka" if is_plan else "Ökning", sign=1)
        case ("antal-ungdomar-feriejobb", 2022) if is_plan:
            return Target()
        case "andel-personer-med-ekonomiskt-bistand", 2023 if kind == "vb":
            return Target()
        case _:
            return target


def _kf(indicator: Indicator, year: int) -> Target:
    match indicator.kf:
        case "increase":
            return Target("direction", "öka" if year < 2023 else "Ökning", sign=1)
        case "city":
            return Target("value", "9 000 st", Decimal(9000))
        case "tolerance":
            return _tolerance("+/- 1 %")
        case "delegated":
            return Target("delegated", "Tas fram av nämnd/styrelse")
        case "undecided":
            return Target("to_be_decided", "Fastställs 2024")
        case "max":
            return Target("max", "Max 10", Decimal(10), high=Decimal(10))
        case "none":
            return Target()
        case _:
            bound = Decimal(str(indicator.level)).quantize(Decimal(1).scaleb(-indicator.decimals))
            return Target("value", figure(bound, indicator.unit), bound)

"""What people have settled about the city's indicators and districts.

Belongs here: the curated list of indicators as people entered it, and the city's districts since
2007 as public sources tell them. Does not belong here: what the made-up reports print (`city`) or
what follows (`truth`, `marts`).
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from world.city import Indicator

SEEDS = Path(__file__).resolve().parents[2] / "seeds"

_START = date(2007, 1, 1)
_NEW_2020, _LAST_2020 = date(2020, 7, 1), date(2020, 6, 30)
_NEW_2023, _LAST_2023 = date(2023, 7, 1), date(2023, 6, 30)

# (id, name, first day, last day, successor)
DISTRICTS: tuple[tuple[str, str, date, date | None, str | None], ...] = (
    ("alvsjo", "Älvsjö", _START, _LAST_2020, "hagersten-alvsjo"),
    ("bromma", "Bromma", _START, None, None),
    ("enskede-arsta-vantor", "Enskede-Årsta-Vantör", _START, None, None),
    ("farsta", "Farsta", _START, None, None),
    ("hagersten-alvsjo", "Hägersten-Älvsjö", _NEW_2020, None, None),
    ("hagersten-liljeholmen", "Hägersten-Liljeholmen", _START, _LAST_2020, "hagersten-alvsjo"),
    ("hasselby-vallingby", "Hässelby-Vällingby", _START, None, None),
    ("jarva", "Järva", _NEW_2023, None, None),
    ("kungsholmen", "Kungsholmen", _START, None, None),
    ("norra-innerstaden", "Norra innerstaden", _NEW_2023, None, None),
    ("norrmalm", "Norrmalm", _START, _LAST_2023, "norra-innerstaden"),
    ("ostermalm", "Östermalm", _START, _LAST_2023, "norra-innerstaden"),
    ("rinkeby-kista", "Rinkeby-Kista", _START, _LAST_2023, "jarva"),
    ("skarholmen", "Skärholmen", _START, None, None),
    ("skarpnack", "Skarpnäck", _START, None, None),
    ("sodermalm", "Södermalm", _START, None, None),
    ("spanga-tensta", "Spånga-Tensta", _START, _LAST_2023, "jarva"),
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is settled about an indicator; all but its name and unit None while nothing is."""

    name: str
    unit: str | None
    scale: str | None
    polarity: str | None = None
    gender_kind: str | None = None
    kf_scope: str | None = None
    theme: str | None = None
    is_kf: bool | None = None
    is_curated: bool = False


def _seed(name: str) -> list[dict[str, str]]:
    with (SEEDS / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@cache
def indicators() -> dict[str, Facts]:
    """Return every curated indicator by its id."""
    scales = {row["unit_of_measure"]: row["scale"] for row in _seed("units")}
    return {
        row["indicator_id"]: Facts(
            name=row["name"],
            unit=row["unit_of_measure"],
            scale=scales[row["unit_of_measure"]],
            polarity=row["polarity"],
            gender_kind=row["gender_kind"],
            kf_scope=row["kf_scope"],
            theme=row["theme"],
            is_kf=row["is_kf"] == "true",
            is_curated=True,
        )
        for row in _seed("indicators")
    }


def facts(indicator: Indicator) -> Facts:
    """Return what is settled about an indicator of the city."""
    if indicator.curated:
        return indicators()[indicator.key]
    return Facts(indicator.names[-1][1], indicator.unit, indicator.scale)

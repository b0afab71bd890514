"""The city's districts and their years, from the seed `stadsdelar`.

Belongs here: who existed when. Does not belong here: how a report spells a district's name (the
seed `stadsdel_aliases`, used by parsing).
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache

from stadsdel import project


@dataclass(frozen=True, slots=True)
class District:
    """A district council; `valid_to` is the last day it existed, None while it exists."""

    stadsdel_id: str
    name: str
    valid_from: date
    valid_to: date | None

    def existed_in(self, year: int) -> bool:
        """Return whether the council existed on any day of `year`."""
        last = self.valid_to.year if self.valid_to else date.max.year
        return self.valid_from.year <= year <= last


@cache
def load() -> dict[str, District]:
    """Return every district of the seed by its id, in the seed's order."""
    with project.seed("stadsdelar").open(encoding="utf-8", newline="") as file:
        return {
            row["stadsdel_id"]: District(
                stadsdel_id=row["stadsdel_id"],
                name=row["name"],
                valid_from=date.fromisoformat(row["valid_from"]),
                valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            )
            for row in csv.DictReader(file)
        }

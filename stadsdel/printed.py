"""Printed cells as exact numbers, for looking at a report before it is in the warehouse.

Belongs here: the figures that need no knowledge of an indicator (a sign, digits, a unit). Does not
belong here: what the warehouse makes of a cell; that is decided in dbt (macros/printed_cells.sql),
whose grammar this follows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

_MINUSES = str.maketrans(dict.fromkeys("\u2212\u2013\u2014\u2011\u2010", "-"))
_SPACES = re.compile(r"\s+")
_NUMBER = re.compile(
    r"(?:(?:ca\.?|cirka|c:a|~) ?)?(?P<sign>[+-]?) ?(?P<whole>\d{1,3}(?: \d{3})+|\d+)"
    r"(?:,(?P<comma>\d{1,6})|\.(?P<point>\d{1,2}))?(?: ?(?P<unit>[%a-zåäö].*))?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A printed number: its exact value, and half a step of its last printed digit.

    `unit` is as printed, None where the cell has none.
    """

    value: Decimal
    slack: Decimal
    unit: str | None


def figure(cell: str | None) -> Figure | None:
    """Return the number that a cell prints, None where it is blank or no single number.

    "9 000 st" is 9000, "\u22121,5 %" is -1.5; a bound ("Max 10"), a range or a word is no number.
    """
    if cell is None:
        return None
    match = _NUMBER.fullmatch(_SPACES.sub(" ", cell.translate(_MINUSES)).strip())
    if match is None:
        return None
    decimals = match["comma"] or match["point"] or ""
    whole = match["whole"].replace(" ", "")
    value = Decimal(f"{match['sign']}{whole}.{decimals or '0'}")
    return Figure(value, Decimal(5).scaleb(-len(decimals) - 1), match["unit"])

"""Printed cells as exact numbers."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stadsdel.printed import figure


@pytest.mark.parametrize(
    ("cell", "value", "slack", "unit"),
    [
        ("2,7 %", "2.7", "0.05", "%"),
        ("9 000 st", "9000", "0.5", "st"),
        ("9\u00a0000 st", "9000", "0.5", "st"),
        ("\u22121,50", "-1.50", "0.005", None),
        ("- 3", "-3", "0.5", None),
        ("90  %", "90", "0.5", "%"),
        ("ca 12 barn/avd.", "12", "0.5", "barn/avd."),
    ],
)
def test_numbers(cell: str, value: str, slack: str, unit: str | None) -> None:
    found = figure(cell)
    assert found is not None
    assert (found.value, found.slack, found.unit) == (Decimal(value), Decimal(slack), unit)


@pytest.mark.parametrize(
    "cell",
    [None, "", "Max 10", "+/- 1 %", "öka", "Tas fram av nämnd", "2-4 st", "9.000", "12 34", "%"],
)
def test_what_is_no_single_number(cell: str | None) -> None:
    assert figure(cell) is None


@given(st.decimals(min_value=0, max_value=10**9, places=2), st.booleans())
def test_any_number_as_reports_print_it(number: Decimal, is_negative: bool) -> None:
    whole, decimals = f"{number:.2f}".split(".")
    printed = f"{int(whole):,}".replace(",", " ") + f",{decimals} mnkr"
    found = figure(f"-{printed}" if is_negative else printed)
    assert found is not None
    assert found.value == (-number if is_negative else number)

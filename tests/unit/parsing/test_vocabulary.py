"""The patterns of cells: numbers, units, targets, periods (domain.md, "Cells")."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stadsdel.parsing import vocabulary as words

SIGNS = st.sampled_from(["", "-", "−", "+", "+/-", "+/- ", "<"])
UNITS = st.sampled_from(
    [
        *("%", "st", "kr", "tkr", "mnkr", "GWh", "kWh", "kg", "ton", "m2"),
        *("kg CO2", "kg CO2e", "kg CO2 per kg livsmedel", "barn/avd.", "barn", "personer", "år"),
    ]
)


@st.composite
def numbers(draw: st.DrawFn) -> str:
    """Return a number as Swedish prints it: grouped by spaces or not, decimals after a comma."""
    whole = draw(st.integers(0, 10**9))
    separator = draw(st.sampled_from(["", " ", "\u00a0", "\u202f"]))
    grouped = f"{whole:,}".replace(",", separator)
    decimals = draw(st.none() | st.integers(0, 9999))
    return grouped if decimals is None else f"{grouped},{decimals}"


@given(numbers())
def test_number_matches_whole(number: str) -> None:
    assert re.fullmatch(words.PLAIN_NUMBER, number)
    assert re.fullmatch(words.MONEY, number)


@given(SIGNS, numbers(), UNITS, st.sampled_from(["", " ", "  "]))
def test_amount_matches_whole_and_at_its_start(
    sign: str, number: str, unit: str, space: str
) -> None:
    amount = f"{sign}{number}{space}{unit}"
    assert re.fullmatch(words.VALUE, amount)
    assert re.fullmatch(words.TARGET, amount)
    # What follows after a space is another cell's.
    found = re.match(words.AMOUNT, f"{amount} Tertial 2")
    assert found
    assert found[0] == amount


@given(UNITS)
def test_lone_unit_is_known(unit: str) -> None:
    assert words.LONE_UNIT.fullmatch(unit)


@given(numbers())
def test_number_is_no_lone_unit(number: str) -> None:
    assert not words.LONE_UNIT.fullmatch(number)


@given(st.integers(1, 999), st.integers(1, 9999).filter(lambda n: not 100 <= n <= 999))
def test_group_that_is_not_of_three_digits_is_another_number(first: int, second: int) -> None:
    assert not re.fullmatch(words.PLAIN_NUMBER, f"{first} {second}")


@pytest.mark.parametrize(
    "target",
    [
        "Tas fram av nämnd",
        "Tas fram av nämnden",
        "Tas fram av nämnd/styrelse",
        "Tas fram av nämnd/ styrelse",
        "Fastställs 2024",
        "öka",
        "Ökning",
        "Minskning",
        "Max 10 personer",
        "+/-1 %",
        "+/- 1 %",
        "40-60 %",
    ],
)
def test_targets(target: str) -> None:
    assert re.fullmatch(words.TARGET, target)


@pytest.mark.parametrize("text", ["Tas fram", "Max", "%", "st", "minst hälften", "Tertial 2 2022"])
def test_what_is_no_target(text: str) -> None:
    assert not re.fullmatch(words.TARGET, text)


@pytest.mark.parametrize(
    "period",
    ["Tertial 2 2022", "Tertial", "VB 2020", "T1 2021", "2022", "År", "Årsvis", "Halvår"],
)
def test_periods(period: str) -> None:
    assert re.fullmatch(words.PERIOD, period)
    assert period[-1] in words.PERIOD_ENDS


@pytest.mark.parametrize("text", ["Tertial 4 2022", "22", "Årets", "2022-01-01"])
def test_what_is_no_period(text: str) -> None:
    assert not re.fullmatch(words.PERIOD, text)


@pytest.mark.parametrize(
    ("text", "is_status"),
    [
        ("Uppfylls helt", True),
        ("Uppfylls delvis", True),
        ("Uppfylls inte", True),
        ("Ingen", True),
        ("Ingen bedömning", True),
        ("Uppfyllelsen är god", False),
        ("Uppfylls helt under 2022", False),
    ],
)
def test_status(text: str, is_status: bool) -> None:
    assert bool(words.STATUS.fullmatch(text)) is is_status

"""Dividing a row's text into cells: what is printed comes back (report-layouts.md A2, A3, A5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stadsdel.parsing import cells
from stadsdel.parsing.division import Division
from stadsdel.parsing.prices import against_row, taste

if TYPE_CHECKING:
    from stadsdel.parsing.headers import CellKind

KINDS: tuple[CellKind, ...] = (*["value"] * 5, *["target"] * 2, "period")
# Every figure with a unit: side by side they are one another's bounds.
AMOUNTS = st.builds(
    lambda whole, part, unit: f"{whole}{part} {unit}",
    st.integers(0, 999),
    st.sampled_from(["", ",1", ",25"]),
    st.sampled_from(["%", "st", "kr", "mnkr", "GWh"]),
)
TARGETS = AMOUNTS | st.sampled_from(
    [
        "Tas fram av nämnd",
        "Tas fram av nämnd/styrelse",
        "Fastställs 2024",
        "öka",
        "Ökning",
        "Minskning",
        "Max 10 personer",
        "+/-1 %",
    ]
)
PERIODS = st.sampled_from(["Tertial 2 2022", "VB 2020", "Tertial", "År", "2022"])
ROWS = st.tuples(*[st.none() | AMOUNTS] * 5, *[st.none() | TARGETS] * 2, PERIODS).filter(
    lambda row: any(row[:-1])
)
NAMES = st.lists(
    st.sampled_from(["Andel", "barn", "som", "är", "nöjda", "med", "stödet", "(LSS)", "vård"]),
    min_size=1,
    max_size=8,
).map(" ".join)


def printed(row: tuple[str | None, ...]) -> str:
    """Print cells as layout A does: each and a space, a blank one the space alone."""
    return "".join(f"{cell or ''} " for cell in row)


def wrapped(text: str, places: list[int]) -> tuple[tuple[str, ...], ...]:
    """Break text into blocks of one line after some of its spaces."""
    ends = [at + 1 for at, character in enumerate(text) if character == " " and at + 1 < len(text)]
    chosen = sorted({ends[place % len(ends)] for place in places}) if ends else []
    return tuple((text[a:b],) for a, b in zip([0, *chosen], [*chosen, len(text)], strict=True))


@given(NAMES, ROWS)
def test_cells_on_a_line_below_the_name_come_back(name: str, row: tuple[str | None, ...]) -> None:
    assert cells.divide(((f"{name} ",), (printed(row),)), KINDS)[0] == Division(name, row, 0.0)


@given(NAMES, ROWS)
def test_cells_on_the_names_line_come_back(name: str, row: tuple[str | None, ...]) -> None:
    (found, *_) = cells.divide(((f"{name} {printed(row)}",),), KINDS)
    assert (found.name, found.cells) == (name, row)


@given(NAMES, ROWS, st.lists(st.integers(0, 40), max_size=4))
def test_blocks_of_wrapped_cells_come_back(
    name: str, row: tuple[str | None, ...], places: list[int]
) -> None:
    (found, *_) = cells.divide(((f"{name} ",), *wrapped(printed(row), places)), KINDS)
    assert (found.name, found.cells) == (name, row)


@given(NAMES, ROWS)
def test_a_whole_row_is_known_as_one(name: str, row: tuple[str | None, ...]) -> None:
    assert cells.are_cells(((printed(row),),), KINDS)
    assert cells.is_whole(((f"{name} ",), (printed(row),)), KINDS)


@given(ROWS)
def test_a_row_that_lacks_its_last_cell_is_not_whole(row: tuple[str | None, ...]) -> None:
    assert not cells.are_cells(((printed(row[:-1]),),), KINDS)


@given(
    NAMES, st.lists(st.tuples(st.integers(1, 99), st.integers(100, 999)), min_size=3, max_size=3)
)
def test_thousands_come_back_where_the_columns_leave_no_choice(
    name: str, figures: list[tuple[int, int]]
) -> None:
    kinds: tuple[CellKind, ...] = ("value", "value", "target", "period")
    row = (*(f"{thousands} {rest}" for thousands, rest in figures), "2022")
    (found, *_) = cells.divide(((f"{name} ",), (printed(row),)), kinds)
    assert (found.name, found.cells) == (name, row)


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("95,5  % 96 % År ", ("95,5 %", "96 %", "År")),
        ("9 000 st 950 st År ", ("9 000 st", "950 st", "År")),
        (" Fastställs 2024 År ", (None, "Fastställs 2024", "År")),
        ("1,9 1,9 kg CO2 per kg livsmedel År ", ("1,9", "1,9 kg CO2 per kg livsmedel", "År")),
        ("5 barn/avd. 6 barn/avd. År ", ("5 barn/avd.", "6 barn/avd.", "År")),
        ("−3 % -3 % År ", ("−3 %", "-3 %", "År")),
        ("10-12 % Max 10 personer År ", ("10-12 %", "Max 10 personer", "År")),
    ],
)
def test_cells_of_the_report_form(text: str, row: tuple[str | None, ...]) -> None:
    found = cells.divide((("Andel nöjda ",), (text,)), ("target", "target", "period"))
    assert [division.cells for division in found] == [row]


def test_many_groups_of_digits_are_no_more_work_than_few() -> None:
    """Their groupings are as many as the ways to part them: none is tried twice."""
    assert not cells.are_cells((("123 " * 60,),), KINDS)
    assert not cells.is_whole((("Antal platser ",), ("123 " * 60,)), KINDS)


def test_text_without_cells_divides_into_nothing() -> None:
    prose = ("Nämnden har under året arbetat med frågan tillsammans med föreningar i området. ",)
    assert cells.divide((prose,), KINDS) == ()


def test_doubtful_division_hands_back_what_fits_as_well() -> None:
    found = cells.divide((("Antal platser ",), ("12 345 678 2022 ",)), ("value", "value", "period"))
    assert {division.cells for division in found} >= {
        ("12", "345 678", "2022"),
        ("12 345", "678", "2022"),
    }


@pytest.mark.parametrize(
    ("blocks", "row"),
    [
        ((("Kostnad ",), ("67 737 kr 940 ", "749 kr ")), ("67 737 kr", "940 749 kr")),
        ((("Kostnad 67 737 kr 940 ", "749 kr "),), ("67 737 kr", "940 749 kr")),
        ((("Kostnad 668 ", "460 "), ("945 ", "416 ")), ("668 460", "945 416")),
    ],
)
def test_a_wrapped_cell_ends_its_block(
    blocks: tuple[tuple[str, ...], ...], row: tuple[str, ...]
) -> None:
    assert cells.divide(blocks, ("value", "target"))[0][:2] == ("Kostnad", row)


@pytest.mark.parametrize(
    ("text", "name", "row"),
    [
        ("Antal möten 12 st 51  ", "Antal möten 12 st", ("51", None)),
        ("Andel nöjda 50 % 49 % minska ", "Andel nöjda 50 %", ("49 %", "minska")),
    ],
)
def test_a_row_has_as_many_cells_as_columns(text: str, name: str, row: tuple[str, ...]) -> None:
    assert cells.divide(((text,),), ("value", "target"))[0][:2] == (name, row)


def test_a_block_of_lines_that_ends_in_a_figure_may_be_more_than_the_name() -> None:
    blocks = (("Antal barn (LSS) 598 530 ", "st "), ("710 343 ", "st "))
    found = {division[:2] for division in cells.divide(blocks, ("value", "value"))}
    assert ("Antal barn (LSS)", ("598 530 st", "710 343 st")) in found


@pytest.mark.parametrize(
    ("row", "is_cut"),
    [
        (("6", "901,95", "161,26", None), True),
        (("-12", "878,75", "0", "288,15"), True),
        (("68", "152,8", "145", "7,0"), False),  # where numbers are whole, any may be
        (("68", "52,8", "145,5", "7,0"), False),
    ],
)
def test_a_number_with_decimals_is_seldom_cut_at_its_space(
    row: tuple[str | None, ...], *, is_cut: bool
) -> None:
    kinds: tuple[CellKind, ...] = ("decimal",) * 4
    assert (against_row(kinds, row) > taste(kinds, row)) == is_cut

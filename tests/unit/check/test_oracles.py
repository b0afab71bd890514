"""Which figures of a report the oracles doubt."""

from __future__ import annotations

import pytest

from stadsdel import oracles
from stadsdel.parsing.model import EconomyRow, EconomyTable, Identity, IndicatorRow, ParsedReport
from stadsdel.reading.model import Place


def report(*rows: IndicatorRow, money: tuple[tuple[str, str | None], ...] = ()) -> ParsedReport:
    lines = tuple(
        EconomyRow(Place(line=n), label, (cell,)) for n, (label, cell) in enumerate(money)
    )
    table = EconomyTable(Place(line=1), 1, "Drift", None, None, "mnkr", None, ("Budget",), lines)
    return ParsedReport(
        Identity("farsta", 2022, "vb"),
        "0" * 64,
        "text-lines",
        100,
        None,
        indicators=rows,
        economy=(table,) if money else (),
    )


def row(name: str = "Andel nöjda", **cells: str | None) -> IndicatorRow:
    return IndicatorRow(Place(line=7), 1, None, None, None, name, **cells)


@pytest.mark.parametrize(
    ("total", "men", "women", "is_doubted"),
    [
        ("72 %", "70 %", "74 %", False),
        ("72 %", "74 %", "70 %", False),
        ("75 %", "70 %", "74 %", False),  # 74,49 and 74,50, rounded
        ("76 %", "70 %", "74 %", True),
        ("1,89 %", "1,99 %", "2,09 %", True),
        ("950 st", "500 st", "450 st", False),  # a count
        ("37 %", "2,5 %", "34,5 %", False),  # a share, divided between the sexes
        ("951 st", "500 st", "440 st", True),
    ],
)
def test_sexes(total: str, men: str, women: str, is_doubted: bool) -> None:
    answer = oracles.sexes(report(row(outcome=total, outcome_men=men, outcome_women=women)))
    assert (answer.judged, bool(answer.doubts)) == (1, is_doubted)


def test_sexes_that_are_not_printed_are_not_judged() -> None:
    assert oracles.sexes(report(row(outcome="72 %", outcome_men="70 %"))).judged == 0


@pytest.mark.parametrize(
    ("money", "judged", "doubted"),
    [
        ((("A", "1,0"), ("B", "2,0"), ("Summa", "3,0")), 1, []),
        ((("A", "1,0"), ("B", "2,0"), ("Summa", "3,1")), 1, []),  # three roundings
        ((("A", "1,0"), ("B", "2,0"), ("Summa", "3,2")), 1, [2]),
        ((("A", "10"), ("varav x", "4"), ("B", "2"), ("Summa", "12")), 1, []),
        ((("A", "10"), ("Summa", "10"), ("B", "2"), ("Summa", "2")), 2, []),
        ((("A", "10"), ("Summa", "10"), ("B", "2"), ("Totalt", "12")), 2, []),
        ((("A", "10"), ("Summa", "10"), ("B", "2"), ("Totalt", "22")), 2, [3]),
        ((("A", "10"), ("Andel", "50 %"), ("Summa", "10")), 1, []),
        ((("Summa", "10"),), 0, []),
        ((("A", None), ("Summa", None)), 0, []),
    ],
)
def test_sums(money: tuple[tuple[str, str | None], ...], judged: int, doubted: list[int]) -> None:
    answer = oracles.sums(report(money=money))
    assert answer.judged == judged
    assert [doubt.place.line for doubt in answer.doubts] == doubted


def test_a_sum_in_doubt_says_by_how_much() -> None:
    answer = oracles.sums(report(money=(("A", "1 000,5"), ("Summa", "999,0"))))
    (doubt,) = answer.doubts
    assert doubt.text == "Drift: Summa, Budget: 999,0 is off by 1,5"


@pytest.mark.parametrize(
    ("printed", "label", "judged", "is_doubted"),
    [
        ("3,3 %", "VB 2021", 1, False),
        ("3,3", None, 1, False),
        ("3,25 %", "VB 2021", 1, False),  # the same, to what the other prints
        ("3,4 %", "VB 2021", 1, True),
        ("3,4 %", "VB 2020", 0, False),  # a column about another year
        (None, "VB 2021", 0, False),
        ("inget värde", "VB 2021", 1, True),
    ],
)
def test_last_year(printed: str | None, label: str | None, judged: int, is_doubted: bool) -> None:
    before = oracles.by_name([("ANDEL nöj-da", "3,3 %"), ("Andel nöjda", None)])
    answer = oracles.last_year(report(row(outcome_prev=printed, prev_label=label)), before)
    assert (answer.judged, bool(answer.doubts)) == (judged, is_doubted)


def test_last_year_of_a_name_that_occurs_twice_may_be_either() -> None:
    before = oracles.by_name([("Andel nöjda", "3,3 %"), ("Andel nöjda", "5 %")])
    assert not oracles.last_year(report(row(outcome_prev="5 %")), before).doubts

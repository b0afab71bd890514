from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb
import pytest

from stadsdel import difference

if TYPE_CHECKING:
    from pathlib import Path

Figure = tuple[str, str, str, int, float | None, str]


def make(path: Path, build_id: str, figures: list[Figure], extra: str = "") -> Path:
    with duckdb.connect(path) as database:
        database.execute(
            "create schema marts; create table marts.dim_build as select ? as build_id", [build_id]
        )
        database.execute(
            "create table marts.fct_observations (observation_id varchar, report_id varchar, "
            "reporting_unit varchar, indicator_name varchar, measure varchar, sex varchar, "
            "year integer, line integer, page integer, value double, value_printed varchar)"
        )
        for number, (report, indicator, sex, line, value, printed) in enumerate(figures):
            database.execute(
                "insert into marts.fct_observations "
                "values (?, ?, null, ?, 'outcome', ?, 2022, ?, null, ?, ?)",
                [f"o{number}", report, indicator, sex, line, value, printed],
            )
        database.execute(extra)
    return path


@pytest.fixture
def older(tmp_path: Path) -> Path:
    return make(
        tmp_path / "older.duckdb",
        "00001-a",
        [
            ("r1", "same", "total", 5, 1.0, "1"),
            ("r1", "changed", "total", 6, 3.1, "3,1 %"),
            ("r1", "gone", "men", 7, 2.0, "2"),
            ("r1", "same | <b>", "total", 8, None, "text"),
        ],
    )


def lines(older: Path | None, newer: Path) -> list[str]:
    return difference.report(older, newer).splitlines()


def test_figures_that_changed_or_went_are_listed_and_new_ones_counted(
    older: Path, tmp_path: Path
) -> None:
    newer = make(
        tmp_path / "newer.duckdb",
        "00002-b",
        [
            ("r1", "same", "total", 25, 1.0, "1"),  # the same figure on another line
            ("r1", "changed", "total", 6, 3.0, "3,0 %"),
            ("r1", "same | <b>", "total", 8, None, "text"),
            ("r2", "new", "total", 1, 9.0, "9"),
        ],
    )
    told = lines(older, newer)
    assert told[0] == "# Build 00002-b against 00001-a"
    assert "1 added, 1 changed, 1 gone." in told
    assert "| changed | r1 | changed | outcome | total | 2022 | 3,1 % | 3,0 % |" in told
    assert "| gone | r1 | gone | outcome | men | 2022 | 2 |  |" in told
    assert not [line for line in told if line.startswith("| added") or "| same" in line]
    assert "| fct_observations | 4 | 4 | 4 | 4 |" in told


def test_the_same_figures_are_no_difference(older: Path) -> None:
    told = lines(older, older)
    assert "0 added, 0 changed, 0 gone." in told
    assert "None." in told


def test_the_first_build_has_nothing_to_be_compared_with(older: Path) -> None:
    assert "The first build" in difference.report(None, older)


def test_tables_that_came_went_or_have_other_columns_are_told(older: Path, tmp_path: Path) -> None:
    with duckdb.connect(older) as database:
        database.execute(
            "create table marts.old as select 1 as a; create table marts.wider as select 1 as a"
        )
    newer = make(
        tmp_path / "newer.duckdb",
        "00002-b",
        [],
        "create table marts.young as select 1 as a;"
        "create table marts.wider as select 1 as a, 2 as b",
    )
    told = lines(older, newer)
    assert "| old | 1 |  |  |  |" in told
    assert "| young |  | 1 |  |  |" in told
    assert "| wider | 1 | 1 |  |  |" in told


def test_two_printings_of_one_figure_are_told_apart(tmp_path: Path) -> None:
    twice = [("r1", "x", "total", 5, 1.0, "1"), ("r1", "x", "total", 9, 2.0, "2")]
    older = make(tmp_path / "older.duckdb", "00001-a", twice)
    newer = make(tmp_path / "newer.duckdb", "00002-b", [twice[0], (*twice[1][:4], 3.0, "3")])
    told = lines(older, newer)
    assert "0 added, 1 changed, 0 gone." in told
    assert "| changed | r1 | x | outcome | total | 2022 | 2 | 3 |" in told


def test_what_a_report_prints_cannot_break_the_table(older: Path, tmp_path: Path) -> None:
    newer = make(
        tmp_path / "newer.duckdb", "00002-b", [("r1", "same | <b>", "total", 8, 1.0, "a\nb")]
    )
    (line,) = [line for line in lines(older, newer) if "same \\|" in line]
    assert line == "| changed | r1 | same \\| &lt;b> | outcome | total | 2022 | text | a b |"

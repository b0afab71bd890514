from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import duckdb
import pyarrow.parquet as pq
import pytest

from stadsdel import query
from stadsdel.errors import StadsdelError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("warehouse") / "warehouse.duckdb"
    with duckdb.connect(path) as connection:
        connection.execute("create schema marts")
        connection.execute(
            "create table marts.facts as select * from (values "
            "(1, 'Älvsjö', 3.30::decimal(9, 2), date '2020-12-31', [1, 2], 'nan'::double), "
            "(2, '=cmd()', null, null, null, 1.5)) as rows(id, name, value, day, list, number)"
        )
    return path


def csv_of(warehouse: Path, sql: str) -> list[list[str]]:
    file = io.StringIO()
    with query.ask(warehouse, sql) as result:
        query.write_csv(result, file)
    return list(csv.reader(io.StringIO(file.getvalue())))


def json_of(warehouse: Path, sql: str) -> list[dict[str, object]]:
    file = io.StringIO()
    with query.ask(warehouse, sql) as result:
        query.write_json(result, file)
    return json.loads(
        file.getvalue(), parse_constant=lambda name: pytest.fail(f"{name} is not JSON")
    )


def test_csv_has_a_header_iso_dates_and_blank_nulls(warehouse: Path) -> None:
    rows = csv_of(warehouse, "select id, name, value, day from marts.facts order by id")
    assert rows == [
        ["id", "name", "value", "day"],
        ["1", "Älvsjö", "3.30", "2020-12-31"],
        ["2", "'=cmd()", "", ""],
    ]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1 %", "@a", "\tx"])
def test_csv_lets_no_text_start_a_formula_and_leaves_numbers_alone(
    warehouse: Path, text: str
) -> None:
    rows = csv_of(warehouse, f"select '{text}' as text, -1.5 as number, 'a=b' as inner")
    assert rows[1] == [f"'{text}", "-1.5", "a=b"]


def test_json_is_valid_with_numbers_dates_and_lists(warehouse: Path) -> None:
    rows = json_of(warehouse, "select * from marts.facts order by id")
    assert rows[0] == {
        "id": 1,
        "name": "Älvsjö",
        "value": 3.3,
        "day": "2020-12-31",
        "list": [1, 2],
        "number": None,
    }
    assert rows[1]["value"] is None


def test_json_of_no_rows_is_an_empty_array(warehouse: Path) -> None:
    assert json_of(warehouse, "select * from marts.facts where false") == []


def test_parquet_keeps_types_and_renames_columns_of_one_name(warehouse: Path) -> None:
    file = io.BytesIO()
    with query.ask(warehouse, "select value, value from marts.facts order by id") as result:
        query.write_parquet(result, file)
    table = pq.read_table(io.BytesIO(file.getvalue()))
    assert table.column_names == ["value", "value_1"]
    assert str(table.schema.field("value").type) == "decimal128(9, 2)"
    assert [str(value) for value in table["value_1"].to_pylist()] == ["3.30", "None"]


def test_json_keeps_columns_of_one_name_apart(warehouse: Path) -> None:
    assert json_of(warehouse, "select 1 as a, 2 as a, 3 as a") == [{"a": 1, "a_1": 2, "a_2": 3}]


def test_table_shows_values_as_text_not_as_markup(warehouse: Path) -> None:
    file = io.StringIO()
    with query.ask(warehouse, "select '[red]x[/red]' as a, 7 as number") as result:
        query.write_table(result, file)
    assert "[red]x[/red]" in file.getvalue()


def test_table_aligns_numbers_right_and_other_types_left(warehouse: Path) -> None:
    file = io.StringIO()
    sql = "select 7 as long_name, 1.5 as decimal_number, 'x' as text_of_row, [1] as list_of_row"
    with query.ask(warehouse, sql) as result:
        query.write_table(result, file)
    (row,) = [line for line in file.getvalue().splitlines() if "1.5" in line]
    assert row == "│         7 │            1.5 │ x           │ [1]         │"


def test_table_in_a_pipe_is_as_wide_as_its_rows(warehouse: Path) -> None:
    file = io.StringIO()
    with query.ask(warehouse, "select repeat('word ', 100) as a, 'end' as b") as result:
        query.write_table(result, file)
    (row,) = [line for line in file.getvalue().splitlines() if "word" in line]
    assert row.count("word") == 100
    assert "end" in row


@pytest.mark.parametrize(
    "sql",
    [
        "insert into marts.facts select * from marts.facts",
        "drop table marts.facts",
        "create table marts.other as select 1",
        "attach '{outside}' as other",
        "copy marts.facts to '{outside}'",
        "select * from read_text('{secret}')",
        "select * from '{secret}'",
        "set enable_external_access = true",
        "install httpfs",
    ],
)
def test_a_query_can_neither_write_nor_reach_outside(
    warehouse: Path, tmp_path: Path, sql: str
) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("a\n1\n")
    before = warehouse.read_bytes()
    with (
        pytest.raises(StadsdelError),
        query.ask(warehouse, sql.format(outside=tmp_path / "outside", secret=secret)),
    ):
        pass
    assert warehouse.read_bytes() == before
    assert list(tmp_path.iterdir()) == [secret]


def test_a_missing_warehouse_says_what_to_run(tmp_path: Path) -> None:
    with (
        pytest.raises(StadsdelError, match="Run `stadsdel refresh`"),
        query.ask(tmp_path / "none.duckdb", "select 1"),
    ):
        pass


def test_a_file_that_is_no_warehouse_is_named(tmp_path: Path) -> None:
    path = tmp_path / "text.duckdb"
    path.write_text("no database" * 1000)
    with pytest.raises(StadsdelError, match=r"text\.duckdb"), query.ask(path, "select 1"):
        pass


@pytest.mark.parametrize("sql", ["select * from marts.nothing", "selekt", "select 'x'::int"])
def test_a_failing_statement_shows_the_database_s_words(warehouse: Path, sql: str) -> None:
    with pytest.raises(StadsdelError, match="Error"), query.ask(warehouse, sql) as result:
        query.write_json(result, io.StringIO())

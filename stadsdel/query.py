"""Ask the published warehouse, read-only, and write the answer as table, CSV, JSON or Parquet.

The connection can read the warehouse and nothing else: no writing, no other files, no network, no
extensions, whatever the statement says.

Belongs here: running one statement and formatting its rows. Does not belong here: the warehouse's
content (dbt).
"""

from __future__ import annotations

import csv
import json
import math
import sys
from contextlib import contextmanager, nullcontext
from datetime import date, datetime, time
from decimal import Decimal
from typing import IO, TYPE_CHECKING, Any, Literal

from stadsdel.errors import StadsdelError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    import duckdb

Format = Literal["table", "csv", "json", "parquet"]

_ROWS_AT_A_TIME = 10_000
_READ_THIS_FILE_ONLY: Mapping[str, str] = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "lock_configuration": "true",
}
# Wider than any table: rich measures a table within the width that it is given.
_NO_LIMIT = 1_000_000
# What a spreadsheet takes for the start of a formula.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@contextmanager
def ask(warehouse: Path, sql: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """Run `sql` on the published warehouse and yield the connection that holds its result.

    Raises:
        StadsdelError: there is no warehouse, it cannot be opened, or the statement fails.
    """
    import duckdb

    if not warehouse.exists():
        raise StadsdelError(f"{warehouse}: there is no warehouse yet. Run `stadsdel refresh`.")
    try:
        connection = duckdb.connect(warehouse, read_only=True, config=dict(_READ_THIS_FILE_ONLY))
    except duckdb.Error as error:
        raise StadsdelError(f"{warehouse}: cannot be opened as a warehouse ({error})") from error
    with connection:
        try:
            yield connection.execute(sql)
        except duckdb.Error as error:
            raise StadsdelError(str(error)) from error


def names(result: duckdb.DuckDBPyConnection) -> list[str]:
    """Return the result's column names, made distinct by _1, _2, ... where a name comes again."""
    distinct: list[str] = []
    for column in result.description or []:
        name, number = column[0], 0
        while name in distinct:
            number += 1
            name = f"{column[0]}_{number}"
        distinct.append(name)
    return distinct


def write(result: duckdb.DuckDBPyConnection, format: Format, output: Path | None) -> None:
    """Write the rows in a format to a file, or to standard output where none is named."""
    if format == "parquet":
        with output.open("wb") if output else nullcontext(sys.stdout.buffer) as file:
            write_parquet(result, file)
        return
    with (
        output.open("w", encoding="utf-8", newline="")
        if output
        else nullcontext(sys.stdout) as text
    ):
        if format == "csv":
            write_csv(result, text)
        elif format == "json":
            write_json(result, text)
        else:
            write_table(result, text)


def write_table(result: duckdb.DuckDBPyConnection, file: IO[str]) -> None:
    """Print the rows as a table; numbers are right-aligned, null is blank, nothing is cut off.

    A terminal folds what is too wide for it; a file or a pipe gets lines as long as they need.
    """
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table()
    for name, column in zip(names(result), result.description or [], strict=True):
        justify: Literal["right", "left"] = "right" if _is_number(str(column[1])) else "left"
        table.add_column(Text(name), justify=justify, overflow="fold")
    for row in _rows(result):
        table.add_row(*(Text("" if value is None else str(value)) for value in row))
    console = Console(file=file)
    if not console.is_terminal:
        console.width = _NO_LIMIT
    console.print(table)


def write_csv(result: duckdb.DuckDBPyConnection, file: IO[str]) -> None:
    """Write the rows as CSV with a header; null is blank, dates are ISO.

    A text that a spreadsheet would run as a formula gets an apostrophe before it.
    """
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow([_csv(name) for name in names(result)])
    writer.writerows([_csv(value) for value in row] for row in _rows(result))


def write_json(result: duckdb.DuckDBPyConnection, file: IO[str]) -> None:
    """Write the rows as a JSON array of objects; decimals are numbers, dates are ISO texts."""
    columns = names(result)
    file.write("[")
    separator = "\n"
    for row in _rows(result):
        values = {name: _json(value) for name, value in zip(columns, row, strict=True)}
        file.write(separator + json.dumps(values, ensure_ascii=False, allow_nan=False))
        separator = ",\n"
    file.write("\n]\n")


def write_parquet(result: duckdb.DuckDBPyConnection, file: IO[bytes]) -> None:
    """Write the rows as Parquet with the types of the result."""
    import pyarrow.parquet as pq

    batches = result.to_arrow_reader(_ROWS_AT_A_TIME)
    schema = batches.schema
    for position, name in enumerate(names(result)):
        schema = schema.set(position, schema.field(position).with_name(name))
    with pq.ParquetWriter(file, schema) as writer:
        for batch in batches:
            writer.write_batch(batch.rename_columns(schema.names))


def _rows(result: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    while rows := result.fetchmany(_ROWS_AT_A_TIME):
        yield from rows


def _is_number(type_name: str) -> bool:
    """Tell integers of any width, floats and DECIMAL(w, s) from all other types of DuckDB."""
    return type_name.endswith(("INT", "INTEGER", "FLOAT", "DOUBLE")) or (
        type_name.startswith("DECIMAL") and type_name.endswith(")")
    )


def _csv(value: Any) -> Any:
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return f"'{value}"
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, list | dict):
        return json.dumps(_json(value), ensure_ascii=False)
    return value


def _json(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [_json(item) for item in value]
    if isinstance(value, dict):
        return {str(key): _json(item) for key, item in value.items()}
    if value is None or isinstance(value, str | int):
        return value
    return str(value)

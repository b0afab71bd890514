"""The audit: the expectation suites, run on a freshly built database before it is published.

A suite is a JSON file in `expectations/` in Great Expectations' own form. Its `meta` says what it
is about: `table` (of the schemas raw or marts), `row_key` (the columns that name a failing row to
a person) and, where the table is not yet in the shape to be judged, the lines of a `query` that
puts it there. Severity `critical` stops the publication, `warning` is published and told.

Belongs here: running suites and saying in words what failed. Does not belong here: the rules (the
suites), what is done about a failure (`stadsdel.publish`).
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal

import duckdb

from stadsdel import building, files, journal, lake, parsing, project, sql
from stadsdel.errors import StadsdelError
from stadsdel.progress import silent

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path
    from types import ModuleType

    import pandas as pd
    from great_expectations.core import ExpectationValidationResult
    from great_expectations.data_context.data_context.ephemeral_data_context import (
        EphemeralDataContext,
    )

    from stadsdel.progress import Progress
    from stadsdel.workspace import Workspace

Severity = Literal["critical", "warning"]

# As many failing rows as fit on a screen; the Data Docs show the same ones.
ROWS_NAMED = 10


@dataclass(frozen=True, slots=True)
class Finding:
    """An expectation that does not hold.

    `rows` names up to ROWS_NAMED failing rows by the suite's row key; `failing` of `examined` rows
    fail, both None for an expectation about the whole table.
    """

    suite: str
    severity: Severity
    expectation: str
    failing: int | None
    examined: int | None
    rows: tuple[Mapping[str, Any], ...]

    def __str__(self) -> str:
        """Return one line: where, what, how many rows, and which."""
        text = f"{self.suite}: {self.expectation}"
        if self.failing is not None:
            text += f" -- {self.failing} of {self.examined} rows fail"
        named = ["; ".join(f"{key} {value}" for key, value in row.items()) for row in self.rows]
        return text + "".join(f"\n    {row}" for row in named)


@dataclass(frozen=True, slots=True)
class SuiteResult:
    """How one suite came out on `rows` rows of `table`."""

    suite: str
    table: str
    rows: int
    expectations: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Audit:
    """How all suites came out on the build in the state `build` (`building.state_of`)."""

    build: tuple[int, int]
    suites: tuple[SuiteResult, ...]

    @property
    def critical(self) -> tuple[Finding, ...]:
        """Return the findings that stop a publication."""
        return self._of("critical")

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """Return the findings that are published and told."""
        return self._of("warning")

    def _of(self, severity: Severity) -> tuple[Finding, ...]:
        found = (finding for suite in self.suites for finding in suite.findings)
        return tuple(finding for finding in found if finding.severity == severity)


def suites() -> dict[str, dict[str, Any]]:
    """Return the expectation suites by name, as their JSON says.

    Raises:
        StadsdelError: a suite's file is named after another suite, or does not say its table.
    """
    found = {}
    for path in sorted((project.root() / "expectations").glob("*.json")):
        suite = json.loads(path.read_text(encoding="utf-8"))
        if suite["name"] != path.stem or not {"table", "row_key"} <= set(suite.get("meta", {})):
            raise StadsdelError(
                f"{path}: a suite bears its file's name, and its meta says table and row_key"
            )
        found[suite["name"]] = suite
    return found


def warm_up() -> None:
    """Import Great Expectations, which takes seconds, before it is needed."""
    _engine()


def run(workspace: Workspace, build: Path, tell: Progress = silent) -> Audit:
    """Run every suite on the build file and the lake, and write the Data Docs.

    Raises:
        StadsdelError: a suite's table is missing or its query fails.
    """
    with journal.step(workspace, "audit") as step:
        outcome = _run(workspace, build, tell)
        step.rows = sum(suite.rows for suite in outcome.suites)
    return outcome


def _run(workspace: Workspace, build: Path, tell: Progress) -> Audit:
    to_run = suites()
    results = []
    with (
        files.new_folder(workspace.data_docs, workspace.scratch) as data_docs,
        _database(workspace, build) as database,
    ):
        context = _context(data_docs)
        for done, suite in enumerate(to_run.values()):
            tell("audit", done, len(to_run))
            results.append(_run_suite(context, suite, _frame(database, suite)))
        context.build_data_docs()
        tell("audit", len(to_run), len(to_run))
    return Audit(building.state_of(build), tuple(results))


def refusal(audit: Audit) -> str:
    """Return in words why a build that failed its audit is not published."""
    findings = "\n".join(f"- {finding}" for finding in audit.critical)
    return f"The audit failed, so nothing is published.\n{findings}"


def save(audit: Audit, build: Path) -> None:
    """Keep the audit's outcome beside the build, for the publication to ask for."""
    files.replace_json(building.audit_of(build), asdict(audit))


def load(build: Path) -> Audit | None:
    """Return the outcome kept for a build, None where there is none or the build has changed."""
    path = building.audit_of(build)
    if not path.exists():
        return None
    saved = json.loads(path.read_text(encoding="utf-8"))
    if tuple(saved["build"]) != building.state_of(build):
        return None
    return Audit(building.state_of(build), tuple(_suite_result(suite) for suite in saved["suites"]))


def _suite_result(saved: Mapping[str, Any]) -> SuiteResult:
    findings = (
        Finding(**{**finding, "rows": tuple(finding["rows"])}) for finding in saved["findings"]
    )
    return SuiteResult(**{**saved, "findings": tuple(findings)})


def _engine() -> ModuleType:
    os.environ["GX_ANALYTICS_ENABLED"] = "false"  # read while it is imported
    import great_expectations

    return great_expectations


def _database(workspace: Workspace, build: Path) -> duckdb.DuckDBPyConnection:
    """Return a database in memory with views on the build's marts and on the raw tables."""
    database = duckdb.connect()
    database.execute("create schema raw; create schema marts")
    database.execute(f"attach {sql.text(build)} as build (read_only)")
    tables = database.execute(
        "select table_name from information_schema.tables "
        "where table_catalog = 'build' and table_schema = 'marts'"
    ).fetchall()
    for (table,) in tables:
        database.execute(f'create view marts."{table}" as from build.marts."{table}"')
    for table, path in _raw_tables(workspace).items():
        database.execute(f"create view raw.{table} as from read_parquet({sql.text(path)})")
    return database


def _raw_tables(workspace: Workspace) -> dict[str, Path]:
    """Return the files of each raw table, as a path that may hold stars."""
    folder = workspace.lake / str(parsing.PARSER_VERSION) / "*" / "*" / "*"
    return {
        **{kind: folder / f"{kind}.parquet" for kind in lake.KINDS},
        "ledger": workspace.ledger,
        "set_aside": workspace.set_aside,
    }


def _frame(database: duckdb.DuckDBPyConnection, suite: Mapping[str, Any]) -> pd.DataFrame:
    query = suite["meta"].get("query", [f"from {suite['meta']['table']}"])
    try:
        return database.execute("\n".join(query)).df()
    except duckdb.Error as error:
        raise StadsdelError(f"expectations/{suite['name']}.json: {error}") from error


def _context(data_docs: Path) -> EphemeralDataContext:
    gx = _engine()
    from great_expectations.data_context.types.base import ProgressBarsConfig

    context: EphemeralDataContext = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    site: Any = {
        "class_name": "SiteBuilder",
        "show_how_to_buttons": False,
        "store_backend": {
            "class_name": "TupleFilesystemStoreBackend",
            "base_directory": str(data_docs),
        },
        "site_index_builder": {"class_name": "DefaultSiteIndexBuilder"},
    }
    context.add_data_docs_site("stadsdelslagret", site)
    return context


def _run_suite(
    context: EphemeralDataContext, suite: Mapping[str, Any], frame: pd.DataFrame
) -> SuiteResult:
    gx = _engine()
    name = suite["name"]
    source = context.data_sources.add_pandas(name)
    batch = source.add_dataframe_asset(name).add_batch_definition_whole_dataframe("build")
    definition = gx.ValidationDefinition(
        name=name, data=batch, suite=context.suites.add(gx.ExpectationSuite(**suite))
    )
    outcome = context.validation_definitions.add(definition).run(
        batch_parameters={"dataframe": frame},
        result_format={
            "result_format": "SUMMARY",
            "partial_unexpected_count": ROWS_NAMED,
            "unexpected_index_column_names": suite["meta"]["row_key"],
        },
    )
    return SuiteResult(
        suite=name,
        table=suite["meta"]["table"],
        rows=len(frame),
        expectations=len(outcome.results),
        findings=tuple(
            _finding(name, suite["meta"]["row_key"], result)
            for result in outcome.results
            if not result.success
        ),
    )


def _finding(suite: str, row_key: Sequence[str], result: ExpectationValidationResult) -> Finding:
    configuration = result.expectation_config
    assert configuration is not None
    words = configuration.description or f"{configuration.type} {dict(configuration.kwargs)}"
    raised = [
        info["exception_message"]
        for info in _exceptions(result.exception_info)
        if info.get("raised_exception")
    ]
    if raised:
        words += f" (cannot be judged: {raised[0]})"
    if "observed_value" in result.result:
        words += f" (it is {result.result['observed_value']})"
    rows = result.result.get("partial_unexpected_index_list") or []
    is_warning = configuration.severity == "warning" and not raised
    return Finding(
        suite=suite,
        severity="warning" if is_warning else "critical",
        expectation=words,
        failing=result.result.get("unexpected_count"),
        examined=result.result.get("element_count"),
        rows=tuple(_row(row, row_key) for row in rows),
    )


def _exceptions(info: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Return the exceptions of a result: GX gives one, or one per metric."""
    if "raised_exception" in info:
        yield info
    else:
        yield from info.values()


def _row(row: Mapping[str, Any], row_key: Sequence[str]) -> dict[str, Any]:
    """Return what is filled of a failing row, key columns first, with Python's own types."""
    names = [*row_key, *(name for name in row if name not in row_key)]
    values = {name: _plain(row[name]) for name in names if name in row}
    return {name: value for name, value in values.items() if value is not None}


def _plain(value: Any) -> Any:
    """Return a pandas value as Python's: missing as None, whole numbers without decimals."""
    import pandas as pd

    if pd.isna(value):
        return None
    value = value.item() if hasattr(value, "item") else value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if isinstance(value, str | int | float) else str(value)

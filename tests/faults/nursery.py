"""A refresh's own steps without Dagster and dbt, each run in a fork that can be killed.

Those two take seconds to start; forked from a process that has imported everything else, a run
begins at once, so that very many moments can be tried. A line of standard input is a run's
arguments as JSON, answered by its process number; the next line, by how it ended.

A toy report is "stadsdel year type" and an indicator's name per line; dbt's part is one statement.
"""

from __future__ import annotations

import hashlib
import json
import os
import resource
import signal
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import polars  # noqa: F401 -- imported before the fork

from stadsdel import (
    audit,
    building,
    fingerprint,
    intake,
    landing,
    parsing,
    publication,
    publish,
    reading,
    refresh,
)
from stadsdel.audit import Audit
from stadsdel.errors import ReportError
from stadsdel.parsing.model import Identity, IndicatorRow, ParsedReport
from stadsdel.reading.model import Place
from stadsdel.workspace import Workspace

if TYPE_CHECKING:
    from stadsdel.publication import Publication


def parse(data: bytes, path: Path) -> ParsedReport:
    head, *names = data.decode().splitlines()
    if head == "no report":
        raise ReportError(path, "not_a_report", "it says so", "Believe it.")
    stadsdel_id, year, kind = head.split()
    rows = tuple(
        IndicatorRow(Place(line=line), 1, None, None, None, name)
        for line, name in enumerate(names, start=2)
    )
    sha256 = hashlib.sha256(data).hexdigest()
    return ParsedReport(Identity(stadsdel_id, int(year), kind), sha256, "text-lines", 1, None, rows)


def steps(workspace: Workspace) -> Publication:
    """Do what the job's steps do."""
    last = publication.load(workspace)
    landing.land(workspace, intake.survey(workspace.reports), last.reports if last else ())
    build = building.start(workspace)
    with duckdb.connect(build) as database:
        folder = workspace.lake / str(parsing.PARSER_VERSION)
        database.execute("create schema staging; create schema marts")
        database.execute(
            "create table marts.facts as select sha256, row_number, indicator, landing_number from "
            f"read_parquet('{folder}/*/*/*/indicators.parquet') as rows "
            f"join read_parquet('{workspace.ledger}') as ledger using (sha256) order by all"
        )
        database.execute("create table marts.reports as select distinct sha256 from marts.facts")
    audit.save(Audit(building.state_of(build), ()), build)
    return publish.publish(workspace, build)


def run(reports: str, state: str, warehouse: str, largest_file: int | None = None) -> None:
    """Refresh; no file may grow beyond `largest_file` bytes, as on a full disk."""
    if largest_file is not None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))
    workspace = Workspace.at([Path(reports)], Path(state), Path(warehouse))
    refresh.refresh(
        workspace, steps, lambda holder: print(f"waiting for {holder}", file=sys.stderr)
    )


def main() -> None:
    reading.read, parsing.parse = Path.read_bytes, parse  # type: ignore[assignment]
    # the code stays the same here, and to digest it takes as long as all the rest
    fingerprint.of_refresh = lambda survey: hashlib.sha256(
        "".join(sorted(candidate.sha256 for candidate in survey.candidates)).encode()
    ).hexdigest()
    print("ready", flush=True)
    while line := sys.stdin.readline():
        pid = os.fork()
        if pid == 0:
            code = 1
            try:
                run(**json.loads(line))
                code = 0
            except Exception:
                traceback.print_exc()
            finally:
                sys.stderr.flush()
                os._exit(code)
        print(pid, flush=True)
        sys.stdin.readline()  # until then its number stays its own
        _, status = os.waitpid(pid, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    main()

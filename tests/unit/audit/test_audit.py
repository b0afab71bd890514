from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from stadsdel import audit, building, project
from stadsdel.errors import StadsdelError
from stadsdel.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A workspace with a build of one mart, in a project without suites."""
    monkeypatch.setattr(project, "root", lambda: tmp_path / "project")
    (tmp_path / "project" / "expectations").mkdir(parents=True)
    monkeypatch.setattr(audit, "_raw_tables", lambda _: {})
    workspace = Workspace.at([tmp_path], tmp_path / "state", tmp_path / "warehouse.duckdb")
    workspace.build.mkdir(parents=True)
    with duckdb.connect(build(workspace)) as database:
        database.execute("create schema marts")
        database.execute(
            "create table marts.shares as from (values ('a', 7, 33.5), ('b', 8, 450), "
            "('c', 9, null), ('d', 10, 100)) as shares(id, line, value)"
        )
    return workspace


def build(workspace: Workspace) -> Path:
    return workspace.build / "warehouse.duckdb"


def write_suite(tmp_path: Path, *expectations: dict[str, Any], **meta: object) -> None:
    suite = {
        "name": "marts.shares",
        "meta": {"table": "marts.shares", "row_key": ["id", "line"], **meta},
        "expectations": expectations,
    }
    path = tmp_path / "project" / "expectations" / "marts.shares.json"
    path.write_text(json.dumps(suite))


def at_most_100(severity: str = "critical") -> dict[str, Any]:
    return {
        "type": "expect_column_values_to_be_between",
        "kwargs": {"column": "value", "max_value": 100},
        "severity": severity,
        "description": "a share is at most 100 %",
    }


def test_what_a_report_prints_starts_no_markup_in_the_data_docs(
    workspace: Workspace, tmp_path: Path
) -> None:
    with duckdb.connect(build(workspace)) as database:
        name = "<script>alert(1)</script><img src=x onerror=alert(2)>"
        database.execute("insert into marts.shares values (?, 11, 451)", [name])
    write_suite(tmp_path, at_most_100())
    audit.run(workspace, build(workspace))
    pages = [page.read_text(encoding="utf-8") for page in workspace.data_docs.rglob("*.html")]
    assert any("451" in page for page in pages)
    assert not any("<script>alert(1)" in page or "<img src=x" in page for page in pages)


def test_a_finding_names_the_failing_rows_by_the_suite_s_key(
    workspace: Workspace, tmp_path: Path
) -> None:
    write_suite(tmp_path, at_most_100())
    outcome = audit.run(workspace, build(workspace))
    (finding,) = outcome.critical
    assert (finding.suite, finding.expectation) == ("marts.shares", "a share is at most 100 %")
    assert (finding.failing, finding.examined) == (1, 4)
    assert finding.rows == ({"id": "b", "line": 8, "value": 450},)
    assert str(finding) == (
        "marts.shares: a share is at most 100 % -- 1 of 4 rows fail\n    id b; line 8; value 450"
    )
    assert outcome.warnings == ()


def test_severity_tells_what_stops_a_publication_from_what_is_told(
    workspace: Workspace, tmp_path: Path
) -> None:
    write_suite(tmp_path, at_most_100("warning"))
    outcome = audit.run(workspace, build(workspace))
    assert outcome.critical == ()
    assert [finding.expectation for finding in outcome.warnings] == ["a share is at most 100 %"]


def test_what_holds_is_no_finding(workspace: Workspace, tmp_path: Path) -> None:
    write_suite(
        tmp_path,
        {"type": "expect_column_values_to_not_be_null", "kwargs": {"column": "id"}},
        query=["from marts.shares", "where id <> 'b'"],
    )
    outcome = audit.run(workspace, build(workspace))
    (suite,) = outcome.suites
    assert (suite.rows, suite.expectations, suite.findings) == (3, 1, ())


def test_an_expectation_without_severity_is_critical(workspace: Workspace, tmp_path: Path) -> None:
    expectation = at_most_100()
    del expectation["severity"]
    write_suite(tmp_path, expectation)
    assert len(audit.run(workspace, build(workspace)).critical) == 1


def test_an_expectation_on_a_missing_column_is_critical_whatever_its_severity_says_of_values(
    workspace: Workspace, tmp_path: Path
) -> None:
    expectation = at_most_100("warning")
    expectation["kwargs"]["column"] = "renamed"
    write_suite(tmp_path, expectation)
    (finding,) = audit.run(workspace, build(workspace)).critical
    assert "renamed" in finding.expectation


def test_an_expectation_about_the_table_tells_what_is_there(
    workspace: Workspace, tmp_path: Path
) -> None:
    write_suite(
        tmp_path,
        {
            "type": "expect_table_row_count_to_be_between",
            "kwargs": {"min_value": 5},
            "description": "there are five rows",
        },
    )
    (finding,) = audit.run(workspace, build(workspace)).critical
    assert str(finding) == "marts.shares: there are five rows (it is 4)"


def test_the_data_docs_show_the_suite_and_its_failing_rows(
    workspace: Workspace, tmp_path: Path
) -> None:
    write_suite(tmp_path, at_most_100())
    audit.run(workspace, build(workspace))
    assert (workspace.data_docs / "index.html").exists()
    (page,) = (workspace.data_docs / "validations").rglob("*.html")
    assert "a share is at most 100 %" in page.read_text()
    assert "450" in page.read_text()


def test_a_suite_on_a_missing_table_is_an_error_that_names_it(
    workspace: Workspace, tmp_path: Path
) -> None:
    write_suite(tmp_path, at_most_100(), query=["from marts.nothing"])
    with pytest.raises(StadsdelError, match=r"marts\.shares\.json.*nothing"):
        audit.run(workspace, build(workspace))


@pytest.mark.parametrize(
    "change", [{"name": "marts.other"}, {"meta": {"table": "marts.shares"}}, {"meta": {}}]
)
def test_a_suite_must_bear_its_file_s_name_and_say_its_table(
    workspace: Workspace, tmp_path: Path, change: dict[str, Any]
) -> None:
    write_suite(tmp_path, at_most_100())
    path = tmp_path / "project" / "expectations" / "marts.shares.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **change}))
    with pytest.raises(StadsdelError, match=r"marts\.shares\.json"):
        audit.run(workspace, build(workspace))


def test_an_outcome_is_kept_with_its_build_and_only_as_long_as_the_build_is_the_same(
    workspace: Workspace, tmp_path: Path
) -> None:
    write_suite(tmp_path, at_most_100())
    file = building.current(workspace)
    assert audit.load(file) is None
    outcome = audit.run(workspace, file)
    audit.save(outcome, file)
    assert audit.load(file) == outcome
    with duckdb.connect(file) as database:
        database.execute("update marts.shares set value = 451 where id = 'b'")
    assert audit.load(file) is None

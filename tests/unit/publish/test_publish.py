from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import duckdb
import pytest

from stadsdel import audit, building, builds, journal, publication, publish
from stadsdel.audit import Audit, Finding, SuiteResult
from stadsdel.errors import StadsdelError
from stadsdel.journal import Step
from stadsdel.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace.at([tmp_path], tmp_path / "state", tmp_path / "public" / "warehouse.duckdb")


def make_build(
    workspace: Workspace, value: int = 1, severity: str | None = None, fingerprint: str = "f" * 64
) -> Path:
    """Make a build with private and public schemas, and an audit with at most one finding."""
    inputs = building.Inputs(fingerprint, ("a" * 64,), ("x.txt: it is empty. Check it.",))
    building.save_inputs(workspace, inputs)
    build = building.start(workspace)
    with duckdb.connect(build) as database:
        database.execute(
            "create schema staging; create schema intermediate; create schema marts;"
            f"create table intermediate.hidden as select {value} as id;"
            "create view staging.view as select * from intermediate.hidden;"
            "create table marts.facts (id integer primary key, value decimal(9, 2) not null);"
            f"insert into marts.facts values (1, {value});"
            "comment on table marts.facts is 'One row per fact.';"
            "comment on column marts.facts.value is 'The fact''s value, in kr.'"
        )
    findings = (Finding("marts.facts", severity, "a rule", 1, 2, ({"id": 1},)),) if severity else ()
    suite = SuiteResult("marts.facts", "marts.facts", 1, 1, findings)
    audit.save(Audit(building.state_of(build), (suite,)), build)
    return build


def read(workspace: Workspace, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(workspace.warehouse, read_only=True) as database:
        return database.execute(sql).fetchall()


def test_the_published_file_holds_the_marts_alone_with_keys_and_comments(
    workspace: Workspace,
) -> None:
    publish.publish(workspace, make_build(workspace))
    schemas = (
        "select schema_name from duckdb_tables() "
        "union select schema_name from duckdb_views() where not internal"
    )
    assert read(workspace, schemas) == [("marts",)]
    assert read(workspace, "select id, value from marts.facts") == [(1, 1)]
    comments = (
        "select comment from duckdb_columns() where table_name = 'facts' and column_name = 'value'"
    )
    assert read(workspace, comments) == [("The fact's value, in kr.",)]
    assert read(workspace, "select comment from duckdb_tables() where table_name = 'facts'") == [
        ("One row per fact.",)
    ]
    keys = (
        "select constraint_column_names from duckdb_constraints() "
        "where table_name = 'facts' and constraint_type = 'PRIMARY KEY'"
    )
    assert read(workspace, keys) == [(["id"],)]


def test_the_file_says_that_clients_of_1_0_can_open_it(workspace: Workspace) -> None:
    publish.publish(workspace, make_build(workspace))
    sql = "select tags from duckdb_databases() where database_name = 'warehouse'"
    ((tags,),) = read(workspace, sql)
    assert isinstance(tags, dict)
    assert tags["storage_version"].startswith("v1.0.0")


def test_dim_build_tells_which_build_a_reader_holds(workspace: Workspace) -> None:
    audited = make_build(workspace, severity="warning")
    journal.begin(workspace, "00001-ffffffff")
    journal.add_steps(workspace, [Step("landing", 1.5, 7), Step("audit", 2.0, 9)])
    results = [("model.stadsdel.facts", 0.25), ("test.stadsdel.a", 0.5), ("test.stadsdel.b", 1.0)]
    run = workspace.dbt / "run" / "run_results.json"
    run.parent.mkdir(parents=True)
    ran = [{"unique_id": name, "execution_time": seconds} for name, seconds in results]
    run.write_text(json.dumps({"elapsed_time": 3.0, "results": ran}))
    record = publish.publish(workspace, audited)
    ((text,),) = read(workspace, "select to_json(build) from marts.dim_build as build")
    build = json.loads(str(text))
    assert build["build_id"] == record.build_id == "00001-ffffffff"
    assert build["reports"] == ["a" * 64]
    assert build["row_counts"] == {"facts": 1}
    assert (build["n_reports"], build["n_set_aside"], build["n_warnings"]) == (1, 1, 1)
    assert {"stadsdel", "parser", "duckdb", "dbt-core"} <= set(build["versions"])
    assert [tuple(step.values()) for step in build["steps"]] == [
        ("landing", 1.5, 7),
        ("tables", 3.0, 2),
        ("tables: facts", 0.25, 1),
        ("tables: tests", 1.5, None),
        ("audit", 2.0, 9),
    ]
    assert builds.kept(workspace)[0].steps == record.steps


def test_every_column_of_dim_build_is_described(workspace: Workspace) -> None:
    publish.publish(workspace, make_build(workspace))
    described = read(
        workspace,
        "select count(*), count(comment) from duckdb_columns() where table_name = 'dim_build'",
    )
    assert described == [(11, 11)]


def test_a_critical_finding_publishes_nothing_and_names_the_rows(workspace: Workspace) -> None:
    publish.publish(workspace, make_build(workspace, value=1))
    before = workspace.warehouse.read_bytes()
    with pytest.raises(StadsdelError, match=r"nothing is published(.|\n)*a rule(.|\n)*id 1"):
        publish.publish(workspace, make_build(workspace, value=2, severity="critical"))
    assert workspace.warehouse.read_bytes() == before
    record = publication.load(workspace)
    assert record is not None
    assert record.build_number == 1


def test_a_build_that_changed_after_its_audit_is_not_published(workspace: Workspace) -> None:
    build = make_build(workspace)
    with duckdb.connect(build) as database:
        database.execute("insert into marts.facts values (2, 450)")
    with pytest.raises(StadsdelError, match="has not been audited as it is"):
        publish.publish(workspace, build)
    assert not workspace.warehouse.exists()


def test_an_open_reader_keeps_the_old_build_and_the_next_one_gets_the_new(
    workspace: Workspace,
) -> None:
    publish.publish(workspace, make_build(workspace, value=1))
    with duckdb.connect(workspace.warehouse, read_only=True) as reader:
        publish.publish(workspace, make_build(workspace, value=2))
        assert reader.execute("select value from marts.facts").fetchall() == [(1,)]
    assert read(workspace, "select value from marts.facts") == [(2,)]


def test_a_failure_while_writing_leaves_the_old_file(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish.publish(workspace, make_build(workspace, value=1))
    before = workspace.warehouse.read_bytes()

    def full_disk(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", full_disk)
    with pytest.raises(OSError, match="No space"):
        publish.publish(workspace, make_build(workspace, value=2))
    assert workspace.warehouse.read_bytes() == before
    assert list(workspace.warehouse.parent.iterdir()) == [workspace.warehouse]
    assert [folder.name for folder in workspace.builds.iterdir()] == ["00001-ffffffff"]


def test_leftovers_of_a_killed_refresh_and_of_a_writer_are_cleared(workspace: Workspace) -> None:
    publish.publish(workspace, make_build(workspace, value=1))
    folder = workspace.warehouse.parent
    (folder / ".warehouse.duckdb.abc.new").write_text("half")
    (folder / "warehouse.duckdb.wal").write_text("log of someone who opened it for writing")
    (folder / "other.duckdb").write_text("somebody else's")
    publish.publish(workspace, make_build(workspace, value=2))
    assert sorted(path.name for path in folder.iterdir()) == ["other.duckdb", "warehouse.duckdb"]


def test_the_last_builds_are_kept_and_numbered_on(workspace: Workspace) -> None:
    for value in range(1, publish.KEPT_BUILDS + 3):
        publish.publish(workspace, make_build(workspace, value=value))
    kept = sorted(folder.name for folder in workspace.builds.iterdir())
    assert kept == [f"{number:05d}-ffffffff" for number in range(3, publish.KEPT_BUILDS + 3)]
    with duckdb.connect(workspace.builds / kept[0] / "warehouse.duckdb", read_only=True) as old:
        assert old.execute("select value from marts.facts").fetchall() == [(3,)]


def test_readers_hold_a_fingerprint_until_the_file_is_touched(workspace: Workspace) -> None:
    record = publish.publish(workspace, make_build(workspace))
    assert publication.holds(workspace, "f" * 64) == record
    assert publication.holds(workspace, "0" * 64) is None
    with duckdb.connect(workspace.warehouse) as writer:
        writer.execute("delete from marts.facts")
    assert publication.holds(workspace, "f" * 64) is None
    workspace.warehouse.unlink()
    assert publication.holds(workspace, "f" * 64) is None


def test_a_record_published_elsewhere_does_not_speak_for_this_file(
    workspace: Workspace, tmp_path: Path
) -> None:
    publish.publish(workspace, make_build(workspace))
    elsewhere = Workspace.at([tmp_path], workspace.state, tmp_path / "other.duckdb")
    assert publication.holds(elsewhere, "f" * 64) is None


def test_a_damaged_record_is_no_record(workspace: Workspace) -> None:
    publish.publish(workspace, make_build(workspace))
    workspace.publication.write_text("{")
    assert publication.load(workspace) is None
    record = publish.publish(workspace, make_build(workspace))
    assert record.build_number == 2


def test_what_a_killed_build_left_is_cleared_and_a_build_by_hand_is_not(
    workspace: Workspace,
) -> None:
    build = make_build(workspace)
    spilled = build.with_name(f"{build.name}.tmp")  # where DuckDB puts what memory cannot hold
    spilled.mkdir()
    (spilled / "duckdb_temp_storage-0.tmp").touch()
    build.with_name(f"{build.name}.wal").touch()
    build.with_name(f".{build.stem}.inputs.json.abc.new").touch()
    build.with_name("mine.duckdb").touch()
    building.start(workspace)
    left = sorted(path.name for path in build.parent.iterdir())
    assert left == ["mine.duckdb", "warehouse.inputs.json"]

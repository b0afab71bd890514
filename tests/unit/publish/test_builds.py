from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import duckdb
import pytest

from stadsdel import builds, files, publication
from stadsdel.errors import StadsdelError
from stadsdel.publication import Publication
from stadsdel.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace.at([tmp_path], tmp_path / "state", tmp_path / "warehouse.duckdb")


def publish(workspace: Workspace, number: int) -> Publication:
    """Keep and place a build whose only table holds its number."""
    build_id = f"{number:05d}-{number:08x}"
    folder = builds.folder(workspace, build_id)
    folder.mkdir(parents=True)
    with duckdb.connect(folder / builds.WAREHOUSE) as database:
        database.execute(f"create table number as select {number} as number")
    record = Publication(
        build_id=build_id,
        build_number=number,
        built_at="2026-11-22T10:00:00+00:00",
        fingerprint=str(number) * 64,
        warehouse="",
        warehouse_size=0,
        warehouse_modified_ns=0,
        reports=(f"report {number}",),
        rows={"number": 1},
        set_aside=(),
        warnings=(),
    )
    builds.save_record(folder, record)
    return builds.put_in_place(workspace, record)


def held(workspace: Workspace) -> int:
    with duckdb.connect(workspace.warehouse, read_only=True) as database:
        ((number,),) = database.execute("select number from number").fetchall()
        return int(number)


def test_kept_builds_are_listed_oldest_first(workspace: Workspace) -> None:
    for number in (1, 2, 10):
        publish(workspace, number)
    assert [record.build_number for record in builds.kept(workspace)] == [1, 2, 10]


def test_a_build_without_its_file_or_record_is_left_out(workspace: Workspace) -> None:
    records = [publish(workspace, number) for number in (1, 2, 3)]
    builds.file(workspace, records[0].build_id).unlink()
    (builds.folder(workspace, records[1].build_id) / "build.json").write_text("{")
    assert [record.build_number for record in builds.kept(workspace)] == [3]


def test_rollback_goes_one_build_back_each_time(workspace: Workspace) -> None:
    for number in (1, 2, 3):
        publish(workspace, number)
    assert builds.rollback(workspace).build_number == 2
    assert held(workspace) == 2
    assert builds.rollback(workspace).build_number == 1
    assert held(workspace) == 1
    with pytest.raises(StadsdelError, match="no build before 00001"):
        builds.rollback(workspace)
    assert held(workspace) == 1


def test_rollback_goes_to_a_named_build_and_forward_again(workspace: Workspace) -> None:
    first, _, last = [publish(workspace, number) for number in (1, 2, 3)]
    builds.rollback(workspace, first.build_id)
    assert held(workspace) == 1
    builds.rollback(workspace, last.build_id)
    assert held(workspace) == 3


def test_rollback_to_an_unknown_build_names_the_kept_ones(workspace: Workspace) -> None:
    publish(workspace, 1)
    with pytest.raises(StadsdelError, match="no build nonsense; kept are 00001-00000001"):
        builds.rollback(workspace, "nonsense")
    with pytest.raises(StadsdelError, match="no build"):
        builds.rollback(workspace, "../../etc")
    assert held(workspace) == 1


def test_rollback_without_a_publication_says_so(workspace: Workspace) -> None:
    with pytest.raises(StadsdelError, match="nothing has been published"):
        builds.rollback(workspace)


def test_an_unchanged_refresh_does_not_undo_a_rollback(workspace: Workspace) -> None:
    publish(workspace, 1)
    newest = publish(workspace, 2)
    builds.rollback(workspace)
    record = publication.holds(workspace, newest.fingerprint)
    assert record is not None
    assert record.build_number == 1
    assert record.reports == ("report 1",)


def test_numbers_go_on_after_a_rollback(workspace: Workspace) -> None:
    for number in (1, 2, 3):
        publish(workspace, number)
    builds.rollback(workspace)
    assert builds.next_number(workspace) == 4


def test_a_reader_keeps_its_build_through_a_rollback(workspace: Workspace) -> None:
    publish(workspace, 1)
    publish(workspace, 2)
    with duckdb.connect(workspace.warehouse, read_only=True) as reader:
        builds.rollback(workspace)
        assert reader.execute("select number from number").fetchall() == [(2,)]
    assert held(workspace) == 1


def test_the_published_file_is_a_copy_that_a_writer_cannot_reach_the_kept_build_through(
    workspace: Workspace,
) -> None:
    record = publish(workspace, 1)
    with duckdb.connect(workspace.warehouse) as writer:
        writer.execute("update number set number = 99")
    with duckdb.connect(builds.file(workspace, record.build_id), read_only=True) as kept:
        assert kept.execute("select number from number").fetchall() == [(1,)]


def test_killed_before_its_rename_a_build_is_recorded_and_not_held(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(workspace, 1)
    sync = files.sync

    def killed(path: Path) -> None:
        if path.name.startswith(f".{workspace.warehouse.name}."):
            raise KeyboardInterrupt
        sync(path)

    monkeypatch.setattr(files, "sync", killed)
    with pytest.raises(KeyboardInterrupt):
        publish(workspace, 2)
    record = publication.load(workspace)
    assert record is not None
    assert record.reports == ("report 2",)
    assert publication.holds(workspace, record.fingerprint) is None
    assert held(workspace) == 1


def test_only_the_last_builds_are_kept(workspace: Workspace) -> None:
    records = [publish(workspace, number) for number in range(1, 6)]
    builds.keep_last(workspace, 2)
    assert builds.kept(workspace) == [
        replace(record, warehouse="", warehouse_size=0, warehouse_modified_ns=0)
        for record in records[-2:]
    ]

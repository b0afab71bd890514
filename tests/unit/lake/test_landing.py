from __future__ import annotations

import os
from typing import TYPE_CHECKING

import polars as pl
import pytest

from stadsdel import building, intake, lake, landing, ledger, parsing
from stadsdel.errors import StadsdelError

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from stadsdel.landing import Landing
    from stadsdel.workspace import Workspace

pytestmark = pytest.mark.usefixtures("parsed_paths")


def write(workspace: Workspace, name: str, text: str, time: int = 1) -> Path:
    path = workspace.reports[0] / name
    path.write_text(text)
    os.utime(path, (time, time))
    return path


def land(workspace: Workspace, published: Collection[str] = ()) -> Landing:
    return landing.land(workspace, intake.survey(workspace.reports), published)


def test_reports_land_in_order_of_file_time_then_name(workspace: Workspace) -> None:
    write(workspace, "a.txt", "bromma 2022 vb\nx", time=3)
    write(workspace, "c.txt", "bromma 2021 vb\nx", time=2)
    write(workspace, "b.txt", "farsta 2022 vb\nx", time=2)
    result = land(workspace)
    entries = list(ledger.read(workspace.ledger).values())
    assert [(entry.file_name, entry.landing_number) for entry in entries] == [
        ("b.txt", 1),
        ("c.txt", 2),
        ("a.txt", 3),
    ]
    assert [report.sha256 for report in result.reports] == [entry.sha256 for entry in entries]
    assert [(report.stadsdel_id, report.year) for report in result.parsed] == [
        ("farsta", 2022),
        ("bromma", 2021),
        ("bromma", 2022),
    ]
    assert result.set_aside == ()


def test_a_landed_report_is_not_parsed_again(
    workspace: Workspace, parsed_paths: list[Path]
) -> None:
    write(workspace, "a.txt", "bromma 2022 vb\nx")
    first = land(workspace)
    write(workspace, "b.txt", "bromma 2021 vb\nx")
    second = land(workspace)
    assert [path.name for path in parsed_paths] == ["a.txt", "b.txt"]
    assert set(first.reports) < set(second.reports)
    assert [report.year for report in second.parsed] == [2021]


def test_a_new_parser_version_parses_again(
    workspace: Workspace, parsed_paths: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    write(workspace, "a.txt", "bromma 2022 vb\nx")
    land(workspace)
    monkeypatch.setattr(parsing, "PARSER_VERSION", 2)
    land(workspace)
    assert len(parsed_paths) == 2
    assert len(lake.landed(workspace.lake, 2)) == 1


def test_the_same_content_counts_once(workspace: Workspace, parsed_paths: list[Path]) -> None:
    first = write(workspace, "a.txt", "bromma 2022 vb\nx")
    second = write(workspace, "copy.txt", "bromma 2022 vb\nx", time=2)
    result = land(workspace)
    assert len(result.reports) == len(parsed_paths) == 1
    assert result.duplicates == ((second, first),)


def test_a_later_edition_gets_a_higher_number_and_both_stay(workspace: Workspace) -> None:
    write(workspace, "a.txt", "bromma 2022 vb\nx")
    (first,) = land(workspace).reports
    write(workspace, "a.txt", "bromma 2022 vb\ncorrected", time=0)
    result = land(workspace, published=[first.sha256])
    assert [entry.landing_number for entry in ledger.read(workspace.ledger).values()] == [1, 2]
    assert result.reports[0] == first
    assert len(lake.landed(workspace.lake, 1)) == 2


def test_an_unpublished_report_is_withdrawn_with_its_file(workspace: Workspace) -> None:
    write(workspace, "a.txt", "bromma 2022 vb\nx")
    wrong = write(workspace, "b.txt", "bromma 2021 vb\nx")
    land(workspace)
    wrong.unlink()
    result = land(workspace)
    assert [report.year for report in result.withdrawn] == [2021]
    assert [report.year for report in result.reports] == [2022]
    assert [entry.file_name for entry in ledger.read(workspace.ledger).values()] == ["a.txt"]
    assert len(lake.landed(workspace.lake, 1)) == 1


def test_a_published_report_whose_file_is_gone_stays(workspace: Workspace) -> None:
    write(workspace, "a.txt", "bromma 2022 vb\nx")
    gone = write(workspace, "b.txt", "bromma 2021 vb\nx")
    published = [report.sha256 for report in land(workspace).reports]
    gone.unlink()
    assert len(land(workspace, published).reports) == 2


def test_a_published_report_that_cannot_be_read_again_is_named(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(workspace, "a.txt", "bromma 2022 vb\nx")
    gone = write(workspace, "b.txt", "bromma 2021 vb\nx")
    published = [report.sha256 for report in land(workspace).reports]
    gone.unlink()
    monkeypatch.setattr(parsing, "PARSER_VERSION", 2)
    result = land(workspace, published)
    assert [(file.file_name, file.code) for file in result.set_aside] == [("b.txt", "source_gone")]
    assert len(result.reports) == 1


def test_a_damaged_folder_is_read_again(workspace: Workspace, parsed_paths: list[Path]) -> None:
    write(workspace, "a.txt", "bromma 2022 vb\nx")
    (report,) = land(workspace).reports
    before = (report.folder / "indicators.parquet").read_bytes()
    (report.folder / "indicators.parquet").write_bytes(b"damaged")
    assert land(workspace).parsed == (report,)
    assert len(parsed_paths) == 2
    assert (report.folder / "indicators.parquet").read_bytes() == before


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty_file"),
        ("bromma 2022 boom", "parser_failed"),
        ("jarva 2022 vb", "district_did_not_exist"),
        ("rinkeby-kista 2024 vp", "district_did_not_exist"),
    ],
)
def test_a_bad_file_is_set_aside_and_the_others_go_through(
    workspace: Workspace, text: str, code: str
) -> None:
    bad = write(workspace, "bad.txt", text)
    write(workspace, "good.txt", "bromma 2022 vb\nx")
    result = land(workspace)
    assert [(file.path, file.code) for file in result.set_aside] == [(str(bad), code)]
    assert [report.stadsdel_id for report in result.reports] == ["bromma"]
    (row,) = pl.read_parquet(workspace.set_aside).to_dicts()
    assert (row["file_name"], row["code"]) == ("bad.txt", code)
    assert row["sha256"]
    assert row["reason"]
    assert row["advice"]


def test_when_no_report_is_left_all_reasons_are_named_and_the_ledger_stays(
    workspace: Workspace,
) -> None:
    good = write(workspace, "good.txt", "bromma 2022 vb\nx")
    land(workspace)
    good.unlink()
    write(workspace, "bad.txt", "")
    with pytest.raises(StadsdelError, match=r"None of the files.*\n.*bad\.txt: the file is empty"):
        land(workspace)
    assert [entry.file_name for entry in ledger.read(workspace.ledger).values()] == ["good.txt"]
    assert pl.read_parquet(workspace.set_aside)["file_name"].to_list() == ["bad.txt"]


def test_the_list_of_files_set_aside_empties_when_they_are_gone(workspace: Workspace) -> None:
    bad = write(workspace, "bad.txt", "")
    write(workspace, "good.txt", "bromma 2022 vb\nx")
    land(workspace)
    bad.unlink()
    assert land(workspace).set_aside == ()
    assert pl.read_parquet(workspace.set_aside).height == 0


def test_a_file_that_changes_while_it_is_read_is_set_aside(workspace: Workspace) -> None:
    write(workspace, "good.txt", "bromma 2021 vb\nx")
    path = write(workspace, "a.txt", "bromma 2022 vb\nx")
    survey = intake.survey(workspace.reports)
    path.write_text("bromma 2022 vb\nx\ny")
    (file,) = landing.land(workspace, survey, ()).set_aside
    assert file.code == "changing"


def test_a_report_of_the_last_and_of_the_first_year_of_a_district_is_taken(
    workspace: Workspace,
) -> None:
    write(workspace, "old.txt", "rinkeby-kista 2023 t1")
    write(workspace, "new.txt", "jarva 2023 vb")
    assert len(land(workspace).reports) == 2


def test_a_damaged_ledger_is_named_and_not_taken_for_an_empty_one(workspace: Workspace) -> None:
    workspace.state.mkdir()
    workspace.ledger.write_bytes(b"PAR1 and then nothing")
    with pytest.raises(StadsdelError, match=r"ledger.*damaged.*Put back a copy"):
        ledger.read(workspace.ledger)


def test_damaged_records_of_the_last_landing_are_made_anew(workspace: Workspace) -> None:
    workspace.state.mkdir()
    workspace.inputs.write_text("{")
    workspace.set_aside.write_text("{")
    assert building.recorded(workspace) is None
    assert ledger.read_set_aside(workspace.set_aside) == []

from __future__ import annotations

import os
from pathlib import Path

import pytest

from stadsdel import intake
from stadsdel.errors import StadsdelError
from stadsdel.ledger import SetAside


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    return folder


def names(survey: intake.Survey) -> list[str]:
    return [candidate.path.name for candidate in survey.candidates]


def test_candidates_are_found_in_folders_below_whatever_their_name(folder: Path) -> None:
    (folder / "2022").mkdir()
    (folder / "2022" / "report.TXT").write_text("a")
    (folder / "noname").write_text("b")
    (folder / "x.docx").write_text("c")
    assert names(intake.survey([folder])) == ["report.TXT", "noname", "x.docx"]


def test_readmes_source_cards_and_hidden_files_are_passed_over(folder: Path) -> None:
    (folder / "README.md").write_text("about")
    (folder / "readme.txt").write_text("about")
    (folder / "source.yml").write_text("a: 1")
    (folder / ".hidden.txt").write_text("x")
    (folder / ".git").mkdir()
    (folder / ".git" / "report.txt").write_text("x")
    (folder / "report.md").write_text("x")
    assert names(intake.survey([folder])) == ["report.md"]


def test_a_single_file_may_be_named_and_a_file_is_found_once(folder: Path) -> None:
    path = folder / "a.txt"
    path.write_text("x")
    assert names(intake.survey([path, folder])) == ["a.txt"]


def test_links_are_refused_so_that_nothing_outside_is_read(folder: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "report.txt").write_text("x")
    (folder / "file.txt").symlink_to(secret / "report.txt")
    (folder / "dir").symlink_to(secret)
    survey = intake.survey([folder])
    assert survey.candidates == ()
    assert sorted(error.path.name for error in survey.refused) == ["dir", "file.txt"]
    assert {error.code for error in survey.refused} == {"not_a_file"}


def test_a_pipe_is_refused_and_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    (error,) = intake.survey([folder]).refused
    assert error.code == "not_a_file"


def test_a_file_too_large_for_a_report_is_refused_unread(folder: Path) -> None:
    with (folder / "large.txt").open("wb") as file:
        file.truncate(intake.MAX_BYTES + 1)
    (folder / "limit.txt").write_text("x")
    survey = intake.survey([folder])
    assert [error.code for error in survey.refused] == ["too_large"]
    assert names(survey) == ["limit.txt"]


@pytest.mark.parametrize("name", [b"b\xe4ttre.txt", b"two\nlines.txt", b"\x1b[2Jcleared.txt"])
def test_a_name_that_cannot_be_shown_is_refused_and_shown_escaped(
    folder: Path, name: bytes
) -> None:
    Path(os.fsdecode(bytes(folder) + b"/" + name)).write_text("x")
    (error,) = intake.survey([folder]).refused
    assert error.code == "bad_name"
    listed = SetAside.because(error, None)
    for text in (str(error), listed.path, listed.file_name):
        assert text.isprintable()
        assert text.encode()


def test_a_missing_folder_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(StadsdelError, match=r"nowhere.*no such folder.*--reports"):
        intake.survey([tmp_path / "nowhere"])


def test_a_folder_without_reports_is_an_error_that_names_it(folder: Path) -> None:
    (folder / "README.md").write_text("about")
    with pytest.raises(StadsdelError, match=r"no reports in .*reports"):
        intake.survey([folder])

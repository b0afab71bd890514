"""Hostile files in a reports folder: each is set aside by name, and the reports beside it go on.

They are taken in as a refresh does it: by processes of their own, within limits of time and memory.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zlib
from typing import TYPE_CHECKING

import pytest

from stadsdel import apart, intake, lake, landing, project
from stadsdel.check import check
from stadsdel.errors import ReportError
from stadsdel.extract import extract
from stadsdel.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

    from stadsdel.landing import Landing

GOOD = "hasselby-vallingby-2020-vb.txt"
MEGABYTE = 2**20
HEAD = "Verksamhetsberättelse 2020 för Hässelby-Vällingby stadsdelsnämnd\n\n"


def packed_twice(unit: bytes, megabytes: int) -> bytes:
    """Return `megabytes` of a repeated unit, packed so that a packed megabyte is packed again."""
    inner, outer = zlib.compressobj(9), zlib.compressobj(9)
    block = unit * (MEGABYTE // len(unit))
    packed = b"".join(outer.compress(inner.compress(block)) for _ in range(megabytes))
    return packed + outer.compress(inner.flush()) + outer.flush()


def pdf(content: bytes) -> bytes:
    """Return a PDF whose only page draws a stream that is packed twice."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d/Filter[/FlateDecode/FlateDecode]>>stream\n" % len(content)
        + content
        + b"\nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    data, places = bytearray(b"%PDF-1.4\n"), []
    for number, text in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n" % number + text + b"\nendobj\n"
    table = len(data)
    data += b"xref\n0 6\n0000000000 65535 f \n"
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    data += b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % table
    return bytes(data)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    reports = tmp_path / "reports"
    reports.mkdir()
    shutil.copyfile(project.root() / "reports" / GOOD, reports / GOOD)
    return Workspace.at([reports], tmp_path / "state", tmp_path / "warehouse.duckdb")


def land(workspace: Workspace) -> Landing:
    survey = intake.survey(workspace.reports)
    return landing.land(workspace, survey, (), in_processes=True)


def codes(outcome: Landing) -> dict[str, str]:
    return {file.file_name: file.code for file in outcome.set_aside}


def test_files_that_are_no_reports_are_set_aside_by_name_and_the_report_goes_on(
    workspace: Workspace, tmp_path: Path
) -> None:
    folder = workspace.reports[0]
    with (folder / "large.txt").open("wb") as file:
        file.truncate(200 * MEGABYTE)
    (folder / "nul.txt").write_bytes(HEAD.encode() + b"\0" * 1000)
    (folder / "nul-16.txt").write_bytes((HEAD + "\0" * 1000).encode("utf-16"))
    (folder / "mixed.txt").write_bytes(HEAD.encode() + "Årsmål".encode("cp1252"))
    (folder / "halves.txt").write_bytes(HEAD.encode("utf-16") + HEAD.encode())
    (folder / "cut.pdf").write_bytes(b"%PDF-1.4\n%%EOF")
    (folder / "empty.pdf").write_bytes(pdf(packed_twice(b" ", 1)))
    (tmp_path / "secret.txt").write_text("of another's")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "up").symlink_to(tmp_path)
    os.mkfifo(folder / "pipe.txt")
    outcome = land(workspace)
    assert codes(outcome) == {
        "large.txt": "too_large",
        "nul.txt": "not_a_report",
        "nul-16.txt": "not_a_report",
        "mixed.txt": "bad_encoding",
        "halves.txt": codes(outcome)["halves.txt"],
        "cut.pdf": "damaged",
        "empty.pdf": "no_text_layer",
        "link.txt": "not_a_file",
        "up": "not_a_file",
        "pipe.txt": "not_a_file",
    }
    assert codes(outcome)["halves.txt"] in ("bad_encoding", "no_year", "unknown_district")
    assert len(outcome.reports) == 1


def test_files_that_swell_or_never_end_are_given_up_and_the_report_goes_on(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    land(workspace)  # on a slow machine a report may take longer than the limit below
    folder = workspace.reports[0]
    (folder / "swelling.pdf").write_bytes(pdf(packed_twice(b"q\n", 64)))
    (folder / "endless.pdf").write_bytes(pdf(packed_twice(b"1 1 9 9 re S\n", 12)))
    assert max(path.stat().st_size for path in folder.glob("*.pdf")) < 100_000
    monkeypatch.setattr(apart, "SECONDS", 8.0)
    monkeypatch.setattr(apart, "MEMORY_BYTES", 3 * 2**30)
    outcome = land(workspace)
    found = codes(outcome)
    assert found.keys() == {"swelling.pdf", "endless.pdf"}
    assert found["swelling.pdf"] in ("timeout", "parser_failed")
    # no more strokes are looked at than a page can need: then it has no text, in time or not
    assert found["endless.pdf"] in ("timeout", "no_text_layer")
    assert len(outcome.reports) == 1


def test_extraction_and_check_give_up_what_swells_and_go_on(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    swelling = workspace.reports[0] / "swelling.pdf"
    swelling.write_bytes(pdf(packed_twice(b"q\n", 64)))
    paths = [swelling, workspace.reports[0] / GOOD]
    monkeypatch.setattr(apart, "SECONDS", 12.0)
    monkeypatch.setattr(apart, "MEMORY_BYTES", 3 * 2**30)
    failed, done = extract(paths, tmp_path / "out", in_process=True)
    assert failed.error is not None
    assert failed.error.code in ("timeout", "parser_failed")
    assert done.report is not None
    refused, checked = check(paths, tmp_path / "no lake", in_process=True)
    assert isinstance(refused, ReportError)
    assert not isinstance(checked, ReportError)


def test_a_backfill_reads_within_the_limits_too(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    (report,) = land(workspace).reports
    lake.remove(report)
    monkeypatch.setattr(apart, "SECONDS", 0.0)
    with pytest.raises(ReportError, match="took longer"):
        landing.mend(workspace, (), in_processes=True)
    monkeypatch.undo()
    assert landing.mend(workspace, (), in_processes=True) == [report]


def test_the_processes_that_read_reports_never_load_the_database(workspace: Workspace) -> None:
    program = (
        "import sys; from pathlib import Path; from stadsdel import intake, landing; "
        "from stadsdel.workspace import Workspace; "
        "workspace = Workspace.at([Path(sys.argv[1])], Path(sys.argv[2])); "
        "(candidate,) = intake.survey(workspace.reports).candidates; "
        "landing._take_in(workspace, candidate); "
        "print('polars' in sys.modules, 'duckdb' in sys.modules)"
    )
    command = [sys.executable, "-c", program, str(workspace.reports[0]), str(workspace.state)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout == "True False\n", done.stderr


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a" * 8 * MEGABYTE, id="one line"),
        pytest.param("\t" * 2 * MEGABYTE, id="very many cells"),
        pytest.param("1 " * 2 * MEGABYTE, id="very many numbers"),
        pytest.param("Indikator\tPeriodens utfall\tÅrsmål\n" * 50_000, id="very many headers"),
        pytest.param("| " * MEGABYTE + "\n", id="very many pipes"),
    ],
)
def test_a_report_that_goes_on_in_an_odd_shape_is_read_or_given_up(
    workspace: Workspace, text: str
) -> None:
    good = (workspace.reports[0] / GOOD).read_text(encoding="utf-8")
    (workspace.reports[0] / "odd.txt").write_text(good + text, encoding="utf-8")
    outcome = land(workspace)
    assert codes(outcome) in ({}, {"odd.txt": "timeout"})
    assert len(outcome.reports) + len(outcome.set_aside) == 2

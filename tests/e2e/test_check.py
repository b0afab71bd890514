"""`stadsdel check` as a person uses it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pytest

from snippets import FOLLOW_UP_TABS, GOAL, VB, visible
from stadsdel import oracles, project
from stadsdel.parsing import parse
from stadsdel.reading import read

if TYPE_CHECKING:
    from stadsdel.workspace import Workspace

_NAME = "··Andel nöjda→"
_REPORT = VB + GOAL + FOLLOW_UP_TABS


def check(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("stadsdel")), "check", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def write(path: Path, text: str) -> Path:
    path.write_text(visible(text), encoding="utf-8")
    return path


def test_a_report_with_nothing_to_look_at(tmp_path: Path) -> None:
    text = _REPORT + _NAME + "72 %→70 %→74 %→71 %→72 %→75 %→80 %→VB 2020\n"
    done = check(write(tmp_path / "a.txt", text), "--state", tmp_path / "state")
    assert done.returncode == 0, done.stderr
    assert "farsta 2020 vb (verksamhetsberättelse)" in done.stdout
    assert "Nothing needs a look." in done.stdout
    assert "is their sum: 1 judged, 0 in doubt" in done.stdout
    assert "no verksamhetsberättelse of 2019 is given" in done.stdout


def test_doubts_and_files_that_are_no_report_exit_with_1(tmp_path: Path) -> None:
    text = _REPORT + _NAME + "82 %→70 %→74 %→71 %→72 %→75 %→80 %→VB 2020\n"
    report = write(tmp_path / "a.txt", text)
    no_report = write(tmp_path / "b.txt", "Bara ord.\n")
    done = check(report, no_report, "--state", tmp_path / "state")
    assert done.returncode == 1
    assert "Andel nöjda: 82 %, men 70 %, women 74 %" in done.stdout
    assert "1 to look at." in done.stdout
    assert str(no_report) in done.stderr


def test_last_year_is_found_among_the_reports_given(tmp_path: Path) -> None:
    cells = "72 %→70 %→74 %→{}→72 %→75 %→80 %→VB {}\n"
    older = _REPORT.replace("2020", "2019")
    first = write(tmp_path / "1.txt", older + _NAME + cells.format("70 %", 2019))
    second = write(tmp_path / "2.txt", _REPORT + _NAME + cells.format("71 %", 2020))
    done = check(first, second, "--state", tmp_path / "state")
    assert "Andel nöjda: 71 %, but then 72 %" in done.stdout
    assert done.returncode == 1


def test_last_year_is_found_in_the_working_folder(sample: Workspace, tmp_path: Path) -> None:
    with duckdb.connect(sample.warehouse, read_only=True) as warehouse:
        row = warehouse.execute(
            "select indicator_name_printed, value_printed from marts.fct_observations "
            "where stadsdel_id = 'hasselby-vallingby' and year = 2020 and measure = 'outcome' "
            "and sex = 'total' and value is not null order by line limit 1"
        ).fetchone()
    assert row is not None
    name, printed = row
    text = _REPORT.replace("Farsta", "Hässelby-Vällingby").replace("2020", "2021")
    text = text.replace("VB 2019", "VB 2020") + f"··{name}→1→→→{printed}→→→→VB 2021\n"
    done = check(write(tmp_path / "a.txt", text), "--state", sample.state)
    assert "last year's report's: 1 judged, 0 in doubt" in done.stdout


def test_sums_are_doubted_where_the_warehouse_says_that_they_differ(sample: Workspace) -> None:
    reports = sorted((project.root() / "reports").glob("*.txt"))
    doubted = sum(len(oracles.sums(parse(read(path), path)).doubts) for path in reports)
    judged = sum(oracles.sums(parse(read(path), path)).judged for path in reports)
    with duckdb.connect(sample.warehouse, read_only=True) as warehouse:
        found = warehouse.execute(
            "select count(*) filter (sum_check = 'differs'), count(sum_check) "
            "from marts.fct_economy"
        ).fetchone()
    assert found == (doubted, judged)
    assert judged


@pytest.mark.parametrize("missing", ["nowhere.txt", "."])
def test_what_cannot_be_read_is_named(missing: str, tmp_path: Path) -> None:
    done = check(tmp_path / missing, "--state", tmp_path / "state")
    assert done.returncode == 1
    assert str(tmp_path) in done.stderr
    assert "Traceback" not in done.stderr

"""A warehouse's life as its user sees it: the commands, their exit codes and what readers hold.

Each refresh of the story is run once; the tests ask what it said and what it left.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import polars as pl
import pytest

from stadsdel import project

if TYPE_CHECKING:
    from collections.abc import Iterator

VB_2020 = "hasselby-vallingby-2020-vb.txt"
BISTAND = "Andel barn som lever i familjer som har ekonomiskt bistånd"
# A name that SQL, a template or a spreadsheet would run if it were not data to them.
HOSTILE = "=Andel 'x'); drop schema marts cascade; -- {{ 1/0 }} {% raw %} ${HOME} $(id)"


@dataclass(frozen=True)
class Told:
    """What a command said."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Story:
    """What each refresh said, and copies of what readers held after some of them."""

    folder: Path
    first: Told
    again: Told
    after_bad_files: Told
    again_with_bad_files: Told
    after_a_wrong_figure: Told
    after_its_removal: Told
    held_at_first: Path
    held_with_bad_files: Path
    held_with_a_wrong_figure: Path


def stadsdel(folder: Path, *arguments: str) -> Told:
    done = subprocess.run(
        [Path(sys.executable).with_name("stadsdel"), *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return Told(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    folder = tmp_path_factory.mktemp("story")
    reports = folder / "reports"
    shutil.copytree(project.root() / "reports", reports)
    warehouse = folder / "warehouse.duckdb"
    text = (reports / VB_2020).read_text(encoding="utf-8")

    def held(name: str) -> Path:
        return Path(shutil.copyfile(warehouse, folder / f"{name}.copy"))

    first = stadsdel(folder, "refresh")
    held_at_first = held("first")
    again = stadsdel(folder, "refresh")

    (reports / "empty.txt").touch()
    (reports / "letter.md").write_text("Hej!\n\nNär öppnar badet?\n", encoding="utf-8")
    (reports / "nowhere.txt").write_text(text.replace("Hässelby-Vällingby", "Storköping"))
    (reports / "noise.pdf").write_bytes(bytes(range(256)) * 20)
    (reports / "too-early.txt").write_text(text.replace("Hässelby-Vällingby", "Järva"))
    shutil.copyfile(reports / VB_2020, reports / "copy-of-it.txt")
    edition = text.replace(f"{BISTAND}\t3,1 %", f"{BISTAND}\t3,0 %")
    edition = edition.replace(
        f"  {BISTAND}", f"  {HOSTILE}\t93 %\t\t\t\t\t\t\tVB 2020\n  {BISTAND}"
    )
    (reports / "later-edition.txt").write_text(edition, encoding="utf-8")
    after_bad_files = stadsdel(folder, "refresh")
    held_with_bad_files = held("bad_files")
    again_with_bad_files = stadsdel(folder, "refresh")

    wrong = text.replace(f"{BISTAND}\t3,1 %", f"{BISTAND}\t450 %")
    wrong = wrong.replace("befolkningen\t2,22 %\t2,2 %", "befolkningen\t2,22 %\t102,2 %")
    (reports / "wrong.txt").write_text(wrong, encoding="utf-8")
    after_a_wrong_figure = stadsdel(folder, "refresh")
    held_with_a_wrong_figure = held("wrong_figure")
    (reports / "wrong.txt").unlink()
    after_its_removal = stadsdel(folder, "refresh")
    return Story(
        folder=folder,
        first=first,
        again=again,
        after_bad_files=after_bad_files,
        again_with_bad_files=again_with_bad_files,
        after_a_wrong_figure=after_a_wrong_figure,
        after_its_removal=after_its_removal,
        held_at_first=held_at_first,
        held_with_bad_files=held_with_bad_files,
        held_with_a_wrong_figure=held_with_a_wrong_figure,
    )


def read(warehouse: Path, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(warehouse, read_only=True) as database:
        return database.execute(sql).fetchall()


def test_the_first_refresh_publishes_and_says_what_there_is(story: Story) -> None:
    assert story.first.code == 0, story.first.err
    for words in ("Published build 00001-", "3, 3 of them new", VB_2020, "data_docs/index.html"):
        assert words in story.first.out
    assert 'stadsdel query "' in story.first.out
    assert (story.folder / ".stadsdel" / "data_docs" / "index.html").exists()


def test_progress_is_not_mixed_into_what_is_said(story: Story) -> None:
    assert "Read reports" in story.first.err
    assert "Build and test tables" in story.first.err
    assert "Read reports" not in story.first.out


def test_the_warehouse_holds_the_promised_series(story: Story) -> None:
    rows = read(
        story.held_at_first,
        "select year, value from marts.fct_indicator_trends "
        f"where stadsdel_id = 'hasselby-vallingby' and indicator_name = '{BISTAND}' order by year",
    )
    assert rows == [(2019, 3.3), (2020, 3.1), (2021, 2.7)]
    gap = read(
        story.held_at_first,
        "select target, round(gap, 6), status from marts.fct_target_gaps "
        f"where report_id = 'hasselby-vallingby-2020-vb' and indicator_name = '{BISTAND}'",
    )
    assert gap == [(3.2, -0.1, "met")]


def test_the_published_file_holds_the_marts_alone_and_every_column_is_described(
    story: Story,
) -> None:
    schemas = read(
        story.held_at_first,
        "select distinct schema_name from duckdb_tables() "
        "union select distinct schema_name from duckdb_views() where not internal",
    )
    assert schemas == [("marts",)]
    undescribed = read(
        story.held_at_first,
        "select table_name, column_name from duckdb_columns() "
        "where schema_name = 'marts' and comment is null",
    )
    assert undescribed == []


def test_dim_build_counts_what_the_file_holds(story: Story) -> None:
    ((counts, n_reports),) = read(
        story.held_at_first, "select row_counts, n_reports from marts.dim_build"
    )
    assert isinstance(counts, dict)
    for table, rows in counts.items():
        assert read(story.held_at_first, f"select count(*) from marts.{table}") == [(rows,)]
    assert n_reports == 3


@pytest.mark.parametrize("told", ["again", "again_with_bad_files", "after_its_removal"])
def test_a_refresh_without_news_says_so(story: Story, told: str) -> None:
    refresh: Told = getattr(story, told)
    assert "Nothing new" in refresh.out


def test_the_exit_code_tells_of_files_set_aside_whether_or_not_there_is_news(
    story: Story,
) -> None:
    assert story.again.code == 0
    assert story.after_bad_files.code == 3
    assert story.again_with_bad_files.code == 3


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("empty.txt", "empty"),
        ("letter.md", "no goal headings"),
        ("nowhere.txt", "Storköping"),
        ("noise.pdf", "binary"),
        ("too-early.txt", "Järva existed from 2023-07-01"),
    ],
)
def test_a_bad_file_is_named_with_its_reason_and_listed(
    story: Story, name: str, reason: str
) -> None:
    for told in (story.after_bad_files, story.again_with_bad_files):
        (line,) = [line for line in told.out.splitlines() if name in line]
        assert reason in line
    listed = pl.read_parquet(story.folder / ".stadsdel" / "set_aside.parquet")
    (row,) = listed.filter(pl.col("file_name") == name).to_dicts()
    assert reason in row["reason"]


def test_the_other_reports_go_through_and_a_content_counts_once(story: Story) -> None:
    reports = read(story.held_with_bad_files, "select report_id from marts.dim_report order by 1")
    assert reports == read(story.held_at_first, "select report_id from marts.dim_report order by 1")
    ((contents,),) = read(story.held_with_bad_files, "select n_reports from marts.dim_build")
    assert contents == 4


def test_of_two_editions_the_later_counts_and_both_stay_in_the_lake(story: Story) -> None:
    outcome = (
        "select value from marts.fct_observations where measure = 'outcome' and sex = 'total' "
        f"and report_id = 'hasselby-vallingby-2020-vb' and indicator_name = '{BISTAND}'"
    )
    assert read(story.held_at_first, outcome) == [(3.1,)]
    assert read(story.held_with_bad_files, outcome) == [(3.0,)]
    ((file, editions),) = read(
        story.held_with_bad_files,
        "select file_name, editions from marts.dim_report "
        "where report_id = 'hasselby-vallingby-2020-vb'",
    )
    assert (file, editions) == ("later-edition.txt", 2)
    lake = story.folder / ".stadsdel" / "lake"
    assert len(list(lake.glob("*/hasselby-vallingby/2020/*"))) == 2


def test_a_wrong_figure_stops_the_publication_and_its_row_is_named(story: Story) -> None:
    assert story.after_a_wrong_figure.code == 1
    told = story.after_a_wrong_figure.err
    assert "nothing is published" in told
    for words in ("hasselby-vallingby-2020-vb", BISTAND, "value 450", "sex men; value 102.2"):
        assert words in told
    assert story.held_with_a_wrong_figure.read_bytes() == story.held_with_bad_files.read_bytes()


def test_the_status_is_told_to_people_and_to_monitors(story: Story) -> None:
    told = stadsdel(story.folder, "status")
    assert told.code == 0
    for words in ("Last run   succeeded", "To review", "was expected by", "unknown_district"):
        assert words in told.out
    status = json.loads(stadsdel(story.folder, "status", "--format", "json").out)
    codes = {file["code"] for file in status["set_aside"]}
    assert {"empty_file", "district_did_not_exist"} <= codes
    build = stadsdel(story.folder, "builds", status["build"])
    for step in ("landing", "audit", "tables: fct_observations"):
        assert step in build.out


def test_each_event_is_a_line_of_the_log_with_its_build(story: Story) -> None:
    text = (story.folder / ".stadsdel" / "log.jsonl").read_text(encoding="utf-8")
    lines = [json.loads(line) for line in text.splitlines()]
    own = [line for line in lines if "run_id" not in line]
    assert {"refresh_started", "refresh_failed", "file_set_aside", "published"} <= {
        line["event"] for line in own
    }
    assert [line for line in own if "build" not in line] == []
    (failed,) = [line for line in own if line["event"] == "refresh_failed"]
    assert "value 450" in failed["message"]
    ended = [line for line in lines if line.get("event") == "STEP_SUCCESS"]
    assert ended
    assert all("build" in line for line in ended)


def test_what_a_report_prints_is_data_to_sql_templates_and_spreadsheets(story: Story) -> None:
    printed = "distinct indicator_name_printed from marts.fct_observations"
    found = read(story.held_with_bad_files, f"select {printed} where indicator_name[1] = '='")
    assert found == [(HOSTILE,)]
    sql = f"select {printed} where starts_with(indicator_name, '=')"
    out = stadsdel(story.folder, "query", sql, "--format", "csv").out
    assert out.splitlines()[1].lstrip('"').startswith("'=Andel")


def test_the_data_docs_show_the_failed_audit(story: Story) -> None:
    pages = (story.folder / ".stadsdel" / "data_docs" / "validations").rglob("*.html")
    assert any("450" in page.read_text(encoding="utf-8") for page in pages)


@pytest.fixture
def empty_folder(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path
    assert not (tmp_path / "warehouse.duckdb").exists()


def test_the_documentation_of_the_tables_is_one_page_and_that_of_the_last_publication(
    story: Story,
) -> None:
    page = story.folder / ".stadsdel" / "dbt_docs.html"
    assert ".stadsdel/dbt_docs.html" in story.first.out
    assert '"model.stadsdelslagret.fct_target_gaps"' in page.read_text(encoding="utf-8")


def test_a_missing_reports_folder_is_named(empty_folder: Path) -> None:
    told = stadsdel(empty_folder, "refresh")
    assert told.code == 1
    assert "reports: there is no such folder" in told.err
    assert "Traceback" not in told.err


def test_a_folder_without_reports_is_named(empty_folder: Path) -> None:
    (empty_folder / "reports").mkdir()
    (empty_folder / "reports" / "README.md").write_text("About.")
    told = stadsdel(empty_folder, "refresh")
    assert told.code == 1
    assert "no reports in" in told.err


def test_bad_usage_is_told_from_failure(empty_folder: Path) -> None:
    assert stadsdel(empty_folder, "refresh", "--nonsense").code == 2
    assert stadsdel(empty_folder, "query", "select 1", "--format", "xml").code == 2


def test_query_answers_in_every_format(story: Story) -> None:
    sql = f"select year, value from marts.fct_indicator_trends where indicator_name = '{BISTAND}'"
    sql += " and year = 2019"
    assert stadsdel(story.folder, "query", sql, "--format", "csv").out == "year,value\n2019,3.3\n"
    assert (
        '{"year": 2019, "value": 3.3}'
        in stadsdel(story.folder, "query", sql, "--format", "json").out
    )
    assert "3.3" in stadsdel(story.folder, "query", sql).out
    assert stadsdel(story.folder, "query", sql, "--format", "parquet", "--output", "x.pq").code == 0
    assert pl.read_parquet(story.folder / "x.pq").rows() == [(2019, 3.3)]


def test_query_without_a_warehouse_says_what_to_run(empty_folder: Path) -> None:
    told = stadsdel(empty_folder, "query", "select 1")
    assert told.code == 1
    assert told.err == "warehouse.duckdb: there is no warehouse yet. Run `stadsdel refresh`.\n"


def test_query_shows_what_is_wrong_with_a_statement(story: Story) -> None:
    told = stadsdel(story.folder, "query", "select * from marts.nothing")
    assert told.code == 1
    assert "nothing" in told.err
    assert "Traceback" not in told.err

"""What `stadsdel extract` writes (extract-format.md)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from snippets import ACTIVITIES_TABS, FOLLOW_UP_TABS, GOAL, VB, visible
from stadsdel import parsing
from stadsdel.extract import extract

if TYPE_CHECKING:
    from pathlib import Path

    from stadsdel.parsing.model import ParsedReport

TEXT = visible(
    VB
    + GOAL.replace("\n\n", "\n\n·Uppfylls helt·\n\n")
    + FOLLOW_UP_TABS
    + "··Andel nöjda→72 %→70 %→74 %→71 %→72 %→75 %→80 %→VB 2020\n"
    + "<b>Analys</b> Fler är nöjda.→→→→→→→→\n"
    + "··Antal platser→→→→→→→→VB 2020\n\n"
    + ACTIVITIES_TABS
    + "··Öva krisledning→2020-01-01→2020-12-31→Avvikelse\n\n"
    + "Ekonomi\n\nVerksamhet, mnkr→Budget 2020→Utfall 2020\nParker→12,5→\nSumma→12,5→11,0\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "rapport.txt"
    path.write_text(TEXT, encoding="utf-8")
    (result,) = extract([path], tmp_path / "out")
    assert result.folder == tmp_path / "out" / "rapport"
    return result.folder


def rows(folder: Path, kind: str) -> list[dict[str, Any]]:
    text = (folder / f"{kind}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def holds(row: dict[str, Any], expected: dict[str, Any]) -> bool:
    return {key: row.get(key, "no such key") for key in expected} == expected


def test_files_of_a_report(folder: Path) -> None:
    assert {path.name for path in folder.iterdir()} == {
        *("report.json", "indicators.jsonl", "goals.jsonl", "activities.jsonl", "economy.jsonl")
    }


def test_report(folder: Path) -> None:
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    assert holds(
        report,
        {
            "stadsdel": "farsta",
            "year": 2020,
            "report_type": "vb",
            "units": [],
            "layout": "text-tabs",
            "lines": TEXT.count("\n"),
            "unaccounted": [],
        },
    )
    assert report["counts"]["indicators"] == 2
    assert len(report["sha256"]) == 64


def test_indicators(folder: Path) -> None:
    first, second = rows(folder, "indicators")
    assert (
        first.items()
        >= {
            "line": 8,
            "goal": "1.1.1 Alla får stöd i tid",
            "goal_level": "nämndmål",
            "unit": None,
            "indicator": "Andel nöjda",
            "outcome": "72 %",
            "outcome_men": "70 %",
            "outcome_women": "74 %",
            "outcome_prev": "71 %",
            "prev_label": "VB 2019",
            "forecast": "72 %",
            "target": "75 %",
            "kf_target": "80 %",
            "period": "VB 2020",
            "analysis": "Fler är nöjda.",
        }.items()
    )
    assert holds(second, {"line": 10, "outcome": None, "period": "VB 2020", "analysis": None})


def test_goals(folder: Path) -> None:
    (goal,) = rows(folder, "goals")
    assert holds(
        goal,
        {
            "line": 3,
            "level": "nämndmål",
            "code": "1.1.1",
            "title": "Alla får stöd i tid",
            "status": "Uppfylls helt",
            "unit": None,
        },
    )


def test_activities(folder: Path) -> None:
    (activity,) = rows(folder, "activities")
    assert holds(
        activity,
        {
            "goal": "1.1.1 Alla får stöd i tid",
            "goal_level": "nämndmål",
            "unit": None,
            "activity": "Öva krisledning",
            "start": "2020-01-01",
            "end": "2020-12-31",
            "deviation": "Avvikelse",
            "analysis": None,
        },
    )


def test_economy(folder: Path) -> None:
    (table,) = rows(folder, "economy")
    assert holds(
        table,
        {
            "table": "Ekonomi",
            "heading": "Ekonomi",
            "unit": "mnkr",
            "columns": ["Budget 2020", "Utfall 2020"],
        },
    )
    assert [(row["label"], row["cells"]) for row in table["rows"]] == [
        ("Parker", ["12,5", None]),
        ("Summa", ["12,5", "11,0"]),
    ]
    assert [row["line"] - table["line"] for row in table["rows"]] == [1, 2]


def test_file_that_fails_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "tom.txt").write_text("")
    (tmp_path / "rapport.txt").write_text(TEXT, encoding="utf-8")
    failed, done = extract([tmp_path / "tom.txt", tmp_path / "rapport.txt"], tmp_path / "out")
    assert failed.error is not None
    assert failed.error.code == "empty_file"
    assert done.folder is not None
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"rapport"}


def test_a_file_that_the_parser_gives_up_on_is_named_and_does_not_stop_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    parse = parsing.parse

    def failing(document: Any, path: Path) -> ParsedReport:
        if path.name == "a.txt":
            raise IndexError("no such cell")
        return parse(document, path)

    monkeypatch.setattr(parsing, "parse", failing)
    failed, done = extract([tmp_path / "a.txt", tmp_path / "b.txt"], tmp_path / "out")
    assert failed.error is not None
    assert failed.error.code == "parser_failed"
    assert str(failed.error).startswith(f"{tmp_path / 'a.txt'}: ")
    assert "IndexError: no such cell" in str(failed.error)
    assert done.folder is not None


def test_files_of_one_stem_get_a_folder_each(tmp_path: Path) -> None:
    for name in ("a.txt", "a.md"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    found = extract([tmp_path / "a.txt", tmp_path / "a.md"], tmp_path / "out")
    assert [result.folder.name for result in found if result.folder] == ["a", "a-2"]


@pytest.mark.parametrize("name", ["...txt", "..txt", ".txt"])
def test_no_name_of_a_file_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    path = tmp_path / "in" / name
    path.parent.mkdir()
    path.write_text(TEXT, encoding="utf-8")
    bystander = tmp_path / "bystander"
    bystander.write_text("not ours")
    (result,) = extract([path], tmp_path / "out" / "folder")
    assert result.folder is not None
    assert result.folder.resolve().parent == tmp_path / "out" / "folder"
    assert bystander.exists()

"""`stadsdel extract` on the full reports against tables labelled by hand.

Belongs here: a plain, strict comparison of what was labelled with what is extracted, cell by cell.
Does not belong here: scores (`benchmarks`), or how the parser finds a row (`tests/unit/parsing`).
"""

from __future__ import annotations

import json
import os
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from stadsdel.extract import extract

ROOT = Path(__file__).resolve().parents[2]
REPORTS = Path(os.environ.get("STADSDEL_FULL_REPORTS", ROOT.parent / "shared" / "reports"))
GOLD = Path(os.environ.get("STADSDEL_GOLD", REPORTS.parent / "gold"))
LABELLED = sorted(p.name for p in GOLD.iterdir() if p.is_dir()) if GOLD.is_dir() else []
CELLS = (
    *("outcome", "outcome_men", "outcome_women", "outcome_prev"),
    *("forecast", "target", "kf_target", "period"),
)
# A label may name the table's first header line, the extraction its first row, and so on.
LINES_APART = 12

Row = dict[str, Any]


@pytest.fixture(scope="module", params=LABELLED or [None])
def folders(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Path]:
    """Extract one labelled report; return its labels and its extraction."""
    name = request.param
    if name is None:
        pytest.skip(f"no labelled tables at {GOLD} (set STADSDEL_GOLD)")
    paths = sorted(REPORTS.glob(f"{name}.*"))
    if not paths:
        pytest.skip(f"no report {name} at {REPORTS} (set STADSDEL_FULL_REPORTS)")
    (result,) = extract(paths[:1], tmp_path_factory.mktemp("extract"))
    assert result.error is None
    assert result.folder is not None
    return GOLD / name, result.folder


@cache
def rows(path: Path) -> tuple[Row, ...]:
    """Return a JSON Lines file's rows without the line that says the labels are partial."""
    if not path.exists():
        return ()
    with path.open(encoding="utf-8") as file:
        found = [json.loads(line) for line in file if line.strip()]
    return tuple(row for row in found if set(row) != {"partial"})


def bare(text: str | None) -> str | None:
    """Return text without white space, for a broken line may or may not have stood for a space."""
    return re.sub(r"\s", "", text) or None if text else None


def goal(text: str | None) -> str | None:
    """Return a goal without the full stops that may end its code and its title."""
    return re.sub(r"^([\d.]*\d)\.(?=\D)", r"\1", bare(text) or "").rstrip(".") or None


def paired(folders: tuple[Path, Path], kind: str, name: str) -> list[tuple[Row, Row]]:
    """Pair each labelled row with the extracted row of the same name nearest to its line."""
    gold, extracted = (rows(folder / f"{kind}.jsonl") for folder in folders)
    free = list(extracted)
    pairs = []
    missed = []
    for want in gold:
        same = [row for row in free if bare(row[name]) == bare(want[name])]
        if not same:
            missed.append((want["line"], want[name]))
            continue
        got = min(same, key=lambda row: abs(row["line"] - want["line"]))
        free.remove(got)
        pairs.append((want, got))
    assert missed == []
    return pairs


def differences(pairs: list[tuple[Row, Row]], fields: tuple[str, ...]) -> list[tuple[Any, ...]]:
    return [
        (want["line"], field, want.get(field), got[field])
        for want, got in pairs
        for field in fields
        if bare(want.get(field)) != bare(got[field])
    ]


def test_indicators(folders: tuple[Path, Path]) -> None:
    pairs = paired(folders, "indicators", "indicator")
    assert pairs
    assert differences(pairs, CELLS) == []
    assert [got["indicator"] for _, got in pairs] == [want["indicator"] for want, _ in pairs]
    assert [(w["line"], goal(w["goal"]), w["goal_level"]) for w, _ in pairs] == [
        (w["line"], goal(g["goal"]), g["goal_level"]) for w, g in pairs
    ]


def test_analyses(folders: tuple[Path, Path]) -> None:
    assert differences(paired(folders, "indicators", "indicator"), ("analysis",)) == []


def test_goals(folders: tuple[Path, Path]) -> None:
    gold, extracted = (rows(folder / "goals.jsonl") for folder in folders)
    assert gold

    def printed(row: Row) -> tuple[str | None, ...]:
        return row["level"], row["code"], goal(row["title"]), bare(row["status"])

    found = [printed(row) for row in extracted]
    assert [printed(row) for row in gold if printed(row) not in found] == []


def test_activities(folders: tuple[Path, Path]) -> None:
    pairs = paired(folders, "activities", "activity")
    assert pairs
    assert differences(pairs, ("start", "end", "deviation")) == []
    assert [goal(want["goal"]) for want, _ in pairs] == [goal(got["goal"]) for _, got in pairs]


def test_economy(folders: tuple[Path, Path]) -> None:
    gold, extracted = (rows(folder / "economy.jsonl") for folder in folders)
    assert gold
    wrong = []
    for want in gold:
        got = min(extracted, key=lambda table: abs(table["line"] - want["line"]))
        assert abs(got["line"] - want["line"]) <= LINES_APART, want["table"]
        if len(got["columns"]) != len(want["columns"]):
            wrong.append((want["line"], want["columns"], got["columns"]))
        free = [(bare(row["label"]), [bare(cell) for cell in row["cells"]]) for row in got["rows"]]
        for row in want["rows"]:
            printed = (bare(row["label"]), [bare(cell) for cell in row["cells"]])
            if printed in free:
                free.remove(printed)
            else:
                wrong.append((row.get("line", want["line"]), row["label"], row["cells"]))
    assert wrong == []


def test_nothing_is_unaccounted(folders: tuple[Path, Path]) -> None:
    _, extracted = folders
    report = json.loads((extracted / "report.json").read_text(encoding="utf-8"))
    assert report["counts"]["unaccounted"] == 0
    assert report["unaccounted"] == []


def test_counts_are_those_of_the_files(folders: tuple[Path, Path]) -> None:
    _, extracted = folders
    counts = json.loads((extracted / "report.json").read_text(encoding="utf-8"))["counts"]
    economy = rows(extracted / "economy.jsonl")
    assert counts["indicators"] == len(rows(extracted / "indicators.jsonl"))
    assert counts["goals"] == len(rows(extracted / "goals.jsonl"))
    assert counts["activities"] == len(rows(extracted / "activities.jsonl"))
    assert counts["economy_tables"] == len(economy)
    assert counts["economy_rows"] == sum(len(table["rows"]) for table in economy)

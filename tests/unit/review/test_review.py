"""The queue of a published warehouse is shown with its candidates, and never changed."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import duckdb
import pytest
from rich.console import Console
from typer.testing import CliRunner

from stadsdel import publication, review
from stadsdel.cli import app
from stadsdel.errors import StadsdelError
from stadsdel.publication import Publication
from stadsdel.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

UNCURATED = "Andel nöjda omsorgstagare inom hemtjänst"
QUEUE = f"""
    create schema marts;
    create table marts.rpt_review_queue as select * from (values
        ('a', 'uncurated_indicator', '{UNCURATED}', '{UNCURATED}', 'farsta-2022-vb', 3, 120, null,
         1, 'nojda-omsorgstagare-hemtjanst', 'Andelen nöjda omsorgstagare i hemtjänst', 93.2),
        ('a', 'uncurated_indicator', '{UNCURATED}', '{UNCURATED}', 'farsta-2022-vb', 3, 120, null,
         2, 'nojda-omsorgstagare', 'Andel nöjda omsorgstagare', 76.9),
        ('b', 'unread_cell', 'Sjukfrånvaro', 'Se bilaga [3]', 'bromma-2021-t2', 1, null, 7,
         null, null, null, null),
        ('c', 'ambiguous_row', 'Feriejobb', '[{{"name": "Feriejobb 1", "target": "330 st"}}]',
         'farsta-2024-vp', 1, 23, null, null, null, null, null),
    ) as queue(
        item_id, kind, indicator_name, printed, report_id, reports, line, page, candidate_rank,
        candidate_indicator_id, candidate_name, score
    )
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    place = Workspace.at(state=tmp_path / "state", warehouse=tmp_path / "warehouse.duckdb")
    with duckdb.connect(place.warehouse) as database:
        database.execute(QUEUE)
    return place


def shown(workspace: Workspace) -> str:
    text = io.StringIO()
    review.show(workspace, Console(file=text, width=100))
    return text.getvalue()


def run(workspace: Workspace, *arguments: str) -> tuple[int, str]:
    places = ["--warehouse", str(workspace.warehouse)]
    result = CliRunner().invoke(app, ["review", *arguments, *places])
    return result.exit_code, result.output


def test_a_question_holds_its_candidates_nearest_first(workspace: Workspace) -> None:
    row, name, words = review.questions(workspace.warehouse)
    assert [found.indicator_id for found in name.candidates] == [
        "nojda-omsorgstagare-hemtjanst",
        "nojda-omsorgstagare",
    ]
    assert name.place == "farsta-2022-vb, line 120 and 2 more"
    assert row.candidates == words.candidates == ()
    assert words.place == "bromma-2021-t2, page 7"


def test_the_queue_shows_scores_and_the_words_that_differ(workspace: Workspace) -> None:
    text = shown(workspace)
    assert "93.2  nojda-omsorgstagare-hemtjanst" in text
    assert "only printed: andel inom; only curated: andelen i" in text
    assert "Sjukfrånvaro: Se bilaga [3]" in text  # brackets are text, no markup


def test_another_reading_of_a_row_is_told_cell_by_cell(workspace: Workspace) -> None:
    assert "or else name “Feriejobb 1”, target “330 st”" in shown(workspace)


def test_files_set_aside_are_shown_with_their_reason(workspace: Workspace) -> None:
    record = Publication(
        "1", 1, "", "", "", 0, 0, (), {}, ("notes.txt: no report. Take it out.",), ()
    )
    publication.save(workspace, record)
    assert "notes.txt: no report. Take it out." in shown(workspace)


def test_an_empty_queue_says_so(workspace: Workspace) -> None:
    with duckdb.connect(workspace.warehouse) as database:
        database.execute("delete from marts.rpt_review_queue")
    assert shown(workspace) == "Nothing waits for review.\n"


def test_no_warehouse_is_said_plainly(tmp_path: Path) -> None:
    missing = Workspace.at(warehouse=tmp_path / "none.duckdb")
    code, text = run(missing)
    assert code == 1
    assert "there is no warehouse yet" in text


def test_accept_writes_the_name_as_printed_and_the_queue_says_what_comes(
    workspace: Workspace, lists: Path
) -> None:
    published = workspace.warehouse.read_bytes()
    arguments = ["--as", "nojda-omsorgstagare-hemtjanst", "--reason", "Other preposition"]

    code, text = run(workspace, "accept", UNCURATED.upper() + ".", *arguments)

    assert code == 0, text
    row = f"{UNCURATED},nojda-omsorgstagare-hemtjanst,Other preposition\n"
    assert row in (lists / "indicator_aliases.csv").read_text("utf-8")
    assert "curated since as nojda-omsorgstagare-hemtjanst" in shown(workspace)
    assert workspace.warehouse.read_bytes() == published
    assert run(workspace, "accept", UNCURATED, *arguments)[0] == 1


def test_accept_refuses_a_name_that_no_report_prints(workspace: Workspace, lists: Path) -> None:
    before = (lists / "indicator_aliases.csv").read_bytes()
    code, text = run(
        workspace, "accept", "Andel nöjda omsorgstagare inom hemvård", "--as", "x", "--reason", "y"
    )
    assert code == 1
    assert f"Did you mean “{UNCURATED}”?" in text
    assert (lists / "indicator_aliases.csv").read_bytes() == before


def test_add_writes_a_whole_row_for_a_name_on_the_queue(workspace: Workspace, lists: Path) -> None:
    fields = {
        "--name": UNCURATED,
        "--unit": "%",
        "--polarity": "higher",
        "--gender-kind": "rate",
        "--kf-scope": "comparable",
        "--theme": "aldreomsorg",
        "--is-kf": "true",
        "--note": "Another question than before",
    }
    arguments = [part for field in fields.items() for part in field]
    code, text = run(workspace, "add", "nojda-inom-hemtjanst", *arguments)
    assert code == 0, text
    assert "nojda-inom-hemtjanst," in (lists / "indicators.csv").read_text("utf-8")
    del fields["--polarity"]
    arguments = [part for field in fields.items() for part in field]
    assert run(workspace, "add", "another", *arguments)[0] == 2, "nothing has a default"


def test_on_queue_knows_a_name_by_its_key_only(workspace: Workspace) -> None:
    queue = review.questions(workspace.warehouse)
    assert review.on_queue(queue, UNCURATED.lower()) == UNCURATED
    with pytest.raises(StadsdelError, match="not on the review queue"):
        review.on_queue(queue, "Sjukfrånvaro")

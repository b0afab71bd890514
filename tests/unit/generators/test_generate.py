"""Generated reports: the same seed says the same, and everything true is printed."""

from __future__ import annotations

import json
from random import Random
from typing import TYPE_CHECKING, Literal

import pytest
from pypdfium2 import PdfDocument

from generators import compose, content, layout_b, pdf, typeset
from generators.generate import LAYOUTS, Layout, generate
from generators.metrics import SANS, pieces, width, wrap
from generators.model import Goal, IndicatorTable
from generators.mutate import damaged
from generators.pdfbox import text
from generators.truth import KINDS, truth, write

if TYPE_CHECKING:
    from pathlib import Path

SEEDS = range(12)


def _squash(words: str) -> str:
    return "".join(words.split())


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_seed_always_gives_the_same_file(layout: Layout) -> None:
    first, second = generate(4, layout), generate(4, layout)
    assert first.data == second.data
    assert first.truth == second.truth


def test_a_seed_says_the_same_in_every_layout() -> None:
    first, *others = (generate(4, layout) for layout in LAYOUTS)

    def without_place(rows: list[dict[str, object]]) -> list[dict[str, object]]:
        return [{k: v for k, v in row.items() if k not in ("line", "page")} for row in rows]

    for other in others:
        assert other.report == first.report
        for kind in ("indicators", "goals", "activities"):
            assert without_place(other.truth[kind]) == without_place(first.truth[kind])


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("layout", ["a", "rules", "b"])
def test_every_row_stands_on_the_line_the_truth_gives(seed: int, layout: Layout) -> None:
    printed = generate(seed, layout)
    lines = printed.text.split("\n")
    names = {"indicators": "indicator", "goals": "title", "activities": "activity"}
    for kind, name in names.items():
        for row in printed.truth[kind]:
            first = row[name].split()[0][:8]
            assert first in lines[row["line"] - 1], (kind, row)
    for table in printed.truth["economy"]:
        assert table["label_column"].split()[0].rstrip(",") in lines[table["line"] - 1]
        for row in table["rows"]:
            assert row["label"].split()[0][:6] in lines[row["line"] - 1]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("layout", ["a", "rules", "b"])
def test_every_cell_is_printed(seed: int, layout: Layout) -> None:
    printed = generate(seed, layout)
    whole = _squash(printed.text)
    for row in printed.truth["indicators"]:
        for field in ("outcome", "target", "kf_target", "period"):
            # A break within the row may put other cells and a header between a cell's lines.
            first = (row[field] or "").split(" ")[0][:4]
            assert first in whole


@pytest.mark.parametrize("pieces", ["lines", "words", "letters"])
def test_the_pdf_holds_the_text_on_the_pages_the_truth_gives(
    pieces: Literal["lines", "words", "letters"],
) -> None:
    report = content.report(Random(3))
    set_pages = compose.pages(report, compose.Style(), Random(3))
    data = pdf.draw(set_pages, 842, pdf.Ink(pieces=pieces), Random(3))
    found = truth(report, pdf.places(set_pages), "page")
    pages = [_squash(page.get_textpage().get_text_bounded()) for page in PdfDocument(data)]
    for row in found["indicators"]:
        assert _squash(row["indicator"])[:8] in pages[row["page"] - 1]
    for row in found["goals"]:
        assert _squash(row["title"])[:20] in pages[row["page"] - 1]


def test_real_rates_of_what_makes_reading_hard() -> None:
    """The generated tables hold the hard cases, at rates near the real ones' (in brackets)."""
    rows, blanks, cells, words, analyses, columns = 0, 0, 0, 0, 0, set()
    for seed in range(60):
        report = content.report(Random(seed))
        for part in report.parts:
            for block in part.blocks:
                if not isinstance(block, IndicatorTable):
                    continue
                columns.add(tuple(column.field for column in block.columns))
                for row in block.rows:
                    rows += 1
                    analyses += row.analysis is not None
                    cells += len(row.cells)
                    blanks += sum(cell is None for cell in row.cells)
                    words += sum(cell.startswith("Tas fram") for cell in row.cells if cell)
                    assert any(row.cells)
    assert 0.2 < blanks / cells < 0.45  # 0.33 of 000's labelled cells
    assert 0.2 < words / rows < 0.45  # 0.35
    assert 0.2 < analyses / rows < 0.45  # 0.27
    assert len(columns) > 10


def test_goals_of_a_part_form_a_tree() -> None:
    for seed in range(30):
        for part in content.report(Random(seed)).parts:
            codes = [block.code for block in part.blocks if isinstance(block, Goal) and block.code]
            for code in (code.rstrip(".") for code in codes):
                parent = code.rpartition(".")[0]
                assert not parent or parent in {other.rstrip(".") for other in codes}


def test_lines_are_no_wider_than_the_column() -> None:
    words = "Andel personer med funktionsnedsättning som upplever informations- och stödinsatser "
    for measure in (40.0, 71.3, 120.0):
        lines = wrap(words, measure, SANS, 10)
        assert "".join(lines) == words
        assert all(width(line.rstrip(), SANS, 10) <= measure for line in lines)


def test_words_break_after_a_hyphen_but_not_before_a_digit() -> None:
    assert pieces("HR-området 18-24 år +/-1 %") == [
        "HR-",
        "området ",
        "18-24 ",
        "år ",
        "+/-1 ",
        "%",
    ]


def test_a_blank_cell_is_one_space() -> None:
    grid = typeset.Grid((60.0, 30.0, 30.0, 30.0), SANS, 10, 3)
    setter = typeset.Typesetter(400, 400, 20)
    cells = ("Antal lekplatser ", "3 ", " ", "4 ")
    row = typeset.Row(tuple(typeset.Cell((cell,)) for cell in cells))
    setter.table(grid, (), [row], 1)
    assert text(setter.pages)[0] == " Antal lekplatser 3  4 \n"


def test_truth_is_written_as_the_contract_names_it(tmp_path: Path) -> None:
    printed = generate(2, "a")
    write(printed.truth, tmp_path / "report")
    for kind in KINDS:
        path = tmp_path / "report" / f"{kind}.jsonl"
        lines = path.read_text(encoding="utf-8").splitlines()
        assert [json.loads(line) for line in lines] == printed.truth[kind]


def test_layout_b_prints_every_analysis_form() -> None:
    forms = {"<b>Analys</b> ": 0, "<b>Analys</b>\t\t": 0, "<b>Analys</b>\tI": 0, "<p><b>Analys": 0}
    for seed in range(60):
        printed, _ = layout_b.render(content.report(Random(seed)), Random(seed))
        for form in forms:
            forms[form] += printed.count(form)
    assert all(forms.values()), forms


def test_damage_is_reproducible_and_changes_the_text() -> None:
    whole = generate(1, "a").text
    assert damaged(whole, Random(5)) == damaged(whole, Random(5)) != whole

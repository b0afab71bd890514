"""The same content gives the same rows, whichever layout it is printed in."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings

from generators import compose, content, pdfbox
from generators.compose import Style
from generators.content import Size
from generators.found import parsed, rows
from generators.generate import Printed, generate
from generators.scoring import squash
from generators.strategies import printed
from generators.truth import truth

if TYPE_CHECKING:
    from generators.truth import Truth

SIZE = Size(goals=1, tables=1, rows=4, sentences=1, units=1)
# What a row says, apart from where it stands and what the reader made of it on the way.
_SAID = {
    "indicators": (
        *("unit", "goal", "goal_level", "indicator", "outcome", "outcome_men", "outcome_women"),
        *("outcome_prev", "prev_label", "forecast", "target", "kf_target", "period", "analysis"),
    ),
    "goals": ("level", "code", "title", "status", "unit"),
    "activities": ("goal", "goal_level", "unit", "activity", "start", "end", "deviation"),
}


def _said(found: Truth, kind: str) -> list[tuple[str | None, ...]]:
    return [tuple(squash(row.get(name)) for name in _SAID[kind]) for row in found[kind]]


def _sure(found: dict[str, list[dict[str, Any]]]) -> set[tuple[str | None, ...]]:
    """The indicator rows that the parser itself does not call ambiguous."""
    sure = {"indicators": [row for row in found["indicators"] if not row["ambiguous"]]}
    return set(_said(sure, "indicators"))


@pytest.mark.parametrize("seed", range(12))
def test_text_with_tabs_and_pdf_give_the_same_rows(seed: int) -> None:
    tabs, pdf = (rows(parsed(generate(seed, layout, SIZE))) for layout in ("b", "pdf"))
    for kind in _SAID:
        assert _said(pdf, kind) == _said(tabs, kind)


@pytest.mark.parametrize("seed", range(12))
def test_text_out_of_the_pdf_gives_the_same_rows(seed: int) -> None:
    lines, pdf = (rows(parsed(generate(seed, layout, SIZE))) for layout in ("a", "pdf"))
    assert _said(lines, "goals") == _said(pdf, "goals")
    assert _said(lines, "activities") == _said(pdf, "activities")
    assert _sure(lines) <= set(_said(pdf, "indicators"))


@pytest.mark.parametrize("seed", range(12))
def test_page_furniture_changes_no_row(seed: int) -> None:
    report = content.report(Random(seed), SIZE)

    def found(furniture: float) -> Truth:
        look = Style(page_height=380, furniture=furniture)
        set_pages = compose.pages(report, look, Random(seed))
        text, places = pdfbox.text(set_pages)
        return rows(parsed(Printed(report, "a", text.encode(), truth(report, places), text)))

    plain, furnished = found(0.0), found(1.0)
    for kind in _SAID:
        assert _said(furnished, kind) == _said(plain, kind)


@settings(
    max_examples=30, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
@given(printed(layouts=("a", "rules", "b")))
def test_rows_that_are_not_called_ambiguous_are_true(report: Printed) -> None:
    found = rows(parsed(report))
    assert _sure(found) <= set(_said(report.truth, "indicators"))
    assert _said(found, "goals") == _said(report.truth, "goals")

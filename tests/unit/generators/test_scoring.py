"""The scorer counts by the acceptance's definitions: each case is counted by hand."""

from __future__ import annotations

from typing import Any

import pytest

from generators import scoring

TRUTH: dict[str, Any] = {
    "line": 10,
    "goal": "1.1. Trygga torg",
    "goal_level": "nämndmål",
    "unit": None,
    "indicator": "Andel vuxna som trivs.",
    "outcome": "2,7 %",
    "outcome_men": None,
    "target": "3 %",
    "kf_target": "Tas fram av nämnd",
    "analysis": "Utfallet är bättre än året före, och målet nås.",
}


def one(**changes: Any) -> scoring.Score:
    return scoring.indicators([TRUTH], [TRUTH | changes])


def test_the_same_row_is_all_right() -> None:
    score = one()
    assert (score.rows, score.matched, score.rows_right, score.extra) == (1, 1, 1, 0)
    assert (score.cells, score.cells_right, score.cells_invented) == (3, 3, 0)
    assert (score.analyses, score.analyses_right, score.goals_right) == (1, 1, 1)
    assert score.differences == []


def test_white_space_and_the_minus_sign_do_not_count() -> None:
    score = one(outcome="2,7%", kf_target="Tas fram av  nämnd")
    assert score.cells_right == 3


def test_an_invented_cell_counts_beside_the_filled_ones() -> None:
    score = one(outcome_men="2 %")
    assert (score.cells, score.cells_right, score.cells_invented) == (3, 3, 1)
    assert score.rows_right == 0


def test_a_wrong_cell_is_neither_right_nor_invented() -> None:
    score = one(target="4 %")
    assert (score.cells_right, score.cells_invented, score.rows_right) == (2, 0, 0)


def test_a_missed_rows_cells_count_as_not_found() -> None:
    score = scoring.indicators([TRUTH], [])
    assert (score.row_recall, score.cell_share, score.cells) == (0.0, 0.0, 3)


def test_a_row_with_another_name_is_missed_and_extra() -> None:
    score = one(indicator="Andel vuxna som trivs 3")
    assert (score.matched, score.extra) == (0, 1)


def test_a_final_full_stop_does_not_make_another_row_but_is_a_spelling() -> None:
    score = one(indicator="Andel vuxna som trivs")
    assert (score.matched, score.names_spelled) == (1, 0)


def test_goals_are_the_same_with_and_without_the_codes_full_stop() -> None:
    assert one(goal="1.1 Trygga torg").goals_right == 1
    assert one(goal="1.2 Trygga torg").goals_right == 0
    assert one(goal_level="enhetsmål").goals_right == 0


@pytest.mark.parametrize(("analysis", "right", "invented"), [(None, 0, 0), ("Annat.", 0, 0)])
def test_a_lost_or_wrong_analysis(analysis: str | None, right: int, invented: int) -> None:
    score = one(analysis=analysis)
    assert (score.analyses_right, score.analyses_invented) == (right, invented)


def test_an_invented_analysis() -> None:
    score = scoring.indicators([TRUTH | {"analysis": None}], [TRUTH])
    assert (score.analyses, score.analyses_invented) == (0, 1)


def test_rows_of_one_name_are_paired_with_the_nearest() -> None:
    far = TRUTH | {"line": 900, "outcome": "9 %"}
    score = scoring.indicators([TRUTH, far], [far, TRUTH])
    assert score.rows_right == 2


def test_an_empty_truth_is_fully_found() -> None:
    score = scoring.indicators([], [])
    assert (score.row_recall, score.cell_share, score.analysis_share) == (1.0, 1.0, 1.0)


def test_a_goals_status_decides_it() -> None:
    goal = {"line": 1, "level": "nämndmål", "code": "1.1.1", "title": "Trygga torg", "status": None}
    assert (
        scoring.goals([goal], [goal | {"code": None, "title": "1.1.1. Trygga torg"}]).matched == 1
    )
    assert scoring.goals([goal], [goal | {"status": "Ingen"}]).rows_right == 0


def test_an_activity_needs_dates_deviation_and_goal() -> None:
    act = {
        "line": 1,
        "goal": None,
        "goal_level": None,
        "activity": "Rusta upp torget",
        "start": "2024-01-01",
        "end": "2024-12-31",
        "deviation": None,
    }
    assert scoring.activities([act], [act]).rows_right == 1
    assert scoring.activities([act], [act | {"end": None}]).rows_right == 0
    assert scoring.activities([act], [act | {"deviation": "Avvikelse"}]).rows_right == 0
    assert scoring.activities([act], [act | {"goal": "1 Annat"}]).rows_right == 0


def test_money_rows_are_found_in_the_nearest_table() -> None:
    row = {"line": 12, "label": "Äldreomsorg", "cells": ["1,0", None, "-2,0"]}
    label = {"line": 13, "label": "Investeringar", "cells": [None, None, None]}
    table = {"line": 10, "table": "Budget", "rows": [row, label]}
    right = scoring.economy([table], [table])
    assert (right.rows, right.cells, right.cells_right, right.rows_right) == (1, 2, 2, 1)
    shifted = {"line": 11, "rows": [row | {"cells": ["1,0", "-2,0"]}]}
    wrong = scoring.economy([table], [shifted])
    assert (wrong.cells_right, wrong.cells_invented, wrong.rows_right) == (1, 1, 0)
    far = {"line": 40, "rows": [row]}
    assert scoring.economy([table], [far]).matched == 0


def test_scores_add_up() -> None:
    total = one()
    total.add(one(target=None))
    assert (total.rows, total.cells, total.cells_right) == (2, 6, 5)
    assert len(total.differences) == 1

"""The review queue: what the reports print that nobody has decided about yet.

Belongs here: reading the queue of a published warehouse and setting it out for a person. Does not
belong here: what gets on the queue (`rpt_review_queue`), or writing a decision down
(`stadsdel.curation`).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from stadsdel import curation, publication, query, similarity
from stadsdel.errors import StadsdelError
from stadsdel.similarity import Candidate

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from rich.console import Console

    from stadsdel.workspace import Workspace

UNCURATED = "uncurated_indicator"
AMBIGUOUS = "ambiguous_row"
HEADINGS = {
    UNCURATED: "Names that no curated indicator or alias has (no status until someone decides)",
    "unread_cell": "Words that nobody has given a meaning, where a figure was expected",
    "foreign_unit": "Figures in a unit that is not the indicator's",
    AMBIGUOUS: "Rows that can be read in more than one way",
}

_QUEUE = """
    select
        item_id, kind, indicator_name, printed, report_id, reports, line, page,
        candidate_indicator_id, candidate_name, score
    from marts.rpt_review_queue
    order by kind, indicator_name, printed, item_id, candidate_rank
"""


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to decide: what is printed, where it was first seen and in how many reports.

    `candidates` are the curated indicators that an uncurated name may mean, nearest first.
    """

    kind: str
    indicator_name: str
    printed: str | None
    report_id: str
    reports: int
    line: int | None
    page: int | None
    candidates: tuple[Candidate, ...]

    @property
    def place(self) -> str:
        """Return where to look it up."""
        where = f"line {self.line}" if self.page is None else f"page {self.page}"
        more = f" and {self.reports - 1} more" if self.reports > 1 else ""
        return f"{self.report_id}, {where}{more}"


def questions(warehouse: Path) -> list[Question]:
    """Return the queue of a published warehouse.

    Raises:
        StadsdelError: there is no warehouse, or it has no queue.
    """
    with query.ask(warehouse, _QUEUE) as result:
        rows = result.fetchall()
    return [_question(list(item)) for _, item in groupby(rows, key=lambda row: row[0])]


def decided_since(queue: Iterable[Question]) -> dict[str, str]:
    """Return the indicator of each uncurated name that was curated after the queue was published.

    Returns:
        Indicator id by the name as the queue has it.
    """
    printed = [question.indicator_name for question in queue if question.kind == UNCURATED]
    curated = curation.curated_keys()
    keys = zip(printed, curation.name_keys(printed), strict=True)
    return {name: curated[key] for name, key in keys if key in curated}


def on_queue(queue: Iterable[Question], name: str) -> str:
    """Return the name as the queue has it, for a name typed with other case, stops or spaces.

    Raises:
        StadsdelError: no uncurated name on the queue is this one.
    """
    printed = [question.indicator_name for question in queue if question.kind == UNCURATED]
    wanted, *keys = curation.name_keys([name, *printed])
    for candidate, key in zip(printed, keys, strict=True):
        if key == wanted:
            return candidate
    near = similarity.nearest(name, ((text, text) for text in printed))
    hint = f" Did you mean “{near[0].name}”?" if near else ""
    raise StadsdelError(
        f"“{name}” is not on the review queue: no report prints it, or it is curated.{hint}"
    )


def show(workspace: Workspace, console: Console) -> None:
    """Print the queue of the published warehouse, by kind, and the files that were set aside.

    Raises:
        StadsdelError: there is no warehouse, or it has no queue.
    """
    queue = questions(workspace.warehouse)
    decided = decided_since(queue)
    for kind in sorted({question.kind for question in queue}, key=_order):
        asked = [question for question in queue if question.kind == kind]
        heading = f"{HEADINGS.get(kind, kind)}: {len(asked)}"
        console.print(heading, style="bold", markup=False, highlight=False, soft_wrap=True)
        for question in asked:
            _show_question(question, decided.get(question.indicator_name), console)
        console.print()
    last = publication.load(workspace)
    set_aside = last.set_aside if last else ()
    if set_aside:
        console.print(f"Files set aside: {len(set_aside)}", style="bold")
        for sentence in set_aside:
            console.print(f"  {sentence}", markup=False, highlight=False)
        console.print()
    if not queue and not set_aside:
        console.print("Nothing waits for review.")
    elif any(question.candidates for question in queue):
        console.print(
            'The same thing in other words?  stadsdel review accept "NAME" --as ID --reason "..."\n'
            'An indicator of its own?        stadsdel review add ID --name "NAME" ... (see --help)',
            markup=False,
            highlight=False,
            soft_wrap=True,
        )


def _question(rows: list[tuple[Any, ...]]) -> Question:
    """Return the question of one item: its rows differ only in the candidate."""
    _, kind, indicator_name, printed, report_id, reports, line, page, *_ = rows[0]
    candidates = tuple(Candidate(*row[-3:]) for row in rows if row[-3] is not None)
    return Question(kind, indicator_name, printed, report_id, reports, line, page, candidates)


def _order(kind: str) -> int:
    return list(HEADINGS).index(kind) if kind in HEADINGS else len(HEADINGS)


def _show_question(question: Question, decided: str | None, console: Console) -> None:
    def line(text: str, style: str | None = None) -> None:
        console.print(text, style=style, markup=False, highlight=False, soft_wrap=True)

    if question.kind in (UNCURATED, AMBIGUOUS):
        line(f"  {question.indicator_name}")
    else:
        line(f"  {question.indicator_name}: {question.printed or ''}")
    line(f"      {question.place}", "dim")
    if question.kind == AMBIGUOUS:
        for reading in json.loads(question.printed or "[]"):
            cells = (f"{cell} “{text}”" for cell, text in reading.items() if text)
            line(f"      or else {', '.join(cells)}")
    if decided:
        line(f"      curated since as {decided}: the next refresh takes it in", "green")
        return
    for candidate in question.candidates:
        line(f"      {candidate.score:5.1f}  {candidate.indicator_id}")
        line(f"             {_difference(question.indicator_name, candidate.name)}", "dim")


def _difference(printed: str, curated: str) -> str:
    """Say what a person has to weigh: the words that only one of the names has."""
    only_printed, only_curated = similarity.differing_words(printed, curated)
    if not only_printed and not only_curated:
        return f"the same words in another order: {curated}"
    sides = (("only printed", only_printed), ("only curated", only_curated))
    return "; ".join(f"{side}: {' '.join(words)}" for side, words in sides if words)

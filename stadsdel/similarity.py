"""How near a printed indicator name is to the curated ones.

A score only orders what a person is shown. Names of different indicators score up to 95 of 100
("före" against "efter") and names of one indicator down to 89 (its words in another order), so no
score tells the two kinds apart, and nothing is merged by one.

Belongs here: the score. Does not belong here: which names are curated (seeds), or what happens
with a candidate (a person, through `stadsdel review`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, utils

if TYPE_CHECKING:
    from collections.abc import Iterable

SHOWN = 3  # what a person can weigh at a glance
LOWEST = 60.0  # below, names share little but "Andel ... som ..."


@dataclass(frozen=True, slots=True)
class Candidate:
    """A curated indicator that a name may mean.

    `name` is the curated name or alias that is nearest, `score` is 0 (nothing in common) to 100
    (the same words).
    """

    indicator_id: str
    name: str
    score: float


def nearest(name: str, known: Iterable[tuple[str, str]]) -> list[Candidate]:
    """Return the curated indicators nearest to `name`, nearest first, at most three.

    Args:
        name: a name as printed, on one line.
        known: (indicator_id, name) of curated names and aliases; an indicator may have several.
    """
    wanted = utils.default_process(name)
    best: dict[str, Candidate] = {}
    for indicator_id, known_name in known:
        score = round(_score(wanted, utils.default_process(known_name)), 1)
        held = best.get(indicator_id)
        if score >= LOWEST and (held is None or score > held.score):
            best[indicator_id] = Candidate(indicator_id, known_name, score)
    return sorted(best.values(), key=lambda found: (-found.score, found.indicator_id))[:SHOWN]


def _score(name: str, other: str) -> float:
    """Return the better of two readings: letter by letter, and with the words in order of ABC.

    The first finds spelling slips and endings, the second finds words that changed places.
    """
    letters = fuzz.ratio(name, other, score_cutoff=LOWEST)
    return max(letters, fuzz.token_sort_ratio(name, other, score_cutoff=max(LOWEST, letters)))


def differing_words(name: str, other: str) -> tuple[list[str], list[str]]:
    """Return the words that only `name` has and the words that only `other` has, in order.

    This is what a person has to weigh: a slip or an ending means the same, another client group or
    sender does not. Case and punctuation are left out.
    """
    words, other_words = (utils.default_process(text).split() for text in (name, other))
    return (
        [word for word in words if word not in other_words],
        [word for word in other_words if word not in words],
    )

"""Hypothesis strategies for reports and printed reports.

Belongs here: handing hypothesis's random source to the generator, so that failing reports shrink.
Does not belong here: the content (`content`).
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from generators import content
from generators.content import SMALL, Size
from generators.generate import LAYOUTS, Layout, Printed, show

if TYPE_CHECKING:
    from generators.model import Report


def reports(size: Size = SMALL) -> st.SearchStrategy[Report]:
    """Reports of at most `size`."""
    return st.randoms(use_true_random=False).map(lambda random: content.report(random, size))


@st.composite
def printed(draw: st.DrawFn, layouts: tuple[Layout, ...] = LAYOUTS, size: Size = SMALL) -> Printed:
    """Printed reports in one of `layouts`."""
    report = draw(reports(size))
    look = Random(draw(st.integers(0, 2**32)))
    return show(report, draw(st.sampled_from(layouts)), look)

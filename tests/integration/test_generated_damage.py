"""Damaged reports: the parser ends, in time that grows with the size, and returns or refuses."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import replace
from random import Random

import pytest

from generators.content import Size
from generators.found import parsed
from generators.generate import Layout, Printed, generate
from generators.mutate import damaged
from stadsdel.errors import ReportError

SIZE = Size(goals=1, tables=1, rows=4, sentences=1, units=1)


def _broken(seed: int, layout: Layout) -> Printed:
    whole = generate(seed, layout, SIZE)
    text = damaged(whole.text, Random(seed), count=1 + seed % 6)
    return replace(whole, data=text.encode())


@pytest.mark.parametrize("layout", ["a", "rules", "b"])
def test_damaged_text_is_parsed_or_refused(layout: Layout) -> None:
    for seed in range(80):
        try:
            report = parsed(_broken(seed, layout))
        except ReportError:
            continue
        assert report.lines is not None, seed


@pytest.mark.parametrize("at", [0.2, 0.5, 0.8, 0.99])
def test_a_cut_or_overwritten_pdf_is_parsed_or_refused(at: float) -> None:
    whole = generate(1, "pdf", SIZE)
    size = int(len(whole.data) * at)
    noise = Random(at).randbytes(200)
    for data in (whole.data[:size], whole.data[:size] + noise + whole.data[size + 200 :]):
        with suppress(ReportError):
            parsed(replace(whole, data=data))


@pytest.mark.parametrize("layout", ["a", "b"])
def test_time_grows_with_size_not_faster(layout: Layout) -> None:
    whole = generate(3, layout)

    def seconds(times: int) -> float:
        printed = replace(whole, data=whole.text.encode() * times)
        start = time.perf_counter()
        parsed(printed)
        return time.perf_counter() - start

    seconds(1)
    small, large = min(seconds(4) for _ in range(2)), min(seconds(32) for _ in range(2))
    # Eight times the text: 8 is linear, 64 quadratic; the margin is for a busy machine.
    assert large <= 20 * small

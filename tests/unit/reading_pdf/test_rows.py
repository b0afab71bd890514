"""Rows told by space alone."""

from __future__ import annotations

from stadsdel.reading.pdf.ink import Word
from stadsdel.reading.pdf.rows import rows_of
from stadsdel.reading.pdf.text import TextLine

HEIGHT = 10.0


def text(column: int, words: str, base: float) -> TextLine:
    """A line of print in a column; each column is a hundred points wide."""
    x0, x1, top = 100.0 * column, 100.0 * column + 5 * len(words), base - HEIGHT
    word = Word(words, x0, top, x1, base, x0 + 5, False, base - HEIGHT / 2, HEIGHT, base)
    return TextLine([word])


def rows(prints: list[tuple[float, dict[int, str]]], leading: float) -> list[tuple[int, int]]:
    cells = [{i: text(i, words, base) for i, words in line.items()} for base, line in prints]
    lines = [TextLine([piece.words[0] for piece in line.values()]) for line in cells]
    return rows_of(lines, cells, 3, leading)


def test_names_on_several_lines_are_rows_though_set_more_loosely_than_prose() -> None:
    name, rest = {0: "Andel barn i", 1: "1", 2: "2"}, {0: "stadens förskolor"}
    prints = [(0.0, name), (15.0, rest), (30.0, rest), (49.0, name), (64.0, rest), (83.0, name)]
    assert rows(prints, leading=0.0) == [(0, 3), (3, 5), (5, 6)]


def test_lines_with_a_name_and_values_each_are_rows() -> None:
    line = {0: "Andel", 1: "1", 2: "2"}
    prints = [(0.0, line), (15.0, line), (30.0, {0: "Investeringar"}), (45.0, line)]
    assert rows(prints, leading=0.0) == [(0, 1), (1, 2), (2, 3), (3, 4)]

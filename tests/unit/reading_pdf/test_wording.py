"""Whether a line of a cell ends inside a word: what the file's own lines tell of its producer."""

from __future__ import annotations

import pytest

from stadsdel.reading.pdf.ink import Word
from stadsdel.reading.pdf.text import Cell, TextLine, Wording

GLYPH, SPACE, SIZE = 5.0, 2.5, 10.0


def line(text: str, number: int = 0, *, spaced: bool = False) -> TextLine:
    """Return a line of words whose glyphs are all as wide."""
    words = []
    x = 0.0
    for printed in text.split(" "):
        end = x + GLYPH * len(printed)
        base = 12.0 * number
        words.append(
            Word(printed, x, base - 8, end, base + 2, x + GLYPH, False, base - 3, SIZE, base)
        )
        x = end + SPACE
    words[-1].spaced = spaced
    return TextLine(words)


def cell(*texts: str) -> Cell:
    return Cell([line(text, number) for number, text in enumerate(texts)], 0.0, 200.0)


def wording(*, overhanging: int, missing: int, fitting: int = 0) -> Wording:
    """Return what is known of a file by how its full lines end.

    Args:
        overhanging: lines with a drawn space that has no room.
        missing: lines without room for a space, and without one.
        fitting: lines with a drawn space that has room, where the next glyph has none.
    """
    found = Wording()
    for count, text, spaced, room in (
        (overhanging, "Andel barn", True, 49.5),
        (missing, "Andel barn", False, 49.5),
        (fitting, "Andel barn", True, 51.5),
    ):
        for _ in range(count):
            found.learn([line(text, 0, spaced=spaced), line("mår väl", 1)], room)
    found.learn([line("alla som upplever att miljön är god i parken")])
    return found


@pytest.mark.parametrize(
    ("file", "joined"),
    [
        (wording(overhanging=20, missing=2), True),  # a space is drawn wherever one is
        (wording(overhanging=2, missing=4, fitting=9), False),  # only where it fits
        (wording(overhanging=0, missing=9), False),
    ],
)
def test_a_full_line_of_known_words_ends_inside_one_only_where_all_spaces_are_drawn(
    file: Wording, joined: bool
) -> None:
    found = cell("som", "upplever").text(file, 15.5)
    assert found == ("somupplever" if joined else "som upplever")


def test_a_line_with_room_for_a_space_but_none_ends_inside_a_word() -> None:
    file = wording(overhanging=2, missing=4, fitting=9)
    assert cell("Stockholm", "arnas").text(file, 49.0) == "Stockholmarnas"


def test_a_word_behind_others_on_its_line_is_whole_and_one_alone_may_not_be() -> None:
    file = wording(overhanging=0, missing=9)
    for text in ("hållningar", "hållningen", "behållningen"):
        file.learn([line(text)])
    assert cell("av renhålln", "ingskvalitet").text(file, 54.0) == "av renhålln ingskvalitet"
    assert cell("renhålln", "ingskvalitet").text(file, 44.0) == "renhållningskvalitet"

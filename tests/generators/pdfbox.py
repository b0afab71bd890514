"""The text that PDFBox's PDFTextStripper takes out of a page, with its own rules for lines.

Belongs here: when a run starts a new line, when a blank line is written, where a space is put in.
The real layout-A files show these rules at work: a blank line where a new line starts further right
than the line before it (unless that line opened a paragraph), or where it lies far below.
Does not belong here: what stands on the pages (`typeset`).

Source: org.apache.pdfbox.text.PDFTextStripper, writePage and isParagraphSeparation, with its
default thresholds and without sorting by position.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generators.metrics import width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generators.typeset import Key, Page, Run

_DROP = 2.5  # of the line's height: further down starts a paragraph
_INDENT = 2.0  # spaces further right start a paragraph
_HEIGHT = 0.66  # glyph height as PDFBox reckons it for Arial and Times, of the size


def text(pages: Sequence[Page]) -> tuple[str, dict[Key, int]]:
    """Return the pages as one text, and the 1-based line on which each key first stands.

    Each page but its furniture begins with one space, the blank paragraph of its running head.
    """
    lines: list[str] = []
    first: dict[Key, int] = {}
    for page in pages:
        if page.furniture:
            lines.extend(page.furniture)
        else:
            lines.append("")
        start = len(lines) - 1
        for blank, run_line in _lines(page.runs):
            if len(lines) - 1 > start or page.furniture:
                if blank:
                    lines.append("")
                lines.append("")
            else:
                lines[-1] = " "
            for run in run_line:
                if run.key is not None and run.text.strip():
                    first.setdefault(run.key, len(lines))
            lines[-1] += _join(run_line)
            start = -1
    return "\n".join(lines) + "\n", first


def _join(runs: Sequence[Run]) -> str:
    """Join a line's runs; a gap where no space was drawn gets one."""
    joined = ""
    for run in runs:
        if joined and not joined.endswith(" "):
            joined += " "
        joined += run.text
    return joined


def _lines(runs: Sequence[Run]) -> list[tuple[bool, list[Run]]]:
    """Group runs into lines; each with whether a blank line precedes it."""
    lines: list[tuple[bool, list[Run]]] = []
    height = 0.0
    last: Run | None = None
    opened = hanging = False
    for run in runs:
        if last is None:
            lines.append((False, [run]))
            opened, hanging = True, False
        elif _overlap(run, last):
            lines[-1][1].append(run)
        else:
            start = lines[-1][1][0]
            blank, hanging = _separates(run, last, start, height, opened, hanging)
            opened = blank
            lines.append((blank, [run]))
            height = 0.0
        height = max(height, _HEIGHT * run.size)
        last = run
    return lines


def _overlap(run: Run, last: Run) -> bool:
    """Whether `run` stands on the line of the run before it: their glyphs overlap in height.

    The real headers show that a cell is compared with the cell before, not with the whole line:
    cells centred in their row climb half a line each and stay on one line.
    """
    above, below = sorted((run, last), key=lambda other: other.y)
    return below.y - _HEIGHT * below.size <= above.y


def _separates(
    run: Run, last: Run, start: Run, height: float, opened: bool, hanging: bool
) -> tuple[bool, bool]:
    """Whether `run` opens a paragraph, and whether it hangs under one.

    Args:
        run: first run of the new line.
        last: last run drawn.
        start: first run of the line before.
        height: height of the line before.
        opened: the line before opened a paragraph.
        hanging: the line before hangs.
    """
    space = width(" ", run.font, run.size)
    if abs(run.y - last.y) > _DROP * height:
        return True, False
    shift = run.x - start.x
    if shift > _INDENT * space:
        return (False, True) if opened else (True, False)
    if shift < -space:
        return not opened, False
    return False, hanging and abs(shift) < 0.25 * space

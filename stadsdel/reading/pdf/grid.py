"""Ruling lines to tables: which lines belong together, and which cells they enclose.

Belongs here: geometry of rules alone. Does not belong here: words (`text`), tables without
vertical rules (`bands`).

A table is a set of rules that touch. Its rows and columns are the spaces between all its rules; a
space that no rule divides from its neighbour is one cell with it, so a cell may span columns (the
analysis of a row) or rows.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from stadsdel.reading.pdf.ink import Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from stadsdel.reading.model import BBox

# Rules this near each other are one: both borders of two neighbouring cells. No column of text is
# narrower, no row lower, so nothing is lost.
_SAME_COLUMN = 5.0
_SAME_ROW = 3.0
# Pieces of one rule may stand this far apart (the corner squares between Word's borders).
_JOIN = 3.0
# A rule that ends this near another one touches it.
_TOUCH = 3.0
# White rules reach this far beyond the ground that they divide.
_OVERHANG = 5.0
# A rule divides two neighbours where it runs along this share of their common side.
_DIVIDES = 0.6


@dataclass(frozen=True, slots=True)
class Grid:
    """A table's rows and columns: `xs` and `ys` are their edges, ascending.

    `cells[row][column]` names the cell which that space belongs to by its first (row, column).
    `drawn` are those of `ys` at which there is a rule or shade.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[tuple[tuple[int, int], ...], ...]
    drawn: tuple[float, ...]

    @property
    def box(self) -> BBox:
        """The table's outer edges."""
        return (self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    @property
    def area(self) -> float:
        """The area of its box, in square points."""
        return (self.xs[-1] - self.xs[0]) * (self.ys[-1] - self.ys[0])

    @property
    def columns(self) -> int:
        """How many columns the table has."""
        return len(self.xs) - 1

    def cell_at(self, x: float, y: float) -> tuple[int, int]:
        """Return the cell that holds a point inside the table."""
        row = bisect_right(self.ys, y, 1, len(self.ys) - 1) - 1
        column = bisect_right(self.xs, x, 1, len(self.xs) - 1) - 1
        return self.cells[row][column]

    def span(self, cell: tuple[int, int]) -> tuple[int, int]:
        """Return the first column of a cell and the one behind its last."""
        row, column = cell
        end = column
        while end < self.columns and self.cells[row][end] == cell:
            end += 1
        return column, end


def grids(
    horizontal: Sequence[Rule], vertical: Sequence[Rule], grounds: Sequence[BBox] = ()
) -> list[Grid]:
    """Return the tables that a page's rules form, from top to bottom.

    A single box is returned as a grid of one cell: it may be the rest of the last page's table.
    `grounds` are shaded bands: the edges of one as wide as a table divide two of its rows, and all
    rules on one ground are one table's.
    """
    across = merged(horizontal, _SAME_ROW)
    along = merged(vertical, _SAME_COLUMN)
    sets = []
    for ground in _stacked(grounds):
        inside = _on_ground(ground, across, along)
        if inside is not None:
            sets.append(inside)
            across = [rule for rule in across if rule not in inside[0]]
            along = [rule for rule in along if rule not in inside[1]]
    shades = [Rule(at, x0, x1) for x0, top, x1, bottom in grounds for at in (top, bottom)]
    found = []
    for ys, xs in [*sets, *_touching(across, along)]:
        found += _split(_with_shades(ys, xs, shades), xs)
    return sorted(found, key=lambda grid: (grid.ys[0], grid.xs[0]))


def _stacked(grounds: Iterable[BBox]) -> list[BBox]:
    """Join shaded boxes of one width that stand on each other: a header's and its rows'."""
    found: list[BBox] = []
    for x0, top, x1, bottom in sorted(grounds, key=lambda box: box[1]):
        for i, (left, above, right, edge) in enumerate(found):
            if max(abs(left - x0), abs(right - x1), abs(edge - top)) <= _TOUCH:
                found[i] = (left, above, right, bottom)
                break
        else:
            found.append((x0, top, x1, bottom))
    return found


def _on_ground(
    ground: BBox, across: Iterable[Rule], along: Iterable[Rule]
) -> tuple[list[Rule], list[Rule]] | None:
    """Return the rules that divide a shaded box into cells; None where they do not.

    White ones leave tiles. Those down end at each text over all columns, and none go round it: only
    the ground tells that it is in the table.
    """
    x0, top, x1, bottom = ground
    rows = [
        rule
        for rule in across
        if top + _TOUCH < rule.at < bottom - _TOUCH
        and abs(rule.start - x0) <= _OVERHANG
        and abs(rule.end - x1) <= _OVERHANG
    ]
    columns = [
        rule
        for rule in along
        if x0 + _OVERHANG < rule.at < x1 - _OVERHANG
        and top - _OVERHANG <= rule.start
        and rule.end <= bottom + _OVERHANG
    ]
    if not rows or not columns:
        return None
    return [Rule(top, x0, x1), *rows, Rule(bottom, x0, x1)], columns


def merged(rules: Sequence[Rule], tolerance: float = _SAME_ROW) -> list[Rule]:
    """Join the rules of one line that touch end to end; `rules` are sorted by position."""
    lines: list[list[Rule]] = []
    for rule in rules:
        if lines and rule.at - lines[-1][0].at <= tolerance:
            lines[-1].append(rule)
        else:
            lines.append([rule])
    whole = []
    for line in lines:
        line.sort(key=lambda rule: rule.start)
        first, *rest = line
        at, start, end = [first.at], first.start, first.end
        for rule in rest:
            if rule.start <= end + _JOIN:
                at.append(rule.at)
                end = max(end, rule.end)
            else:
                whole.append(Rule(sum(at) / len(at), start, end))
                at, start, end = [rule.at], rule.start, rule.end
        whole.append(Rule(sum(at) / len(at), start, end))
    return whole


def _touching(across: Sequence[Rule], along: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Return the sets of rules that touch, each as (horizontal, vertical), both kinds present.

    A vertical rule that touches none stands in the frame round it, between two texts over all
    columns.
    """
    parent = list(range(len(across) + len(along)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for j, column in enumerate(along, len(across)):
        for i, row in enumerate(across):
            if row.at > column.end + _TOUCH:
                break
            if (
                row.at >= column.start - _TOUCH
                and row.start - _TOUCH <= column.at <= row.end + _TOUCH
            ):
                parent[root(i)] = root(j)
    sets: dict[int, tuple[list[Rule], list[Rule]]] = defaultdict(lambda: ([], []))
    for i, rule in enumerate((*across, *along)):
        sets[root(i)][i >= len(across)].append(rule)
    found = [both for both in sets.values() if both[0] and both[1]]
    loose = [rule for rows, columns in sets.values() if not rows for rule in columns]
    for _, columns in found:
        left, right = min(rule.at for rule in columns), max(rule.at for rule in columns)
        top, bottom = min(rule.start for rule in columns), max(rule.end for rule in columns)
        columns += [
            rule
            for rule in loose
            if left < rule.at < right and top < rule.start and rule.end < bottom + _TOUCH
        ]
    return found


def _with_shades(across: list[Rule], along: list[Rule], shades: Sequence[Rule]) -> list[Rule]:
    """Add the edges of shaded bands that reach over a whole table to its horizontal rules."""
    left, right = min(rule.start for rule in across), max(rule.end for rule in across)
    top, bottom = min(rule.start for rule in along), max(rule.end for rule in along)
    return across + [
        edge
        for edge in shades
        if top < edge.at < bottom
        and abs(edge.start - left) <= _TOUCH
        and abs(edge.end - right) <= _TOUCH
    ]


def _ends(across: list[Rule], along: list[Rule]) -> list[Rule]:
    """Return rules to add where inner ones down end together without one: there a row ends.

    That of a text over all columns, which has no rule over or under it.
    """
    left, right = min(rule.at for rule in along), max(rule.at for rule in along)
    top, bottom = min(rule.start for rule in along), max(rule.end for rule in along)
    found: list[Rule] = []
    inner = [rule for rule in along if left + _SAME_COLUMN < rule.at < right - _SAME_COLUMN]
    ends = sorted((at, rule.at) for rule in inner for at in (rule.start, rule.end))
    for (at, x), (following, other) in pairwise(ends):
        if (
            following - at <= _SAME_ROW < abs(other - x)
            and top + _SAME_ROW < at < bottom - _SAME_ROW
            and all(abs(rule.at - at) > 2 * _SAME_ROW for rule in (*across, *found))
        ):
            found.append(Rule(at, left, right))
    return found


def _split(across: list[Rule], along: list[Rule]) -> list[Grid]:
    """Make grids of one set of touching rules: several where tables of other columns touch."""
    drawn = _edges(across, along, _SAME_ROW)
    across = [*across, *_ends(across, along)]
    ys = _edges(across, along, _SAME_ROW)
    xs = _edges(along, across, _SAME_COLUMN)
    if len(ys) < 2 or len(xs) < 2:
        return []
    right = _walls(xs, ys, along, _SAME_COLUMN)  # per row: the column edges that divide
    below = _walls(ys, xs, across, _SAME_ROW)  # per column: the row edges that divide
    blocks: list[tuple[int, int, set[int]]] = []
    for row in range(len(ys) - 1):
        inner = right[row] - {0, len(xs) - 1}
        if blocks:
            start, _, known = blocks[-1]
            if inner <= known or known <= inner:
                blocks[-1] = (start, row + 1, known | inner)
                continue
        blocks.append((row, row + 1, inner))
    found = [_grid(xs, ys, right, below, start, end, known) for start, end, known in blocks]
    return [
        replace(grid, drawn=tuple(at for at in drawn if grid.ys[0] <= at <= grid.ys[-1]))
        for grid in found
    ]


def _edges(rules: Iterable[Rule], crossing: Iterable[Rule], tolerance: float) -> list[float]:
    """Return the positions of rules, closed by the ends of those that cross them.

    A table without its outer border still ends where its rules end.
    """
    crossing = list(crossing)
    ends = (min(rule.start for rule in crossing), max(rule.end for rule in crossing))
    edges: list[float] = []
    for at in sorted(rule.at for rule in rules):
        if not edges or at - edges[-1] > tolerance:
            edges.append(at)
    if ends[0] < edges[0] - tolerance:
        edges.insert(0, ends[0])
    if ends[1] > edges[-1] + tolerance:
        edges.append(ends[1])
    return edges


def _walls(
    edges: Sequence[float], bands: Sequence[float], rules: Iterable[Rule], tolerance: float
) -> list[set[int]]:
    """Return, for each band between two of `bands`, which of `edges` a rule runs along there."""
    length: dict[tuple[int, int], float] = defaultdict(float)
    for rule in rules:
        edge = bisect_right(edges, rule.at + 0.01) - 1
        if edge + 1 < len(edges) and abs(edges[edge + 1] - rule.at) < abs(edges[edge] - rule.at):
            edge += 1
        if abs(edges[edge] - rule.at) > tolerance:
            continue
        for band in range(max(bisect_right(bands, rule.start) - 1, 0), len(bands) - 1):
            if bands[band] >= rule.end:
                break
            overlap = min(rule.end, bands[band + 1]) - max(rule.start, bands[band])
            length[band, edge] += max(overlap, 0.0)
    walls: list[set[int]] = [set() for _ in range(len(bands) - 1)]
    for (band, edge), covered in length.items():
        if covered >= _DIVIDES * (bands[band + 1] - bands[band]):
            walls[band].add(edge)
    return walls


def _grid(
    xs: Sequence[float],
    ys: Sequence[float],
    right: Sequence[set[int]],
    below: Sequence[set[int]],
    start: int,
    end: int,
    inner: set[int],
) -> Grid:
    """Make the grid of some rows, with the columns that are divided in one of them."""
    edges = [0, *sorted(inner), len(xs) - 1]
    rows: list[tuple[tuple[int, int], ...]] = []
    for row in range(start, end):
        cells: list[tuple[int, int]] = []
        for column, (left, stop) in enumerate(pairwise(edges)):
            above = rows[-1] if rows else None
            if column and left not in right[row]:
                cell = cells[-1]
            elif above is not None and not any(row in below[x] for x in range(left, stop)):
                cell = above[column]
            else:
                cell = (row - start, column)
            cells.append(cell)
        rows.append(tuple(cells))
    heights = tuple(ys[start : end + 1])
    return Grid(tuple(xs[edge] for edge in edges), heights, tuple(rows), heights)

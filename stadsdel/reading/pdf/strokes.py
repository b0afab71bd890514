"""What a PDF page draws, taken from pdfium: ruling lines and shaded bands.

Belongs here: paths, also inside form XObjects, to plain rules and boxes. Does not belong here:
which tables they form (`grid`).
"""

from __future__ import annotations

import ctypes
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any

import pypdfium2.raw as pdfium

from stadsdel.reading.pdf.ink import AT, Frame, Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from stadsdel.reading.model import BBox

# A filled bar at most this thick is a rule; thicker ones are areas. A stroke is one up to half as
# thick again (pdfium makes its box wider by its width on each side), if it is straight.
_RULE_THICKNESS = 4.0
_STROKE_BOX, _STRAIGHT = 12.0, 0.1
# Shorter strokes are parts of letters, icons and the corner squares that Word puts between borders.
_RULE_LENGTH = 4.0
# One path of more pieces than this is a drawing (map, diagram), not a table's ruling.
_PATH_PIECES = 2_000
# A shaded band is an area at least this high and wide, drawn as a box: this many segments at most.
# Cells of one row stand this near each other, and their edges agree within this many points.
_BAND_HEIGHT, _BAND_WIDTH, _BOX_SEGMENTS = 6.0, 40.0, 6
_CELLS_APART, _SAME_BAND = 4.0, 1.0
_WHITE = 252  # the least tone, of 255, that cannot be told from white paper
# A picture over more than this share of a page is what the page shows.
_MOST_OF_PAGE = 0.5
# No page of tables paints more than this; a file that does is made to hang readers.
_PAGE_ITEMS = 50_000
# How deep form XObjects may lie in each other; a file that nests deeper is made to hang readers.
_FORM_DEPTH = 8


def rules_of(page: Any, frame: Frame) -> tuple[list[Rule], list[Rule], list[BBox]]:
    """Return the page's horizontal and vertical ruling lines, each sorted by position, and shades.

    Shades are the boxes of filled areas.
    """
    horizontal: list[Rule] = []
    vertical: list[Rule] = []
    areas: list[BBox] = []
    for path, matrix in _items(page, pdfium.FPDF_PAGEOBJ_PATH):
        strokes, area = _strokes(path)
        for left, bottom, right, top in strokes:
            if matrix is not None:
                left, bottom, right, top = _moved(matrix, left, bottom, right, top)
            x0, y0, x1, y1 = frame.box(left, bottom, right, top)
            wide, high = x1 - x0, y1 - y0
            if high <= _RULE_THICKNESS and wide >= _RULE_LENGTH and wide > 3 * high:
                horizontal.append(Rule((y0 + y1) / 2, x0, x1))
            elif wide <= _RULE_THICKNESS and high >= _RULE_LENGTH and high > 3 * wide:
                vertical.append(Rule((x0 + x1) / 2, y0, y1))
        if area is not None:
            areas.append(frame.box(*(_moved(matrix, *area) if matrix is not None else area)))
    horizontal.sort(key=AT)
    vertical.sort(key=AT)
    return horizontal, vertical, areas


def has_large_picture(page: Any, area: float) -> bool:
    """Tell whether a picture takes up most of a page of so many square points."""
    for picture, matrix in _items(page, pdfium.FPDF_PAGEOBJ_IMAGE):
        box = _bounds(picture)
        if box is not None:
            left, bottom, right, top = box if matrix is None else _moved(matrix, *box)
            if (right - left) * (top - bottom) > _MOST_OF_PAGE * area:
                return True
    return False


def shaded_bands(areas: list[BBox]) -> tuple[list[BBox], list[Rule]]:
    """Return the boxes of shaded bands, from top to bottom, and the seams within them.

    Each cell of a row may be shaded for itself: areas side by side, as high, are one band, and the
    seams between them, and their outer edges, divide columns.
    """
    rows: list[list[float]] = []
    edges: list[list[float]] = []  # of the areas in each row
    for x0, top, x1, bottom in sorted(areas, key=lambda area: (round(area[1]), area[0])):
        last = rows[-1] if rows else None
        if (
            last is not None
            and abs(last[1] - top) <= _SAME_BAND
            and abs(last[3] - bottom) <= _SAME_BAND
            and x0 <= last[2] + _CELLS_APART
        ):
            if x0 > last[2] - _CELLS_APART:
                edges[-1][-1] = (x0 + last[2]) / 2
                edges[-1].append(x1)
            last[2] = max(last[2], x1)
        else:
            rows.append([x0, top, x1, bottom])
            edges.append([x0, x1])
    bands = [
        (x0, top, x1, bottom)
        for x0, top, x1, bottom in rows
        if bottom - top >= _BAND_HEIGHT and x1 - x0 >= _BAND_WIDTH
    ]
    seams = [
        Rule(at, top, bottom)
        for (_, top, _, bottom), row in zip(rows, edges, strict=True)
        if len(row) > 2
        for at in row
    ]
    return bands, sorted(seams, key=AT)


_Matrix = tuple[float, float, float, float, float, float]


def _items(page: Any, kind: int) -> Iterator[tuple[Any, _Matrix | None]]:
    """Yield what of one kind a page paints, each with the matrix of the form it lies in."""
    found = (
        painted
        for i in range(pdfium.FPDFPage_CountObjects(page))
        for painted in _within(pdfium.FPDFPage_GetObject(page, i), None, 0)
    )
    for item, matrix in islice(found, _PAGE_ITEMS):
        if pdfium.FPDFPageObj_GetType(item) == kind:
            yield item, matrix


def _within(item: Any, matrix: _Matrix | None, depth: int) -> Iterator[tuple[Any, _Matrix | None]]:
    if pdfium.FPDFPageObj_GetType(item) != pdfium.FPDF_PAGEOBJ_FORM:
        yield item, matrix
    elif depth < _FORM_DEPTH:
        inner = _combined(_matrix(item), matrix)
        for i in range(pdfium.FPDFFormObj_CountObjects(item)):
            yield from _within(pdfium.FPDFFormObj_GetObject(item, i), inner, depth + 1)


def _bounds(item: Any) -> BBox | None:
    """Return the box (left, bottom, right, top) of what a page paints, in its own form's points."""
    x0, y0, x1, y1 = ctypes.c_float(), ctypes.c_float(), ctypes.c_float(), ctypes.c_float()
    if not pdfium.FPDFPageObj_GetBounds(item, x0, y0, x1, y1):
        return None
    return x0.value, y0.value, x1.value, y1.value


def _matrix(item: Any) -> _Matrix:
    m = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(item, m)
    return (m.a, m.b, m.c, m.d, m.e, m.f)


def _combined(inner: _Matrix, outer: _Matrix | None) -> _Matrix:
    if outer is None:
        return inner
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    )


def _moved(m: _Matrix, left: float, bottom: float, right: float, top: float) -> BBox:
    xs = (m[0] * left + m[2] * bottom, m[0] * right + m[2] * top)
    ys = (m[1] * left + m[3] * bottom, m[1] * right + m[3] * top)
    return (min(xs) + m[4], min(ys) + m[5], max(xs) + m[4], max(ys) + m[5])


def _strokes(path: Any) -> tuple[Iterable[BBox], BBox | None]:
    """Return the boxes (left, bottom, right, top) of what a path draws straight, and its area.

    A thin path is one rule, however it is made; of a larger stroked one every side is a rule. An
    area is what is filled with a colour and has the shape of a box.
    """
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
    if not fill.value and not stroke.value:
        return (), None  # a clipping path
    box = _bounds(path)
    if box is None:
        return (), None
    thickness = min(box[2] - box[0], box[3] - box[1])
    if thickness <= _RULE_THICKNESS:
        return (box,), None
    if stroke.value and thickness <= _STROKE_BOX:
        width = ctypes.c_float()
        pdfium.FPDFPageObj_GetStrokeWidth(path, width)
        if thickness - 2 * width.value <= _STRAIGHT:
            inset = width.value
            line = (box[0] + inset, box[1] + inset, box[2] - inset, box[3] - inset)
            return (line,), None
    count = pdfium.FPDFPath_CountSegments(path)
    area = box if fill.value and count <= _BOX_SEGMENTS and _is_coloured(path) else None
    if 2 < count <= _PATH_PIECES:
        return _sides(path, count, stroked=bool(stroke.value)), area
    return (), area


def _is_coloured(path: Any) -> bool:
    """Tell whether what a path fills can be seen on white paper."""
    colour = [ctypes.c_uint() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetFillColor(path, *colour):
        return False
    *tones, opacity = [part.value for part in colour]
    return opacity > 0 and min(tones) < _WHITE


def _sides(path: Any, count: int, *, stroked: bool) -> Iterator[BBox]:
    """Yield the straight sides of a stroked path, or the thin bars of a filled one."""
    a, b, c, d, e, f = _matrix(path)
    x, y = ctypes.c_float(), ctypes.c_float()
    outline: list[tuple[float, float]] = []
    outlines = [outline]
    for i in range(count):
        piece = pdfium.FPDFPath_GetPathSegment(path, i)
        kind = pdfium.FPDFPathSegment_GetType(piece)
        pdfium.FPDFPathSegment_GetPoint(piece, x, y)
        point = (a * x.value + c * y.value + e, b * x.value + d * y.value + f)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            outline = []
            outlines.append(outline)
        outline.append(point)
        if pdfium.FPDFPathSegment_GetClose(piece):
            outline.append(outline[0])
    for points in outlines:
        if stroked:
            for (x0, y0), (x1, y1) in pairwise(points):
                if abs(x1 - x0) < 0.5 or abs(y1 - y0) < 0.5:
                    yield min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
        elif points:
            xs, ys = [p[0] for p in points], [p[1] for p in points]
            yield min(xs), min(ys), max(xs), max(ys)

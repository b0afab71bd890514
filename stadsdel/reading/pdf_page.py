"""What a PDF page carries, taken from pdfium: words with boxes and ruling lines.

Belongs here: every call into pdfium below the level of the file, and nothing but plain values
coming out: words, rules, the page's size and turn. Does not belong here: what words and rules make
together (`pdf_grid`, `pdf_bands`, `pdf_text`) or the file's own errors (`pdf`).

All coordinates that leave this module are points from the upper left corner of the page turned so
that its text reads from left to right; `PageInk.shown` turns a box back to the page as displayed.

One call into pdfium costs about as much as all that Python does with one character, so positions
are asked for per word (its first and last glyph), not per character, and a word's other glyphs only
where the word runs across a ruling line.
"""

from __future__ import annotations

import ctypes
import math
import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from itertools import islice, pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import pypdfium2.raw as pdfium

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from stadsdel.reading.model import BBox

# pdfium writes a hyphen at a line's end as U+FFFE and leaves the line break out.
_LINE_END_HYPHEN = "\ufffe"
_TOKEN = re.compile(f"[^\\s{_LINE_END_HYPHEN}]+{_LINE_END_HYPHEN}?|{_LINE_END_HYPHEN}")
# Control characters, soft hyphens and private use (symbol fonts: status icons) are no text.
_NO_TEXT = re.compile("[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\ufeff\ue000-\uf8ff\ufffd]")

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
# No page of tables draws more paths than this; a file that does is made to hang readers.
_PAGE_PATHS = 50_000
# How deep form XObjects may lie in each other; a file that nests deeper is made to hang readers.
_FORM_DEPTH = 8
# A word straddles a ruling line that is this near to its inside, in points.
_STRADDLES = 1.0
# Words of one line nearer than this share of their height have no space between them.
_TOUCHING = 0.1
# A glyph this much lower than another, in points, is of smaller print.
_SMALLER = 0.5
# How many words are asked for their direction; the majority decides the page's.
_ANGLE_SAMPLES = 15


@dataclass(slots=True)
class Word:
    """A run of glyphs without a space.

    `first` is the right edge of its first glyph, `middle` the height of its own middle, `size` how
    high its print is: an accent may make the box of one glyph higher; `base` where its full-sized
    glyphs stand, not a lowered or raised figure.

    `spaced`: a space follows in the file's own text, which at a line's end tells a new word from a
    broken one in files whose producer draws such spaces.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    first: float
    spaced: bool
    middle: float
    size: float
    base: float


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruling line: its position across (y of a horizontal one) and where it starts and ends."""

    at: float
    start: float
    end: float


_AT = attrgetter("at")

# FPDFText_GetLooseCharBox with plain addresses for arguments: a third less time for each call.
_GLYPH_BOX = ctypes.PYFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)(
    ctypes.cast(pdfium.FPDFText_GetLooseCharBox, ctypes.c_void_p).value or 0
)


@dataclass(frozen=True, slots=True)
class PageInk:
    """One page's words and rules.

    `grounds` are the boxes of shaded bands, `shades` their upper and lower edges; `turn` is how the
    page as displayed stands to the text.
    """

    number: int
    width: float
    height: float
    words: list[Word]
    horizontal: list[Rule]
    vertical: list[Rule]
    grounds: list[BBox]
    turn: int = 0

    @property
    def shades(self) -> list[Rule]:
        """The upper and lower edges of shaded bands, from top to bottom."""
        edges = [Rule(at, x0, x1) for x0, top, x1, bottom in self.grounds for at in (top, bottom)]
        return sorted(edges, key=_AT)

    def shown(self, box: BBox) -> BBox:
        """Return a box of this page in points of the page as displayed."""
        x0, top, x1, bottom = box
        if self.turn == 90:  # the text runs upwards on the displayed page
            box = (top, self.width - x1, bottom, self.width - x0)
        elif self.turn == 180:
            box = (self.width - x1, self.height - bottom, self.width - x0, self.height - top)
        elif self.turn == 270:  # the text runs downwards
            box = (self.height - bottom, x0, self.height - top, x1)
        a, b, c, d = box
        return (round(a, 1), round(b, 1), round(c, 1), round(d, 1))


@dataclass(frozen=True, slots=True)
class _Frame:
    """Turns pdfium's page coordinates (y upwards, before rotation) into reading coordinates."""

    left: float
    bottom: float
    right: float
    top: float
    quarter: int  # 0, 1, 2, 3: the text's direction, in quarter turns to the left

    def box(self, left: float, bottom: float, right: float, top: float) -> BBox:
        if self.quarter == 0:
            return (left - self.left, self.top - top, right - self.left, self.top - bottom)
        if self.quarter == 1:
            return (bottom - self.bottom, left - self.left, top - self.bottom, right - self.left)
        if self.quarter == 2:
            return (self.right - right, bottom - self.bottom, self.right - left, top - self.bottom)
        return (self.top - top, self.right - right, self.top - bottom, self.right - left)

    def size(self) -> tuple[float, float]:
        size = (self.right - self.left, self.top - self.bottom)
        return size if self.quarter % 2 == 0 else (size[1], size[0])


def read_page(document: Any, index: int) -> PageInk | None:
    """Return what page `index` (from 0) of an open pdfium document carries.

    None where pdfium cannot load the page: the file is damaged.
    """
    page = pdfium.FPDF_LoadPage(document, index)
    if not page:
        return None
    try:
        text_page = pdfium.FPDFText_LoadPage(page)
        if not text_page:
            return None
        try:
            return _read(page, text_page, index)
        finally:
            pdfium.FPDFText_ClosePage(text_page)
    finally:
        pdfium.FPDF_ClosePage(page)


def _read(page: Any, text_page: Any, index: int) -> PageInk:
    bounds = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, bounds)
    text = _text(text_page)
    tokens = list(_TOKEN.finditer(text))
    quarter = _direction(text_page, tokens)
    frame = _Frame(bounds.left, bounds.bottom, bounds.right, bounds.top, quarter)
    horizontal, vertical, areas = _rules(page, frame)
    width, height = frame.size()
    return PageInk(
        number=index + 1,
        width=width,
        height=height,
        words=_words(text_page, text, tokens, frame, vertical),
        horizontal=horizontal,
        vertical=vertical,
        grounds=_bands(areas),
        turn=(quarter - pdfium.FPDFPage_GetRotation(page)) % 4 * 90,
    )


def _text(text_page: Any) -> str:
    """Return the page's text such that position i in it is pdfium's character i."""
    count = pdfium.FPDFText_CountChars(text_page)
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (count + 1))()
    pdfium.FPDFText_GetText(text_page, 0, count, buffer)
    text = bytes(buffer).decode("utf-16-le", "replace").rstrip("\x00")
    if len(text) == count:
        return text
    # Characters without a Unicode value are left out of the text above, and others may be two
    # units of it: then only asking for each keeps places and characters together.
    codes = (pdfium.FPDFText_GetUnicode(text_page, i) for i in range(count))
    return "".join(_LINE_END_HYPHEN if code == 2 else chr(code) for code in codes)


def _direction(text_page: Any, tokens: list[re.Match[str]]) -> int:
    """Return the direction of most words, in quarter turns to the left."""
    step = max(1, len(tokens) // _ANGLE_SAMPLES)
    votes = Counter(
        round(-pdfium.FPDFText_GetCharAngle(text_page, token.start()) / (math.pi / 2)) % 4
        for token in tokens[::step]  # pdfium's angles grow to the right
    )
    return votes.most_common(1)[0][0] if votes else 0


def _words(
    text_page: Any,
    text: str,
    tokens: list[re.Match[str]],
    frame: _Frame,
    vertical: list[Rule],
) -> list[Word]:
    spans = [token.span() for token in tokens]
    boxes = _edge_boxes(text_page, spans, frame)
    walls = [rule.at for rule in vertical]
    plain = not (_NO_TEXT.search(text) or _LINE_END_HYPHEN in text)
    words = []
    for (start, end), first, last in zip(spans, boxes[::2], boxes[1::2], strict=True):
        spaced = text[end : end + 1] == " "
        suspect = last[0] < first[0] or abs(last[1] - first[1]) > first[3] - first[1]
        at = bisect_left(walls, first[2] - _STRADDLES)
        while not suspect and at < len(walls) and walls[at] < last[0] + _STRADDLES:
            suspect = vertical[at].start <= first[3] and first[1] <= vertical[at].end
            at += 1
        pieces = [(start, end, first, last)]
        if suspect and end - start > 1:
            pieces = _pieces(text_page, start, end, frame, vertical)
        for begin, stop, head, tail in pieces:
            printed = text[begin:stop]
            if not plain:
                printed = _NO_TEXT.sub("", printed.replace(_LINE_END_HYPHEN, "-"))
                if not printed:
                    continue
            top = head[1] if head[1] < tail[1] else tail[1]
            bottom = head[3] if head[3] > tail[3] else tail[3]
            words.append(
                Word(
                    text=printed,
                    x0=head[0],
                    top=top,
                    x1=tail[2],
                    bottom=bottom,
                    first=head[2],
                    spaced=spaced and stop == end,
                    middle=(top + bottom) / 2,
                    size=min(head[3] - head[1], tail[3] - tail[1]),
                    base=tail[3] if tail[3] - tail[1] > head[3] - head[1] + _SMALLER else head[3],
                )
            )
    return _whole(words, vertical)


def _whole(words: list[Word], vertical: list[Rule]) -> list[Word]:
    """Join words that pdfium took apart: each begins where the one before ends.

    Where few glyphs stand on a page and each is placed for itself, pdfium takes them for a column.
    """
    if not words:
        return []
    whole = words[:1]
    for word in words[1:]:
        before = whole[-1]
        if not before.spaced and _touches(before, word) and not _divided(before, word, vertical):
            before.text += word.text
            before.x1 = word.x1
            before.size = min(before.size, word.size)
            before.spaced = word.spaced
        else:
            whole.append(word)
    return whole


def _touches(before: Word, word: Word) -> bool:
    """Tell whether a word of the same print follows another on its line without a space."""
    height = before.bottom - before.top
    return (
        abs(word.x0 - before.x1) < _TOUCHING * height
        and abs(word.bottom - before.bottom) < _TOUCHING * height
        and abs(word.top - before.top) < _TOUCHING * height
    )


def _divided(before: Word, word: Word, vertical: list[Rule]) -> bool:
    """Tell whether a ruling line stands where two words touch."""
    at = bisect_left(vertical, before.x1 - _STRADDLES, key=_AT)
    while at < len(vertical) and vertical[at].at < word.x0 + _STRADDLES:
        if vertical[at].start <= word.middle <= vertical[at].end:
            return True
        at += 1
    return False


def _edge_boxes(text_page: Any, spans: list[tuple[int, int]], frame: _Frame) -> list[BBox]:
    """Return the boxes of each token's first and last glyph, in turn."""
    buffer = (ctypes.c_float * (8 * len(spans)))()
    page = ctypes.cast(text_page, ctypes.c_void_p).value
    address = ctypes.addressof(buffer)
    for start, end in spans:
        _GLYPH_BOX(page, start, address)
        _GLYPH_BOX(page, end - 1, address + 16)
        address += 32
    edges = iter(memoryview(buffer).cast("B").cast("f").tolist())
    quads = zip(edges, edges, edges, edges, strict=True)  # left, top, right, bottom
    if frame.quarter == 0:
        dx, dy = frame.left, frame.top
        return [
            (left - dx, dy - top, right - dx, dy - bottom) for left, top, right, bottom in quads
        ]
    return [frame.box(left, bottom, right, top) for left, top, right, bottom in quads]


def _pieces(
    text_page: Any, start: int, end: int, frame: _Frame, vertical: list[Rule]
) -> list[tuple[int, int, BBox, BBox]]:
    """Split a token where it is really two: at a ruling line it straddles, or at a line's turn.

    pdfium joins what stands close: the right end of one cell and the left end of the next.
    """
    boxes = _edge_boxes(text_page, [(i, i + 1) for i in range(start, end)], frame)[::2]
    first, last = boxes[0], boxes[-1]
    height = first[3] - first[1]
    middle = (first[1] + first[3]) / 2
    walls = [
        rule.at
        for rule in vertical
        if first[2] - _STRADDLES <= rule.at <= last[0] + _STRADDLES
        and rule.start <= middle <= rule.end
    ]
    pieces: list[tuple[int, int, BBox, BBox]] = []
    begin = 0
    for i in range(1, len(boxes)):
        before, here = boxes[i - 1], boxes[i]
        across = here[0] - before[2] > 0.5 and any(
            before[2] - _STRADDLES <= at <= here[0] + _STRADDLES for at in walls
        )
        if across or here[0] < before[0] - 0.5 or abs(here[1] - before[1]) > height:
            pieces.append((start + begin, start + i, boxes[begin], before))
            begin = i
    pieces.append((start + begin, end, boxes[begin], boxes[-1]))
    return pieces


def _rules(page: Any, frame: _Frame) -> tuple[list[Rule], list[Rule], list[BBox]]:
    """Return the page's horizontal and vertical ruling lines, each sorted by position, and shades.

    Shades are the boxes of filled areas.
    """
    horizontal: list[Rule] = []
    vertical: list[Rule] = []
    areas: list[BBox] = []
    for path, matrix in _paths(page):
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
    horizontal.sort(key=_AT)
    vertical.sort(key=_AT)
    return horizontal, vertical, areas


def _bands(areas: list[BBox]) -> list[BBox]:
    """Return the boxes of shaded bands, from top to bottom.

    Each cell of a row may be shaded for itself: areas side by side, as high, are one band.
    """
    rows: list[list[float]] = []
    for x0, top, x1, bottom in sorted(areas, key=lambda area: (round(area[1]), area[0])):
        last = rows[-1] if rows else None
        if (
            last is not None
            and abs(last[1] - top) <= _SAME_BAND
            and abs(last[3] - bottom) <= _SAME_BAND
            and x0 <= last[2] + _CELLS_APART
        ):
            last[2] = max(last[2], x1)
        else:
            rows.append([x0, top, x1, bottom])
    return [
        (x0, top, x1, bottom)
        for x0, top, x1, bottom in rows
        if bottom - top >= _BAND_HEIGHT and x1 - x0 >= _BAND_WIDTH
    ]


_Matrix = tuple[float, float, float, float, float, float]


def _paths(page: Any) -> Iterator[tuple[Any, _Matrix | None]]:
    """Yield the painted paths of a page, each with the matrix of the form it lies in."""
    found = (
        path
        for i in range(pdfium.FPDFPage_CountObjects(page))
        for path in _within(pdfium.FPDFPage_GetObject(page, i), None, 0)
    )
    yield from islice(found, _PAGE_PATHS)


def _within(item: Any, matrix: _Matrix | None, depth: int) -> Iterator[tuple[Any, _Matrix | None]]:
    kind = pdfium.FPDFPageObj_GetType(item)
    if kind == pdfium.FPDF_PAGEOBJ_PATH:
        yield item, matrix
    elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _FORM_DEPTH:
        inner = _combined(_matrix(item), matrix)
        for i in range(pdfium.FPDFFormObj_CountObjects(item)):
            yield from _within(pdfium.FPDFFormObj_GetObject(item, i), inner, depth + 1)


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
    x0, y0, x1, y1 = ctypes.c_float(), ctypes.c_float(), ctypes.c_float(), ctypes.c_float()
    if not pdfium.FPDFPageObj_GetBounds(path, x0, y0, x1, y1):
        return (), None
    box = x0.value, y0.value, x1.value, y1.value
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

"""What a PDF page prints, taken from pdfium: words with boxes.

Belongs here: the page's text and where its words stand. Does not belong here: lines, cells, and
their text (`text`).

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
from typing import TYPE_CHECKING, Any

import pypdfium2.raw as pdfium

from stadsdel.reading.pdf.ink import AT, Word

if TYPE_CHECKING:
    from stadsdel.reading.model import BBox
    from stadsdel.reading.pdf.ink import Frame, Rule

# pdfium writes a hyphen at a line's end as U+FFFE and leaves the line break out.
_LINE_END_HYPHEN = "\ufffe"
Token = re.Match[str]
_TOKEN = re.compile(f"[^\\s{_LINE_END_HYPHEN}]+{_LINE_END_HYPHEN}?|{_LINE_END_HYPHEN}")
# Control characters, soft hyphens and private use (symbol fonts: status icons) are no text.
_NO_TEXT = re.compile("[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\ufeff\ue000-\uf8ff\ufffd]")
# A word straddles a ruling line that is this near to its inside, in points.
_STRADDLES = 1.0
# Words of one line nearer than this share of their height have no space between them.
_TOUCHING = 0.1
# The next word of a text is no further off than this share of a line's height.
_NEXT_WORD = 0.35
# A glyph this much lower than another, in points, is of smaller print.
_SMALLER = 0.5
# Boxes that differ by more than this share of their height are uneven; where more than this share
# of all words begin and end in such, boxes are tight.
_UNEVEN = 0.02
_TIGHT = 0.3
# Words that no text of some length does without.
_COMMON = frozenset({"och", "att", "av", "som"})
# What fonts allow above and below the line that print stands on, as shares of its size.
_ASCENT, _DESCENT = 0.92, 0.23
# How many words are asked for their direction; the majority decides the page's.
_ANGLE_SAMPLES = 15
# FPDFText_GetLooseCharBox with plain addresses for arguments: a third less time for each call.
_GLYPH_BOX = ctypes.PYFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)(
    ctypes.cast(pdfium.FPDFText_GetLooseCharBox, ctypes.c_void_p).value or 0
)
_IS_UNMAPPED = ctypes.PYFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int)(
    ctypes.cast(pdfium.FPDFText_HasUnicodeMapError, ctypes.c_void_p).value or 0
)


def text_of(text_page: Any) -> str:
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


def tokens_of(text: str) -> list[Token]:
    """Return where in a page's text its words are."""
    return list(_TOKEN.finditer(text))


def mapped(text_page: Any, tokens: list[Token]) -> tuple[list[Token], list[Token]]:
    """Divide words into those whose letters are known, and those of which only the shapes are.

    Where a font does not tell which letters its glyphs are, pdfium gives the glyphs' numbers. They
    may be the letters all the same: then common words are among them. Single such glyphs are icons
    and bullets.
    """
    page = ctypes.cast(text_page, ctypes.c_void_p).value
    lost = {
        token.start(): token
        for token in tokens
        if _IS_UNMAPPED(page, token.start()) and _IS_UNMAPPED(page, token.end() - 1)
    }
    if not lost or any(token.group() in _COMMON for token in lost.values()):
        return tokens, []
    known = [token for token in tokens if token.start() not in lost]
    return known, [token for token in lost.values() if len(token.group()) > 1]


def box_of(text_page: Any, tokens: list[Token], frame: Frame) -> BBox:
    """Return the box round words."""
    boxes = _edge_boxes(text_page, [token.span() for token in tokens], frame)
    x0, top, x1, bottom = zip(*boxes, strict=True)
    return min(x0), min(top), max(x1), max(bottom)


def direction_of(text_page: Any, tokens: list[Token]) -> int:
    """Return the direction of most words, in quarter turns to the left."""
    step = max(1, len(tokens) // _ANGLE_SAMPLES)
    votes = Counter(
        round(-pdfium.FPDFText_GetCharAngle(text_page, token.start()) / (math.pi / 2)) % 4
        for token in tokens[::step]  # pdfium's angles grow to the right
    )
    return votes.most_common(1)[0][0] if votes else 0


def words_of(
    text_page: Any,
    text: str,
    tokens: list[Token],
    frame: Frame,
    vertical: list[Rule],
) -> list[Word]:
    """Return a page's words.

    Args:
        text_page: pdfium's.
        text: the page's text, see `text_of`.
        tokens: where in it words are, see `tokens_of`.
        frame: turns pdfium's coordinates.
        vertical: the page's vertical rules and seams, which divide words that touch them.
    """
    if not tokens:
        return []
    spans = [token.span() for token in tokens]
    boxes = _edge_boxes(text_page, spans, frame)
    tight = _are_tight(boxes)
    if tight:
        boxes = _even(text_page, spans, frame, boxes)
    walls = [rule.at for rule in vertical]
    plain = not (_NO_TEXT.search(text) or _LINE_END_HYPHEN in text)
    words = []
    following = [*boxes[2::2], None]
    for (start, end), first, last, then in zip(
        spans, boxes[::2], boxes[1::2], following, strict=True
    ):
        spaced = text[end : end + 1] == " "
        if spaced and then is not None and _is_elsewhere(last, then):
            spaced = not pdfium.FPDFText_IsGenerated(text_page, end)
        suspect = last[0] < first[0] or abs(last[1] - first[1]) > first[3] - first[1]
        at = bisect_left(walls, first[2] - _STRADDLES)
        while not suspect and at < len(walls) and walls[at] < last[0] + _STRADDLES:
            suspect = vertical[at].start <= first[3] and first[1] <= vertical[at].end
            at += 1
        pieces = [(start, end, first, last)]
        if suspect and end - start > 1:
            glyphs = [(i, i + 1) for i in range(start, end)]
            single = _edge_boxes(text_page, glyphs, frame)
            if tight:
                single = _even(text_page, glyphs, frame, single)
            pieces = _pieces(start, end, single[::2], vertical)
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


def _is_elsewhere(last: BBox, following: BBox) -> bool:
    """Tell whether what follows a glyph in the page's text stands on another line or in a column.

    pdfium writes spaces of its own there, which are none that the file draws.
    """
    near = _NEXT_WORD * (last[3] - last[1])
    return not (abs(following[0] - last[2]) < near and abs(following[1] - last[1]) < near)


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
    at = bisect_left(vertical, before.x1 - _STRADDLES, key=AT)
    while at < len(vertical) and vertical[at].at < word.x0 + _STRADDLES:
        if vertical[at].start <= word.middle <= vertical[at].end:
            return True
        at += 1
    return False


def _edge_boxes(text_page: Any, spans: list[tuple[int, int]], frame: Frame) -> list[BBox]:
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


def _are_tight(boxes: list[BBox]) -> bool:
    """Tell whether boxes are as high as each glyph's ink, not as its font allows for all of them.

    pdfium's are where fonts do not tell how high they are, or too low, such as office suites embed.
    Then the first and the last glyph of many words differ in height.
    """
    uneven = sum(
        abs(first[1] - last[1]) + abs(first[3] - last[3]) > _UNEVEN * (first[3] - first[1])
        for first, last in zip(boxes[::2], boxes[1::2], strict=True)
    )
    return uneven > _TIGHT * (len(boxes) // 2)


def _even(
    text_page: Any, spans: list[tuple[int, int]], frame: Frame, boxes: list[BBox]
) -> list[BBox]:
    """Return boxes as high as their print is large, round the line that it stands on.

    They begin where the glyph's place begins, which is left of its ink.
    """
    found = []
    x, y, matrix = ctypes.c_double(), ctypes.c_double(), pdfium.FS_MATRIX()
    edges = (at for start, end in spans for at in (start, end - 1))
    for at, (x0, _, x1, _) in zip(edges, boxes, strict=True):
        pdfium.FPDFText_GetCharOrigin(text_page, at, x, y)
        pdfium.FPDFText_GetMatrix(text_page, at, matrix)
        size = pdfium.FPDFText_GetFontSize(text_page, at) * math.hypot(matrix.c, matrix.d)
        begin, base, _, _ = frame.box(x.value, y.value, x.value, y.value)
        found.append((min(x0, begin), base - _ASCENT * size, x1, base + _DESCENT * size))
    return found


def _pieces(
    start: int, end: int, boxes: list[BBox], vertical: list[Rule]
) -> list[tuple[int, int, BBox, BBox]]:
    """Split a token where it is really two: at a ruling line it straddles, or at a line's turn.

    pdfium joins what stands close: the right end of one cell and the left end of the next.
    """
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

"""Text and Markdown reports: bytes -> numbered lines, tab- and pipe-separated rows as cells.

Belongs here: decoding, line ends, Unicode composition, table rows that the file itself delimits.
Does not belong here: layout A's tables, whose cells only the content can tell apart
(`stadsdel.parsing.cells`).
"""

from __future__ import annotations

import codecs
import hashlib
import re
import unicodedata
from itertools import count, repeat
from typing import TYPE_CHECKING

from stadsdel.errors import ReportError
from stadsdel.reading.model import Document, Line

if TYPE_CHECKING:
    from pathlib import Path

    from stadsdel.reading.model import Layout

# "1.", a tab and text: an item of a list, and no row of a table.
_LIST_ITEM = re.compile(r"\s*(?:\d{1,2}[.)]|[a-z][.)]|[•·▪‣–-])\t[^\t]*")
_UNESCAPED_PIPE = re.compile(r"(?<!\\)\|")
# Two tabs make a table row; one alone is a line of a table of contents.
_TABS_OF_A_TABLE_ROW = 2
# No-break spaces part words and units as other spaces do; only within a number, and after its
# sign, do they tell what belongs together.
_NO_BREAK = "\u00a0\u202f"
_PLAIN_NO_BREAK = re.compile(
    rf"(?<![\d+−–-])[{_NO_BREAK}]|[{_NO_BREAK}](?!\d)|(?<=\d)[{_NO_BREAK}](?!\d{{3}}(?!\d))"
)
# Form feeds and other control characters that conversions leave behind; never content.
_CONTROLS = dict.fromkeys([*range(1, 9), 11, 12, *range(14, 32), 65279])
_CONTROL_BYTES = bytes([code for code in _CONTROLS if code < 128])


def read_text(path: Path, data: bytes) -> Document:
    """Return the document of a text file in UTF-8 (with or without BOM) or UTF-16 with BOM.

    Lines are numbered from 1 as an editor shows them. Text is composed to NFC, so that names
    compare equal however the file spells its letters, and no-break spaces are ordinary ones but
    within numbers.

    Raises:
        ReportError: bad_encoding, naming the byte and the line; not_a_report for binary data;
            empty_file where only white space is left.
    """
    text = _decode(path, data)
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    if "\ufeff" in text or len(data.translate(None, _CONTROL_BYTES)) < len(data):
        text = text.translate(_CONTROLS)
    if _NO_BREAK[0] in text or _NO_BREAK[1] in text:
        text = _PLAIN_NO_BREAK.sub(" ", text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise ReportError(
            path,
            "empty_file",
            "the file holds only white space",
            "Fetch the report again: the download or the conversion has failed.",
        )
    rows = text.split("\n")
    if not rows[-1]:
        rows.pop()
    cells = [_cells(row) if "\t" in row or "|" in row else None for row in rows]
    fields = zip(rows, cells, count(1), repeat(None), repeat(None))
    # As `_make` makes them, without a call in Python for each: there are thousands.
    lines = tuple(map(tuple.__new__, repeat(Line), fields))
    return Document(hashlib.sha256(data).hexdigest(), _layout(lines), lines)


def _decode(path: Path, data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    elif b"\x00" in data:
        raise _binary(path)
    else:
        encoding = "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ReportError(
            path,
            "bad_encoding",
            f"byte {error.start + 1:,} (line {line:,}) is not valid {encoding.split('-sig')[0]}",
            "Save the text as UTF-8; Swedish text from older systems is often Windows-1252.",
        ) from error
    if "\x00" in text:
        raise _binary(path)
    return text


def _binary(path: Path) -> ReportError:
    return ReportError(
        path,
        "not_a_report",
        "the file holds binary data, not text",
        "Give a report as PDF, text or Markdown.",
    )


def _cells(row: str) -> tuple[str, ...] | None:
    """Split a row that is delimited by tabs, or by pipes at both ends; None for running text."""
    if "\t" in row:
        return None if _LIST_ITEM.fullmatch(row) else tuple(row.split("\t"))
    inner = row.strip()
    if len(inner) > 2 and inner[0] == "|" and inner[-1] == "|":
        parts = _UNESCAPED_PIPE.split(inner)[1:-1]
        if len(parts) > 1:
            return tuple([part.strip().replace("\\|", "|") for part in parts])
    return None


def _layout(lines: tuple[Line, ...]) -> Layout:
    for line in lines:
        if line.cells is not None and len(line.cells) > _TABS_OF_A_TABLE_ROW:
            return "text-tabs"
    return "text-lines"

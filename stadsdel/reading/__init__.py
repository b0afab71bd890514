"""From a file to a document: numbered lines, with the cells a file keeps apart itself.

Belongs here: finding out what kind of file it is, encodings, the splitting of tables that the file
itself delimits (tabs, Markdown pipes, ruling lines of a PDF). Does not belong here: what a line
means (`stadsdel.parsing`).
"""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from stadsdel.errors import ReportError
from stadsdel.reading.model import Document, Line, Place
from stadsdel.reading.text import read_text

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["MAX_BYTES", "Document", "Line", "Place", "read", "too_large"]

# The largest reports known are PDFs of some ten megabytes; a file beyond this is no report, and
# reading it would let one file take the memory of the whole refresh.
MAX_BYTES = 64 * 2**20

# A PDF may carry up to 1,024 bytes before its signature (ISO 32000-1, implementation note 13).
_PDF_SIGNATURE_WITHIN = 1024


def read(path: Path) -> Document:
    """Read a report file of any supported kind; the content decides which, never the name.

    Raises:
        ReportError: unreadable, not_a_file, too_large, empty_file, bad_encoding, not_a_report
            (binary data), or for PDF encrypted, no_text_layer, damaged.
    """
    try:
        data = _contents(path)
    except OSError as error:
        raise ReportError(
            path,
            "unreadable",
            f"the file cannot be read ({error.strerror or error})",
            "Check that it exists, is a file and that you may read it.",
        ) from error
    if not data.strip():
        raise ReportError(
            path,
            "empty_file",
            "the file is empty",
            "Fetch the report again: the download or the conversion has failed.",
        )
    if b"%PDF-" in data[:_PDF_SIGNATURE_WITHIN]:
        from stadsdel.reading.pdf import read_pdf  # pypdfium2 is slow to import

        return read_pdf(path, data)
    return read_text(path, data)


def too_large(path: Path, size: int) -> ReportError:
    """Return the error for a file of `size` bytes, which is more than a report can have."""
    return ReportError(
        path,
        "too_large",
        f"it is {size / 2**20:,.0f} MiB, and reports are at most {MAX_BYTES // 2**20} MiB",
        "Check that it is one report.",
    )


def _contents(path: Path) -> bytes:
    """Return a file's bytes; what is no ordinary file or too large is not read.

    Raises:
        ReportError: not_a_file or too_large.
        OSError: the file cannot be read.
    """
    # a pipe that nobody writes to is not waited for
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK), "rb") as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise ReportError(
                path, "not_a_file", "it is no ordinary file", "Give the report itself."
            )
        data = file.read(MAX_BYTES + 1)  # the file may be growing
    if len(data) > MAX_BYTES:
        raise too_large(path, max(status.st_size, len(data)))
    return data

"""From a file to a document: numbered lines, with the cells a file keeps apart itself.

Belongs here: finding out what kind of file it is, encodings, the splitting of tables that the file
itself delimits (tabs, Markdown pipes, ruling lines of a PDF). Does not belong here: what a line
means (`stadsdel.parsing`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from stadsdel.errors import ReportError
from stadsdel.reading.model import Document, Line, Place
from stadsdel.reading.text import read_text

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Document", "Line", "Place", "read"]

# A PDF may carry up to 1,024 bytes before its signature (ISO 32000-1, implementation note 13).
_PDF_SIGNATURE_WITHIN = 1024


def read(path: Path) -> Document:
    """Read a report file of any supported kind; the content decides which, never the name.

    Raises:
        ReportError: unreadable, empty_file, bad_encoding, not_a_report (binary data), or for PDF
            encrypted, no_text_layer, damaged.
    """
    try:
        data = path.read_bytes()
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

"""Errors that a person can act on. Each names the file or place and says what to do."""

from __future__ import annotations

import os
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def printable(path: Path) -> str:
    """Return a path in which bytes that are no text, and what steers a terminal, are escaped."""
    text = os.fsencode(path).decode("utf-8", "backslashreplace")
    return "".join(
        sign.encode("unicode_escape").decode() if unicodedata.category(sign) == "Cc" else sign
        for sign in text
    )


class StadsdelError(Exception):
    """Base of every error this project raises on purpose; the CLI prints its message alone."""


class ReportError(StadsdelError):
    """A file cannot be taken in as a report; the message shows its name as `printable` does.

    `code` is stable and machine-readable: not_a_report, unknown_district, empty_file,
    bad_encoding, no_year, no_report_type, encrypted, no_text_layer, damaged, unreadable,
    too_large, not_a_file, bad_name, changing, timeout, parser_failed, district_did_not_exist,
    source_gone.
    """

    def __init__(self, path: Path, code: str, reason: str, advice: str) -> None:
        """Build the message "<file>: <reason>. <advice>"."""
        super().__init__(f"{printable(path)}: {reason}. {advice}")
        self.path = path
        self.code = code
        self.reason = reason
        self.advice = advice

    def __reduce__(self) -> tuple[type[ReportError], tuple[Path, str, str, str]]:
        """Let the error cross from the process that read the file."""
        return ReportError, (self.path, self.code, self.reason, self.advice)

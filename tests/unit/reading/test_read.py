"""A file's kind is told by its content, and what cannot be read says why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from stadsdel import reading
from stadsdel.errors import ReportError

if TYPE_CHECKING:
    from pathlib import Path


def code(path: Path) -> str:
    with pytest.raises(ReportError) as raised:
        reading.read(path)
    assert str(path) in str(raised.value)
    return raised.value.code


def test_missing_file(tmp_path: Path) -> None:
    assert code(tmp_path / "saknas.txt") == "unreadable"


def test_folder(tmp_path: Path) -> None:
    assert code(tmp_path) == "unreadable"


@pytest.mark.parametrize("data", [b"", b"\n \n"])
def test_empty_file(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "tom.txt"
    path.write_bytes(data)
    assert code(path) == "empty_file"


@pytest.mark.parametrize("name", ["bild.txt", "bild.pdf", "bild"])
def test_binary_file(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
    assert code(path) == "not_a_report"


def test_text_is_text_whatever_its_name(tmp_path: Path) -> None:
    path = tmp_path / "rapport.pdf"
    path.write_text("Årsmål\n", encoding="utf-8")
    assert reading.read(path).layout == "text-lines"


def test_pdf_is_a_pdf_whatever_its_name(tmp_path: Path) -> None:
    path = tmp_path / "rapport.txt"
    path.write_bytes(b"\n%PDF-1.7\nno more than this")
    assert code(path) == "damaged"

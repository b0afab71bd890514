"""A file's kind is told by its content, and what cannot be read says why."""

from __future__ import annotations

import os
import resource
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


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert code(tmp_path / "pipe.txt") == "not_a_file"


def test_a_text_of_200_megabytes_is_refused_and_not_held_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    line = b"Andel nojda 85 % 84 % 86 % 85 % 85 % 2022\n"
    with path.open("wb") as file:
        for _ in range(200):
            file.write(line * (2**20 // len(line)))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert code(path) == "too_large"
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert used < 2 * reading.MAX_BYTES / 2**10

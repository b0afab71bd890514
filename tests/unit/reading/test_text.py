"""Text files: encodings, line ends, and the cells that a file keeps apart itself."""

from __future__ import annotations

import codecs
import hashlib
import unicodedata
from pathlib import Path

import pytest

from stadsdel.errors import ReportError
from stadsdel.reading.model import Place
from stadsdel.reading.text import read_text

PATH = Path("report.txt")


def texts(data: bytes) -> list[str]:
    return [line.text for line in read_text(PATH, data).lines]


def error(data: bytes) -> ReportError:
    with pytest.raises(ReportError) as raised:
        read_text(PATH, data)
    return raised.value


@pytest.mark.parametrize(
    "data",
    [
        "Årsmål\nÖkning".encode(),
        "Årsmål\nÖkning".encode("utf-8-sig"),
        "Årsmål\nÖkning".encode("utf-16"),
        codecs.BOM_UTF16_BE + "Årsmål\nÖkning".encode("utf-16-be"),
        unicodedata.normalize("NFD", "Årsmål\nÖkning").encode(),
    ],
    ids=["utf-8", "utf-8 with BOM", "utf-16 le", "utf-16 be", "decomposed"],
)
def test_encodings_give_the_same_text(data: bytes) -> None:
    assert texts(data) == ["Årsmål", "Ökning"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends(end: str) -> None:
    assert texts(f"en {end}{end}två{end}".encode()) == ["en ", "", "två"]


def test_lines_are_numbered_from_one_and_keep_their_spaces() -> None:
    lines = read_text(PATH, b"  en \n \n\ntv\xc3\xa5").lines
    assert [(line.place, line.text) for line in lines] == [
        (Place(1), "  en "),
        (Place(2), " "),
        (Place(3), ""),
        (Place(4), "två"),
    ]


def test_invalid_byte_names_the_byte_and_the_line() -> None:
    found = error("första\nandra\n".encode() + b"\xe5rsm\xe5l")
    assert found.code == "bad_encoding"
    assert "byte 15 (line 3)" in found.reason
    assert "UTF-8" in found.advice


def test_truncated_utf_16_is_a_bad_encoding() -> None:
    found = error("Årsmål".encode("utf-16")[:-1])
    assert found.code == "bad_encoding"
    assert "utf-16" in found.reason


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_nul_character_is_binary_data_in_any_encoding(encoding: str) -> None:
    with pytest.raises(ReportError) as caught:
        read_text(Path("report.txt"), "Andel\x00 85 %".encode(encoding))
    assert caught.value.code == "not_a_report"


def test_binary_data_is_not_a_report() -> None:
    assert error(b"PK\x03\x04\x00\x00\x08").code == "not_a_report"


@pytest.mark.parametrize("data", [b"  \n \n", "\ufeff\n".encode(), b"\x0c\n\x0c"])
def test_white_space_alone_is_an_empty_file(data: bytes) -> None:
    assert error(data).code == "empty_file"


def test_control_characters_of_a_conversion_are_dropped() -> None:
    assert texts(b"en\x0c\ntv\x02\xc3\xa5") == ["en", "två"]


def test_key_is_the_digest_of_the_bytes_as_they_are() -> None:
    data = "Årsmål\r\n".encode("utf-8-sig")
    assert read_text(PATH, data).sha256 == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ("Andel nöjda\t72 %\t\t2020", ("Andel nöjda", "72 %", "", "2020")),
        ("Innehåll\t3", ("Innehåll", "3")),
        ("\tAnalys\t", ("", "Analys", "")),
        ("| Andel nöjda | 72 % |  | 2020 |", ("Andel nöjda", "72 %", "", "2020")),
        ("  | a | b |  ", ("a", "b")),
        (r"| a \| b | c |", ("a | b", "c")),
        ("|---|:--:|", ("---", ":--:")),
        ("a | b", None),
        ("| a | b", None),
        ("|a|", None),
        ("Antal barn 15 16", None),
    ],
)
def test_cells(row: str, cells: tuple[str, ...] | None) -> None:
    (line,) = read_text(PATH, row.encode()).lines
    assert line.cells == cells


@pytest.mark.parametrize(
    ("text", "layout"),
    [
        ("Indikator\tUtfall\tÅrsmål", "text-tabs"),
        ("| Indikator | Utfall | Årsmål |", "text-tabs"),
        ("Innehåll\t3", "text-lines"),
        ("Indikator Utfall Årsmål ", "text-lines"),
    ],
)
def test_layout(text: str, layout: str) -> None:
    assert read_text(PATH, text.encode()).layout == layout


def test_no_break_spaces_are_plain_but_within_numbers() -> None:
    text = "98\u00a0% 9\u00a0000\u00a0st −\u00a0850 Tertial\u00a02\u00a02022"
    assert texts(text.encode()) == ["98 % 9\u00a0000 st −\u00a0850 Tertial 2 2022"]


def test_item_of_a_list_is_no_row_of_cells() -> None:
    printed = "1.\tNämnden godkänner förslaget.\n•\tFler får plats\nIndikator\tÅrsmål\n".encode()
    found = read_text(PATH, printed)
    assert [line.cells for line in found.lines] == [None, None, ("Indikator", "Årsmål")]

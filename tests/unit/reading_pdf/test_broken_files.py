"""Files that cannot be read: each names what is wrong, and none hangs or crashes the reader."""

from __future__ import annotations

import contextlib
import re
import zlib
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption

from printing import drawn, tables
from stadsdel.errors import ReportError
from stadsdel.reading import read as read_file
from stadsdel.reading.pdf import file, read_pdf, strokes

if TYPE_CHECKING:
    from collections.abc import Callable

    from stadsdel.reading.model import Document

TEXT = ["Verksamhetsberättelse 2022 för Kungsholmens stadsdelsnämnd"] * 3


def code_of(data: bytes) -> str:
    with pytest.raises(ReportError) as caught:
        read_pdf(Path("report.pdf"), data)
    assert "report.pdf" in str(caught.value)
    return caught.value.code


def whole() -> bytes:
    return drawn.pdf(*[lambda canvas: drawn.lines(canvas, 50, 100, TEXT)] * 3)


def encrypted(user: str) -> bytes:
    encryption = StandardEncryption(user, ownerPassword="owner", canPrint=0)
    return drawn.pdf(lambda canvas: drawn.lines(canvas, 50, 100, TEXT), encrypt=encryption)


def test_a_file_behind_a_password_is_encrypted() -> None:
    assert code_of(encrypted("secret")) == "encrypted"


def test_a_file_that_only_forbids_printing_is_read() -> None:
    document = read_pdf(Path("report.pdf"), encrypted(""))
    assert document.lines[0].text.strip() == TEXT[0]


def test_pictures_of_pages_have_no_text_layer() -> None:
    data = drawn.pdf(lambda canvas: canvas.rect(10, 10, 400, 600, fill=1))
    assert code_of(data) == "no_text_layer"


def test_stamps_on_scanned_pages_are_no_text_layer() -> None:
    data = drawn.pdf(*[lambda canvas: drawn.lines(canvas, 500, 30, ["Sid 1 (9)"])] * 5)
    assert code_of(data) == "no_text_layer"


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_file_cut_short_is_damaged(share: float) -> None:
    data = whole()
    assert code_of(data[: int(len(data) * share)]) == "damaged"


def test_a_signature_alone_is_damaged() -> None:
    assert code_of(b"%PDF-1.4\n") == "damaged"
    assert code_of(b"%PDF-1.4\n%%EOF") == "damaged"


def test_a_file_of_too_many_pages_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file, "MAX_PAGES", 2)
    monkeypatch.setattr(file, "read_page", None)
    assert code_of(whole()) == "too_large"


def test_a_page_that_is_not_there_is_damaged() -> None:
    assert code_of(re.sub(rb"/Count 3", b"/Count 9", whole())) == "damaged"


def test_reading_a_file_finds_out_that_it_is_a_pdf(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"  # the name means nothing
    path.write_bytes(whole())
    document = read_file(path)
    assert (document.layout, document.pages) == ("pdf", 3)


def test_random_damage_never_raises_anything_else() -> None:
    random = Random(4)
    content = [tables.table(random, rows=3)]
    data = tables.file_of(content, tables.look(random), random)
    for _ in range(60):
        broken = bytearray(data)
        for _ in range(random.randint(1, 20)):
            broken[random.randrange(len(broken))] = random.randrange(256)
        with contextlib.suppress(ReportError):
            read_pdf(Path("report.pdf"), bytes(broken))


def raw_pdf(content: bytes, extra: bytes = b"") -> bytes:
    """Return a one-page PDF with a content stream of one's own (pdfium finds the objects)."""
    packed = zlib.compress(content)
    return b"\n".join(
        (
            b"%PDF-1.4",
            b"1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj",
            b"2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1>> endobj",
            b"3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
            b" /Resources <</Font <</F 5 0 R>> /XObject <</X 6 0 R>>>>>> endobj",
            b"4 0 obj <</Filter /FlateDecode /Length %d>> stream" % len(packed),
            packed,
            b"endstream endobj",
            b"5 0 obj <</Type /Font /Subtype /Type1 /BaseFont /Helvetica>> endobj",
            extra,
            b"trailer <</Root 1 0 R>>",
            b"%%EOF",
        )
    )


def words(read: Callable[[bytes], Document], data: bytes) -> str:
    return " ".join(line.text for line in read(data).lines)


def test_a_form_inside_itself_ends(read: Callable[[bytes], Document]) -> None:
    form = (
        b"6 0 obj <</Type /XObject /Subtype /Form /BBox [0 0 595 842]"
        b" /Resources <</XObject <</X 6 0 R>>>> /Length 5>> stream\n/X Do\nendstream endobj"
    )
    content = b"BT /F 9 Tf 50 700 Td (Verksamhet i forskolan) Tj ET /X Do"
    assert "forskolan" in words(read, raw_pdf(content, form))


def test_a_drawing_of_very_many_lines_is_no_table(read: Callable[[bytes], Document]) -> None:
    random = Random(1)
    path = b" ".join(
        b"%d %d m %d %d l" % tuple(random.randrange(600) for _ in range(4)) for _ in range(50_000)
    )
    content = b"BT /F 9 Tf 50 700 Td (Verksamhet i forskolan) Tj ET " + path + b" S"
    assert "forskolan" in words(read, raw_pdf(content))


def test_very_many_single_rules_end(read: Callable[[bytes], Document]) -> None:
    rules = b" ".join(b"%d %d m %d %d l S" % (x, 0, x, 800) for x in range(595)) + b" "
    rules += b" ".join(b"0 %d m 595 %d l S" % (y, y) for y in range(842))
    content = b"BT /F 9 Tf 50 700 Td (Verksamhet i forskolan) Tj ET " + rules * 5
    assert "forskolan" in words(read, raw_pdf(content)).replace("\t", "")


def test_a_small_file_that_unpacks_to_very_many_paths_ends(
    read: Callable[[bytes], Document], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Few bytes may hold millions of strokes; those beyond a page's fill are not looked at."""
    monkeypatch.setattr(strokes, "_PAGE_ITEMS", 100)
    looked_at = []
    monkeypatch.setattr(strokes, "_strokes", lambda path: looked_at.append(path) or ((), None))
    content = b"0 0 m 9 9 l S " * 5_000 + b"BT /F 9 Tf 50 700 Td (Verksamhet i forskolan) Tj ET"
    assert "forskolan" in words(read, raw_pdf(content))
    assert len(looked_at) == 100


def test_a_stream_that_unpacks_to_nothing_but_space_has_no_text() -> None:
    assert code_of(raw_pdf(b" " * (8 << 20))) == "no_text_layer"

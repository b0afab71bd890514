"""Toy reports: the first line is "stadsdel year type", each further line an indicator's name."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from stadsdel import parsing, reading
from stadsdel.errors import ReportError
from stadsdel.parsing.model import Identity, IndicatorRow, ParsedReport
from stadsdel.reading.model import Document, Line
from stadsdel.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    reports = tmp_path / "reports"
    reports.mkdir()
    return Workspace.at([reports], tmp_path / "state", tmp_path / "warehouse.duckdb")


@pytest.fixture
def parsed_paths(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Replace reading and parsing by those of toy reports; the list grows by each parsed path."""
    paths: list[Path] = []

    def read(path: Path) -> Document:
        data = path.read_bytes()
        lines = data.decode().splitlines()
        return Document(
            sha256=hashlib.sha256(data).hexdigest(),
            layout="text-lines",
            lines=tuple(Line(text, number=n) for n, text in enumerate(lines, start=1)),
        )

    def parse(document: Document, path: Path) -> ParsedReport:
        paths.append(path)
        if not document.lines:
            raise ReportError(path, "empty_file", "the file is empty", "Check it.")
        stadsdel_id, year, report_type = document.lines[0].text.split()
        if report_type == "boom":
            raise RuntimeError("unforeseen")
        return ParsedReport(
            identity=Identity(stadsdel_id, int(year), report_type),
            sha256=document.sha256,
            layout=document.layout,
            lines=len(document.lines),
            pages=None,
            indicators=tuple(
                IndicatorRow(line.place, 1, None, None, None, line.text, outcome="3,3 %")
                for line in document.lines[1:]
            ),
        )

    monkeypatch.setattr(reading, "read", read, raising=False)
    monkeypatch.setattr(parsing, "parse", parse, raising=False)
    monkeypatch.setattr(parsing, "PARSER_VERSION", 1, raising=False)
    return paths

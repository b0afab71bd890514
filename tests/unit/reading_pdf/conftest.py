from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from stadsdel.reading.pdf import read_pdf

if TYPE_CHECKING:
    from collections.abc import Callable

    from stadsdel.reading.model import Document


@pytest.fixture
def read() -> Callable[[bytes], Document]:
    return lambda data: read_pdf(Path("report.pdf"), data)


@pytest.fixture
def cells(read: Callable[[bytes], Document]) -> Callable[[bytes], list[tuple[str, ...]]]:
    """Read a PDF's table rows alone."""
    return lambda data: [line.cells for line in read(data).lines if line.cells is not None]

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from stadsdel import project

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def lists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a copy of the curated lists in the place of the project's own; return its folder."""
    copy = tmp_path / "project"
    for folder in ("seeds", "macros"):
        shutil.copytree(project.root() / folder, copy / folder)
    monkeypatch.setattr(project, "root", lambda: copy)
    return copy / "seeds"

"""What a published warehouse was made of, as one short text that changes when any of it does.

Belongs here: what counts as input: the reports' contents, this package's code, the project's SQL,
seeds and suites, and the engines that run them. Does not belong here: where the last fingerprint
is kept (`stadsdel.publication`).
"""

from __future__ import annotations

import hashlib
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

import stadsdel
from stadsdel import project
from stadsdel.parsing import PARSER_VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable

    from stadsdel.intake import Survey

_ENGINES = ("dagster-dbt", "dbt-core", "dbt-duckdb", "duckdb", "great-expectations", "polars")
_DBT_PARTS = ("dbt_project.yml", "profiles.yml", "macros", "models", "seeds", "tests/dbt")


def versions() -> dict[str, str]:
    """Return the version of this package, of its parser and of every engine it runs."""
    engines = {name: metadata.version(name) for name in _ENGINES}
    return {"stadsdel": stadsdel.__version__, "parser": str(PARSER_VERSION), **engines}


def of_dbt_project() -> str:
    """Return the fingerprint of the dbt project and of the dbt that reads it."""
    root = project.root()
    engines = [f"{name} {version}" for name, version in versions().items() if "dbt" in name]
    return _digest([str(root), *engines, *(_contents(root / part) for part in _DBT_PARTS)])


def of_refresh(survey: Survey) -> str:
    """Return the fingerprint of all that a refresh of these files would make its warehouse from."""
    package = Path(stadsdel.__file__).parent
    return _digest(
        [
            *sorted(candidate.sha256 for candidate in survey.candidates),
            *sorted(str(error) for error in survey.refused),
            *(f"{name} {version}" for name, version in versions().items()),
            of_dbt_project(),
            _contents(project.root() / "expectations"),
            _contents(package, "*.py"),
            _contents(package.parent / "dagster_project", "*.py"),
        ]
    )


def _contents(path: Path, pattern: str = "*") -> str:
    """Return a digest of the names and contents of the files at or below `path`."""
    found = sorted(path.rglob(pattern)) if path.is_dir() else [path]
    return _digest(
        f"{file.relative_to(path)} {hashlib.sha256(file.read_bytes()).hexdigest()}"
        for file in found
        if file.is_file()
    )


def _digest(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()

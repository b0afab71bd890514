"""Two lists beside the lake: the report contents that count, and the files set aside.

The ledger keeps the order in which contents first arrived, for of two editions of a report the
one that arrived later wins in the marts. Both lists are replaced in one step.

Belongs here: the two lists' columns and how they are read and written. Does not belong here: who
gets on them (`stadsdel.landing`).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from stadsdel import files
from stadsdel.errors import StadsdelError, printable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    import polars as pl

    from stadsdel.errors import ReportError


@dataclass(frozen=True, slots=True)
class Entry:
    """A report content that counts. `path` is where it was last seen."""

    sha256: str
    file_name: str
    landing_number: int
    size_bytes: int
    landed_at: datetime
    path: str


@dataclass(frozen=True, slots=True)
class SetAside:
    """A file that was not taken in: why (`code`, `reason`) and what to do (`advice`)."""

    path: str
    file_name: str
    sha256: str | None
    code: str
    reason: str
    advice: str

    def __str__(self) -> str:
        """Return one sentence: which file, why, and what to do."""
        return f"{self.path}: {self.reason}. {self.advice}"

    @classmethod
    def because(cls, error: ReportError, sha256: str | None) -> SetAside:
        """Return the entry for a file that could not be taken in."""
        return cls(
            path=printable(error.path),
            file_name=printable(Path(error.path.name)),
            sha256=sha256,
            code=error.code,
            reason=error.reason,
            advice=error.advice,
        )


def read(path: Path) -> dict[str, Entry]:
    """Return the ledger by sha256 in order of landing; empty where there is no file yet.

    Raises:
        StadsdelError: the file is damaged; nothing else knows which edition is the later one.
    """
    import polars as pl

    if not path.exists():
        return {}
    try:
        frame = pl.read_parquet(path).sort("landing_number")
    except pl.exceptions.PolarsError as error:
        raise StadsdelError(
            f"{path}: the list of reports in order of arrival is damaged ({error}). Put back a "
            "copy of it; or, if no report has more than one edition, remove it."
        ) from error
    return {row["sha256"]: Entry(**row) for row in frame.iter_rows(named=True)}


def write(path: Path, entries: Iterable[Entry]) -> None:
    """Replace the ledger."""
    import polars as pl

    schema = pl.Schema(
        {
            "sha256": pl.String(),
            "file_name": pl.String(),
            "landing_number": pl.Int64(),
            "size_bytes": pl.Int64(),
            "landed_at": pl.Datetime("us", "UTC"),
            "path": pl.String(),
        }
    )
    ordered = sorted(entries, key=lambda entry: entry.landing_number)
    _replace(path, pl.DataFrame([asdict(entry) for entry in ordered], schema=schema))


def write_set_aside(path: Path, entries: Iterable[SetAside]) -> None:
    """Replace the list of files set aside."""
    import polars as pl

    names = ("path", "file_name", "sha256", "code", "reason", "advice")
    schema = pl.Schema({name: pl.String() for name in names})
    ordered = sorted(entries, key=lambda entry: entry.path)
    _replace(path, pl.DataFrame([asdict(entry) for entry in ordered], schema=schema))


def read_set_aside(path: Path) -> list[SetAside]:
    """Return the files that the last landing set aside.

    Empty where there is no list yet, or a damaged one: each landing makes it anew.
    """
    import polars as pl

    try:
        frame = pl.read_parquet(path)
    except (FileNotFoundError, pl.exceptions.PolarsError):
        return []
    return [SetAside(**row) for row in frame.iter_rows(named=True)]


def _replace(path: Path, frame: pl.DataFrame) -> None:
    files.replace(path, lambda new: frame.write_parquet(new, compression="zstd"))

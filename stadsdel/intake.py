"""Which files of the reports folders are taken for reports, told without reading what they say.

Every visible file is a candidate, whatever its name, for content alone decides; only what is
plainly something else is passed over: hidden files, README files and source cards (YAML). What is
no ordinary file, or too large to be a report, is refused by name.

Belongs here: finding and hashing files. Does not belong here: reading them (`stadsdel.reading`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from stadsdel import files
from stadsdel.errors import ReportError, StadsdelError, printable
from stadsdel.reading import MAX_BYTES, too_large

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

_PASSED_OVER_SUFFIXES = frozenset({".yml", ".yaml"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file that may be a report, with the key of its content."""

    path: Path
    sha256: str
    size_bytes: int
    modified_ns: int


@dataclass(frozen=True, slots=True)
class Survey:
    """What lies in the reports folders: files to read, and files refused unread."""

    candidates: tuple[Candidate, ...]
    refused: tuple[ReportError, ...]


def survey(folders: Sequence[Path]) -> Survey:
    """Find and hash the candidates in `folders` and below; a path may also be a single file.

    Raises:
        StadsdelError: a folder is missing, or there is no candidate at all.
    """
    candidates: list[Candidate] = []
    refused: list[ReportError] = []
    for path in paths(folders):
        try:
            candidates.append(_candidate(path))
        except ReportError as error:
            refused.append(error)
    if not candidates and not refused:
        places = ", ".join(map(str, folders))
        raise StadsdelError(
            f"no reports in {places}. Put reports (text, Markdown or PDF) there, "
            "or name their folder with --reports."
        )
    return Survey(tuple(candidates), tuple(refused))


def paths(folders: Iterable[Path]) -> Iterator[Path]:
    """Yield what lies in `folders` and below and is not passed over, each path once.

    Raises:
        StadsdelError: a folder is missing or cannot be read.
    """
    seen: set[Path] = set()
    for folder in folders:
        if not folder.exists():
            raise StadsdelError(
                f"{folder}: there is no such folder. Make it and put reports there, "
                "or name another with --reports."
            )
        for path in _below(folder) if folder.is_dir() else (folder,):
            if path not in seen:
                seen.add(path)
                yield path


def _below(folder: Path) -> Iterator[Path]:
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        raise StadsdelError(
            f"{folder}: the folder cannot be read ({error.strerror}). Check its permissions."
        ) from error
    for path in entries:
        if path.name.startswith(".") or path.stem.upper() == "README":
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _below(path)
        elif path.suffix.lower() not in _PASSED_OVER_SUFFIXES:
            yield path


def _candidate(path: Path) -> Candidate:
    if printable(path) != str(path):
        raise ReportError(
            path,
            "bad_name",
            "its name, or a folder's above it, has bytes that are not UTF-8, or control characters",
            "Rename it.",
        )
    if path.is_symlink():
        raise ReportError(
            path,
            "not_a_file",
            "it is a link to another place",
            "Put the file itself into the reports folder.",
        )
    if not path.is_file():
        raise ReportError(
            path, "not_a_file", "it is no ordinary file", "Remove it from the reports folder."
        )
    try:
        status = path.stat()
        if status.st_size > MAX_BYTES:
            raise too_large(path, status.st_size)
        return Candidate(path, files.sha256_of(path), status.st_size, status.st_mtime_ns)
    except OSError as error:
        raise ReportError(
            path,
            "unreadable",
            f"the file cannot be read ({error.strerror or error})",
            "Check that it exists, is a file and that you may read it.",
        ) from error

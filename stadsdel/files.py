"""Writing files so that a reader, or the next run after a crash, sees them whole or not at all.

Belongs here: atomic replacement, fsync, checksums of files. Does not belong here: what is in them.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file's content in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sync(path: Path) -> None:
    """Ask the operating system to put a file, or a folder's list of names, on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def replace(path: Path, write: Callable[[Path], object]) -> None:
    """Replace `path` in one step by what `write` puts into the file it is given.

    The new content is written beside `path`, synced and renamed over it, so that a reader sees
    the old file or the new one. If `write` fails, `path` is untouched and nothing is left behind.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".new")
    os.close(descriptor)
    new = Path(name)
    try:
        write(new)
        new.chmod(0o644)  # mkstemp makes files that only their owner can read
        sync(new)
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)
    sync(path.parent)


def replace_json(path: Path, content: Any) -> None:
    """Replace `path` in one step by `content` as JSON."""
    text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    replace(path, lambda new: new.write_text(text, encoding="utf-8"))


@contextmanager
def new_folder(path: Path, scratch: Path) -> Iterator[Path]:
    """Yield an empty folder in `scratch` that becomes `path` when the block ends without error.

    `scratch` must be on the file system of `path`. What stood at `path` is removed just before
    the rename: a crash in between leaves nothing there, never a half-written folder.
    """
    with scratch_folder(scratch) as folder:
        yield folder
        for file in folder.iterdir():
            sync(file)
        sync(folder)
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            shutil.rmtree(path)
        folder.chmod(0o755)
        folder.rename(path)
        sync(path.parent)


@contextmanager
def scratch_folder(scratch: Path) -> Iterator[Path]:
    """Yield an empty folder in `scratch` that only its owner can enter; remove it afterwards.

    What a killed process leaves of it, `clear` removes.
    """
    scratch.mkdir(parents=True, exist_ok=True)
    with _locked(scratch):
        folder = Path(tempfile.mkdtemp(dir=scratch))
        in_use = _lock(folder)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(in_use)


def clear(scratch: Path) -> None:
    """Remove what killed processes left in `scratch`.

    What is in use is locked by the process that writes it, and the kernel drops that lock when the
    process ends, however it ends; no clock is asked.
    """
    if not scratch.exists():
        return
    with _locked(scratch):
        for folder in scratch.iterdir():
            try:
                descriptor = _lock(folder)
            except BlockingIOError:
                continue
            shutil.rmtree(folder, ignore_errors=True)
            os.close(descriptor)


def clear_replacements(folder: Path) -> None:
    """Remove what a killed `replace` left in `folder`; nobody else may be replacing files there."""
    for new in folder.glob(".*.new"):
        new.unlink()


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    descriptor = _lock(folder, wait=True)
    try:
        yield
    finally:
        os.close(descriptor)


def _lock(folder: Path, wait: bool = False) -> int:
    """Lock a folder, and return the descriptor that holds the lock until it is closed."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        os.close(descriptor)
        raise
    return descriptor

"""One refresh at a time: a lock that a dead process cannot hold.

The kernel drops a `flock` when its process ends, however it ends, so a crash never leaves a lock
to be removed by hand. The file's text says who holds it and is for people only.
"""

from __future__ import annotations

import fcntl
import os
import threading
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_held: dict[Path, threading.RLock] = {}
_depth: dict[Path, int] = {}
_registry = threading.Lock()


@contextmanager
def exclusive(path: Path, on_wait: Callable[[str], object] | None = None) -> Iterator[None]:
    """Hold the lock file `path` while the block runs; wait for another process that holds it.

    A thread may enter again while it holds the lock, other threads of the process wait.

    Args:
        path: the lock file; made if missing, never removed (removing it would let two in).
        on_wait: called once with "process 123 since 2026-11-22T10:00:00+00:00" before waiting.
    """
    path = path.resolve()
    with _registry:
        of_process = _held.setdefault(path, threading.RLock())
    with of_process:
        if _depth.get(path, 0):
            yield
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a+", encoding="utf-8") as file:
            _acquire(file.fileno(), path, on_wait)
            file.truncate(0)
            file.write(f"process {os.getpid()} since {datetime.now(UTC).isoformat('T', 'seconds')}")
            file.flush()
            _depth[path] = 1
            try:
                yield
            finally:
                del _depth[path]
                file.truncate(0)


def holder(path: Path) -> str | None:
    """Return who holds the lock, as `exclusive` tells it; None where nobody does."""
    try:
        with path.open(encoding="utf-8") as file:
            try:
                fcntl.flock(file.fileno(), fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return file.read() or "another process"
    except FileNotFoundError:
        pass
    return None


def _acquire(descriptor: int, path: Path, on_wait: Callable[[str], object] | None) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        if on_wait is not None:
            on_wait(path.read_text(encoding="utf-8") or "another process")
        fcntl.flock(descriptor, fcntl.LOCK_EX)

"""The processes that a process has started, for tests that end or interrupt it.

Belongs here: finding them and waiting for their end. Does not belong here: what is expected of
them.
"""

from __future__ import annotations

import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

_SECONDS = 30.0


def of(pid: int) -> list[int]:
    """Return the processes that a process has started, and those that they have, and so on."""
    listed = subprocess.run(
        ["ps", "-e", "-o", "pid=,ppid="], capture_output=True, text=True, check=True
    )
    parents = {
        int(child): int(parent) for child, parent in map(str.split, listed.stdout.splitlines())
    }
    below = [pid]
    for found in below:
        below += [child for child, parent in parents.items() if parent == found]
    return below[1:]


def assert_ended(children: Collection[int]) -> None:
    """Wait until none of these processes runs."""
    deadline = time.monotonic() + _SECONDS
    while left := [child for child in children if _is_alive(child)]:
        assert time.monotonic() < deadline, f"{left} outlive the process that started them"
        time.sleep(0.01)


def _is_alive(pid: int) -> bool:
    """Return whether a process runs; one that is dead but not yet waited for does not."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text()
    except (ProcessLookupError, FileNotFoundError):
        return False
    return status.rsplit(")", 1)[1].split()[0] != "Z"

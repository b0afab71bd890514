"""Whole refreshes, started as a user starts them and killed at a chosen moment.

Belongs here: starting, waiting for a moment, killing. Does not belong here: what is expected then.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import children

if TYPE_CHECKING:
    from collections.abc import Callable

    from stadsdel.workspace import Workspace


def start(workspace: Workspace) -> subprocess.Popen[str]:
    """Start `stadsdel refresh`; what it says is kept for `communicate`."""
    command = [str(Path(sys.executable).with_name("stadsdel")), "refresh"]
    for folder in workspace.reports:
        command += ["--reports", str(folder)]
    command += ["--state", str(workspace.state), "--warehouse", str(workspace.warehouse)]
    return subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,  # of processes that an interrupt reaches together
    )


def kill(process: subprocess.Popen[str]) -> bool:
    """Kill a refresh and wait until its own processes are gone; return whether it was running."""
    below = children.of(process.pid)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    children.assert_ended(below)
    return process.returncode == -signal.SIGKILL


def interrupt(process: subprocess.Popen[str]) -> tuple[int, str]:
    """Interrupt a refresh and all that it started, as a terminal does; return how it ended."""
    os.killpg(process.pid, signal.SIGINT)
    _, told = process.communicate()
    return process.returncode, told


def when(process: subprocess.Popen[str], reached: Callable[[], bool]) -> None:
    """Wait until a moment is reached; the refresh must not end before."""
    while not reached():
        assert process.poll() is None, process.communicate()
        time.sleep(0.005)

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

from stadsdel import lock

if TYPE_CHECKING:
    from pathlib import Path

HOLDER = """
import sys, time
from pathlib import Path
from stadsdel import lock
with lock.exclusive(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def holder(path: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_another_process_waits_and_learns_who_holds_it(tmp_path: Path) -> None:
    path = tmp_path / "state" / "lock"
    process = holder(path)
    told: list[str] = []
    entered = threading.Event()

    def enter() -> None:
        with lock.exclusive(path, told.append):
            entered.set()

    waiting = threading.Thread(target=enter)
    waiting.start()
    assert not entered.wait(0.3)
    assert str(lock.holder(path)).startswith(f"process {process.pid} since ")
    assert told
    assert told[0].startswith(f"process {process.pid} since ")
    process.send_signal(signal.SIGKILL)  # a dead process holds nothing
    process.wait()
    assert entered.wait(5)
    waiting.join()
    assert lock.holder(path) is None


def test_a_thread_may_enter_again_and_other_threads_wait(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    entered = threading.Event()

    def enter() -> None:
        with lock.exclusive(path):
            entered.set()

    other = threading.Thread(target=enter)
    with lock.exclusive(path), lock.exclusive(path):
        other.start()
        assert not entered.wait(0.2)
    assert entered.wait(5)
    other.join()


def test_the_lock_is_free_after_an_error(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    for _ in range(2):
        try:
            with lock.exclusive(path):
                raise RuntimeError
        except RuntimeError:
            pass
    process = holder(path)
    process.kill()
    process.wait()
    start = time.monotonic()
    with lock.exclusive(path):
        assert time.monotonic() - start < 1

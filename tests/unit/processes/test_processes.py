from __future__ import annotations

import math
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from typing import Any

import children
from stadsdel import processes

ROOMY = 4 * 2**30


def run(
    function: Any, items: list[Any], workers: int = 2, seconds: float = 60, memory: int = ROOMY
) -> dict[Any, Any]:
    return dict(processes.run(function, items, workers, seconds, memory))


def test_each_item_comes_back_with_its_result() -> None:
    assert run(math.sqrt, [1.0, 4.0, 9.0, 16.0]) == {1.0: 1.0, 4.0: 2.0, 9.0: 3.0, 16.0: 4.0}


def test_no_items_need_no_process() -> None:
    assert run(math.sqrt, []) == {}


def test_what_the_function_raises_comes_back_and_the_others_go_on() -> None:
    outcome = run(math.sqrt, [-1.0, 4.0])
    assert isinstance(outcome[-1.0], ValueError)
    assert outcome[4.0] == 2.0


def test_an_item_that_takes_too_long_is_given_up_and_the_others_go_on() -> None:
    start = time.monotonic()
    outcome = run(time.sleep, [600, 0], workers=1, seconds=8)
    assert isinstance(outcome[600], processes.TimedOutError)
    assert outcome[0] is None
    assert time.monotonic() - start < 60


def test_an_item_that_kills_its_process_is_told_and_the_others_go_on() -> None:
    outcome = run(os._exit, [3], workers=1)
    assert isinstance(outcome[3], processes.DiedError)
    outcome = run(signal.raise_signal, [signal.SIGKILL, signal.SIGCONT], workers=1)
    assert isinstance(outcome[signal.SIGKILL], processes.DiedError)
    assert outcome[signal.SIGCONT] is None


def test_an_item_that_takes_too_much_memory_is_told() -> None:
    outcome = run(bytes, [2 * ROOMY, 8], workers=1)
    assert isinstance(outcome[2 * ROOMY], MemoryError)
    assert outcome[8] == bytes(8)


def test_an_item_can_neither_reach_the_network_nor_start_a_program() -> None:
    for function, item in (
        (socket.create_connection, ("127.0.0.1", 9)),
        (urllib.request.urlopen, "http://localhost:9/"),
        (subprocess.run, ("true",)),
        (os.system, "true"),
    ):
        outcome = run(function, [item])[item]
        assert "is not allowed here" in str(outcome)


PARENT = """
import time
from stadsdel import processes
if __name__ == "__main__":
    for _ in processes.run(time.sleep, [0.0, 600.0], 1, 600, 2**32):
        print("started", flush=True)
"""


def test_processes_end_with_the_one_that_started_them() -> None:
    parent = subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    assert parent.stdout.readline() == "started\n"
    below = children.of(parent.pid)
    assert below
    parent.kill()
    parent.wait()
    children.assert_ended(below)

"""Work in processes of its own, which can be given up on and never outlive what started them.

A file from outside may make a parser loop, take all memory or crash its interpreter; in a process
of its own it takes down nothing but itself.

Belongs here: processes. Does not belong here: what they do.
"""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import resource
import signal
import sys
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from multiprocessing.context import SpawnProcess

Item = TypeVar("Item")
Result = TypeVar("Result")

_PR_SET_PDEATHSIG = 1  # linux/prctl.h


class TimedOutError(Exception):
    """The work on an item took longer than it may."""


class DiedError(Exception):
    """The process that worked on an item ended without an answer."""


def end_with(parent: int) -> None:
    """Have the kernel kill this process when its parent dies (Linux; elsewhere it may outlive)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it died before the kernel was asked
            sys.exit(1)


@contextmanager
def interrupts_left_to_this_one() -> Iterator[None]:
    """Have processes started in the context leave it to this one what an interrupt means.

    A terminal sends its interrupt to all of them; those that work for this one end with it, and
    have nothing to say about it.
    """
    resource_tracker.ensure_running()  # it unblocks interrupts when it starts
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def run(
    function: Callable[[Item], Result],
    items: Sequence[Item],
    processes: int,
    seconds: float,
    memory_bytes: int,
) -> Iterator[tuple[Item, Result | Exception]]:
    """Apply `function` to each item in other processes; yield each item with what came of it.

    What came of it is the result, the exception that the function raised, TimedOutError or
    DiedError. Items come in the order in which they are done.

    Args:
        function: importable by name, as are what it takes, returns and raises.
        items: what to apply it to, begun in this order.
        processes: how many at a time.
        seconds: the longest that one item may take.
        memory_bytes: the most address space that a process may have.
    """
    waiting = list(reversed(items))
    workers = [_Worker(function, memory_bytes) for _ in range(min(processes, len(items)))]  # type: list[_Worker[Item, Result]]
    try:
        while waiting or any(worker.is_busy for worker in workers):
            for worker in workers:
                if waiting and not worker.is_busy:
                    worker.begin(waiting.pop(), seconds)
            busy = [worker for worker in workers if worker.is_busy]
            nearest = min(worker.deadline for worker in busy) - time.monotonic()
            wait([worker.connection for worker in busy], max(0.0, nearest))
            for worker in busy:
                outcome = worker.outcome()
                if outcome is not None:
                    yield outcome
    finally:
        for worker in workers:
            worker.end()


@dataclass
class _Worker(Generic[Item, Result]):
    """A process that works on one item at a time, and is replaced when it is given up on."""

    function: Callable[[Item], Result]
    memory_bytes: int

    def __post_init__(self) -> None:
        self.is_busy = False
        self.deadline = 0.0
        self._start()

    def _start(self) -> None:
        # spawn: a fork would copy the threads' locks of the libraries imported here
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self._process: SpawnProcess = context.Process(
            target=_serve,
            args=(self.function, theirs, os.getpid(), self.memory_bytes),
            daemon=True,
        )
        with interrupts_left_to_this_one():
            self._process.start()
        theirs.close()

    def begin(self, item: Item, seconds: float) -> None:
        self._item = item
        self.is_busy = True
        self.deadline = time.monotonic() + seconds
        with suppress(BrokenPipeError):  # it died while idle: `outcome` will tell
            self.connection.send(item)

    def outcome(self) -> tuple[Item, Result | Exception] | None:
        """Return what came of the item, None while it is worked on."""
        outcome: Result | Exception
        if self.connection.poll():
            try:
                outcome = self.connection.recv()
            except EOFError:
                outcome = DiedError(f"exit code {self._end_process()}")
                self._start()
        elif time.monotonic() >= self.deadline:
            self._end_process()
            outcome = TimedOutError()
            self._start()
        else:
            return None
        self.is_busy = False
        return self._item, outcome

    def end(self) -> None:
        self._end_process()

    def _end_process(self) -> int | None:
        self.connection.close()
        self._process.join(0.1)  # one that died has an exit code to tell
        self._process.kill()
        self._process.join()
        return self._process.exitcode


# What reading a file never needs: reaching other machines, starting programs.
_REFUSED = frozenset(
    {"socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto", "subprocess.Popen"}
    | {"os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.forkpty", "pty.spawn"}
)


def _refuse(event: str, _: tuple[Any, ...]) -> None:
    """Stop what a file from outside has no business to do, should a library be talked into it."""
    if event in _REFUSED:
        raise PermissionError(f"{event} is not allowed here")


def _serve(
    function: Callable[[Any], Any], connection: Connection, parent: int, memory_bytes: int
) -> None:
    end_with(parent)
    sys.addaudithook(_refuse)
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    while True:
        try:
            item = connection.recv()
        except EOFError:
            return
        try:
            outcome = function(item)
        except Exception as error:
            outcome = error
        connection.send(outcome)

"""A dbt that is started before it is needed, and runs the commands that it is handed.

dbt takes seconds to import, and seconds more to parse its project or to load what an earlier
process parsed. A refresh has it parse and, later, build: in one process it does each of these once,
and imports while other things go on. dagster-dbt can only start programs, so the program it starts
(`stadsdel.dbt_command`) hands over its arguments, its environment and its outputs here.

Belongs here: starting the server and asking it. Does not belong here: running dbt in a process of
its own (`stadsdel.dbt_command`).
"""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import socket
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from stadsdel import dbt_command, files, processes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_OUTPUTS = (1, 2)
_RUN, _END = b"R", b"E"
_BROKE = 2  # dbt's own exit code where a command could not be run
_SECONDS_TO_END = 2.0


@contextmanager
def running(scratch: Path) -> Iterator[None]:
    """Have every `stadsdel-dbt` started from here hand its command to a server.

    The server runs while the context is open, and ends with this process, however that ends. Where
    no socket can be made in `scratch` (its path may be too long), each runs dbt by itself.
    """
    with files.scratch_folder(scratch) as folder, socket.socket(socket.AF_UNIX) as listening:
        address = str(folder / "socket")
        if not _bind(listening, address):
            yield
            return
        listening.listen()
        # spawn: a fork would copy the threads' locks of the libraries imported here
        server = multiprocessing.get_context("spawn").Process(
            target=_serve, args=(listening, os.getpid()), daemon=True
        )
        with processes.interrupts_left_to_this_one():
            server.start()
        listening.close()  # or who asks a server that has died would wait for ever
        try:
            with _named(address):
                yield
        finally:
            _end(address)
            # it runs a command still, for one who has not waited
            for end in (server.terminate, server.kill):
                server.join(_SECONDS_TO_END)
                end()
            server.join()


def ask(address: str, arguments: Sequence[str]) -> int:
    """Have the server run a dbt command as if it were this process; return its exit code.

    Exit code 2, with a line on the error output, where the server is gone.
    """
    request = {"arguments": list(arguments), "folder": str(Path.cwd()), "variables": {**os.environ}}
    with suppress(OSError, ValueError), socket.socket(socket.AF_UNIX) as connection:
        connection.connect(address)
        socket.send_fds(connection, [_RUN], _OUTPUTS)
        with connection.makefile("rw", encoding="utf-8") as stream:
            print(json.dumps(request), file=stream, flush=True)
            return int(stream.readline())
    print("The process that runs dbt has ended.", file=sys.stderr)
    return _BROKE


@contextmanager
def _named(address: str) -> Iterator[None]:
    before = os.environ.get(dbt_command.SERVER)
    os.environ[dbt_command.SERVER] = address
    try:
        yield
    finally:
        del os.environ[dbt_command.SERVER]
        if before is not None:
            os.environ[dbt_command.SERVER] = before


def _bind(listening: socket.socket, address: str) -> bool:
    try:
        listening.bind(address)
    except OSError:
        return False
    return True


def _end(address: str) -> None:
    """Ask the server to end by itself, as what is killed leaves its semaphores behind."""
    with suppress(OSError), socket.socket(socket.AF_UNIX) as connection:
        connection.connect(address)
        connection.send(_END)


def _serve(listening: socket.socket, parent: int) -> None:
    """Import dbt, then run the command of each connection, one after another."""
    processes.end_with(parent)
    dbt = dbt_command.Dbt()
    while True:
        connection, _ = listening.accept()
        # whoever asked may have ended before its answer, or its question, was out
        with suppress(OSError, ValueError), connection:
            kind, outputs, _, _ = socket.recv_fds(connection, 1, len(_OUTPUTS))
            if kind == _END:
                return
            with connection.makefile("rw", encoding="utf-8") as stream:
                request = json.loads(stream.readline())
                os.chdir(request["folder"])
                os.environ.clear()
                os.environ.update(request["variables"])
                with _writing_to(outputs), _interrupted_by(signal.SIGTERM):
                    code = dbt.run(request["arguments"])
                dbt.close()
                print(code, file=stream, flush=True)


@contextmanager
def _interrupted_by(number: signal.Signals) -> Iterator[None]:
    """Have a signal interrupt dbt, which then cancels its queries and comes to an end."""
    before = signal.signal(number, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(number, before)


@contextmanager
def _writing_to(outputs: Sequence[int]) -> Iterator[None]:
    """Send what is written to the standard outputs to other open files, and close those."""
    own = [os.dup(output) for output in _OUTPUTS]
    _replace(outputs)
    try:
        yield
    finally:
        _replace(own)


def _replace(by: Sequence[int]) -> None:
    sys.stdout.flush()
    sys.stderr.flush()
    for descriptor, output in zip(by, _OUTPUTS, strict=True):
        os.dup2(descriptor, output)
        os.close(descriptor)

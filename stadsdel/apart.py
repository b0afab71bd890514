"""Reading files from outside so that none can harm the others: within limits, in other processes.

Belongs here: the limits, and what is said of a file that breaks them or the parser. Does not belong
here: the processes (`stadsdel.processes`), what is done with a file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from stadsdel import parsing, processes, reading
from stadsdel.errors import ReportError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from stadsdel.parsing.model import ParsedReport

Item = TypeVar("Item")
Result = TypeVar("Result")

# A report of a hundred pages takes some seconds; what takes minutes never ends.
SECONDS = 300.0
# Reading the largest file allowed takes a tenth of this.
MEMORY_BYTES = 4 * 2**30


def reports(
    paths: Sequence[Path], in_process: bool
) -> Iterator[tuple[Path, ParsedReport | ReportError]]:
    """Read each file in order, when its result is asked for, in a process of its own or here."""
    return each(_report, paths, _itself, workers=int(in_process))


def _report(path: Path) -> ParsedReport:
    return parsing.parse(reading.read(path), path)


def _itself(path: Path) -> Path:
    return path


def each(
    function: Callable[[Item], Result],
    items: Sequence[Item],
    path_of: Callable[[Item], Path],
    workers: int,
) -> Iterator[tuple[Item, Result | ReportError]]:
    """Apply `function` to each item and yield the item with what came of it, as it is done.

    Args:
        function: reads one file; where there are workers, importable by name.
        items: what to apply it to.
        path_of: the file that an item is about.
        workers: how many processes read at a time, each file within SECONDS and MEMORY_BYTES; with
            one, the items come in order. With 0 all is done here, in order and without limits,
            which starts no process and is for tests.

    Raises:
        OSError: what was read could not be stored, which is no file's fault.
    """
    outcomes = (
        processes.run(function, items, workers, SECONDS, MEMORY_BYTES)
        if workers
        else _here(function, items)
    )
    for item, outcome in outcomes:
        if isinstance(outcome, Exception):
            yield item, _as_report_error(path_of(item), outcome)
        else:
            yield item, outcome


def _here(
    function: Callable[[Item], Result], items: Sequence[Item]
) -> Iterator[tuple[Item, Result | Exception]]:
    for item in items:
        try:
            outcome: Result | Exception = function(item)
        except Exception as error:
            outcome = error
        yield item, outcome


def _as_report_error(path: Path, error: Exception) -> ReportError:
    """Return why a file could not be read, when the parser itself did not foresee it.

    One hostile file must not keep the other reports from going through: it is named, listed, and
    shows in the exit code. A disk that cannot be written is no file's fault and stops everything.

    Raises:
        OSError: what was read could not be stored.
    """
    if isinstance(error, OSError):
        raise error
    if isinstance(error, ReportError):
        return error
    if isinstance(error, processes.TimedOutError):
        reason = f"reading it took longer than {SECONDS:.0f} seconds"
        return ReportError(path, "timeout", reason, "Check that it is one report.")
    if isinstance(error, MemoryError | processes.DiedError):
        reason = f"reading it took too much memory or crashed ({error or 'out of memory'})"
        return ReportError(path, "parser_failed", reason, "Check that it is one report.")
    reason = f"the parser gave up on it ({type(error).__name__}: {error})"
    return ReportError(path, "parser_failed", reason, "Please send in the file with this message.")

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from stadsdel import files

if TYPE_CHECKING:
    from pathlib import Path

WRITER = """
import sys, time
from pathlib import Path
from stadsdel import files
with files.new_folder(Path(sys.argv[1]) / "done", Path(sys.argv[1]) / "scratch") as new:
    (new / "file").write_text("half")
    print(new, flush=True)
    time.sleep(60)
"""


def test_a_folder_of_a_killed_process_is_cleared_and_one_in_use_is_not(tmp_path: Path) -> None:
    scratch = tmp_path / "scratch"
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout is not None
    folder = writer.stdout.readline().strip()
    os.utime(folder, (0, 0))  # however old a clock calls it
    files.clear(scratch)
    assert [str(path) for path in scratch.iterdir()] == [folder]
    writer.send_signal(signal.SIGKILL)
    writer.wait()
    os.utime(folder, (time.time() + 10**6,) * 2)
    files.clear(scratch)
    assert list(scratch.iterdir()) == []


def test_clearing_a_folder_that_is_not_there_is_nothing(tmp_path: Path) -> None:
    files.clear(tmp_path / "scratch")


def test_only_leftovers_of_replacements_are_cleared(tmp_path: Path) -> None:
    for name in (".ledger.parquet.abc.new", ".hidden", "ledger.parquet", "report.new"):
        (tmp_path / name).touch()
    files.clear_replacements(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        ".hidden",
        "ledger.parquet",
        "report.new",
    ]


def test_a_replacement_that_fails_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "file"
    files.replace(path, lambda new: new.write_text("old"))

    def fail(new: Path) -> None:
        new.write_text("half")
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        files.replace(path, fail)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]

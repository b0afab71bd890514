from __future__ import annotations

import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

import children
from stadsdel import dbt_command, dbt_server, project

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Something that dbt answers without a project, at length.
DEBUG = ["--no-use-colors", "debug"]
PROFILES = project.root()


def ask(folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [dbt_command.EXECUTABLE, *DEBUG],
        cwd=folder,
        env={
            **os.environ,
            "DBT_LOG_PATH": str(folder),
            "DBT_PROFILES_DIR": str(PROFILES),
            **variables,
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    scratch = tmp_path_factory.mktemp("s")
    with dbt_server.running(scratch):
        yield scratch


@pytest.mark.usefixtures("server")
def test_who_asks_gets_the_output_and_the_exit_code(tmp_path: Path) -> None:
    first, second = ask(tmp_path), ask(tmp_path, DBT_LOG_FORMAT="json")
    assert (first.returncode, second.returncode) == (1, 1)
    assert f"Using dbt_project.yml file at {tmp_path}" in first.stdout
    assert not first.stdout.startswith("{")
    assert second.stdout.startswith("{")


@pytest.mark.usefixtures("server")
def test_one_process_runs_all_commands(tmp_path: Path) -> None:
    ask(tmp_path)
    (child,) = children_of(os.getpid())
    ask(tmp_path)
    assert children_of(os.getpid()) == [child]


@pytest.mark.usefixtures("server")
def test_a_command_that_there_is_not_is_told(tmp_path: Path) -> None:
    unknown = subprocess.run(
        [dbt_command.EXECUTABLE, "bild"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert unknown.returncode == 2
    assert "No such command 'bild'" in unknown.stderr


@pytest.mark.usefixtures("server")
def test_one_who_leaves_before_the_answer_does_no_harm(tmp_path: Path) -> None:
    hasty = subprocess.Popen(
        [dbt_command.EXECUTABLE, *DEBUG], cwd=tmp_path, stdout=subprocess.DEVNULL
    )
    time.sleep(0.3)
    hasty.kill()
    hasty.wait()
    assert ask(tmp_path).returncode == 1


def test_where_the_server_is_gone_the_command_fails_and_says_so(tmp_path: Path) -> None:
    gone = ask(tmp_path, **{dbt_command.SERVER: str(tmp_path / "socket")})
    assert gone.returncode == 2
    assert gone.stderr == "The process that runs dbt has ended.\n"


def test_nothing_is_left_when_the_context_is_closed(tmp_path: Path) -> None:
    before = children_of(os.getpid())
    with dbt_server.running(tmp_path):
        assert str(tmp_path) in os.environ[dbt_command.SERVER]
        assert len(children_of(os.getpid())) == len(before) + 1
    assert str(tmp_path) not in os.environ.get(dbt_command.SERVER, "")
    assert children_of(os.getpid()) == before
    assert list(tmp_path.iterdir()) == []


def test_where_a_socket_cannot_be_made_commands_run_by_themselves(tmp_path: Path) -> None:
    before = children_of(os.getpid())
    with dbt_server.running(tmp_path / ("x" * 120)):
        assert children_of(os.getpid()) == before


PARENT = """
import sys, time
from pathlib import Path
from stadsdel import dbt_server
if __name__ == "__main__":
    with dbt_server.running(Path(sys.argv[1])):
        print("started", flush=True)
        time.sleep(600)
"""


def test_the_server_ends_with_the_process_that_started_it(tmp_path: Path) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    assert parent.stdout.readline() == "started\n"
    below = children.of(parent.pid)
    assert below
    parent.kill()
    parent.wait()
    children.assert_ended(below)


def children_of(pid: int) -> list[int]:
    """Return the processes that a process has started, but for multiprocessing's own keeper."""
    listed = subprocess.run(
        ["ps", "-ww", "-o", "pid=,args=", "--ppid", str(pid)],
        capture_output=True,
        text=True,
        check=True,
    )
    lines = [line.split(maxsplit=1) for line in listed.stdout.splitlines()]
    return [int(child) for child, command in lines if "spawn_main" in command]

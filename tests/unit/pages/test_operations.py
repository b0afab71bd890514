"""docs/operations.md promises nothing that no test shows, and documents what the code has."""

from __future__ import annotations

import re

import pytest

from stadsdel import cli, project, reading
from stadsdel.reading.pdf import file

PAGE = project.root() / "docs" / "operations.md"
TEST = re.compile(r"\btest_\w+")
SECTIONS = ("What is promised, fault by fault", "What a report file may do")


def section(title: str) -> str:
    text = PAGE.read_text(encoding="utf-8")
    return text.split(f"## {title}\n")[1].split("\n## ")[0]


def rows(title: str) -> list[str]:
    return [line for line in section(title).splitlines() if line.startswith("| ")][1:]


def test_every_test_that_the_page_names_exists() -> None:
    sources = [
        path.read_text(encoding="utf-8") for path in (project.root() / "tests").rglob("test_*.py")
    ]
    named = set(TEST.findall(PAGE.read_text(encoding="utf-8")))
    assert len(named) > 30
    there = {name for source in sources for name in re.findall(r"def (test_\w+)\(", source)}
    assert named - there == set()


@pytest.mark.parametrize("title", SECTIONS)
def test_every_promise_names_a_test(title: str) -> None:
    promises = rows(title)
    assert len(promises) > 8
    assert [row for row in promises if not TEST.search(row)] == []


def test_limits_and_codes_are_those_of_the_code() -> None:
    limits = section("What a report file may do")
    assert f"larger than {reading.MAX_BYTES // 2**20} MiB" in limits
    assert f"more than {file.MAX_PAGES:,} pages" in limits
    codes = [
        row.split("|")[1].strip()
        for row in section("See how it is").split("### Exit codes")[1].splitlines()
        if row.startswith("| ")
    ]
    assert codes == ["code", "0", "1", "2", str(cli.SET_ASIDE)]

"""Where the project's own data lies: the dbt project, its seeds and the expectation suites.

Belongs here: paths to things that ship with the code. Does not belong here: where a user keeps
reports, state or warehouses (those are options of the command line).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def root() -> Path:
    """Return the folder that holds dbt_project.yml, seeds/ and expectations/.

    In a checkout that is the repository's root; in an installed wheel the same files lie in
    `stadsdel/_project`.

    Raises:
        FileNotFoundError: neither place holds a dbt_project.yml (a broken installation).
    """
    package = Path(__file__).resolve().parent
    for folder in (package.parent, package / "_project"):
        if (folder / "dbt_project.yml").is_file():
            return folder
    raise FileNotFoundError(
        f"no dbt_project.yml beside or inside {package}: the installation is incomplete; "
        "reinstall with `pip install .`"
    )


def is_installed() -> bool:
    """Return whether these files belong to an installed wheel, not to a checkout."""
    return root().parent == Path(__file__).resolve().parent


def seed(name: str) -> Path:
    """Return the path of the seed `name` (without .csv)."""
    return root() / "seeds" / f"{name}.csv"

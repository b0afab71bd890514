"""dbt's manifest: what Dagster reads to know the models. Made once per state of the dbt project.

Belongs here: making and finding the manifest. Does not belong here: Dagster, so that it can be made
while Dagster is still being imported.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

from stadsdel import building, files, fingerprint, project
from stadsdel.dbt_command import EXECUTABLE
from stadsdel.errors import StadsdelError

if TYPE_CHECKING:
    from pathlib import Path

    from stadsdel.workspace import Workspace

PARTIAL_PARSE = "partial_parse.msgpack"


def prepare(workspace: Workspace) -> Path:
    """Return the manifest of the dbt project as it is, parsing the project if it has changed.

    Beside it lies dbt's parse result, which saves the next command from parsing.

    Raises:
        StadsdelError: dbt cannot parse the project; the message is dbt's.
    """
    folder = workspace.dbt / "project" / fingerprint.of_dbt_project()[:16]
    manifest = folder / "manifest.json"
    if manifest.exists():
        return manifest
    with files.new_folder(folder, workspace.scratch) as new:
        command = [str(EXECUTABLE), "--quiet", "parse"]
        outcome = subprocess.run(
            command,
            env={
                **os.environ,
                **building.dbt_environment(workspace),
                "DBT_PROJECT_DIR": str(project.root()),
                "DBT_PROFILES_DIR": str(project.root()),
                "DBT_TARGET_PATH": str(new),
                "DBT_LOG_PATH": str(new),
                "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
            },
            cwd=project.root(),
            capture_output=True,
            text=True,
            check=False,
        )
        if outcome.returncode:
            raise StadsdelError(f"dbt cannot parse its project.\n{outcome.stdout.strip()}")
        for path in new.iterdir():
            if path.name not in (manifest.name, PARTIAL_PARSE):
                shutil.rmtree(path) if path.is_dir() else path.unlink()
    for other in folder.parent.iterdir():
        if other != folder:
            shutil.rmtree(other)
    return manifest

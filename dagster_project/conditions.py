"""When assets are asked for by themselves: after what no sensor or schedule of ours sees.

A backfill that read damaged reports again, and reports taken in by hand, leave the build behind
the lake: then all of the build, its audit and the publication are asked for in one run, for a
build is audited and published as a whole. A deployment whose parser reads differently leaves the
lake behind the code: then the reports are taken in again, and the rest follows.

What the files do is the sensor's and the schedules' part (`dagster_project.automation`): they can
tell that nothing is new, and a condition cannot.

Belongs here: automation conditions. Does not belong here: the assets that have them.
"""

from typing import Any

import dagster as dg
from dagster import AutomationCondition


def after_raw_tables() -> "AutomationCondition[Any]":
    """Return the condition of all that stands on the lake: the raw tables were written since.

    It looks at the raw tables and not at an asset's own parents, so that seeds come along. What
    failed last time waits for a person or for new reports, for it would fail again.
    """
    # every landing writes the ledger, every backfill writes all raw tables alike
    written = _was_written("ledger") | _was_written("reports")
    return (
        written.with_label("raw_tables_written").since_last_handled()
        & ~AutomationCondition.in_progress()
        & ~AutomationCondition.execution_failed()
    ).with_label("after_raw_tables")


def after_a_new_parser() -> "AutomationCondition[Any]":
    """Return the condition of taking in the reports: their tables' code reads differently now."""
    changed: AutomationCondition[Any] = AutomationCondition.code_version_changed()
    return (changed.since_last_handled() & ~AutomationCondition.in_progress()).with_label(
        "after_a_new_parser"
    )


def _was_written(table: str) -> "AutomationCondition[Any]":
    return AutomationCondition.asset_matches(
        dg.AssetKey(["raw", table]), AutomationCondition.newly_updated()
    )

from __future__ import annotations

import dagster as dg

from dagster_project import conditions


def graph(parser: str = "1", audit_passes: bool = True) -> dg.Definitions:
    """Return a small graph like the warehouse's: what lands, a seed, a table, what is published."""

    @dg.asset(
        key=["raw", "ledger"],
        code_version=parser,
        automation_condition=conditions.after_a_new_parser(),
    )
    def ledger() -> None:
        pass

    @dg.asset(key=["raw", "reports"], deps=[ledger])
    def reports() -> None:
        pass

    @dg.asset(automation_condition=conditions.after_raw_tables())
    def seed() -> None:
        pass

    @dg.asset(deps=[reports, seed], automation_condition=conditions.after_raw_tables())
    def table() -> None:
        pass

    @dg.asset(deps=[table], automation_condition=conditions.after_raw_tables())
    def warehouse() -> None:
        if not audit_passes:
            raise RuntimeError("the build failed its audit")

    return dg.Definitions(assets=[ledger, reports, seed, table, warehouse])


class Daemon:
    """Evaluates conditions tick by tick, as Dagster's daemon does."""

    def __init__(self) -> None:
        self.instance = dg.DagsterInstance.ephemeral()
        self.cursor: dg.AutomationConditionCursor | None = None

    def asks_for(self, defs: dg.Definitions) -> set[str]:
        result = dg.evaluate_automation_conditions(defs, self.instance, cursor=self.cursor)
        self.cursor = result.cursor
        return {
            each.key.to_user_string()
            for each in result.results
            if result.get_num_requested(each.key)
        }

    def run(self, defs: dg.Definitions) -> None:
        job = defs.resolve_implicit_global_asset_job_def()
        job.execute_in_process(instance=self.instance, raise_on_error=False)

    def write(self, *keys: str) -> None:
        for key in keys:
            event = dg.AssetMaterialization(dg.AssetKey(key.split("/")))
            self.instance.report_runless_asset_event(event)


ALL_THAT_STANDS_ON_THE_LAKE = {"seed", "table", "warehouse"}


def test_a_backfill_asks_once_for_all_that_stands_on_the_lake() -> None:
    daemon = Daemon()
    assert daemon.asks_for(graph()) == set()
    daemon.write("raw/reports")
    assert daemon.asks_for(graph()) == ALL_THAT_STANDS_ON_THE_LAKE
    assert daemon.asks_for(graph()) == set()


def test_a_landing_by_hand_asks_for_it_too() -> None:
    daemon = Daemon()
    daemon.asks_for(graph())
    daemon.write("raw/ledger")
    assert daemon.asks_for(graph()) == ALL_THAT_STANDS_ON_THE_LAKE


def test_a_refresh_leaves_nothing_to_ask_for() -> None:
    daemon = Daemon()
    daemon.asks_for(graph())
    daemon.write("raw/ledger", "raw/reports", "seed", "table", "warehouse")
    assert daemon.asks_for(graph()) == set()


def test_what_failed_is_not_asked_for_again_until_it_has_worked() -> None:
    daemon = Daemon()
    daemon.asks_for(graph())
    daemon.run(graph(audit_passes=False))
    daemon.write("raw/reports")
    assert "warehouse" not in daemon.asks_for(graph())
    daemon.run(graph())
    daemon.asks_for(graph())
    daemon.write("raw/reports")
    assert "warehouse" in daemon.asks_for(graph())


def test_a_new_parser_asks_for_a_landing() -> None:
    daemon = Daemon()
    daemon.write("raw/ledger")
    assert daemon.asks_for(graph("1")) == set()
    assert daemon.asks_for(graph("2")) == {"raw/ledger"}
    assert daemon.asks_for(graph("2")) == set()

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING

import dagster as dg

from dagster_project import failures
from dagster_project.resources import Places
from stadsdel import notify
from stadsdel.errors import StadsdelError

if TYPE_CHECKING:
    import pytest

    from stadsdel.notify import Message
    from stadsdel.workspace import Workspace


@dg.asset
def fails_on_purpose() -> None:
    raise dg.Failure("450 % is no share", allow_retries=False) from StadsdelError("450 %")


@dg.asset
def fails_unforeseen() -> None:
    try:
        raise StadsdelError("the innermost cause")
    except StadsdelError as error:
        raise RuntimeError("around it") from error


@dg.asset
def works() -> None:
    pass


def told_of(
    workspace: Workspace, instance: dg.DagsterInstance, *assets: dg.AssetsDefinition
) -> Message:
    """Run the assets, which fail, and return what the sensor tells people of it."""
    result = dg.materialize(assets, instance=instance, raise_on_error=False)
    message = told_of_run(workspace, instance, result.dagster_run)
    assert result.run_id in message.text
    return message


def context_of(instance: dg.DagsterInstance, run: dg.DagsterRun) -> dg.RunFailureSensorContext:
    (failure,) = instance.get_records_for_run(
        run.run_id, of_type=dg.DagsterEventType.RUN_FAILURE
    ).records
    event = failure.event_log_entry.dagster_event
    assert event is not None
    return dg.build_run_status_sensor_context(
        sensor_name="tell_of_failures",
        dagster_event=event,
        dagster_instance=instance,
        dagster_run=run,
    ).for_run_failure()


def told_of_run(workspace: Workspace, instance: dg.DagsterInstance, run: dg.DagsterRun) -> Message:
    told: list[Message] = []
    context = context_of(instance, run)
    failures.tell_of_failures(context, places=Places.of(workspace), tell=told.append)
    (message,) = told
    return message


def test_people_are_told_why_each_step_failed(
    workspace: Workspace, instance: dg.DagsterInstance
) -> None:
    message = told_of(workspace, instance, fails_on_purpose, fails_unforeseen, works)
    assert "450 % is no share" in message.text
    assert "the innermost cause" in message.text
    assert "around it" not in message.text
    assert "failed" in message.subject
    assert message.link is None


def test_the_message_links_the_run(
    workspace: Workspace, instance: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(failures.URL, "https://dagster.example/")
    message = told_of(workspace, instance, fails_on_purpose)
    assert message.link is not None
    assert message.link.startswith("https://dagster.example/runs/")
    assert message.link.rpartition("/")[2] in message.text


def test_a_message_reaches_the_webhook_that_the_environment_names(
    workspace: Workspace, instance: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch
) -> None:
    received = []

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            received.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

    result = dg.materialize([fails_on_purpose], instance=instance, raise_on_error=False)
    with HTTPServer(("127.0.0.1", 0), Hook) as server:
        server.timeout = 10
        monkeypatch.setenv("STADSDEL_NOTIFY", "webhook")
        monkeypatch.setenv("STADSDEL_WEBHOOK_URL", f"http://127.0.0.1:{server.server_port}/")
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        failures.tell_of_failures(
            context_of(instance, result.dagster_run), places=Places.of(workspace), tell=notify.tell
        )
        thread.join()
    (content,) = received
    assert "450 % is no share" in content["text"]


def test_a_run_that_failed_outside_its_steps_is_told_of_too(
    workspace: Workspace, instance: dg.DagsterInstance
) -> None:
    result = dg.materialize([works], instance=instance)
    instance.report_run_failed(result.dagster_run, "the run's process died")
    message = told_of_run(workspace, instance, result.dagster_run)
    assert "the run's process died" in message.text


def test_the_sensor_runs_unless_it_is_stopped() -> None:
    assert failures.tell_of_failures.default_status == dg.DefaultSensorStatus.RUNNING

"""The recipes in deploy/ hold together: with Dagster's schemas, with the code, with each other."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from configparser import RawConfigParser
from pathlib import Path
from typing import Any

import dagster as dg
import pytest
import yaml
from dagster_k8s import K8sRunLauncher
from dagster_postgres import PostgresRunStorage

from stadsdel import project

ROOT = project.root()
DEPLOY = ROOT / "deploy"
BIN = Path(sys.executable).parent
INSTALLED = "/opt/stadsdel/.venv/bin/"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))


def load(path: str) -> Any:
    return yaml.safe_load((DEPLOY / path).read_text(encoding="utf-8"))


def example() -> dict[str, str]:
    lines = (DEPLOY / "stadsdel.env.example").read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def read_unit(path: Path) -> RawConfigParser:
    unit = RawConfigParser(strict=False)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read(path, encoding="utf-8")
    return unit


def command_of(name: str) -> list[str]:
    """Return the command line of a systemd unit, the program's name alone."""
    unit = read_unit(DEPLOY / "systemd" / f"stadsdel-{name}.service")
    program, *arguments = shlex.split(unit["Service"]["ExecStart"])
    return [program.removeprefix(INSTALLED), *arguments]


def for_any_host(command: list[str]) -> list[str]:
    return ["any" if argument in ("127.0.0.1", "0.0.0.0") else argument for argument in command]


def instance_from(config: Any, home: Path, monkeypatch: pytest.MonkeyPatch) -> dg.DagsterInstance:
    """Return the instance that a dagster.yaml describes, without a database behind it."""
    for name, value in {**example(), "DAGSTER_PG_PASSWORD": "p@ss word"}.items():
        monkeypatch.setenv(name, value)
    config["storage"]["postgres"]["should_autocreate_tables"] = False
    (home / "dagster.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    return dg.DagsterInstance.from_config(str(home))


def test_dagster_takes_its_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with instance_from(load("dagster.yaml"), tmp_path, monkeypatch) as instance:
        storage = instance.run_storage
        assert isinstance(storage, PostgresRunStorage)
        # the driver is installed, and the password may hold any character
        url = "postgresql+psycopg2://dagster:p%40ss%20word@127.0.0.1:5432/dagster"
        assert storage.postgres_url == url
        assert instance.run_monitoring_enabled
        assert instance.run_retries_enabled
        concurrency = instance.get_concurrency_config()
        assert concurrency.pool_config.default_pool_limit == 1
        assert concurrency.pool_config.pool_granularity is not None
        assert concurrency.pool_config.pool_granularity.value == "run"


def test_a_wrong_setting_would_be_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = load("dagster.yaml")
    config["concurrency"]["pool"] = config["concurrency"].pop("pools")
    with pytest.raises(dg.DagsterInvalidConfigError):
        instance_from(config, tmp_path, monkeypatch)


def test_every_variable_that_is_asked_for_is_in_the_example() -> None:
    sources = [ROOT / "stadsdel" / "notify.py", *(ROOT / "dagster_project").glob("*.py")]
    texts = [path.read_text(encoding="utf-8") for path in sources]
    asked = set(re.findall(r'"(STADSDEL_[A-Z_]+)"', "\n".join(texts)))
    for path in ("dagster.yaml", "workspace.yaml"):
        asked |= set(re.findall(r"env: (\w+)", (DEPLOY / path).read_text(encoding="utf-8")))
    assert {"STADSDEL_NOTIFY", "STADSDEL_REPORTS", "DAGSTER_PG_PASSWORD"} <= asked
    assert asked <= set(example())


def test_the_example_holds_no_secret() -> None:
    secrets = {name: value for name, value in example().items() if "PASSWORD" in name}
    assert secrets
    assert set(secrets.values()) == {""}
    assert example()["STADSDEL_WEBHOOK_URL"] == ""


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.stem)
def test_a_unit_s_program_has_the_options_it_is_given(path: Path) -> None:
    program, *arguments = command_of(path.stem.removeprefix("stadsdel-"))
    options = [argument for argument in arguments if argument.startswith("--")]
    subcommand = arguments[: arguments.index(options[0])]
    told = subprocess.run(
        [BIN / program, *subcommand, "--help"], capture_output=True, text=True, check=True
    ).stdout
    assert options
    for option in options:
        assert re.search(rf"{option}\b", told), option


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.stem)
def test_a_unit_s_files_are_where_the_recipe_puts_them(path: Path) -> None:
    unit = read_unit(path)
    page = (ROOT / "docs" / "deployment.md").read_text(encoding="utf-8")
    for argument in shlex.split(unit["Service"]["ExecStart"])[1:]:
        if argument.startswith("/opt/stadsdel/"):
            assert (ROOT / argument.removeprefix("/opt/stadsdel/")).exists()
    assert (ROOT / unit["Unit"]["Documentation"].removeprefix("file:///opt/stadsdel/")).exists()
    assert unit["Service"]["EnvironmentFile"] in page
    assert f"useradd --system --home-dir {unit['Service']['WorkingDirectory']}" in page
    assert f"systemctl enable --now {' '.join(path.stem for path in UNITS)}" in page


def test_systemd_finds_nothing_wrong_with_the_units(tmp_path: Path) -> None:
    assert [path.stem for path in UNITS] == [
        "stadsdel-code",
        "stadsdel-daemon",
        "stadsdel-webserver",
    ]
    analyze = shutil.which("systemd-analyze")
    if analyze is None:  # not a machine with systemd: the tests above are all there is
        return
    for path in UNITS:
        text = path.read_text(encoding="utf-8").replace(INSTALLED, f"{BIN}/")
        (tmp_path / path.name).write_text(text, encoding="utf-8")
    done = subprocess.run(
        [analyze, "verify", "--man=no", *(tmp_path / path.name for path in UNITS)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    assert done.returncode == 0


def test_only_the_code_server_may_write_what_readers_open() -> None:
    public = str(Path(example()["STADSDEL_WAREHOUSE"]).parent)
    for path in UNITS:
        service = read_unit(path)["Service"]
        assert service["ProtectSystem"] == "strict"
        writes = service.get("ReadWritePaths", "").split()
        assert (public in writes) is (path.stem == "stadsdel-code")
    state = Path(example()["STADSDEL_STATE"])
    assert Path("/var/lib/stadsdel") in state.parents


def containerfile() -> list[list[str]]:
    """Return the instructions of the container file, each as its words."""
    text = (DEPLOY / "container" / "Containerfile").read_text(encoding="utf-8")
    lines = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    return [line.split() for line in lines.replace("\\\n", " ").splitlines() if line.strip()]


def volumes_of_the_image() -> list[str]:
    (paths,) = [words[1:] for words in containerfile() if words[0] == "VOLUME"]
    return [path.strip('[]",') for path in paths]


def test_the_image_runs_the_code_server_as_systemd_does() -> None:
    (command,) = [words[1:] for words in containerfile() if words[0] == "CMD"]
    arguments = [word.strip('[]",') for word in command]
    assert for_any_host(arguments) == for_any_host(command_of("code"))


def test_the_image_has_the_files_it_copies_and_an_extra_that_exists() -> None:
    text = (DEPLOY / "container" / "Containerfile").read_text(encoding="utf-8")
    extras = re.findall(r"--extra (\w+)", text)
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert set(extras) <= set(pyproject["project"]["optional-dependencies"])
    needed = " ".join(pyproject["project"]["optional-dependencies"][extras[0]])
    assert {"dagster-postgres", "dagster-webserver", "dagster-k8s"} <= set(
        re.findall(r"dagster-[a-z0-9]+", needed)
    )
    for words in containerfile():
        if words[0] == "COPY" and not words[1].startswith("--from"):
            sources = [word for word in words[1:-1] if not word.startswith("--")]
            assert all((ROOT / source).exists() for source in sources)


def test_the_image_is_built_from_all_that_the_package_needs() -> None:
    lines = (DEPLOY / "container" / "Containerfile.dockerignore").read_text(encoding="utf-8")
    let_in = {line[1:] for line in lines.splitlines() if line.startswith("!")}
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wheel = pyproject["tool"]["hatch"]["build"]["targets"]["wheel"]
    needed = {*wheel["packages"], *wheel["force-include"], "pyproject.toml", "uv.lock"}
    needed |= {pyproject["project"]["readme"], *pyproject["project"]["license-files"]}
    assert needed <= let_in
    assert all((ROOT / path).exists() for path in let_in)


def test_the_image_has_the_places_of_the_example() -> None:
    settings = {
        name: value
        for words in containerfile()
        if words[0] == "ENV"
        for name, _, value in (word.partition("=") for word in words[1:])
    }
    for name in ("STADSDEL_REPORTS", "STADSDEL_STATE", "STADSDEL_WAREHOUSE", "DAGSTER_HOME"):
        assert settings[name] == example()[name]


def test_the_compose_file_runs_what_systemd_does() -> None:
    compose = load("container/compose.yaml")
    services = compose["services"]
    assert set(services) == {"database", "code", "daemon", "webserver"}
    for name in ("daemon", "webserver"):
        assert for_any_host(services[name]["command"]) == for_any_host(command_of(name))
    assert "command" not in services["code"]
    for name in ("code", "daemon", "webserver"):
        service = services[name]
        assert service["build"]["dockerfile"] == "deploy/container/Containerfile"
        assert service["environment"].keys() <= example().keys()
        assert service["environment"]["STADSDEL_CODE_HOST"] == "code"
        assert service["environment"]["DAGSTER_PG_HOST"] == "database"
        mounts = dict(volume.rsplit(":ro", 1)[0].rsplit(":", 1) for volume in service["volumes"])
        assert {"state", "logs"} <= mounts.keys() & compose["volumes"].keys()
        written = {
            mounts["state"],
            mounts["logs"],
            str(Path(example()["STADSDEL_WAREHOUSE"]).parent),
        }
        assert set(volumes_of_the_image()) == written


def test_the_code_server_listens_where_the_others_look() -> None:
    (server,) = load("workspace.yaml")["load_from"]
    port = str(server["grpc_server"]["port"])
    command = command_of("code")
    assert command[command.index("--port") + 1] == port
    assert load("container/compose.yaml")["services"]["code"]["healthcheck"]["test"][-1] == port
    assert command[command.index("--location-name") + 1] == server["grpc_server"]["location_name"]
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    settings = pyproject["tool"]["dagster"]
    assert command[command.index("--module-name") + 1] == settings["module_name"]
    assert server["grpc_server"]["location_name"] == settings["code_location_name"]


def test_the_pages_are_for_this_machine_alone() -> None:
    assert "127.0.0.1" in command_of("webserver")
    (port,) = load("container/compose.yaml")["services"]["webserver"]["ports"]
    assert port.startswith("127.0.0.1:")


def snake(values: Any) -> Any:
    """Return a chart's values under the names that they have in dagster.yaml."""
    if isinstance(values, dict):
        return {
            re.sub("[A-Z]", lambda c: f"_{c[0].lower()}", k): snake(v) for k, v in values.items()
        }
    return values


def test_the_chart_s_values_are_the_settings_of_any_server() -> None:
    values = load("kubernetes/values.yaml")
    settings = load("dagster.yaml")
    assert snake(values["concurrency"]) == settings["concurrency"]
    assert values["additionalInstanceConfig"]["run_retries"] == settings["run_retries"]
    assert values["additionalInstanceConfig"]["freshness"] == settings["freshness"]
    assert values["dagsterDaemon"]["runRetries"] == {"enabled": False}
    retention = {k: v for k, v in values["retention"].items() if k != "enabled"}
    assert snake(retention) == settings["retention"]
    monitoring = snake(values["dagsterDaemon"]["runMonitoring"])
    for name in ("enabled", "start_timeout_seconds", "free_slots_after_run_end_seconds"):
        assert monitoring[name] == settings["run_monitoring"][name]
    scheme = settings["storage"]["postgres"]["postgres_db"]["scheme"]
    assert values["postgresql"]["postgresqlScheme"] == scheme
    assert values["telemetry"] == settings["telemetry"]


def test_dagster_k8s_takes_the_launcher_s_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    values = load("kubernetes/values.yaml")["runLauncher"]
    assert values["type"] == "K8sRunLauncher"
    launcher = values["config"]["k8sRunLauncher"]
    of_runs = launcher.pop("runK8sConfig")
    cluster = tmp_path / "kubeconfig"
    cluster.write_text(
        yaml.safe_dump(
            {
                "current-context": "here",
                "contexts": [{"name": "here", "context": {"cluster": "here", "user": "me"}}],
                "clusters": [{"name": "here", "cluster": {"server": "http://127.0.0.1:9"}}],
                "users": [{"name": "me", "user": {}}],
            }
        )
    )
    config = load("dagster.yaml")
    config["run_launcher"] = {
        "module": "dagster_k8s",
        "class": "K8sRunLauncher",
        "config": {
            **snake(launcher),
            "run_k8s_config": {
                re.sub("[A-Z]", lambda c: f"_{c[0].lower()}", name): value
                for name, value in of_runs.items()
            },
            "load_incluster_config": False,
            "kubeconfig_file": str(cluster),
            "service_account_name": "dagster",
            "instance_config_map": "dagster-instance",
            "postgres_password_secret": "stadsdelslagret-postgresql",
            "dagster_home": "/opt/dagster/dagster_home",
        },
    }
    with instance_from(config, tmp_path, monkeypatch) as instance:
        assert isinstance(instance.run_launcher, K8sRunLauncher)


def test_a_pod_has_the_places_and_the_user_of_the_image() -> None:
    (deployment,) = load("kubernetes/values.yaml")["dagster-user-deployments"]["deployments"]
    settings = {variable["name"]: variable["value"] for variable in deployment["env"]}
    assert settings.keys() <= example().keys()
    mounts = {mount["name"]: Path(mount["mountPath"]) for mount in deployment["volumeMounts"]}
    assert mounts.keys() == {volume["name"] for volume in deployment["volumes"]}
    assert Path(settings["STADSDEL_REPORTS"]) == mounts["reports"]
    assert Path(settings["STADSDEL_STATE"]) == mounts["state"]
    assert Path(settings["STADSDEL_WAREHOUSE"]).parent == mounts["public"]
    for name in ("STADSDEL_REPORTS", "STADSDEL_STATE", "STADSDEL_WAREHOUSE"):
        assert settings[name] == example()[name]
    text = (DEPLOY / "container" / "Containerfile").read_text(encoding="utf-8")
    assert f"--uid {deployment['podSecurityContext']['runAsUser']} " in text
    assert deployment["dagsterApiGrpcArgs"] == command_of("code")[-2:]


def test_the_chart_s_version_is_that_of_the_lock() -> None:
    lock = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))
    (version,) = [each["version"] for each in lock["package"] if each["name"] == "dagster"]
    page = (ROOT / "docs" / "deployment.md").read_text(encoding="utf-8")
    assert f"--version {version} " in page


def test_the_page_names_files_that_exist_and_every_variable() -> None:
    page = (ROOT / "docs" / "deployment.md").read_text(encoding="utf-8")
    named = set(re.findall(r"(?<![\w/])deploy/[\w./*-]*\w", page))
    made_by_its_reader = "deploy/container/stadsdel.env"
    of_kubectl = "deploy/stadsdelslagret-dagster-daemon"
    missing = {path for path in named if not any(ROOT.glob(path))}
    assert missing == {made_by_its_reader, of_kubectl}
    for target in re.findall(r"\]\(\.\./([\w./-]+)\)", page):
        assert (ROOT / target).exists(), target
    assert {name for name in example() if name.startswith(("STADSDEL_SMTP", "STADSDEL_EMAIL"))} <= (
        set(re.findall(r"STADSDEL_[A-Z_]+", page))
    )

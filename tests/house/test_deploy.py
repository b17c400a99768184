"""What stands in deploy/ fits the program: settings, commands, how long a stop may take, no secrets."""

from __future__ import annotations

import configparser
import re
from dataclasses import fields
from pathlib import Path

import pytest
import yaml

from campaigns.cli import main
from campaigns.delivery.transports.sendgrid import TOTAL_S
from campaigns.jobs.worker import GRACE_S
from campaigns.settings import PREFIX, SECRETS, Settings
from tests.house.source import ROOT, text

COMPOSE = yaml.safe_load(text("deploy/compose.yaml"))
OURS = {name for name, one in COMPOSE["services"].items() if one.get("image") == "campaigns"}
UNITS = sorted((ROOT / "deploy" / "systemd").glob("*.service"))
SERVING = [path for path in UNITS if "upgrade" not in path.name]
KEYS = {
    "build", "image", "restart", "stop_grace_period", "environment", "secrets", "volumes",
    "networks", "cap_drop", "security_opt", "read_only", "tmpfs", "depends_on", "healthcheck",
    "command", "deploy", "ports", "network_mode", "profiles", "shm_size",
}  # fmt: skip
KNOWN = {PREFIX + one.name.upper() for one in fields(Settings)} | {
    f"{PREFIX}{name.upper()}_FILE" for name in SECRETS
}


def unit(path: Path) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str
    parser.read_string(path.read_text(encoding="utf-8"))
    return parser


def seconds(span: str) -> float:
    number, word = re.fullmatch(r"(\d+)(s|min)?", span).groups()
    return float(number) * {"min": 60}.get(word, 1)


def test_the_compose_file_says_only_what_compose_knows():
    services = COMPOSE["services"]

    assert {key for one in services.values() for key in one} <= KEYS
    for one in services.values():
        assert ("build" in one) or ("image" in one)
        for kind in ("secrets", "networks"):
            assert set(one.get(kind, ())) <= set(COMPOSE[kind])
        assert {v.split(":")[0] for v in one.get("volumes", ())} <= set(COMPOSE["volumes"])
        assert set(one.get("depends_on", ())) <= set(services)


def test_the_compose_file_runs_two_workers_on_postgresql_beside_web_and_ui():
    commands = {name: COMPOSE["services"][name]["command"][0] for name in OURS}

    assert commands == {"upgrade": "upgrade", "worker": "worker", "web": "web", "ui": "ui"}
    assert set(commands.values()) <= set(main.commands)
    assert COMPOSE["services"]["worker"]["deploy"]["replicas"] == 2
    assert all("healthcheck" in COMPOSE["services"][name] for name in ("db", "web", "ui", "redis"))


def test_no_secret_stands_in_the_compose_file_and_every_setting_is_known():
    named = {key: value for name in OURS for key, value in environment(name).items()}

    assert set(named) <= KNOWN
    assert {f"{PREFIX}{name.upper()}" for name in SECRETS}.isdisjoint(named)
    assert all(one["file"].startswith("./secrets/") for one in COMPOSE["secrets"].values())
    assert "deploy/secrets/" in text(".gitignore")


def environment(name):
    return COMPOSE["services"][name]["environment"]


def test_the_interface_and_the_pages_are_reached_from_this_machine_alone():
    ports = [port for one in COMPOSE["services"].values() for port in one.get("ports", ())]

    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)
    assert f"{PREFIX}UI_ADDRESS" not in environment("ui")


def test_a_service_is_given_the_time_to_hear_what_it_asked():
    patience_s = max(TOTAL_S, GRACE_S)

    assert all(
        seconds(COMPOSE["services"][name]["stop_grace_period"]) > patience_s for name in OURS
    )
    assert all(seconds(unit(path)["Service"]["TimeoutStopSec"]) > patience_s for path in SERVING)


def test_the_image_runs_as_nobody_in_particular():
    lines = text("deploy/Containerfile").splitlines()

    assert "USER campaigns" in lines
    assert lines.index("USER campaigns") < lines.index('ENTRYPOINT ["campaigns"]')
    assert "STOPSIGNAL SIGTERM" in lines


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_starts_a_command_that_exists_with_few_rights(path):
    service = unit(path)["Service"]

    program, command = service["ExecStart"].split()
    assert program.endswith("/.venv/bin/campaigns")
    assert command in main.commands
    assert (service["User"], service["NoNewPrivileges"]) == ("campaigns", "yes")
    assert (service["ProtectSystem"], service["CapabilityBoundingSet"]) == ("strict", "")


@pytest.mark.parametrize("path", SERVING, ids=lambda path: path.name)
def test_a_unit_comes_back_and_is_asked_politely_to_stop(path):
    service = unit(path)["Service"]

    assert (service["Restart"], service["KillSignal"]) == ("always", "SIGTERM")


def test_the_environment_of_the_units_names_settings_that_exist():
    named = re.findall(r"^(CAMPAIGNS_\w+)=", text("deploy/systemd/environment"), re.MULTILINE)

    assert named
    assert set(named) <= KNOWN

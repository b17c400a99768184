"""The processes, started for real, on ports of their own."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

from campaigns.clock import monotonic_s, sleep_s
from campaigns.store.database import open_database
from campaigns.store.tables import worker
from tests.support.ports import free_port

PATIENCE_S = 90


@contextmanager
def _process(data, *words, **settings):
    environ = {"PATH": os.environ["PATH"], "CAMPAIGNS_DATA": str(data)}
    environ |= {f"CAMPAIGNS_{name.upper()}": str(value) for name, value in settings.items()}
    with subprocess.Popen(
        [sys.executable, "-m", "campaigns.cli", *words], env=environ, text=True,
        cwd=Path(__file__).parents[2], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        try:
            yield process
        finally:
            process.terminate()
            process.wait(PATIENCE_S)


def _until(condition):
    until_s = monotonic_s() + PATIENCE_S
    while monotonic_s() < until_s:
        if found := condition():
            return found
        sleep_s(0.2)
    raise AssertionError("it did not happen in time")


def _owners(data):
    database = open_database(f"sqlite:///{data / 'campaigns.sqlite'}")
    with database.read() as connection:
        found = set(connection.execute(sa.select(worker.c.owner)).scalars())
    database.close()
    return found


@pytest.mark.slow
def test_up_starts_all_processes_revives_one_that_dies_and_stops_all(tmp_path):
    ui, web = free_port(), free_port()
    with _process(tmp_path, "up", ui_port=ui, web_port=web, workers=2) as process:
        shown = [process.stdout.readline() for _ in range(4)]
        assert re.findall(r"http://127\.0\.0\.1:(\d+)", "".join(shown)) == [str(ui), str(web)]
        with urllib.request.urlopen(f"http://127.0.0.1:{ui}/", timeout=10) as answer:
            assert answer.status == 200
        first, second = _owners(tmp_path)
        os.kill(int(first.split(":")[1]), signal.SIGKILL)
        third = _until(lambda: _owners(tmp_path) - {first, second})
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE_S) == 0
    assert not ({second} | third) & _owners(tmp_path)
    assert {one.name for one in tmp_path.glob("worker*.log")} == {"worker.log", "worker-2.log"}
    for port in (ui, web):
        with socket.socket() as probe:
            assert probe.connect_ex(("127.0.0.1", port)) != 0


@pytest.mark.parametrize(("command", "name"), [("up", "UI"), ("ui", "UI"), ("web", "WEB")])
def test_a_port_that_is_taken_is_named_with_its_setting(run, monkeypatch, command, name):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        monkeypatch.setenv(f"CAMPAIGNS_{name}_PORT", str(port))

        result = run(command)

    assert (result.exit_code, result.stdout) == (1, "")
    assert f"CAMPAIGNS_{name}_PORT" in result.stderr
    assert str(port) in result.stderr


def test_the_interface_is_not_shown_to_the_world(run, monkeypatch):
    monkeypatch.setenv("CAMPAIGNS_UI_ADDRESS", "0.0.0.0")  # noqa: S104 - to see it refused

    result = run("ui")

    assert (result.exit_code, "CAMPAIGNS_UI_ADDRESS" in result.stderr) == (1, True)


ORPHAN = """
import sys
from campaigns.cli.up import start_child
with open(sys.argv[1], "wb") as output:
    print(start_child(["sleep", "60"], {"PATH": "/usr/bin:/bin"}, output).pid, flush=True)
    sys.stdin.read()
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child of its parent's end")
def test_children_end_when_up_is_killed(tmp_path):
    with subprocess.Popen(
        [sys.executable, "-c", ORPHAN, str(tmp_path / "log")], stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2],
    ) as process:  # fmt: skip
        child = int(process.stdout.readline())
        assert not _is_gone(child)
        process.kill()

    _until(lambda: _is_gone(child))


def _is_gone(pid):
    stat = Path(f"/proc/{pid}/stat")
    return not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] == "Z"

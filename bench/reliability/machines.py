"""The processes of a run: workers that are killed, a provider and a web that are not."""

from __future__ import annotations

import contextlib
import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from bench.reliability.mortal import live
from tests.support.fake_sendgrid import API_KEY
from tests.support.ports import free_port

ROOT = Path(__file__).parents[2]
PATIENCE_S = 60.0


@dataclass
class Provider:
    """The fake SendGrid in a process of its own."""

    process: subprocess.Popen[str]
    address: str

    def ask(self, path: str, body: object = None) -> Any:
        content = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(self.address + path, content, headers)  # noqa: S310
        with urllib.request.urlopen(request, timeout=PATIENCE_S) as answer:  # noqa: S310
            said = answer.read()
        return json.loads(said) if said.startswith((b"{", b"[")) else said.decode()


@contextlib.contextmanager
def provider(folder: Path, delay_s: float) -> Iterator[Provider]:
    words = [sys.executable, "-m", "tests.support.fake_sendgrid", "--port", "0", "--delay-s", str(delay_s),
             "--state", str(folder / "accepted.jsonl"), "--validates-one-in", "5"]  # fmt: skip
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield Provider(process, process.stdout.readline().strip())
        finally:
            process.kill()


@contextlib.contextmanager
def web(environ: dict[str, str], log: Path) -> Iterator[str]:
    """The public web, which hears SendGrid's events; yields where they are posted."""
    port = free_port()
    with campaigns("web", environ=environ | {"CAMPAIGNS_WEB_PORT": str(port)}, log=log) as process:
        try:
            wait_for(lambda: _is_well(f"http://127.0.0.1:{port}/health"), "the web")
            yield f"http://127.0.0.1:{port}/hooks/sendgrid"
        finally:
            process.kill()


@contextlib.contextmanager
def campaigns(*words: str, environ: dict[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """One process of the product."""
    plain = {name: text for name, text in os.environ.items() if not name.startswith("CAMPAIGNS_")}
    command = [sys.executable, "-m", "campaigns.cli", *words]
    with log.open("ab") as sink, subprocess.Popen(
        command, cwd=ROOT, env=plain | environ, stdout=sink, stderr=sink
    ) as process:  # fmt: skip
        yield process


@dataclass
class Workers:
    """So many mortal workers at any time: one that is gone is followed by another."""

    environ: dict[str, str]
    folder: Path
    wanted: int
    deaths: float
    seed: int
    started: int = 0
    ends: Counter[str] = field(default_factory=Counter)
    living: list[BaseProcess] = field(default_factory=list)
    context: Any = field(default_factory=lambda: multiprocessing.get_context("forkserver"))

    def __post_init__(self) -> None:
        # Loaded once, so that a worker that is killed costs little: it is forked from what is
        # loaded and has no thread, no connection and no file yet.
        self.context.set_forkserver_preload(["bench.reliability.mortal"])

    def replace_dead(self) -> None:
        for one in [one for one in self.living if not one.is_alive()]:
            code = one.exitcode or 0
            self.ends["killed" if code == -signal.SIGKILL else f"ended {code}"] += 1
            self.living.remove(one)
        while len(self.living) < self.wanted:
            self.started += 1
            words = (self.environ, self.deaths, self.seed + self.started, str(self.folder))
            born = self.context.Process(target=live, args=words)
            born.start()
            self.living.append(born)

    def signal(self, number: int, place: int) -> int | None:
        """Send a signal to one of them; return whom."""
        alive = [one for one in self.living if one.is_alive()]
        if not alive:
            return None
        chosen = alive[place % len(alive)]
        assert chosen.pid is not None
        os.kill(chosen.pid, number)
        return chosen.pid

    def end(self) -> None:
        for one in self.living:
            one.kill()
        for one in self.living:
            one.join()


def wake(pid: int) -> None:
    """Let a process go on that was stopped, if it still lives."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGCONT)


def settings_for(provider_: Provider) -> dict[str, str]:
    """What the product is told of its provider."""
    return {
        "sendgrid_host": provider_.address, "sendgrid_api_key": API_KEY,
        "sendgrid_webhook_key": provider_.ask("/key"),
    }  # fmt: skip


def wait_for(condition: Any, what: str, patience_s: float = PATIENCE_S) -> None:
    until = time.monotonic() + patience_s
    while time.monotonic() < until:
        if condition():
            return
        time.sleep(0.1)
    raise AssertionError(f"it did not happen in {patience_s:.0f} s: {what}")


def _is_well(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=2) as answer:  # noqa: S310
            return bool(answer.status == 200)
    except OSError:
        return False

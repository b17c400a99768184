"""``campaigns up``: interface, public web and workers, started, watched and stopped together."""

from __future__ import annotations

import ctypes
import functools
import os
import signal
import ssl
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import click

from campaigns import clock
from campaigns.cli.processes import environment, require_port
from campaigns.cli.shell import Shell, verb
from campaigns.cli.stopping import stopping
from campaigns.errors import SettingsError
from campaigns.jobs.rows import living
from campaigns.settings import Settings
from campaigns.store.workspace import Workspace

POLL_S = 0.3
PATIENCE_S = 90.0
"""How long they may take to answer at first."""
GRACE_S = 30.0
"""How long a child may take to stop before it is killed."""
STEADY_S = 60.0
"""A child that lived this long may die as if for the first time."""
DEATHS = 5
LONGEST_WAIT_S = 16.0
PR_SET_PDEATHSIG = 1
"""prctl(2), Linux."""
ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104 - where to ask, not where to bind


@verb("up", answers=False)
def up(shell: Shell) -> None:
    """Start interface, public web and workers, and keep them running until Ctrl-C."""
    settings = shell.settings
    require_port("UI_PORT", settings.ui_address, settings.ui_port)
    require_port("WEB_PORT", settings.web_address, settings.web_port)
    with shell.workspace(upgrade=True) as workspace, stopping() as stop, ExitStack() as children:
        workers = [Child("worker", shell, number) for number in range(1, settings.workers + 1)]
        started = [*workers, Child("web", shell), Child("ui", shell)]
        for child in started:
            child.start()
            children.callback(child.end)
        if _wait_until_all_answer(started, workspace, stop):
            click.echo(_addresses(settings))
        while not stop.wait(POLL_S):
            for child in started:
                child.revive(stop)
        for child in started:  # all at once; ``end`` then waits for each
            child.ask_to_end()


@dataclass(slots=True)
class Child:
    """One process that is started again when it ends, each time a little later."""

    name: str
    shell: Shell
    number: int = 1
    """Which of several of its name it is."""
    deaths: int = 0
    _process: subprocess.Popen[bytes] | None = None
    _born_s: float = 0.0
    _due_s: float | None = field(default=None)

    @property
    def log(self) -> Path:
        number = f"-{self.number}" if self.number > 1 else ""
        return self.shell.settings.data / f"{self.name}{number}.log"

    def start(self) -> None:
        self._due_s, self._born_s = None, clock.monotonic_s()
        with self.log.open("ab") as output:
            self._process = start_child(
                [sys.executable, "-m", "campaigns.cli", self.name], environment(self.shell), output
            )

    def revive(self, stop: threading.Event) -> None:
        """Start it again if it ended, after a wait that doubles.

        Raises:
            SettingsError: it ends whenever it is started.
        """
        if self._process is None or self._process.poll() is None or stop.is_set():
            return
        now_s = clock.monotonic_s()
        if self._due_s is None:
            self.deaths = 1 if now_s - self._born_s > STEADY_S else self.deaths + 1
            if self.deaths >= DEATHS:
                raise SettingsError("process.died", name=self.name, times=self.deaths, log=self.log)
            self._due_s = now_s + min(2.0 ** (self.deaths - 1), LONGEST_WAIT_S)
            click.echo(f"{self.name}: ended ({self._process.returncode}), see {self.log}", err=True)
        elif now_s >= self._due_s:
            self.start()

    def ask_to_end(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()

    def end(self) -> None:
        """Stop it and wait until it is gone."""
        self.ask_to_end()
        if self._process is None:
            return
        try:
            self._process.wait(GRACE_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def start_child(
    words: Sequence[str], environ: Mapping[str, str], output: IO[bytes]
) -> subprocess.Popen[bytes]:
    """Start a process that is asked to end (SIGTERM) when this one is gone, be it by kill -9.

    It has a session of its own: Ctrl-C reaches us alone, and we stop the children in order.
    """
    libc = ctypes.CDLL(None) if sys.platform == "linux" else None
    return subprocess.Popen(
        words, env=environ, stdin=subprocess.DEVNULL, stdout=output, stderr=output,
        start_new_session=True,
        preexec_fn=functools.partial(_end_with, os.getpid(), libc) if libc else None,  # noqa: PLW1509 - one thread starts children
    )  # fmt: skip


def _end_with(parent: int, libc: Any) -> None:
    """Let the kernel tell this process when its parent is gone, also after an ``exec``."""
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:  # it went just now
        os.kill(os.getpid(), signal.SIGTERM)


def _wait_until_all_answer(
    children: list[Child], workspace: Workspace, stop: threading.Event
) -> bool:
    """Say whether all answer; False when we are to stop before.

    Raises:
        SettingsError: one of them does not answer in time, or ends again and again.
    """
    until_s = clock.monotonic_s() + PATIENCE_S
    silent = dict(_checks(workspace))
    while silent:
        for name in [name for name, answers in silent.items() if answers()]:
            del silent[name]
        for child in children:
            child.revive(stop)
        if silent and clock.monotonic_s() > until_s:
            late = next(child for child in children if child.name in silent)
            raise SettingsError("process.silent", name=late.name, log=late.log)
        if stop.wait(POLL_S):
            return False
    return True


def _checks(workspace: Workspace) -> list[tuple[str, Callable[[], bool]]]:
    settings = workspace.settings
    scheme = "https" if settings.tls_cert else "http"
    host = ANYWHERE.get(settings.web_address, settings.web_address)
    web = f"{scheme}://{host}:{settings.web_port}/health?nonce=up"
    ui = f"http://{settings.ui_address}:{settings.ui_port}/_stcore/health"
    return [
        ("worker", lambda: _works(workspace)),
        ("web", lambda: _answers(web)),
        ("ui", lambda: _answers(ui)),
    ]


def _works(workspace: Workspace) -> bool:
    with workspace.database.read() as connection:
        return living(connection, now=clock.utcnow()) >= workspace.settings.workers


def _answers(address: str) -> bool:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE  # our own, on this machine
    opener = urllib.request.build_opener(
        urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=context)
    )
    try:
        with opener.open(address, timeout=2) as response:
            return bool(response.status == 200)
    except OSError:
        return False


def _addresses(settings: Settings) -> str:
    return (
        f"interface   http://{settings.ui_address}:{settings.ui_port}\n"
        f"public web  {settings.base_url}\n"
        f"data        {settings.data.resolve()}\n"
        "stop with Ctrl-C"
    )

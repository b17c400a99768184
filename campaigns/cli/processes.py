"""``campaigns ui``, ``web``, ``worker``: one process each; and ``upgrade``, before them."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

import click
import uvicorn

from campaigns.cli.pages import site_of
from campaigns.cli.shell import Shell, verb
from campaigns.cli.stopping import stopping
from campaigns.errors import SettingsError
from campaigns.jobs import run_worker
from campaigns.settings import PREFIX, Settings

APP = Path(__file__).parents[2] / "app.py"
CONNECTION = "campaigns.web.patience:Connection"
"""Another program's, so it is named and not imported."""
CONNECTIONS = 4_000
"""Of visitors at once; more of them are answered "try again"."""


@verb("worker", chatty=True, answers=False)
@click.option("--threads", default=2, show_default=True, type=click.IntRange(1, 32))
def worker(shell: Shell, threads: int) -> None:
    """Do the work that waits: imports, plans, sends, events. Any number may run."""
    with shell.workspace() as workspace, stopping() as stop:
        run_worker(workspace, stop=stop, threads=threads)


@verb("web", chatty=True, answers=False)
def web(shell: Shell) -> None:
    """Serve the customers' pages and the webhook. May face the internet."""
    settings = shell.settings
    require_port("WEB_PORT", settings.web_address, settings.web_port)
    with shell.workspace() as workspace:
        uvicorn.run(
            site_of(workspace), host=settings.web_address, port=settings.web_port,
            ssl_certfile=settings.tls_cert or None, ssl_keyfile=settings.tls_key or None,
            # Private pages have people's own links as addresses, so none is logged.
            # A web socket's would be, by its opening; no page of ours has one.
            access_log=False, log_config=None, server_header=False, ws="none",
            http=CONNECTION, limit_concurrency=CONNECTIONS,
        )  # fmt: skip


@verb("ui", chatty=True, answers=False)
def ui(shell: Shell) -> None:
    """Serve the marketer's interface, on this machine alone."""
    settings = shell.settings
    require_port("UI_PORT", settings.ui_address, settings.ui_port)
    with shell.workspace():
        pass  # a database of another revision is told here, not on a page
    environ = environment(shell)  # before the folder changes, which ``--data`` may be relative to
    os.chdir(APP.parent)  # where .streamlit/config.toml lies
    os.execve(sys.executable, ui_command(settings), environ)  # noqa: S606 - no shell


@verb("upgrade")
def upgrade(shell: Shell) -> None:
    """Bring the database to the revision that this version needs."""
    with shell.workspace(upgrade=True):
        shell.answer({"upgraded": True})


def ui_command(settings: Settings) -> list[str]:
    """Return the command line of the interface."""
    return [
        sys.executable, "-m", "streamlit", "run", str(APP),
        f"--server.address={settings.ui_address}", f"--server.port={settings.ui_port}",
    ]  # fmt: skip


def environment(shell: Shell) -> dict[str, str]:
    """Return the environment of a child: ours, and the data folder of this command."""
    return dict(shell.environ) | {PREFIX + "DATA": str(shell.settings.data.resolve())}


def require_port(name: str, address: str, port: int) -> None:
    """Refuse a port that something else listens on.

    Raises:
        SettingsError: it is taken; the text names the setting.
    """
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as cause:
            raise SettingsError("process.port", name=PREFIX + name, got=port) from cause

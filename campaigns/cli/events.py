"""``campaigns events``: what a provider says became of the messages."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from campaigns import clock
from campaigns.cli.shell import Shell, verb
from campaigns.delivery.heard.events import inbox, ingest_file


@click.group()
def events() -> None:
    """Events of the provider."""


@verb("ingest")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def ingest(shell: Shell, file: Path) -> None:
    """Take in FILE, a JSON array as SendGrid posts it or one event a line, packed by gzip or not."""
    with shell.workspace() as workspace:
        found = ingest_file(workspace, file, now=clock.utcnow())
    shell.answer(asdict(found))


@verb("state")
def state(shell: Shell) -> None:
    """Tell what providers posted: what waits, what nobody can read, what became of the account."""
    with shell.workspace() as workspace, workspace.database.read() as connection:
        found = asdict(inbox(connection))
    shell.answer(found)


events.add_command(ingest)
events.add_command(state)

"""``campaigns suppression``: addresses that are never written to, in and out."""

from __future__ import annotations

from pathlib import Path

import click

from campaigns import clock
from campaigns.cli.shell import Shell, verb
from campaigns.delivery import suppression_lists
from campaigns.sheets.writing.book import write_list
from campaigns.store.suppressions import stop_writing_to

HEADINGS = ("address", "address_hash", "reason", "source", "at")


@click.group()
def suppression() -> None:
    """Addresses that are never written to. A sheet of them: campaigns import FILE --as suppressions."""


@verb("add")
@click.argument("address")
def add(shell: Shell, address: str) -> None:
    """Never write to ADDRESS again."""
    with shell.workspace() as workspace, workspace.database.begin() as connection:
        new = stop_writing_to(connection, address, actor=shell.actor, now=clock.utcnow())
    shell.answer({"added": int(new)})


@verb("export")
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
def export(shell: Shell, out: Path) -> None:
    """Write the list to OUT (.xlsx). Of erased people it holds only a hash of the address."""
    with shell.workspace() as workspace, workspace.database.read() as connection:
        listed = suppression_lists.rows(connection)
    lines = [
        [row["address"], row["address_hash"], row["reason"], row["source"],
         row["at"].isoformat(timespec="seconds")]
        for row in listed
    ]  # fmt: skip
    out.write_bytes(write_list("suppressions", HEADINGS, lines))
    shell.answer({"out": str(out), "rows": len(lines)})


@verb("pull")
def pull(shell: Shell) -> None:
    """Take over bounces, complaints and unsubscriptions from SendGrid. A worker does it each day."""
    with shell.workspace() as workspace:
        new = suppression_lists.pull(workspace, actor=shell.actor, now=clock.utcnow())
    shell.answer({"new": new})


@verb("push")
def push(shell: Shell) -> None:
    """Hand our list over to SendGrid, for other programs that send by the same account."""
    with shell.workspace() as workspace:
        shell.answer({"pushed": suppression_lists.push(workspace)})


for _command in (add, export, pull, push):
    suppression.add_command(_command)

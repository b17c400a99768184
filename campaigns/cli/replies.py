"""``campaigns replies``: what customers answered, and mails from files."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from campaigns import clock
from campaigns.cli.shell import Shell, verb
from campaigns.delivery.inbox import reply_rows
from campaigns.delivery.inbox.answers import ReplyKind
from campaigns.delivery.inbox.mail_files import ingest_files


@click.group()
def replies() -> None:
    """What customers answered."""


@verb("list")
@click.option("--campaign", help="Answers to this campaign only.")
@click.option("--kind", type=click.Choice([str(kind) for kind in ReplyKind]))
@click.option("--unread", is_flag=True, help="What nobody has read yet.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 1000))
def list_replies(
    shell: Shell, campaign: str | None, kind: str | None, limit: int, *, unread: bool
) -> None:
    """List the answers, newest first."""
    with shell.workspace() as workspace, workspace.database.read() as connection:
        found = reply_rows.find_replies(
            connection, campaign_name=campaign, kinds=[ReplyKind(kind)] if kind else [],
            unread=unread, limit=limit,
        )  # fmt: skip
    rows = [
        {name: value for name, value in asdict(one).items() if name != "full_text"} for one in found
    ]
    shell.answer({"replies": rows})


@verb("show")
@click.argument("reply_id", type=int)
def show(shell: Shell, reply_id: int) -> None:
    """Show one answer whole, and the conversation it belongs to."""
    with shell.workspace() as workspace, workspace.database.read() as connection:
        found = reply_rows.find_reply(connection, reply_id)
        turns = [] if found.contact_id is None else reply_rows.thread(connection, found.contact_id)
    shell.answer(asdict(found) | {"thread": [asdict(turn) for turn in turns]})


@verb("ingest")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
def ingest(shell: Shell, path: Path) -> None:
    """Take in the mails at PATH: a mail (.eml), a file of mails (mbox), a folder (maildir)."""
    with shell.workspace() as workspace:
        found = ingest_files(workspace, path, now=clock.utcnow())
    shell.answer(asdict(found))


for _command in (list_replies, show, ingest):
    replies.add_command(_command)

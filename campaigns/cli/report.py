"""``campaigns report``: one campaign in figures, and what became of each message."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import click
import sqlalchemy as sa

from campaigns.cli.shell import Shell, verb
from campaigns.delivery.status import status
from campaigns.errors import InputError
from campaigns.language.labels import label
from campaigns.sheets.writing.book import write_list
from campaigns.store.tables import campaign, contact, left_out, message

HEADINGS = ("customer_id", "address", "language", "state", "delivery", "accepted_at", "left_out")


@verb("report")
@click.argument("name", metavar="CAMPAIGN")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="Workbook to write (.xlsx)."
)
def report(shell: Shell, name: str, out: Path | None) -> None:
    """Tell how CAMPAIGN went; with --out, what became of each message."""
    if out is None and not shell.as_json:
        raise InputError("report.where")
    with shell.workspace() as workspace, workspace.database.read() as connection:
        figures = asdict(status(connection, name))
        if out is not None:
            rows = list(_messages(shell, connection, name)) + list(_left(shell, connection, name))
            out.write_bytes(write_list(name, HEADINGS, rows))
            figures |= {"out": str(out)}
    shell.answer(figures)


def _messages(shell: Shell, connection: sa.Connection, name: str) -> Iterator[list[str]]:
    asked = (
        sa.select(message, contact.c.customer_id)
        .join(campaign, campaign.c.id == message.c.campaign_id)
        .join(contact, contact.c.id == message.c.contact_id)
        .where(campaign.c.name == name)
        .order_by(message.c.id)
    )
    for row in connection.execute(asked):
        accepted = row.accepted_at.isoformat(timespec="seconds") if row.accepted_at else ""
        state = label(f"message.{row.state}", shell.language)
        yield [row.customer_id or "", row.address, row.language, state, row.delivery or "",
               accepted, ""]  # fmt: skip


def _left(shell: Shell, connection: sa.Connection, name: str) -> Iterator[list[str]]:
    asked = (
        sa.select(contact.c.customer_id, contact.c.address, contact.c.language, left_out.c.reason)
        .join(left_out, left_out.c.contact_id == contact.c.id)
        .join(campaign, campaign.c.id == left_out.c.campaign_id)
        .where(campaign.c.name == name)
        .order_by(contact.c.id)
    )
    for row in connection.execute(asked):
        reason = label(f"denial.{row.reason}", shell.language)
        yield [row.customer_id or "", row.address or "", row.language, "", "", "", reason]

"""``campaigns report``: one campaign in figures, and what became of each message."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import click
import sqlalchemy as sa

from campaigns.cli.shell import Shell, verb
from campaigns.delivery.heard.clicks import link_counts
from campaigns.delivery.heard.tallies import BITS, BOUNCE
from campaigns.delivery.status import status
from campaigns.errors import InputError
from campaigns.language.labels import label
from campaigns.sheets.writing.book import write_list
from campaigns.store.tables import campaign, contact, left_out, message

HEADINGS = ("customer_id", "address", "language", "state", "delivery", "opened", "clicked",
            "reason", "accepted_at", "left_out")  # fmt: skip


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
        links = link_counts(connection, figures["campaign_id"])
        figures |= {"links": [one._asdict() for one in links]}
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
               *(_told(shell, row.heard, begins) for begins in ("opened", "clicked", BOUNCE)),
               accepted, ""]  # fmt: skip


def _told(shell: Shell, heard: int, begins: str) -> str:
    """Return in words what was heard of a message, of one kind."""
    return "; ".join(
        label(f"event.{what}", shell.language)
        for what, bit in BITS.items()
        if heard & bit and what.startswith(begins)
    )


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
        yield [
            row.customer_id or "",
            row.address or "",
            row.language,
            "",
            "",
            "",
            "",
            "",
            "",
            reason,
        ]

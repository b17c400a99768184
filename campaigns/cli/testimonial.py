"""``campaigns testimonial``: what customers said, read before it is published, and its pages."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from campaigns import clock
from campaigns.cli.pages import export_pages
from campaigns.cli.shell import Shell, verb
from campaigns.feedback import testimonials as verbs


@click.group()
def testimonial() -> None:
    """What customers said."""


@verb("list")
@click.option("--published", is_flag=True, help="Those on the pages, not those that wait.")
def list_testimonials(shell: Shell, *, published: bool) -> None:
    """List the testimonials that wait to be read."""
    with shell.workspace() as workspace, workspace.database.read() as connection:
        found = verbs.published(connection) if published else verbs.pending(connection)
    shell.answer({"testimonials": [asdict(one) for one in found]})


@verb("approve")
@click.argument("testimonial_id", type=int)
@click.option("--text", help="The words with their spelling mended; nothing else may change.")
def approve(shell: Shell, testimonial_id: int, text: str | None) -> None:
    """Publish a testimonial."""
    with shell.workspace() as workspace:
        verbs.approve(workspace, testimonial_id, actor=shell.actor, now=clock.utcnow(), text=text)
    shell.answer({"testimonial": testimonial_id, "state": "approved"})


@verb("refuse")
@click.argument("testimonial_id", type=int)
@click.option("--reason", required=True, help="Why; kept with it.")
def refuse(shell: Shell, testimonial_id: int, reason: str) -> None:
    """Do not publish a testimonial."""
    with shell.workspace() as workspace:
        verbs.refuse(
            workspace, testimonial_id, actor=shell.actor, now=clock.utcnow(), reason=reason
        )
    shell.answer({"testimonial": testimonial_id, "state": "refused"})


@verb("export")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def export(shell: Shell, folder: Path) -> None:
    """Write the public pages as files below FOLDER."""
    with shell.workspace() as workspace:
        written = export_pages(workspace, folder)
    shell.answer({"pages": len(written), "folder": str(folder)})


for _command in (list_testimonials, approve, refuse, export):
    testimonial.add_command(_command)

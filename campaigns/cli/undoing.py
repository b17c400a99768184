"""``campaigns import``: FILES, or a word about what was taken in before."""

from __future__ import annotations

from dataclasses import asdict

import click

from campaigns import clock
from campaigns.cli.importing import import_files, told
from campaigns.cli.shell import Shell, lines, verb
from campaigns.sheets import reports
from campaigns.sheets.undo import undo

FILES = "files"


class Importing(click.Group):
    """A group whose first word may be a file: then files are taken in."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Let a first word that is no command be the first of ``files``."""
        is_command = bool(args) and args[0] in self.commands
        return super().parse_args(ctx, args if is_command else [FILES, *args])


@verb("undo")
@click.argument("upload", type=int)
def undo_upload(shell: Shell, upload: int) -> None:
    """Take UPLOAD back: everything is as it was before it. `campaigns import list` numbers them."""
    with shell.workspace() as workspace:
        report = undo(workspace, upload, actor=shell.actor, now=clock.utcnow())
    shell.answer(asdict(report))


@verb("list")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True)
def list_uploads(shell: Shell, limit: int) -> None:
    """List what was taken in, newest first."""
    with shell.workspace() as workspace:
        found = [asdict(one) for one in reports.recent(workspace, limit)]
    text = lines({"uploads": [told(one, shell.language) for one in found]})
    shell.answer({"uploads": found}, "\n".join(text).rstrip())


importing = Importing("import", help="Take in spreadsheets, list what was taken in, take it back.")
for _command in (import_files, undo_upload, list_uploads):
    importing.add_command(_command)

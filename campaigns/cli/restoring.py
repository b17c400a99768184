"""``campaigns restored``: what an operator says after putting a backup back, before any worker starts."""

from __future__ import annotations

from dataclasses import asdict

from campaigns import clock
from campaigns.cli.shell import Shell, verb
from campaigns.delivery.unsettled.restored import doubt


@verb("restored")
def restored(shell: Shell) -> None:
    """Say that the database is a backup: pause what may have gone on since, and send nobody twice.

    Whoever waits in the backup may have got their letter after it was taken. They become unknown:
    events settle them, and for the rest you decide by: campaigns campaign settle NAME.
    """
    with shell.workspace() as workspace:
        shell.answer(asdict(doubt(workspace, actor=shell.actor, now=clock.utcnow())))

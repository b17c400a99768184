"""``campaigns campaign schedule|unschedule`` and ``campaigns ramp``: when letters leave."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import click

from campaigns import clock
from campaigns.cli.shell import Shell, verb
from campaigns.delivery.status import row_of
from campaigns.delivery.timing import leaving, ramp
from campaigns.delivery.timing import schedule as timing
from campaigns.delivery.transports.choice import OUTBOX, TRANSPORTS
from campaigns.store.options import read_brand
from campaigns.store.workspace import Workspace


@verb("schedule")
@click.argument("name")
@click.option("--at", metavar="MOMENT", help="Readers' local time, such as 2026-12-01T10:00.")
@click.option("--opens", type=click.IntRange(0, 23), help="First hour in which letters leave.")
@click.option("--closes", type=click.IntRange(0, 24), help="The hour after the last one.")
@click.option("--weekdays", metavar="DAYS", help="Days, such as 12345; Monday is 1.")
@click.option("--holidays/--no-holidays", default=None, help="Also on public holidays.")
@click.option("--best-hour/--no-best-hour", default=None, help="At each reader's best hour.")
@click.option("--deadline", metavar="MOMENT", help="After it the letter makes no sense.")
def schedule(shell: Shell, /, name: str, **given: Any) -> None:
    """Let the approved campaign NAME leave later by itself. What is not said stays as it is."""
    changes = {field: value for field, value in given.items() if value is not None}
    with shell.workspace() as workspace:
        timing.schedule(workspace, name, actor=shell.actor, now=clock.utcnow(), **changes)
        shell.answer(_departures(workspace, name))


@verb("unschedule")
@click.argument("name")
def unschedule(shell: Shell, name: str) -> None:
    """Let the scheduled campaign NAME wait for a person again."""
    with shell.workspace() as workspace:
        timing.unschedule(workspace, name, actor=shell.actor, now=clock.utcnow())
        shell.answer(_departures(workspace, name))


def _departures(workspace: Workspace, name: str) -> dict[str, Any]:
    with workspace.database.read() as connection:
        row = row_of(connection, name)
        found = leaving.departures(connection, row) if row.starts_at else []
        shop = read_brand(connection).local_zone
    return {
        "name": name, "state": row.state, "starts_at": row.starts_at, "shop_zone": shop,
        "departures": [asdict(one) for one in found],
    }  # fmt: skip


@click.group("ramp")
def ramp_group() -> None:
    """Warming up a new sending domain: so many letters on the first day, more on each other."""


@verb("show")
def show(shell: Shell) -> None:
    """Show the limit of the day, and how much of it is used."""
    with shell.workspace() as workspace:
        _answer(shell, workspace)


@verb("set")
@click.argument("first", type=click.IntRange(0))
@click.option("--growth", default=ramp.GROWTH, show_default=True, help="Times as many each day.")
def set_ramp(shell: Shell, first: int, growth: float) -> None:
    """Begin with FIRST letters on the first day, such as 200; 0 turns the limit off."""
    with shell.workspace() as workspace:
        ramp.save_ramp(workspace, first=first, growth=growth, actor=shell.actor, now=clock.utcnow())
        _answer(shell, workspace)


def _answer(shell: Shell, workspace: Workspace) -> None:
    now = clock.utcnow()
    with workspace.database.read() as connection:
        found = ramp.read_ramp(connection)
        shares = {
            name: ramp.today(connection, name, now=now) for name in TRANSPORTS if name != OUTBOX
        }
    told = {name: asdict(one) if one else None for name, one in shares.items()}
    shell.answer({"first": found.first, "growth": found.growth, "today": told})


for _command in (show, set_ramp):
    ramp_group.add_command(_command)

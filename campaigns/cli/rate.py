"""``campaigns rate``: what other currencies are worth in the shop's."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import click

from campaigns import clock
from campaigns.cli.shell import Shell, verb
from campaigns.store.options import read_brand
from campaigns.store.rates import Rate, list_rates, save_rate


@click.group()
def rate() -> None:
    """Exchange rates, by which orders in other currencies are taken in."""


@verb("list")
def show(shell: Shell) -> None:
    """Show the rates as entered, newest first."""
    with shell.workspace() as workspace, workspace.database.read() as connection:
        home = read_brand(connection).currency
        found = list_rates(connection, home)
    shell.answer({"currency": home, "rates": [_document(each) for each in found]})


@verb("set")
@click.argument("currency", metavar="CURRENCY")
@click.argument("value", metavar="VALUE")
@click.option(
    "--from", "day", type=click.DateTime(["%Y-%m-%d"]), metavar="DAY",
    help="First day on which the rate holds, such as 2026-03-02  [default: today]",
)  # fmt: skip
def set_rate(shell: Shell, currency: str, value: str, day: datetime | None) -> None:
    """Save what one unit of CURRENCY is worth in the shop's currency, such as: set USD 405.5.

    Orders that were taken in before keep the rate of then.
    """
    now = clock.utcnow()
    first = day.date() if day else now.date()
    with shell.workspace() as workspace, workspace.database.begin() as connection:
        home = read_brand(connection).currency
        saved = save_rate(
            connection, currency.upper(), value, home=home, day=first, actor=shell.actor, now=now
        )
    shell.answer({"in": home, **_document(saved)})


def _document(found: Rate) -> dict[str, Any]:
    day: date = found.day
    return {
        "currency": found.currency, "from": day.isoformat(), "value": f"{found.value:f}",
        "by": found.updated_by,
    }  # fmt: skip


for _command in (show, set_rate):
    rate.add_command(_command)

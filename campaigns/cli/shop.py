"""``campaigns brand``: who writes the letters."""

from __future__ import annotations

from dataclasses import asdict, fields, replace

import click

from campaigns import clock
from campaigns.cli.shell import Shell, verb
from campaigns.errors import InputError
from campaigns.store.options import Brand, read_brand, save_brand

NAMES = tuple(field.name for field in fields(Brand))


@click.group()
def brand() -> None:
    """Who writes: what stands in the footer of each letter."""


@verb("show")
def show(shell: Shell) -> None:
    """Show the sender as saved."""
    with shell.workspace() as workspace, workspace.database.read() as connection:
        found = read_brand(connection)
    shell.answer(asdict(found) | {"missing": found.missing()})


@verb("set")
@click.argument("values", nargs=-1, required=True, metavar="NAME=VALUE…")
def set_values(shell: Shell, values: tuple[str, ...]) -> None:
    """Save values of the sender, such as shop_name="Nur" from_address=hello@example.am."""
    changes = dict(_pair(value) for value in values)
    with shell.workspace() as workspace, workspace.database.begin() as connection:
        found = replace(read_brand(connection), **changes)
        save_brand(connection, found, actor=shell.actor, now=clock.utcnow())
    shell.answer(asdict(found) | {"missing": found.missing()})


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or name not in NAMES:
        raise InputError("settings.value", name="brand", got=name, expected=", ".join(NAMES))
    return name, value.strip()


for _command in (show, set_values):
    brand.add_command(_command)

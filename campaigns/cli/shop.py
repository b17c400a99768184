"""``campaigns brand``: who writes the letters."""

from __future__ import annotations

import functools
from dataclasses import asdict, fields, replace
from typing import Any

import click

from campaigns import clock
from campaigns.cli.shell import Shell, verb
from campaigns.errors import InputError
from campaigns.model.language import Language
from campaigns.model.money import EXPONENTS
from campaigns.store.options import NAMES, Brand, read_brand, save_brand

PLAIN = tuple(field.name for field in fields(Brand) if field.name != "in_languages")
ANSWERS = {"yes": True, "no": False}
CHOICES = {
    "currency": tuple(EXPONENTS), "default_language": tuple(map(str, Language)),
    "tells_ai": tuple(ANSWERS),
}  # fmt: skip


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
@click.argument("values", nargs=-1, required=True, metavar="NAME[.LANG]=VALUE…")
def set_values(shell: Shell, values: tuple[str, ...]) -> None:
    """Save values of the sender, such as shop_name=Nur shop_name.hy=Նուռ from_address=a@example.am."""
    with shell.workspace() as workspace, workspace.database.begin() as connection:
        found = functools.reduce(_changed, values, read_brand(connection))
        save_brand(connection, found, actor=shell.actor, now=clock.utcnow())
    shell.answer(asdict(found) | {"missing": found.missing()})


def _changed(found: Brand, text: str) -> Brand:
    """Return the brand with one NAME=VALUE, or NAME.LANGUAGE=VALUE for readers of a language."""
    key, equals, value = text.partition("=")
    name, dot, language = key.partition(".")
    if dot:
        _require(key, language, tuple(map(str, Language)))
        _require(key, name, NAMES)
        told = {**found.in_languages.get(language, {}), name: value.strip()}
        return replace(found, in_languages={**found.in_languages, language: told})
    if not equals:
        raise InputError("settings.value", name="brand", got=text, expected="NAME=VALUE")
    _require("brand", name, PLAIN)
    _require(name, value, CHOICES.get(name, (value,)))
    said = value.strip()
    changes: dict[str, Any] = {name: ANSWERS[said] if name == "tells_ai" else said}
    return replace(found, **changes)


def _require(place: str, got: str, expected: tuple[str, ...]) -> None:
    if got not in expected:
        raise InputError("settings.value", name=place, got=got, expected=", ".join(expected))


for _command in (show, set_values):
    brand.add_command(_command)

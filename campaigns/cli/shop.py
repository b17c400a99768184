"""``campaigns brand``: who writes the letters. ``campaigns limits``: how often."""

from __future__ import annotations

import functools
from dataclasses import asdict, fields, replace
from typing import Any

import click

from campaigns import clock
from campaigns.cli.shell import Shell, verb
from campaigns.errors import InputError
from campaigns.model.holdout import MOST_PER_CENT
from campaigns.model.language import Language
from campaigns.model.limits import Limits, read_cap
from campaigns.model.money import EXPONENTS
from campaigns.store.limits import read_limits, save_limits
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


@click.group()
def limits() -> None:
    """How often a customer hears from the shop, over all campaigns."""


@verb("show")
def show_limits(shell: Shell) -> None:
    """Show the limits as saved."""
    with shell.workspace() as workspace, workspace.database.read() as connection:
        _answer(shell, read_limits(connection))


@verb("set")
@click.argument("caps", nargs=-1, metavar="[LETTERS/DAYS…]")
@click.option("--none", "is_free", is_flag=True, help="No limit.")
@click.option("--holdout", type=click.IntRange(0, MOST_PER_CENT),
              help="Per cent of customers that no campaign reaches.")  # fmt: skip
def set_limits(shell: Shell, caps: tuple[str, ...], is_free: bool, holdout: int | None) -> None:  # noqa: FBT001 - click passes options by name
    """Save limits such as 1/1 2/7 6/30: so many letters in so many days. What is not said stays."""
    with shell.workspace() as workspace, workspace.database.begin() as connection:
        found = read_limits(connection)
        if caps or is_free:
            read = [cap for text in caps if (cap := read_cap(text))]
            if len(read) < len(caps) or (caps and is_free):
                got = " ".join([*caps, *["--none"][: int(is_free)]])
                raise InputError("settings.value", name="limits", got=got, expected="LETTERS/DAYS…")
            found = replace(found, caps=tuple(read))
        if holdout is not None:
            found = replace(found, holdout=holdout)
        save_limits(connection, found, actor=shell.actor, now=clock.utcnow())
        _answer(shell, found)


def _answer(shell: Shell, found: Limits) -> None:
    shell.answer({
        "limits": [f"{cap.letters}/{cap.days}" for cap in found.caps], "holdout": found.holdout
    })  # fmt: skip


for _command in (show, set_values):
    brand.add_command(_command)
for _command in (show_limits, set_limits):
    limits.add_command(_command)

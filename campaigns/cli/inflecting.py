"""``campaigns language inflect``: a table of words in, the same table with their forms out."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Iterator
from typing import TextIO

import click

from campaigns.cli.shell import Shell, verb
from campaigns.errors import InputError
from campaigns.language.explanation import explain
from campaigns.language.grammar import Case, Gender, Kind
from campaigns.language.inflection import inflect
from campaigns.model.language import Language

COLUMNS = ("lemma", "case", "type", "gender")
_GENDERS: dict[str, Gender] = {"m": "m", "f": "f"}


@verb("inflect", answers=False)
def inflect_table(shell: Shell) -> None:
    """Append its form to each line of standard input: lemma, case, type, gender (TSV, no heading).

    --lang is the language of the words. An empty form says that there is no sure answer. A line
    that cannot be read gets an empty form too and is named on standard error; then the exit is 1.
    """
    failed = False
    for line, error in answered(_utf8(sys.stdin), shell.language):
        click.echo(line)
        if error is not None:
            failed = True
            click.echo(explain(error, shell.language), err=True)
    if failed:
        sys.exit(1)


def _utf8(source: TextIO) -> Iterable[str]:
    """Read UTF-8 whatever the terminal is set to; bytes that are none become marks, and abstain."""
    if isinstance(source, io.TextIOWrapper):
        source.reconfigure(encoding="utf-8", errors="replace")
    return source


def answered(lines: Iterable[str], language: Language) -> Iterator[tuple[str, InputError | None]]:
    """Yield each line with its form, and what is wrong with the line; an empty one stays empty."""
    for number, line in enumerate(lines, start=1):
        row = line.rstrip("\r\n")
        try:
            yield (f"{row}\t{_form(row, number, language)}" if row else row), None
        except InputError as error:
            yield f"{row}\t", error


def _form(row: str, number: int, language: Language) -> str:
    cells = row.split("\t")
    if not 3 <= len(cells) <= 4:
        raise InputError("inflect.columns", line=number, got=len(cells),
                         expected=", ".join(COLUMNS))  # fmt: skip
    case, kind = (cell.strip() for cell in cells[1:3])
    if case not in set(Case):
        raise InputError("inflect.case", line=number, got=case, expected=", ".join(Case))
    if kind not in set(Kind):
        raise InputError("inflect.type", line=number, got=kind, expected=", ".join(Kind))
    gender = _GENDERS.get("".join(cells[3:]).strip().lower()[:1])
    return inflect(cells[0], Case(case), language, kind=Kind(kind), gender=gender).text or ""

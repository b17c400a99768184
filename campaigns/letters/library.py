"""The letters there are: shipped ones are files that nobody edits, a marketer's are rows.

A row is a version; saving adds versions and changes none, so a campaign can always say which
text it sent.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from campaigns.errors import ConflictError, InputError, NotFoundError, RenderError
from campaigns.letters.render import compile_text
from campaigns.letters.text import read_purpose
from campaigns.model.language import Language
from campaigns.model.permission import Purpose
from campaigns.store.journal import record
from campaigns.store.options import Brand
from campaigns.store.tables import letter as table

SHIPPED = Path(__file__).parents[2] / "templates" / "letters"
_NAME = re.compile(r"\w[\w -]{0,59}")


@dataclass(frozen=True, slots=True)
class LetterInfo:
    """One line of the list of letters."""

    name: str
    purpose: Purpose
    languages: list[Language]
    shipped: bool
    version: int
    """0 for a shipped letter."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What a marketer writes: one text for each language."""

    name: str
    purpose: Purpose
    texts: dict[Language, str]
    shipped: bool


def shipped() -> list[str]:
    """Return the names of the letters that come with the program."""
    return sorted(path.name for path in SHIPPED.iterdir() if path.is_dir())


def names(connection: sa.Connection) -> list[LetterInfo]:
    """Return every letter, the marketer's own first."""
    own = [_info(connection, name) for name in _stored_names(connection)]
    files = [load(connection, name) for name in shipped()]
    return own + [LetterInfo(one.name, one.purpose, list(one.texts), True, 0) for one in files]


def load(connection: sa.Connection, name: str) -> Letter:
    """Return a letter with its newest texts.

    Raises:
        NotFoundError: there is no letter of this name.
    """
    texts = _files(name) if name in shipped() else _newest(connection, name)
    if not texts:
        raise NotFoundError("not_found", kind="letter", name=name)
    purpose = read_purpose(next(iter(texts.values())))
    return Letter(name, purpose, texts, shipped=name in shipped())


def save(
    connection: sa.Connection,
    name: str,
    texts: dict[Language, str],
    *,
    actor: str,
    now: datetime,
) -> int:
    """Keep the texts as a new version of a marketer's letter; return the version.

    A text that cannot be rendered is refused, so that what is kept can be sent. Languages that
    are not in ``texts`` are no longer part of the letter.

    Raises:
        InputError: the name is not usable, or there is no text.
        ConflictError: the name is that of a shipped letter.
        RenderError: a text cannot be read; facts hold ``language`` and where.
    """
    _check(name, texts)
    version = _version(connection, name) + 1
    for language, source in texts.items():
        connection.execute(table.insert().values(
            name=name, language=language, version=version, source=source, origin="marketer",
            created_at=now, created_by=actor,
        ))  # fmt: skip
    record(connection, actor=actor, verb="letter.save", subject=f"letter:{name}", now=now,
           version=version, languages=[str(language) for language in texts])  # fmt: skip
    return version


def _check(name: str, texts: dict[Language, str]) -> None:
    if name in shipped():
        raise ConflictError("letter.shipped", name=name)
    if not _NAME.fullmatch(name):
        raise InputError("letter.name", got=name)
    if not texts:
        raise InputError("letter.no_text", name=name)
    purposes = {_readable(text, language) for language, text in texts.items()}
    if len(purposes) > 1:
        raise RenderError("letter.purposes_differ", name=name, got=", ".join(sorted(purposes)))


def _readable(source: str, language: Language) -> Purpose:
    try:
        return compile_text(source, language, Brand()).purpose
    except RenderError as error:
        facts = {"language": str(language), **error.facts}
        raise RenderError(error.code, **facts) from error


def _files(name: str) -> dict[Language, str]:
    paths = {language: SHIPPED / name / f"{language}.md" for language in Language}
    return {
        language: path.read_text(encoding="utf-8")
        for language, path in paths.items()
        if path.is_file()
    }


def _stored_names(connection: sa.Connection) -> list[str]:
    query = sa.select(table.c.name).distinct().order_by(table.c.name)
    return list(connection.execute(query).scalars())


def _version(connection: sa.Connection, name: str) -> int:
    query = sa.select(sa.func.max(table.c.version)).where(table.c.name == name)
    return connection.execute(query).scalar_one() or 0


def _newest(connection: sa.Connection, name: str) -> dict[Language, str]:
    query = sa.select(table.c.language, table.c.source).where(
        table.c.name == name, table.c.version == _version(connection, name)
    )
    found = {Language(row.language): row.source for row in connection.execute(query)}
    return {language: found[language] for language in Language if language in found}


def _info(connection: sa.Connection, name: str) -> LetterInfo:
    one = load(connection, name)
    return LetterInfo(name, one.purpose, list(one.texts), False, _version(connection, name))

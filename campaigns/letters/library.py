"""The letters there are: shipped ones are files that nobody edits, a marketer's are rows.

A letter has one text or several in each language, which take turns. A row is a version of one of
them; saving adds versions and changes none, so a campaign can always say which text it sent.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from campaigns.errors import ConflictError, InputError, NotFoundError, RenderError
from campaigns.letters.render import compile_text
from campaigns.letters.text import read_origin, read_purpose
from campaigns.model.language import Language
from campaigns.model.permission import Purpose
from campaigns.store.journal import record
from campaigns.store.options import Brand
from campaigns.store.tables import letter as table

SHIPPED = Path(__file__).parents[2] / "templates" / "letters"
MAX_TEXTS = 9
_NAME = re.compile(r"\w[\w -]{0,59}")
_FILE = re.compile(r"(?P<language>[a-z]{2})(?:\.(?P<number>[2-9]))?\.md")

Texts = dict[Language, list[str]]
"""What a letter says: in each language its texts, the first first."""


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
    """What a marketer writes."""

    name: str
    purpose: Purpose
    texts: Texts
    shipped: bool
    version: int = 0
    """0 for a shipped letter."""


def shipped() -> list[str]:
    """Return the names of the letters that come with the program."""
    return sorted(path.name for path in SHIPPED.iterdir() if path.is_dir())


def names(connection: sa.Connection) -> list[LetterInfo]:
    """Return every letter, the marketer's own first."""
    own = [_info(connection, name) for name in _stored_names(connection)]
    files = [load(connection, name) for name in shipped()]
    return own + [LetterInfo(one.name, one.purpose, list(one.texts), True, 0) for one in files]


def load(connection: sa.Connection, name: str, version: int | None = None) -> Letter:
    """Return a letter with its newest texts, or with those of an earlier version.

    Raises:
        NotFoundError: there is no letter of this name, or no such version of it.
    """
    is_shipped = name in shipped()
    if version is None:
        version = 0 if is_shipped else _version(connection, name)
    texts = read_folder(SHIPPED / name) if is_shipped else _stored(connection, name, version)
    if not texts:
        raise NotFoundError("not_found", kind="letter", name=name)
    purpose = read_purpose(next(iter(texts.values()))[0])
    return Letter(name, purpose, texts, is_shipped, version)


def save(connection: sa.Connection, name: str, texts: Texts, *, actor: str, now: datetime) -> int:
    """Keep the texts as a new version of a marketer's letter; return the version.

    A text that cannot be rendered is refused, so that what is kept can be sent. Languages that
    are not in ``texts`` are no longer part of the letter.

    Raises:
        InputError: the name is not usable, or there is no text, or there are too many.
        ConflictError: the name is that of a shipped letter.
        RenderError: a text cannot be read; facts hold ``language``, ``number`` and where.
    """
    _check(name, texts)
    version = _version(connection, name) + 1
    for language, sources in texts.items():
        for number, source in enumerate(sources, start=1):
            connection.execute(table.insert().values(
                name=name, language=language, number=number, version=version, source=source,
                origin=read_origin(source), created_at=now, created_by=actor,
            ))  # fmt: skip
    record(connection, actor=actor, verb="letter.save", subject=f"letter:{name}", now=now,
           version=version, languages=[str(language) for language in texts])  # fmt: skip
    return version


def read_folder(folder: Path) -> Texts:
    """Return the texts of a letter kept as files: ``hy.md``, ``hy.2.md``, … in order."""
    found: dict[Language, dict[int, str]] = {}
    for path in folder.glob("*.md"):
        parts = _FILE.fullmatch(path.name)
        if parts and parts["language"] in set(Language):
            number = int(parts["number"] or 1)
            source = path.read_text(encoding="utf-8-sig")
            found.setdefault(Language(parts["language"]), {})[number] = source
    return {
        one: [text for _, text in sorted(found[one].items())] for one in Language if one in found
    }


def file_name(language: Language, number: int) -> str:
    """Return what the file of a text is called.

    >>> file_name(Language.HY, 1), file_name(Language.HY, 2)
    ('hy.md', 'hy.2.md')
    """
    return f"{language}.md" if number == 1 else f"{language}.{number}.md"


def _check(name: str, texts: Texts) -> None:
    if name in shipped():
        raise ConflictError("letter.shipped", name=name)
    if not _NAME.fullmatch(name):
        raise InputError("letter.name", got=name)
    if not any(texts.values()):
        raise InputError("letter.no_text", name=name)
    if (most := max(map(len, texts.values()))) > MAX_TEXTS:
        raise InputError("input.too_long", field="texts", got=most, limit=MAX_TEXTS)
    purposes = {
        _readable(source, language, number)
        for language, sources in texts.items()
        for number, source in enumerate(sources, start=1)
    }
    if len(purposes) > 1:
        raise RenderError("letter.purposes_differ", name=name, got=", ".join(sorted(purposes)))


def _readable(source: str, language: Language, number: int) -> Purpose:
    try:
        return compile_text(source, language, Brand()).purpose
    except RenderError as error:
        facts = {"language": str(language), "number": number, **error.facts}
        raise RenderError(error.code, **facts) from error


def _stored_names(connection: sa.Connection) -> list[str]:
    query = sa.select(table.c.name).distinct().order_by(table.c.name)
    return list(connection.execute(query).scalars())


def _version(connection: sa.Connection, name: str) -> int:
    query = sa.select(sa.func.max(table.c.version)).where(table.c.name == name)
    return connection.execute(query).scalar_one() or 0


def _stored(connection: sa.Connection, name: str, version: int) -> Texts:
    query = (
        sa.select(table.c.language, table.c.source)
        .where(table.c.name == name, table.c.version == version)
        .order_by(table.c.number)
    )
    found: Texts = {}
    for row in connection.execute(query):
        found.setdefault(Language(row.language), []).append(row.source)
    return {language: found[language] for language in Language if language in found}


def _info(connection: sa.Connection, name: str) -> LetterInfo:
    one = load(connection, name)
    return LetterInfo(name, one.purpose, list(one.texts), False, one.version)

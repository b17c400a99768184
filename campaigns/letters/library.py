"""The letters there are: shipped ones are files that nobody edits, a marketer's are rows.

A letter has one text or several in each language, which take turns. A row is a version of one of
them; saving adds versions and changes none, so a campaign can always say which text it sent.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from campaigns.errors import ConflictError, InputError, NotFoundError, RenderError
from campaigns.letters.render import compile_text
from campaigns.letters.source import read_origin, read_priority, read_purpose, read_source
from campaigns.model.language import Language
from campaigns.model.permission import Purpose
from campaigns.model.priority import Priority
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
    texts: int
    """How many take turns in a language, at most."""
    titles: Mapping[Language, str]
    abouts: Mapping[Language, str]

    def title(self, reader: Language) -> str:
        """Return what the list calls it: a marketer's own letter also by the name they gave it."""
        title = self.titles.get(reader, "")
        if self.shipped:
            return title or self.name
        return f"{title} · {self.name}" if title not in ("", self.name) else self.name


@dataclass(frozen=True, slots=True)
class Version:
    """A saved state of a marketer's letter."""

    version: int
    created_at: datetime
    created_by: str
    languages: list[Language]
    texts: int


@dataclass(frozen=True, slots=True)
class Letter:
    """What a marketer writes."""

    name: str
    purpose: Purpose
    texts: Texts
    shipped: bool
    version: int = 0
    """0 for a shipped letter."""

    @property
    def priority(self) -> Priority:
        """How much it matters beside other letters to the same reader."""
        return read_priority(next(iter(self.texts.values()))[0])


def shipped() -> list[str]:
    """Return the names of the letters that come with the program."""
    return sorted(path.name for path in SHIPPED.iterdir() if path.is_dir())


def own(connection: sa.Connection) -> list[str]:
    """Return the names of the letters that marketers wrote."""
    query = sa.select(table.c.name).distinct().order_by(table.c.name)
    return list(connection.execute(query).scalars())


def names(connection: sa.Connection) -> list[LetterInfo]:
    """Return every letter, the marketer's own first."""
    mine = [_info(load(connection, name)) for name in own(connection)]
    return mine + [_shipped_info(name, _stamp(SHIPPED / name)) for name in shipped()]


def shipped_title(name: str, reader: Language) -> str:
    """Return what the list calls a shipped letter, nothing for another."""
    if name not in shipped():
        return ""
    return _shipped_info(name, _stamp(SHIPPED / name)).title(reader)


def versions(connection: sa.Connection, name: str) -> list[Version]:
    """Return the saved states of a letter, the newest first; a shipped one has none."""
    query = (
        sa.select(
            table.c.version, table.c.language, sa.func.max(table.c.number).label("texts"),
            sa.func.min(table.c.created_at).label("created_at"),
            sa.func.min(table.c.created_by).label("created_by"),
        )
        .where(table.c.name == name)
        .group_by(table.c.version, table.c.language)
    )  # fmt: skip
    rows: dict[int, list[Any]] = {}
    for row in connection.execute(query):
        rows.setdefault(row.version, []).append(row)
    return [
        Version(
            version, of[0].created_at, of[0].created_by,
            [one for one in Language if any(row.language == one for row in of)],
            max(row.texts for row in of),
        )
        for version, of in sorted(rows.items(), reverse=True)
    ]  # fmt: skip


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
        if place := file_parts(path.name):
            found.setdefault(place[0], {})[place[1]] = path.read_text(encoding="utf-8-sig")
    return {
        one: [text for _, text in sorted(found[one].items())] for one in Language if one in found
    }


def file_name(language: Language, number: int) -> str:
    """Return what the file of a text is called.

    >>> file_name(Language.HY, 1), file_name(Language.HY, 2)
    ('hy.md', 'hy.2.md')
    """
    return f"{language}.md" if number == 1 else f"{language}.{number}.md"


def file_parts(name: str) -> tuple[Language, int] | None:
    """Return the language and the number of the text that a file is called after, if it is.

    >>> file_parts("hy.2.md"), file_parts("notes.md")
    ((<Language.HY: 'hy'>, 2), None)
    """
    parts = _FILE.fullmatch(name)
    if parts is None or parts["language"] not in set(Language):
        return None
    return Language(parts["language"]), int(parts["number"] or 1)


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


def _info(one: Letter) -> LetterInfo:
    heads = {language: read_source(sources[0])[0] for language, sources in one.texts.items()}
    return LetterInfo(
        one.name, one.purpose, list(one.texts), one.shipped, one.version,
        max(map(len, one.texts.values())),
        {language: head.text("title") for language, head in heads.items()},
        {language: head.text("about") for language, head in heads.items()},
    )  # fmt: skip


@lru_cache(maxsize=256)
def _shipped_info(name: str, _stamp: tuple[object, ...]) -> LetterInfo:
    texts = read_folder(SHIPPED / name)
    return _info(Letter(name, read_purpose(next(iter(texts.values()))[0]), texts, True))


def _stamp(folder: Path) -> tuple[object, ...]:
    """Return what changes when a file of a letter does, so that 200 files are read only once."""
    return tuple(sorted((path.name, path.stat().st_mtime_ns) for path in folder.glob("*.md")))

"""Files proofread: letters, catalogues, texts and pages, one by one and against each other.

The language of a file: as its head or markup says; by its name (``hy.md``, ``offer.ka.md``, a
folder ``locales/hy``); else by the script of most of its letters.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from campaigns.errors import InputError
from campaigns.language.people.scripts import SCRIPTS, script
from campaigns.language.proofreading.agreement import differences
from campaigns.language.proofreading.catalogues import translations
from campaigns.language.proofreading.findings import Finding, Genre
from campaigns.language.proofreading.masking import mask
from campaigns.language.proofreading.proof import in_order, proofread
from campaigns.language.proofreading.structure import is_letter
from campaigns.language.proofreading.text import read
from campaigns.model.language import Language

LETTERS = (".md", ".markdown")
TEXTS = (".txt", ".text")
PAGES = (".html", ".htm", ".mjml", ".j2", ".jinja", ".xml")
CATALOGUES = (".po",)
_SAID = re.compile(
    r"""^(?:language|lang):[ \t]*["']?(hy|ka|en)\b|<(?:html|mjml|body)\b[^>]*\blang=["']?(hy|ka|en)\b"""
    r"""|^"Language: (hy|ka|en)\b""",
    re.MULTILINE | re.IGNORECASE,
)
_NAMED = re.compile(r"(?:^|[._\- ])(hy|ka|en)(?=$|[._\- ])", re.IGNORECASE)
CUSTOMERS = ("mail", "web")
"""Catalogues whose texts customers read as pages; the others are the interface."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A file and what is to be said of it."""

    path: Path
    language: Language
    findings: tuple[Finding, ...]


def check_paths(paths: Iterable[Path], language: Language | None = None) -> list[Checked]:
    """Return every file at ``paths``, folders searched, with its findings.

    Raises:
        InputError: a file is not text in UTF-8, or of a kind that cannot be proofread.
    """
    files = list(dict.fromkeys(file for path in paths for file in _files(path)))
    sources = {file: _source(file) for file in files}
    languages = {file: language or language_of(file, sources[file]) for file in files}
    found = {file: _findings(file, sources[file], languages[file]) for file in files}
    for versions in _versions(files, languages):
        texts = {one: read(sources[file], one, "letter") for one, file in versions.items()}
        for one, differing in differences(texts).items():
            found[versions[one]] += differing
    return [Checked(file, languages[file], tuple(in_order(found[file]))) for file in files]


def language_of(path: Path, source: str) -> Language:
    """Return the language that a file should be in."""
    if said := _SAID.search(source):
        return Language(next(group for group in said.groups() if group).lower())
    for name in (path.stem, path.parent.name, path.parent.parent.name):
        if named := _NAMED.search(name):
            return Language(named[1].lower())
    letters = [script(letter) for letter in mask(source, "page")[0] if letter.isalpha()]
    return max(Language, key=lambda one: letters.count(SCRIPTS[one]))


def _files(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    known = (*LETTERS, *TEXTS, *PAGES, *CATALOGUES)
    yield from (file for file in sorted(path.rglob("*")) if file.is_file() and file.suffix in known)


def _source(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (UnicodeDecodeError, OSError) as cause:
        raise InputError("proof.not_text", name=path.name) from cause


def _findings(path: Path, source: str, language: Language) -> list[Finding]:
    if path.suffix in CATALOGUES:
        genre: Genre = "page" if path.stem in CUSTOMERS else "interface"
        return [
            one.in_file(finding)
            for one in translations(source)
            for finding in proofread(one.text, language, genre=genre)
        ]
    return proofread(source, language, genre=_genre(path, source, language))


def _genre(path: Path, source: str, language: Language) -> Genre:
    if path.suffix in LETTERS:
        return "letter"
    # A plain text may be a letter as well: then somebody is greeted in it, or it is signed.
    return "letter" if path.suffix in TEXTS and is_letter(source, language) else "page"


def _versions(
    files: Iterable[Path], languages: dict[Path, Language]
) -> Iterator[dict[Language, Path]]:
    """Yield the languages of each letter of which there are several, side by side in a folder."""
    families: dict[tuple[Path, str], dict[Language, Path]] = defaultdict(dict)
    for file in files:
        if file.suffix in (*LETTERS, *TEXTS) and _NAMED.search(file.stem):
            family = (file.parent, _NAMED.sub("", file.stem) + file.suffix)
            families[family].setdefault(languages[file], file)
    yield from (family for family in families.values() if len(family) > 1)

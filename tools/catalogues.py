"""Do the catalogues say everything that the program says, and say it well?

Compares every text marked in the source with ``locales/<hy|ka>/LC_MESSAGES/<domain>.po``:
nothing missing, untranslated, fuzzy or left over; the same places and the same markup; the right
plural forms and end marks (``tools/translations.py``); no visible text outside of them
(``tools/literals.py``). Everything that people read is proofread: catalogues, the English texts
themselves, shipped letters and pages. English is the source text and needs no catalogue.

    python -m tools.catalogues             tell what is wrong; exit 1 when something is
    python -m tools.catalogues --update    add missing texts (empty) and take out left-over ones
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from campaigns.language.proofreading.files import CUSTOMERS, check_paths
from campaigns.language.proofreading.findings import Finding, Genre
from campaigns.language.proofreading.proof import proofread
from campaigns.model.language import Language
from tools.extraction import Found, extract
from tools.literals import literals
from tools.translations import wrong

ROOT = Path(__file__).parents[1]
DOMAINS = ("core", "mail", "web", "ui")
LANGUAGES = ("hy", "ka")
NAMES = {"hy": "Armenian", "ka": "Georgian"}
FIRST_DAY = datetime(2026, 1, 1, tzinfo=UTC)
WRITTEN = ("locales", "templates/letters", "templates/pages")
ACCEPTED = {
    (
        "locales/hy/LC_MESSAGES/web.po",
        "proof.soft_hyphen",
    ): "a heading of one word wider than a phone",
    ("campaigns/ui/widget_words.py", "proof.three_dots"): "Streamlit's own words, to be recognised",
}
"""Remarks that stand, by file and code, with the reason."""
_MSGID = re.compile(r"^msgid (.*?)^(?:msgid_plural|msgstr)", re.DOTALL | re.MULTILINE)
Texts = dict[str | tuple[str, str], Found]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to mend, and where."""

    place: str
    what: str

    def __str__(self) -> str:
        return f"{self.place}: {self.what}"


def main() -> int:
    """Print every fault; return 1 when there is one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=_Plain)
    parser.add_argument("--update", action="store_true", help="bring the catalogues up to date")
    update = parser.parse_args().update
    texts = by_domain(extract(ROOT))
    if update:
        for domain in DOMAINS:
            for language in LANGUAGES:
                bring_up_to_date(catalogue_path(ROOT, language, domain), language, texts[domain])
    unmarked = (Fault(*found) for found in literals(ROOT))
    found = [
        *catalogue_faults(ROOT, texts),
        *unmarked,
        *written_faults(ROOT),
        *english_faults(texts),
    ]
    for fault in found:
        print(fault)
    count = sum(len(texts[domain]) for domain in DOMAINS)
    print(f"{count} texts in {len(DOMAINS)} domains, 2 translations each: {len(found)} faults")
    return 1 if found else 0


def by_domain(found: Iterable[Found]) -> dict[str, Texts]:
    """Return the texts of each domain, each once, in the order of the source."""
    texts: dict[str, Texts] = {domain: {} for domain in DOMAINS}
    for one in found:
        texts[one.domain].setdefault(one.text, one)
    return texts


def catalogue_path(root: Path, language: str, domain: str) -> Path:
    """Return where the catalogue of a domain lies."""
    return root / "locales" / language / "LC_MESSAGES" / f"{domain}.po"


def catalogue_faults(root: Path, texts: dict[str, Texts]) -> Iterator[Fault]:
    """Yield what is wrong with each catalogue below ``root``."""
    for language in LANGUAGES:
        for domain in DOMAINS:
            path = catalogue_path(root, language, domain)
            place = path.relative_to(root).as_posix()
            if not path.exists():
                if texts[domain]:
                    yield Fault(place, f"there is no such file for {len(texts[domain])} texts")
                continue
            yield from _file_faults(place, path, language)
            yield from _faults_of(place, _read(path, language), texts[domain])


def written_faults(root: Path) -> Iterator[Fault]:
    """Yield what the proofreader says of catalogues, shipped letters and pages."""
    folders = [root / folder for folder in WRITTEN if (root / folder).exists()]
    for file in check_paths(folders):
        path = file.path.relative_to(root).as_posix()
        yield from (_remark(path, one.line, one) for one in file.findings if not _stands(path, one))


def english_faults(texts: dict[str, Texts]) -> Iterator[Fault]:
    """Yield what the proofreader says of the English texts in the source."""
    for domain, found in texts.items():
        genre: Genre = "page" if domain in CUSTOMERS else "interface"
        for text, place in found.items():
            path, _, line = place.place.rpartition(":")
            for form in text if isinstance(text, tuple) else (text,):
                for one in proofread(form, Language.EN, genre=genre):
                    if not _stands(path, one):
                        yield _remark(path, int(line), one)


def _stands(path: str, finding: Finding) -> bool:
    return (path, finding.code) in ACCEPTED


def _remark(path: str, line: int, one: Finding) -> Fault:
    right = f" → {one.suggestion}" if one.suggestion else ""
    return Fault(f"{path}:{line}", f"{one.excerpt}: {one.says(Language.EN)}{right}")


def bring_up_to_date(path: Path, language: str, texts: Texts) -> None:
    """Add what is missing with an empty translation, and take out what nothing says any more."""
    old = _read(path, language) if path.exists() else None
    new = _empty(language, old)
    for message in old or ():
        if message.id and message.id in texts:
            new[message.id] = message
    for text in texts:
        if text not in new:
            new.add(text)
    if not texts and old is None:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as target:
        write_po(target, new, no_location=True, ignore_obsolete=True, width=0)


def _read(path: Path, language: str) -> Catalog:
    with path.open("rb") as source:
        return read_po(source, locale=language, abort_invalid=True)


def _empty(language: str, old: Catalog | None) -> Catalog:
    """Return a catalogue with our heading; its dates stay, so that nothing changes for nothing."""
    made = old.creation_date if old and isinstance(old.creation_date, datetime) else FIRST_DAY
    return Catalog(
        locale=language,
        header_comment=f"# Campaigns in {NAMES[language]}. MIT licence, The Campaigns authors.",
        project="Campaigns",
        version="1",
        msgid_bugs_address="see CONTRIBUTING.md",
        creation_date=made,
        revision_date=made,
        last_translator="The Campaigns authors",
        language_team=NAMES[language],
        fuzzy=False,
    )


def _file_faults(place: str, path: Path, language: str) -> Iterator[Fault]:
    """Yield what is wrong with a file as such: its heading, and texts that stand there twice."""
    text = path.read_text(encoding="utf-8")
    heading = text.partition("\n\n")[0].splitlines()
    expected = dict(_empty(language, None).mime_headers)
    for name in ("Language", "Plural-Forms", "Content-Type"):
        line = f'"{name}: {expected[name]}\\n"'
        if line not in heading:
            yield Fault(place, f"the heading must hold {line}")
    for english, times in Counter(_MSGID.findall(text)).items():
        if times > 1:
            yield Fault(place, f"{_short(english.strip())} stands there {times} times; keep one")


def _faults_of(place: str, catalogue: Catalog, texts: Texts) -> Iterator[Fault]:
    for text, found in texts.items():
        if text not in catalogue:
            yield Fault(found.place, f"{_short(text)} is not in {place}; translate it there")
    for message in catalogue.obsolete.values():
        yield Fault(place, f"{_short(message.id)} is commented out (#~); take it out")
    for message in catalogue:
        if not message.id:
            continue
        at = f"{place}:{message.lineno}"
        if message.id not in texts:
            yield Fault(at, f"{_short(message.id)} is said nowhere any more; take it out")
        told = wrong(message, str(catalogue.locale))
        yield from (Fault(at, f"{_short(message.id)}: {what}") for what in told)


def _short(text: object) -> str:
    first = text[0] if isinstance(text, (tuple, list)) else text
    return repr(first if len(str(first)) <= 60 else f"{str(first)[:57]}…")


class _Plain(argparse.RawDescriptionHelpFormatter):
    """The description as it is laid out above."""


if __name__ == "__main__":
    raise SystemExit(main())

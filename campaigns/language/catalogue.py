"""Our words in the reader's language. The language is always an argument; nothing is global.

Domains, one folder of ``locales`` each language: ``core`` (errors, reasons, states), ``mail``
(footers), ``web`` (customers' pages), ``ui`` (the marketer's interface). English is the source
text itself and has no catalogue.

``make`` compiles each ``.po`` into a ``.mo`` beside it, which loads ten to twenty times faster. A
``.po`` that is newer than its ``.mo`` is read itself, so that a change of words shows at once.
"""

from __future__ import annotations

import gettext
import io
import os
from functools import lru_cache
from pathlib import Path

from campaigns.model.language import Language

INSTALLED = Path(__file__).parents[1] / "locales"
"""Where a wheel carries the catalogues, compiled (``setup.py``)."""
LOCALES = INSTALLED if INSTALLED.exists() else Path(__file__).parents[2] / "locales"
DOMAINS = ("core", "mail", "web", "ui")


def catalogue(domain: str, language: Language) -> gettext.NullTranslations:
    """Return the translations of one domain; English gives the source texts back."""
    if language is Language.EN:
        return _no_translations()
    written = _written(domain, language)
    return _loaded(written, _changed_ns(written))


def translate(domain: str, text: str, language: Language, /, **facts: object) -> str:
    """Return ``text`` in ``language``, its ``{places}`` filled with ``facts``."""
    words = catalogue(domain, language).gettext(text)
    return words.format_map(facts) if facts else words


def translate_counted(
    domain: str, one: str, many: str, count: int, language: Language, /, **facts: object
) -> str:
    """Return the text that fits ``count``, its ``{places}`` filled with ``facts``."""
    return catalogue(domain, language).ngettext(one, many, count).format_map(facts)


def compiled(written: Path) -> bytes:
    """Return a ``.po`` file in the form of a ``.mo`` file."""
    # Only who compiles or changes words needs Babel's reader, 25 ms of importing.
    from babel.messages.mofile import write_mo  # noqa: PLC0415
    from babel.messages.pofile import read_po  # noqa: PLC0415

    with written.open("rb") as source:
        parsed = read_po(source, locale=written.parts[-3])
    target = io.BytesIO()
    write_mo(target, parsed)
    return target.getvalue()


@lru_cache(maxsize=1)
def _no_translations() -> gettext.NullTranslations:
    return gettext.NullTranslations()


@lru_cache(maxsize=32)
def _written(domain: str, language: Language) -> str:
    return str(LOCALES / language / "LC_MESSAGES" / f"{domain}.po")


@lru_cache(maxsize=32)
def _loaded(written: str, changed_ns: int) -> gettext.NullTranslations:
    machine = Path(written).with_suffix(".mo")
    if machine.exists() and machine.stat().st_mtime_ns > changed_ns:
        return gettext.GNUTranslations(io.BytesIO(machine.read_bytes()))
    if not changed_ns:
        return gettext.NullTranslations()
    return gettext.GNUTranslations(io.BytesIO(compiled(Path(written))))


def _changed_ns(written: str) -> int:
    try:
        return os.stat(written).st_mtime_ns  # noqa: PTH116 - asked for each text: 1 µs, not 5
    except FileNotFoundError:
        return 0

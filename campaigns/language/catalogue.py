"""Our words in the reader's language. The language is always an argument; nothing is global.

Domains, one folder of ``locales`` each language: ``core`` (errors, reasons, states), ``mail``
(footers), ``web`` (customers' pages), ``ui`` (the marketer's interface). English is the source
text itself and has no catalogue.
"""

from __future__ import annotations

import gettext
import io
from functools import lru_cache
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from campaigns.model.language import Language

LOCALES = Path(__file__).parents[2] / "locales"
DOMAINS = ("core", "mail", "web", "ui")


@lru_cache(maxsize=32)
def catalogue(domain: str, language: Language) -> gettext.NullTranslations:
    """Return the translations of one domain; English gives the source texts back."""
    path = LOCALES / language / "LC_MESSAGES" / f"{domain}.po"
    if language is Language.EN or not path.exists():
        return gettext.NullTranslations()
    with path.open("rb") as source:
        parsed = read_po(source, locale=str(language))
    compiled = io.BytesIO()
    write_mo(compiled, parsed)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def translate(domain: str, text: str, language: Language, /, **facts: object) -> str:
    """Return ``text`` in ``language``, its ``{places}`` filled with ``facts``."""
    words = catalogue(domain, language).gettext(text)
    return words.format_map(facts) if facts else words

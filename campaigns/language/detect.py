"""Which language a customer reads, and what told us.

The order of trust: what the person chose, the script of the name, the country of the phone,
the country of the address, the shop's default. Never the ending of a surname: Georgian
citizens named -yan and Armenians in Georgian letters are common.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from campaigns.language.people.scripts import script_of
from campaigns.model.language import Language

Evidence = Literal["choice", "script", "phone", "address", "default"]

_EXACT = {
    Language.HY: {"hy", "am", "hye", "arm", "հ", "հայ"},
    Language.KA: {"ka", "ge", "kat", "geo", "ქ", "ქარ", "კა"},
    Language.EN: {"en", "eng", "gb", "us", "uk", "ინგ", "անգ"},
}
_BEGINNINGS = {
    Language.HY: ("հայ", "armen", "hay", "სომხ", "армян"),
    Language.KA: ("ქარ", "georg", "kart", "վրաց", "груз"),
    Language.EN: ("engl", "angl", "անգլ", "ინგლ", "англ"),
}
_OTHER = ("ru", "рус", "ռուս", "რუს", "fr", "фр", "de", "нем", "tr", "тур", "az", "азер")
_DIGITS = re.compile(r"\D")
_WORD = re.compile(r"[^\W\d_]+")
_PHONES = {"374": Language.HY, "995": Language.KA}
_DOMAINS = {"am": Language.HY, "ge": Language.KA, "հայ": Language.HY, "გე": Language.KA}


def detect_language(
    *,
    choice: str | None,
    name: str | None,
    phone: str | None,
    address: str | None,
    default: Language,
) -> tuple[Language, Evidence]:
    """Return the language to write in, and which fact decided it.

    A person who chose a language in which we cannot write gets the default.
    """
    chosen = _chosen(choice or "")
    if chosen is not None:
        return (default, "default") if chosen == "other" else (chosen, "choice")
    script = script_of(name or "")
    if script in ("hy", "ka"):
        return Language(script), "script"
    if by_phone := _of_phone(phone or ""):
        return by_phone, "phone"
    if by_address := _DOMAINS.get((address or "").strip().rpartition(".")[2].lower()):
        return by_address, "address"
    return default, "default"


def _chosen(choice: str) -> Language | Literal["other"] | None:
    for word in _WORD.findall(unicodedata.normalize("NFC", choice).lower()):
        found = _language_of_word(word)
        if found is not None:
            return found
    return None


def _language_of_word(word: str) -> Language | Literal["other"] | None:
    for language, words in _EXACT.items():
        if word in words or word.startswith(_BEGINNINGS[language]):
            return language
    return "other" if word.startswith(_OTHER) else None


def _of_phone(phone: str) -> Language | None:
    digits = _DIGITS.sub("", phone)
    digits = digits.removeprefix("00")
    international = phone.strip().startswith(("+", "00")) or len(digits) in (11, 12)
    return _PHONES.get(digits[:3]) if international else None

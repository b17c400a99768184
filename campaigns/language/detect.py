"""Which language a customer reads, and what told us.

The order of trust: what the person chose, the script of the name, the country of the phone,
the country of the address, the shop's default. Never the ending of a surname: Georgian
citizens named -yan and Armenians in Georgian letters are common.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from campaigns.language.people.scripts import SCRIPTS, script_of
from campaigns.language.phones import country_of
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
_OTHER_EXACT = {"ru", "fr", "de", "tr", "az", "es", "it", "ar", "fa", "ռ", "р"}
_OTHER_BEGINNINGS = (
    "rus", "рус", "ռուս", "რუს", "french", "франц", "ֆրանս", "ფრანგ", "german", "deutsch",
    "нем", "գերմ", "გერმ", "turk", "турец", "թուրք", "თურქ", "azer", "азер", "ադրբ", "აზერ",
    "spanish", "испан", "իսպ", "ესპან", "ukrain", "ukr", "украин", "ուկր", "უკრ", "persian", "farsi",
    "персид", "պարսկ", "სპარს", "arab", "араб", "արաբ", "არაბ", "ital", "итал", "իտալ", "იტალ",
    "chinese", "китай", "չին", "ჩინ", "hebrew", "иврит", "եբրա", "ებრა", "kurd", "курд", "քրդ", "ქურთ",
)  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.([^@\s.]+)")
_PHONE = re.compile(r"\+(374\d{8}|995\d{9})")
"""A whole number in E.164, as the sheets' numbers are: its country needs no further look."""
_CODES = {"374": Language.HY, "995": Language.KA}
_REGIONS = {"AM": Language.HY, "GE": Language.KA}
_DOMAINS = {
    "am": Language.HY, "հայ": Language.HY, "xn--y9a3aq": Language.HY,
    "ge": Language.KA, "გე": Language.KA, "xn--node": Language.KA,
}  # fmt: skip
LONGEST_CHOICE = 100


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
    said = chosen(choice or "")
    if said is not None:
        return (default, "default") if said == "other" else (said, "choice")
    if by_script := _of_script(name or ""):
        return by_script, "script"
    if by_phone := _of_phone(phone or ""):
        return by_phone, "phone"
    if by_address := _of_address(address or ""):
        return by_address, "address"
    return default, "default"


def chosen(choice: str) -> Language | Literal["other"] | None:
    """Return the language that a cell names, ``other`` for one in which we cannot write, else None.

    >>> chosen("Հայերեն"), chosen("русский"), chosen("?")
    (<Language.HY: 'hy'>, 'other', None)
    """
    for word in _WORD.findall(unicodedata.normalize("NFC", choice[:LONGEST_CHOICE]).lower()):
        found = _language_of_word(word)
        if found is not None:
            return found
    return None


def _language_of_word(word: str) -> Language | Literal["other"] | None:
    for language, words in _EXACT.items():
        if word in words or word.startswith(_BEGINNINGS[language]):
            return language
    return "other" if word in _OTHER_EXACT or word.startswith(_OTHER_BEGINNINGS) else None


def _of_script(name: str) -> Language | None:
    """The one of our two scripts in which words of the name are written; Latin beside it is common."""
    scripts = {script_of(word) for word in name.split()}
    found = [language for language in (Language.HY, Language.KA) if SCRIPTS[language] in scripts]
    return found[0] if len(found) == 1 else None


def country_language(code: str) -> Language | None:
    """Return the language of the country with which a number in E.164 begins (+374…)."""
    return _CODES.get(code[1:4]) if code.startswith("+") else None


def domain_language(top: str) -> Language | None:
    """Return the language of a country's top-level domain, without its dot."""
    return _DOMAINS.get(top.lower())


def _of_phone(phone: str) -> Language | None:
    if known := _PHONE.fullmatch(phone):
        return _CODES[known[1][:3]]
    return _REGIONS.get(country_of(phone, default_region=None) or "")


def _of_address(address: str) -> Language | None:
    found = _ADDRESS.fullmatch(address.strip())
    return domain_language(found[1]) if found else None

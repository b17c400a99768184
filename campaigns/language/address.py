"""How a letter calls its reader. A wrong form is worse than none: what is unsure has no name in it.

Sources: Armenian shops and banks write «Հարգելի Անի» without the mark ՛; Georgian without a
known gender takes no title, so „გამარჯობა, ნინო!“.
"""

from __future__ import annotations

import re
import unicodedata

from campaigns.language.detect import SCRIPTS, script_of
from campaigns.language.georgian_names import vocative
from campaigns.model.language import Language

MAX_LETTERS = 30
_VOWELS = {Language.HY: "աեէըիոօուև", Language.KA: "აეიოუ", Language.EN: "aeiouy"}
_PARTS = re.compile(r"[ ’'-]")
_ALLOWED = re.compile(r"[^\W\d_]+(?:[ ’'-][^\W\d_]+){0,2}")
_WORDS = """
    test none null nan unknown name noname customer client user admin info office ltd llc ooo inc
    company անուն անանուն հաճախորդ գնորդ փորձ թեստ սպը փբը բբը ընկերություն სახელი უცნობი
    კლიენტი მომხმარებელი ტესტი შპს სს
"""
_NOT_NAMES = frozenset(_WORDS.split())

_NAMED = {Language.HY: "Հարգելի {}", Language.KA: "გამარჯობა, {}!", Language.EN: "Dear {}"}
_NAMELESS = {
    Language.HY: "Հարգելի հաճախորդ",
    Language.KA: "ძვირფასო მომხმარებელო",
    Language.EN: "Dear customer",
}


def greeting(given_name: str | None, language: Language) -> str:
    """Return the words that open a letter, by name where the name can be said rightly.

    >>> greeting("Անի", Language.HY), greeting("დავითი", Language.KA), greeting("?", Language.EN)
    ('Հարգելի Անի', 'გამარჯობა, დავით!', 'Dear customer')
    """
    name = called(given_name, language)
    return _NAMED[language].format(name) if name else _NAMELESS[language]


def salutation(given_name: str | None, language: Language) -> str:
    """Return the greeting as a line of its own, closed with its mark: a comma unless it has one."""
    words = greeting(given_name, language)
    return words if words.endswith("!") else words + ","


def called(given_name: str | None, language: Language) -> str | None:
    """Return the name as one calls the person in ``language``; None when it cannot be trusted.

    Not trusted: a name in another script or in several, figures, marks, words such as "test",
    and a Georgian name in -ი whose stem we do not know.
    """
    name = " ".join(unicodedata.normalize("NFC", given_name or "").split())
    if not _is_name(name, language):
        return None
    name = _cased(name, language)
    if language is not Language.KA:
        return name
    parts = [vocative(part) for part in name.split(" ")]
    return None if None in parts else " ".join(part for part in parts if part)


def _is_name(name: str, language: Language) -> bool:
    return (
        1 < len(name) <= MAX_LETTERS
        and _ALLOWED.fullmatch(name) is not None
        and script_of(name) == SCRIPTS[language]
        and not any(part in _NOT_NAMES for part in _PARTS.split(name.lower()))
        and all(_sayable(part, language) for part in name.split(" "))
    )


def _sayable(part: str, language: Language) -> bool:
    plain = unicodedata.normalize("NFD", part.lower())
    return len(set(plain)) > 1 and any(letter in _VOWELS[language] for letter in plain)


def _cased(name: str, language: Language) -> str:
    if language is Language.KA:
        return name.lower()  # Mtavruli, which many fonts lack, back to Mkhedruli
    if name.isupper() or name.islower():
        return re.sub(r"[^\W\d_]+", lambda word: _capitalised(word.group()), name)
    return name


def _capitalised(word: str) -> str:
    # ԳԵՎՈՐԳ is Գևորգ: inside a word reformed spelling has և, which has no capital of its own.
    return word[:1].upper() + word[1:].lower().replace("եվ", "և")

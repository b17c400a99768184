"""Georgian words in a case: the front door to the grammar of Georgian.

Names are in ``georgian_persons``, nouns in ``georgian_nouns``, what has several words in
``georgian_phrases``, the endings in ``georgian_endings``.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from campaigns.language.georgian_endings import CASES, LATIN_VOWELS, VOWELS, Stem, form
from campaigns.language.georgian_persons import full_name, given_name, surname
from campaigns.language.georgian_phrases import phrase
from campaigns.language.grammar import Case, Form, Kind, Reason, abstain

MAX_LENGTH = 120
"""Characters; longer cells are no names of anything."""

_MTAVRULI = {0x1C90 + n: chr(0x10D0 + n) for n in range(0x30)}
_UNSEEN = (*range(9), *range(14, 32), 0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F))
_HYPHENS = dict.fromkeys((0x2010, 0x2011), "-")
_TRANSLATED = (
    _MTAVRULI | _HYPHENS | dict.fromkeys((*_UNSEEN, *range(0x2060, 0x2070), 0xFEFF, 127), "")
)
_NAME = re.compile(r"[ა-ჰ]+(?:-[ა-ჰ]+)*")
_PERSON = re.compile(r"(?:[ა-ჰ]\.|[ა-ჰ]+(?:-[ა-ჰ]+)*)(?: (?:[ა-ჰ]\.|[ა-ჰ]+(?:-[ა-ჰ]+)*))*")
_PHRASE = re.compile(r"[ა-ჰA-Za-zÀ-ɏ0-9 „“”\"«»’'.,&+/№%-]+")
_LETTERS_OF_TWO = re.compile(r"[ა-ჰ][A-Za-zÀ-ɏ]|[A-Za-zÀ-ɏ][ა-ჰ]")
_LETTER = re.compile(r"[^\W\d_]")
_CLOSING = "”“\"»’'"
_GLUE = re.compile(r"(?<=[ა-ჰ]-)[აი]$")
"""The vowel of an ending after an abbreviation, which postpositions do without: აშშ-დან, აშშ-მდე."""
_BY_ONE_WORD = {Kind.GIVEN: given_name, Kind.SURNAME: surname}


@lru_cache(maxsize=1 << 16)
def inflect(word: str, case: Case, *, kind: Kind) -> Form:
    """Return ``word`` (nominative, singular) in ``case``, or an abstention with its reason.

    Given names may be bare (დავით); full names are in letter order or surname first, with a title
    or without; phrases and names of firms inflect their last word. Pure; never raises, whatever
    the word; what it returns is NFC and without Mtavruli.

    >>> inflect("ბერიძე", Case.GENITIVE, kind=Kind.SURNAME).text
    'ბერიძის'
    >>> inflect("Ani", Case.GENITIVE, kind=Kind.GIVEN).reason
    'wrong_script'
    """
    if case not in CASES:
        return abstain("no_such_case")
    text = _clean(word)
    reason = _unusable(text, kind)
    if reason:
        return abstain(reason)
    if kind in _BY_ONE_WORD:
        return _name(text, case, kind)
    parts = text.split(" ")
    return full_name(parts, case) if kind is Kind.PERSON else phrase(parts, case, kind)


def with_postposition(word: str, postposition: str, *, kind: Kind) -> Form:
    """Return ``word`` with -თვის, -თან, -გან, -კენ, -მდე, -დან, -ში or -ზე written onto it.

    It stands inside a closing quotation mark, as the case does. Any other postposition is answered
    "no_such_case".

    >>> with_postposition("ანა", "თან", kind=Kind.GIVEN).text
    'ანასთან'
    >>> with_postposition("31 დეკემბერი", "მდე", kind=Kind.NOUN).text
    '31 დეკემბრამდე'
    >>> with_postposition("შპს „ნიკორა“", "თვის", kind=Kind.ORGANISATION).text
    'შპს „ნიკორასთვის“'
    """
    case = _POSTPOSITIONS.get(postposition)
    if case is None:
        return abstain("no_such_case")
    found = inflect(word, case, kind=kind)
    if found.text is None:
        return found
    inflected = found.text.rstrip(_CLOSING)
    if not inflected or not inflected[-1].isalpha():
        return abstain("not_a_word")
    text = _onto(inflected, case, postposition) + found.text[len(inflected) :]
    return Form(text, found.certainty)


def _onto(inflected: str, case: Case, postposition: str) -> str:
    if case is Case.GENITIVE:
        return inflected + postposition
    if case is Case.INSTRUMENTAL:
        return _GLUE.sub("", inflected.removesuffix("ი").removesuffix("თ")) + postposition
    bare = _GLUE.sub("", inflected[:-1])
    keeps_s = postposition == "თან" and bare.rstrip("-")[-1] in VOWELS + LATIN_VOWELS
    return (inflected if keeps_s else bare) + postposition


_POSTPOSITIONS = {
    **dict.fromkeys(("თვის", "გან", "კენ"), Case.GENITIVE),
    **dict.fromkeys(("თან", "ში", "ზე"), Case.DATIVE),
    "მდე": Case.ADVERBIAL,
    "დან": Case.INSTRUMENTAL,
}
"""The case that each one is written onto; -ს falls before -ში, -ზე and after a consonant before
-თან (დავითთან), -დ falls before -მდე, -თ and -თი before -დან (ბაქოდან)."""


def _clean(word: str) -> str:
    """The word in NFC and Mkhedruli, without what cannot be seen and without spare spaces."""
    if len(word) > MAX_LENGTH * 10:
        return word
    return " ".join(unicodedata.normalize("NFC", word).translate(_TRANSLATED).split())


def _unusable(text: str, kind: Kind) -> Reason | None:
    if not text:
        return "empty"
    if len(text) > MAX_LENGTH:
        return "too_long"
    allowed = _NAME if kind in _BY_ONE_WORD else _PERSON if kind is Kind.PERSON else _PHRASE
    if allowed.fullmatch(text) and _LETTER.search(text) and not _LETTERS_OF_TWO.search(text):
        return "not_a_word" if len(text) == 1 else None
    return _fault(text)


def _fault(text: str) -> Reason:
    letters = [letter for letter in text if letter.isalpha()]
    georgian = sum("ა" <= letter <= "ჰ" for letter in letters)
    if not letters or georgian == len(letters):
        return "not_a_word"
    return "mixed_scripts" if georgian else "wrong_script"


def _name(text: str, case: Case, kind: Kind) -> Form:
    head, hyphen, last = text.rpartition("-")
    if len(last) < 2:
        return abstain("not_a_word")
    stem: Stem = _BY_ONE_WORD[kind](last)
    inflected = form(stem, case)
    if inflected is None:
        return abstain("unknown_stem")
    return Form(head + hyphen + inflected, stem.certainty)

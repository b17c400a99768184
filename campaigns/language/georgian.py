"""Georgian words in a case: the front door to the grammar of Georgian."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from campaigns.language.georgian_endings import CASES, Stem, form
from campaigns.language.georgian_nouns import noun
from campaigns.language.georgian_persons import given_name, surname
from campaigns.language.grammar import Case, Form, Kind, Reason, abstain

MAX_LENGTH = 120
_MTAVRULI = {0x1C90 + n: chr(0x10D0 + n) for n in range(0x30)}
_UNSEEN = (*range(9), *range(14, 32), 0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F))
_INVISIBLE = dict.fromkeys((*_UNSEEN, *range(0x2060, 0x2070), 0xFEFF), "")
_WORD = re.compile(r"[ა-ჰ]+(?:-[ა-ჰ]+)*")


@lru_cache(maxsize=1 << 16)
def inflect(word: str, case: Case, *, kind: Kind) -> Form:
    """Return ``word`` (nominative, singular) in ``case``, or an abstention with its reason.

    >>> inflect("ბერიძე", Case.GENITIVE, kind=Kind.SURNAME).text
    'ბერიძის'
    """
    if case not in CASES:
        return abstain("no_such_case")
    text = clean(word)
    reason = _unusable(text)
    if reason:
        return abstain(reason)
    *before, last = text.split(" ")
    head, hyphen, tail = last.rpartition("-")
    stem = _stem(tail, kind, alone=not before)
    if stem is None:
        return abstain("unknown_stem")
    parts = [*(_bare(part, kind) for part in before), head + hyphen + form(stem, case)]
    return Form(" ".join(parts), stem.certainty)


def clean(word: str) -> str:
    """Return the word in NFC and Mkhedruli, without what cannot be seen and without spare spaces."""
    text = unicodedata.normalize("NFC", word).translate(_MTAVRULI | _INVISIBLE)
    return " ".join(text.split())


def _unusable(text: str) -> Reason | None:
    if not text:
        return "empty"
    if len(text) > MAX_LENGTH:
        return "too_long"
    if not all(_WORD.fullmatch(part) for part in text.split(" ")):
        return "not_a_word"
    return None


def _stem(word: str, kind: Kind, *, alone: bool) -> Stem | None:
    match kind:
        case Kind.GIVEN:
            return given_name(word)
        case Kind.SURNAME:
            return surname(word)
        case Kind.PERSON:
            return given_name(word) if alone else surname(word)
    return noun(word)


def _bare(part: str, kind: Kind) -> str:
    if kind is not Kind.PERSON:
        return part
    stem = given_name(part)
    return stem.full if stem else part

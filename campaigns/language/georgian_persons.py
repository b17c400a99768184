"""The stems of Georgian given names, surnames and other words that name a person.

Whether the -ი of a given name is its own (გიორგი) or only the nominative's (დავითი) cannot be seen
from the name: it is counted in the voter list of 2012. A name in a vowel keeps it (ანას, ივანეს);
of the surnames only -ძე gives way (ბერიძის).
"""

from __future__ import annotations

from campaigns.language.georgian_endings import VOWELS, Stem
from campaigns.language.lexicon import georgian_names

_OWN_I_SURNAMES = ("სკი", "ცკი", *(vowel + "ი" for vowel in VOWELS))
"""Surnames that keep -ი in every case: ივანოვსკიმ, გალილეიმ."""


def given_name(word: str) -> Stem | None:
    """Return the stem of a given name, nominative or bare; None when nobody can tell."""
    names = georgian_names()
    known = names.get(word)
    if word[-1] not in VOWELS:
        return Stem(word, None, "listed" if known else "rule", is_name=True)
    if word[-1] != "ი":
        return Stem(word, None, "listed" if known else "rule", is_name=True)
    if known and known.stem_class == "I":
        return Stem(word, None, "listed", is_name=True)
    if word[:-1] in names:
        return Stem(word[:-1], None, "listed", is_name=True)
    if word[-2:-1] in VOWELS:
        return Stem(word, None, "rule", is_name=True)
    own = _syllables(word) == 2
    return Stem(word if own else word[:-1], None, "likely", is_name=True)


def surname(word: str) -> Stem:
    """Return the stem of a surname."""
    if word.endswith("ძე"):
        return Stem(word, word[:-1], "rule", is_name=True)
    if word[-1] == "ი" and not word.endswith(_OWN_I_SURNAMES):
        return Stem(word[:-1], None, "rule", is_name=True)
    return Stem(word, None, "rule", is_name=True)


def _syllables(word: str) -> int:
    return sum(letter in VOWELS for letter in word)

"""The stems of Georgian common nouns, of places and of organisations.

A stem in -ალ, -ელ, -ან, -არ, -ერ and the like may lose its last vowel before -ის, -ით and -ად
(საჩუქარი → საჩუქრის); loanwords and most others do not (დოლარი → დოლარის). Words are looked up
first, then the second half of compounds; then the few endings decide that nearly all of their
words agree in. The rest keeps the vowel: ten nouns of eleven do.
"""

from __future__ import annotations

from campaigns.language.georgian_endings import VOWELS, Stem
from campaigns.language.lexicon import georgian_nouns

SYNCOPATING = (
    *("ებელი", "ობელი", "ცემელი", "დგენელი", "დგომელი", "წერელი", "სოფელი"),
    *("ოვანი", "ოსანი", "უბანი", "ირემი", "წყალი", "მავალი", "სავალი", "უფალი"),
    *("მთავარი", "ძღვარი", "ევარი", "ხოვარი", "პოვარი", "წოვარი", "ძოვარი", "ტკივარი"),
    *("ებარი", "ისარი", "მხარი", "ჯვარი", "ისფერი", "ოსფერი"),
    *("წვარი", "მდგარი", "ჯდარი", "ხდარი", "კვდარი", "მხმარი"),
)
"""Endings whose words lose the vowel; the exceptions are listed as words."""
_SYNCOPATING_IN_VOWEL = ("ქარხანა", "ქვეყანა", "ფანჯარა")
_SHORTEST_TAIL = 6


def noun(word: str) -> Stem:
    """Return the stem of a common noun in the nominative."""
    oblique = georgian_nouns().get(word)
    if oblique:
        return _listed(word, oblique)
    if word[-1] == "ი" and word[-2:-1] not in VOWELS:
        return _consonant_stem(word)
    if word[-1] in "აე":
        loses_two = word.endswith(_SYNCOPATING_IN_VOWEL)
        return Stem(word, syncopated(word) if loses_two else word[:-1], "rule")
    if word[-1] in VOWELS:
        return Stem(word, None, "rule")
    return Stem(word, None, "likely")


def syncopated(word: str) -> str:
    """Return the stem of a noun in -ი, or in another vowel, without its last vowel but one.

    >>> syncopated("საჩუქარი"), syncopated("ფანჯარა")
    ('საჩუქრ', 'ფანჯრ')
    """
    stem = word[:-1]
    last = max(place for place, letter in enumerate(stem) if letter in VOWELS)
    return stem[:last] + stem[last + 1 :]


def _consonant_stem(word: str) -> Stem:
    nouns = georgian_nouns()
    for start in range(2, len(word) - _SHORTEST_TAIL + 1):
        oblique = nouns.get(word[start:], "=")
        if oblique != "=":
            stem = None if oblique == "-" else word[:start] + oblique
            return Stem(word[:-1], stem, "rule")
    if word.endswith(SYNCOPATING):
        return Stem(word[:-1], syncopated(word), "rule")
    may_lose = word[-2] in "ლმნრ" and word[-3:-2] in "აეო"
    return Stem(word[:-1], None, "likely" if may_lose else "rule")


def _listed(word: str, oblique: str) -> Stem:
    if oblique == "=":
        return Stem(word, None, "listed")
    if word[-1] == "ი":
        return Stem(word[:-1], None if oblique == "-" else oblique, "listed")
    return Stem(word, None if oblique == "-" else oblique, "listed")

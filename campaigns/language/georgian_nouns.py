"""The stems of Georgian common nouns, of places and of organisations."""

from __future__ import annotations

from campaigns.language.georgian_endings import VOWELS, Stem


def noun(word: str) -> Stem:
    """Return the stem of a common noun in the nominative."""
    if word[-1] == "ი":
        if word[-2:-1] in VOWELS:
            return Stem(word, None, "rule")
        return Stem(word[:-1], None, "likely")
    if word[-1] in "აე":
        return Stem(word, word[:-1], "rule")
    return Stem(word, None, "rule")

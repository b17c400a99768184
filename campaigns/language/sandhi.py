"""Which of its two forms the Armenian article takes: -ը or -ն.

After a vowel it is -ն. After a consonant the next sound decides, as far as the next word belongs
to the same breath: -ն before a vowel, -ը before a consonant, at a pause, and before a sign or a
figure. Written ե- and ո- begin with the glides y- and v-, so -ը stands before them; the forms of
the verb «to be» lean on the word before and always take -ն.

Source: 3,535 pairs in the Universal Dependencies treebanks ArmTDP and BSUT. After a vowel -ն
758 : 0; before a consonant -ը 1,618 : 13; before a vowel -ն 697 : 202, where both are right.
"""

from __future__ import annotations

from typing import Literal

Article = Literal["ը", "ն"]

VOWELS = "աեէըիոօ"
"""The letters of vowels; ու is told by its ւ."""

_LEANING = frozenset(["եմ", "ես", "ենք", "եք", "են"])
"""Forms of «to be» in ե-; ես is also «I», which does not lean (see :func:`_opens_with_vowel`)."""

_MARKS = {ord(mark): None for mark in "՞՜՛\u200b\u200c\u200d\u2060\ufeff\u00ad"}
_OPENING = "«\"'“„‹(["


def ends_in_vowel(word: str) -> bool:
    """Return whether the last sound of an Armenian word is a vowel; և and յ are consonants.

    >>> ends_in_vowel("Անի"), ends_in_vowel("լեզու"), ends_in_vowel("Արև")
    (True, True, False)
    """
    lowered = word.lower()
    return lowered.endswith("ու") or lowered[-1:] in tuple(VOWELS)


def article(word: str, next_word: str | None = None) -> Article:
    """Return the article that follows ``word`` before ``next_word`` (None: nothing follows).

    >>> article("Արամ", "նվիրեց"), article("Արամ", "է"), article("Անի", "եկավ")
    ('ը', 'ն', 'ն')
    """
    if ends_in_vowel(word.translate(_MARKS)):
        return "ն"
    return "ն" if next_word and _opens_with_vowel(next_word.translate(_MARKS).lower()) else "ը"


def joined(word: str, next_word: str | None = None) -> str:
    """Return ``word`` with its article.

    >>> joined("Արամ", "ունի"), joined("Արամ")
    ('Արամն', 'Արամը')
    """
    return word + article(word, next_word)


def _opens_with_vowel(word: str) -> bool:
    if word.startswith("ու") or word in {"ով", "ովքեր"}:
        return True
    if word[0] in "եո":
        return word in _LEANING - {"ես"}
    return word[0] in VOWELS

"""The capitals of a name, mended where the cell was typed with one key held down."""

from __future__ import annotations

import re

from campaigns.language.people.vocabulary import PARTICLES

_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
_APOSTROPHE = re.compile(r"(?<=^[OD][’'])\w")


def cased(name: str) -> str:
    """Return ``name`` with a capital at the head of each word that is all capitals, all small, or
    has its capitals upside down; others (McDonald, DeVito) are left alone.

    >>> cased("giorgi BERIDZE"), cased("ԳԵՎՈՐԳ"), cased("McDonald"), cased("PAT O'BRIEN")
    ('Giorgi Beridze', 'Գևորգ', 'McDonald', "Pat O'Brien")
    """
    return _WORD.sub(lambda word: _cased(word.group(), is_last=word.end() == len(name)), name)


def _cased(word: str, *, is_last: bool) -> str:
    if word in PARTICLES and not is_last:
        return word
    inverted = len(word) > 2 and word[0].islower() and word[1:].isupper()
    if not (word.islower() or inverted or (word.isupper() and len(word) > 1)):
        return word
    # In Turkish İ the dot would become a letter of its own.
    small = word.lower().replace("i\N{COMBINING DOT ABOVE}", "i")
    if word.isupper():
        # Inside a word reformed spelling has և, which has no capital of its own: ԵՎ, once ԵՒ.
        small = small[:1] + small[1:].replace("եվ", "և").replace("եւ", "և")
    return _APOSTROPHE.sub(lambda found: found.group().upper(), _headed(small))


def _headed(small: str) -> str:
    if "\u10d0" <= small[:1] <= "\u10ff":
        return small  # Georgian has no capitals
    if small.startswith("և"):
        return "Եվ" + small[1:]
    head = small[:1].title()
    return head + small[1:] if len(head) == 1 else small  # the capital of ß would be two letters

"""Is this an English word, as Britons or as Americans spell it?

The list is American; what Britons write otherwise they write so by a few rules.
"""

from __future__ import annotations

import re
from functools import cache

from campaigns.language import lexicon

_BRITISH = (
    (re.compile("our(?=$|s$|ed$|ing$|er|al|ite|able|less|ful|hood)"), "or"),
    (re.compile("is(?=e$|ed$|es$|ing$|er$|ers$|ation|able$)"), "iz"),
    (re.compile("ys(?=e$|ed$|es$|ing$|er$|ers$)"), "yz"),
    (re.compile("(?<=[aeio])ll(?=en$|ed$|ing$|er$|ers$|ery$|ious$|or$|ors$)"), "l"),
    (re.compile("l(?=ment$|ments$|s$|$|ful$|fully$)"), "ll"),
    (re.compile("(?<=[bcdt])re(?=$|s$|d$)"), "er"),
    (re.compile("ogue(?=$|s$)"), "og"),
    (re.compile("ence(?=$|s$|less$)"), "ense"),
    (re.compile("amme(?=$|s$|d$|r$|rs$)"), "am"),
    (re.compile("[ao]e"), "e"),
    (re.compile("eque"), "eck"),
    (re.compile("grey"), "gray"),
    (re.compile("ghurt"), "gurt"),
    (re.compile("(?<=g)ey"), "y"),
    (re.compile("tyre"), "tire"),
    (re.compile("plough"), "plow"),
    (re.compile("doughnut"), "donut"),
    (re.compile("sceptic"), "skeptic"),
    (re.compile("(?<=dg)ement"), "ment"),
    (re.compile("mould"), "mold"),
    (re.compile("practis(?=e|ing)"), "practic"),
    (re.compile("wards$"), "ward"),
    (re.compile("storey"), "story"),
    (re.compile("aluminium"), "aluminum"),
    (re.compile("(?<=[pt])t(?=ed$)"), ""),
)
"""How Britons write and what stands for it in the list: colour, organise, traveller, enrol, theatre."""
_AHEAD = ("re", "un", "non", "pre", "over", "under", "multi", "anti", "super")
_LONG, _FEW = 8, 2
_MIN_REST = 5
"""Letters behind a prefix; “untill” is no un-till."""


def is_word(word: str) -> bool:
    """Say whether ``word``, in any case, is listed, in American or British spelling.

    >>> is_word("colour"), is_word("organising"), is_word("recieved")
    (True, True, False)
    """
    plain = word.lower()
    return (
        _is_listed(plain)
        or _is_derived(plain)
        or any(
            len(plain) - len(ahead) >= _MIN_REST
            and plain.startswith(ahead)
            and _is_listed(plain.removeprefix(ahead))
            for ahead in _AHEAD
        )
    )


def is_plain_word(word: str) -> bool:
    """Say whether ``word`` is listed in small letters: no name, so what somebody may have meant."""
    return word in _words()


def with_other_doubles(word: str) -> list[str]:
    """Return the words that differ from ``word`` in doubled letters only: tommorow, tomorrow."""
    return [one for one in _by_single().get(_single(word), ()) if one != word]


def with_other_vowels(word: str) -> list[str]:
    """Return the words with the same consonants and beginning, if few: maintainance, maintenance."""
    found = _by_consonants().get(_consonants(word), [])
    near = [one for one in found if abs(len(one) - len(word)) <= 1]
    return near if len(word) >= _LONG and len(near) <= _FEW else []


def _is_derived(plain: str) -> bool:
    """Say whether a listed word takes a plural, or a listed verb its doer: uploader, formatter."""
    if plain.endswith("s") and not plain.endswith(("ss", "us", "is")) and len(plain) >= _MIN_REST:
        return _is_listed(plain[:-1])
    stem = plain.removesuffix("r").removesuffix("e")
    verbs = (stem, stem + "e", stem[:-1] if stem[-2:-1] == stem[-1:] else "")
    is_verb = any(map(_is_listed, verbs)) and _is_listed(stem + "ing")
    return plain.endswith("er") and is_verb


def _is_listed(plain: str) -> bool:
    if plain in _words() or plain.capitalize() in _words():
        return True
    return any(pattern.sub(right, plain) in _words() for pattern, right in _BRITISH)


def _single(word: str) -> str:
    return re.sub(r"(.)\1", r"\1", word)


@cache
def _by_single() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word in _words():
        if re.search(r"(.)\1", word):
            found.setdefault(_single(word), []).append(word)
    return found


def _consonants(word: str) -> str:
    return word[:1] + re.sub("[aeiouy]", "", _single(word)[1:])


@cache
def _by_consonants() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word in _words():
        if len(word) >= _LONG - 1 and word.islower():
            found.setdefault(_consonants(word), []).append(word)
    return found


@cache
def _words() -> frozenset[str]:
    rows = lexicon.rows("words_extra.txt")
    more = (word for code, _, words in rows if code == "en" for word in words.split(" "))
    return frozenset([*lexicon.packed("en_words.txt.xz"), *more])

"""Words that are none, one slip away from a word that was probably meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from campaigns.language import spelling
from campaigns.language.people.listed import is_listed_given
from campaigns.language.proofreading.findings import Finding
from campaigns.language.proofreading.masking import OBJECT
from campaigns.language.proofreading.text import Text, Word
from campaigns.model.language import Language

_SCRIPTS = {
    Language.HY: re.compile("[Ա-Ֆա-և]+"),
    Language.KA: re.compile("[ა-ჰ]+"),
    Language.EN: re.compile("[A-Za-z][a-z]+"),
}
_JOINED = re.compile(rf"[\d%A-Za-zА-Яа-я{OBJECT}][-–\u2011]?\Z")
"""What an ending stands at: 5-րդ, CRM-ի, a field. The ending alone is no word."""
_SURNAME = {
    Language.HY: re.compile("[Ա-Ֆ][ա-և]+յան(?:ը|ն|ի|ին|ից|ով|ները?|ների)?$|[Ա-Ֆ][ա-և]+յանց$"),
    Language.KA: re.compile("(?:შვილ|ძე|ძის|იან|ავა|უა)(?:ი|ს|მა|მ|ის|ის?თვის)?$"),
    Language.EN: re.compile("[A-Z][a-z]+(?:yan|dze|shvili|iani|ava|ia|ov|ova|sky|skaya)$"),
}
_OBLIQUE = re.compile("(?: [ა-ჰ]+[^აეიოუს ])? [ა-ჰ]{2,}(?:ს|სა|საც|ში|ზე|თან|ად)\\b")
"""A noun in the dative or adverbial behind an adjective: მოსახერხებელ დღეს."""
MOST_LETTERS = 30
"""No longer word is judged: it is no word, and its neighbours are too many."""

MOST_UNKNOWN = 30
"""A letter of which we know fewer words is in no language of ours: each of them takes a while."""


def misspelt_words(text: Text) -> Iterator[Finding]:
    """Words that no list knows, beside a word that one knows."""
    script, unknown = _SCRIPTS[text.language], 0
    for word in text.words:
        if text.genre == "letter" and unknown > MOST_UNKNOWN:
            return
        if script.fullmatch(word.bare) and _is_judged(text, word):
            unknown += not spelling.is_known(word.bare, text.language)
            meant = spelling.misspelt(word.bare, text.language)
            if meant and not _may_be_name(word, meant[0]) and not _agrees(text, word, meant):
                shown = [_cased(one, word.bare) for one in meant]
                yield text.finding(
                    word.start, word.end, "proof.spelling", shown[0], meant=", ".join(shown)
                )


def _is_judged(text: Text, word: Word) -> bool:
    before, after = text.plain[: word.start], text.plain[word.end : word.end + 1]
    if (
        len(word.bare) > MOST_LETTERS
        or _JOINED.search(before[-2:])
        or after in (OBJECT, "-")
        or _SURNAME[text.language].search(word.bare)
    ):
        return False
    quoted = before.endswith(("«", "„"))  # the name of a shop
    return not word.bare[:1].isupper() or (begins_sentence(before) and not quoted)


def _may_be_name(word: Word, meant: str) -> bool:
    """Say whether an English word with a capital is perhaps a name: a listed one, or what was
    meant is rare.
    """
    if not word.bare[:1].isascii() or not word.bare[0].isupper():
        return False
    return is_listed_given(word.bare) or not spelling.is_common(meant, Language.EN)


def _agrees(text: Text, word: Word, meant: tuple[str, ...]) -> bool:
    """Say whether a Georgian adjective lacks its -ი because its noun is no nominative."""
    if text.language is not Language.KA or word.bare + "ი" not in meant:
        return False
    return _OBLIQUE.match(text.plain, word.end) is not None


def begins_sentence(before: str) -> bool:
    """Say whether a sentence begins behind what stands before."""
    # A capital inside a sentence is a name, and names are in no list.
    shorter = before.rstrip(" \u00a0«„“”\"'(*_—–-")
    return not shorter or shorter[-1] in "։.!?…:\n" or before.endswith("\n")


def _cased(meant: str, written: str) -> str:
    return meant[:1].upper() + meant[1:] if written[:1].isupper() else meant


RULES = (misspelt_words,)

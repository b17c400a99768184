"""How the reader is addressed: Դուք and თქვენ, as one addresses a customer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from campaigns.language import spelling
from campaigns.language.proofreading.findings import Finding, Severity
from campaigns.language.proofreading.georgian_singular import is_singular
from campaigns.language.proofreading.phrases import of_lists
from campaigns.language.proofreading.text import Text
from campaigns.model.language import Language

_FORMAL = {
    Language.HY: re.compile(r"\b(?:[ԴդՁձ](?:ուք|եր|եզ)\b|եք\b)|եք\b"),
    Language.KA: re.compile(r"თქვენ|გთხოვთ|გმადლობთ|\b\w{3,}(?:ეთ|ავთ|ებთ|ათ)\b"),
    Language.EN: re.compile(r"\b(?:Dear|Kind regards|Sincerely|Yours)\b"),
}
_SINGULAR = re.compile(r"[կչ]?\.\w*(?:իր|ես|աս)")
_PARTICIPLE = re.compile(r"\w{2,}(?:ում|ել|ալ|ած|ելու|ալու)")
_QUESTIONS = frozenset({"ինչ", "ինչու", "ինչպես", "որտեղ", "երբ", "ինչքան", "որքան", "ում"})
_SMALL_YOU = re.compile(r"դուք|ձեր|ձեզ|ձեզա?նից|ձեզա?նով|ձեզա?նում|ձերը|ձերն|ձերի?ց|ձերոնք")
_CAPITAL_YOU = re.compile(r"(?<=[ա-և,՝] )(?:Դուք|Ձե[րզ])")
_OF_MANY = frozenset(
    {"ինքներդ", "բոլորդ", "երկուսդ", "ամենքդ", "երեքդ", "մյուսդ", "յուրաքանչյուրդ"}
)
"""Armenian words in -դ that are said to several people, so politely too."""
_NOT_SINGULAR = frozenset({"ասես", "կարծես", "կասես"})
"""«As if» and «it seems», which look like verbs of the second person."""
_QUOTED = re.compile(r":[ \u00a0]„[^„“]{1,200}“|„[^„“]{1,200}[?!]“|„[^„“]{1,200}“,?[ \u00a0][–—]")
"""Georgian speech that is told: it addresses somebody else."""
_VOWELS = "աեէըիոօու"


def informal(text: Text) -> Iterator[Finding]:
    """Forms for a friend. In a text that elsewhere says Դուք or თქვენ they are errors."""
    severity: Severity = "error" if _FORMAL[text.language].search(text.plain) else "warning"
    found = {(one.line, one.column): one for one in of_lists(text, ("informal.txt",), severity)}
    quoted = [one.span() for one in _QUOTED.finditer(text.plain)]
    yield from (one for one in found.values() if not _within(one.span, quoted))
    for start, end, instead in _by_endings(text):
        if text.place(start) not in found and not _within((start, end), quoted):
            yield text.finding(start, end, "proof.informal", instead, severity=severity)


def _within(place: tuple[int, int], spans: list[tuple[int, int]]) -> bool:
    return any(begin <= place[0] and place[1] <= end for begin, end in spans)


def small_you(text: Text) -> Iterator[Finding]:
    """Armenian letters write Դուք, Ձեր with a capital, and a text that once does so always does."""
    held = text.genre == "page" and _CAPITAL_YOU.search(text.plain)
    if text.language is not Language.HY or not (text.genre == "letter" or held):
        return
    for word in text.words:
        if _SMALL_YOU.fullmatch(word.bare):
            instead = word.text[:1].upper() + word.text[1:]
            yield text.finding(word.start, word.end, "proof.small_you", instead)


def _by_endings(text: Text) -> Iterator[tuple[int, int, str | None]]:
    if text.language is Language.HY:
        yield from _armenian(text)
    if text.language is Language.KA:
        for word in text.words:
            if is_singular(word.bare):
                yield word.start, word.end, word.text + "თ"


def _armenian(text: Text) -> Iterator[tuple[int, int, str | None]]:
    words = text.words
    for at, word in enumerate(words):
        if word.bare == "ես":
            around = [one.bare for one in words[max(at - 1, 0) : at + 3]]
            if _is_auxiliary(words[at - 1].bare if at else "", around):
                yield word.start, word.end, "եք"
        elif instead := _formal_armenian(word.bare):
            yield word.start, word.end, instead


def _is_auxiliary(before: str, around: list[str]) -> bool:
    """Say whether ես is «are», not «I»: «կարդացել ես», «ինչ ես կարծում», but «ես կարծում եմ»."""
    if {"եմ", "չեմ", "էի"} & set(around):
        return False
    asked = before.lower() in _QUESTIONS and any(map(_PARTICIPLE.fullmatch, around[2:]))
    return asked or _PARTICIPLE.fullmatch(before) is not None


def _formal_armenian(word: str) -> str | None:
    """Return the formal words for a verb of the second person singular or a noun in -դ."""
    if not word.endswith(("իր", "ես", "աս", "դ")) or word.lower() in _OF_MANY | _NOT_SINGULAR:
        return None
    readings = spelling.armenian_endings(word)
    if readings and all(_SINGULAR.fullmatch(one) for one in readings):
        if word.endswith("եցիր"):
            return word.removesuffix("իր") + "իք"
        return word.removesuffix("իր") + "եք" if word.endswith("իր") else word[:-1] + "ք"
    if readings and all(re.fullmatch(r"\.\w*դ", one) for one in readings):
        noun = word[:-1]
        return f"Ձեր {noun[:1].lower()}{noun[1:]}{'ն' if noun[-1] in _VOWELS else 'ը'}"
    return None


RULES = (informal, small_you)

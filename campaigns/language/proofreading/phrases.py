"""Words and phrases that are listed as wrong, found in all their forms.

The lists are ``word_choice.txt`` and ``tone.txt`` of the lexicon, whose heads explain their signs.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from campaigns.language import lexicon
from campaigns.language.proofreading.findings import Finding, Severity
from campaigns.language.proofreading.text import Text
from campaigns.model.language import Language

TONE = "tone.txt"
"""How customers are spoken to; not looked for where a letter is explained to marketers."""
LISTS = ("word_choice.txt", TONE)
FINE = "ok"
"""The code of what only looks like a fault."""

_PIECE = re.compile(r"[^\W\d_]+(?:[՛՜՞'’][^\W\d_]+)*[՛՜՞]?|\d+(?:[.,\u00a0\u202f]\d+)*|[^\w\s]")
_SILENT = re.compile("[՛՜՞\u00ad\u200b-\u200d]|(?<=\\w)[-\u2010\u2011](?=\\w)")
_TOKEN = re.compile(r"\([^)]*\)[*?]?|\S+")
_GAP = "..."
_PROSE = "/prose"
"""Behind a code: texts of the interface may say it."""
_KEY = 2
"""So many letters of its first word lead to an entry."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A text in small letters, its words and marks one space apart, and where each of them is."""

    line: str
    starts: dict[int, int]
    """From a place in ``line`` where a word begins to its place in ``plain``."""
    ends: dict[int, int]


@dataclass(frozen=True, slots=True)
class _Entry:
    """A row of a list. ``opens``: it is a fault only where a sentence begins."""

    code: str
    in_interface: bool
    is_tone: bool
    opens: bool
    pattern: re.Pattern[str]
    instead: str


def listed(text: Text) -> Iterator[Finding]:
    """Words and phrases that a careful editor strikes out, and those that press or blame."""
    yield from of_lists(text, LISTS)


def of_lists(
    text: Text, lists: tuple[str, ...], severity: Severity | None = None
) -> Iterator[Finding]:
    """Yield what ``text`` has of these lists; where two overlap, the one that begins first."""
    spoken = speak(text)
    entries = _entries(text.language, lists)
    found = sorted(_matches(spoken, entries), key=lambda one: (one[0], -one[1]))
    fine = [(start, end) for start, end, entry, _ in found if entry.code == FINE]
    reached = -1
    for start, end, entry, rest in found:
        within = any(a <= start and end <= b for a, b in fine)
        spoken_here = entry.in_interface or text.genre != "interface"
        if start >= reached and spoken_here and not within:
            reached = end
            place = spoken.starts[start], spoken.ends[end]
            if entry.is_tone and text.to_marketer(place[0]):
                continue
            shown = _cased(entry.instead.replace("*", rest), text.plain[place[0]])
            yield text.finding(*place, f"proof.{entry.code}", shown or None, severity=severity)


def speak(text: Text) -> Spoken:
    """Return ``text`` as one line that phrases are looked for in."""
    pieces: list[str] = []
    starts: dict[int, int] = {}
    ends: dict[int, int] = {}
    at = 0
    for found in _PIECE.finditer(text.plain):
        piece = _SILENT.sub("", found.group()).lower().replace("’", "'")
        joins = piece in "-‐‑" and text.plain[found.end() : found.end() + 1].isalnum()
        if piece and not joins:
            starts[at], ends[at + len(piece)] = found.span()
            pieces.append(piece)
            at += len(piece) + 1
    return Spoken(" ".join(pieces), starts, ends)


def _matches(
    spoken: Spoken, entries: dict[str, list[_Entry]]
) -> Iterator[tuple[int, int, _Entry, str]]:
    for start in spoken.starts:
        for entry in entries.get(spoken.line[start : start + _KEY].strip(), ()):
            if entry.opens and spoken.line[start - 2 : start - 1].isalnum():
                continue
            if found := entry.pattern.match(spoken.line, start):
                yield start, found.end(), entry, found["rest"] or ""


@cache
def _entries(language: Language, lists: tuple[str, ...]) -> dict[str, list[_Entry]]:
    """Return the entries by the first letters of what they look for."""
    found: dict[str, list[_Entry]] = defaultdict(list)
    for name in lists:
        for reader, kind, phrase, *instead in lexicon.rows(name):
            if reader == language:
                words = phrase.removeprefix("^ ")
                opens = words != phrase
                code, spoken = kind.removesuffix(_PROSE), not kind.endswith(_PROSE)
                entry = _Entry(
                    code, spoken, name == TONE, opens, _compiled(words), "".join(instead)
                )  # fmt: skip
                for key in _keys(words):
                    found[key].append(entry)
    return dict(found)


def _keys(phrase: str) -> set[str]:
    first = _TOKEN.findall(phrase)[0].strip("()*")
    if first == "#":
        return {f"{a}{b}".strip() for a in "0123456789" for b in "0123456789., "}
    return {word[:_KEY].strip(" *") for word in first.split("|")}


def _compiled(phrase: str) -> re.Pattern[str]:
    tokens = _TOKEN.findall(phrase)
    while tokens[-1] == _GAP:
        tokens.pop()
    pattern = "".join(_of_token(token) for token in tokens).removesuffix(" ")
    several = pattern.count("(?P<rest>") - 1
    pattern = pattern.replace("(?P<rest>", "(?:", several) if several > 0 else pattern
    if several < 0:
        pattern += "(?P<rest>)"
    return re.compile(pattern + r"(?!\S)")


def _of_token(token: str) -> str:
    """Return the pattern of one token and the space behind it."""
    if token == _GAP:
        return r"(?:[^\s.!?։…]+ ){0,3}?"
    if token.endswith(")?"):
        return f"(?:{_of_word(token[1:-2])} )?"
    return _of_word(token) + " "


def _of_word(word: str) -> str:
    if word == "#":
        return r"\d\S*"
    if word.startswith("("):
        inner = re.escape(word.rstrip("*")[1:-1]).replace(r"\|", "|").replace(r"\ ", " ")
        inner = inner.replace(r"\*", r"\w*").replace(r"\#", r"\d\S*")
        return f"(?:{inner})" + (r"\w*" if word.endswith("*") else "")
    if "|" in word:
        return f"(?:{word})"
    return re.escape(word).replace(r"\*", r"(?P<rest>\w*)").replace(r"\-", "-")


def _cased(instead: str, first: str) -> str:
    return instead[:1].upper() + instead[1:] if first.isupper() else instead


RULES = (listed,)

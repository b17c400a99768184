"""The words of a rule: what they are and where they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from campaigns.errors import InputError

QUOTES = {'"': '"', "«": "»", "„": '“”"', "“": "”"}
"""Opening mark → the marks that may close it: typewriter, Armenian, Georgian, English."""
SPELLINGS = {"==": "=", "<>": "!=", "≠": "!=", "≤": "<=", "≥": ">="}

_SPACE = re.compile(r"[\s\u00a0\u202f]+")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?!\d)")
# "100 000" with a space, a no-break space or a thin one between groups of three.
_NUMBER = re.compile(r"-?(?:[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3})+|[0-9]+)(?:\.[0-9]+)?(?![0-9])")
_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_SYMBOL = re.compile(r"<=|>=|!=|==|<>|[=<>≠≤≥(),]")


class Kind(StrEnum):
    WORD = "word"
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    SYMBOL = "symbol"
    END = "end"


@dataclass(frozen=True, slots=True)
class Token:
    """``text`` is the canonical spelling (a text without its quotes); ``position`` counts from 1."""

    kind: Kind
    text: str
    position: int


def tokens(text: str) -> list[Token]:
    """Return the tokens of a rule, the last one being END.

    Raises:
        InputError: a character belongs to no token, or a text is not closed.
    """
    found: list[Token] = []
    at = 0
    while True:
        space = _SPACE.match(text, at)
        at = space.end() if space else at
        if at >= len(text):
            return [*found, Token(Kind.END, "", len(text) + 1)]
        token, at = _quoted(text, at) if text[at] in QUOTES else _plain(text, at)
        found.append(token)


def _plain(text: str, at: int) -> tuple[Token, int]:
    for kind, pattern in (
        (Kind.DATE, _DATE), (Kind.NUMBER, _NUMBER), (Kind.WORD, _WORD), (Kind.SYMBOL, _SYMBOL)
    ):  # fmt: skip
        if match := pattern.match(text, at):
            return Token(kind, _canonical(kind, match.group()), at + 1), match.end()
    raise InputError("segment.character", position=at + 1, got=text[at])


def _canonical(kind: Kind, text: str) -> str:
    if kind is Kind.WORD:
        return text.lower()
    if kind is Kind.NUMBER:
        return _SPACE.sub("", text)
    return SPELLINGS.get(text, text)


def _quoted(text: str, start: int) -> tuple[Token, int]:
    closing = QUOTES[text[start]]
    letters: list[str] = []
    at = start + 1
    while at < len(text) and text[at] not in closing:
        if text[at] == "\\" and text[at + 1 : at + 2] in ("\\", *closing):
            at += 1
        letters.append(text[at])
        at += 1
    if at >= len(text):
        raise InputError("segment.unclosed", position=start + 1)
    content = "".join(letters)
    if any(letter == "\0" or "\ud800" <= letter <= "\udfff" for letter in content):
        raise InputError("segment.character", position=start + 1, got="\\0")
    return Token(Kind.TEXT, content, start + 1), at + 1

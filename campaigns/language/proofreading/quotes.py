"""Quotation marks and brackets: « » in Armenian, „ “ in Georgian, “ ” in English, all in pairs.

Source: CLDR delimiters (hy « », ka „ “, en “ ”).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from campaigns.language.proofreading.findings import Finding, Severity
from campaigns.language.proofreading.text import Text
from campaigns.model.language import Language

PAIRS = {Language.HY: ("«", "»"), Language.KA: ("„", "“"), Language.EN: ("“", "”")}
_STRAIGHT = re.compile(r'(?<!\d)"(?=[^\s"])([^"\n]{0,200}?)(?<=[^\s"])"')
_SINGLE = re.compile(
    r"(?<![\w\d])(?<!‹)['‘‚‹](?=\w)([^'’‘‚‹›\n]{1,120}?)(?<=[\w.!?։])['’‘›](?![\w])"
)
_LATIN_ONLY = re.compile(r"[^Ա-Ֆա-ևა-ჿ]*")
_FAKE = re.compile(
    r",,(?=\w)|''(?=\w)|(?<=\w)''|``(?=\w)|(?:<<|‹‹)(?=\s?\w)|(?<=[\w.!?։])\s?(?:>>|››)"
)
_FOREIGN = {
    Language.HY: re.compile("[„“”‟〝〞＂]"),
    Language.KA: re.compile("[«»”‟〝〞＂]"),
    Language.EN: re.compile("[«»„‟〝〞＂]"),
}
_INNER = {Language.HY: "“”„", Language.KA: "«»", Language.EN: "‘’"}
"""What may stand for quotes inside of quotes."""
_CLOSING = {")": "(", "]": "[", "»": "«", "”": "“"}
_BRACKETS = re.compile(r"[()\[\]«»]")
_LISTED = re.compile(r"(?:^|[\s(])\w{1,2}$")
_SMILE = re.compile(r"[:;=]-?[()\[\]]+")


def straight(text: Text) -> Iterator[Finding]:
    """``"…"`` and ``'…'``, which no printed text of the three languages has."""
    left, right = PAIRS[text.language]
    for found in _STRAIGHT.finditer(text.plain):
        if not (text.genre == "interface" and _LATIN_ONLY.fullmatch(found[1])):
            yield text.finding(*found.span(), "proof.straight_quotes", f"{left}{found[1]}{right}")
    if text.language is not Language.EN:
        for found in _SINGLE.finditer(text.plain):
            yield text.finding(*found.span(), "proof.straight_quotes", f"{left}{found[1]}{right}")


def foreign(text: Text) -> Iterator[Finding]:
    """Quotation marks of another language, or signs that imitate them."""
    left, right = PAIRS[text.language]
    for found in _FAKE.finditer(text.plain):
        opens = (
            text.plain[found.end() : found.end() + 1].strip() != "" and found.group()[0] in ",'`<‹"
        )
        yield text.instead(*found.span(), "proof.foreign_quotes", left if opens else right)
    for begin, end in text.paragraphs:
        signs = list(_foreign_signs(text, begin, end))
        while signs:
            at = signs.pop(0)
            closing = signs.pop(0) if signs and _right(text, at) == left else None
            if closing is None:
                yield text.instead(at, at + 1, "proof.foreign_quotes", _right(text, at))
            else:
                inside = text.plain[at + 1 : closing]
                pair = text.finding(
                    at, closing + 1, "proof.foreign_quotes", f"{left}{inside}{right}"
                )
                yield replace(pair, span=(at, at + 1))


def _foreign_signs(text: Text, begin: int, end: int) -> Iterator[int]:
    """Yield where a sign stands that the language has not, or only inside of its own quotes."""
    left, right = PAIRS[text.language]
    depth = 0
    for at in range(begin, end):
        sign = text.plain[at]
        strange = _FOREIGN[text.language].match(sign) or (
            text.language is Language.KA and sign == "“" and _right(text, at) == left
        )
        if strange and not (depth and sign in _INNER[text.language]):
            yield at
        depth += (sign == left) - (sign == right)


def unpaired(text: Text) -> Iterator[Finding]:
    """A bracket or quotation mark whose other half is missing from the paragraph."""
    for begin, end in text.paragraphs:
        part = _SMILE.sub(lambda face: " " * len(face.group()), text.plain[begin:end])
        for at in sorted({*_alone(part, begin), *_alone_quotes(part, begin, text.language)}):
            yield _unpaired(text, at)


def _unpaired(text: Text, at: int, severity: Severity = "error") -> Finding:
    left, right = text.around(at, at + 1)
    return text.finding(left, right, "proof.unpaired", severity=severity, mark=text.plain[at])


def _alone(part: str, begin: int) -> Iterator[int]:
    opened: list[tuple[str, int]] = []
    for found in _BRACKETS.finditer(part):
        sign, at = found.group(), found.start()
        if sign not in _CLOSING:
            opened.append((sign, at))
        elif any(one == _CLOSING[sign] for one, _ in opened):
            while opened[-1][0] != _CLOSING[sign]:
                yield begin + opened.pop()[1]
            opened.pop()
        elif not (sign == ")" and _LISTED.search(part[:at])):
            yield begin + at
    yield from (begin + at for _, at in opened)


def _alone_quotes(part: str, begin: int, language: Language) -> Iterator[int]:
    straight_ones = [found.start() for found in re.finditer(r'(?<!\d)"', part)]
    if len(straight_ones) % 2:
        yield begin + straight_ones[-1]
    left, right = PAIRS[language]
    if language is Language.HY:
        return
    opened: list[int] = []
    for at, sign in enumerate(part):
        if sign == left:
            opened.append(at)
        elif sign == right and opened:
            opened.pop()
        elif sign == right:
            yield begin + at
    yield from (begin + at for at in opened)


def _right(text: Text, at: int) -> str:
    """Return the language's own sign for a foreign one: opening at the start of a word."""
    left, right = PAIRS[text.language]
    before = text.plain[at - 1] if at else " "
    return left if before.isspace() or before in "(-–—«„" else right


RULES = (foreign, straight, unpaired)

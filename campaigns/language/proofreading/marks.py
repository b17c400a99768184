"""Marks and spaces as all three languages use them: at the word, once, followed by a space."""

from __future__ import annotations

import re
from collections.abc import Iterator

from campaigns.language.proofreading.findings import Finding
from campaigns.language.proofreading.masking import OBJECT
from campaigns.language.proofreading.text import ENGLISH_ABBREVIATIONS, Text
from campaigns.model.language import Language

_L = r"[^\W\d_]"
_SPACE_BEFORE = re.compile(
    r"(?<=\S)(?P<space>[ \u00a0\t]+)(?P<mark>(?!,,\w)[։՝,;!?](?![;:]?[-)(])|[.:](?=\s|\Z)|[)\]»](?!\w*[(«]))"
)
_SPACE_INSIDE = re.compile(r"(?P<mark>[(«„\[])(?P<space>[ \u00a0]+)(?=\S)")
_NO_SPACE = re.compile(
    rf"(?<=[^\W_])(?P<mark>[,;։՝!?])(?={_L}|[«„])|(?<=[%֏₾€₽{OBJECT}])(?P<mark5>[,;։՝.])(?={_L}|[«„])|(?<=\d)\.(?=[A-Z][a-z]+\b(?!\.)|[ა-ჰ]{{5}})|(?<=[a-z]{{3}})\.(?=[AI] [a-z])|(?<=\n\d)[.)](?=[Ա-Ֆա-ևა-ჰ]{{3}})|(?<=\d)(?P<mark2>[;։՝!?])(?={_L}|[«„(])|(?<={_L})(?P<mark3>[,;։՝])(?=\d)"
    rf"|(?<=[»)“”])(?P<mark4>[,;։՝!?])(?=[^\W_])|(?<=[»)“”])\.(?={_L}{{2}})"
)
_NO_SPACE_STOP = re.compile(
    rf"(?<![^\W\d_])(?P<left>{_L}{{2,60}})(?P<mark>[.:…]|\.\.\.)(?P<right>{_L}{{2,60}})"
)
_NO_SPACE_AROUND = re.compile(
    rf"(?<={_L})(?P<before>[«„](?={_L}{{2}})|\((?={_L}{{3}})(?!{_L}{{1,4}}\)))|(?P<after>[)](?={_L}{{3}})|»(?=[ա-ևა-ჿ]{{5}}))"
)
_DOUBLED = re.compile(
    r"(?P<commas>[,;։՝:])(?:[ \u00a0]?(?P=commas))+|(?<![.․])[.․]{2}(?![.․])|\.{4,}|…[.…]+|!{2,}|\?{2,}|[!?]{3,}"
    r"|[,;՝](?=[ \u00a0]?[.։!?])[ \u00a0]?[.։!?]|[.։!?](?<!\b\w\.)[,;](?!\w)|։[.:]|:։|[–—](?:[ \u00a0]?[–—])+"
)
_DOUBLE_SPACE = re.compile(r"(?<=\S)[ \u00a0\t]{2,}(?=\S)")
_DOTS = re.compile(r"(?<![.․])(?:\.{3}|․{3})(?![.․])")
_HYPHEN_DASH = re.compile(
    r"(?<=\S)(?P<dash>[ \u00a0]+(?:-{1,3}|֊)[ \u00a0]+)(?=\S)|(?<=\w)(?P<two>--)(?=\w)"
)
_HYPHEN_SPACE = re.compile(
    rf"(?<={_L})(?:(?P<one>[ \u00a0]+)-(?={_L}{{2}})|-(?P<two>[ \u00a0]+)(?={_L}{{2}}))"
    r"(?!(?:or|and|to|և|կամ|ու|და|ან|თუ)\b)"
)
_ARMENIAN = re.compile("[\u0589\u055a-\u055f\u058a]")
_LOOKALIKES = {
    "\u201a": ",", "\u060c": ",", "\u3001": ",", "\uff0c": ",", "\ufe50": ",", "\u066b": ",",
    "\u037e": ";", "\u061b": ";", "\uff1b": ";", "\u061f": "?", "\uff1f": "?", "\uff01": "!",
    "\u01c3": "!", "\u3002": ".", "\uff0e": ".", "\u2024": ".", "\u06d4": ".", "\uff1a": ":",
    "\u2236": ":", "\ua789": ":", "\u05c3": ":", "\u02d0": ":", "\u2010": "-",
    "\u02bb": "՛", "\u02bc": "՛", "\u0374": "՛",
}  # fmt: skip
_LOOKALIKE = re.compile("(?<!\u2024)[" + "".join(_LOOKALIKES) + "](?!\u2024)")
_ABBREVIATED = ENGLISH_ABBREVIATIONS | {
    "թ", "դ", "դդ", "թթ", "ք", "պ", "տ", "մ", "ս", "հ", "փ", "շ", "գ", "լ", "ժ", "հեռ", "էլ",
    "այլն", "გვ", "ქ", "მ", "წ", "სთ", "მლნ", "ათ", "ე", "ა", "შ", "ტელ", "ქუჩ", "e", "i", "g",
    "p", "a",
}  # fmt: skip


_BEGINNINGS = frozenset(
    [
        "it",
        "we",
        "you",
        "the",
        "this",
        "that",
        "and",
        "but",
        "if",
        "see",
        "please",
        "our",
        "your",
        "is",
        "he",
        "she",
        "they",
    ]
)
"""English words after a dot that are no part of a name such as node.js."""


def look_alike_marks(text: Text) -> Iterator[Finding]:
    """Marks of other alphabets that only look like ours: the Greek question mark, U+2024."""
    for found in _LOOKALIKE.finditer(text.plain):
        right = _LOOKALIKES[found.group()]
        if text.language is Language.HY and right == ":":
            right = "։"
        if right == "՛" and text.language is not Language.HY:
            continue
        yield text.instead(
            *found.span(),
            "proof.mark_look_alike",
            right,
            severity="warning" if found.group() == "\u2024" else None,
            expected=right,
        )


def armenian_in_others(text: Text) -> Iterator[Finding]:
    """Armenian marks at Georgian and English words."""
    if text.language is Language.HY:
        return
    for found in _ARMENIAN.finditer(text.plain):
        left, right = text.around(*found.span())
        if not re.search("[Ա-Ֆա-և]", text.plain[left:right]):
            mark = {"։": ".", "՝": ",", "՞": "?", "՜": "!", "֊": "-"}.get(found.group(), "")
            yield text.instead(*found.span(), "proof.armenian_mark", mark)


def doubled(text: Text) -> Iterator[Finding]:
    """The same mark twice, or two marks of which one suffices."""
    for found in _DOUBLED.finditer(text.plain):
        said = found.group().replace(" ", "").replace("\u00a0", "")
        if said == ",," and re.match(r"\w", text.plain[found.end() : found.end() + 1]):
            continue  # two commas for a low quotation mark, which the quotes' rule tells
        if said[-1] in ",;" and said[0] == "." and _abbreviated(text.plain, found.start()):
            continue
        one = said[-1] if said[0] in ",;՝:" else said[0]
        right = "…" if said.startswith(("….", "...")) or "……" in said else one
        yield text.instead(*found.span(), "proof.doubled_mark", right)


def spaces(text: Text) -> Iterator[Finding]:
    """A space before a mark, none after it, two in a row."""
    for found in _SPACE_BEFORE.finditer(text.plain):
        if text.unbroken(found.start(), found.end()):
            mark = found["mark"]
            after = " " if text.plain[found.end() : found.end() + 1].isalnum() else ""
            yield text.instead(*found.span(), "proof.space_before", mark + after, mark=mark)
    for found in _SPACE_INSIDE.finditer(text.plain):
        if text.unbroken(found.start(), found.end()):
            yield text.instead(*found.span("space"), "proof.space_inside", "", mark=found["mark"])
    for found in _DOUBLE_SPACE.finditer(text.plain):
        if text.unbroken(found.start(), found.end()):
            yield text.instead(*found.span(), "proof.double_space", " ")


def missing_spaces(text: Text) -> Iterator[Finding]:
    """A mark that the next word follows at once."""
    for found in _NO_SPACE.finditer(text.plain):
        if text.plain[found.start()] in "!?" and text.language is Language.HY:
            continue  # its own rule tells all about it
        yield text.instead(*found.span(), "proof.space_after", f"{found.group()} ")
    for found in _NO_SPACE_STOP.finditer(text.plain):
        if _two_sentences(found) or (found["mark"] == ":" and text.language is not Language.EN):
            yield text.instead(*found.span("mark"), "proof.space_after", f"{found['mark']} ")
    for found in _NO_SPACE_AROUND.finditer(text.plain):
        kind = "before" if found["before"] else "after"
        sign = f" {found.group()}" if kind == "before" else f"{found.group()} "
        yield text.instead(*found.span(kind), "proof.space_around", sign)


def dashes_and_dots(text: Text) -> Iterator[Finding]:
    """A hyphen for a dash, three dots for an ellipsis."""
    for found in _HYPHEN_DASH.finditer(text.plain):
        if found["two"]:
            yield text.instead(*found.span("two"), "proof.hyphen_for_dash", " — ")
        elif not _figures_around(text.plain, found):
            yield text.instead(*found.span("dash"), "proof.hyphen_for_dash", " — ")
    for found in _HYPHEN_SPACE.finditer(text.plain):
        space = "one" if found["one"] else "two"
        yield text.instead(*found.span(space), "proof.hyphen_space", "")
    for found in _DOTS.finditer(text.plain):
        yield text.instead(*found.span(), "proof.three_dots", "…")


def _two_sentences(found: re.Match[str]) -> bool:
    left, right = found["left"], found["right"]
    if found["mark"] == ":" or left.lower() in _ABBREVIATED or right.lower() in _ABBREVIATED:
        return False
    if re.fullmatch("[Ա-Ֆա-և]+|[ა-ჿ]+", left + right) or right in _BEGINNINGS:
        return True
    begins = right[0].isupper() and right[-1].islower()
    return left[-1].islower() and begins and len(left) > 2


def _abbreviated(plain: str, at: int) -> bool:
    word = re.search(r"[^\W\d_]+$", plain[max(0, at - 12) : at])
    return word is not None and (word.group().lower() in _ABBREVIATED or len(word.group()) < 4)


def _figures_around(plain: str, found: re.Match[str]) -> bool:
    """Say whether this is a sum or a range: 5 - 3."""
    before, after = plain[found.start() - 1], plain[found.end()]
    return before.isdigit() and (after.isdigit() or after == OBJECT)


RULES = (look_alike_marks, armenian_in_others, doubled, spaces, missing_spaces, dashes_and_dots)

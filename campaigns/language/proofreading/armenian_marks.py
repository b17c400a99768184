"""Armenian punctuation: ։ ends a sentence, ՝ and ՛ are no quotes, ՞ and ՜ stand inside the word.

Source of the rules: the punctuation of Eastern Armenian as school grammars and Unicode 15 (code
chart U+0530-058F) give it; the marks ՞ ՜ ՛ stand on the last vowel of the word that is stressed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from campaigns.language.proofreading.findings import Finding, Severity
from campaigns.language.proofreading.masking import OBJECT
from campaigns.language.proofreading.text import Text
from campaigns.model.language import Language

ABBREVIATIONS = frozenset(
    [
        "թ",
        "թթ",
        "դ",
        "դդ",
        "ք",
        "քթ",
        "գ",
        "մ",
        "պ",
        "պպ",
        "տ",
        "տող",
        "տիկ",
        "պրն",
        "ս",
        "հ",
        "հմ",
        "հտ",
        "էջ",
        "փ",
        "փող",
        "պող",
        "խճ",
        "շ",
        "շրջ",
        "բն",
        "բնակ",
        "թաղ",
        "հեռ",
        "ֆաքս",
        "էլ",
        "օր",
        "կգ",
        "գր",
        "սմ",
        "մմ",
        "կմ",
        "լ",
        "մլ",
        "ր",
        "վ",
        "վրկ",
        "ժ",
        "ժամ",
        "րոպե",
        "մլն",
        "մլրդ",
        "հազ",
        "դր",
        "ավ",
        "նկ",
        "աղ",
        "տես",
        "օրինակ",
        "այլ",
        "այլն",
        "այսինքն",
        "հարց",
        "կից",
        "ռեժ",
        "հեղ",
        "խմբ",
        "թարգմ",
        "հասց",
        "ինդ",
        "դոկտ",
        "պրոֆ",
        "ակադ",
        "սբ",
    ]
)
"""Words before a dot that ends no sentence: թ. for a year, հեռ. for a telephone."""

_CLOSED = r"(?P<close>[»)\]”“\"]*)"
_ENDS = r"(?=\s*\Z|\s*\n\s*\n|\s*\n|[ \u00a0]+\(?[Ա-Ֆ])"
_LETTER = rf"(?<=[ա-ևԱ-ՖA-Za-z0-9»)\]%֏₾{OBJECT}՞՜՛])"
_COLON = re.compile(rf"{_LETTER}[:׃∶：﹕ꓽ꞉ː]{_CLOSED}(?=\s|\Z|[Ա-Ֆ])")
_DOT = re.compile(
    rf"(?P<word>(?<![ա-և])[ա-և]{{1,60}}|[Ա-Ֆ][ա-և]{{1,60}}|\d|[»)\]%֏₾{OBJECT}])(?P<dot>[.․。])(?![.․]){_ENDS}"
)
_POLITE = re.compile(r"\s*(?:Դուք|Ձե[րզ])")
"""Capitals that courtesy puts into the middle of a sentence, after a dot for "that is"."""
_QUESTION = re.compile(
    r"(?<![ա-ևԱ-Ֆ՛՜՞])(?P<word>[ա-ևԱ-Ֆ՛՜՞]{0,60})(?P<space>[ \u00a0]?)(?P<mark>[?;\u037e？](?=\s|\Z|[»)!?]))"
)
_EXCLAMATION = re.compile(
    r"(?<![ա-ևԱ-Ֆ՛՜՞])(?P<word>[ա-ևԱ-Ֆ՛՜՞]{0,60})(?P<space>[ \u00a0]?)(?P<mark>[!！]+)"
)
_MARKED = re.compile(r"[ա-ևԱ-Ֆ]*[՛՜՞][ա-ևԱ-Ֆ՛՜՞]*")
_AFTER_CONSONANT = re.compile(
    r"(?<=[^աեէըիոօւևԱԵԷԸԻՈՕՒ՛՜՞\s])[՛՜՞]|(?<=ւ)[՛՜՞]|(?<=[Ա-Ֆա-և]{2}ը)[՛՜՞](?![ա-և])|(?<![ա-ևԱ-Ֆ])[՛՜՞]"
)
_TICK_INSIDE = re.compile(r"(?<=[աեէըիոօ])['`´‘’ʼ′](?=[ա-և])")
_TICK_BEFORE = re.compile(r"(?:(?<=[ \u00a0])|(?<=[^\W\d_աեէըիոօևA-Za-z]))[`´‘](?=[ա-ևԱ-Ֆ])")
_TICK_AFTER = re.compile(r"(?<=[ա-և»])['`´‘’ʼ′՚](?![\w'])")
_EMPHASIS = re.compile(r"\b((?:Հարգել|Սիրել|Մեծարգ|Թանկագ)(?:ի|ո|ին))՛(?=\s)")
_PLAIN_GREETING = re.compile(r"\b(?:Հարգել|Սիրել|Մեծարգ|Թանկագ)(?:ի|ո|ին)(?=\s)")
_OLD = re.compile(r"[Եե]ւ|ԵՒ|\b[Եե]վ\b|ութիւն|ութեան|ութեամբ|(?<=[ա-և])ուած\b")
_VOWELS = "աեէըիոօԱԵԷԻՈՕ"
_AUXILIARY = frozenset(("եմ", "ես", "է", "ենք", "եք", "են", "էիք", "էր", "էին"))
_ASKING = re.compile(
    r"\b(?:ինչ(?:ը|ի|ից|ով|ու|պես|պիսի|պիսին|քան)?|ով(?:քեր)?|ում|որտեղ(?:ից)?|երբ(?:վանից)?|որքան|քանի(?:սը)?|որ(?:ը|ն|ոնք)?"
    r"|արդյոք|մի\u0569ե|միթե|ուր)\b",
    re.IGNORECASE,
)


def stop(text: Text) -> Iterator[Finding]:
    """``:`` or ``.`` where ``։`` ends the sentence, or ``:`` where ``՝`` opens what follows."""
    if text.language is not Language.HY:
        return
    for found in _COLON.finditer(text.plain):
        at = found.start()
        if text.genre == "interface" and re.match(f"[a-z{OBJECT}]", text.plain[at - 1]):
            continue  # the name of a line in a file: «subject: …»
        if _opens(text, found.end()):
            yield text.instead(at, at + 1, "proof.colon_opens", "՝")
        else:
            yield text.instead(at, at + 1, "proof.colon_stop", "։")
    for found in _DOT.finditer(text.plain):
        listing = text.plain[found.end() : found.end() + 1] == "\n" and _opens(text, found.end())
        if (
            found["word"] not in ABBREVIATIONS
            and not listing
            and _armenian_near(text, found.start())
        ):
            polite = _POLITE.match(text.plain, found.end()) is not None
            severity: Severity | None = "warning" if polite else None
            yield text.instead(*found.span("dot"), "proof.dot_stop", "։", severity=severity)


def question_and_exclamation(text: Text) -> Iterator[Finding]:
    """``?`` and ``!`` behind the sentence, or ``՞ ՜ ՛`` that are not on a vowel."""
    if text.language is not Language.HY:
        return
    for found in _QUESTION.finditer(text.plain):
        ends = (
            re.match(r"\s*(?:\Z|\n|[Ա-Ֆ])", text.plain[found.end() : found.end() + 3]) is not None
        )
        if _armenian_near(text, found.start()) and (
            found["mark"] != ";" or (ends and _asks(text, found.start()))
        ):
            yield text.finding(
                found.start(), found.end(), "proof.latin_question", _asked(text, found)
            )
    for found in _EXCLAMATION.finditer(text.plain):
        if _armenian_near(text, found.start()):
            right = stressed(found["word"], "՜") if found["word"] else None
            yield text.finding(found.start(), found.end(), "proof.latin_exclamation", right)
    for found in _AFTER_CONSONANT.finditer(text.plain):
        word = _MARKED.search(text.plain, *text.around(found.start(), found.end()))
        whole = word.span() if word else found.span()
        mended = stressed(word.group(), found.group()) if word else None
        severity: Severity | None = "warning" if text.plain[found.start() - 1] == "ւ" else None
        yield text.finding(
            whole[0], whole[1], "proof.mark_place", mended or None, severity=severity
        )


def ticks(text: Text) -> Iterator[Finding]:
    """Grave accent or apostrophe where ՝ or ՛ belongs."""
    if text.language is not Language.HY:
        return
    for found in _TICK_INSIDE.finditer(text.plain):
        yield text.instead(*found.span(), "proof.tick", "՛")
    for found in _TICK_BEFORE.finditer(text.plain):
        if not _closes(text.plain, found.end()):
            begin = found.start() - text.plain[found.start() - 1].isspace()
            yield text.instead(begin, found.end(), "proof.tick", "՝ ")
    for found in _TICK_AFTER.finditer(text.plain):
        if not _opened(text.plain, found):
            yield text.instead(*found.span(), "proof.tick", "՝")


def salutation(text: Text) -> Iterator[Finding]:
    """Greetings with ՛ and without it in one text: both are right, one style is held."""
    both = _EMPHASIS.search(text.plain) and _PLAIN_GREETING.search(text.plain)
    if text.language is Language.HY and text.genre == "letter" and both:
        for found in _EMPHASIS.finditer(text.plain):
            yield text.finding(*found.span(), "proof.salutation_mark", found[1])


def old_spelling(text: Text) -> Iterator[Finding]:
    """եւ for և, -ութիւն for -ություն: the spelling of before 1922."""
    if text.language is not Language.HY:
        return
    for found in _OLD.finditer(text.plain):
        if right := _reformed(found.group()):
            yield text.instead(*found.span(), "proof.old_spelling", right)


def stressed(word: str, mark: str) -> str:
    """Return Armenian ``word`` with ``mark`` on its last vowel that can bear it.

    >>> stressed("Գոհ", "՞"), stressed("ինչու", "՞"), stressed("ողջույն", "՛")
    ('Գո՞հ', 'ինչո՞ւ', 'ողջո՛ւյն')
    """
    bare = re.sub("[՛՜՞]", "", word)
    for at in range(len(bare) - 1, -1, -1):
        if bare[at] in _VOWELS and not (bare[at] == "ը" and at == len(bare) - 1):
            return f"{bare[: at + 1]}{mark}{bare[at + 1 :]}"
    return ""


def _reformed(old: str) -> str | None:
    return {
        "եւ": "և", "Եւ": "Եվ", "ԵՒ": "ԵՎ", "եվ": "և", "ութիւն": "ություն", "ութեան": "ության",
        "ութեամբ": "ությամբ", "ուած": "ված",
    }.get(old)  # fmt: skip


def _opens(text: Text, end: int) -> bool:
    """Say whether a list, a word in small letters, a figure or a quotation follows the colon."""
    after = text.plain[end : end + 3].lstrip(" \u00a0")
    if after.startswith("\n"):
        return (
            re.match(r"\s*(?:[-*+•–—]|\d{1,3}[.)])\s", text.source[text.origin[end] :]) is not None
        )
    return bool(after) and (after[0].islower() or after[0].isdigit() or after[0] in f"«+({OBJECT}")


def _asks(text: Text, at: int) -> bool:
    begin = max(text.plain.rfind(mark, 0, at) for mark in "։.!?\n") + 1
    return _ASKING.search(text.plain, begin, at) is not None


def _asked(text: Text, found: re.Match[str]) -> str | None:
    """Return the last words of a question as Armenian writes them, where the asked word is known."""
    begin = max(text.plain.rfind(mark, 0, found.start()) for mark in "։.!?\n") + 1
    if asking := _ASKING.search(text.plain, begin, found.end()):
        return f"{stressed(asking.group(), '՞')} … ։" if asking.end() < found.start("mark") else (
            f"{stressed(asking.group(), '՞')}։")  # fmt: skip
    word = found["word"]
    if word in _AUXILIARY:
        before = re.search(r"([ա-ևԱ-Ֆ]+)\s*$", text.plain[begin : found.start()])
        return f"{stressed(before[1], '՞')} {word}։" if before else None
    return f"{stressed(word, '՞')}։" if stressed(word, "՞") else None


def _armenian_near(text: Text, at: int) -> bool:
    """Say whether the sentence before ``at`` is written in Armenian letters."""
    return re.search("[Ա-Ֆա-և]", text.plain[max(0, at - 60) : at + 3]) is not None


def _closes(plain: str, at: int) -> bool:
    """Say whether a sign that closes a quotation follows on the same line."""
    line = plain[at : at + 80].partition("\n")[0]
    return re.search(r"\w['`´’]", line) is not None


def _opened(plain: str, found: re.Match[str]) -> bool:
    """Say whether this closes a quotation that the same sign opened."""
    begin = max(plain.rfind("\n", 0, found.start()), found.start() - 80, 0)
    return re.search(r"(?:^|[\s(«])['`‘](?=\w)", plain[begin : found.start()]) is not None


RULES = (stop, ticks, question_and_exclamation, salutation, old_spelling)

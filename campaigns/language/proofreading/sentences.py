"""Sentences: where they begin and end, and words that were typed twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from campaigns.language import spelling
from campaigns.language.proofreading import georgian_cases
from campaigns.language.proofreading.findings import Finding
from campaigns.language.proofreading.masking import OBJECT
from campaigns.language.proofreading.text import ENGLISH_ABBREVIATIONS, Text, capitalised
from campaigns.model.language import Language

_REPEATED = re.compile(
    r"(?<![\w-])(?P<word>[^\W\d_]+)(?P<second>[ \u00a0\n]+(?P=word))(?![\w-])", re.IGNORECASE
)
_JOINED = re.compile(
    r"(?<![\w-])(?P<word>[^\W\d_]{5,})[ \u00a0]+(?:և|ու|կամ|და|ან|and|or)[ \u00a0]+(?P=word)(?![\w-])",
    re.IGNORECASE,
)
_JOINED_RIGHTLY = frozenset(
    [
        "ավելի",
        "կրկին",
        "նորից",
        "կամաց",
        "շատերը",
        "again",
        "times",
        "years",
        "hours",
        "miles",
        "later",
        "უფრო",
        "ისევ",
        "ყოველ",
        "წლები",
    ]
)
_CLAUSE = {
    Language.HY: re.compile(
        r"(?<![\w-])(?:եմ|ես|է|ենք|եք|են|ուրախ|վստահ|շնորհակալ)(?P<space>[ \u00a0\n]+)(?=(?:որ|որովհետև|բայց|սակայն)(?![\w-]))"
    ),
    Language.KA: re.compile(
        r"(?<![\w-])გთხოვთ(?P<ask>[ \u00a0\n]+)(?=(?:გადმო|გადა|გამო|გაგვ|გა|შემო|შე|და|მო|მი|ა|ნუ[ \u00a0])[ა-ჰ]{2,}[ეაო]თ(?![\w-]))"
        r"|(?<![\w-])(?!(?:და|ან|ისე|იმიტომ|ისიც|მაინც|თუნდაც|კი|არა|რა|ვიდრე|მით|უფრო|ასე|ხოლო|მაგრამ|რაკი|როგორც|იმ|თუ)[ \u00a0])"
        r"[ა-ჰ]+(?P<space>[ \u00a0\n]+)(?=(?:რომ|მაგრამ|რომ(?:ელ|ლ)[ა-ჰ]*ც)(?![\w-]))"
    ),
}
_OPENING = re.compile(r"(?:\A|[\n.,:;!?—„(])[ \u00a0]*(?:[ა-ჰ]+[ \u00a0])?(?P<word>[ა-ჰ]+)\Z")
_TWICE = frozenset(
    [
        "ha",
        "bye",
        "so",
        "very",
        "really",
        "many",
        "long",
        "had",
        "that",
        "no",
        "yes",
        "մեծ",
        "շատ",
        "կամաց",
        "հատ",
        "շուտ",
        "տաք",
        "վաղ",
        "ხან",
        "დიდი",
        "ცოტა",
        "ძალიან",
        "ნელა",
    ]
)
"""Words that may follow themselves."""
_SMALL = {
    Language.HY: re.compile(r"(?:։|[?!])[»)\]]*[ \u00a0\n]+(?P<word>[ա-և]\w*)"),
    Language.EN: re.compile(
        r"(?P<left>(?<![^\W\d_])[^\W\d_]{2,60}|[)\]”\"\d])[.!?]+[)\]]*[ \u00a0\n]+(?P<word>[a-z][\w-]*)"
    ),
}
_ABBREVIATED = ENGLISH_ABBREVIATIONS | {
    "eg", "ie", "prof", "dept", "tel", "min", "max", "fig", "al",
}  # fmt: skip
_SMALL_WORD = re.compile(r"[«“„\"(]*([ա-ևa-z][^\W\dA-ZԱ-Ֆ_]*)(?![\w./-])")
_END = re.compile(r"[^\W_][»”“\"')\]]*\Z|[%֏₾]\Z")
_STOPPED = re.compile(
    r"[^\W\d_]{2}(?<!გამზ)(?<!ქუჩ)(?<!კვ)(?<!სად)(?<!კორპ)(?<!ტელ)(?<!მობ)(?<!ორშ)(?<!პარ)(?<!შაბ)(?<!სამ)(?<!ოთხ)(?<!ხუთ)[»”“\")]?(?:[։!?]|(?<![ա-և»])\.)(?=[ \n]+\S)|[։](?=[ \n])"
)
_LEAST_WORDS = 7


def repeated(text: Text) -> Iterator[Finding]:
    """A word that was typed twice."""
    for found in _REPEATED.finditer(text.plain):
        word, second = found["word"], found["second"].strip()
        named = word[0].isupper() and second[0].isupper() and len(word) > 1
        named = named and not spelling.is_known(word, text.language)
        if "\n\n" in found["second"] or word.lower() in _TWICE or named:
            continue
        if text.unbroken(found.start(), found.end()):
            yield text.finding(*found.span(), "proof.repeated_word", word)


def joined_to_itself(text: Text) -> Iterator[Finding]:
    """«Trust and trust»: what a machine makes of two words that mean nearly the same."""
    for found in _JOINED.finditer(text.plain):
        if found["word"].lower() not in _JOINED_RIGHTLY:
            yield text.finding(*found.span(), "proof.repeated_word", found["word"])


def missing_commas(text: Text) -> Iterator[Finding]:
    """No comma before a clause with որ, რომ or რომელიც, where one always stands."""
    if pattern := _CLAUSE.get(text.language):
        for found in pattern.finditer(text.plain):
            group = "ask" if found.groupdict().get("ask") else "space"
            if _stands_second(text, found.start(group)):
                continue
            yield text.instead(*found.span(group), "proof.missing_comma", ", ")


def _stands_second(text: Text, end: int) -> bool:
    """„შენაძენებს რომ გადავხედეთ“: behind what opens its own clause რომ takes no comma."""
    if text.language is not Language.KA or not text.plain.startswith("რომ", end + 1):
        return False
    opening = _OPENING.search(text.plain[max(0, end - 60) : end])
    after = text.plain[end + 4 : end + 5]
    return bool(opening and after == " " and georgian_cases.names(opening["word"]))


def small_beginnings(text: Text) -> Iterator[Finding]:
    """A sentence that begins with a small letter, in the languages that have capitals."""
    pattern = _SMALL.get(text.language)
    if pattern is None:
        return
    for found in pattern.finditer(text.plain):
        left = found.groupdict().get("left") or ""
        if (
            left.lower() in _ABBREVIATED
            or any(map(str.isupper, found["word"]))
            or "\n\n" in found.group()
        ):
            continue
        word = found["word"]
        yield text.finding(*found.span("word"), "proof.small_beginning", capitalised(word))
    if text.genre != "interface":
        yield from _paragraphs_in_small(text)


def _paragraphs_in_small(text: Text) -> Iterator[Finding]:
    before = ""
    for begin, end in text.paragraphs:
        word = _SMALL_WORD.match(text.plain, begin, end)
        if word and _is_prose(text, begin, end) and not before.endswith((",", "՝", OBJECT, ":")):
            right = capitalised(word[1])
            yield text.finding(*word.span(1), "proof.small_beginning", right, severity="warning")
        before = text.plain[begin:end].rstrip()


def _is_prose(text: Text, begin: int, end: int) -> bool:
    part = text.plain[begin:end]
    ends = part.endswith(("։", ".", "!", "?"))
    return not text.listed(begin) and (len(part.split()) >= 4 or ends or _stops(part))


def missing_stops(text: Text) -> Iterator[Finding]:
    """A paragraph of prose that ends without a mark; headings, lists and signatures may."""
    if text.genre == "interface":
        return
    for begin, end in text.paragraphs:
        part = text.plain[begin:end]
        if (
            _END.search(part) is None
            or text.listed(begin)
            or text.in_head(begin)
            or text.heading(begin)
        ):
            continue
        lines = part.split("\n")
        last = lines[-1]
        if len(lines) > 1 and lines[0].rstrip().endswith((",", "՝")):
            continue  # a closing with the names below it
        if len(lines) > 1 and not _stops(part) and all(len(one.split()) <= 6 for one in lines):
            continue  # an address, the particulars of an order
        if (_stops(part) and len(last.split()) > 3 and len(_unstopped(last).split()) > 2) or (
            text.genre == "letter" and len(part.split()) >= _LEAST_WORDS
        ):
            stop = "։" if text.language is Language.HY else "."
            yield text.instead(end, end, "proof.missing_stop", stop)


def _unstopped(line: str) -> str:
    """Return what stands in ``line`` behind its last stop."""
    return _STOPPED.split(line)[-1]


def _stops(part: str) -> bool:
    return _STOPPED.search(part) is not None


RULES = (repeated, joined_to_itself, missing_commas, small_beginnings, missing_stops)

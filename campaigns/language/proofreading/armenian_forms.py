"""Armenian forms: nouns declined by the wrong rule, the wrong one of the two articles.

Source of the rules: ``armenian_declension`` for what a noun makes of -ի, -ից, -ով, -ում, and the
pairs counted in ``sandhi`` for the article: after a vowel and before «to be» it is -ն, after a
consonant and before one it is -ը.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from campaigns.language import lexicon, spelling
from campaigns.language.armenian_declension import Declension, declension
from campaigns.language.proofreading.findings import Finding, Severity
from campaigns.language.proofreading.misspelling import MOST_LETTERS, begins_sentence
from campaigns.language.proofreading.text import Text, Word
from campaigns.model.language import Language

_TAILS = (
    ("dat", "ի", ("", "ն", "ս", "դ")),
    ("abl", "ից", ("", "ս", "դ")),
    ("ins", "ով", ("", "ս", "դ")),
    ("loc", "ում", ("",)),
)
_OF_MANY = ("ներ", "եր")
_GLIDE = ("ա", "ո", "օ")
_NEVER_PLAIN = ("ման", "վա", "ոջ", "նան", "ռան")
"""Datives beside which nobody writes the plain one, though lists of words make it by rule."""
_SURELY = re.compile("(?:ման|վա|ոջ|նան|ռան|ուհու|ունու)[նսդ]?$")
_DOUBLETS = frozenset({"ժամ", "առավոտ", "գիշեր", "ցերեկ", "երեկո", "մարդ", "շաբաթ"})
"""Nouns whose plain dative is also written: մի քանի ժամի ընթացքում."""
_WOMAN = ("ուհի", "ունի")
_DAY_BY_DAY = re.compile("օրը[ \u00a0]օրին", re.IGNORECASE)
"""A set phrase, in which the plain dative has lived on."""
_MIN_STEM = 2

_VOWEL_ARTICLE = re.compile(r"(?:[աեէիոօ]|ու)ը")
_CONSONANT = "բգդզթժլխծկհձղճմյնշչպջռսվտրցփքֆև"
_LEANING = frozenset({"է", "եմ", "ենք", "եք", "են", "էր", "էի", "էիր", "էին", "էինք", "էիք"})
_ARTICLE_TWICE = re.compile(r"ինն(?![ա-և՞՜՛]|[ \u00a0](?:է|են|էր|էին)(?![ա-և]))")
"""«Տատիկինն է» is right: it is grandmother's."""
_NO_ARTICLE = frozenset({"ինը", "տասը", "ինչն"})
_OPENS_IN_CONSONANT = re.compile("[բգդթժլխծկհձղճմնչպջռվտրցփքֆ]|[սզշ][աէիոեօ]", re.IGNORECASE)
_NOUN_ENDINGS = frozenset({".ը", ".ն", ".ներ", ".եր"})


def declined(text: Text) -> Iterator[Finding]:
    """A noun or a woman's name with the endings of other nouns: գնումի for գնման."""
    set_phrases = {found.end() for found in _DAY_BY_DAY.finditer(text.plain)}
    for word in text.words if text.language is Language.HY else ():
        is_whole = text.plain[word.end : word.end + 1] != "-" and word.end not in set_phrases
        if is_whole and len(word.bare) <= MOST_LETTERS:
            capital = word.bare[:1].isupper()
            named = capital and not begins_sentence(text.plain[: word.start])
            right = _right_name(word.bare) if capital else None
            if not named:
                right = right or _right_form(word.bare.lower())
            if right:
                shown = right[:1].upper() + right[1:] if capital else right
                severity: Severity = "error" if _SURELY.search(right) else "warning"
                yield text.finding(word.start, word.end, "proof.declined", shown, severity=severity)


@lru_cache(maxsize=20_000)
def _right_form(word: str) -> str | None:
    """Return what a noun with a wrong ending should be, None where nothing is wrong.

    >>> _right_form("գնումի"), _right_form("ծրագիրից"), _right_form("խանութից")
    ('գնման', 'ծրագրից', None)
    """
    known = spelling.is_known(word, Language.HY)
    for case, ending, mark, base in _plain_readings(word):
        if base.endswith(_GLIDE) and _is_noun(base):
            return f"{base}յ{ending}{mark}"
        if base.endswith("եյ") and _is_noun(base[:-1]) and spelling.stems(word) <= {base[:-1]}:
            return f"{base[:-1]}{ending}{mark}"  # հասցեյին
        if not base.endswith((*_OF_MANY, *_GLIDE)) or base.endswith("ընկեր"):
            way = declension(base, "n")
            right = _formed(base, way, case) + mark
            if right != word and _is_noun(base) and _is_sure(word, base, way, case, known=known):
                return right
    return None


def _plain_readings(word: str) -> Iterator[tuple[str, str, str, str]]:
    for case, ending, marks in _TAILS:
        for mark in marks:
            if word.endswith(ending + mark):
                base = word[: len(word) - len(ending + mark)]
                if len(base) >= _MIN_STEM:
                    yield case, ending, mark, base


def _formed(base: str, way: Declension, case: str) -> str:
    ending: str = getattr(way, case)
    return base[: len(base) - way.cut] + ending


def _is_sure(word: str, base: str, way: Declension, case: str, *, known: bool) -> bool:
    """Say whether the plain form is none; lists of words hold some that nobody should write."""
    if not known:
        return spelling.is_known(_formed(base, way, case), Language.HY)
    reduced = way.cut > 1 and way.dat.endswith("ի") and way.certainty != "likely"
    reduced = reduced and not base.endswith("ում")  # դդումի and դդմի
    unlike = case == "dat" and way.dat in _NEVER_PLAIN
    return (reduced or unlike) and base not in _DOUBLETS and spelling.stems(word) <= {base}


def _is_noun(base: str) -> bool:
    readings = spelling.armenian_endings(base)
    article = base + ("ն" if base.endswith(("ա", "ե", "ի", "ո", "ու")) else "ը")
    return "." in readings and bool(_NOUN_ENDINGS & spelling.armenian_endings(article))


def _right_name(word: str) -> str | None:
    """Return Արմենուհուն for Արմենուհիին; names in -ի are declined as Անիի, these are not."""
    for ending, instead in (("իին", "ուն"), ("իի", "ու"), ("իից", "ուց"), ("իով", "ուով")):
        base = word.removesuffix(ending) + "ի"
        if word.endswith(ending) and base.endswith(_WOMAN) and base in lexicon.armenian_names():
            return word.removesuffix(ending) + instead
    return None


def articles(text: Text) -> Iterator[Finding]:
    """Անիը for Անին, «Արամը է» for «Արամն է», «գինն գործում է» for «գինը գործում է»."""
    if text.language is not Language.HY:
        return
    for word in text.words:
        if _VOWEL_ARTICLE.fullmatch(word.bare[-3:]) or _VOWEL_ARTICLE.fullmatch(word.bare[-2:]):
            yield text.finding(word.start, word.end, "proof.article", word.text[:-1] + "ն")
        elif _ARTICLE_TWICE.match(text.plain, word.end - 3) and _is_dative(word.bare[:-1]):
            yield text.finding(
                word.start, word.end, "proof.article", word.text[:-1], severity="warning"
            )
    for word, after in pairwise(text.words):
        if text.plain[word.end : after.start] in (" ", "\u00a0", "\n"):
            yield from _before(text, word, after)


def _is_dative(word: str) -> bool:
    """Say whether -ին is the ending of ``word``, as in հարցերին but not in առաջին."""
    readings = spelling.armenian_endings(word)
    return bool(readings) and all(one.endswith("ին") for one in readings)


def _before(text: Text, word: Word, after: Word) -> Iterator[Finding]:
    bare, last = word.bare, word.bare[-1:]
    if bare[-2:-1] not in _CONSONANT or len(bare) < 3 or not word.text.endswith(last):
        return
    if bare.lower() in _NO_ARTICLE:
        return
    if last == "ը" and after.bare in _LEANING:
        instead = f"{word.text[:-1]}ն {after.text}"
        yield text.finding(word.start, after.end, "proof.article", instead)
    if last == "ն" and _OPENS_IN_CONSONANT.match(after.bare) and _has_article(bare):
        yield text.finding(
            word.start, word.end, "proof.article", word.text[:-1] + "ը", severity="warning"
        )


@lru_cache(maxsize=20_000)
def _has_article(word: str) -> bool:
    """Say whether the -ն of a word is the article and nothing else, so that -ը may stand there."""
    readings = spelling.armenian_endings(word)
    other = spelling.armenian_endings(word[:-1] + "ը")
    return bool(readings) and all(one.endswith("ն") and f"{one[:-1]}ը" in other for one in readings)


RULES = (declined, articles)

"""Armenian words in the case that a sentence needs, with article or possessive.

One word is declined in ``armenian_declension``; the article's two forms are told in ``sandhi``.
Here stands which word of a name or phrase is inflected, and what is no Armenian word at all.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from campaigns.language.armenian_declension import Table, declension
from campaigns.language.grammar import Case, Form, Gender, Kind, Reason, abstain
from campaigns.language.lexicon import armenian_names
from campaigns.language.sandhi import joined

LONGEST = 120
"""Characters of the longest name or phrase that is inflected; what is longer is no name."""

_PEOPLE = frozenset({Kind.GIVEN, Kind.SURNAME, Kind.PERSON})
_TABLES: dict[Kind, Table] = {
    Kind.GIVEN: "p",
    Kind.SURNAME: "p",
    Kind.PERSON: "p",
    Kind.TOPONYM: "t",
    Kind.ORGANISATION: "n",
    Kind.NOUN: "n",
}
_SAME_AS = {Case.VOCATIVE: "nom", Case.GENITIVE: "dat"}
_POSSESSIVES = {"poss1": "ս", "poss2": "դ"}
_TAILS = {"nom": "", "dat": "ի", "abl": "ից", "ins": "ով", "loc": "ում"}

_ARMENIAN = re.compile(r"[Ա-Ֆա-և]+(?:[-’'՚][Ա-Ֆա-և]+)*")
_ABBREVIATION = re.compile(r"[Ա-Ֆ]{2,5}")
_FOREIGN = re.compile(r"(?=.*[A-Za-zÀ-ɏ])[A-Za-zÀ-ɏ0-9][A-Za-zÀ-ɏ0-9.&+'’/-]*")
_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*%?")
_INITIAL = re.compile(r"[Ա-Ֆ][.․]?|Եվ\.")
_COMPANION = re.compile(r"[-–—&+/№.,()0-9%]+")
_MARKS = re.compile(r"[՛՜՞\u00ad]")


def inflect(
    word: str,
    case: Case,
    *,
    kind: Kind,
    gender: Gender | None = None,  # noqa: ARG001 one signature for all languages
) -> Form:
    """Return ``word`` (nominative, singular) in ``case``, or an abstention with its reason.

    Of a full name and of a phrase only the last word is inflected. The gender changes nothing.

    >>> inflect("Անի Պետրոսյան", Case.DATIVE_DEFINITE, kind=Kind.PERSON).text
    'Անի Պետրոսյանին'
    >>> inflect("CRM", Case.DATIVE, kind=Kind.NOUN).text
    'CRM-ի'
    """
    return _inflect(word, case, kind)


@lru_cache(maxsize=65536)
def _inflect(word: str, case: Case, kind: Kind) -> Form:
    base, _, mark = _SAME_AS.get(case, case.value).partition(".")
    if base not in _TAILS or (base == "loc" and kind in _PEOPLE):
        return abstain("no_such_case")
    text = _cleaned(word)
    if reason := _trouble(text, kind):
        return abstain(reason)
    before, space, last = text.rpartition(" ")
    form = _last_inflected(last, base, mark, kind, is_phrase=bool(space))
    return Form(before + space + form.text, form.certainty) if form.text else form


def _cleaned(word: str) -> str:
    """Return ``word`` without invisible characters and stress marks, in reformed spelling."""
    text = unicodedata.normalize("NFC", word[: LONGEST * 4])
    text = "".join(ch for ch in text if unicodedata.category(ch) != "Cf")
    text = " ".join(_MARKS.sub("", text).split())
    text = re.sub(r"\b([Եե])ւ(?=\w)", r"\1վ", text)
    return text.replace("եւ", "և").replace("ԵՒ", "ԵՎ")


def _trouble(text: str, kind: Kind) -> Reason | None:
    """Return why ``text`` cannot be inflected at all."""
    if not text:
        return "empty"
    if len(text) > LONGEST:
        return "too_long"
    words = text.split(" ")
    for word in words:
        if reason := _trouble_of_word(word, kind):
            return reason
    if not any(ch.isalpha() for ch in text):
        return "not_a_word"
    if kind in _PEOPLE and not _ARMENIAN.fullmatch(words[-1]):
        return "not_a_word"
    return None


def _trouble_of_word(word: str, kind: Kind) -> Reason | None:
    bare = word.strip('«»"“”„()')
    if _ARMENIAN.fullmatch(bare) or (kind in _PEOPLE and _INITIAL.fullmatch(bare)):
        return None
    if kind not in _PEOPLE and any(
        shape.fullmatch(bare) for shape in (_FOREIGN, _NUMBER, _COMPANION, _INITIAL)
    ):
        return None
    return _other_script(bare)


def _other_script(word: str) -> Reason:
    letters = [ch for ch in word if ch.isalpha()]
    armenian = sum("Ա" <= ch <= "և" for ch in letters)
    if not letters or armenian == len(letters):
        return "not_a_word"
    return "mixed_scripts" if armenian else "wrong_script"


def _last_inflected(word: str, base: str, mark: str, kind: Kind, *, is_phrase: bool) -> Form:
    if not _ARMENIAN.fullmatch(word) or (kind not in _PEOPLE and _ABBREVIATION.fullmatch(word)):
        return Form(_with_tail(word, base, mark), "rule")
    if kind in _PEOPLE:
        word = "-".join(part.capitalize() if part.isupper() else part for part in word.split("-"))
        if is_phrase and _is_patronymic(word):
            return abstain("unknown_stem")
    lowered = word.lower()
    if base == "nom":
        return Form(_marked(word, mark), "rule")
    table = "n" if is_phrase and word == lowered else _TABLES[kind]
    way = declension(lowered, table)
    ending: str = getattr(way, base)
    form = word[: len(word) - way.cut] + (ending.upper() if word.isupper() else ending)
    return Form(_marked(form, mark), way.certainty)


def _is_patronymic(word: str) -> bool:
    """Return whether a last word is a father's name in the genitive, which stays as it is."""
    names = armenian_names()
    return word.endswith("ի") and word not in names and word.removesuffix("ի") in names


def _with_tail(word: str, base: str, mark: str) -> str:
    """Return an abbreviation, a foreign word or a figure with its ending after a hyphen."""
    tail = _TAILS[base] + _POSSESSIVES.get(mark, "")
    if mark == "def":
        tail += "ն"
    return f"{word}-{tail}" if tail else word


def _marked(form: str, mark: str) -> str:
    if mark == "def":
        return joined(form)
    return form + _POSSESSIVES.get(mark, "")

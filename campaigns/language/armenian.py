"""Armenian words in the case that a sentence needs, with article or possessive.

One word is declined in ``armenian_declension``; the article's two forms are told in ``sandhi``.
Here stands which word of a name or phrase is inflected, and what is no Armenian word at all.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from campaigns.language.armenian_declension import PLAIN, Table, declension
from campaigns.language.grammar import Case, Form, Gender, Kind, Reason, abstain
from campaigns.language.lexicon import armenian_names
from campaigns.language.sandhi import STRESS_MARKS, article

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
_ABBREVIATION = re.compile(r"[Ա-Ֆ]{2,5}|[բգդզթժլխծկհձղճմյնշչպջռսվտրցփքֆ]{1,3}")
_FOREIGN = re.compile(r"(?=.*[A-Za-zÀ-ɏ])[A-Za-zÀ-ɏ0-9][A-Za-zÀ-ɏ0-9.&+'’/-]*")
_FOREIGN_AND_ARMENIAN = re.compile(r"[A-Za-zÀ-ɏ0-9]+-([Ա-Ֆա-և]+)")
_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*%?")
_INITIAL = re.compile(r"[Ա-Ֆ][.․]?|Եվ[.․]")
_SIGNS = re.compile(r"[-–—&+/№.,0-9]+")
_HAS_ARTICLE = re.compile(r"[^աեէըիոօւ]ը$")
"""A noun that was given with its article; also the numerals ինը and տասը."""

_QUOTES = '«»"“”„()'
_MARKS = dict.fromkeys(map(ord, STRESS_MARKS))


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
    text, brackets = _without_brackets(text)
    before, space, last = text.rpartition(" ")
    if kind in _PEOPLE:
        before, last = _in_title_case(before), _in_title_case(last)
    form = _last_inflected(last, base, mark, kind, is_phrase=bool(space))
    return Form(before + space + form.text + brackets, form.certainty) if form.text else form


def _cleaned(word: str) -> str:
    """Return ``word`` without invisible characters and stress marks, in reformed spelling."""
    text = unicodedata.normalize("NFC", word[: LONGEST * 4])
    if not text.isalpha():
        text = "".join(ch for ch in text if unicodedata.category(ch) != "Cf")
        text = " ".join(text.translate(_MARKS).split())
    if "ւ" in text or "Ւ" in text:
        text = re.sub(r"\b([Եե])ւ(?=\w)", r"\1վ", text)
        text = text.replace("եւ", "և").replace("ԵՒ", "ԵՎ")
    return text


def _without_brackets(text: str) -> tuple[str, str]:
    """Split off what stands in brackets at the end; it is not inflected: Շամպունի (200 մլ)."""
    word, opening, rest = text.rpartition(" (")
    return (word, opening + rest) if word and rest.endswith(")") else (text, "")


def _in_title_case(name: str) -> str:
    """Write a name of capitals as names are written; spreadsheets are full of ՊԵՏՐՈՍՅԱՆ ԱՆԻ.

    Between vowels and at the end ԵՎ is և (ԼԵՎՈՆ, Լևոն), at the beginning Եվ (ԵՎԱ, Եվա).
    """
    if not name.isupper():
        return name
    parts = [part.capitalize() for part in re.split(r"([ -])", name)]
    return "".join(part[:1] + part[1:].replace("եվ", "և") for part in parts)


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
    if kind in _PEOPLE and not _ARMENIAN.fullmatch(words[-1]):
        return "not_a_word"
    return None if any(map(str.isalpha, text)) else "not_a_word"


def _trouble_of_word(word: str, kind: Kind) -> Reason | None:
    if _ARMENIAN.fullmatch(word):
        return None
    if kind in _PEOPLE:
        return None if _INITIAL.fullmatch(word) else _other_script(word)
    bare = word.strip(_QUOTES)
    shapes = (_ARMENIAN, _FOREIGN, _NUMBER, _SIGNS, _INITIAL, _FOREIGN_AND_ARMENIAN)
    return None if any(shape.fullmatch(bare) for shape in shapes) else _other_script(bare)


def _other_script(word: str) -> Reason:
    letters = [ch for ch in word if ch.isalpha()]
    armenian = sum("Ա" <= ch <= "և" for ch in letters)
    if not letters or armenian == len(letters):
        return "not_a_word"
    return "mixed_scripts" if armenian else "wrong_script"


def _last_inflected(word: str, base: str, mark: str, kind: Kind, *, is_phrase: bool) -> Form:
    if mixed := _FOREIGN_AND_ARMENIAN.fullmatch(word):
        form = _declined(mixed[1], base, mark, Kind.NOUN, is_phrase=True)
        return Form(word[: mixed.start(1)] + (form.text or ""), form.certainty)
    if not _ARMENIAN.fullmatch(word) or _is_written_with_tail(word, kind):
        return Form(_with_tail(word, base, mark), "rule")
    if kind in _PEOPLE and is_phrase and _is_patronymic(word):
        return abstain("unknown_stem")
    return _declined(word, base, mark, kind, is_phrase=is_phrase)


def _is_written_with_tail(word: str, kind: Kind) -> bool:
    """Tell ԱՄՆ-ի and մլ-ի, and a firm's name in capitals, from a word whose ending is joined."""
    if kind in _PEOPLE:
        return False
    return bool(_ABBREVIATION.fullmatch(word)) or (kind is Kind.ORGANISATION and word.isupper())


def _declined(word: str, base: str, mark: str, kind: Kind, *, is_phrase: bool) -> Form:
    stem = word.removesuffix("ը") if _HAS_ARTICLE.search(word) else word
    known = kind in _PEOPLE and word in armenian_names()
    if base == "nom":
        return Form(_marked(stem if mark else word, mark), "listed" if known else "rule")
    way = declension(stem.lower(), _table(word, kind, is_phrase=is_phrase))
    if kind is Kind.ORGANISATION and way.certainty != "listed" and word.endswith("ի"):
        way = PLAIN
    ending: str = getattr(way, base)
    if mark in _POSSESSIVES and ending == "մամբ":
        ending = "ումով"
    form = stem[: len(stem) - way.cut] + (ending.upper() if word.isupper() else ending)
    return Form(_marked(form, mark), "listed" if known else way.certainty)


def _table(word: str, kind: Kind, *, is_phrase: bool) -> Table:
    """A place or a firm may end in a common noun: Սևանա լիճ, Արարատ գործարան."""
    return "n" if is_phrase and word.islower() and kind not in _PEOPLE else _TABLES[kind]


def _is_patronymic(word: str) -> bool:
    """Return whether a last word is a father's name in the genitive, which stays as it is."""
    return word in _fathers() and word not in armenian_names()


@cache
def _fathers() -> frozenset[str]:
    names = (name for name, known in armenian_names().items() if known.is_given)
    ways = ((name, declension(name.lower(), "p")) for name in names)
    return frozenset(name[: len(name) - way.cut] + way.dat for name, way in ways)


def _with_tail(word: str, base: str, mark: str) -> str:
    """Return an abbreviation, a foreign word or a figure with its ending after a hyphen."""
    tail = _TAILS[base] + _POSSESSIVES.get(mark, "")
    if mark == "def":
        tail += article(word) if base == "nom" else "ն"
    return f"{word}-{tail}" if tail else word


def _marked(form: str, mark: str) -> str:
    tail = article(form) if mark == "def" else _POSSESSIVES.get(mark, "")
    return form + (tail.upper() if form.isupper() else tail)

"""Armenian words in the case that a sentence needs, with article or possessive.

One word is declined in ``armenian_declension``; the article's two forms are told in ``sandhi``.
Here stands which word of a name or phrase is inflected, and what is no Armenian word at all.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from campaigns.language.armenian_declension import PLAIN, Declension, Table, declension
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
_ABBREVIATION = re.compile(r"(?:[Ա-Ֆա-և]+-)?[Ա-Ֆ]{2,5}|[Ա-Ֆ]|[բգդզթժլխծկհձղճմյնշչպջռսվտրցփքֆ]{1,3}")
_SHOUTED_PLACE = re.compile(r"(?=.{4}).*[^ԱԵԷԻՈՕՒ][ԱԵԷԻՈՕ]")
"""ԳՈՐԻՍ, and not ԽՍՀՄ or ԵԱՏՄ: a syllable begins in it."""

_FOREIGN = re.compile(r"(?=.*[A-Za-zÀ-ɏ])[A-Za-zÀ-ɏ0-9][A-Za-zÀ-ɏ0-9.&+'’/-]*")
_FOREIGN_AND_ARMENIAN = re.compile(r"[A-Za-zÀ-ɏ0-9]+(?:-[A-Za-zÀ-ɏ0-9]+)*-([Ա-Ֆա-և]+)")
_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*(?:%|[ա-և]{1,4})?|[Ա-Ֆա-և]+-?[0-9]+|[֏₾$€₽]")
"""Figures, also with a unit (500գ); what is numbered (Ա4, Զեյթուն-3); currencies."""

_INITIAL = re.compile(r"[Ա-Ֆ]|(?:(?:[Ա-Ֆ]|Եվ)[.․])+")
_SIGNS = re.compile(r"[-–—&+/№.,0-9]+")
_SLASHED = re.compile(r"[Ա-Ֆա-և]+(?:/[Ա-Ֆա-և]+)+")
_HAS_ARTICLE = re.compile(r"[^աեէըիոօւ]ը$")
"""A noun that was given with its article; also the numerals ինը and տասը."""

_QUOTES = '«»"“”„()'
_MARKS = dict.fromkeys(map(ord, STRESS_MARKS))
_APOSTROPHE = re.compile(r"\b([ՕԴԼ])՛(?=[Ա-Ֆ][ա-և])")
_INSTITUTION = re.compile(r"ություն$|.(?:ում|տուն)$")
_REGULAR = ("ի", "յի")


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
    if _is_shouted(before, last, kind):
        form = _declined(last, base, mark, kind, is_phrase=True)
    elif kind is Kind.NOUN and _is_named(before, last):
        form = _last_inflected(last, base, mark, Kind.ORGANISATION, is_phrase=False)
    else:
        form = _last_inflected(last, base, mark, kind, is_phrase=bool(space))
    return Form(before + space + form.text + brackets, form.certainty) if form.text else form


def _cleaned(word: str) -> str:
    """Return ``word`` without invisible characters and stress marks, in reformed spelling."""
    text = unicodedata.normalize("NFC", word[: LONGEST * 4])
    if not text.isalpha():
        text = "".join(ch for ch in text if unicodedata.category(ch) != "Cf")
        text = _APOSTROPHE.sub(r"\1’", text)
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
    parts = [part.capitalize() for part in re.split(r"([ .․-])", name)]
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
    if not _can_take_an_ending(words[-1], kind) or not any(map(str.isalpha, text)):
        return "not_a_word"
    return None


def _can_take_an_ending(last: str, kind: Kind) -> bool:
    if kind in _PEOPLE:
        return bool(_ARMENIAN.fullmatch(last))
    return (any(map(str.isalnum, last)) and not _SLASHED.fullmatch(last)) or last in "֏₾$€₽"


def _trouble_of_word(word: str, kind: Kind) -> Reason | None:
    if _ARMENIAN.fullmatch(word):
        return None
    if kind in _PEOPLE:
        return None if _INITIAL.fullmatch(word) else _other_script(word)
    bare = word.strip(_QUOTES)
    shapes = (_ARMENIAN, _FOREIGN, _NUMBER, _SIGNS, _INITIAL, _FOREIGN_AND_ARMENIAN, _SLASHED)
    return None if any(shape.fullmatch(bare) for shape in shapes) else _other_script(bare)


def _other_script(word: str) -> Reason:
    letters = [ch for ch in word if ch.isalpha()]
    armenian = sum("Ա" <= ch <= "և" for ch in letters)
    if not letters or armenian == len(letters):
        return "not_a_word"
    return "mixed_scripts" if armenian else "wrong_script"


def _last_inflected(word: str, base: str, mark: str, kind: Kind, *, is_phrase: bool) -> Form:
    if mixed := _FOREIGN_AND_ARMENIAN.fullmatch(word):
        if mixed[1] in {"ը", "ն"}:  # մարտի 8-ը
            return Form(_with_tail(word[: mixed.start(1) - 1], base, mark), "rule")
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
        return len(word) == 1 and word.isupper()  # Վազգեն Ա
    if kind is Kind.TOPONYM and _SHOUTED_PLACE.match(word):
        return False
    return bool(_ABBREVIATION.fullmatch(word)) or (kind is Kind.ORGANISATION and word.isupper())


def _is_named(before: str, last: str) -> bool:
    """Tell a brand behind its noun, հյութ Նուռ, from a name that is capitalised all through."""
    noun = before.rpartition(" ")[2]
    return last[:1].isupper() and noun.islower() and noun.isalpha()


def _is_shouted(before: str, last: str, kind: Kind) -> bool:
    """Tell ԿԱՐՄԻՐ ԳԻՆԻ, a phrase in capitals, from one that ends in an abbreviation."""
    if kind in _PEOPLE or kind is Kind.ORGANISATION or not (before.isupper() and last.isupper()):
        return False
    return bool(_ARMENIAN.fullmatch(last)) and any(len(word) > 5 for word in before.split())


def _declined(word: str, base: str, mark: str, kind: Kind, *, is_phrase: bool) -> Form:
    stem = word.removesuffix("ը") if _HAS_ARTICLE.search(word) else word
    known = kind in _PEOPLE and word in armenian_names()
    if base == "nom":
        return Form(_marked(stem if mark else word, mark), "listed" if known else "rule")
    way = declension(stem.lower(), _table(word, kind, is_phrase=is_phrase))
    if kind is Kind.ORGANISATION and not word.islower():
        way = _as_brand(stem, way, is_phrase=is_phrase)
    ending: str = getattr(way, base)
    if mark in _POSSESSIVES and ending == "մամբ":
        ending = "ումով"
    form = stem[: len(stem) - way.cut] + (ending.upper() if word.isupper() else ending)
    return Form(_marked(form, mark), "listed" if known else way.certainty)


def _as_brand(name: str, way: Declension, *, is_phrase: bool) -> Declension:
    """Return how a firm's name is declined: so that its letters stay, «Նուռ» is Նուռի and not Նռան.

    A place stays a place, Էջմիածնի; so does what names the institution itself: Դաշնակցության,
    Օրինաց Երկրի, Մատենադարանի.
    """
    place = declension(name.lower(), "t")
    if place.certainty == "listed":
        return place
    keeps = _INSTITUTION.search(name) or (is_phrase and way.certainty == "listed")
    if keeps or (way.dat in _REGULAR and not way.cut):
        return way
    return PLAIN._replace(certainty="likely")


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
    tail = article(form.lower()) if mark == "def" else _POSSESSIVES.get(mark, "")
    return form + (tail.upper() if form.isupper() else tail)

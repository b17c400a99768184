"""A word in its part of a sentence: which case, article or ending that takes in each language.

A letter is written once for each language, and the languages have different cases; what a writer
knows is the part the word plays. Armenian has one form for genitive and dative, told apart by the
article (Անիի, Անիին); Georgian says "from" and "in" by endings on a case (ნინოსგან, ქუთაისში);
English inflects only for the genitive.
"""

from __future__ import annotations

from enum import StrEnum

from campaigns.language.georgian import with_postposition
from campaigns.language.grammar import Case, Form, Gender, Kind
from campaigns.language.inflection import inflect
from campaigns.language.sandhi import joined
from campaigns.model.language import Language


class Role(StrEnum):
    """The part that a word plays. The values are the names of the letters' filters."""

    NOMINATIVE = "nominative"
    DEFINITE = "definite"
    """A subject or object: with the article in Armenian."""
    ERGATIVE = "ergative"
    """Who did it, in the Georgian past; the same as a subject elsewhere."""
    DATIVE = "dative"
    GENITIVE = "genitive"
    INSTRUMENTAL = "instrumental"
    ABLATIVE = "ablative"
    LOCATIVE = "locative"
    ADVERBIAL = "adverbial"
    FOR_WHOM = "for_whom"
    """For somebody: Անիի համար, ნინოსთვის."""
    WITH_WHOM = "with_whom"
    """Together with somebody: Անիի հետ, ნინოსთან."""
    VOCATIVE = "vocative"


_ARMENIAN = {
    Role.NOMINATIVE: Case.NOMINATIVE, Role.DEFINITE: Case.NOMINATIVE_DEFINITE,
    Role.ERGATIVE: Case.NOMINATIVE_DEFINITE, Role.VOCATIVE: Case.NOMINATIVE,
    Role.DATIVE: Case.DATIVE_DEFINITE, Role.GENITIVE: Case.DATIVE,
    Role.ABLATIVE: Case.ABLATIVE, Role.INSTRUMENTAL: Case.INSTRUMENTAL,
    Role.LOCATIVE: Case.LOCATIVE,
}  # fmt: skip
_GEORGIAN = {
    Role.NOMINATIVE: Case.NOMINATIVE, Role.DEFINITE: Case.NOMINATIVE,
    Role.ERGATIVE: Case.ERGATIVE, Role.VOCATIVE: Case.VOCATIVE, Role.DATIVE: Case.DATIVE,
    Role.GENITIVE: Case.GENITIVE, Role.INSTRUMENTAL: Case.INSTRUMENTAL,
    Role.ADVERBIAL: Case.ADVERBIAL,
}  # fmt: skip
_POSTPOSITIONS = {
    Role.FOR_WHOM: "თვის", Role.WITH_WHOM: "თან", Role.LOCATIVE: "ში", Role.ABLATIVE: "დან",
}  # fmt: skip
_AFTER_GENITIVE = {Role.FOR_WHOM: "համար", Role.WITH_WHOM: "հետ"}
_BEFORE = {Role.FOR_WHOM: "for", Role.WITH_WHOM: "with"}
_PEOPLE = (Kind.GIVEN, Kind.SURNAME, Kind.PERSON)


def in_role(
    word: str,
    role: Role,
    language: Language,
    *,
    kind: Kind,
    gender: Gender | None = None,
    next_word: str | None = None,
) -> str | None:
    """Return ``word`` as it stands in ``role``, or None where the form is not sure.

    Of a person only what a list or a rule knows is said: nobody likes to be called wrongly. Of
    things also what their ending makes likely (97 to 100 in a hundred right, by kind and language).

    Args:
        word: nominative, singular, in the script of ``language``.
        role: the part that the word plays.
        language: of the sentence.
        kind: what the word names.
        gender: of the person, where it is known.
        next_word: what follows in the sentence; the Armenian article depends on it.

    >>> in_role("ქუთაისი", Role.LOCATIVE, Language.KA, kind=Kind.TOPONYM)
    'ქუთაისში'
    >>> in_role("Արամ", Role.DEFINITE, Language.HY, kind=Kind.GIVEN, next_word="է")
    'Արամն'
    """
    match language:
        case Language.HY:
            return _armenian(word, role, kind, gender, next_word)
        case Language.KA:
            return _georgian(word, role, kind)
    return _english(word, role)


def _armenian(
    word: str, role: Role, kind: Kind, gender: Gender | None, next_word: str | None
) -> str | None:
    if role in _AFTER_GENITIVE:
        form = _sure(word, Case.DATIVE, Language.HY, kind, gender)
        return form and f"{form} {_AFTER_GENITIVE[role]}"
    case = _ARMENIAN.get(role)
    form = _sure(word, case, Language.HY, kind, gender) if case else None
    if form and form.endswith("ը") and case in (Case.NOMINATIVE_DEFINITE, Case.DATIVE_DEFINITE):
        return joined(form[:-1], next_word)
    return form


def _georgian(word: str, role: Role, kind: Kind) -> str | None:
    """From somebody is -გან, from somewhere -დან; nobody is in a person."""
    if kind in _PEOPLE and role is Role.LOCATIVE:
        return None
    if kind in _PEOPLE and role is Role.ABLATIVE:
        return _said(with_postposition(word, "გან", kind=kind), kind)
    if role in _POSTPOSITIONS:
        return _said(with_postposition(word, _POSTPOSITIONS[role], kind=kind), kind)
    return _sure(word, _GEORGIAN[role], Language.KA, kind)


def _english(word: str, role: Role) -> str | None:
    name = " ".join(word.split())
    if not name:
        return None
    if role in _BEFORE:
        return f"{_BEFORE[role]} {name}"
    return f"{name}’s" if role is Role.GENITIVE else name


def _sure(
    word: str, case: Case, language: Language, kind: Kind, gender: Gender | None = None
) -> str | None:
    return _said(inflect(word, case, language, kind=kind, gender=gender), kind)


def _said(form: Form, kind: Kind) -> str | None:
    return None if form.certainty == "likely" and kind in _PEOPLE else form.text

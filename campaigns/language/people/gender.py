"""Whether a person is a man or a woman, by what a sheet says; unknown is an answer.

Never by the ending of a given name: in the Georgian voter list -ა ends the names of a million women
and of 250,000 men.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from campaigns.language.grammar import Gender, Kind
from campaigns.language.people.endings import is_womans_surname
from campaigns.language.people.listed import given_name
from campaigns.language.people.scripts import script_of
from campaigns.language.people.spellings import armenian
from campaigns.language.people.vocabulary import TITLES

Evidence = Literal["column", "title", "patronymic", "surname", "list"]
"""What tells the gender, strongest first: the sheet's own column, a title, the father's name, a
Russian surname, the lists of given names."""

_WOMEN = """
    f female woman w girl իգ իգական կին կ. աղջիկ ի ქ ქალი მდედრ მდედრობითი გოგო ж жен женский женщина
    mrs ms miss lady madam տիկին օրիորդ ქალბატონი госпожа г-жа девушка девочка
"""
_MEN = """
    m male man boy ար արական տղամարդ տղա ա კ კაცი მამრ მამრობითი მამაკაცი ბიჭი м муж мужской мужчина
    mr gentleman պարոն ბატონი господин г-н парень мальчик
"""
_NOTHING = re.compile("^(na|nan|null|none|unknown|неизв|нет|անհայտ|չկա|უცნობ|არარ)|^.$")
_ARMENIAN = ("yan", "yants", "ian", "iants")
CACHED = 50_000
_NOT_WORD = re.compile(r"[\W_]+")


def _key(text: str) -> str:
    return _NOT_WORD.sub("", unicodedata.normalize("NFKC", text).casefold())


_GENDERS: dict[str, Gender] = {
    **dict.fromkeys(map(_key, _WOMEN.split()), "f"),
    **dict.fromkeys(map(_key, _MEN.split()), "m"),
}


@lru_cache(maxsize=1_000)
def gender_of_word(word: str) -> Gender | None:
    """Return the gender that a cell of a sheet names, in four languages; None for other words.

    >>> gender_of_word("Իգ."), gender_of_word("კაცი"), gender_of_word("?")
    ('f', 'm', None)
    """
    return _GENDERS.get(_key(word))


def gender_of(
    given: str | None,
    family: str | None = None,
    *,
    column: str | None = None,
    titles: Sequence[str] = (),
    son: Gender | None = None,
) -> tuple[Gender | None, Evidence | None, bool]:
    """Return the gender, what tells it, and whether the evidence disagrees (then it is None).

    Args:
        given: the given name.
        family: the surname.
        column: what the sheet's own column says.
        titles: that stand with the name.
        son: what the father's name tells.

    >>> gender_of("Անի"), gender_of("Անի", titles=("պարոն",))
    (('f', 'list', False), (None, None, True))
    """
    if _says_otherwise(column or ""):
        return None, None, False
    told: list[tuple[Gender | None, Evidence]] = [
        (gender_of_word(column or ""), "column"),
        *((TITLES.get(title.lower().rstrip(".")), "title") for title in titles),
        (son, "patronymic"),
        ("f" if family and is_womans_surname(family) else None, "surname"),
        (_of_given(given) or _of_armenian(given, family), "list"),
    ]
    known = [(gender, evidence) for gender, evidence in told if gender]
    if len({gender for gender, _ in known}) != 1:
        return None, None, bool(known)
    return *known[0], False


def _of_armenian(given: str | None, family: str | None) -> Gender | None:
    """Karen is a man where the surname is Armenian, though women elsewhere are called so."""
    if (
        not given
        or not family
        or not family.lower().endswith(_ARMENIAN)
        or script_of(given) != "latin"
    ):
        return None
    name = armenian(given, Kind.GIVEN)
    return _of_given(name) if name else None


@lru_cache(maxsize=1_000)
def _says_otherwise(column: str) -> bool:
    """Say whether the sheet names something else than a man or a woman; nobody knows better."""
    key = _key(column)
    return key.isalpha() and key not in _GENDERS and not _NOTHING.search(key)


@lru_cache(maxsize=CACHED)
def _of_given(given: str | None) -> Gender | None:
    """The lists' word on the given names; two that disagree (Maria José) tell nothing."""
    names = [given_name(word) for word in (given or "").split()]
    genders = {name.gender for name in names if name}
    return genders.pop() if len(genders) == 1 else None

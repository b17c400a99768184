"""Which word of a full name is which: given name, surname, father's name.

Registers write the surname first, letters the given name; so words decide, by lists and endings,
and their place only where Latin letters leave a custom to go by (both Thomas and James are given
names and surnames: the first is the given name).
"""

from __future__ import annotations

from dataclasses import dataclass

from campaigns.language.grammar import Gender
from campaigns.language.people.cell import is_initial
from campaigns.language.people.endings import (
    GIVEN,
    LIKELY,
    SURE,
    fathers_gender,
    is_fathers_genitive,
    surnameness,
)
from campaigns.language.people.listed import given_name
from campaigns.language.people.scripts import script_of
from campaigns.language.people.vocabulary import SONS

MOST_GIVEN = 2
"""Given names of one person that are taken: Anna Maria."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The words of a name by what they are; ``son`` is the gender that a father's name tells."""

    given: str | None = None
    family: str | None = None
    patronymic: str | None = None
    son: Gender | None = None


def ordered(words: tuple[str, ...], before_comma: int = 0) -> Parts | None:
    """Return the parts of a full name, or None where nothing tells them apart.

    Args:
        words: of the name, without titles.
        before_comma: how many of them a comma sets apart as the surname.

    >>> ordered(("Պետրոսյան", "Անի", "Վարդանի")).given, ordered(("Xqu", "Ydro"))
    ('Անի', None)
    """
    father, son, rest = without_father(words)
    names = tuple(word for word in rest if not is_initial(word))
    given, family = _told_apart(names, rest, before_comma)
    if given is None and family is None:
        return None
    return Parts(given, family, father, son)


def _told_apart(
    names: tuple[str, ...], rest: tuple[str, ...], before_comma: int
) -> tuple[str | None, str | None]:
    if len(names) == 1:
        return _alone(names[0], beside_initials=len(rest) > 1)
    if before_comma and before_comma < len(names):
        return _by_comma(names, before_comma)
    if len(names) == 2:
        return of_two(*names)
    if 2 < len(names) <= MOST_GIVEN + 1:
        return _of_three(names)
    return None, None


def _alone(word: str, *, beside_initials: bool) -> tuple[str | None, str | None]:
    """One word is the surname if it ends so, or if initials stand for the given name."""
    sureness = surnameness(word)
    if sureness >= SURE or (beside_initials and sureness >= 0):
        return None, word
    if sureness == LIKELY:
        return None, None
    return word, None


def _by_comma(names: tuple[str, ...], before: int) -> tuple[str | None, str | None]:
    """Beridze, Giorgi; but lists and endings outrank the comma."""
    family, given = " ".join(names[:before]), " ".join(names[before:])
    if surnameness(family) < surnameness(given):
        family, given = given, family
    return (None, None) if surnameness(given) >= SURE else (given, family)


def of_two(first: str, second: str) -> tuple[str | None, str | None]:
    """Return the given name and the surname of two words, or None twice where nothing tells."""
    told = (surnameness(first), surnameness(second))
    # A word that may be either, beside one that nobody knows, tells nothing: João Silva.
    if told[0] != told[1] and set(told) != {0, GIVEN + LIKELY}:
        return (first, second) if told[0] < told[1] else (second, first)
    is_custom = script_of(first) == "latin" and given_name(first) and not _is_only_given(second)
    return (first, second) if is_custom else (None, None)


def _is_only_given(word: str) -> bool:
    return surnameness(word) == GIVEN


def _of_three(names: tuple[str, ...]) -> tuple[str | None, str | None]:
    """Two given names and a surname, which stands at one of the ends."""
    *before, last = names
    first, *after = names
    if surnameness(last) == surnameness(first):
        return None, None
    given, family = (before, last) if surnameness(last) > surnameness(first) else (after, first)
    told = surnameness(family) > 0 or given_name(family) is None
    return (" ".join(given), family) if told and all(map(given_name, given)) else (None, None)


def without_father(
    words: tuple[str, ...],
) -> tuple[str | None, Gender | None, tuple[str, ...]]:
    """Return the father's name, the gender it tells, and the other words."""
    for place, word in enumerate(words):
        if place > 1 and word.lower() in SONS:
            father = f"{words[place - 1]} {word.lower()}"
            return father, SONS[word.lower()], words[: place - 1] + words[place + 1 :]
    for place, word in enumerate(words):
        gender = fathers_gender(word)
        if gender and place > 0 and _is_russian_father(words, place, gender):
            return word, gender, words[:place] + words[place + 1 :]
    for place, word in enumerate(words):
        if len(words) > 2 and place > 0 and is_fathers_genitive(word):
            return word, None, words[:place] + words[place + 1 :]
    return None, None, words


def _is_russian_father(words: tuple[str, ...], place: int, gender: Gender) -> bool:
    """Иван Петрович is called so; Анна Петрович has a surname."""
    known = given_name(words[place - 1])
    return len(words) > 2 or (known is not None and known.gender == gender)

"""A given name and a surname of one plain word each, which is most: told apart at a third of the cost.

What is said here is what ``person`` says of the same cells; of all others nothing is said.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from campaigns.language.people.cell import is_initial, tidy
from campaigns.language.people.endings import fathers_gender, surnameness
from campaigns.language.people.order import of_two

CACHED = 50_000


class Plain(NamedTuple):
    """The two words, cased; ``is_recased``: not as the sheet has them."""

    given: str
    family: str
    is_recased: bool


def of_plain_words(full: str | None, given: str | None, family: str | None) -> Plain | None:
    """Return the parts of a name that needs no repair but of its capitals, or None.

    >>> of_plain_words(None, "ԱՆԻ", "Պետրոսյան"), of_plain_words("Mr Smith", None, None)
    (Plain(given='Անի', family='Պետրոսյան', is_recased=True), None)
    """
    if given and family:
        return _of_columns(given, family)
    return None if given or family or not full else _of_one_cell(full)


def _of_columns(given: str, family: str) -> Plain | None:
    name, surname = tidy(given), tidy(family)
    if not name or not surname or name == surname or not _is_given(name) or is_initial(surname):
        return None
    return Plain(name, surname, name != given or surname != family)


@lru_cache(maxsize=CACHED)
def _is_given(word: str) -> bool:
    """Say whether nothing speaks for a surname in a word of the column of given names."""
    return surnameness(word) <= 0 and not is_initial(word)


def _of_one_cell(full: str) -> Plain | None:
    first, _, second = full.partition(" ")
    one, other = tidy(first), tidy(second)
    if not one or not other or is_initial(one) or is_initial(other) or fathers_gender(other):
        return None
    given, family = of_two(one, other)
    return Plain(given, family, one != first or other != second) if given and family else None

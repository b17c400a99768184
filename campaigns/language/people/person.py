"""Who is meant by a name in a spreadsheet, and how sure that is.

A name is repaired where only one reading is possible, and every repair is told by a note. What may
be no name at all, or two, is kept as written and is not usable: a letter then greets without it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from campaigns.language.grammar import Gender
from campaigns.language.people.cell import Cell, is_initial, read_cell
from campaigns.language.people.endings import LIKELY, SURE, surnameness
from campaigns.language.people.gender import Evidence, gender_of
from campaigns.language.people.listed import given_name
from campaigns.language.people.notes import Note
from campaigns.language.people.order import Parts, ordered, without_father
from campaigns.language.people.plain_words import Plain, of_plain_words

CACHED = 50_000
REPAIRS = frozenset(
    {Note.CASE, Note.LETTERS, Note.TITLE, Note.PATRONYMIC, Note.EXTRA, Note.SWAPPED}
)
NOBODY = frozenset({Note.COMPANY, Note.SEVERAL})
"""What makes the whole row no person, in whichever of its cells it stands."""


@dataclass(frozen=True, slots=True)
class Person:
    """A person's name, part by part; None where nothing tells the part.

    ``notes`` are codes of what was repaired or is doubtful (``note.<code>`` among the labels).
    A name that is not ``usable`` stands as written in ``given`` and ``family``.
    """

    given: str | None
    family: str | None
    patronymic: str | None
    title: str | None
    gender: Gender | None
    gender_evidence: Evidence | None
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

    Cells for the parts outrank the full name; one of them alone may hold a full name. To read what
    was read (given, family and gender of a ``Person``) changes nothing.

    >>> read_person("ՊԵՏՐՈՍՅԱՆ Անի").given, read_person("n/a").usable
    ('Անի', False)
    """
    plain = None if patronymic else of_plain_words(full, given, family)
    return (
        _plain(plain, gender) if plain else _of_any_cells(full, given, family, patronymic, gender)
    )


def _plain(name: Plain, gender: str | None) -> Person:
    said, evidence, conflict = gender_of(name.given, name.family, column=gender)
    notes = (*((Note.GENDER,) if conflict else ()), *((Note.CASE,) if name.is_recased else ()))
    return Person(name.given, name.family, None, None, said, evidence, notes, usable=True)


def _of_any_cells(
    full: str | None,
    given: str | None,
    family: str | None,
    patronymic: str | None,
    gender: str | None,
) -> Person:
    found, cells = _found(full, given, family)
    if found.parts and not _is_read_alike(found.parts):
        found = _Found(None, frozenset({Note.ORDER}))
    written = (given or (None if family else full) or None, family or None)
    return _person(found, cells, written, patronymic, gender)


def _found(
    full: str | None, given: str | None, family: str | None
) -> tuple[_Found, tuple[Cell, Cell]]:
    name, surname = read_cell(given or ""), read_cell(family or "")
    if not (_says_something(name) or _says_something(surname)):
        name = read_cell(full or "")
    if {name.problem, surname.problem} & NOBODY:
        found = _Found(None)
    elif name.words and surname.words:
        found = _of_columns(name, surname)
    elif surname.words:
        found = _of_family(surname)
    else:
        found = _of_one_cell(name)
    return found, (name, surname)


def _is_read_alike(parts: Parts) -> bool:
    """Say whether the parts are read as themselves; else they were a guess (Ali Ahmed oglu Oglu).

    One word each, which is most names, is.
    """
    if " " not in f"{parts.given or ''}{parts.family or ''}":
        return True
    again, _ = _found(None, parts.given, parts.family)
    return again.parts is not None and (again.parts.given, again.parts.family) == (
        parts.given,
        parts.family,
    )


def _says_something(cell: Cell) -> bool:
    return bool(cell.words or cell.problem or cell.titles)


@dataclass(frozen=True, slots=True)
class _Found:
    """The parts of a name, or None where it must not be used."""

    parts: Parts | None
    notes: frozenset[Note] = frozenset()


def _of_one_cell(cell: Cell) -> _Found:
    if cell.problem or not cell.words:
        said = cell.titles or Note.EXTRA in cell.notes  # Mr; mama
        return _Found(None, frozenset({Note.PLACEHOLDER} if said else ()))
    parts = ordered(cell.words, cell.before_comma)
    if parts is None:
        unclear = Note.INITIAL if all(map(is_initial, cell.words)) else Note.ORDER
        return _Found(None, frozenset({unclear}))
    return _Found(parts, _missing(cell.words, parts.patronymic))


def _missing(words: tuple[str, ...], father: str | None = None) -> frozenset[Note]:
    initial = {Note.INITIAL} if any(map(is_initial, words)) else set[Note]()
    return frozenset(initial | ({Note.PATRONYMIC} if father else set()))


def _of_family(cell: Cell) -> _Found:
    """A surname, or a full name where the list and the ending of its parts leave no doubt."""
    parts = ordered(cell.words, cell.before_comma) if len(cell.words) > 1 else None
    if parts is None or not parts.given or surnameness(parts.family or "") < SURE:
        parts = Parts(family=" ".join(word for word in cell.words if not is_initial(word)) or None)
    return _Found(
        parts if parts.given or parts.family else None, _missing(cell.words, parts.patronymic)
    )


def _of_columns(name: Cell, surname: Cell) -> _Found:
    words = (*name.words, *(word for word in surname.words if word not in name.words))
    father, son, rest = without_father(words)
    if set(rest).isdisjoint(name.words) or set(rest).isdisjoint(surname.words):
        father, son, rest = None, None, words  # what stands alone in its column is what it says
    names = [word for word in name.words if word in rest and not is_initial(word)]
    names = [word for word in names if word not in surname.words or surnameness(word) <= 0]
    given = " ".join(_given_words(names))
    left_out = {Note.EXTRA} if given != " ".join(names) else set[Note]()
    family = " ".join(word for word in surname.words if word in rest and not is_initial(word))
    if given and family and _are_swapped(given, family):
        return _Found(Parts(family, given, father, son), _missing(words, father) | {Note.SWAPPED})
    if not given or not family or surnameness(given) >= SURE:
        found = _of_family(surname) if family else _of_one_cell(name)
        left_out |= {Note.EXTRA} if given and family else set()
        return _Found(found.parts, found.notes | _missing(words) | left_out)
    return _Found(Parts(given, family, father, son), _missing(words, father) | left_out)


def _given_words(names: list[str]) -> list[str]:
    """Leave a surname out that stands beside a given name: Անի Պետրոսյան in the first cell."""
    known = [name for name in names if given_name(name)]
    return known if known and any(surnameness(name) >= SURE for name in names) else names


def _are_swapped(given: str, family: str) -> bool:
    sureness = surnameness(given)
    return (
        " " not in given + family
        and sureness >= LIKELY
        and sureness > surnameness(family)
        and given_name(family) is not None
        and given_name(given) is None
    )


def _person(
    found: _Found,
    cells: tuple[Cell, Cell],
    written: tuple[str | None, str | None],
    patronymic: str | None,
    gender: str | None,
) -> Person:
    parts = found.parts or Parts()
    titles = [title for cell in cells for title in cell.titles]
    said, evidence, conflict = gender_of(
        parts.given, parts.family, column=gender, titles=titles, son=parts.son
    )
    notes = {*found.notes, *(note for cell in cells for note in cell.notes)}
    if not found.parts:
        notes -= REPAIRS  # it stands as written
    notes |= {cell.problem for cell in cells if cell.problem}
    if parts.family and not parts.given and not titles and Note.INITIAL not in notes:
        notes.add(Note.FAMILY_ONLY)  # Mr Smith is complete, and so is A. Smith in its way
    notes |= {Note.GENDER} if conflict else set()
    kept = (parts.given, parts.family) if found.parts else written
    return Person(
        *kept, _father(patronymic) or parts.patronymic, titles[0] if titles else None, said, evidence,
        tuple(sorted(notes)), usable=found.parts is not None,
    )  # fmt: skip


def _father(cell: str | None) -> str | None:
    words = read_cell(cell or "").words
    return " ".join(words) or None

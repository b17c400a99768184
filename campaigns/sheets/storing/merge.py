"""Which rows are the same person, and what is newly known of each: row by row, as a person would.

This is the rule. ``storing.joining`` decides most rows of a sheet by columns and must come to the
same; rows that are entangled with one another it leaves to this module.

A person is found by the customer number, else by the address, else by an address that was theirs
before, else by the number of their card, else by the phone. Families share cards and phones: these
join only when nothing stronger and no name contradicts, and when the row says nothing better or
tells the same name. A number and an address of two people are a conflict, and the row is refused.

The newest non-empty value wins, but a gender that only the name tells and a name that is none fill
gaps at most. A language that the person chose outranks any guess. Consent never widens by a merge:
a row that says nothing changes nothing, "no" is written down, "yes" after a "no" is not believed
(the person may give consent again in person, not through an old sheet).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from campaigns.model.permission import Purpose

KEYS = ("customer_id", "card_number", "address_key", "phone")
FIELDS = (
    "customer_id", "card_number", "address", "address_key", "given_name", "family_name", "phone",
    "city", "gender", "birthday",
)  # fmt: skip
VALUES = (*FIELDS, "language", "language_evidence", "attributes")
"""What is known of a contact."""
TRUST = ("default", "address", "phone", "script", "choice")
"""Evidence for a language, weakest first."""
GUESSED_GENDER = "list"
"""Evidence of a gender that only the name tells."""
NOT_RESTORED = "consent_not_restored"
"""A note: the sheet says yes where the person has said no."""


@dataclass(frozen=True, slots=True)
class Person:
    """One clean row of a sheet of contacts. None means: the sheet says nothing about it.

    A name that is not usable stands as written, for a person to look at.
    """

    row: int
    customer_id: str | None = None
    card_number: str | None = None
    address: str | None = None
    address_key: str | None = None
    phone: str | None = None
    given_name: str | None = None
    family_name: str | None = None
    city: str | None = None
    gender: str | None = None
    gender_evidence: str | None = None
    name_is_usable: bool = False
    birthday: date | None = None
    language: str = "en"
    language_evidence: str = "default"
    offers: bool | None = None
    testimonials: bool | None = None
    consent_source: str | None = None
    consent_at: datetime | None = None
    attributes: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class Contact:
    """A contact while rows are merged into it."""

    ref: int
    """Its id; while it has none, minus the number of the row that told of it first."""
    values: dict[str, Any]
    standing: dict[str, bool] = field(default_factory=dict)
    former: list[str] = field(default_factory=list)
    """Addresses that it had before this sheet."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A consent given or withdrawn that must be written down."""

    contact: Contact
    purpose: Purpose
    given: bool
    row: int
    source: str | None
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Conflict:
    """A row whose keys belong to two people: which, by their ``ref``."""

    row: int
    contacts: tuple[int, ...]


@dataclass(slots=True)
class Merged:
    """What is to be written."""

    new: list[Contact] = field(default_factory=list)
    known: list[Contact] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    sources: list[tuple[Contact, int]] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    replaced: list[tuple[str, Contact, int]] = field(default_factory=list)
    """Addresses that another one took the place of, by which row."""
    notes: Counter[str] = field(default_factory=Counter)

    @property
    def merged(self) -> int:
        """Rows that told of somebody known already, from before or from a row above."""
        return len(self.sources) - len(self.new)


def merge(rows: Iterable[Person], known: list[Contact]) -> Merged:
    """Return what the rows come to, given the contacts that they may be about."""
    index = _Index()
    for contact in known:
        index.add(contact)
        index.former |= dict.fromkeys(contact.former, contact)
    result = Merged(known=known)
    for row in rows:
        _take(row, index, result)
    return result


class _Index:
    """Contacts by what identifies them."""

    def __init__(self) -> None:
        self.customer_id: dict[str | None, Contact] = {}
        self.address_key: dict[str | None, Contact] = {}
        self.former: dict[str | None, Contact] = {}
        self.weak: dict[tuple[str, str], list[Contact]] = {}

    def add(self, contact: Contact) -> None:
        values = contact.values
        if values["customer_id"]:
            self.customer_id[values["customer_id"]] = contact
        if values["address_key"]:
            self.address_key[values["address_key"]] = contact
        for name in ("card_number", "phone"):
            if values[name]:
                self.weak.setdefault((name, values[name]), []).append(contact)

    def drop(self, contact: Contact) -> None:
        values = contact.values
        if values["address_key"]:
            del self.address_key[values["address_key"]]
        for name in ("card_number", "phone"):
            if values[name]:
                self.weak[(name, values[name])].remove(contact)

    def formerly(self, row: Person) -> Contact | None:
        """The contact that the row's address belonged to before, unless the row denies it."""
        contact = self.former.get(row.address_key)
        if (
            contact is None
            or _differ(row, contact, ("customer_id",))
            or _names_differ(row, contact)
        ):
            return None
        return contact

    def weakly(self, row: Person) -> Contact | None:
        """The contact that shares the card, else the phone; of several, only the row's very twin."""
        for name, stronger in _WEAK:
            shared = self.weak.get((name, getattr(row, name) or ""), [])
            found = [each for each in shared if _may_be(row, each, stronger)]
            if len(found) > 1:
                found = [each for each in found if _is_twin(row, each)]
            if found:
                return min(found, key=lambda each: (each.ref < 0, abs(each.ref)))
        return None


_WEAK = (
    ("card_number", ("customer_id", "address_key")),
    ("phone", ("customer_id", "address_key", "card_number")),
)
"""Each key that people share, with those that outrank it."""


def _take(row: Person, index: _Index, result: Merged) -> None:
    by_id, by_key = index.customer_id.get(row.customer_id), index.address_key.get(row.address_key)
    if (conflict := _conflict(row, by_id, by_key)) is not None:
        result.conflicts.append(conflict)
        return
    former = None if by_id or by_key else index.formerly(row)
    contact = by_id or by_key or former or index.weakly(row)
    if contact is None:
        contact = _new(row)
        result.new.append(contact)
    else:
        _renew(contact, row, index, result, keeps_address=former is not None)
    index.add(contact)
    result.sources.append((contact, row.row))
    for said in ((Purpose.OFFERS, row.offers), (Purpose.TESTIMONIALS, row.testimonials)):
        _hear(contact, said, row, result)


def _conflict(row: Person, by_id: Contact | None, by_key: Contact | None) -> Conflict | None:
    """Say whether the row's number and address belong to two different people."""
    if by_key is None or by_key is by_id:
        return None
    if by_id is not None:
        return Conflict(row.row, (by_id.ref, by_key.ref))
    return Conflict(row.row, (by_key.ref,)) if _differ(row, by_key, ("customer_id",)) else None


def _differ(row: Person, contact: Contact, names: tuple[str, ...]) -> bool:
    pairs = ((getattr(row, name), contact.values[name]) for name in names)
    return any(ours and theirs and ours != theirs for ours, theirs in pairs)


def _name_pairs(row: Person, contact: Contact) -> list[tuple[str, str]]:
    names = ("given_name", "family_name")
    ours = [(getattr(row, name) or "") if row.name_is_usable else "" for name in names]
    theirs = [contact.values[name] or "" for name in names]
    return [(our.lower(), their.lower()) for our, their in zip(ours, theirs, strict=True)]


def _names_differ(row: Person, contact: Contact) -> bool:
    return any(our and their and our != their for our, their in _name_pairs(row, contact))


def _may_be(row: Person, contact: Contact, stronger: tuple[str, ...]) -> bool:
    if _differ(row, contact, stronger) or _names_differ(row, contact):
        return False
    our, their = _name_pairs(row, contact)[0]
    says_nothing_better = not any(getattr(row, name) for name in stronger)
    return says_nothing_better or bool(our and our == their)


def _is_twin(row: Person, contact: Contact) -> bool:
    return all(
        getattr(row, name) == contact.values[name] for name in (*KEYS, "given_name", "family_name")
    )


def _new(row: Person) -> Contact:
    values = {name: getattr(row, name) for name in FIELDS}
    values |= {"language": row.language, "language_evidence": row.language_evidence}
    return Contact(-row.row, {**values, "attributes": dict(row.attributes)})


def _renew(
    contact: Contact, row: Person, index: _Index, result: Merged, *, keeps_address: bool
) -> None:
    address = contact.values["address_key"]
    index.drop(contact)
    _update(contact, row, keeps_address=keeps_address)
    if address and contact.values["address_key"] != address:
        index.former[address] = contact
        result.replaced.append((address, contact, row.row))


def _update(contact: Contact, row: Person, *, keeps_address: bool) -> None:
    left = ("address", "address_key") if keeps_address else ()
    names = (name for name in FIELDS if name not in left)
    fresh = {name: value for name in names if (value := getattr(row, name)) is not None}
    for name in _doubtful(row):
        fresh[name] = contact.values[name] or fresh.get(name)
    if trust(row.language_evidence) >= trust(contact.values["language_evidence"]):
        fresh |= {"language": row.language, "language_evidence": row.language_evidence}
    fresh["attributes"] = {**contact.values["attributes"], **row.attributes}
    contact.values |= fresh


def trust(evidence: str) -> int:
    """Return how much an evidence for a language weighs."""
    return TRUST.index(evidence) if evidence in TRUST else 0


def _doubtful(row: Person) -> tuple[str, ...]:
    gender = ("gender",) if row.gender_evidence == GUESSED_GENDER else ()
    return gender if row.name_is_usable else (*gender, "given_name", "family_name")


def _hear(contact: Contact, said: tuple[Purpose, bool | None], row: Person, result: Merged) -> None:
    purpose, given = said
    before = contact.standing.get(purpose)
    if given is None or given is before:
        return
    if given and before is False:
        result.notes[NOT_RESTORED] += 1
        return
    contact.standing[purpose] = given
    result.answers.append(
        Answer(contact, purpose, given, row.row, row.consent_source, row.consent_at)
    )

"""Which rows are the same person, and what is newly known of each. Decisions over values alone.

The newest non-empty value wins, but a gender that only the name tells and a name that is none fill
gaps at most. A language that the person chose outranks any guess. Consent never
widens by a merge: a row that says nothing changes nothing, "no" is written down, "yes" after a
"no" is not believed (the person may give consent again in person, not through an old sheet).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from campaigns.model.permission import Purpose
from campaigns.sheets.cleaning.people import IDENTITY_CONFLICT, Person, Refused

FIELDS = (
    "customer_id", "address", "address_key", "given_name", "family_name", "phone", "city",
    "gender", "birthday",
)  # fmt: skip
TRUST = ("default", "address", "phone", "script", "choice")
"""Evidence for a language, weakest first."""
NOT_RESTORED = "consent_not_restored"
"""A note: the sheet says yes where the person has said no."""


@dataclass(slots=True)
class Contact:
    """A contact while rows are merged into it. ``id`` is None until it is stored."""

    id: int | None
    values: dict[str, Any]
    standing: dict[str, bool] = field(default_factory=dict)
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """A consent given or withdrawn that must be written down."""

    contact: Contact
    purpose: Purpose
    given: bool
    row: int
    source: str | None
    at: datetime | None


@dataclass(slots=True)
class Merged:
    """What is to be written."""

    new: list[Contact] = field(default_factory=list)
    known: list[Contact] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    sources: list[tuple[Contact, int]] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    notes: Counter[str] = field(default_factory=Counter)

    @property
    def merged(self) -> int:
        """Rows that told of somebody known already, from before or from a row above."""
        return len(self.sources) - len(self.new)


def merge(rows: list[Person], known: list[Contact]) -> Merged:
    """Return what the rows come to, given the contacts that they may be about."""
    index = _Index()
    for contact in known:
        index.add(contact)
    result = Merged(known=known)
    for row in rows:
        _take(row, index, result)
    return result


class _Index:
    """Contacts by what identifies them."""

    def __init__(self) -> None:
        self.customer_id: dict[str, Contact] = {}
        self.address_key: dict[str, Contact] = {}
        self.phone: dict[str, Contact] = {}

    def add(self, contact: Contact) -> None:
        values = contact.values
        if values["customer_id"]:
            self.customer_id[values["customer_id"]] = contact
        if values["address_key"]:
            self.address_key[values["address_key"]] = contact
        if values["phone"] and not values["customer_id"] and not values["address_key"]:
            self.phone[values["phone"]] = contact

    def find(self, row: Person) -> Contact | None:
        """The contact that the row is about; a phone alone (families share one) only counts
        between rows that have nothing better.
        """
        if not row.customer_id and not row.address_key:
            return self.phone.get(row.phone or "")
        by_id = self.customer_id.get(row.customer_id or "")
        return by_id or self.address_key.get(row.address_key or "")

    def contradicts(self, row: Person, contact: Contact) -> bool:
        """Say whether the row's id and address belong to two different people."""
        by_key = self.address_key.get(row.address_key or "")
        theirs = contact.values["customer_id"]
        other_id = bool(row.customer_id and theirs and row.customer_id != theirs)
        return other_id or (by_key is not None and by_key is not contact)


def _take(row: Person, index: _Index, result: Merged) -> None:
    contact = index.find(row)
    if contact is None:
        contact = _new(row)
        result.new.append(contact)
    elif index.contradicts(row, contact):
        result.refused.append(Refused(row.row, IDENTITY_CONFLICT, "customer_id"))
        return
    else:
        _update(contact, row)
    index.add(contact)
    result.sources.append((contact, row.row))
    for said in ((Purpose.OFFERS, row.offers), (Purpose.TESTIMONIALS, row.testimonials)):
        _hear(contact, said, row, result)


def _new(row: Person) -> Contact:
    values = {name: getattr(row, name) for name in FIELDS}
    values |= {"language": row.language, "language_evidence": row.language_evidence}
    return Contact(None, {**values, "attributes": dict(row.attributes)})


def _update(contact: Contact, row: Person) -> None:
    fresh = {name: value for name in FIELDS if (value := getattr(row, name)) is not None}
    for name in _doubtful(row):
        fresh[name] = contact.values[name] or fresh.get(name)
    if TRUST.index(row.language_evidence) >= TRUST.index(contact.values["language_evidence"]):
        fresh |= {"language": row.language, "language_evidence": row.language_evidence}
    fresh["attributes"] = {**contact.values["attributes"], **row.attributes}
    contact.changed |= any(contact.values[name] != value for name, value in fresh.items())
    contact.values |= fresh


def _doubtful(row: Person) -> tuple[str, ...]:
    gender = ("gender",) if row.gender_evidence == "list" else ()
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

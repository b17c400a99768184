"""Who gets the letter, who does not and why: a segment's rule frozen into rows.

Everybody whom the rule finds ends in exactly one of two tables: ``message`` or ``left_out``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from campaigns.delivery.batches import new_batch
from campaigns.model.language import Language
from campaigns.model.permission import Denial, Purpose, Standing, denial
from campaigns.model.rotation import Pair
from campaigns.model.states import MessageState
from campaigns.segments.query import contact_ids
from campaigns.segments.rule import Rule
from campaigns.store.consents import latest_of
from campaigns.store.suppressions import address_key, suppressed_keys
from campaigns.store.tables import batch, consent, contact, left_out, message

KEYS_A_QUERY = 10_000
FIRST = Pair(1, "note")
_MAILBOX = re.compile(r"[!#-'*+\-./0-9=?A-Z^-~]+@[a-z0-9-]+(\.[a-z0-9-]+)+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody whom the rule finds, with what decides about them."""

    contact_id: int
    address: str | None
    """As it goes on the wire; None when no provider could take it."""
    key: str | None
    language: Language
    consent_id: int | None
    consent: bool | None


@dataclass(frozen=True, slots=True)
class Audience:
    """The candidates, told apart."""

    chosen: list[Candidate] = field(default_factory=list)
    denied: list[tuple[Candidate, Denial]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PlanReport:
    """What planning came to. ``missing``: readers of languages that the letter lacks."""

    planned: int
    left_out: dict[Denial, int]
    languages: dict[Language, int]
    missing: dict[Language, int]


def candidates(
    connection: sa.Connection, rule: Rule, purpose: Purpose, *, now: datetime
) -> list[Candidate]:
    """Return everybody whom the rule finds, oldest record first."""
    query: sa.Select[Any] = (
        sa.select(
            contact.c.id, contact.c.address, contact.c.language,
            consent.c.id.label("consent_id"), consent.c.given,
        )
        .select_from(contact)
        .outerjoin(consent, consent.c.id == latest_of(contact.c.id, purpose))
        .where(contact.c.id.in_(contact_ids(rule, now=now)))
        .order_by(contact.c.id)
    )  # fmt: skip
    return [_candidate(row) for row in connection.execute(query)]


def mailbox(address: str) -> tuple[str, str] | tuple[None, None]:
    """Return an address as it goes on the wire, and its key; Nones when no provider takes it.

    A local part beyond ASCII needs SMTPUTF8, which SendGrid and most mailboxes lack.

    >>> mailbox("Ani@Example.AM ")
    ('Ani@example.am', 'ani@example.am')
    >>> mailbox("ani@example.am, aram@example.am")
    (None, None)
    """
    key = address_key(address)
    if not _MAILBOX.fullmatch(key):
        return None, None
    return f"{address.strip().rpartition('@')[0]}@{key.rpartition('@')[2]}", key


def _candidate(row: sa.Row[Any]) -> Candidate:
    address, key = mailbox(row.address or "")
    return Candidate(row.id, address, key, Language(row.language), row.consent_id, row.given)


def suppressed_among(connection: sa.Connection, people: Iterable[Candidate]) -> set[str]:
    """Return the keys of those whose address must not be sent to."""
    keys = [person.key for person in people if person.key]
    found: set[str] = set()
    for start in range(0, len(keys), KEYS_A_QUERY):
        found |= suppressed_keys(connection, keys[start : start + KEYS_A_QUERY])
    return found


def choose(
    people: Iterable[Candidate], suppressed: Collection[str], languages: Collection[Language]
) -> Audience:
    """Tell the candidates apart. Of several with one address the first that may is chosen."""
    audience = Audience()
    taken: set[str | None] = set()
    for person in people:
        standing = Standing(
            has_address=person.key is not None,
            suppressed=person.key in suppressed,
            consent=person.consent,
            has_language=person.language in languages,
        )
        why = denial(standing) or (Denial.DUPLICATE_ADDRESS if person.key in taken else None)
        if why:
            audience.denied.append((person, why))
        else:
            taken.add(person.key)
            audience.chosen.append(person)
    return audience


def report(audience: Audience) -> PlanReport:
    """Return the figures of an audience."""
    missing = [who for who, why in audience.denied if why is Denial.LANGUAGE_MISSING]
    return PlanReport(
        planned=len(audience.chosen),
        left_out=dict(Counter(why for _, why in audience.denied)),
        languages=dict(Counter(person.language for person in audience.chosen)),
        missing=dict(Counter(person.language for person in missing)),
    )


def freeze(
    connection: sa.Connection,
    campaign_id: int,
    audience: Audience,
    *,
    batch_size: int,
    new_token: Callable[[], str],
) -> None:
    """Write the audience as rows, in place of what was planned before."""
    for table in (message, batch, left_out):
        connection.execute(sa.delete(table).where(table.c.campaign_id == campaign_id))
    _write_left_out(connection, campaign_id, audience)
    for language in Language:
        readers = [person for person in audience.chosen if person.language is language]
        for start in range(0, len(readers), batch_size):
            part = readers[start : start + batch_size]
            _write_batch(connection, campaign_id, part, new_token)


def _write_left_out(connection: sa.Connection, campaign_id: int, audience: Audience) -> None:
    rows = [
        {"campaign_id": campaign_id, "contact_id": person.contact_id, "reason": why}
        for person, why in audience.denied
    ]
    if rows:
        connection.execute(left_out.insert(), rows)


def _write_batch(
    connection: sa.Connection,
    campaign_id: int,
    people: list[Candidate],
    new_token: Callable[[], str],
) -> None:
    language = people[0].language
    batch_id = new_batch(connection, campaign_id, language, FIRST, len(people))
    connection.execute(
        message.insert(),
        [
            {
                "campaign_id": campaign_id, "contact_id": person.contact_id,
                "batch_id": batch_id, "token": new_token(), "address": person.address,
                "address_key": person.key, "language": language,
                "consent_id": person.consent_id, "state": MessageState.PENDING,
            }
            for person in people
        ],
    )  # fmt: skip

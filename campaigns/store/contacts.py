"""Looking contacts up: one, some, and how many there are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from campaigns.model.permission import Purpose
from campaigns.store.consents import newest
from campaigns.store.matching import fold, folded
from campaigns.store.suppressions import address_hash, address_key
from campaigns.store.tables import consent, contact, suppression


@dataclass(frozen=True, slots=True)
class Totals:
    """How many contacts there are, and how many may be sent offers now."""

    contacts: int
    mailable: int
    by_language: dict[str, int]


def find(connection: sa.Connection, key: str) -> sa.Row[Any] | None:
    """Return the contact of a customer id or an e-mail address."""
    wanted = key.strip()
    by_id = connection.execute(sa.select(contact).where(contact.c.customer_id == wanted)).first()
    if by_id is not None or "@" not in wanted:
        return by_id
    return connection.execute(
        sa.select(contact).where(contact.c.address_key == address_key(wanted))
    ).first()


def search(
    connection: sa.Connection, text: str, *, limit: int = 50, offset: int = 0
) -> list[sa.Row[Any]]:
    """Return contacts whose id, address, name, phone or city holds ``text``; all when it is empty."""
    query = sa.select(contact).order_by(contact.c.id).limit(limit).offset(offset)
    for word in text.split():
        query = query.where(sa.or_(*(_holds(column, word) for column in _SEARCHED)))
    return list(connection.execute(query))


def totals(connection: sa.Connection) -> Totals:
    """Return the counts that the first page shows."""
    by_language = {
        row.language: row.number
        for row in connection.execute(
            sa.select(contact.c.language, sa.func.count().label("number"))
            .group_by(contact.c.language)
            .order_by(contact.c.language)
        )
    }
    return Totals(sum(by_language.values()), _mailable(connection), by_language)


_SEARCHED = (
    contact.c.customer_id, contact.c.address, contact.c.given_name, contact.c.family_name,
    contact.c.phone, contact.c.city,
)  # fmt: skip


def _holds(column: sa.Column[Any], word: str) -> sa.ColumnElement[bool]:
    return folded(column).contains(fold(word), autoescape=True)


def _mailable(connection: sa.Connection) -> int:
    """Contacts with an address, consent to offers in force, and no suppression.

    Suppressions are hashes, which no database can compute alike, so the few suppressed addresses
    are taken off one by one.
    """
    latest = newest(Purpose.OFFERS)
    query = (
        sa.select(contact.c.address_key)
        .join(latest, latest.c.contact_id == contact.c.id)
        .join(consent, consent.c.id == latest.c.consent_id)
        .where(consent.c.given, contact.c.address_key.is_not(None))
    )
    hashes = set(connection.scalars(sa.select(suppression.c.address_hash)))
    if not hashes:
        counted = sa.select(sa.func.count()).select_from(query.subquery())
        number: int = connection.execute(counted).scalar_one()
        return number
    return sum(address_hash(key) not in hashes for key in connection.scalars(query))

"""What a letter may say about its readers: one query for a whole batch of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from campaigns.language.people.person import read_person
from campaigns.language.people.scripts import reads
from campaigns.letters.fields import Values
from campaigns.model.language import Language
from campaigns.model.money import Money
from campaigns.model.permission import Purpose
from campaigns.store.consents import latest_of
from campaigns.store.tables import consent, contact, rollup, upload
from campaigns.store.workspace import Workspace

NO_TOKEN = "preview"  # noqa: S105 - stands in a link that opens nothing


@dataclass(frozen=True, slots=True)
class Reader:
    """One person, the language they are written to in, and their message's token."""

    contact_id: int
    language: Language
    token: str


def values(
    workspace: Workspace,
    connection: sa.Connection,
    readers: Sequence[Reader],
    *,
    purpose: Purpose,
    now: datetime,
) -> list[Values]:
    """Return the values of each reader's letter, in order, with their own signed links."""
    people = _people(connection, [reader.contact_id for reader in readers], purpose)
    return [
        _facts(people[reader.contact_id], reader.language, now) | _links(workspace, reader)
        for reader in readers
    ]


def sample_values(
    workspace: Workspace,
    connection: sa.Connection,
    contact_ids: Sequence[int],
    *,
    language: Language,
    purpose: Purpose,
    now: datetime,
) -> list[Values]:
    """Return the values of a letter that is only looked at: its links belong to nobody."""
    readers = [Reader(contact_id, language, NO_TOKEN) for contact_id in contact_ids]
    return values(workspace, connection, readers, purpose=purpose, now=now)


def _people(
    connection: sa.Connection, contact_ids: list[int], purpose: Purpose
) -> dict[int, sa.Row[Any]]:
    query: sa.Select[Any] = (
        sa.select(
            contact.c.id, contact.c.given_name, contact.c.family_name, contact.c.gender,
            contact.c.city, contact.c.attributes, rollup.c.orders, rollup.c.revenue_minor, rollup.c.currency,
            rollup.c.first_order_at, rollup.c.last_order_at, rollup.c.last_product,
            # What no sheet said about a consent, its upload stands in for; that is no answer to
            # a reader who wonders where and when they agreed.
            sa.func.nullif(consent.c.source, upload.c.file_name).label("source"),
            sa.func.nullif(consent.c.at, upload.c.received_at, type_=consent.c.at.type).label("at"),
        )
        .select_from(contact)
        .outerjoin(rollup, rollup.c.contact_id == contact.c.id)
        .outerjoin(consent, consent.c.id == latest_of(contact.c.id, purpose))
        .outerjoin(upload, upload.c.id == consent.c.upload_id)
        .where(contact.c.id.in_(contact_ids))
    )  # fmt: skip
    return {row.id: row for row in connection.execute(query)}


def _facts(person: sa.Row[Any], language: Language, now: datetime) -> dict[str, object]:
    last: datetime | None = person.last_order_at
    return {
        "contact_id": person.id,
        "contact": read_person(
            given=person.given_name, family=person.family_name, gender=person.gender
        ),
        "given_name": person.given_name,
        "family_name": person.family_name,
        "city": person.city,
        "attributes": person.attributes,
        "orders": person.orders,
        "revenue": person.currency and Money(person.revenue_minor, person.currency),
        "first_order_at": _day(person.first_order_at),
        "last_order_at": _day(last),
        "days_since_last": (now - last).days if last else None,
        "last_product": _product(person.last_product, language),
        "consent_source": _readable(person.source, language) or "",
        "consent_at": _day(person.at),
    }


def _links(workspace: Workspace, reader: Reader) -> dict[str, object]:
    base, sign = workspace.settings.base_url, workspace.signer.sign
    return {
        "language": reader.language,
        "unsubscribe_url": f"{base}/u/{sign('unsubscribe', reader.token)}",
        "testimonial_url": f"{base}/t/{sign('testimonial', reader.token)}",
        "web_url": f"{base}/{reader.language}/testimonials",
        "contact_url": f"{base}/contact/{reader.language}.vcf",
    }


def _product(name: str | None, language: Language) -> str | None:
    """A number alone is the article's in the till, not what its buyer calls it."""
    return _readable(name, language) if name and any(map(str.isalpha, name)) else None


def _readable(text: str | None, language: Language) -> str | None:
    return text if text and reads(language, text) else None


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None

"""Valid rows with as few words as possible: a test names only what it is about.

Each function inserts one row and returns its id; ``a_recipient`` makes the whole chain that a
sent letter stands on. Overrides are column values.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from campaigns.model.permission import Purpose
from campaigns.model.states import BatchState, CampaignState, MessageState
from campaigns.store import tables
from campaigns.store.consents import Proof, add_consent
from campaigns.store.suppressions import address_key
from campaigns.store.workspace import Workspace

_numbers = itertools.count(1)

GIVEN_NAMES = {"hy": "Անի", "ka": "ნინო", "en": "Emma"}
FAMILY_NAMES = {"hy": "Գրիգորյան", "ka": "ბერიძე", "en": "Stone"}


@dataclass(frozen=True, slots=True)
class Recipient:
    """The ids of one person and of the letter that they got."""

    contact_id: int
    consent_id: int
    campaign_id: int
    batch_id: int
    message_id: int
    token: str
    address: str


def a_contact(
    connection: sa.Connection, *, now: datetime, language: str = "hy", **values: object
) -> int:
    number = next(_numbers)
    address = values.pop("address", f"person{number}@example.am")
    row = {
        "customer_id": f"C-{number}", "address": address,
        "address_key": address_key(str(address)) if address else None,
        "given_name": GIVEN_NAMES[language], "family_name": FAMILY_NAMES[language],
        "language": language, "language_evidence": "choice", "attributes": {},
        "created_at": now, "updated_at": now,
    }  # fmt: skip
    return _insert(connection, tables.contact, row | values)


def a_consent(
    connection: sa.Connection,
    contact_id: int,
    *,
    now: datetime,
    purpose: Purpose = Purpose.OFFERS,
    given: bool = True,
) -> int:
    proof = Proof("sheet-1", "hy", "spreadsheet", now, "card application 2025", "upload 1, row 2")
    return add_consent(
        connection, contact_id, purpose, given=given, proof=proof, actor="anna", now=now
    )


def a_rollup(
    connection: sa.Connection, contact_id: int, *, now: datetime, **values: object
) -> None:
    row = {
        "contact_id": contact_id, "orders": 3, "revenue_minor": 4_500_000, "currency": "AMD",
        "first_order_at": now - timedelta(days=200), "last_order_at": now - timedelta(days=20),
    }  # fmt: skip
    connection.execute(tables.rollup.insert().values(row | values))


def a_campaign(connection: sa.Connection, *, now: datetime, **values: object) -> int:
    row = {
        "name": f"campaign {next(_numbers)}", "segment": "everyone", "rule": "everyone",
        "letter": "testimonial-request", "purpose": Purpose.OFFERS, "transport": "outbox",
        "state": CampaignState.RUNNING, "texts": {}, "created_at": now, "created_by": "anna",
    }  # fmt: skip
    return _insert(connection, tables.campaign, row | values)


def a_batch(connection: sa.Connection, campaign_id: int, **values: object) -> int:
    row = {"campaign_id": campaign_id, "language": "hy", "size": 1, "state": BatchState.ACCEPTED}
    return _insert(connection, tables.batch, row | values)


def a_message(
    connection: sa.Connection,
    *,
    campaign_id: int,
    contact_id: int,
    batch_id: int,
    consent_id: int,
    **values: object,
) -> tuple[int, str]:
    """Insert a message to the contact's own address; return its id and its token."""
    person = connection.execute(
        sa.select(tables.contact).where(tables.contact.c.id == contact_id)
    ).one()
    row = {
        "campaign_id": campaign_id, "contact_id": contact_id, "batch_id": batch_id,
        "consent_id": consent_id, "token": f"tok{next(_numbers):017}", "address": person.address,
        "address_key": person.address_key,
        "language": person.language,
        "state": MessageState.ACCEPTED,
    } | values  # fmt: skip
    return _insert(connection, tables.message, row), str(row["token"])


def a_recipient(
    workspace: Workspace,
    *,
    now: datetime,
    language: str = "hy",
    orders: int = 3,
    campaign_id: int | None = None,
    **contact: object,
) -> Recipient:
    """Insert a consenting contact with orders, and a letter that was accepted for them."""
    with workspace.database.begin() as connection:
        contact_id = a_contact(connection, now=now, language=language, **contact)
        consent_id = a_consent(connection, contact_id, now=now)
        if orders:
            a_rollup(connection, contact_id, now=now, orders=orders)
        campaign_id = campaign_id or a_campaign(connection, now=now)
        batch_id = a_batch(connection, campaign_id, language=language)
        message_id, token = a_message(
            connection, campaign_id=campaign_id, contact_id=contact_id, batch_id=batch_id,
            consent_id=consent_id,
        )  # fmt: skip
        address = connection.execute(
            sa.select(tables.message.c.address).where(tables.message.c.id == message_id)
        ).scalar_one()
    return Recipient(contact_id, consent_id, campaign_id, batch_id, message_id, token, str(address))


def _insert(connection: sa.Connection, table: sa.Table, row: dict[str, object]) -> int:
    found: int = connection.execute(table.insert().values(row).returning(table.c.id)).scalar_one()
    return found

"""May everybody in a request still be written to? Asked in the transaction that commits the intent.

Consent, suppression and address are looked at again, however short ago the campaign was planned:
somebody may have left since. Who may not be written to leaves the request.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from campaigns.delivery import caps
from campaigns.delivery.transports import Request, problem
from campaigns.model.permission import Denial, Purpose, Standing, denial
from campaigns.model.states import MessageState
from campaigns.store import bulk
from campaigns.store.consents import latest_of
from campaigns.store.suppressions import address_key, suppressed_keys
from campaigns.store.tables import consent, contact, left_out, message


def holds_for_all(connection: sa.Connection, request: Request, purpose: Purpose) -> bool:
    """Say whether every addressee may surely be written to, and on the consent they are named with.

    One query counts those who wait, whose address is still the one they were planned with and
    whose newest consent is the one that their message names. It errs on the safe side only: where
    it says no, :func:`check_again` looks at each of them.
    """
    if suppressed_keys(connection, request.people["address"].str.to_lowercase().to_list()):
        return False
    dialect = connection.dialect.name
    ids = bulk.named(dialect, request.people["message_id"])
    counted = connection.execute(_permitted(dialect), {"ids": ids, "purpose": purpose})
    return bool(counted.scalar_one() == request.count)


@functools.cache
def _permitted(dialect: str) -> sa.Select[int]:
    """Return the query of ``holds_for_all``. The index alone tells the newest consent and its sense."""
    in_force = (
        sa.select(sa.case((consent.c.given, consent.c.id)))
        .where(
            consent.c.contact_id == message.c.contact_id,
            consent.c.purpose == sa.bindparam("purpose", type_=sa.Text),
        )
        .order_by(consent.c.id.desc())
        .limit(1)
        .correlate(message)
    )
    return (
        sa.select(sa.func.count())
        .select_from(message)
        .join(contact, contact.c.id == message.c.contact_id)
        .where(
            bulk.among_named(dialect, message.c.id, "ids"),
            message.c.state == MessageState.PENDING,
            sa.func.lower(contact.c.address) == message.c.address_key,
            sa.func.lower(message.c.address) == message.c.address_key,
            message.c.consent_id == in_force.scalar_subquery(),
        )
    )


def check_again(connection: sa.Connection, request: Request, purpose: Purpose) -> Request:
    """Return the request for those who may still be written to; the others join those left out.

    A message then names the consent that is in force now.
    """
    rows = _standings(connection, request, purpose)
    suppressed = suppressed_keys(connection, [row.address_key for row in rows])
    denied = {row: why for row in rows if (why := _denial(row, suppressed))}
    _leave_out(connection, request.campaign_id, denied)
    allowed = {row.id for row in rows if row not in denied}
    _name_consent(connection, [row for row in rows if row.id in allowed])
    kept = request.people["message_id"].is_in(list(allowed))
    return request.only(kept.arg_true())


def within_limits(connection: sa.Connection, request: Request, moment: datetime) -> Request:
    """Return the request for those who may get one more letter; the others join those left out."""
    rivals = caps.rivals_at_intent(connection, request.campaign_id, moment)
    if rivals is None:
        return request
    ours = message.alias()
    asked = bulk.among(connection, [ours.c.id], request.people.select("message_id"))
    whom = message.c.contact_id.in_(sa.select(ours.c.contact_id).where(asked))
    found = caps.denials(connection, rivals, whom)
    if found.is_empty():
        return request
    why = {contact_id: Denial(reason) for contact_id, reason in found.iter_rows()}
    query: sa.Select[Any] = sa.select(message.c.id, message.c.contact_id).where(
        message.c.campaign_id == request.campaign_id,
        bulk.among(connection, [message.c.contact_id], found.select("contact_id")),
    )
    rows = connection.execute(query).all()
    _leave_out(connection, request.campaign_id, {row: why[row.contact_id] for row in rows})
    gone = request.people["message_id"].is_in([row.id for row in rows])
    return request.only((~gone).arg_true())


def _standings(connection: sa.Connection, request: Request, purpose: Purpose) -> list[sa.Row[Any]]:
    """Return what is known now of those who still wait; an event may have settled some."""
    query: sa.Select[Any] = (
        sa.select(
            message.c.id, message.c.contact_id, message.c.address_key, message.c.consent_id,
            consent.c.id.label("newest_id"), consent.c.given, contact.c.address,
        )
        .select_from(message)
        .join(contact, contact.c.id == message.c.contact_id)
        .outerjoin(consent, consent.c.id == latest_of(message.c.contact_id, purpose))
        .where(
            bulk.among(connection, [message.c.id], request.people.select("message_id")),
            message.c.state == MessageState.PENDING,
        )
    )  # fmt: skip
    return list(connection.execute(query).all())


def _denial(row: sa.Row[Any], suppressed: set[str]) -> Denial | None:
    standing = Standing(
        has_address=True, suppressed=row.address_key in suppressed, consent=row.given,
        has_language=True,
    )  # fmt: skip
    moved = address_key(row.address or "") != row.address_key  # it may be another person's by now
    return denial(standing) or (Denial.ADDRESS_CHANGED if moved else None)


def _leave_out(
    connection: sa.Connection, campaign_id: int, denied: Mapping[sa.Row[Any], Denial]
) -> None:
    if not denied:
        return
    connection.execute(
        message.update().where(message.c.id == sa.bindparam("denied_id")).values(
            state=MessageState.CANCELLED, error=sa.bindparam("error")
        ),
        [
            {"denied_id": row.id, "error": problem("message.denied", reason=why)}
            for row, why in denied.items()
        ],
    )  # fmt: skip
    connection.execute(
        left_out.insert(),
        [
            {"campaign_id": campaign_id, "contact_id": row.contact_id, "reason": why}
            for row, why in denied.items()
        ],
    )


def _name_consent(connection: sa.Connection, rows: Iterable[sa.Row[Any]]) -> None:
    """Let a message name the consent that is in force now, not the one it was planned on."""
    renewed = [
        {"message": row.id, "newest": row.newest_id}
        for row in rows
        if row.newest_id != row.consent_id
    ]
    if renewed:
        connection.execute(
            message.update()
            .where(message.c.id == sa.bindparam("message"))
            .values(consent_id=sa.bindparam("newest")),
            renewed,
        )

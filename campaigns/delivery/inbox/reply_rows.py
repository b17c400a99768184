"""Answers as a marketer reads them: the newest first, who wrote, and what was said before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from campaigns.delivery.inbox.answers import ReplyKind
from campaigns.delivery.unsubscribe import withdraw
from campaigns.errors import NotFoundError
from campaigns.model.states import MessageState
from campaigns.store.suppressions import SuppressionReason, suppress, suppressed_keys
from campaigns.store.tables import campaign, contact, message, reply, rollup
from campaigns.store.workspace import Workspace

WANTS_READING = frozenset({ReplyKind.PERSON, ReplyKind.UNSUBSCRIBE})
"""What a person wrote; the other kinds are for the record."""
SOURCE = "reply"
"""Of what was done because an answer asked for it."""


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer, and what is known of whoever wrote it."""

    reply_id: int
    kind: ReplyKind
    contact_id: int | None
    campaign: str | None
    name: str
    address: str
    subject: str
    text: str
    full_text: str
    attachments: Sequence[dict[str, Any]]
    at: datetime
    seen_at: datetime | None
    language: str | None
    city: str | None
    orders: int
    revenue_minor: int
    currency: str | None
    last_order_at: datetime | None

    @property
    def is_unread(self) -> bool:
        """Say whether a person's words wait for somebody."""
        return self.seen_at is None and self.kind in WANTS_READING


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of a conversation: a letter of ours, or an answer."""

    at: datetime
    campaign: str | None
    reply_id: int | None
    """None: a letter of ours."""
    kind: ReplyKind | None
    text: str


def find_replies(
    connection: sa.Connection,
    *,
    campaign_name: str | None = None,
    kinds: Sequence[ReplyKind] = (),
    unread: bool = False,
    limit: int = 50,
    offset: int = 0,
) -> list[Reply]:
    """Return answers, the newest first: of one campaign, of some kinds, of those not read."""
    query = _replies().order_by(reply.c.received_at.desc(), reply.c.id.desc())
    if campaign_name is not None:
        query = query.where(campaign.c.name == campaign_name)
    if kinds:
        query = query.where(reply.c.kind.in_(kinds))
    if unread:
        query = query.where(*_UNREAD)
    return [_reply(row) for row in connection.execute(query.limit(limit).offset(offset))]


def find_reply(connection: sa.Connection, reply_id: int) -> Reply:
    """Return one answer.

    Raises:
        NotFoundError: there is none of this number.
    """
    row = connection.execute(_replies().where(reply.c.id == reply_id)).first()
    if row is None:
        raise NotFoundError("not_found", kind="reply", name=reply_id)
    return _reply(row)


def count_replies(connection: sa.Connection) -> dict[ReplyKind, int]:
    """Return how many answers of each kind there are."""
    query = sa.select(reply.c.kind, sa.func.count()).group_by(reply.c.kind)
    return {ReplyKind(kind): count for kind, count in connection.execute(query)}


def count_unread(connection: sa.Connection) -> int:
    """Return how many answers of people wait to be read."""
    query = sa.select(sa.func.count()).select_from(reply).where(*_UNREAD)
    return connection.execute(query).scalar_one()


def answered_campaigns(connection: sa.Connection) -> list[str]:
    """Return the names of campaigns that were answered, the newest first."""
    answered = (
        sa.select(message.c.campaign_id).join(reply, reply.c.message_id == message.c.id).distinct()
    )
    query = (
        sa.select(campaign.c.name).where(campaign.c.id.in_(answered)).order_by(campaign.c.id.desc())
    )
    return list(connection.execute(query).scalars())


def mark_seen(workspace: Workspace, reply_ids: Sequence[int], *, now: datetime) -> None:
    """Remember that somebody read some answers; the first time stays."""
    with workspace.database.begin() as connection:
        connection.execute(
            reply.update()
            .where(reply.c.id.in_(reply_ids), reply.c.seen_at.is_(None))
            .values(seen_at=now)
        )


def thread(connection: sa.Connection, contact_id: int) -> list[Turn]:
    """Return what a contact was sent and what they answered, in the order of time."""
    sent = connection.execute(
        sa.select(message.c.accepted_at, campaign.c.name)
        .join(campaign, campaign.c.id == message.c.campaign_id)
        .where(message.c.contact_id == contact_id, message.c.state == MessageState.ACCEPTED)
    )
    turns = [Turn(row.accepted_at, row.name, None, None, "") for row in sent if row.accepted_at]
    said = connection.execute(_replies().where(reply.c.contact_id == contact_id))
    turns += [Turn(row.at, row.campaign, row.id, ReplyKind(row.kind), row.text) for row in said]
    return sorted(turns, key=lambda turn: (turn.at, turn.reply_id or 0))


def is_left(connection: sa.Connection, found: Reply) -> bool:
    """Say whether whoever wrote gets no letters any more."""
    keys = [found.address]
    if found.contact_id is not None:
        query = sa.select(contact.c.address_key).where(contact.c.id == found.contact_id)
        keys += [key for key in connection.execute(query).scalars() if key]
    return bool(suppressed_keys(connection, keys))


def stop_letters(workspace: Workspace, reply_id: int, *, actor: str, now: datetime) -> None:
    """Do what an answer asks for: withdraw its writer's consents, and suppress their address.

    Raises:
        NotFoundError: there is no such answer.
    """
    with workspace.database.begin() as connection:
        found = find_reply(connection, reply_id)
        about = connection.execute(
            sa.select(message)
            .join(reply, reply.c.message_id == message.c.id)
            .where(reply.c.id == reply_id)
        ).first()
        if about is not None:
            withdraw(connection, about, source=SOURCE, actor=actor, now=now)
        if found.address:
            suppress(
                connection, found.address, reason=SuppressionReason.UNSUBSCRIBED, source=SOURCE,
                actor=actor, now=now,
            )  # fmt: skip
    mark_seen(workspace, [reply_id], now=now)


_UNREAD = (reply.c.seen_at.is_(None), reply.c.kind.in_(WANTS_READING))


def _replies() -> sa.Select[Any]:
    return (
        sa.select(
            reply, campaign.c.name.label("campaign"), contact.c.given_name, contact.c.family_name,
            contact.c.language, contact.c.city, rollup.c.orders, rollup.c.revenue_minor,
            rollup.c.currency, rollup.c.last_order_at,
        )
        .select_from(reply)
        .outerjoin(message, message.c.id == reply.c.message_id)
        .outerjoin(campaign, campaign.c.id == message.c.campaign_id)
        .outerjoin(contact, contact.c.id == reply.c.contact_id)
        .outerjoin(rollup, rollup.c.contact_id == reply.c.contact_id)
    )  # fmt: skip


def _reply(row: sa.Row[Any]) -> Reply:
    known = " ".join(part for part in (row.given_name, row.family_name) if part)
    return Reply(
        reply_id=row.id, kind=ReplyKind(row.kind), contact_id=row.contact_id,
        campaign=row.campaign, name=known or row.name, address=row.address_key,
        subject=row.subject, text=row.text, full_text=row.full_text,
        attachments=row.attachments, at=row.at, seen_at=row.seen_at, language=row.language,
        city=row.city, orders=row.orders or 0, revenue_minor=row.revenue_minor or 0,
        currency=row.currency, last_order_at=row.last_order_at,
    )  # fmt: skip

"""A reader says: no more. Obeyed at once, for every purpose, however often it is said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from campaigns.delivery.heard import tallies
from campaigns.errors import NotFoundError
from campaigns.model.language import Language
from campaigns.model.permission import Purpose
from campaigns.model.states import EventKind
from campaigns.store.consents import Proof, add_consent, latest_of
from campaigns.store.suppressions import SuppressionReason, suppress
from campaigns.store.tables import consent, event, message
from campaigns.store.workspace import Workspace

RECIPIENT = "recipient"
"""The actor of what a reader does."""
WORDING = "unsubscribe-1"


@dataclass(frozen=True, slots=True)
class Who:
    """Enough to show a reader whose letters end: not enough to tell a stranger who it is."""

    language: Language
    address: str
    """Masked: ``a•••@example.am``."""


def who(connection: sa.Connection, token: str) -> Who:
    """Return whom the message of ``token`` was written to.

    Raises:
        NotFoundError: there is no such message.
    """
    row = message_of(connection, token)
    return Who(Language(row.language), masked(row.address))


def masked(address: str) -> str:
    """Return an address of which its owner knows that it is theirs.

    >>> masked("ani@example.am")
    'a•••@example.am'
    """
    local, _, domain = address.rpartition("@")
    return f"{local[:1]}•••@{domain}"


def unsubscribe(workspace: Workspace, token: str, *, source: str, now: datetime) -> None:
    """Withdraw every consent of the reader of a message and suppress its address.

    A letter to them that is still waiting is left out by the check before it would be sent.

    Args:
        workspace: where the rows lie.
        token: of the message that the link stood in.
        source: how they said it: ``page``, ``one-click``.
        now: the present moment.

    Raises:
        NotFoundError: there is no such message.
    """
    with workspace.database.begin() as connection:
        row = message_of(connection, token)
        withdraw(connection, row, source=source, actor=RECIPIENT, now=now)
        _remember(connection, row, source, now)


def withdraw(
    connection: sa.Connection,
    row: sa.Row[Any],
    *,
    source: str,
    actor: str,
    now: datetime,
    reason: SuppressionReason = SuppressionReason.UNSUBSCRIBED,
) -> bool:
    """Withdraw the consents in force of the contact of message ``row``; suppress its address.

    Say whether the address was not suppressed before.
    """
    proof = Proof(WORDING, row.language, "web", now, source, f"message {row.token}")
    end_consents(connection, row.contact_id, proof, actor=actor, now=now)
    return suppress(
        connection, row.address_key, reason=reason, source=source, actor=actor, now=now
    )  # fmt: skip


def end_consents(
    connection: sa.Connection, contact_id: int, proof: Proof, *, actor: str, now: datetime
) -> None:
    """Withdraw every consent of a contact that is in force."""
    for purpose in Purpose:
        if agreed(connection, contact_id, purpose):
            add_consent(
                connection, contact_id, purpose, given=False, proof=proof, actor=actor, now=now
            )


def message_of(connection: sa.Connection, token: str) -> sa.Row[Any]:
    """Return the row of a message, which nobody else changes until this transaction ends.

    Raises:
        NotFoundError: there is no such message.
    """
    found = connection.execute(
        sa.select(message).where(message.c.token == token).with_for_update()
    ).first()
    if found is None:
        raise NotFoundError("not_found", kind="message", name=token)
    return found


def agreed(connection: sa.Connection, contact_id: int, purpose: Purpose) -> bool:
    """Say whether the newest consent of a contact is a yes."""
    query = sa.select(consent.c.given).where(
        consent.c.id == latest_of(sa.literal(contact_id), purpose)
    )
    return bool(connection.execute(query).scalar())


def _remember(connection: sa.Connection, row: sa.Row[Any], source: str, now: datetime) -> None:
    """Count the first time as an event of the message's campaign."""
    known = connection.execute(
        sa.select(event.c.id).where(
            event.c.message_id == row.id, event.c.kind == EventKind.UNSUBSCRIBED
        )
    ).first()
    if known:
        return
    connection.execute(
        event.insert().values(
            provider="web", provider_event_id=f"unsubscribe:{row.token}", message_id=row.id,
            kind=EventKind.UNSUBSCRIBED, at=now, received_at=now, raw={"source": source},
        )
    )  # fmt: skip
    tallies.hear(connection, row, EventKind.UNSUBSCRIBED, now=now)

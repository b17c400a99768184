"""What a provider reports after a request: kept as it came, understood later, in any order.

A body is stored before the provider is answered, so that nothing said is lost. Each event counts
once by its id. It settles messages whose outcome nobody knew, and a complaint, a permanent bounce
or an unsubscription ends all mail to the address in the same transaction.
"""

from __future__ import annotations

import base64
import logging
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_der_public_key
from sqlalchemy.dialects import postgresql, sqlite

from campaigns.delivery import evidence, sendgrid_events, settling
from campaigns.delivery.batches import lock
from campaigns.delivery.evidence import MIXED, QUEUED, TAKEN, VOID
from campaigns.delivery.sendgrid_events import ProviderEvent
from campaigns.delivery.transports import Fate, problem
from campaigns.delivery.unsubscribe import withdraw
from campaigns.errors import InputError
from campaigns.model.states import EventKind, MessageState
from campaigns.store.suppressions import SuppressionReason, address_key, suppress
from campaigns.store.tables import attempt, event, message, webhook_body
from campaigns.store.workspace import Workspace

log = logging.getLogger(__name__)

PART = 500
"""Events looked up at once."""
ACCEPTED = MessageState.ACCEPTED
OPEN = frozenset({MessageState.PENDING, MessageState.IN_FLIGHT, MessageState.UNKNOWN})
SETTLED_SIMPLY = OPEN | {ACCEPTED}
"""States in which what an event of the message's own attempt proves can be said at once."""
UNWANTED = frozenset({SuppressionReason.UNSUBSCRIBED, SuppressionReason.COMPLAINED})
"""What a person, and not their mailbox, said: it ends the consent too, whatever the address."""
WITHOUT_IDS = frozenset({EventKind.BOUNCED, EventKind.COMPLAINED, EventKind.UNSUBSCRIBED})
"""Kinds that are believed to be about our newest letter to an address. Of any other kind the
account's other mail (a web shop's receipts, say) may be meant."""


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What came of the bodies that waited."""

    bodies: int
    unreadable: int
    new: int
    """Events that were not known before."""
    settled: int
    """Messages whose state an event changed."""
    suppressed: int


def verify_sendgrid(public_key: str, signature: str, timestamp: str, body: bytes) -> bool:
    """Say whether SendGrid signed exactly these bytes; whatever is wrong, the answer is no.

    ECDSA over SHA-256 of timestamp and raw body; key (SPKI) and signature (DER) in base64. No age
    is checked: SendGrid repeats a post for 24 hours, and each event counts once anyway.
    """
    try:
        key = load_der_public_key(base64.b64decode(public_key, validate=True))
        if not isinstance(key, ec.EllipticCurvePublicKey):
            return False
        signed = timestamp.encode("ascii") + body
        key.verify(base64.b64decode(signature, validate=True), signed, ec.ECDSA(hashes.SHA256()))
    except (InvalidSignature, UnsupportedAlgorithm, ValueError, TypeError, AttributeError):
        return False
    return True


def keep_body(workspace: Workspace, provider: str, body: bytes, *, now: datetime) -> int:
    """Store what a provider posted; return its id. To be done before the provider is answered."""
    with workspace.database.begin() as connection:
        body_id: int = connection.execute(
            webhook_body.insert()
            .values(provider=provider, received_at=now, body=body)
            .returning(webhook_body.c.id)
        ).scalar_one()
    return body_id


def ingest_file(workspace: Workspace, path: Path, *, now: datetime) -> IngestReport:
    """Take in events from a file on the webhook's own way.

    Raises:
        InputError: the file cannot be read, or holds no events.
    """
    try:
        body = path.read_bytes()
    except OSError as cause:
        raise InputError("events.unreadable") from cause
    sendgrid_events.read_events(body, now)
    keep_body(workspace, sendgrid_events.PROVIDER, body, now=now)
    return ingest(workspace, now=now)


def ingest(workspace: Workspace, *, now: datetime) -> IngestReport:
    """Take in every body that waits, each in its own transaction; return what came of them."""
    total: Counter[str] = Counter()
    with workspace.database.read() as connection:
        waiting: list[int] = list(connection.execute(_waiting()).scalars())
    for body_id in waiting:
        try:
            with workspace.database.begin() as connection:
                total.update(_take_in(connection, body_id, now))
        except sa.exc.SQLAlchemyError:
            raise  # the database may do better next time
        except Exception as error:  # noqa: BLE001 - or one body would keep all later ones waiting
            log.error("webhook body=%s cannot be understood: %s", body_id, type(error).__name__)
            total.update(_set_aside(workspace, body_id, now))
    return IngestReport(
        bodies=total["bodies"], unreadable=total["unreadable"], new=total["new"],
        settled=total["settled"], suppressed=total["suppressed"],
    )  # fmt: skip


def _set_aside(workspace: Workspace, body_id: int, now: datetime) -> dict[str, int]:
    with workspace.database.begin() as connection:
        _done_with(connection, body_id, problem("events.unreadable"), now)
    return {"bodies": 1, "unreadable": 1}


def _done_with(
    connection: sa.Connection, body_id: int, error: Mapping[str, Any] | None, now: datetime
) -> None:
    connection.execute(
        webhook_body.update()
        .where(webhook_body.c.id == body_id)
        .values(ingested_at=now, error=error)
    )


def bodies_waiting(connection: sa.Connection) -> bool:
    """Say whether there is anything to take in."""
    return connection.execute(_waiting().limit(1)).first() is not None


def _waiting() -> sa.Select[Any]:
    return (
        sa.select(webhook_body.c.id)
        .where(webhook_body.c.ingested_at.is_(None))
        .order_by(webhook_body.c.id)
    )


def _take_in(connection: sa.Connection, body_id: int, now: datetime) -> dict[str, int]:
    row = connection.execute(
        sa.select(webhook_body)
        .where(webhook_body.c.id == body_id, webhook_body.c.ingested_at.is_(None))
        .with_for_update(skip_locked=True)
    ).first()
    if row is None:  # another process has it
        return {}
    counts: Mapping[str, int] = {}
    error = None
    try:
        found = sendgrid_events.read_events(row.body, row.received_at)
    except InputError as cause:
        error = problem(cause.code)
    else:
        counts = _apply_all(connection, row.provider, found, row.received_at)
    _done_with(connection, body_id, error, now)
    return {"bodies": 1, "unreadable": int(error is not None), **counts}


def _apply_all(
    connection: sa.Connection, provider: str, found: Sequence[ProviderEvent], received_at: datetime
) -> Counter[str]:
    told = list({one.event_id: one for one in found}.values())
    parts = [told[start : start + PART] for start in range(0, len(told), PART)]
    touched = [row.batch_id for part in parts for row in _messages(connection, part).values()]
    for batch_id in sorted(set(touched)):
        lock(connection, batch_id)
    about = [_messages(connection, part) for part in parts]  # as they are now that nobody writes
    counts: Counter[str] = Counter()
    for part, rows in zip(parts, about, strict=True):
        fresh = _store(connection, provider, part, rows, received_at)
        counts.update(_apply(connection, fresh, rows, provider, received_at))
    return counts


def _apply(
    connection: sa.Connection,
    fresh: Sequence[ProviderEvent],
    rows: Mapping[str, sa.Row[Any]],
    provider: str,
    now: datetime,
) -> dict[str, int]:
    attempts = _attempts(connection, fresh)
    changes = _changes(fresh, rows, attempts)
    settling.settle(connection, changes)
    evidence.weigh(connection, _of_several(fresh, rows, changes))
    _follow_newest(connection, {rows[one.event_id].id for one in fresh if one.event_id in rows})
    suppressed = [
        _suppress(connection, one, rows.get(one.event_id), provider, now)
        for one in fresh
        if one.suppression
    ]
    return {"new": len(fresh), "settled": len(changes), "suppressed": sum(suppressed)}


def _messages(connection: sa.Connection, part: Sequence[ProviderEvent]) -> dict[str, sa.Row[Any]]:
    """Return what each event is about: event id → message row, by token or else by address."""
    tokens = {one.token for one in part if one.token}
    by_token = {row.token: row for row in _select(connection, message.c.token.in_(tokens))}
    keys = {key for one in part if _is_by_address(one) and (key := _key(one))}
    by_key = {
        row.address_key: row
        for row in _select(connection, message.c.address_key.in_(keys), message.c.state == ACCEPTED)
    }
    found = {
        one.event_id: by_key.get(_key(one)) if _is_by_address(one) else by_token.get(one.token)
        for one in part
    }
    return {event_id: row for event_id, row in found.items() if row is not None}


def _is_by_address(one: ProviderEvent) -> bool:
    return not one.token and one.kind in WITHOUT_IDS


def _select(connection: sa.Connection, *which: sa.ColumnElement[bool]) -> Sequence[sa.Row[Any]]:
    query: sa.Select[Any] = (
        sa.select(*message.c, attempt.c.key.label("attempt_key"))
        .outerjoin(attempt, attempt.c.id == message.c.attempt_id)
        .where(*which)
        .order_by(message.c.id)
    )
    return connection.execute(query).all()


def _key(one: ProviderEvent) -> str | None:
    return address_key(one.address) if one.address and "@" in one.address else None


def _store(
    connection: sa.Connection,
    provider: str,
    part: Sequence[ProviderEvent],
    rows: Mapping[str, sa.Row[Any]],
    received_at: datetime,
) -> list[ProviderEvent]:
    """Insert the events that are not known yet, and return those."""
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    told = [
        {
            "provider": provider, "provider_event_id": one.event_id,
            "message_id": rows[one.event_id].id if one.event_id in rows else None,
            "kind": one.kind, "at": one.at, "received_at": received_at, "raw": one.raw,
        }
        for one in part
    ]  # fmt: skip
    new = insert(event).on_conflict_do_nothing().returning(event.c.provider_event_id)
    fresh = set(connection.execute(new, told).scalars()) if told else set()
    return [one for one in part if one.event_id in fresh]


def _attempts(connection: sa.Connection, fresh: Sequence[ProviderEvent]) -> dict[str, sa.Row[Any]]:
    """Return the attempts among those of the events whose outcome was in doubt, by key."""
    keys = {one.attempt_key for one in fresh if one.attempt_key}
    query: sa.Select[Any] = sa.select(attempt.c.key, attempt.c.outcome).where(
        attempt.c.key.in_(keys), attempt.c.outcome.in_({Fate.UNKNOWN, MIXED, *VOID})
    )
    return {row.key: row for row in connection.execute(query).all()}


def _of_several(
    fresh: Iterable[ProviderEvent], rows: Mapping[str, sa.Row[Any]], changes: Mapping[int, Any]
) -> set[int]:
    """Return the messages of which more than one attempt tells, or may tell."""
    about = [(one, rows[one.event_id]) for one in fresh if one.event_id in rows]
    failed = {number for number, then in changes.items() if then["state"] == MessageState.FAILED}
    return failed | {
        row.id
        for one, row in about
        if one.attempt_key not in (None, row.attempt_key) or row.state not in SETTLED_SIMPLY
    }


def _changes(
    fresh: Iterable[ProviderEvent],
    rows: Mapping[str, sa.Row[Any]],
    attempts: Mapping[str, sa.Row[Any]],
) -> dict[int, dict[str, Any]]:
    """Return what the events make of messages: id → columns."""
    states: dict[int, str] = {row.id: row.state for row in rows.values()}
    changes: dict[int, dict[str, Any]] = {}
    for one in fresh:
        row = rows.get(one.event_id)
        found = attempts.get(one.attempt_key or "")
        if row is None or (found and found.outcome in VOID and one.kind in QUEUED):
            continue
        current = one.attempt_key in (None, row.attempt_key)
        then = settled_state(states[row.id], one.kind, doubtful=found is not None, current=current)
        if then:
            states[row.id] = then
            changes[row.id] = _columns(then, one)
    return changes


def settled_state(
    state: str, kind: EventKind, *, doubtful: bool, current: bool
) -> MessageState | None:
    """Return the state that an event proves for a message in ``state``, or None for the same.

    Args:
        state: of the message.
        kind: what is reported.
        doubtful: of an attempt whose outcome nobody knew. A drop settles a message that waits only
            then: any other is an echo of what was asked before it was made to wait again.
        current: of the message's newest attempt. What an older one proves is weighed with all that
            is known of it (``delivery.evidence``).
    """
    waits = state == MessageState.PENDING
    if kind in TAKEN and state in OPEN:
        return ACCEPTED if current and not waits else None
    if kind is EventKind.DROPPED and state in OPEN | {ACCEPTED}:
        return MessageState.FAILED if (doubtful if waits else current) else None
    return None


def _columns(then: MessageState, one: ProviderEvent) -> dict[str, Any]:
    if then is ACCEPTED:
        return {"state": then, "accepted_at": one.at, "error": None}
    return {"state": then, "error": problem("transport.refused", reason=one.reason)}


def _follow_newest(connection: sa.Connection, message_ids: Collection[int]) -> None:
    """Let ``delivery`` be the newest thing said of each message, whatever came in first."""
    kinds = list(EventKind)
    newest: dict[int, tuple[datetime, int]] = {}
    query = sa.select(event.c.message_id, event.c.at, event.c.kind).where(
        event.c.message_id.in_(message_ids), event.c.kind != EventKind.UNKNOWN
    )
    for row in connection.execute(query):
        said = (row.at, kinds.index(EventKind(row.kind)))
        newest[row.message_id] = max(said, newest.get(row.message_id, said))
    for rank, kind in enumerate(kinds):
        ids = [message_id for message_id, said in newest.items() if said[1] == rank]
        if ids:
            connection.execute(message.update().where(message.c.id.in_(ids)).values(delivery=kind))


def _suppress(
    connection: sa.Connection,
    one: ProviderEvent,
    row: sa.Row[Any] | None,
    provider: str,
    now: datetime,
) -> bool:
    """End all mail to an address; say whether that is new."""
    if row is not None and one.suppression in UNWANTED:
        return withdraw(
            connection, row, source=provider, actor=provider, now=now, reason=one.suppression
        )
    key = row.address_key if row is not None else _key(one)
    if key is None or one.suppression is None:
        return False
    return suppress(
        connection, key, reason=one.suppression, source=provider, actor=provider, now=now
    )

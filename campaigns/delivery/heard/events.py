"""What a provider reports after a request: kept as it came, understood later, in any order.

A body is stored before the provider is answered, so that nothing said is lost. Each event counts
once by its id. It settles messages whose outcome nobody knew, and a complaint, a permanent bounce
or an unsubscription ends all mail to the address in the same transaction (``delivery.heard.event_rows``).
"""

from __future__ import annotations

import base64
import logging
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

import orjson
import sqlalchemy as sa
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_der_public_key

from campaigns.delivery.heard import clicks, event_rows, sendgrid_events
from campaigns.delivery.heard.proofs import settled_state
from campaigns.delivery.heard.sendgrid_events import ProviderEvent
from campaigns.delivery.inbox import dsn
from campaigns.delivery.transports import problem
from campaigns.errors import InputError
from campaigns.store.locks import Lock, wait_for
from campaigns.store.tables import audit, webhook_body
from campaigns.store.workspace import Workspace

__all__ = [
    "Inbox", "IngestReport", "bodies_waiting", "inbox", "ingest", "ingest_file",
    "keep_body", "prune", "settled_state", "verify_sendgrid",
]  # fmt: skip

log = logging.getLogger(__name__)

PART = 5_000
"""Events written at once."""
FILE_BYTES = 2_000_000_000
"""Of a packed file when it is unpacked: some four million events."""
GROUP_BYTES = 1_000_000
"""Bodies that are taken in together, some 3,000 events: a sender waits no longer for its turn."""
GROUP_BODIES = 500
KEPT = timedelta(days=14)
"""How long a body stays that was understood: SendGrid repeats for 24 hours, a person asks for longer."""
KEPT_UNREADABLE = timedelta(days=90)
READERS: Mapping[str, Callable[[bytes, datetime], list[ProviderEvent]]] = {
    sendgrid_events.PROVIDER: sendgrid_events.read_events,
    clicks.PROVIDER: clicks.read_clicks,
    dsn.PROVIDER: dsn.read_events,
}
"""Mails wait beside these: ``delivery.inbox.replies`` understands them, and tells of events here."""


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


@dataclass(frozen=True, slots=True)
class Inbox:
    """What providers posted, as far as it is kept."""

    waiting: int
    """Bodies that were not taken in yet."""
    unreadable: int
    received_at: datetime | None
    """When the newest came in."""
    account: list[tuple[datetime, str]]
    """What a provider did to our account (its own word), the newest first."""


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
    """Take in events from a file on the webhook's own way: a list, or one a line, packed or not.

    Raises:
        InputError: the file cannot be read, or holds no events.
    """
    try:
        body = path.read_bytes()
    except OSError as cause:
        raise InputError("events.unreadable") from cause
    items = sendgrid_events.items_of(sendgrid_events.unpacked(body, limit=FILE_BYTES))
    for start in range(0, max(len(items), 1), PART):
        part = orjson.dumps(items[start : start + PART])
        keep_body(workspace, sendgrid_events.PROVIDER, part, now=now)
    return ingest(workspace, now=now)


def ingest(workspace: Workspace, *, now: datetime) -> IngestReport:
    """Take in every body that waits, some at a time; return what came of them."""
    total: Counter[str] = Counter()
    with workspace.database.read() as connection:
        size = sa.func.length(webhook_body.c.body)
        ours = _waiting(size.label("size")).where(webhook_body.c.provider.in_(READERS))
        waiting = [(row.id, row.size) for row in connection.execute(ours)]
    for group in _groups(waiting):
        total += _ingest_group(workspace, group, now)
    return IngestReport(
        bodies=total["bodies"], unreadable=total["unreadable"], new=total["new"],
        settled=total["settled"], suppressed=total["suppressed"],
    )  # fmt: skip


def _groups(waiting: Sequence[tuple[int, int]]) -> Iterator[list[int]]:
    """Divide bodies into what one transaction takes in."""
    group: list[int] = []
    together = 0
    for body_id, size in waiting:
        if group and (together + size > GROUP_BYTES or len(group) == GROUP_BODIES):
            yield group
            group, together = [], 0
        group.append(body_id)
        together += size
    if group:
        yield group


def _ingest_group(workspace: Workspace, group: Sequence[int], now: datetime) -> Counter[str]:
    """Take bodies in together. When one of them breaks what nobody foresaw, it alone is set aside."""
    try:
        with workspace.database.begin(knows_parents=True) as connection:
            return _take_in(connection, group, now)
    except (sa.exc.OperationalError, sa.exc.InterfaceError):
        raise  # the database may do better next time
    except Exception as error:  # noqa: BLE001 - or one body would keep all later ones waiting
        if len(group) > 1:
            apart = (_ingest_group(workspace, [body_id], now) for body_id in group)
            return sum(apart, Counter())
        log.error("webhook body=%s cannot be understood: %s", group[0], type(error).__name__)
    with workspace.database.begin() as connection:
        _done_with(connection, group, problem("events.unreadable"), now)
    return Counter(bodies=1, unreadable=1)


def _take_in(connection: sa.Connection, group: Sequence[int], now: datetime) -> Counter[str]:
    wait_for(connection, Lock.EVENTS)
    rows = connection.execute(
        sa.select(webhook_body)
        .where(webhook_body.c.id.in_(group), webhook_body.c.ingested_at.is_(None))
        .order_by(webhook_body.c.provider, webhook_body.c.id)
    ).all()
    counts: Counter[str] = Counter(bodies=len(rows))
    unreadable: list[int] = []
    for provider, bodies in groupby(rows, key=lambda row: row.provider):
        found: list[ProviderEvent] = []
        for row in bodies:
            try:
                found += READERS[provider](row.body, row.received_at)
            except InputError:
                unreadable.append(row.id)
        for start in range(0, len(found), PART):
            counts += event_rows.apply(connection, provider, found[start : start + PART])
    _done_with(connection, [row.id for row in rows if row.id not in set(unreadable)], None, now)
    _done_with(connection, unreadable, problem("events.unreadable"), now)
    return counts + Counter(unreadable=len(unreadable))


def _done_with(
    connection: sa.Connection,
    body_ids: Sequence[int],
    error: Mapping[str, Any] | None,
    now: datetime,
) -> None:
    connection.execute(
        webhook_body.update()
        .where(webhook_body.c.id.in_(body_ids))
        .values(ingested_at=now, error=error)
    )


def bodies_waiting(connection: sa.Connection) -> bool:
    """Say whether there is anything to take in."""
    return connection.execute(_waiting().limit(1)).first() is not None


def _waiting(*more: sa.ColumnElement[Any]) -> sa.Select[Any]:
    return (
        sa.select(webhook_body.c.id, *more)
        .where(webhook_body.c.ingested_at.is_(None))
        .order_by(webhook_body.c.id)
    )


def prune(workspace: Workspace, *, now: datetime) -> int:
    """Delete bodies that were understood long ago; return how many. What they told stays."""
    old = webhook_body.c.ingested_at < now - KEPT
    oldest = webhook_body.c.ingested_at < now - KEPT_UNREADABLE
    with workspace.database.begin() as connection:
        return connection.execute(
            webhook_body.delete().where(old, sa.or_(webhook_body.c.error.is_(None), oldest))
        ).rowcount


def inbox(connection: sa.Connection) -> Inbox:
    """Return what providers posted, and what of it nobody can read."""
    waiting = webhook_body.c.ingested_at.is_(None)
    unreadable = webhook_body.c.error.is_not(None)
    row = connection.execute(
        sa.select(
            sa.func.count().filter(waiting).label("waiting"),
            sa.func.count().filter(unreadable).label("unreadable"),
            sa.func.max(webhook_body.c.received_at).label("received_at"),
        )
    ).one()
    told = connection.execute(
        sa.select(audit.c.at, audit.c.facts)
        .where(audit.c.verb == event_rows.ACCOUNT_STATUS)
        .order_by(audit.c.at.desc())
        .limit(20)
    ).all()
    account = [(one.at, str(one.facts["status"])) for one in told]
    return Inbox(row.waiting, row.unreadable, row.received_at, account)

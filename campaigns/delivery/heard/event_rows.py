"""What reported events make of our rows, thousands of events at once, in one transaction.

The caller sees to it that one transaction at a time does this (``delivery.heard.events``). Locks are
taken in the order of all sending: batches, then their messages, tallies last. Batches are locked
only where an event may settle a message: the sender no longer writes those that were accepted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import polars as pl
import sqlalchemy as sa

from campaigns.delivery.heard import evidence, reachability, tallies
from campaigns.delivery.heard.engagement import Engagement, engaged
from campaigns.delivery.heard.proofs import ACCEPTED, attempts_in_doubt, changes_of, of_several
from campaigns.delivery.heard.sendgrid_events import ProviderEvent
from campaigns.delivery.unsettled import settling
from campaigns.delivery.unsubscribe import withdraw
from campaigns.model.states import EventKind
from campaigns.store import bulk
from campaigns.store.journal import record
from campaigns.store.suppressions import SuppressionReason, address_key, suppress
from campaigns.store.tables import attempt, batch, contact, event, former_key, message, trial

UNWANTED = frozenset({SuppressionReason.UNSUBSCRIBED, SuppressionReason.COMPLAINED})
"""What a person, and not their mailbox, said: it ends the consent too, whatever the address."""
WITHOUT_IDS = frozenset({EventKind.BOUNCED, EventKind.COMPLAINED, EventKind.UNSUBSCRIBED})
"""Kinds that are believed to be about our newest letter to an address. Of any other kind the
account's other mail (a web shop's receipts, say) may be meant."""
ACCOUNT_STATUS = "account.status"
"""Verb of what a provider does to our account."""
_RANK = {kind: rank for rank, kind in enumerate(EventKind)}
_COLUMNS = (
    message.c.id, message.c.campaign_id, message.c.contact_id, message.c.batch_id, message.c.token,
    message.c.address_key, message.c.language, message.c.state, message.c.delivery,
    message.c.heard, message.c.heard_at, attempt.c.key.label("attempt_key"),
)  # fmt: skip

Rows = Mapping[str, sa.Row[Any]]
"""Id of an event → the message that it is about."""


def apply(connection: sa.Connection, provider: str, found: Iterable[ProviderEvent]) -> Counter[str]:
    """Write what events say; return how many were ``new``, ``settled`` and ``suppressed``."""
    told = list({one.event_id: one for one in found}.values())
    rows = _messages(connection, told)
    _lock(connection, told, rows)
    rows = _messages(connection, told)  # as they are now that nobody writes
    known = _known(connection, provider, told)
    fresh = [one for one in told if one.event_id not in known]
    about = {one.event_id: rows[one.event_id] for one in fresh if one.event_id in rows}
    seen = engaged(connection, fresh, about)
    _insert(connection, provider, fresh, about, seen)
    changes = changes_of(fresh, about, attempts_in_doubt(connection, fresh))
    settling.settle(connection, changes)
    evidence.weigh(connection, of_several(fresh, about, changes))
    _hear(connection, fresh, about, seen)
    _hear_trials(connection, [one for one in fresh if one.token and one.event_id not in rows])
    _tell_of_account(connection, provider, fresh)
    ended = [_end(connection, one, about.get(one.event_id), provider) for one in fresh
             if one.suppression]  # fmt: skip
    blocked = {about[one.event_id].contact_id: one.received_at for one in fresh
               if one.kind is EventKind.BLOCKED and one.event_id in about}  # fmt: skip
    unreachable = reachability.give_up(connection, blocked, actor=provider)
    return Counter(new=len(fresh), settled=len(changes), suppressed=sum(ended) + unreachable)


def _messages(connection: sa.Connection, told: Sequence[ProviderEvent]) -> dict[str, sa.Row[Any]]:
    """Return what each event is about: event id → message row, by token or else by address."""
    tokens = {one.token for one in told if one.token}
    by_token = {row.token: row for row in _by_token(connection, tokens)}
    by_key = _by_address(connection, {_key(one) for one in told if _is_by_address(one)})
    found = {
        one.event_id: by_key.get(_key(one)) if _is_by_address(one) else by_token.get(one.token)
        for one in told
    }
    return {event_id: row for event_id, row in found.items() if row is not None}


def _is_by_address(one: ProviderEvent) -> bool:
    return not one.token and one.kind in WITHOUT_IDS


def _key(one: ProviderEvent) -> str | None:
    return address_key(one.address) if one.address and "@" in one.address else None


def _by_token(connection: sa.Connection, tokens: Collection[str]) -> Sequence[sa.Row[Any]]:
    return _select(connection, _among(connection, message.c.token, tokens)) if tokens else []


def _by_address(
    connection: sa.Connection, keys: Collection[str | None]
) -> dict[str | None, sa.Row[Any]]:
    """Return the newest accepted message to each address. Messages are found by their readers,
    whose addresses, former ones too, have an index; those of messages have none.
    """
    asked = {key for key in keys if key}
    if not asked:
        return {}
    now = sa.select(contact.c.id).where(_among(connection, contact.c.address_key, asked))
    before = sa.select(former_key.c.contact_id).where(
        former_key.c.kind == "address_key", _among(connection, former_key.c.key, asked)
    )
    readers = message.c.contact_id.in_(now.union(before))
    found = _select(connection, readers, message.c.state == ACCEPTED)
    return {row.address_key: row for row in found if row.address_key in asked}


def _select(connection: sa.Connection, *which: sa.ColumnElement[bool]) -> Sequence[sa.Row[Any]]:
    query: sa.Select[Any] = (
        sa.select(*_COLUMNS)
        .outerjoin(attempt, attempt.c.id == message.c.attempt_id)
        .where(*which)
        .order_by(message.c.id)
    )
    return connection.execute(query).all()


def _among(
    connection: sa.Connection, column: sa.Column[Any], values: Collection[str]
) -> sa.ColumnElement[bool]:
    return bulk.among(connection, [column], pl.DataFrame({column.name: sorted(values)}))


def _lock(connection: sa.Connection, told: Sequence[ProviderEvent], rows: Rows) -> None:
    """Lock the messages, and before them the batches of those that an event may settle."""
    touched = {
        rows[one.event_id].batch_id
        for one in told
        if one.event_id in rows
        and (rows[one.event_id].state != ACCEPTED or one.kind is EventKind.DROPPED)
    }
    if touched:
        ids = pl.DataFrame({"id": sorted(touched)}, schema={"id": pl.Int64})
        connection.execute(
            sa.select(batch.c.id)
            .where(bulk.among(connection, [batch.c.id], ids))
            .order_by(batch.c.id)
            .with_for_update()
        ).all()
    messages = pl.DataFrame({"id": sorted({row.id for row in rows.values()})}, {"id": pl.Int64})
    if connection.dialect.name == "postgresql":  # a reader may be leaving at this very moment
        connection.execute(
            sa.select(message.c.id)
            .where(bulk.among(connection, [message.c.id], messages))
            .order_by(message.c.id)
            .with_for_update()
        ).all()


def _known(connection: sa.Connection, provider: str, told: Sequence[ProviderEvent]) -> set[str]:
    """Return the ids of those events that were heard before."""
    if not told:
        return set()
    query = sa.select(event.c.provider_event_id).where(
        event.c.provider == provider,
        _among(connection, event.c.provider_event_id, [one.event_id for one in told]),
    )
    return set(connection.execute(query).scalars())


def _insert(
    connection: sa.Connection,
    provider: str,
    fresh: Sequence[ProviderEvent],
    about: Rows,
    seen: Engagement,
) -> None:
    ids = [about[one.event_id].id if one.event_id in about else None for one in fresh]
    frame = pl.DataFrame(
        {
            "provider_event_id": [one.event_id for one in fresh],
            "message_id": ids,
            "kind": [str(one.kind) for one in fresh],
            "at": [one.at for one in fresh],
            "received_at": [one.received_at for one in fresh],
            "raw": [one.raw for one in fresh],
            "machine": [_text(seen.machines.get(one.event_id, one.machine)) for one in fresh],
            "link": [one.link for one in fresh],
        },
        schema={
            "provider_event_id": pl.String, "message_id": pl.Int64, "kind": pl.String,
            "at": pl.Datetime("us", "UTC"), "received_at": pl.Datetime("us", "UTC"),
            "raw": pl.String, "machine": pl.String, "link": pl.Int64,
        },
    )  # fmt: skip
    bulk.insert(connection, event, frame, provider=provider)


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _hear(
    connection: sa.Connection, fresh: Iterable[ProviderEvent], about: Rows, seen: Engagement
) -> None:
    """Bring each message to what was ever said of it, and its newest, and the tallies with them."""
    bits: dict[int, int] = {}
    newest: dict[int, tuple[datetime, int]] = {}
    rows: dict[int, sa.Row[Any]] = {}
    for one in fresh:
        row = about.get(one.event_id)
        if row is None or one.kind is EventKind.UNKNOWN:
            continue
        rows[row.id] = row
        said = (one.at, _RANK[one.kind])
        newest[row.id] = max(said, newest.get(row.id) or _newest(row) or said)
        before = bits.get(row.id, row.heard)
        bits[row.id] = before | tallies.bits_of(one.kind, one.machine, one.classification)
    for message_id, engaged_bits in seen.bits.items():
        bits[message_id] = bits[message_id] & ~tallies.ENGAGED | engaged_bits
    _write(connection, bits, newest)
    moves = Counter((row.campaign_id, row.heard, bits[number]) for number, row in rows.items())
    tallies.add(connection, tallies.differences(moves))


def _newest(row: sa.Row[Any]) -> tuple[datetime, int] | None:
    if row.heard_at is None:
        return None
    return row.heard_at, _RANK[EventKind(row.delivery)] if row.delivery else -1


def _write(
    connection: sa.Connection, bits: Mapping[int, int], newest: Mapping[int, tuple[datetime, int]]
) -> None:
    kinds = list(EventKind)
    ids = sorted(bits)
    frame = pl.DataFrame(
        {
            "id": ids, "heard": [bits[one] for one in ids],
            "heard_at": [newest[one][0] for one in ids],
            "delivery": [
                str(kinds[newest[one][1]]) if newest[one][1] >= 0 else None for one in ids
            ],
        },
        schema={"id": pl.Int64, "heard": pl.Int64, "heard_at": pl.Datetime("us", "UTC"),
                "delivery": pl.String},
    )  # fmt: skip
    bulk.update(connection, message, frame)


def _hear_trials(connection: sa.Connection, others: Sequence[ProviderEvent]) -> None:
    """Note of letters that a marketer sent to themselves that an event about them came in."""
    heard = {one.token: one.received_at for one in others if one.token}
    if not heard:
        return
    waiting = sa.select(trial.c.token).where(
        _among(connection, trial.c.token, heard), trial.c.heard_at.is_(None)
    )
    for token in connection.execute(waiting).scalars().all():
        connection.execute(
            trial.update().where(trial.c.token == token).values(heard_at=heard[token])
        )


def _tell_of_account(
    connection: sa.Connection, provider: str, fresh: Iterable[ProviderEvent]
) -> None:
    """Write what the provider does to our account where a person finds it."""
    for one in fresh:
        if one.account:
            record(
                connection, actor=provider, verb=ACCOUNT_STATUS, subject=f"provider:{provider}",
                now=one.received_at, status=one.account,
            )  # fmt: skip


def _end(
    connection: sa.Connection, one: ProviderEvent, row: sa.Row[Any] | None, provider: str
) -> bool:
    """End all mail to an address; say whether that is new."""
    if row is not None and one.suppression in UNWANTED:
        return withdraw(
            connection, row, source=provider, actor=provider, now=one.received_at,
            reason=one.suppression,
        )  # fmt: skip
    key = row.address_key if row is not None else _key(one)
    if key is None or one.suppression is None:
        return False
    return suppress(
        connection, key, reason=one.suppression, source=provider, actor=provider,
        now=one.received_at,
    )  # fmt: skip

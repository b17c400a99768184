"""The rows of sending: who may write a batch, what was asked, what came of it.

    ready → claimed → (intent) in_flight → (result) → the same batch again, or its end

A batch is sent in one request or several; each request is one attempt. The intent is committed
before the call, the result after it. A process that dies in between leaves messages that nobody
knows the fate of: ``sweep`` calls them unknown, and only a provider's event or a person moves
them on. Every change of a batch names the owner and the attempt it believes in, so a process that
slept through its lease changes nothing. Locks are taken in one order: batch, then its messages.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import polars as pl
import sqlalchemy as sa

from campaigns.delivery import permission
from campaigns.delivery.batches import (
    Claim,
    add_accepted,
    held,
    leave,
    lock,
    recount,
    rest,
    resting_state,
)
from campaigns.delivery.course import cancel_left_behind, finish, reopen
from campaigns.delivery.heard import evidence
from campaigns.delivery.transports import Fate, Outcome, Request, Verdict, count_accepted
from campaigns.model.permission import Purpose
from campaigns.model.states import BatchState, CampaignState, MessageState
from campaigns.store import bulk
from campaigns.store.database import utc_of_database
from campaigns.store.tables import attempt, batch, campaign, message
from campaigns.store.workspace import Workspace

UNSETTLED = (MessageState.IN_FLIGHT, MessageState.UNKNOWN)
PATIENCE = 6
"""Times that one addressee's "not now" is asked again before it counts as a refusal."""


class Fenced(Exception):
    """The batch is no longer ours, or its campaign no longer runs: make no call."""


@dataclass(frozen=True, slots=True)
class Intent:
    """A call that is about to be made: what is left of the request after the last check."""

    attempt_id: int | None
    """None when nobody is left in the request: there is no call to make."""
    claim: Claim
    request: Request
    is_whole: bool = False
    """Nobody left the request: what its batch says of its size is still true."""


@dataclass(frozen=True, slots=True)
class Sweep:
    """What a sweep repaired, in batches."""

    given_back: int
    unknown: int


def intend(
    connection: sa.Connection,
    mine: Claim,
    request: Request,
    purpose: Purpose,
    *,
    key: str,
    now: datetime,
    lease_s: float,
    digest: str = "",
) -> Intent:
    """Write that ``request`` is about to be asked for.

    In this very transaction everybody's consent, suppression and address are looked at again; who may not
    be written to leaves the request and joins those left out. ``digest`` is that of the whole request:
    who works it out beforehand keeps others waiting for a shorter time.

    Raises:
        Fenced: the claim is lost, or the campaign does not run.
    """
    moment = utc_of_database(connection, now)
    _take_off(connection, mine, moment + timedelta(seconds=lease_s))
    kept = request
    if not permission.holds_for_all(connection, request, purpose):
        kept = permission.check_again(connection, request, purpose)
    if kept.count:
        kept = permission.within_limits(connection, kept, moment)
    if not kept.count:
        return Intent(None, mine, kept)
    attempt_id: int = connection.execute(
        attempt.insert()
        .values(
            batch_id=mine.batch_id, number=mine.attempt, key=key, owner=mine.owner,
            request_hash=(kept is request and digest) or kept.digest(key), recipients=kept.count, intent_at=moment,
            recall_id=kept.manner.recall_id or None, send_at=kept.manner.send_at,
        )
        .returning(attempt.c.id)
    ).scalar_one()  # fmt: skip
    dialect = connection.dialect.name
    ids = bulk.named(dialect, kept.people["message_id"])
    connection.execute(_in_flight(dialect), {"ids": ids, "attempt": attempt_id})
    return Intent(attempt_id, mine, kept, is_whole=kept.count == request.count)


@functools.cache
def _in_flight(dialect: str) -> sa.Update:
    return (
        message.update()
        .where(bulk.among_named(dialect, message.c.id, "ids"))
        .values(state=MessageState.IN_FLIGHT, attempt_id=sa.bindparam("attempt"))
    )


def conclude(
    connection: sa.Connection, intent: Intent, outcome: Outcome, *, now: datetime, lease_s: float
) -> Claim | None:
    """Write what came of a call; return the claim to go on with, or None when the batch is left.

    A result that comes after the lease still tells the truth about its own messages: it may turn
    unknown into accepted, and it counts for letters that were made to wait again, too. It then
    moves no batch that somebody else has. Of a recalled attempt it tells nothing any more.
    """
    moment = utc_of_database(connection, now)
    row = lock(connection, intent.claim.batch_id)
    written = _write_verdicts(connection, intent, outcome, moment)
    connection.execute(
        attempt.update()
        .where(attempt.c.id == intent.attempt_id, is_not_void())
        .values(
            outcome=summary(outcome), http_status=outcome.http_status,
            provider_id=outcome.provider_id, result_at=moment, error=outcome.error,
        )
    )  # fmt: skip
    ours = (row.state, row.owner, row.attempt) == (
        BatchState.IN_FLIGHT, intent.claim.owner, intent.claim.attempt,
    )  # fmt: skip
    if ours and intent.is_whole and written == count_accepted(outcome) == intent.request.count:
        counts = add_accepted(connection, row, written)
    else:
        _write_late(connection, intent, outcome, moment)
        counts = recount(connection, row.id)
    if not ours:
        rest(connection, row, counts)
        if counts[MessageState.PENDING]:
            reopen(connection, row.campaign_id, now=moment)
        return None
    if not counts[MessageState.PENDING] or outcome.later or outcome.halt:
        leave(connection, row.id, resting_state(counts))
        return None
    return _go_on(connection, intent.claim, moment + timedelta(seconds=lease_s))


def sweep(workspace: Workspace, now: datetime) -> Sweep:
    """Repair what dead processes left. Any number of processes may do it at once.

    Claimed and expired: no call was made, so the batch is ready. In flight and expired: nobody
    knows, so its messages are unknown, and nothing here ever asks for them again.
    """
    with workspace.database.begin() as connection:
        moment = utc_of_database(connection, now)
        given_back = _free_claimed(connection, moment)
        lost = _expired(connection, BatchState.IN_FLIGHT, moment)
        for batch_id in lost:
            _give_up(connection, batch_id, moment)
        cancel_left_behind(connection)
        finish(connection, now=moment)
        return Sweep(given_back, len(lost))


def _free_claimed(connection: sa.Connection, moment: datetime) -> int:
    expired = _expired(connection, BatchState.CLAIMED, moment)
    for batch_id in expired:
        leave(connection, batch_id, BatchState.READY)
    return len(expired)


def _expired(connection: sa.Connection, state: BatchState, moment: datetime) -> list[int]:
    """Lock and return the batches whose lease is over. What somebody else holds waits for a later sweep."""
    query = (
        sa.select(batch.c.id)
        .where(batch.c.state == state, batch.c.lease_until < moment)
        .order_by(batch.c.id)
        .with_for_update(skip_locked=True)
    )
    return list(connection.execute(query).scalars())


def summary(outcome: Outcome) -> str | None:
    """Return one word for an attempt: the fate all shared, or ``mixed``."""
    fates = {verdict.fate for verdict in outcome.verdicts}
    return None if not fates else fates.pop() if len(fates) == 1 else evidence.MIXED


def _take_off(connection: sa.Connection, mine: Claim, lease_until: datetime) -> None:
    told = {"mine": mine.batch_id, "holder": mine.owner, "fence": mine.attempt,
            "campaign": mine.campaign_id, "until": lease_until}  # fmt: skip
    if connection.execute(_taking_off(), told).rowcount != 1:
        raise Fenced


@functools.cache
def _taking_off() -> sa.Update:
    """Return the statement of ``_take_off``: to build it costs as much as to execute it."""
    running = sa.exists().where(
        campaign.c.id == sa.bindparam("campaign"), campaign.c.state == CampaignState.RUNNING
    )
    return (
        batch.update()
        .where(
            batch.c.id == sa.bindparam("mine"), batch.c.state == BatchState.CLAIMED,
            batch.c.owner == sa.bindparam("holder"), batch.c.attempt == sa.bindparam("fence"),
            running,
        )
        .values(state=BatchState.IN_FLIGHT, lease_until=sa.bindparam("until"))
    )  # fmt: skip


def _write_verdicts(
    connection: sa.Connection, intent: Intent, outcome: Outcome, moment: datetime
) -> int:
    """Write what became of each message that still waits to hear; return how many these are."""
    written = 0
    people = intent.request.people
    for (verdict, deferrals), rows in _alike(outcome, people["deferrals"]).items():
        if outcome.verdicts[verdict].fate is Fate.ACCEPTED:
            written += _accept(connection, intent, people["message_id"][rows], moment)
            continue
        written += connection.execute(
            message.update()
            .where(
                bulk.among(connection, [message.c.id], people["message_id"][rows].to_frame()),
                message.c.attempt_id == intent.attempt_id,
                message.c.state.in_(UNSETTLED),
            )
            .values(_change(outcome.verdicts[verdict], deferrals))
        ).rowcount
    return written


def _accept(
    connection: sa.Connection, intent: Intent, message_ids: pl.Series, moment: datetime
) -> int:
    dialect = connection.dialect.name
    told = {"ids": bulk.named(dialect, message_ids), "asked": intent.attempt_id, "at": moment}
    return connection.execute(_accepting(dialect), told).rowcount


@functools.cache
def _accepting(dialect: str) -> sa.Update:
    return (
        message.update()
        .where(
            bulk.among_named(dialect, message.c.id, "ids"),
            message.c.attempt_id == sa.bindparam("asked"),
            message.c.state.in_(UNSETTLED),
        )
        .values(state=MessageState.ACCEPTED, accepted_at=sa.bindparam("at"), error=None)
    )


def _write_late(connection: sa.Connection, intent: Intent, outcome: Outcome, now: datetime) -> None:
    """Count what was accepted for the messages that name another attempt by now, or none."""
    taken = [i for i, one in enumerate(outcome.verdicts) if one.fate is Fate.ACCEPTED]
    people = intent.request.people[taken]
    ours = connection.execute(
        sa.select(message.c.id).where(
            bulk.among(connection, [message.c.id], people.select("message_id")),
            message.c.attempt_id == intent.attempt_id,
        )
    ).scalars()
    moved = people.filter(~pl.col("message_id").is_in(list(ours)))
    void = sa.select(attempt.c.id).where(attempt.c.id == intent.attempt_id, ~is_not_void())
    if moved.is_empty() or connection.execute(void).first():
        return
    key: str = connection.execute(
        sa.select(attempt.c.key).where(attempt.c.id == intent.attempt_id)
    ).scalar_one()
    tokens = dict(moved.select("message_id", "token").iter_rows())
    evidence.tell(connection, key, tokens, now=now)
    evidence.weigh(connection, tokens)


def is_not_void() -> sa.ColumnElement[bool]:
    """Return the condition that an attempt was not recalled (``delivery.unsettled.recall``)."""
    return sa.or_(attempt.c.outcome.is_(None), attempt.c.outcome.not_in(evidence.VOID))


def _alike(outcome: Outcome, deferrals: pl.Series) -> Mapping[tuple[int, int], Sequence[int]]:
    """Group addressees by what is to be written of them: place of a verdict, deferrals → rows."""
    if len(set(map(id, outcome.verdicts))) == 1 and (deferrals == deferrals[0]).all():
        return {(0, deferrals[0]): range(len(deferrals))}  # the usual answer
    first: dict[int, int] = {}
    groups: dict[tuple[int, int], list[int]] = {}
    for row, (verdict, before) in enumerate(zip(outcome.verdicts, deferrals, strict=True)):
        same = first.setdefault(id(verdict), row)  # of a thousand addressees most share one object
        groups.setdefault((same, before), []).append(row)
    return groups


def _change(verdict: Verdict, deferrals: int) -> dict[str, Any]:
    """Return what a verdict, not the accepting one, makes of a message that was deferred ``deferrals`` times before."""
    match verdict:
        case Verdict(Fate.UNKNOWN, error):
            return {"state": MessageState.UNKNOWN, "error": error}
        case Verdict(Fate.AGAIN, None):
            return {"state": MessageState.PENDING, "attempt_id": None}
        case Verdict(Fate.AGAIN, error) if deferrals < PATIENCE:
            counted = {**(error or {}), "deferrals": deferrals + 1}
            return {"state": MessageState.PENDING, "attempt_id": None, "error": counted}
        case Verdict(_, error):
            return {"state": MessageState.FAILED, "error": error}


def _go_on(connection: sa.Connection, mine: Claim, lease_until: datetime) -> Claim:
    following = replace(mine, attempt=mine.attempt + 1)
    connection.execute(
        batch.update()
        .where(*held(mine, BatchState.IN_FLIGHT))
        .values(state=BatchState.CLAIMED, attempt=following.attempt, lease_until=lease_until)
    )
    return following


def _give_up(connection: sa.Connection, batch_id: int, moment: datetime) -> None:
    connection.execute(
        message.update()
        .where(message.c.batch_id == batch_id, message.c.state == MessageState.IN_FLIGHT)
        .values(state=MessageState.UNKNOWN)
    )
    connection.execute(
        attempt.update()
        .where(attempt.c.batch_id == batch_id, attempt.c.outcome.is_(None))
        .values(outcome=Fate.UNKNOWN, result_at=moment)
    )
    leave(connection, batch_id, resting_state(recount(connection, batch_id)))

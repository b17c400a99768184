"""Safe mode: a request that SendGrid may be asked to forget before its letters leave.

The request carries a number of its own (``batch_id``) and leaves some time later (``send_at``). When
nobody knows whether it arrived, it is cancelled by its number, and its letters wait again: nobody
gets two by it and nobody is left out. Source of all limits: SendGrid's reference of scheduled sends.

    unknown → recalling (committed before the provider is asked) → recalled → forgotten

Once an attempt is being recalled, that its letters are queued proves nothing any more.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from campaigns import clock
from campaigns.delivery import course
from campaigns.delivery.account import Account, read_account
from campaigns.delivery.batches import lock, recount, rest
from campaigns.delivery.heard import evidence
from campaigns.delivery.heard.evidence import Recall
from campaigns.delivery.transports import Fate, Manner, Outcome, Request, problem
from campaigns.delivery.transports.choice import SENDGRID
from campaigns.delivery.transports.sendgrid_calls import call
from campaigns.delivery.unsettled import settling
from campaigns.errors import DeliveryError
from campaigns.model.options import options_of
from campaigns.model.states import CampaignState, MessageState
from campaigns.store.database import utc_of_database
from campaigns.store.journal import record
from campaigns.store.tables import attempt, batch, campaign, message
from campaigns.store.workspace import Workspace

CERTAIN = timedelta(minutes=10)
"""A cancellation that comes later before the letters leave is not guaranteed."""
MARGIN = CERTAIN + timedelta(minutes=1)
"""Clocks differ, and asking takes a while."""
NOTICE = timedelta(minutes=2)
"""For the worker to notice that a lease is over, and to ask."""
KEPT = timedelta(minutes=30)
"""A cancellation is deleted so long after its letters would have left: deleted before, they would."""
AT_ONCE = 10
"""Cancellations that an account may have at a time; SendGrid's pages say 10 and 100."""
OLDEST = timedelta(hours=72)
"""No letter is scheduled further ahead."""
PATH = "user/scheduled_sends"
QUEUED_STATES = (MessageState.UNKNOWN, MessageState.ACCEPTED)


def reserved(account: Account, request: Request, *, now: datetime, lease_s: float) -> Request:
    """Return ``request`` with a number by which it can be recalled until its lease is over.

    Raises:
        DeliveryError: SendGrid gives no number; nothing was asked yet.
    """
    answer = call(account.host, account.api_key, "post", "mail/batch")
    number = answer.get("batch_id") if isinstance(answer, dict) else None
    if not number:
        raise DeliveryError("sendgrid.unreachable", host=account.host, reason="batch_id")
    return replace(request, manner=Manner(str(number), leaves_at(now, lease_s)))


def leaves_at(now: datetime, lease_s: float) -> datetime:
    """Return when letters leave that are asked for now and can be recalled until their lease is over."""
    return now + MARGIN + NOTICE + timedelta(seconds=lease_s)


def preparing(
    workspace: Workspace, campaign_row: sa.Row[Any], utcnow: Callable[[], datetime]
) -> Callable[[Request], Request]:
    """Return what makes the requests of a campaign ready: for most, nothing is to be done."""
    if campaign_row.transport != SENDGRID or not options_of(campaign_row.options).safe:
        return lambda request: request
    account, lease_s = read_account(workspace), workspace.settings.lease_s
    return lambda request: reserved(account, request, now=utcnow(), lease_s=lease_s)


def refusal(error: DeliveryError) -> Outcome:
    """Return what it means for a campaign that no number is given: wait, or pause."""
    told = problem(error.code, **error.facts)
    for_ever = error.code in ("sendgrid.key", "sendgrid.forbidden", "sendgrid.region")
    return Outcome((), error=told, halt=for_ever, later=not for_ever)


def is_due(connection: sa.Connection, *, now: datetime) -> bool:
    """Say whether there is anything to recall, or a recall to bring to its end."""
    moment = utc_of_database(connection, now)
    query = _recallable(moment).limit(1), _begun(moment).limit(1), _over(moment).limit(1)
    return any(connection.execute(one).first() for one in query)


def turn(
    workspace: Workspace,
    *,
    now: datetime,
    monotonic_s: Callable[[], float] = clock.monotonic_s,
) -> None:
    """Recall what can be recalled, a few at a time. Any number of workers may do it at once.

    Raises:
        DeliveryError: SendGrid cannot be asked now; the next turn goes on.
    """
    begun_s = monotonic_s()
    with workspace.database.read() as connection:
        moment = utc_of_database(connection, now)
        found = connection.execute(_recallable(moment)).all()
        room = AT_ONCE - _kept(connection, moment)
    for row in found[: max(0, room)]:
        _begin(workspace, row, moment)
    with workspace.database.read() as connection:
        begun = connection.execute(_begun(moment)).all()
        over = connection.execute(_over(moment)).all()
    if not begun and not over:
        return
    account = read_account(workspace)
    for row in begun:  # SendGrid may take its time over each
        _pursue(
            workspace, account, row, lambda: moment + timedelta(seconds=monotonic_s() - begun_s)
        )
    for row in over:
        _forget(workspace, account, row)


def _attempts(moment: datetime, *which: sa.ColumnElement[bool]) -> sa.Select[Any]:
    return (
        sa.select(
            attempt.c.id, attempt.c.batch_id, attempt.c.recall_id, attempt.c.send_at,
            attempt.c.outcome, attempt.c.http_status, batch.c.campaign_id,
        )
        .join(batch, batch.c.id == attempt.c.batch_id)
        .join(campaign, campaign.c.id == batch.c.campaign_id)
        .where(
            attempt.c.intent_at > moment - OLDEST, attempt.c.recall_id.is_not(None), *which
        )
        .order_by(attempt.c.id)
    )  # fmt: skip


def _recallable(moment: datetime) -> sa.Select[Any]:
    """Return those in doubt of which nothing was heard; of a cancelled campaign those taken, too."""
    over = campaign.c.state == CampaignState.CANCELLED
    heard = sa.exists().where(
        message.c.batch_id == attempt.c.batch_id, message.c.attempt_id == attempt.c.id,
        message.c.state != MessageState.UNKNOWN,
    )  # fmt: skip
    doubtful = sa.and_(attempt.c.outcome == Fate.UNKNOWN, attempt.c.settled_at.is_(None), ~heard)
    taken = sa.and_(over, attempt.c.outcome.in_((Fate.ACCEPTED, Fate.UNKNOWN)))
    return _attempts(moment, attempt.c.send_at > moment + MARGIN, sa.or_(doubtful, taken))


def _begun(moment: datetime) -> sa.Select[Any]:
    return _attempts(moment, attempt.c.outcome == Recall.RECALLING)


def _over(moment: datetime) -> sa.Select[Any]:
    return _attempts(
        moment, attempt.c.outcome == Recall.RECALLED, attempt.c.send_at < moment - KEPT
    )


def _kept(connection: sa.Connection, moment: datetime) -> int:
    """Return how many recalls the provider keeps for us."""
    kept = _attempts(moment, attempt.c.outcome.in_((Recall.RECALLING, Recall.RECALLED)))
    return connection.execute(sa.select(sa.func.count()).select_from(kept.subquery())).scalar_one()


def _begin(workspace: Workspace, row: sa.Row[Any], moment: datetime) -> None:
    """Commit that the attempt is being recalled, unless it no longer may be."""
    with workspace.database.begin() as connection:
        lock(connection, row.batch_id)
        still = _recallable(moment).where(attempt.c.id == row.id)
        if connection.execute(still).first():
            _write(connection, row.id, Recall.RECALLING)


def _pursue(
    workspace: Workspace, account: Account, row: sa.Row[Any], utcnow: Callable[[], datetime]
) -> None:
    """Have the provider cancel an attempt, and believe it only when it says so itself.

    Nor is it believed of one that it took when it was too late to be certain.
    """
    last = row.send_at - CERTAIN
    if not _is_cancelled(account, row.recall_id):
        if utcnow() < last:
            _cancel_there(account, row.recall_id)
        if utcnow() >= last:
            _abandon(workspace, row)
            return
        if not _is_cancelled(account, row.recall_id):
            return  # refused, or not shown yet: the next turn looks
    _let_wait(workspace, row, utcnow())


def _cancel_there(account: Account, recall_id: str) -> None:
    """Ask the provider to cancel; what it refuses, it may have taken on before.

    Raises:
        DeliveryError: nobody knows: the next turn looks.
    """
    try:
        call(account.host, account.api_key, "post", PATH,
             body={"batch_id": recall_id, "status": "cancel"})  # fmt: skip
    except DeliveryError as error:
        if error.code != "sendgrid.refused":
            raise


def _is_cancelled(account: Account, recall_id: str) -> bool:
    try:
        kept = call(account.host, account.api_key, "get", f"{PATH}/{recall_id}")
    except DeliveryError as error:
        if error.code == "sendgrid.refused":  # 404: there is no such cancellation
            return False
        raise
    told = kept if isinstance(kept, list) else [kept]
    return {"batch_id": recall_id, "status": "cancel"} in told


def _let_wait(workspace: Workspace, row: sa.Row[Any], moment: datetime) -> None:
    with workspace.database.begin() as connection:
        owned = lock(connection, row.batch_id)
        if not _write(connection, row.id, Recall.RECALLED, settled_at=moment):
            return
        campaign_state = connection.execute(
            sa.select(campaign.c.state).where(campaign.c.id == row.campaign_id)
        ).scalar_one()
        if campaign_state == CampaignState.CANCELLED:
            count = _cancel(connection, row)
        else:
            size = workspace.settings.batch_size
            count = sum(
                settling.requeue(
                    connection, row.campaign_id, state, message.c.attempt_id == row.id,
                    batch_size=size,
                )
                for state in QUEUED_STATES
            )  # fmt: skip
            course.reopen(connection, row.campaign_id, now=moment)
        rest(connection, owned, recount(connection, row.batch_id))
        _note(connection, row, "recall", moment, messages=count)


def _cancel(connection: sa.Connection, row: sa.Row[Any]) -> int:
    return connection.execute(
        message.update()
        .where(
            message.c.batch_id == row.batch_id, message.c.attempt_id == row.id,
            message.c.state.in_(QUEUED_STATES),
        )
        .values(state=MessageState.CANCELLED, accepted_at=None)
    ).rowcount  # fmt: skip


def _abandon(workspace: Workspace, row: sa.Row[Any]) -> None:
    """It is too late: what was heard of the attempt meanwhile counts again."""
    before = Fate.ACCEPTED if row.http_status == 202 else Fate.UNKNOWN
    with workspace.database.begin() as connection:
        owned = lock(connection, row.batch_id)
        if _write(connection, row.id, before):
            of = (message.c.batch_id == row.batch_id, message.c.attempt_id == row.id)
            evidence.weigh(connection, set(connection.scalars(sa.select(message.c.id).where(*of))))
            rest(connection, owned, recount(connection, row.batch_id))


def _forget(workspace: Workspace, account: Account, row: sa.Row[Any]) -> None:
    """Make room for other recalls: the letters' time has passed, and they were discarded."""
    try:
        call(account.host, account.api_key, "delete", f"{PATH}/{row.recall_id}")
    except DeliveryError as error:
        if error.code != "sendgrid.refused":  # 404: it was deleted already
            raise
    with workspace.database.begin() as connection:
        _write(connection, row.id, Recall.FORGOTTEN, was=Recall.RECALLED)


def _write(
    connection: sa.Connection,
    attempt_id: int,
    outcome: str,
    *,
    was: str | None = None,
    **changes: Any,
) -> bool:
    """Change an attempt's outcome; say whether it was as believed."""
    believed = attempt.c.outcome == (was or Recall.RECALLING)
    if outcome == Recall.RECALLING:
        believed = attempt.c.outcome.in_((Fate.UNKNOWN, Fate.ACCEPTED))
    return bool(
        connection.execute(
            attempt.update()
            .where(attempt.c.id == attempt_id, believed)
            .values(outcome=outcome, **changes)
        ).rowcount
    )


def _note(
    connection: sa.Connection, row: sa.Row[Any], verb: str, now: datetime, **facts: object
) -> None:
    record(
        connection, actor=course.WORKER, verb=f"campaign.{verb}",
        subject=f"campaign:{row.campaign_id}", now=now, attempt=row.id, **facts,
    )  # fmt: skip

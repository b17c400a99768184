"""What becomes of messages of which nobody knows whether the provider took them.

Whatever the policy, events settle them as they come, and the outbox is asked at once: its files are
proof and cost nothing. What is still silent after ``GRACE`` is held for a person, asked of the
provider, or sent again, as the campaign's policy says.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from campaigns.delivery import course
from campaigns.delivery.account import read_account
from campaigns.delivery.batches import lock, recount, rest
from campaigns.delivery.heard.evidence import MIXED
from campaigns.delivery.transports import Fate
from campaigns.delivery.transports.choice import OUTBOX, SENDGRID
from campaigns.delivery.transports.outbox import folder_name
from campaigns.delivery.unsettled import activity, recall, settling
from campaigns.errors import DeliveryError
from campaigns.model.options import Policy, options_of
from campaigns.model.states import CampaignState, MessageState
from campaigns.store.database import utc_of_database
from campaigns.store.journal import record
from campaigns.store.tables import attempt, audit, batch, campaign, message
from campaigns.store.workspace import Workspace

GRACE = timedelta(minutes=15)
"""How long events are waited for. SendGrid posts them every half minute; a quarter of an hour leaves
room for a slow day, and is short enough for somebody who watches the campaign."""
A_TURN = 50
"""Attempts looked at in one turn: a provider that answers slowly holds up nothing else for long."""
CANNOT_ASK = "campaign.cannot_ask"
"""Audit verb: the provider does not let us ask, so what is unknown waits for a person."""
UNKNOWN = MessageState.UNKNOWN

log = logging.getLogger(__name__)


def is_due(connection: sa.Connection, now: datetime) -> bool:
    """Say whether ``settle_unknown`` would find anything to do."""
    moment = utc_of_database(connection, now)
    return bool(_actionable(connection, moment)) or recall.is_due(connection, now=now)


def decide_from(connection: sa.Connection, campaign_id: int) -> datetime | None:
    """Return when all that is unknown of a campaign has had its grace; None when nothing is."""
    newest = connection.execute(
        sa.select(sa.func.max(attempt.c.result_at))
        .join(message, message.c.attempt_id == attempt.c.id)
        .where(message.c.campaign_id == campaign_id, settling.is_in(UNKNOWN))
    ).scalar_one()
    return newest + GRACE if newest else None


def cannot_ask(connection: sa.Connection, campaign_id: int) -> bool:
    """Say whether the provider was to be asked and does not let us."""
    told = sa.select(audit.c.id).where(
        audit.c.subject == f"campaign:{campaign_id}", audit.c.verb == CANNOT_ASK
    )
    return connection.execute(told.limit(1)).first() is not None


def settle_unknown(workspace: Workspace, *, now: datetime) -> None:
    """Do what the policies say of what is unknown. Any number of workers may do it at once."""
    try:
        recall.turn(workspace, now=now)
    except DeliveryError as error:
        log.warning("a recall waits: %s", error.code)
    with workspace.database.read() as connection:
        moment = utc_of_database(connection, now)
        doubts = _actionable(connection, moment)
    for one in doubts[:A_TURN]:
        try:
            _settle(workspace, one, moment)
        except DeliveryError as error:
            log.warning("what is unknown of campaign %s waits: %s", one.campaign_id, error.code)
            return


def _actionable(connection: sa.Connection, moment: datetime) -> list[sa.Row[Any]]:
    """Return the attempts in doubt that something can be done about now."""
    return [
        one
        for one in connection.execute(_doubts())
        if one.transport == OUTBOX
        or (
            (_policy(one) is not Policy.HOLD and moment >= one.result_at + GRACE)
            and not (one.resent and _policy(one) is Policy.RESEND)
            and not (_policy(one) is Policy.RECONCILE and cannot_ask(connection, one.campaign_id))
        )
    ]


def _doubts() -> sa.Select[Any]:
    still = sa.exists().where(
        message.c.batch_id == batch.c.id, message.c.attempt_id == attempt.c.id,
        message.c.state == UNKNOWN,
    )  # fmt: skip
    return (
        sa.select(
            attempt.c.id, attempt.c.key, attempt.c.batch_id, attempt.c.result_at,
            batch.c.resent, batch.c.language, batch.c.campaign_id, campaign.c.name,
            campaign.c.transport, campaign.c.options, campaign.c.state,
        )
        .select_from(batch)
        .join(attempt, attempt.c.batch_id == batch.c.id)
        .join(campaign, campaign.c.id == batch.c.campaign_id)
        .where(
            batch.c.unknown > 0, attempt.c.outcome.in_((Fate.UNKNOWN, MIXED)),
            attempt.c.settled_at.is_(None), still,
        )
        .order_by(attempt.c.id)
    )  # fmt: skip


def _policy(one: sa.Row[Any]) -> Policy:
    return options_of(one.options).policy


def _settle(workspace: Workspace, one: sa.Row[Any], moment: datetime) -> None:
    if one.transport == OUTBOX:
        _by_files(workspace, one, moment)
    elif _policy(one) is Policy.RESEND:
        _resend(workspace, one, moment)
    else:
        _reconcile(workspace, one, moment)


def _by_files(workspace: Workspace, one: sa.Row[Any], moment: datetime) -> None:
    """What lies in the folder was written; what does not is written now, and stays one file."""
    folder = workspace.outbox / folder_name(one.name) / one.language
    silent = _silent(workspace, one)
    written = [row.id for row in silent if (folder / f"{row.token}.eml").exists()]
    missing = [row.id for row in silent if row.id not in set(written)]
    _conclude(workspace, one, moment, accepted=written, again=missing)


def _resend(workspace: Workspace, one: sa.Row[Any], moment: datetime) -> None:
    if one.state != CampaignState.CANCELLED:
        ids = [row.id for row in _silent(workspace, one)]
        _conclude(workspace, one, moment, again=ids, resent=True)


def _reconcile(workspace: Workspace, one: sa.Row[Any], moment: datetime) -> None:
    """Ask the provider. What it has is accepted; what it surely never had waits again.

    A request is taken as a whole: where some of it is found, what is not is late, and stays held.
    """
    silent = _silent(workspace, one)
    if one.transport != SENDGRID:
        _tell_once(workspace, one, moment)
        return
    try:
        account = read_account(workspace)
        has = activity.addresses(account, one.key)
        sure = not has and activity.is_past(workspace, account, one.result_at)
    except activity.NotAskable:
        _tell_once(workspace, one, moment)
        return
    found = [row.id for row in silent if row.address_key in has]
    _conclude(
        workspace, one, moment, accepted=found, again=[row.id for row in silent] if sure else []
    )


def _silent(workspace: Workspace, one: sa.Row[Any]) -> Sequence[sa.Row[Any]]:
    """Return the messages of an attempt of which nobody knows."""
    query: sa.Select[Any] = sa.select(message.c.id, message.c.token, message.c.address_key).where(
        message.c.batch_id == one.batch_id, message.c.attempt_id == one.id,
        message.c.state == UNKNOWN,
    )  # fmt: skip
    with workspace.database.read() as connection:
        return connection.execute(query).all()


def _conclude(
    workspace: Workspace,
    one: sa.Row[Any],
    moment: datetime,
    *,
    accepted: Sequence[int] = (),
    again: Sequence[int] = (),
    resent: bool = False,
) -> None:
    """Write what was found out of an attempt, of those messages that are still unknown under it."""
    if not accepted and not again:
        return
    still = (message.c.attempt_id == one.id, message.c.state == UNKNOWN)
    with workspace.database.begin() as connection:
        row = lock(connection, one.batch_id)
        taken = connection.execute(
            message.update()
            .where(message.c.id.in_(accepted), *still)
            .values(state=MessageState.ACCEPTED, accepted_at=one.result_at, error=None)
        ).rowcount
        rest(connection, row, recount(connection, row.id))
        waits = settling.requeue(
            connection, one.campaign_id, UNKNOWN, message.c.id.in_(again),
            message.c.attempt_id == one.id, batch_size=workspace.settings.batch_size,
            resent=resent,
        ) if again else 0  # fmt: skip
        _close(connection, one.id, moment)
        if waits:
            course.reopen(connection, one.campaign_id, now=moment)
        if taken or waits:
            record(
                connection, actor=course.WORKER, verb="campaign.settle",
                subject=f"campaign:{one.campaign_id}", now=moment, attempt=one.id,
                policy=str(_policy(one)), accepted=taken, again=waits,
            )  # fmt: skip


def _close(connection: sa.Connection, attempt_id: int, moment: datetime) -> None:
    """Note when the last doubt of an attempt was gone."""
    left = sa.exists().where(message.c.attempt_id == attempt_id, message.c.state == UNKNOWN)
    of = sa.select(attempt.c.batch_id).where(attempt.c.id == attempt_id).scalar_subquery()
    connection.execute(
        attempt.update()
        .where(attempt.c.id == attempt_id, ~left.where(message.c.batch_id == of))
        .values(settled_at=moment)
    )


def _tell_once(workspace: Workspace, one: sa.Row[Any], moment: datetime) -> None:
    with workspace.database.begin() as connection:
        if not cannot_ask(connection, one.campaign_id):
            record(
                connection, actor=course.WORKER, verb=CANNOT_ASK,
                subject=f"campaign:{one.campaign_id}", now=moment,
            )  # fmt: skip

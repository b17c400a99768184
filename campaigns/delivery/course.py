"""The course of a whole campaign: waiting, halting, finishing, cancelling what is left."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Any

import sqlalchemy as sa

from campaigns.delivery.batches import leave, recount, resting_state
from campaigns.delivery.transports import Fate
from campaigns.model.states import BatchState, CampaignState, MessageState
from campaigns.store.database import utc_of_database
from campaigns.store.journal import record
from campaigns.store.tables import attempt, batch, campaign, message

OPEN = (BatchState.READY, BatchState.CLAIMED, BatchState.IN_FLIGHT)
BACKOFF_S = 5.0
BACKOFF_MAX_S = 300.0
WORKER = "worker"
"""The actor of what nobody asked for."""


def postpone(
    connection: sa.Connection, campaign_id: int, wait_s: float | None, *, now: datetime
) -> None:
    """Let nothing of a campaign be asked for ``wait_s``; None: longer with each time in a row."""
    wait_s = wait_of(connection, campaign_id, wait_s)
    until = utc_of_database(connection, now) + timedelta(seconds=wait_s)
    ready = connection.execute(
        sa.select(batch.c.id)
        .where(
            batch.c.campaign_id == campaign_id, batch.c.state == BatchState.READY,
            sa.or_(batch.c.not_before.is_(None), batch.c.not_before < until),
        )
        .order_by(batch.c.id)
        .with_for_update()
    ).scalars()  # fmt: skip
    connection.execute(batch.update().where(batch.c.id.in_(list(ready))).values(not_before=until))


def wait_of(connection: sa.Connection, campaign_id: int, told_s: float | None) -> float:
    """Return the seconds to wait: those that the provider told, or longer with each time in a row."""
    return backoff_s(_deferred_in_a_row(connection, campaign_id)) if told_s is None else told_s


def backoff_s(deferred: int) -> float:
    """Return how long to wait after ``deferred`` unsuccessful calls in a row.

    >>> [backoff_s(n) for n in (1, 2, 3, 10)]
    [5.0, 10.0, 20.0, 300.0]
    """
    return min(BACKOFF_S * 2.0 ** min(deferred - 1, 16), BACKOFF_MAX_S)


def _deferred_in_a_row(connection: sa.Connection, campaign_id: int) -> int:
    newest = connection.execute(
        sa.select(attempt.c.outcome)
        .join(batch, batch.c.id == attempt.c.batch_id)
        .where(batch.c.campaign_id == campaign_id, attempt.c.outcome.is_not(None))
        .order_by(attempt.c.id.desc())
        .limit(8)
    ).scalars()
    return max(1, len(list(takewhile(lambda outcome: outcome == Fate.AGAIN, newest))))


def note(connection: sa.Connection, campaign_id: int, error: Mapping[str, Any] | None) -> None:
    """Show why a running campaign does not advance; None when it does again."""
    connection.execute(
        campaign.update()
        .where(
            campaign.c.id == campaign_id, campaign.c.state == CampaignState.RUNNING,
            campaign.c.error.is_distinct_from(error) if error else campaign.c.error.is_not(None),
        )
        .values(error=error)
    )  # fmt: skip


def halt(
    connection: sa.Connection, campaign_id: int, error: Mapping[str, Any] | None, *, now: datetime
) -> None:
    """Pause a running campaign because of ``error``."""
    changed = connection.execute(
        campaign.update()
        .where(campaign.c.id == campaign_id, campaign.c.state == CampaignState.RUNNING)
        .values(state=CampaignState.PAUSED, error=error)
    )
    if changed.rowcount:
        record(
            connection, actor=WORKER, verb="campaign.pause", subject=f"campaign:{campaign_id}",
            now=now, error=(error or {}).get("code"),
        )  # fmt: skip


def finish(connection: sa.Connection, *, now: datetime) -> None:
    """Call the running campaigns done of which no batch waits or is being sent.

    Who lets somebody wait again holds the campaign's row (``reopen``): once it is ours, we look again.
    """
    still = sa.exists().where(batch.c.campaign_id == campaign.c.id, batch.c.state.in_(OPEN))
    over = (campaign.c.state == CampaignState.RUNNING, ~still)
    query = sa.select(campaign.c.id).where(*over).order_by(campaign.c.id).with_for_update()
    if ids := list(connection.execute(query).scalars()):
        connection.execute(
            campaign.update()
            .where(campaign.c.id.in_(ids), *over)
            .values(state=CampaignState.DONE, finished_at=now, error=None)
        )


def reopen(connection: sa.Connection, campaign_id: int, *, now: datetime) -> None:
    """Go on with a campaign that was called done before a late answer let somebody wait again.

    Nobody calls it done from now on, until those who wait can be seen.
    """
    query = sa.select(campaign.c.id).where(campaign.c.id == campaign_id)
    connection.execute(query.with_for_update())
    changed = connection.execute(
        campaign.update()
        .where(campaign.c.id == campaign_id, campaign.c.state == CampaignState.DONE)
        .values(state=CampaignState.RUNNING, finished_at=None)
    )
    if changed.rowcount:
        record(
            connection, actor=WORKER, verb="campaign.reopen", subject=f"campaign:{campaign_id}",
            now=now,
        )  # fmt: skip


def cancel_waiting(connection: sa.Connection, campaign_id: int) -> None:
    """Cancel what of a campaign nobody has taken up yet. What somebody else holds, a later sweep does."""
    ready = connection.execute(
        sa.select(batch.c.id)
        .where(batch.c.campaign_id == campaign_id, batch.c.state == BatchState.READY)
        .order_by(batch.c.id)
        .with_for_update(skip_locked=True)
    ).scalars()
    for batch_id in list(ready):
        connection.execute(
            message.update()
            .where(message.c.batch_id == batch_id, message.c.state == MessageState.PENDING)
            .values(state=MessageState.CANCELLED)
        )
        leave(connection, batch_id, resting_state(recount(connection, batch_id)))


def cancel_left_behind(connection: sa.Connection) -> None:
    """Cancel batches that came back ready after their campaign was cancelled."""
    query = (
        sa.select(batch.c.campaign_id)
        .join(campaign, campaign.c.id == batch.c.campaign_id)
        .where(batch.c.state == BatchState.READY, campaign.c.state == CampaignState.CANCELLED)
        .distinct()
    )
    for campaign_id in list(connection.execute(query).scalars()):
        cancel_waiting(connection, campaign_id)

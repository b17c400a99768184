"""After a backup was put back: nobody knows what was sent since it was taken, so nobody is sent to.

Rows that wait in an old copy may have been letters in the meantime. They are called unknown. What was
in doubt when the backup was taken may have been decided since, and sent in an attempt of which the
copy knows nothing. So no policy acts on any of it and nothing is recalled: events settle it, or a person.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from campaigns.delivery.batches import leave, recount, resting_state
from campaigns.delivery.course import OPEN
from campaigns.delivery.heard.evidence import MIXED, Recall
from campaigns.delivery.transports import Fate, problem
from campaigns.model.states import CampaignState, MessageState
from campaigns.store.journal import record
from campaigns.store.tables import attempt, batch, campaign, message
from campaigns.store.workspace import Workspace

MAY_HAVE_GONE_ON = (
    CampaignState.APPROVED, CampaignState.SCHEDULED, CampaignState.RUNNING, CampaignState.PAUSED,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Restored:
    """What is in doubt now."""

    campaigns: list[str]
    """Names of those that were paused."""
    messages: int


def doubt(workspace: Workspace, *, actor: str, now: datetime) -> Restored:
    """Pause what may have gone on after the backup, and call unknown whoever waits in it.

    To be done before any worker starts. Done again it finds nothing more to do.
    """
    with workspace.database.begin() as connection:
        doubted = sum(_doubt_batch(connection, one) for one in _open_batches(connection))
        _close_attempts(connection, now)
        names = _pause(connection)
        record(
            connection, actor=actor, verb="store.restored", subject="store:0", now=now,
            campaigns=len(names), messages=doubted,
        )  # fmt: skip
    return Restored(names, doubted)


def _open_batches(connection: sa.Connection) -> list[int]:
    query = (
        sa.select(batch.c.id)
        .join(campaign, campaign.c.id == batch.c.campaign_id)
        .where(batch.c.state.in_(OPEN), campaign.c.state.in_(MAY_HAVE_GONE_ON))
        .order_by(batch.c.id)
        .with_for_update(of=batch)
    )
    return list(connection.execute(query).scalars())


def _doubt_batch(connection: sa.Connection, batch_id: int) -> int:
    doubted = connection.execute(
        message.update()
        .where(
            message.c.batch_id == batch_id,
            message.c.state.in_((MessageState.PENDING, MessageState.IN_FLIGHT)),
        )
        .values(state=MessageState.UNKNOWN)
    ).rowcount
    connection.execute(
        attempt.update()
        .where(attempt.c.batch_id == batch_id, attempt.c.outcome.is_(None))
        .values(outcome=Fate.UNKNOWN, result_at=attempt.c.intent_at)
    )
    leave(connection, batch_id, resting_state(recount(connection, batch_id)))
    return doubted


def _close_attempts(connection: sa.Connection, now: datetime) -> None:
    """Leave no doubt to a policy. Of a recall that was under way only what came of letters that left counts."""
    doubtful = attempt.c.outcome.in_((Fate.UNKNOWN, MIXED, Recall.RECALLING))
    recalling = attempt.c.outcome == Recall.RECALLING
    connection.execute(
        attempt.update()
        .where(doubtful, attempt.c.settled_at.is_(None))
        .values(
            settled_at=now,
            outcome=sa.case((recalling, Recall.RECALLED), else_=attempt.c.outcome),
        )
    )


def _pause(connection: sa.Connection) -> list[str]:
    paused = connection.execute(
        campaign.update()
        .where(campaign.c.state.in_(MAY_HAVE_GONE_ON))
        .values(state=CampaignState.PAUSED, starts_at=None, error=problem("campaign.restored"))
        .returning(campaign.c.name)
    )
    return sorted(paused.scalars())

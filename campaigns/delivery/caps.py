"""Has a customer had enough letters lately, or is one waiting that matters more (practices 34, 45)?

Counted are the letters of all other campaigns that a provider took or may have taken, each at the
moment of its call, and those that wait and go before ours today: of a campaign that matters more,
or as much and was approved first. Letters of the sandbox reach nobody and count for nothing; those
written into a folder count for letters written into a folder.

Asked when an audience is frozen and in the transaction that commits an intent. On PostgreSQL two
workers may ask at once, and neither sees what the other has not committed. So an intent whose
campaign is not the only one lets no other intent be written until its own is; and no campaign begins
to run while an intent is being written that believes itself alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import polars as pl
import sqlalchemy as sa

from campaigns.delivery.timing.windows import local
from campaigns.delivery.transports.choice import OUTBOX
from campaigns.model.limits import MOST_DAYS, Cap, day_begins, window_begins
from campaigns.model.options import CampaignOptions, options_of
from campaigns.model.permission import Denial
from campaigns.model.priority import Priority
from campaigns.model.states import CampaignState, MessageState
from campaigns.store import bulk
from campaigns.store.limits import read_limits
from campaigns.store.locks import Lock, wait_for
from campaigns.store.options import read_brand
from campaigns.store.tables import attempt, batch, campaign, message

TAKEN = (MessageState.ACCEPTED, MessageState.UNKNOWN, MessageState.IN_FLIGHT)
ACTIVE = (
    CampaignState.APPROVED, CampaignState.SCHEDULED, CampaignState.RUNNING, CampaignState.PAUSED,
)  # fmt: skip
FEW = 10_000
"""So many people are looked for by name; of more, everybody's letters are counted."""
NEVER = datetime.max.replace(tzinfo=UTC)
DENIED: bulk.Schema = {"contact_id": pl.Int64, "outranked": pl.Int64}


@dataclass(frozen=True, slots=True)
class Rivals:
    """The campaigns whose letters count beside those of ours, and from when on."""

    all: tuple[int, ...]
    higher: tuple[int, ...]
    """Those that matter more."""
    ahead: tuple[int, ...]
    """Those whose waiting letters go before ours today."""
    caps: tuple[tuple[Cap, datetime], ...]
    """Each with the beginning of its window."""
    today: datetime
    tomorrow: datetime


def announce(connection: sa.Connection) -> None:
    """Begin to run only when no intent is being written that knows nothing of it."""
    wait_for(connection, Lock.STARTING)


def rivals_at_intent(
    connection: sa.Connection, campaign_id: int, moment: datetime
) -> Rivals | None:
    """Return what counts for letters that leave at ``moment``; None: they may all leave.

    What is then counted, no other intent changes before this transaction ends.
    """
    wait_for(connection, Lock.STARTING, shared=True)
    mine, others = _campaigns(connection, campaign_id, moment)
    if not others:
        return None
    wait_for(connection, Lock.WRITING)
    return _rivals(connection, mine, others, moment, moment)


def rivals_at_planning(connection: sa.Connection, campaign_id: int, now: datetime) -> Rivals | None:
    """Return what counts for letters that leave as their campaign's options say."""
    at = _options(connection, campaign_id).schedule.at
    moment = max(now, local(at, read_brand(connection).local_zone)) if at else now
    mine, others = _campaigns(connection, campaign_id, moment)
    return _rivals(connection, mine, others, now, moment) if others else None


def deny(connection: sa.Connection, audience: pl.DataFrame, rivals: Rivals) -> pl.DataFrame:
    """Return an audience (contact_id, denial) with those denied who would be chosen but may not be."""
    chosen = audience.filter(pl.col("denial").is_null()).select("contact_id")
    whom = [bulk.among(connection, [message.c.contact_id], chosen)] if chosen.height <= FEW else []
    found = denials(connection, rivals, *whom).rename({"denial": "why"})
    told = audience.join(found, on="contact_id", how="left", maintain_order="left")
    return told.with_columns(pl.coalesce("denial", "why").alias("denial")).drop("why")


def denials(
    connection: sa.Connection, rivals: Rivals, *whom: sa.ColumnElement[bool]
) -> pl.DataFrame:
    """Return ``contact_id`` and ``denial`` of everybody, or of those ``whom``, who may get no more."""
    moment = sa.func.coalesce(attempt.c.intent_at, message.c.accepted_at)
    waits = message.c.state == MessageState.PENDING
    first = min([rivals.today, *(begins for _, begins in rivals.caps)])
    outranked = _most(
        sa.and_(message.c.campaign_id.in_(rivals.higher), sa.or_(waits, moment >= rivals.today))
    )
    full = [
        sa.func.sum(sa.case((sa.or_(waits, moment >= begins), 1), else_=0)) >= cap.letters
        for cap, begins in rivals.caps
    ]
    taken = sa.and_(message.c.state.in_(TAKEN), moment >= first)
    soon = sa.or_(batch.c.not_before.is_(None), batch.c.not_before < rivals.tomorrow)
    query: sa.Select[Any] = (
        sa.select(message.c.contact_id, outranked)
        .join(batch, batch.c.id == message.c.batch_id)
        .outerjoin(attempt, attempt.c.id == message.c.attempt_id)
        .where(
            message.c.campaign_id.in_(rivals.all),
            sa.or_(taken, sa.and_(waits, message.c.campaign_id.in_(rivals.ahead), soon)), *whom,
        )
        .group_by(message.c.contact_id)
        .having(sa.or_(outranked == 1, *full))
    )  # fmt: skip
    why = pl.when(pl.col("outranked") == 1).then(pl.lit(str(Denial.OUTRANKED)))
    return bulk.fetch_columns(connection, query, DENIED).select(
        "contact_id", why.otherwise(pl.lit(str(Denial.CAPPED))).alias("denial")
    )


def _most(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.func.max(sa.case((condition, 1), else_=0))


def _campaigns(
    connection: sa.Connection, campaign_id: int, moment: datetime
) -> tuple[Any, list[Any]]:
    """Return our campaign, and those that may count beside it."""
    lately = moment - timedelta(days=MOST_DAYS + 1)
    query = sa.select(
        campaign.c.id, campaign.c.rank, campaign.c.state, campaign.c.transport, campaign.c.options,
        campaign.c.approved_at, campaign.c.starts_at, campaign.c.finished_at,
    ).where(
        sa.or_(
            campaign.c.id == campaign_id, campaign.c.state.in_(ACTIVE),
            campaign.c.finished_at >= lately,
        )
    )  # fmt: skip
    rows = {row.id: row for row in connection.execute(query)}
    mine = rows.pop(campaign_id)
    if options_of(mine.options).sandbox:
        return mine, []
    return mine, [
        row for row in rows.values()
        if (mine.transport == OUTBOX or row.transport != OUTBOX)
        and not options_of(row.options).sandbox
    ]  # fmt: skip


def _rivals(
    connection: sa.Connection,
    mine: Any,
    others: Sequence[Any],
    now: datetime,
    moment: datetime,
) -> Rivals | None:
    """Return what counts; None for letters that are owed: they are counted, and held back by none."""
    if mine.rank == Priority.SERVICE:
        return None
    zone = read_brand(connection).local_zone
    caps = tuple(
        (cap, window_begins(moment, zone, cap.days)) for cap in read_limits(connection).caps
    )
    today, tomorrow = day_begins(moment, zone), day_begins(moment, zone, later=1)
    first = min([today, *(begins for _, begins in caps)])
    counted = [row for row in others if row.finished_at is None or row.finished_at >= first]
    if not counted:
        return None
    ahead = [
        row for row in counted
        if _precedence(row) < _precedence(mine) and today <= _leaves_at(row, now) < tomorrow
    ]  # fmt: skip
    return Rivals(
        all=tuple(row.id for row in counted),
        higher=tuple(row.id for row in counted if row.rank < mine.rank),
        ahead=tuple(row.id for row in ahead), caps=caps, today=today, tomorrow=tomorrow,
    )  # fmt: skip


def _precedence(row: Any) -> tuple[int, datetime, int]:
    return row.rank, row.approved_at or NEVER, row.id


def _leaves_at(row: Any, now: datetime) -> datetime:
    """Return when the waiting letters of a campaign leave; one that nobody starts waits one day."""
    known = {
        CampaignState.RUNNING: now, CampaignState.SCHEDULED: row.starts_at,
        CampaignState.APPROVED: row.approved_at,
    }  # fmt: skip
    return known.get(row.state) or NEVER


def _options(connection: sa.Connection, campaign_id: int) -> CampaignOptions:
    query = sa.select(campaign.c.options).where(campaign.c.id == campaign_id)
    return options_of(connection.execute(query).scalar_one())

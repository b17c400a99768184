"""What nobody sent in time is asked about, never sent by itself.

A machine that was off over the weekend must not wake up and send Friday's lunch offer.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from campaigns.delivery.transports import problem
from campaigns.store.options import read_brand
from campaigns.store.tables import attempt, batch

START_LATE = timedelta(hours=2)
"""A scheduled campaign that begins later than this has missed its hour."""
UNTOUCHED = timedelta(hours=12)
"""A running campaign of which nothing was asked for so long was forgotten: no worker ran."""


def forgotten_since(
    connection: sa.Connection, campaign_id: int, due_since: datetime | None, *, now: datetime
) -> datetime | None:
    """Return since when a batch is due, if that is longer than ``UNTOUCHED`` and nothing of its
    campaign was asked for so long. Of one that was let wait again nobody wrote since when it is
    due: it goes by the last request.
    """
    if due_since and now - due_since <= UNTOUCHED:
        return None
    asked = (
        sa.select(attempt.c.intent_at)
        .join(batch, batch.c.id == attempt.c.batch_id)
        .where(batch.c.campaign_id == campaign_id)
        .limit(1)
    )
    if connection.execute(asked.where(attempt.c.intent_at > now - UNTOUCHED)).first():
        return None
    last: datetime | None = connection.execute(
        asked.order_by(attempt.c.intent_at.desc())
    ).scalar_one_or_none()
    return due_since or last


def question(connection: sa.Connection, due: datetime | None) -> dict[str, Any]:
    """Return what to ask the marketer, as an error is stored: it should have left at ``due``."""
    zone = ZoneInfo(read_brand(connection).local_zone)
    return problem("campaign.stale", at=f"{due.astimezone(zone):%Y-%m-%d %H:%M}" if due else "-")

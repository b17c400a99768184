"""Work that comes round by itself, however many workers there are.

Its job's row says when it was done the last time, so a restart neither repeats nor forgets it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import sqlalchemy as sa

from campaigns.delivery.unsettled import doubt
from campaigns.model.states import JobState
from campaigns.settings import Settings
from campaigns.store.tables import job

PULL_SUPPRESSIONS = "pull_suppressions"

SETTLE_UNKNOWN = "settle_unknown"

FETCH_MAIL = "fetch_mail"

PRUNE_EVENTS = "prune_events"

EVERY: dict[str, timedelta] = {
    PRUNE_EVENTS: timedelta(days=1),
    PULL_SUPPRESSIONS: timedelta(days=1),
    SETTLE_UNKNOWN: timedelta(seconds=20),
    FETCH_MAIL: timedelta(minutes=1),
}
"""Kind of job, which is its key too → how long after its end it is asked for again."""

ONLY_IF: dict[str, Callable[[sa.Connection, datetime], bool]] = {SETTLE_UNKNOWN: doubt.is_due}
"""Kind of job → what says whether it would find anything to do."""


def every_of(settings: Settings) -> dict[str, timedelta]:
    """Return the kinds of job for which the operator has set what they need."""
    lacking = set() if settings.mailbox_url else {FETCH_MAIL}
    return {kind: span for kind, span in EVERY.items() if kind not in lacking}


def due(
    connection: sa.Connection, *, now: datetime, every: Mapping[str, timedelta] = EVERY
) -> list[str]:
    """Return the kinds that are to be done now."""
    rows = connection.execute(
        sa.select(job.c.key, job.c.state, job.c.finished_at).where(job.c.key.in_(list(every)))
    ).all()
    resting = {
        row.key
        for row in rows
        if row.state in (JobState.QUEUED, JobState.RUNNING)
        or (row.finished_at and row.finished_at + every[row.key] > now)
    }
    return [
        kind
        for kind in every
        if kind not in resting and (kind not in ONLY_IF or ONLY_IF[kind](connection, now))
    ]

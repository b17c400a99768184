"""Whether anybody does the work that the pages ask for."""

from __future__ import annotations

from campaigns.clock import utcnow
from campaigns.jobs.progress import is_anybody_at_work
from campaigns.jobs.rows import living
from campaigns.ui.resources import workspace


def is_worker_running() -> bool:
    """Say whether a worker was seen of late, be it by what it tells of a long import."""
    with workspace().database.read() as connection:
        seen = living(connection, now=utcnow())
    return bool(seen) or is_anybody_at_work(workspace().files, now=utcnow())

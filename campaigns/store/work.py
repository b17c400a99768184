"""Rows that ask the worker for something. Writing one is how a lower stage asks a higher one."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from campaigns.model.states import JobState
from campaigns.store.tables import job


def ask(
    connection: sa.Connection, kind: str, key: str, *, actor: str, now: datetime, **args: object
) -> int:
    """Ask for work of ``kind``; return the job's id.

    ``key`` names the work: while a job of the same key waits or runs, it is the answer, so a
    double click asks once. A finished one is taken up again as new.
    """
    known = connection.execute(
        sa.select(job.c.id, job.c.state).where(job.c.key == key).with_for_update()
    ).first()
    fresh = {
        "kind": kind, "args": args, "state": JobState.QUEUED, "actor": actor, "attempt": 0,
        "owner": None, "lease_until": None, "kicked_until": None, "progress": {}, "error": None,
        "created_at": now, "finished_at": None,
    }  # fmt: skip
    if known is None:
        result = connection.execute(job.insert().values(key=key, **fresh).returning(job.c.id))
        job_id: int = result.scalar_one()
        return job_id
    if known.state in (JobState.DONE, JobState.FAILED):
        connection.execute(job.update().where(job.c.id == known.id).values(**fresh))
    found: int = known.id
    return found


def find_job(connection: sa.Connection, key: str) -> sa.Row[tuple[object, ...]] | None:
    """Return the job of ``key``, to show its state and progress."""
    return connection.execute(sa.select(job).where(job.c.key == key)).first()

"""Rows that ask the worker for something. Writing one is how a lower stage asks a higher one."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from campaigns.model.states import JobState
from campaigns.store.tables import job


def ask(
    connection: sa.Connection, kind: str, key: str, *, actor: str, now: datetime, **args: object
) -> int:
    """Ask for work of ``kind``; return the job's id.

    ``key`` names the work: while a job of the same key waits or runs, it is the answer, so a
    double click asks once. A finished one is taken up again as new.
    """
    fresh = {
        "kind": kind, "args": args, "state": JobState.QUEUED, "actor": actor, "attempt": 0,
        "owner": None, "lease_until": None, "kicked_until": None, "error": None,
        "created_at": now, "finished_at": None,
    }  # fmt: skip
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    connection.execute(  # two may ask at the same moment
        insert(job).values(key=key, **fresh).on_conflict_do_nothing(index_elements=["key"])
    )
    known = connection.execute(
        sa.select(job.c.id, job.c.state).where(job.c.key == key).with_for_update()
    ).one()
    if known.state in (JobState.DONE, JobState.FAILED):
        connection.execute(job.update().where(job.c.id == known.id).values(**fresh))
    found: int = known.id
    return found


def find_job(connection: sa.Connection, key: str) -> sa.Row[tuple[object, ...]] | None:
    """Return the job of ``key``, to show its state."""
    return connection.execute(sa.select(job).where(job.c.key == key)).first()

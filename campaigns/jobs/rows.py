"""The rows of jobs: claimed for the time of a lease, renewed, finished. Each change is guarded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from campaigns.model.states import JobState
from campaigns.store.database import utc_of_database
from campaigns.store.tables import job, worker

KICK_S = 10
"""A job that was handed to the dispatcher and not claimed is handed over again after this."""
ATTEMPTS = 5
"""A job that takes its process down this often is given up."""
ALIVE_S = 15
"""A worker that was seen this long ago still counts."""


@dataclass(frozen=True, slots=True)
class Claim:
    """The right of one owner to do one job, for the time of a lease."""

    job_id: int
    owner: str
    attempt: int
    kind: str
    key: str
    args: Mapping[str, Any]
    actor: str


def due(
    connection: sa.Connection, *conditions: sa.ColumnElement[bool], limit: int, now: datetime
) -> list[int]:
    """Return the oldest jobs that nobody holds, that no message carries and that ``conditions`` hold of."""
    moment = utc_of_database(connection, now)
    asked = (
        sa.select(job.c.id)
        .where(_free(moment), *conditions)
        .where(sa.or_(job.c.kicked_until.is_(None), job.c.kicked_until < moment))
        .order_by(job.c.created_at, job.c.id)
        .limit(limit)
    )
    return list(connection.execute(asked).scalars())


def mark_kicked(connection: sa.Connection, job_ids: list[int], *, now: datetime) -> None:
    """Note that messages carry these jobs now."""
    until = utc_of_database(connection, now) + timedelta(seconds=KICK_S)
    connection.execute(job.update().where(job.c.id.in_(job_ids)).values(kicked_until=until))


def claim(
    connection: sa.Connection, job_id: int, owner: str, *, lease_s: float, now: datetime
) -> Claim | None:
    """Take the job, or None when it is done or somebody else holds it."""
    moment = utc_of_database(connection, now)
    row = connection.execute(
        job.update()
        .where(job.c.id == job_id, _free(moment))
        .values(
            state=JobState.RUNNING, owner=owner, attempt=job.c.attempt + 1, kicked_until=None,
            lease_until=moment + timedelta(seconds=lease_s),
        )
        .returning(job)
    ).first()  # fmt: skip
    if row is None:
        return None
    return Claim(row.id, owner, row.attempt, row.kind, row.key, row.args, row.actor)


def renew(connection: sa.Connection, mine: Claim, *, lease_s: float, now: datetime) -> bool:
    """Hold the job for another lease; False when it is no longer ours."""
    until = utc_of_database(connection, now) + timedelta(seconds=lease_s)
    return _change(connection, mine, lease_until=until)


def finish(
    connection: sa.Connection, mine: Claim, error: Mapping[str, Any] | None, *, now: datetime
) -> bool:
    """Write that the job is done, or failed with ``error``; False when it is no longer ours."""
    state = JobState.FAILED if error else JobState.DONE
    return _change(connection, mine, state=state, error=error, finished_at=now, lease_until=None)


def give_back(connection: sa.Connection, mine: Claim, *, wait_s: float, now: datetime) -> bool:
    """Let the job be taken up anew, after ``wait_s``."""
    until = utc_of_database(connection, now) + timedelta(seconds=wait_s)
    return _change(
        connection, mine, state=JobState.QUEUED, owner=None, lease_until=None, kicked_until=until
    )


def free_those_of(connection: sa.Connection, is_dead: Callable[[str], bool]) -> None:
    """Let the running jobs of dead owners be taken up without waiting for their leases."""
    held = connection.execute(
        sa.select(job.c.id, job.c.owner, job.c.attempt).where(job.c.state == JobState.RUNNING)
    ).all()
    for row in held:
        if is_dead(row.owner):
            mine = Claim(row.id, row.owner, row.attempt, "", "", {}, "")
            _change(connection, mine, state=JobState.QUEUED, owner=None, lease_until=None)


def beat(connection: sa.Connection, owner: str, *, now: datetime) -> None:
    """Show that this worker lives, and forget those that have not for an hour."""
    moment = utc_of_database(connection, now)
    seen = connection.execute(
        worker.update().where(worker.c.owner == owner).values(heartbeat_at=moment)
    )
    if not seen.rowcount:
        connection.execute(
            worker.insert().values(owner=owner, started_at=moment, heartbeat_at=moment)
        )
    gone = moment - timedelta(hours=1)
    connection.execute(sa.delete(worker).where(worker.c.heartbeat_at < gone))


def leave(connection: sa.Connection, owner: str) -> None:
    """Forget a worker that ends."""
    connection.execute(sa.delete(worker).where(worker.c.owner == owner))


def living(connection: sa.Connection, *, now: datetime) -> int:
    """Return how many workers were seen of late."""
    since = utc_of_database(connection, now) - timedelta(seconds=ALIVE_S)
    asked = sa.select(sa.func.count()).select_from(worker).where(worker.c.heartbeat_at >= since)
    return connection.execute(asked).scalar_one()


@dataclass(frozen=True, slots=True)
class KnownWorker:
    """A worker process that was heard of within the last hour."""

    host: str
    started_at: datetime
    heard_at: datetime
    is_alive: bool


def known_workers(connection: sa.Connection, *, now: datetime) -> list[KnownWorker]:
    """Return the workers, those that were heard of last first."""
    since = utc_of_database(connection, now) - timedelta(seconds=ALIVE_S)
    found = connection.execute(sa.select(worker).order_by(worker.c.heartbeat_at.desc()))
    return [
        KnownWorker(row.owner.partition(":")[0], row.started_at, row.heartbeat_at,
                    is_alive=row.heartbeat_at >= since)
        for row in found
    ]  # fmt: skip


def open_keys(connection: sa.Connection, keys: Iterable[str]) -> set[str]:
    """Return those of ``keys`` whose jobs wait or run."""
    asked = sa.select(job.c.key).where(
        job.c.key.in_(list(keys)), job.c.state.in_((JobState.QUEUED, JobState.RUNNING))
    )
    return set(connection.execute(asked).scalars())


def _free(moment: datetime) -> sa.ColumnElement[bool]:
    lost = sa.and_(job.c.state == JobState.RUNNING, job.c.lease_until < moment)
    return sa.or_(job.c.state == JobState.QUEUED, lost)


def _change(connection: sa.Connection, mine: Claim, **values: Any) -> bool:
    changed = connection.execute(
        job.update()
        .where(
            job.c.id == mine.job_id, job.c.state == JobState.RUNNING,
            job.c.owner == mine.owner, job.c.attempt == mine.attempt,
        )
        .values(values)
    )  # fmt: skip
    return changed.rowcount == 1

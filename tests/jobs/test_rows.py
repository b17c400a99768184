from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from campaigns.jobs import rows
from campaigns.store.tables import job, worker
from campaigns.store.work import ask

LEASE_S = 60
TICK = timedelta(microseconds=1000)


@pytest.fixture
def moment(workspace):
    """The clock that leases are measured by: the server's on PostgreSQL."""
    with workspace.database.read() as connection:
        from campaigns.clock import utcnow  # noqa: PLC0415 - only here is real time wanted
        from campaigns.store.database import utc_of_database  # noqa: PLC0415

        return utc_of_database(connection, utcnow())


@pytest.fixture
def asked(workspace, moment):
    with workspace.database.begin() as connection:
        return ask(connection, "probe", "probe:1", actor="ani", now=moment, number=7)


def _claim(workspace, job_id, owner, moment, lease_s=LEASE_S):
    with workspace.database.begin() as connection:
        return rows.claim(connection, job_id, owner, lease_s=lease_s, now=moment)


def _row(workspace):
    with workspace.database.read() as connection:
        return connection.execute(sa.select(job)).one()


def test_a_job_is_claimed_by_one_owner_alone(workspace, asked, moment):
    first = _claim(workspace, asked, "a", moment)

    assert first == rows.Claim(asked, "a", 1, "probe", "probe:1", {"number": 7}, "ani")
    assert _claim(workspace, asked, "b", moment) is None


def test_a_job_whose_lease_is_over_goes_to_another_and_the_first_writes_nothing(
    workspace, asked, moment
):
    first = _claim(workspace, asked, "a", moment, lease_s=-1)
    second = _claim(workspace, asked, "b", moment + TICK)

    with workspace.database.begin() as connection:
        assert second is not None
        assert not rows.finish(connection, first, None, now=moment)
        assert not rows.renew(connection, first, lease_s=LEASE_S, now=moment)
        assert rows.finish(connection, second, {"code": "x"}, now=moment)
    row = _row(workspace)
    assert (row.state, row.attempt, row.error) == ("failed", 2, {"code": "x"})


def test_a_job_is_due_until_a_message_carries_it_and_again_when_the_message_is_lost(
    workspace, asked, moment
):
    with workspace.database.begin() as connection:
        assert rows.due(connection, limit=5, now=moment) == [asked]
        rows.mark_kicked(connection, [asked], now=moment)
        assert rows.due(connection, limit=5, now=moment) == []
        connection.execute(job.update().values(kicked_until=moment - timedelta(seconds=1)))
        assert rows.due(connection, limit=5, now=moment) == [asked]


def test_a_job_that_was_given_back_waits(workspace, asked, moment):
    mine = _claim(workspace, asked, "a", moment)

    with workspace.database.begin() as connection:
        assert rows.give_back(connection, mine, wait_s=60, now=moment)
        assert rows.due(connection, limit=5, now=moment) == []
    assert (_row(workspace).state, _row(workspace).owner) == ("queued", None)


def test_jobs_of_dead_owners_are_free_at_once_and_no_others(workspace, asked, moment):
    _claim(workspace, asked, "dead", moment)
    with workspace.database.begin() as connection:
        other = ask(connection, "probe", "probe:2", actor="ani", now=moment)
    _claim(workspace, other, "alive", moment)

    with workspace.database.begin() as connection:
        rows.free_those_of(connection, lambda owner: owner == "dead")
        assert rows.due(connection, limit=5, now=moment) == [asked]


def test_workers_count_while_they_were_seen_of_late(workspace, moment):
    with workspace.database.begin() as connection:
        rows.beat(connection, "a", now=moment)
        rows.beat(connection, "a", now=moment)
        rows.beat(connection, "b", now=moment)
        connection.execute(
            worker.update().where(worker.c.owner == "b")
            .values(heartbeat_at=moment - timedelta(seconds=60))
        )  # fmt: skip
        assert rows.living(connection, now=moment) == 1
        rows.leave(connection, "a")
        assert rows.living(connection, now=moment) == 0


def test_workers_are_known_by_their_machine_and_last_sign(workspace, moment):
    with workspace.database.begin() as connection:
        for owner in ("erevan:7:ab", "tbilisi:8:cd"):
            rows.beat(connection, owner, now=moment)
        connection.execute(
            worker.update()
            .where(worker.c.owner == "tbilisi:8:cd")
            .values(heartbeat_at=moment - timedelta(minutes=5))
        )

        found = rows.known_workers(connection, now=moment)

    assert [(one.host, one.is_alive) for one in found] == [("erevan", True), ("tbilisi", False)]

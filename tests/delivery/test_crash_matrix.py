"""The rest of the crash matrix: where a job changes hands, where a process sleeps, where only the
database's answer is lost. See docs/decisions/0005-rows-are-the-truth.md.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from campaigns.clock import monotonic_s, sleep_s
from campaigns.delivery import campaigns, ledger
from campaigns.delivery.dispatch import send_campaign
from campaigns.delivery.heard import events
from campaigns.jobs.dispatcher import FILE
from campaigns.jobs.worker import run_worker
from campaigns.store.tables import attempt, batch, job, message
from tests.support.sending import a_running_campaign, people, states

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]

ROOT = Path(__file__).parents[2]
READERS = 6
BATCH = 3
PATIENCE_S = 60


@pytest.fixture
def campaign_id(sendgrid_shop, now):
    object.__setattr__(sendgrid_shop.settings, "batch_size", BATCH)
    people(sendgrid_shop, now, READERS, languages=("hy",))
    return a_running_campaign(sendgrid_shop, now, transport="sendgrid")


def process(shop, module, *words):
    given = json.dumps({**asdict(shop.settings), "data": str(shop.settings.data)})
    command = [sys.executable, "-m", f"tests.delivery.{module}", given, *map(str, words)]
    return subprocess.Popen(command, cwd=ROOT)


def until(condition):
    patience = monotonic_s() + PATIENCE_S
    while not condition():
        assert monotonic_s() < patience
        sleep_s(0.02)


@contextlib.contextmanager
def a_worker(shop):
    stop = threading.Event()
    thread = threading.Thread(target=run_worker, args=(shop,), kwargs={"stop": stop, "threads": 1})
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(PATIENCE_S)


def every_lease_runs_out(shop, now):
    past = now - timedelta(days=300)
    with shop.database.begin() as connection:
        connection.execute(batch.update().values(lease_until=past))
        connection.execute(job.update().values(lease_until=past, kicked_until=None))


def the_dispatcher_is_lost(shop):
    if not shop.database.is_postgresql:
        for path in shop.settings.data.glob(FILE + "*"):
            path.unlink()
        return
    with shop.database.begin() as connection:
        found = connection.exec_driver_sql(
            "SELECT tablename FROM pg_tables WHERE tablename LIKE 'huey%%'"
        )
        connection.exec_driver_sql(f"DROP TABLE {', '.join(found.scalars())} CASCADE")


def the_wait_is_over(shop):
    with shop.database.begin() as connection:
        connection.execute(batch.update().values(not_before=None))


def is_done(shop):
    with shop.database.read() as connection:
        return campaigns.status(connection, "Spring").state == "done"


def each_got_one(sendgrid):
    return sorted(sendgrid.received().values()) == [1] * READERS


@pytest.mark.parametrize(("point", "letters"), [("kick", 0), ("claim", 0), ("finish", READERS)])
def test_a_worker_killed_where_a_job_changes_hands_is_followed_by_another(
    sendgrid_shop, sendgrid, campaign_id, now, point, letters
):
    assert process(sendgrid_shop, "mortal_worker", point).wait(PATIENCE_S) == -signal.SIGKILL
    assert len(sendgrid.messages) == letters

    every_lease_runs_out(sendgrid_shop, now)
    the_dispatcher_is_lost(sendgrid_shop)
    with a_worker(sendgrid_shop):
        until(lambda: open_jobs(sendgrid_shop) == 0 and is_done(sendgrid_shop))

    assert states(sendgrid_shop) == {"accepted": READERS}
    assert each_got_one(sendgrid)


def open_jobs(shop):
    with shop.database.read() as connection:
        query = sa.select(sa.func.count()).select_from(job)
        return connection.execute(query.where(job.c.state.in_(("queued", "running")))).scalar()


@pytest.mark.parametrize(
    ("point", "meanwhile", "after"),
    [
        pytest.param("claimed", {"accepted": 6}, {"accepted": 6}, id="before-the-intent"),
        pytest.param(
            "intended",
            {"accepted": 3, "unknown": 3},
            {"accepted": 3, "pending": 3},
            id="before-the-call",
        ),
        pytest.param(
            "answered", {"accepted": 3, "unknown": 3}, {"accepted": 6}, id="before-the-result"
        ),
    ],
)
def test_a_process_that_wakes_after_its_lease_asks_for_nothing_twice(
    sendgrid_shop, sendgrid, campaign_id, now, point, meanwhile, after
):
    object.__setattr__(sendgrid_shop.settings, "lease_s", 2)
    asleep = process(sendgrid_shop, "worker", campaign_id, point, "SIGSTOP")
    assert os.WIFSTOPPED(os.waitpid(asleep.pid, os.WUNTRACED)[1])
    sleep_s(1.0)  # more than a third of its lease, after which it makes no call
    every_lease_runs_out(sendgrid_shop, now)
    assert process(sendgrid_shop, "worker", campaign_id).wait(PATIENCE_S) == 0
    assert states(sendgrid_shop) == meanwhile

    os.kill(asleep.pid, signal.SIGCONT)
    assert asleep.wait(PATIENCE_S) == 0
    assert states(sendgrid_shop) == after  # one that made no call knows that nobody got a letter

    the_wait_is_over(sendgrid_shop)
    assert process(sendgrid_shop, "worker", campaign_id).wait(PATIENCE_S) == 0
    assert states(sendgrid_shop) == {"accepted": READERS}
    assert each_got_one(sendgrid)


def test_a_request_whose_result_is_committed_and_not_heard_of_is_not_made_again(
    sendgrid_shop, sendgrid, campaign_id, now, monkeypatch
):
    the_reply_of_a_commit_is_lost(sendgrid_shop, monkeypatch, "concluding")

    with losing(sendgrid_shop, campaign_id, "concluding"):
        every_lease_runs_out(sendgrid_shop, now)
    ledger.sweep(sendgrid_shop, now)
    send_campaign(sendgrid_shop, campaign_id, owner="next")

    assert states(sendgrid_shop) == {"accepted": READERS}
    assert each_got_one(sendgrid)


def test_an_intent_that_is_committed_and_not_heard_of_is_held(
    sendgrid_shop, sendgrid, campaign_id, now, monkeypatch
):
    the_reply_of_a_commit_is_lost(sendgrid_shop, monkeypatch, "claimed")

    with losing(sendgrid_shop, campaign_id, "claimed"):
        every_lease_runs_out(sendgrid_shop, now)
    ledger.sweep(sendgrid_shop, now)
    send_campaign(sendgrid_shop, campaign_id, owner="next")

    assert states(sendgrid_shop) == {"accepted": 3, "unknown": 3}
    assert sorted(sendgrid.received().values()) == [1] * 3


LOST = {}


def the_reply_of_a_commit_is_lost(shop, monkeypatch, point):
    """Let the commit that follows ``point`` be done, and its reply be lost."""
    dialect = shop.database.engine.dialect
    commit = dialect.do_commit
    LOST.clear()

    def lossy(connection):
        commit(connection)
        if LOST.pop(point, False):
            raise sa.exc.OperationalError("COMMIT", None, Exception("the connection is gone"))

    monkeypatch.setattr(dialect, "do_commit", lossy)


@contextlib.contextmanager
def losing(shop, campaign_id, point):
    """Send, and lose the reply of the first commit after ``point``."""
    told = []

    def checkpoint(name):
        if name == point and not told:
            told.append(name)
            LOST[point] = True

    with contextlib.suppress(sa.exc.OperationalError):
        send_campaign(shop, campaign_id, owner="w", checkpoint=checkpoint)
    assert told == [point]
    assert not LOST
    yield


def test_an_event_that_comes_before_anybody_missed_the_worker_settles_all_the_same(
    sendgrid_shop, sendgrid, campaign_id, now
):
    dead = process(sendgrid_shop, "worker", campaign_id, "answered")
    assert dead.wait(PATIENCE_S) == -signal.SIGKILL
    told = [sendgrid.event(one, "processed") for one in sendgrid.messages[:2]]
    events.keep_body(sendgrid_shop, "sendgrid", json.dumps(told).encode(), now=now)
    events.ingest(sendgrid_shop, now=now)
    assert states(sendgrid_shop) == {"accepted": 2, "in_flight": 1, "pending": 3}

    every_lease_runs_out(sendgrid_shop, now)
    assert process(sendgrid_shop, "worker", campaign_id).wait(PATIENCE_S) == 0
    assert states(sendgrid_shop) == {"accepted": 5, "unknown": 1}

    told = [sendgrid.event(sendgrid.messages[2], "delivered")]
    events.keep_body(sendgrid_shop, "sendgrid", json.dumps(told).encode(), now=now)
    events.ingest(sendgrid_shop, now=now)
    assert states(sendgrid_shop) == {"accepted": READERS}
    assert each_got_one(sendgrid)


def test_the_ledger_agrees_with_itself_after_all_that(sendgrid_shop, sendgrid, campaign_id, now):
    for point in ("claimed", "intended", "answered"):
        process(sendgrid_shop, "worker", campaign_id, point).wait(PATIENCE_S)
        every_lease_runs_out(sendgrid_shop, now)
    assert process(sendgrid_shop, "worker", campaign_id).wait(PATIENCE_S) == 0

    with sendgrid_shop.database.read() as connection:
        counted = connection.execute(
            sa.select(message.c.batch_id, message.c.state, sa.func.count())
            .group_by(message.c.batch_id, message.c.state)
        ).all()  # fmt: skip
        rows = connection.execute(sa.select(batch)).all()
        asked = connection.execute(sa.select(sa.func.sum(attempt.c.recipients))).scalar()
    said = {(one.id, s): getattr(one, s) for one in rows for s in ("accepted", "unknown")}
    assert {(b, s): n for b, s, n in counted} == {key: n for key, n in said.items() if n}
    assert asked == READERS

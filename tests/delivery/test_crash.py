"""kill -9 at every point of a send, then a restart: nobody lost, nobody written to twice.

The worker is a process of its own and the provider another thread's server; what SendGrid got is
counted there. After a death the lease is made to run out, a new worker sweeps and goes on, and
SendGrid's events come in. See docs/decisions/0005-rows-are-the-truth.md for the matrix.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections import Counter
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from campaigns.delivery import campaigns
from campaigns.delivery.heard import events
from campaigns.store.tables import batch, message
from tests.support.sending import a_running_campaign, people, states

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]

ROOT = Path(__file__).parents[2]
READERS = 9
BATCH = 3
PATIENCE_S = 60


@pytest.fixture
def campaign_id(sendgrid_shop, now):
    object.__setattr__(sendgrid_shop.settings, "batch_size", BATCH)
    people(sendgrid_shop, now, READERS, languages=("hy",))
    return a_running_campaign(sendgrid_shop, now, transport="sendgrid")


def worker(shop, campaign_id, point=""):
    """Start a worker process that dies at ``point``."""
    given = {**asdict(shop.settings), "data": str(shop.settings.data)}
    words = [sys.executable, "-m", "tests.delivery.worker", json.dumps(given), str(campaign_id)]
    return subprocess.Popen([*words, point], cwd=ROOT)


def run(shop, campaign_id, point=""):
    """Run a worker to its end; return how it ended."""
    return worker(shop, campaign_id, point).wait(PATIENCE_S)


def the_lease_runs_out(shop, now):
    with shop.database.begin() as connection:
        connection.execute(batch.update().values(lease_until=now - timedelta(days=300)))


def events_come_in(shop, sendgrid, now):
    """Every accepted letter is reported: processed and delivered, some of it twice."""
    made = [
        sendgrid.event(one, kind)
        for one in sendgrid.messages
        for kind in ("delivered", "processed", "delivered")
    ]
    events.keep_body(shop, "sendgrid", json.dumps(made).encode(), now=now)
    events.ingest(shop, now=now)


def nobody_is_lost_and_nobody_got_two(shop, sendgrid):
    """Each reader is accepted, with one letter at SendGrid, or visibly unknown with none."""
    received = sendgrid.received()
    assert set(received.values()) <= {1}
    with shop.database.read() as connection:
        rows = connection.execute(sa.select(message.c.address, message.c.state)).all()
    assert len(rows) == READERS
    assert {row.address: row.state for row in rows} == {
        row.address: "accepted" if received[row.address] else "unknown" for row in rows
    }


@pytest.mark.parametrize(
    ("point", "letters_before", "after_sweep"),
    [
        pytest.param("claimed", 0, {"accepted": 9}, id="claimed"),
        pytest.param("intended", 0, {"accepted": 6, "unknown": 3}, id="intent-committed"),
        pytest.param("answered", 3, {"accepted": 6, "unknown": 3}, id="answer-received"),
        pytest.param("concluding", 3, {"accepted": 6, "unknown": 3}, id="inside-the-result"),
        pytest.param("concluded", 3, {"accepted": 9}, id="result-committed"),
    ],
)
def test_a_worker_killed_at_a_point_loses_nobody_and_doubles_nobody(
    sendgrid_shop, sendgrid, campaign_id, now, point, letters_before, after_sweep
):
    assert run(sendgrid_shop, campaign_id, point) == -signal.SIGKILL
    assert len(sendgrid.messages) == letters_before

    the_lease_runs_out(sendgrid_shop, now)
    assert run(sendgrid_shop, campaign_id) == 0

    assert states(sendgrid_shop) == after_sweep
    events_come_in(sendgrid_shop, sendgrid, now)
    nobody_is_lost_and_nobody_got_two(sendgrid_shop, sendgrid)
    with sendgrid_shop.database.read() as connection:
        assert campaigns.status(connection, "Spring").state == "done"


def test_a_worker_killed_while_it_waits_for_the_answer(sendgrid_shop, sendgrid, campaign_id, now):
    sendgrid.faults = ["", "accept-then-hang"]
    process = worker(sendgrid_shop, campaign_id)
    assert sendgrid.hanging.wait(PATIENCE_S)
    process.kill()
    process.wait(PATIENCE_S)
    assert states(sendgrid_shop) == {"accepted": 3, "in_flight": 3, "pending": 3}

    the_lease_runs_out(sendgrid_shop, now)
    assert run(sendgrid_shop, campaign_id) == 0

    assert states(sendgrid_shop) == {"accepted": 6, "unknown": 3}
    events_come_in(sendgrid_shop, sendgrid, now)
    nobody_is_lost_and_nobody_got_two(sendgrid_shop, sendgrid)
    assert states(sendgrid_shop) == {"accepted": 9}


def test_many_deaths_in_a_row_lose_nobody_and_double_nobody(
    sendgrid_shop, sendgrid, campaign_id, now
):
    for point in ("claimed", "intended", "answered", "concluding", "concluded"):
        assert run(sendgrid_shop, campaign_id, point) in (-signal.SIGKILL, 0)
        the_lease_runs_out(sendgrid_shop, now)
    assert run(sendgrid_shop, campaign_id) == 0

    events_come_in(sendgrid_shop, sendgrid, now)
    nobody_is_lost_and_nobody_got_two(sendgrid_shop, sendgrid)


def test_two_workers_of_which_one_is_killed(sendgrid_shop, sendgrid, campaign_id, now):
    dying = worker(sendgrid_shop, campaign_id, "answered")
    living = worker(sendgrid_shop, campaign_id)
    assert dying.wait(PATIENCE_S) in (-signal.SIGKILL, 0)
    assert living.wait(PATIENCE_S) == 0

    the_lease_runs_out(sendgrid_shop, now)
    assert run(sendgrid_shop, campaign_id) == 0

    events_come_in(sendgrid_shop, sendgrid, now)
    nobody_is_lost_and_nobody_got_two(sendgrid_shop, sendgrid)
    assert Counter(sendgrid.received().values()) == {1: READERS}

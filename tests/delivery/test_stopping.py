"""SIGTERM to a worker in the middle of a send: the call in hand is answered, the rest given back."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from campaigns.clock import monotonic_s, sleep_s
from campaigns.delivery.dispatch import send_campaign
from campaigns.store.tables import batch, worker
from tests.support.fake_sendgrid import API_KEY
from tests.support.sending import a_running_campaign, people, states

PATIENCE_S = 60
CALL_S = 0.3


@pytest.mark.slow
def test_a_worker_that_is_asked_to_stop_ends_soon_and_leaves_nothing_open(
    sendgrid_shop, sendgrid, now
):
    object.__setattr__(sendgrid_shop.settings, "batch_size", 2)
    sendgrid.delay_s = CALL_S
    people(sendgrid_shop, now, 60, languages=("hy",))
    campaign_id = a_running_campaign(sendgrid_shop, now, transport="sendgrid")

    process = a_worker(sendgrid_shop)
    until(lambda: len(sendgrid.received()) >= 4)
    process.send_signal(signal.SIGTERM)
    asked_s = monotonic_s()
    assert process.wait(PATIENCE_S) == 0

    assert (
        monotonic_s() - asked_s < 20
    )  # a request of 0.3 s, and Python's own end on a busy machine
    found = states(sendgrid_shop)
    assert set(found) == {"accepted", "pending"}
    assert found["accepted"] == len(sendgrid.received())
    with sendgrid_shop.database.read() as connection:
        held = sa.select(batch.c.id).where(batch.c.owner.is_not(None))
        assert connection.execute(held).all() == []
        assert connection.execute(sa.select(worker.c.owner)).all() == []

    sendgrid.delay_s = 0.0  # what was given back may be taken at once
    send_campaign(sendgrid_shop, campaign_id, owner="w")
    assert set(sendgrid.received().values()) == {1}
    assert states(sendgrid_shop) == {"accepted": 60}


def a_worker(shop):
    settings = shop.settings
    environ = {
        "PATH": os.environ["PATH"], "CAMPAIGNS_DATA": str(settings.data),
        "CAMPAIGNS_DATABASE_URL": settings.database_url, "CAMPAIGNS_CALLS": "2",
        "CAMPAIGNS_SENDGRID_HOST": settings.sendgrid_host, "CAMPAIGNS_SENDGRID_API_KEY": API_KEY,
        "CAMPAIGNS_PUBLIC_URL": settings.public_url,
    }  # fmt: skip
    return subprocess.Popen(
        [sys.executable, "-m", "campaigns.cli", "worker"], cwd=Path(__file__).parents[2],
        env=environ, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def until(condition):
    until_s = monotonic_s() + PATIENCE_S
    while monotonic_s() < until_s:
        if condition():
            return
        sleep_s(0.02)
    raise AssertionError("it did not happen in time")

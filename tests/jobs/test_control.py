"""What a person says takes effect within two seconds, with a real worker and a slow provider."""

from __future__ import annotations

import threading
from contextlib import contextmanager

import pytest
import sqlalchemy as sa

from campaigns.clock import monotonic_s, sleep_s, utcnow
from campaigns.delivery import campaigns
from campaigns.delivery.timing.schedule import schedule
from campaigns.jobs.worker import run_worker
from campaigns.store.tables import audit, campaign
from tests.delivery.conftest import use_sendgrid
from tests.support import fake_sendgrid
from tests.support.sending import a_running_campaign, a_shop, an_approved_campaign, people, states

pytestmark = pytest.mark.slow
CALLS, READERS = 4, 400
SECONDS = 2.0
PATIENCE_S = 30.0


@pytest.fixture
def account():
    with fake_sendgrid.running() as (account, address):
        account.address = address
        account.delay_s = 0.3
        yield account


@pytest.fixture
def shop(sqlite_workspace, account):
    return _prepared(sqlite_workspace, account)


@pytest.fixture
def shop_of_several(postgres_workspace, account):
    return _prepared(postgres_workspace, account)


def _prepared(workspace, account):
    """Batches of two readers each, sent four at a time, 0.3 s a call: a minute of work."""
    now = utcnow()
    a_shop(workspace, now)
    use_sendgrid(workspace, account.address)
    object.__setattr__(workspace.settings, "calls", CALLS)
    object.__setattr__(workspace.settings, "batch_size", 2)
    people(workspace, now, READERS, languages=("en",))
    return workspace


@contextmanager
def _workers(shop, count=1):
    stop = threading.Event()
    threads = [
        threading.Thread(target=run_worker, args=(shop,), kwargs={"stop": stop})
        for _ in range(count)
    ]
    for one in threads:
        one.start()
    try:
        yield
    finally:
        stop.set()
        for one in threads:
            one.join(PATIENCE_S)
            assert not one.is_alive()


def _wait(condition):
    until = monotonic_s() + PATIENCE_S
    while not condition():
        assert monotonic_s() < until, "it took too long"
        sleep_s(0.02)


def _requests_after(account, seconds):
    """How many more requests begin in ``seconds``, once those said in time have begun."""
    sleep_s(SECONDS)
    before = account.requests
    sleep_s(seconds)
    return account.requests - before


def test_pause_resume_and_cancel_take_effect_within_two_seconds(shop, account):
    a_running_campaign(shop, utcnow(), transport="sendgrid")
    with _workers(shop):
        _wait(lambda: account.under_way["most"] == CALLS)
        campaigns.pause(shop, "Spring", actor="ani", now=utcnow())
        assert _requests_after(account, 1.0) == 0

        paused_at, said_s = account.requests, monotonic_s()
        campaigns.resume(shop, "Spring", actor="ani", now=utcnow())
        _wait(lambda: account.requests > paused_at)
        assert monotonic_s() - said_s < SECONDS + 1.0  # a tick, then two seconds

        campaigns.cancel(shop, "Spring", actor="ani", now=utcnow())
        assert _requests_after(account, 1.0) == 0

    found = states(shop)
    assert set(found) == {"accepted", "cancelled"}
    assert found["accepted"] == len(account.received())


def test_workers_start_a_scheduled_campaign_once_and_nobody_gets_two(shop_of_several, account):
    shop = shop_of_several
    account.delay_s = 0.0
    an_approved_campaign(shop, utcnow(), transport="sendgrid")
    schedule(shop, "Spring", actor="ani", now=utcnow())

    with _workers(shop, 2):
        _wait(lambda: states(shop) == {"accepted": READERS})

    assert set(account.received().values()) == {1}
    with shop.database.read() as connection:
        started = sa.select(sa.func.count()).where(audit.c.verb == "campaign.start")
        assert connection.execute(started).scalar_one() == 1
        assert connection.execute(sa.select(campaign.c.started_at)).scalar_one() is not None

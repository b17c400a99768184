"""Several requests under way at once: each letter once, and one answer holds for all lanes."""

from __future__ import annotations

import threading
from collections import Counter

import pytest
import sqlalchemy as sa

from campaigns.delivery import campaigns, requests
from campaigns.delivery.dispatch import send_campaign
from campaigns.errors import RenderError
from campaigns.store.tables import attempt, audit, batch
from tests.support.sending import a_running_campaign, batch_states, people, states

LANES = 4


@pytest.fixture
def campaign_id(sendgrid_shop, sendgrid, now):
    """Ten batches of two, and a provider that takes its time."""
    object.__setattr__(sendgrid_shop.settings, "calls", LANES)
    object.__setattr__(sendgrid_shop.settings, "batch_size", 2)
    sendgrid.delay_s = 0.05
    people(sendgrid_shop, now, 20, languages=("hy",))
    return a_running_campaign(sendgrid_shop, now, transport="sendgrid")


@pytest.mark.slow
def test_requests_are_under_way_at_once_and_each_letter_goes_once(
    sendgrid_shop, sendgrid, campaign_id
):
    report = send_campaign(sendgrid_shop, campaign_id, owner="w")

    assert 1 < sendgrid.under_way["most"] <= LANES
    assert Counter(sendgrid.received().values()) == {1: 20}
    assert (report.batches, report.accepted) == (10, 20)
    assert states(sendgrid_shop) == {"accepted": 20}


def test_when_the_provider_asks_to_wait_no_lane_asks_for_more(sendgrid_shop, sendgrid, campaign_id):
    sendgrid.faults = ["429"] * 30

    send_campaign(sendgrid_shop, campaign_id, owner="w")

    assert sendgrid.requests <= LANES
    assert states(sendgrid_shop) == {"pending": 20}
    assert batch_states(sendgrid_shop) == {"ready": 10}
    with sendgrid_shop.database.read() as connection:
        untimed = sa.select(sa.func.count()).where(batch.c.not_before.is_(None))
        assert connection.execute(untimed).scalar_one() == 0


@pytest.mark.slow
def test_an_outage_leaves_no_more_in_doubt_than_the_lanes_had_under_way(
    sendgrid_shop, sendgrid, campaign_id
):
    sendgrid.faults = ["503"] * 30

    send_campaign(sendgrid_shop, campaign_id, owner="w")

    found = states(sendgrid_shop)
    assert found["unknown"] <= 2 * (3 + LANES - 1)
    assert found["pending"] >= 20 - 2 * (3 + LANES - 1)
    with sendgrid_shop.database.read() as connection:
        assert campaigns.status(connection, "Spring").state == "paused"


@pytest.mark.slow
def test_a_pause_stops_every_lane(sendgrid_shop, sendgrid, campaign_id, now):
    paused = threading.Event()

    def checkpoint(point):
        if point == "answered" and not paused.is_set():
            paused.set()
            campaigns.pause(sendgrid_shop, "Spring", actor="anna", now=now)

    send_campaign(sendgrid_shop, campaign_id, owner="w", checkpoint=checkpoint)

    assert sendgrid.requests <= LANES + 1
    assert not {"in_flight", "unknown"} & set(states(sendgrid_shop))


def test_what_breaks_one_lane_is_raised_when_the_others_have_ended(
    sendgrid_shop, sendgrid, campaign_id
):
    class Died(BaseException):
        pass

    first = threading.Lock()

    def checkpoint(point):
        if point == "answered" and first.acquire(blocking=False):
            raise Died

    with pytest.raises(Died):
        send_campaign(sendgrid_shop, campaign_id, owner="w", checkpoint=checkpoint)

    found = states(sendgrid_shop)
    assert found["in_flight"] == 2  # of the lane that died; its lease will tell
    assert found["pending"] >= 20 - 2 * LANES
    with sendgrid_shop.database.read() as connection:
        outcomes = connection.execute(sa.select(attempt.c.outcome)).scalars().all()
    assert outcomes.count(None) == 1


@pytest.mark.slow
def test_a_request_that_differs_from_the_letter_is_rendered_one_by_one_and_told(
    sendgrid_shop, sendgrid, campaign_id, now, monkeypatch
):
    def differs(*_given):
        raise RenderError("letter.request_differs", part="html")

    shown = campaigns.preview(sendgrid_shop, "Spring", per_language=20, now=now)
    monkeypatch.setattr(requests, "check_request", differs)

    report = send_campaign(sendgrid_shop, campaign_id, owner="w")

    assert report.one_by_one == 20
    assert sendgrid.requests == 20
    assert {one["to"]: one["text"].split()[0] for one in sendgrid.messages} == {
        one.address: one.rendered.text.split()[0] for one in shown
    }
    with sendgrid_shop.database.read() as connection:
        told = connection.execute(
            sa.select(audit.c.facts).where(audit.c.verb == "campaign.one_by_one")
        ).scalar_one()
    assert told == {"readers": 20}

"""Which campaign is sent first, and how one gives way to another."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from campaigns.delivery import dispatch
from campaigns.delivery.batches import due_campaigns, is_outranked
from campaigns.delivery.dispatch import send_due
from campaigns.model.priority import Priority
from campaigns.model.states import CampaignState
from campaigns.store.tables import batch, campaign, message
from tests.support.sending import a_running_campaign, people, states


@pytest.fixture
def small(shop, now):
    """A shop whose batches are of one."""
    object.__setattr__(shop.settings, "batch_size", 1)
    return shop


def a_campaign(shop, now, name, priority, **values):
    """A campaign to four customers of its own: who hears of another today hears nothing of it."""
    whom = people(shop, now, 4, languages=("hy",))
    number = a_running_campaign(shop, now, name=name)
    others = (message.c.campaign_id == number) & message.c.contact_id.not_in(whom)
    with shop.database.begin() as connection:
        theirs = connection.execute(sa.select(message.c.batch_id).where(others)).scalars().all()
        connection.execute(message.delete().where(others))
        connection.execute(batch.delete().where(batch.c.id.in_(theirs)))
    change(shop, number, rank=priority, **values)
    return number


def change(shop, number, **values):
    with shop.database.begin() as connection:
        connection.execute(campaign.update().where(campaign.c.id == number).values(values))


def in_order(shop):
    """The campaigns in the order in which their letters were accepted, without repetition."""
    asked = (
        sa.select(message.c.campaign_id)
        .where(message.c.attempt_id.is_not(None))
        .order_by(message.c.attempt_id)
    )
    with shop.database.read() as connection:
        found = connection.execute(asked).scalars().all()
    return [one for place, one in enumerate(found) if place == 0 or found[place - 1] != one]


@pytest.mark.slow
def test_the_most_urgent_campaign_comes_first_then_the_one_approved_first(small, now):
    later = a_campaign(small, now, "Later", Priority.PROMOTION)
    earlier = a_campaign(
        small, now, "Earlier", Priority.PROMOTION, approved_at=now - timedelta(days=1)
    )
    new = a_campaign(small, now, "New people", Priority.ACQUISITION)
    service = a_campaign(small, now, "Sorry", Priority.SERVICE)

    with small.database.read() as connection:
        order = due_campaigns(connection, now=now)
    send_due(small, owner="w")

    assert order == [service, earlier, later, new]
    assert in_order(small) == order
    assert states(small) == {"accepted": 16}


@pytest.mark.slow
def test_a_promotion_gives_way_within_one_request_and_goes_on_afterwards(small, now, monkeypatch):
    monkeypatch.setattr(dispatch, "GLANCE_S", 0)
    promotion = a_campaign(small, now, "Offer", Priority.PROMOTION)
    service = a_campaign(small, now, "Sorry", Priority.SERVICE, state=CampaignState.PAUSED)
    sent = []

    def checkpoint(point):
        if point == "concluded":
            sent.append(point)
            if len(sent) == 2:
                change(small, service, state=CampaignState.RUNNING)

    send_due(small, owner="w", checkpoint=checkpoint)

    assert in_order(small) == [promotion, service, promotion]
    with small.database.read() as connection:
        first = sa.select(sa.func.min(message.c.attempt_id)).where(message.c.campaign_id == service)
        assert connection.execute(first).scalar_one() == 3
    assert states(small) == {"accepted": 8}


def test_nobody_gives_way_to_an_equal_nor_to_what_cannot_be_sent_now(small, now):
    a_campaign(small, now, "Offer", Priority.PROMOTION)
    waits = a_campaign(small, now, "Sorry", Priority.SERVICE)
    with small.database.begin() as connection:
        connection.execute(
            batch.update()
            .where(batch.c.campaign_id == waits)
            .values(not_before=now + timedelta(days=9_999))
        )

    with small.database.read() as connection:
        assert not is_outranked(connection, Priority.PROMOTION, now=now)
        assert is_outranked(connection, Priority.ACQUISITION, now=now)


@pytest.mark.slow
def test_a_campaign_that_cannot_be_sent_at_all_pauses_and_lets_the_others_go(
    small, now, monkeypatch
):
    broken = a_campaign(small, now, "Sorry", Priority.SERVICE, transport="pigeon")
    offer = a_campaign(small, now, "Offer", Priority.PROMOTION)
    given = dispatch.open_transport

    def open_transport(workspace, name, *more, **named):
        if name == "pigeon":
            raise KeyError(name)
        return given(workspace, name, *more, **named)

    monkeypatch.setattr(dispatch, "open_transport", open_transport)
    with pytest.raises(KeyError):
        send_due(small, owner="w")
    send_due(small, owner="w")

    assert in_order(small) == [offer]
    with small.database.read() as connection:
        row = connection.execute(sa.select(campaign).where(campaign.c.id == broken)).one()
    assert (row.state, row.error["code"]) == ("paused", "campaign.unexpected")

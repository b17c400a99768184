"""A rehearsal checks everything and sends nothing; one reader a request keeps the same promises."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from campaigns.clock import utcnow
from campaigns.delivery import campaigns, options
from campaigns.delivery.dispatch import send_campaign
from campaigns.delivery.sandbox import last_rehearsal, rehearse
from campaigns.delivery.timing import schedule
from campaigns.errors import ConflictError, DeliveryError, InputError, NotAllowedError
from campaigns.store.tables import campaign, message
from tests.support.sending import (
    a_running_campaign,
    an_approved_campaign,
    attempt_outcomes,
    people,
    states,
)

pytestmark = pytest.mark.slow


@pytest.fixture
def rehearsed(sendgrid_shop, sendgrid, now):
    """An approved campaign to six readers that SendGrid is to check only."""
    people(sendgrid_shop, now, 6, languages=("hy", "ka"))
    an_approved_campaign(sendgrid_shop, now, transport="sendgrid")
    options.change(sendgrid_shop, "Spring", sandbox=True, actor="anna", now=now)
    return sendgrid_shop


def test_everything_is_checked_and_nothing_is_sent(rehearsed, sendgrid):
    with rehearsed.database.read() as connection:
        bad = connection.scalars(sa.select(message.c.address).order_by(message.c.id)).first()
    sendgrid.bad_addresses = {bad}

    found = rehearse(rehearsed, "Spring", actor="anna")

    assert (found.taken, found.refused) == (5, 1)
    assert [(error["code"], readers) for error, readers in found.reasons] == [
        ("transport.bad_address", 1)
    ]
    assert (sendgrid.checked, sendgrid.messages) == (5, [])
    assert states(rehearsed) == {"pending": 6}
    assert attempt_outcomes(rehearsed) == {}
    with rehearsed.database.read() as connection:
        assert last_rehearsal(connection, 1) == found
        assert campaigns.status(connection, "Spring").state == "approved"


def test_a_campaign_that_begins_meanwhile_keeps_its_refusals(sendgrid_shop, sendgrid, now):
    people(sendgrid_shop, now, 3, languages=("hy",))
    campaign_id = an_approved_campaign(sendgrid_shop, now, transport="sendgrid")
    with sendgrid_shop.database.read() as connection:
        sendgrid.bad_addresses = set(connection.scalars(sa.select(message.c.address).limit(1)))

    def begin(_done, _total):
        campaigns.send(sendgrid_shop, "Spring", actor="anna", now=utcnow())
        send_campaign(sendgrid_shop, campaign_id, owner="w")

    rehearse(sendgrid_shop, "Spring", actor="anna", progress=begin)

    assert states(sendgrid_shop) == {"accepted": 2, "failed": 1}
    with sendgrid_shop.database.read() as connection:
        assert campaigns.status(connection, "Spring").state == "done"


def test_a_campaign_that_is_to_be_checked_cannot_be_sent(rehearsed, now):
    with pytest.raises(NotAllowedError):
        campaigns.send(rehearsed, "Spring", actor="anna", now=now)

    with rehearsed.database.begin() as connection:
        connection.execute(campaign.update().values(state="scheduled", starts_at=now))
    schedule.begin_due(rehearsed, now=now)
    with rehearsed.database.read() as connection:
        assert campaigns.status(connection, "Spring").state == "paused", (
            "nor does it begin by itself"
        )
    with rehearsed.database.begin() as connection:
        connection.execute(campaign.update().values(state="approved"))

    options.change(rehearsed, "Spring", sandbox=False, actor="anna", now=now)
    campaigns.send(rehearsed, "Spring", actor="anna", now=now)


@pytest.mark.parametrize(
    ("faults", "code"),
    [
        pytest.param(["403"], "transport.not_allowed", id="halt"),
        pytest.param(["500"] * 9, "transport.provider_error", id="no-answer"),
    ],
)
def test_what_is_not_about_readers_ends_the_rehearsal(rehearsed, sendgrid, faults, code):
    sendgrid.faults = faults

    with pytest.raises(DeliveryError) as raised:
        rehearse(rehearsed, "Spring", actor="anna")

    assert raised.value.code == code
    assert states(rehearsed) == {"pending": 6}


def test_a_silence_is_asked_again_since_nothing_is_sent(rehearsed, sendgrid):
    sendgrid.faults = ["500", "drop-after-body"]

    assert rehearse(rehearsed, "Spring", actor="anna").taken == 6


def test_only_sendgrid_and_only_an_approved_campaign_is_rehearsed(shop, now):
    people(shop, now, 2)
    an_approved_campaign(shop, now)
    with pytest.raises(InputError):
        rehearse(shop, "Spring", actor="anna")
    for name in ("safe", "sandbox"):
        with pytest.raises(InputError):
            options.change(shop, "Spring", actor="anna", now=now, **{name: True})


def test_a_rehearsal_of_what_is_under_way_is_refused(sendgrid_shop, sendgrid, now):
    people(sendgrid_shop, now, 2, languages=("hy",))
    a_running_campaign(sendgrid_shop, now, transport="sendgrid")
    with pytest.raises(ConflictError):
        rehearse(sendgrid_shop, "Spring", actor="anna")


def one_by_one(shop, sendgrid, now, faults=()):
    people(shop, now, 10, languages=("hy",))
    campaign_id = an_approved_campaign(shop, now, transport="sendgrid")
    options.change(shop, "Spring", single=True, actor="anna", now=now)
    campaigns.send(shop, "Spring", actor="anna", now=utcnow())
    sendgrid.faults = list(faults)
    send_campaign(shop, campaign_id, owner="w")
    return campaign_id


def test_each_reader_has_a_request_and_a_window_has_an_attempt(sendgrid_shop, sendgrid, now):
    one_by_one(sendgrid_shop, sendgrid, now)

    assert [len(body["personalizations"]) for body in sendgrid.bodies] == [1] * 10
    assert attempt_outcomes(sendgrid_shop) == {"accepted": 2}
    assert states(sendgrid_shop) == {"accepted": 10}


def test_a_refusal_and_a_silence_concern_one_reader_each(sendgrid_shop, sendgrid, now):
    one_by_one(sendgrid_shop, sendgrid, now, ["", "400:0", "", "accept-then-drop"])

    assert states(sendgrid_shop) == {"accepted": 8, "failed": 1, "unknown": 1}
    assert set(sendgrid.received().values()) == {1}

"""What becomes of letters of which nobody knows, by each policy; nobody's word is taken too early."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
import sqlalchemy as sa

from campaigns.clock import utcnow
from campaigns.delivery import campaigns, ledger
from campaigns.delivery.dispatch import send_campaign
from campaigns.delivery.heard import events
from campaigns.delivery.transports.outbox import folder_name
from campaigns.delivery.unsettled import doubt
from campaigns.model.options import Policy
from campaigns.store.tables import attempt, audit, campaign, message
from tests.support.sending import a_running_campaign, people, states

pytestmark = pytest.mark.slow


def doubtful(shop, sendgrid, now, fault, *, policy, count=4):
    """A campaign whose only request ended with ``fault``, a quarter of an hour and more ago."""
    people(shop, now, count, languages=("hy",))
    sendgrid.faults = [fault]
    campaign_id = a_running_campaign(shop, now, transport="sendgrid")
    with shop.database.begin() as connection:
        chosen = connection.execute(sa.select(campaign.c.options)).scalar_one()
        connection.execute(campaign.update().values(options={**chosen, "policy": policy}))
    send_campaign(shop, campaign_id, owner="w")
    assert states(shop) == {"unknown": count}
    age(shop)
    return campaign_id


def age(shop, by=doubt.GRACE + timedelta(minutes=1)):
    with shop.database.begin() as connection:
        for row in connection.execute(sa.select(attempt)).all():
            connection.execute(
                attempt.update()
                .where(attempt.c.id == row.id)
                .values(intent_at=row.intent_at - by, result_at=row.result_at - by)
            )


def another_campaign(shop, sendgrid, name="Later"):
    """Letters that leave after the doubt: in the provider's list they are proof of its reach."""
    people(shop, utcnow(), 2, languages=("ka",))
    campaign_id = a_running_campaign(shop, utcnow(), name=name, transport="sendgrid")
    send_campaign(shop, campaign_id, owner="w")


def of_first(shop):
    """How many messages of the first campaign are in each state."""
    with shop.database.read() as connection:
        found = connection.execute(
            sa.select(message.c.state, sa.func.count())
            .where(message.c.campaign_id == 1)
            .group_by(message.c.state)
        )
        return dict(iter(found))


def verbs(shop):
    with shop.database.read() as connection:
        return list(connection.scalars(sa.select(audit.c.verb).order_by(audit.c.id)))


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        pytest.param(Policy.HOLD, {"unknown": 4}, id="hold"),
        pytest.param(Policy.RECONCILE, {"unknown": 4}, id="reconcile-without-the-right-to-ask"),
        pytest.param(Policy.RESEND, {"pending": 4}, id="resend"),
    ],
)
def test_each_policy_does_its_own_after_the_grace(sendgrid_shop, sendgrid, now, policy, expected):
    campaign_id = doubtful(sendgrid_shop, sendgrid, now, "accept-then-drop", policy=policy)

    doubt.settle_unknown(sendgrid_shop, now=utcnow())
    doubt.settle_unknown(sendgrid_shop, now=utcnow())

    assert states(sendgrid_shop) == expected
    with sendgrid_shop.database.read() as connection:
        assert doubt.cannot_ask(connection, campaign_id) == (policy is Policy.RECONCILE)
        assert not doubt.is_due(connection, utcnow())
    assert verbs(sendgrid_shop).count(doubt.CANNOT_ASK) == (policy is Policy.RECONCILE)


def test_within_the_grace_only_events_settle(sendgrid_shop, sendgrid, now):
    doubtful(sendgrid_shop, sendgrid, now, "accept-then-drop", policy=Policy.RESEND)
    age(sendgrid_shop, by=-timedelta(minutes=5))

    doubt.settle_unknown(sendgrid_shop, now=utcnow())

    assert states(sendgrid_shop) == {"unknown": 4}


def test_a_second_doubt_is_held_and_only_the_silent_are_sent_again(sendgrid_shop, sendgrid, now):
    campaign_id = doubtful(sendgrid_shop, sendgrid, now, "accept-then-drop", policy=Policy.RESEND)
    tell(sendgrid_shop, sendgrid, sendgrid.messages[0], "processed")

    doubt.settle_unknown(sendgrid_shop, now=utcnow())
    assert states(sendgrid_shop) == {"accepted": 1, "pending": 3}
    sendgrid.faults = ["500"]
    send_campaign(sendgrid_shop, campaign_id, owner="w")
    age(sendgrid_shop)
    doubt.settle_unknown(sendgrid_shop, now=utcnow())

    assert states(sendgrid_shop) == {"accepted": 1, "unknown": 3}
    with sendgrid_shop.database.read() as connection:
        assert not doubt.is_due(connection, utcnow())


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        pytest.param("accept-then-drop", {"accepted": 4}, id="it-has-them"),
        pytest.param("drop-after-body", {"pending": 4}, id="it-never-had-them"),
    ],
)
def test_the_provider_is_asked_and_believed_when_its_list_reaches_past_the_doubt(
    sendgrid_shop, sendgrid, now, fault, expected
):
    sendgrid.schedule.has_activity = True
    doubtful(sendgrid_shop, sendgrid, now, fault, policy=Policy.RECONCILE)
    if fault == "drop-after-body":
        doubt.settle_unknown(sendgrid_shop, now=utcnow())
        assert states(sendgrid_shop) == {"unknown": 4}, "its list may be late"
    another_campaign(sendgrid_shop, sendgrid)

    doubt.settle_unknown(sendgrid_shop, now=utcnow())

    assert of_first(sendgrid_shop) == expected


def test_a_list_that_is_late_proves_nothing(sendgrid_shop, sendgrid, now):
    sendgrid.schedule.has_activity = True
    doubtful(sendgrid_shop, sendgrid, now, "accept-then-drop", policy=Policy.RECONCILE)
    another_campaign(sendgrid_shop, sendgrid)
    sendgrid.schedule.hidden = {one["custom_args"]["x_k"] for one in sendgrid.messages}

    doubt.settle_unknown(sendgrid_shop, now=utcnow())
    assert of_first(sendgrid_shop) == {"unknown": 4}
    sendgrid.schedule.hidden = set()
    doubt.settle_unknown(sendgrid_shop, now=utcnow())

    assert of_first(sendgrid_shop) == {"accepted": 4}


def test_the_outbox_proves_itself_at_once_whatever_the_policy(shop, now):
    people(shop, now, 4, languages=("hy",))
    campaign_id = a_running_campaign(shop, now)

    def die(point):
        if point == "answered":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        send_campaign(shop, campaign_id, owner="w", checkpoint=die)
    folder = shop.outbox / folder_name("Spring") / "hy"
    next(folder.glob("*.eml")).unlink()
    age_lease(shop)
    ledger.sweep(shop, utcnow())
    assert states(shop) == {"unknown": 4}

    doubt.settle_unknown(shop, now=utcnow())
    assert states(shop) == {"accepted": 3, "pending": 1}
    send_campaign(shop, campaign_id, owner="w")

    assert states(shop) == {"accepted": 4}
    assert len(list(folder.glob("*.eml"))) == 4


def age_lease(shop):
    with shop.database.begin() as connection:
        connection.execute(sa.text("UPDATE batch SET lease_until = '2020-01-01 00:00:00+00:00'"))


def tell(shop, sendgrid, one, kind):
    body = json.dumps([sendgrid.event(one, kind)]).encode()
    events.keep_body(shop, "sendgrid", body, now=utcnow())
    events.ingest(shop, now=utcnow())


def test_a_proof_of_the_first_letter_outlives_the_refusal_of_the_second(
    sendgrid_shop, sendgrid, now
):
    campaign_id = doubtful(
        sendgrid_shop, sendgrid, now, "accept-then-drop", policy=Policy.HOLD, count=1
    )
    first = sendgrid.messages[0]
    campaigns.settle(sendgrid_shop, "Spring", decision="resend", actor="anna", now=utcnow())
    sendgrid.faults = ["400:0"]
    send_campaign(sendgrid_shop, campaign_id, owner="w")
    assert states(sendgrid_shop) == {"failed": 1}

    tell(sendgrid_shop, sendgrid, first, "delivered")

    assert states(sendgrid_shop) == {"accepted": 1}
    assert campaigns.retry(sendgrid_shop, "Spring", actor="anna", now=utcnow()) == 0


def test_a_drop_of_the_first_letter_after_its_proof_lets_the_second_stand(
    sendgrid_shop, sendgrid, now
):
    """processed (1), resent, in flight, dropped (1), taken (2): the second one is the letter."""
    campaign_id = doubtful(
        sendgrid_shop, sendgrid, now, "accept-then-drop", policy=Policy.HOLD, count=1
    )
    first = sendgrid.messages[0]
    campaigns.settle(sendgrid_shop, "Spring", decision="resend", actor="anna", now=utcnow())

    def between(point):
        if point == "answered":  # the second is taken, and its answer not yet written
            tell(sendgrid_shop, sendgrid, first, "processed")

    send_campaign(sendgrid_shop, campaign_id, owner="w", checkpoint=between)
    tell(sendgrid_shop, sendgrid, first, "dropped")

    assert states(sendgrid_shop) == {"accepted": 1}
    with sendgrid_shop.database.read() as connection:
        row = connection.execute(
            sa.select(attempt.c.key).join(message, message.c.attempt_id == attempt.c.id)
        ).one()
    assert row.key == sendgrid.messages[1]["custom_args"]["x_k"]

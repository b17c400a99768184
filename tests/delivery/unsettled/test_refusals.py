"""What was refused, why, and which of it may be tried again."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from campaigns.clock import utcnow
from campaigns.delivery import campaigns
from campaigns.delivery.dispatch import send_campaign
from campaigns.delivery.transports import problem
from campaigns.delivery.unsettled.refusals import refusals
from campaigns.store.suppressions import SuppressionReason, suppress
from campaigns.store.tables import message
from tests.support.sending import a_running_campaign, people, states


def refused(shop, now, reasons):
    """A finished campaign whose letters were refused for ``reasons``; the last one was accepted."""
    people(shop, now, len(reasons) + 1, languages=("hy",))
    campaign_id = a_running_campaign(shop, now)
    send_campaign(shop, campaign_id, owner="w")
    with shop.database.begin() as connection:
        ids = connection.scalars(sa.select(message.c.id).order_by(message.c.id)).all()
        for message_id, reason in zip(ids, reasons, strict=False):
            error = {**problem("transport.refused", reason=reason), "deferrals": message_id}
            connection.execute(
                message.update()
                .where(message.c.id == message_id)
                .values(state="failed", error=error)
            )
    return campaign_id


@pytest.mark.slow
def test_refusals_are_told_by_reason_and_what_is_for_good_is_not_tried_again(shop, now):
    campaign_id = refused(shop, now, ["quota", "quota", "busy", "550 5.1.1 no such user", "spam"])
    with shop.database.begin() as connection:
        key = connection.scalars(
            sa.select(message.c.address_key).order_by(message.c.id.desc()).limit(2)
        ).all()[1]
        suppress(connection, key, reason=SuppressionReason.BOUNCED, source="x", actor="x", now=now)
        found = refusals(connection, campaign_id)

    told = [(one.error["facts"]["reason"], one.messages, one.for_good) for one in found]
    assert told == [("quota", 2, False), ("busy", 1, False), *told[2:]]
    assert set(told[2:]) == {("550 5.1.1 no such user", 1, True), ("spam", 1, True)}

    assert campaigns.retry(shop, "Spring", actor="anna", now=utcnow()) == 3
    assert states(shop) == {"accepted": 1, "failed": 2, "pending": 3}


@pytest.mark.slow
@pytest.mark.parametrize("reason", ["450 4.1.1 later", "554 5.7.1 refused", "5.1.8 bad sender"])
def test_a_reason_that_is_not_the_mailboxs_end_may_be_tried_again(sqlite_shop, now, reason):
    campaign_id = refused(sqlite_shop, now, [reason])

    with sqlite_shop.database.read() as connection:
        assert [one.for_good for one in refusals(connection, campaign_id)] == [False]

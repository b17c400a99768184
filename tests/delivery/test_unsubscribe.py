from __future__ import annotations

import pytest
import sqlalchemy as sa

from campaigns.delivery import campaigns
from campaigns.delivery.dispatch import send_campaign
from campaigns.delivery.unsubscribe import unsubscribe, who
from campaigns.errors import NotFoundError
from campaigns.model.language import Language
from campaigns.model.permission import Purpose
from campaigns.store.suppressions import suppressed_keys
from campaigns.store.tables import consent, message
from tests.support.factory import a_consent
from tests.support.sending import a_running_campaign, people, states


def tokens(shop):
    with shop.database.read() as connection:
        return list(connection.execute(sa.select(message.c.token).order_by(message.c.id)).scalars())


def test_it_withdraws_every_consent_and_suppresses_the_address(shop, now):
    (contact_id,) = people(shop, now, 1)
    with shop.database.begin() as connection:
        a_consent(connection, contact_id, now=now, purpose=Purpose.TESTIMONIALS)
    a_running_campaign(shop, now)

    unsubscribe(shop, tokens(shop)[0], source="one-click", now=now)

    with shop.database.read() as connection:
        withdrawn = set(
            connection.execute(sa.select(consent.c.purpose).where(~consent.c.given)).scalars()
        )
        key = connection.execute(sa.select(message.c.address_key)).scalar_one()
        assert suppressed_keys(connection, [key]) == {key}
    assert withdrawn == set(Purpose)


def test_to_say_it_twice_is_to_say_it_once(shop, now):
    people(shop, now, 1)
    a_running_campaign(shop, now)

    for _ in range(2):
        unsubscribe(shop, tokens(shop)[0], source="page", now=now)

    with shop.database.read() as connection:
        records = connection.execute(
            sa.select(sa.func.count()).where(~consent.c.given)
        ).scalar_one()
        assert records == 1
        assert campaigns.status(connection, "Spring").events == {"unsubscribed": 1}


def test_a_letter_that_still_waits_is_not_sent(shop, now):
    people(shop, now, 3, languages=("hy",))
    campaign_id = a_running_campaign(shop, now)

    unsubscribe(shop, tokens(shop)[0], source="page", now=now)
    send_campaign(shop, campaign_id, owner="w")

    assert states(shop) == {"accepted": 2, "cancelled": 1}
    assert len(list(shop.outbox.rglob("*.eml"))) == 2


def test_the_page_knows_the_language_and_shows_no_whole_address(shop, now):
    people(shop, now, 1, languages=("ka",))
    a_running_campaign(shop, now)

    with shop.database.read() as connection:
        found = who(connection, tokens(shop)[0])
        address = connection.execute(sa.select(message.c.address)).scalar_one()

    assert found.language is Language.KA
    assert found.address != address
    assert found.address.endswith("@example.am")


def test_a_token_that_is_none_is_not_found(shop, now):
    with pytest.raises(NotFoundError), shop.database.read() as connection:
        who(connection, "nobody")
    with pytest.raises(NotFoundError):
        unsubscribe(shop, "nobody", source="page", now=now)

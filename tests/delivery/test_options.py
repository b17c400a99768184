"""What a marketer decides of one campaign stays as decided, until its letters leave."""

import pytest

from campaigns.delivery import campaigns, options
from campaigns.errors import ConflictError
from campaigns.model.options import CampaignOptions, Policy, Schedule
from tests.support.sending import LETTER, a_running_campaign, people


def test_options_are_kept_and_the_others_stay(shop, now):
    campaigns.create(
        shop, "Spring", segment="everyone", letter=LETTER, transport="outbox", actor="anna", now=now
    )

    options.change(shop, "Spring", actor="anna", now=now, policy=Policy.RECONCILE)
    options.change(shop, "Spring", actor="anna", now=now, schedule=Schedule(opens=11))

    with shop.database.read() as connection:
        kept = options.read_options(connection, "Spring")
    assert kept == CampaignOptions(policy=Policy.RECONCILE, schedule=Schedule(opens=11))


@pytest.mark.slow
def test_options_of_a_campaign_that_is_being_sent_do_not_change(shop, now):
    people(shop, now, 1)
    a_running_campaign(shop, now)

    with pytest.raises(ConflictError, match="running"):
        options.change(shop, "Spring", actor="anna", now=now, holdout=5)


def test_what_may_have_left_is_never_called_a_check(sendgrid_shop, now):
    """Letters of the sandbox count for no limit."""
    people(sendgrid_shop, now, 1)
    a_running_campaign(sendgrid_shop, now, transport="sendgrid")
    campaigns.pause(sendgrid_shop, "Spring", actor="anna", now=now)

    with pytest.raises(ConflictError, match="paused"):
        options.change(sendgrid_shop, "Spring", actor="anna", now=now, sandbox=True)
    assert options.change(sendgrid_shop, "Spring", actor="anna", now=now, single=True).single

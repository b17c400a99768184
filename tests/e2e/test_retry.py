"""The provider refuses a part of a campaign: the person sees which, and tries only these again."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, expect

from campaigns.clock import utcnow
from campaigns.settings import Settings
from campaigns.store.tables import message
from campaigns.store.workspace import open_workspace
from tests.e2e.conftest import Running
from tests.e2e.test_main_job import _, go, look_at_newest, press
from tests.support.fake_sendgrid import Account
from tests.support.sending import a_shop, an_approved_campaign, people
from tools.screenshots import settle

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.timeout(120)]

ACCEPTED, REFUSED = 45, 23


def test_only_what_was_refused_is_tried_again(
    up: Running, provider: tuple[Account, str], page: Page
):
    account, _address = provider
    account.bad_addresses = make_a_campaign(up)
    page.goto(f"{up.ui}/?lang=hy")
    settle(page)
    go(page, "Campaigns")
    look_at_newest(page)

    press(page, "Send now")
    told = _("**{accepted}** accepted, **{count}** refused but worth another try.",
             accepted=ACCEPTED, count=REFUSED)  # fmt: skip
    expect(page.get_by_text(told.replace("*", ""))).to_be_visible(timeout=60_000)
    assert len(account.messages) == ACCEPTED
    expect(page.get_by_role("listitem").filter(has_text=str(REFUSED))).to_contain_text("սխալ")

    account.bad_addresses = set()  # the provider has mended its list
    page.get_by_role("button", name=_("Try these {count} again", count=REFUSED)).click()
    done = page.get_by_text(_("Finished: every letter was accepted."))
    expect(done).to_be_visible(timeout=60_000)
    assert set(account.received().values()) == {1}
    assert len(account.messages) == ACCEPTED + REFUSED


def make_a_campaign(up: Running) -> set[str]:
    """Approve a campaign to all of a shop's readers; return the addresses of some of them."""
    workspace = open_workspace(Settings.from_environ(up.environ))
    now = utcnow()
    a_shop(workspace, now)
    people(workspace, now, ACCEPTED + REFUSED)
    an_approved_campaign(workspace, now, transport="sendgrid")
    with workspace.database.read() as connection:
        found = set(connection.scalars(sa.select(message.c.address).limit(REFUSED)))
    workspace.database.close()
    return found

import gzip
import json
import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from campaigns.delivery import campaigns
from campaigns.delivery.dispatch import send_campaign
from campaigns.delivery.heard import clicks, events
from campaigns.delivery.options import change
from campaigns.delivery.status import row_of
from campaigns.letters import library
from campaigns.model.language import Language
from campaigns.store.tables import link, trial, webhook_body
from campaigns.web.app import create_app
from tests.support.sending import LETTER, a_running_campaign, people, source

TARGET = "https://nur.example.am/spring?a=1&b=%E2%82%BE"
BODY = f"Hello [spring]({TARGET}) and [home](https://nur.example.am/) {{{{ city | default('x') }}}}"


@pytest.fixture
def shop_with_links(sendgrid_shop, now):
    """A letter with two links to everybody's places, and two readers of it."""
    with sendgrid_shop.database.begin() as connection:
        library.save(connection, LETTER, {Language.EN: [source(BODY)]}, actor="anna", now=now)
    people(sendgrid_shop, now, 2, languages=("en",))
    return sendgrid_shop


def ours(html):
    return re.findall(r'href="(https://shop\.example/c/[^"]+)"', html)


def test_a_letter_leads_over_our_address_to_where_its_writer_wanted(shop_with_links, sendgrid, now):
    campaign_id = a_running_campaign(shop_with_links, now, transport="sendgrid")
    send_campaign(shop_with_links, campaign_id, owner="w")
    site = TestClient(create_app(shop_with_links, now=lambda: now), follow_redirects=False)

    led = [
        [site.get(href.removeprefix("https://shop.example")).headers["location"]
         for href in ours(one["html"])]
        for one in sendgrid.messages
    ]  # fmt: skip

    assert led == [[TARGET, "https://nur.example.am/"]] * 2
    assert all(TARGET in one["text"] and "/c/" not in one["text"] for one in sendgrid.messages)
    tracking = sendgrid.bodies[0]["tracking_settings"]
    assert tracking["click_tracking"] == {"enable": False, "enable_text": False}
    assert tracking["open_tracking"] == {"enable": True}


def test_where_nothing_is_to_be_counted_links_lead_straight(shop_with_links, sendgrid, now):
    campaigns.create(
        shop_with_links, "Quiet", segment="everyone", letter=LETTER, transport="sendgrid",
        actor="anna", now=now,
    )  # fmt: skip
    change(shop_with_links, "Quiet", actor="anna", now=now, counts_clicks=False)
    with shop_with_links.database.read() as connection:
        row = row_of(connection, "Quiet")
        assert clicks.links_of(connection, shop_with_links.settings, row) is None


def test_links_are_numbered_anew_when_a_campaign_is_planned_again(shop_with_links, now):
    campaigns.create(
        shop_with_links, "Again", segment="everyone", letter=LETTER, transport="sendgrid",
        actor="anna", now=now,
    )  # fmt: skip
    for _ in range(2):
        campaigns.plan(shop_with_links, "Again", actor="anna", now=now)

    with shop_with_links.database.read() as connection:
        found = connection.execute(sa.select(link.c.number, link.c.url)).all()
    assert found == [(1, TARGET), (2, "https://nur.example.am/")]
    shown = campaigns.preview(shop_with_links, "Again", now=now)[0].rendered.html
    assert TARGET.replace("&", "&amp;") in shown


# --- what else comes in ----------------------------------------------------------------------------


def test_a_letter_to_oneself_is_heard_of_by_its_own_token(shop, now):
    texts = dict.fromkeys(
        ("transport", "account", "letter", "language", "key", "actor", "address_hash"), "x"
    )
    with shop.database.begin() as connection:
        connection.execute(trial.insert().values(token="trial-1", at=now, **texts))
    told = [{"event": "processed", "x_m": "trial-1"}, {"event": "processed", "x_m": "no-such"}]

    for turn in range(2):
        later = now + timedelta(minutes=turn)
        body = json.dumps([told[0] | {"n": turn}, told[1]]).encode()
        events.keep_body(shop, "sendgrid", body, now=later)
        events.ingest(shop, now=later)

    with shop.database.read() as connection:
        assert connection.execute(sa.select(trial.c.heard_at)).scalar_one() == now


def test_what_becomes_of_the_account_is_shown_and_of_bodies_too(shop, now):
    status = {"event": "account_status_change", "type": "compliance_suspend", "timestamp": 1}
    for body in (json.dumps([status]).encode(), b"not json"):
        events.keep_body(shop, "sendgrid", body, now=now)
    events.ingest(shop, now=now)
    events.keep_body(shop, "sendgrid", b"[]", now=now)

    with shop.database.read() as connection:
        found = events.inbox(connection)
    assert (found.waiting, found.unreadable, found.received_at) == (1, 1, now)
    assert found.account == [(now, "compliance_suspend")]


@pytest.mark.parametrize(("days", "left"), [(13, 3), (15, 2), (91, 1)])
def test_bodies_go_when_nobody_needs_them_and_those_that_wait_never(shop, now, days, left):
    for body in (b"[]", b"not json"):
        events.keep_body(shop, "sendgrid", body, now=now)
    events.ingest(shop, now=now)
    events.keep_body(shop, "sendgrid", b"[]", now=now)

    events.prune(shop, now=now + timedelta(days=days))

    with shop.database.read() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(webhook_body)) == left


def test_a_packed_file_goes_the_same_way_in_parts(shop, now, tmp_path, monkeypatch):
    monkeypatch.setattr(events, "PART", 4)
    path = tmp_path / "events.ndjson.gz"
    lines = "\n".join(json.dumps({"event": "open", "sg_event_id": f"e{n}"}) for n in range(10))
    path.write_bytes(gzip.compress(lines.encode()))

    report = events.ingest_file(shop, path, now=now)

    assert (report.bodies, report.new) == (3, 10)

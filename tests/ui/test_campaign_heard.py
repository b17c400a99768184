"""What a campaign's page says of who read it."""

import json

import pytest
import sqlalchemy as sa

from campaigns.delivery.heard import clicks, events
from campaigns.store.tables import campaign, link, message
from tests.support.sending import a_running_campaign, a_shop, people

AGENT = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"


@pytest.fixture
def heard(sqlite_workspace, now):
    """A finished campaign of which something of every kind was heard."""
    shop = sqlite_workspace
    a_shop(shop, now)
    people(shop, now, 2, languages=("hy",))
    campaign_id = a_running_campaign(shop, now)
    with shop.database.begin() as connection:
        connection.execute(campaign.update().values(state="done"))
        connection.execute(
            link.insert().values(campaign_id=campaign_id, number=1, url="https://a.example/<b>")
        )
        one, other = list(connection.execute(sa.select(message.c.token).limit(2)).scalars())
    told = [
        {"event": "delivered", "x_m": one}, {"event": "open", "x_m": one, "sg_machine_open": True},
        {"event": "open", "x_m": one, "useragent": AGENT, "timestamp": now.timestamp() + 90},
        {"event": "bounce", "x_m": other, "type": "blocked", "bounce_classification": "Reputation"},
    ]  # fmt: skip
    events.keep_body(shop, "sendgrid", json.dumps(told).encode(), now=now)
    clicks.keep(shop, [clicks.Click("k", one, 1, now, "curl/8")], now=now)
    events.ingest(shop, now=now)
    return shop


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "opened", "unreliable", "reason"),
    [
        ("hy", "Բացել են մարդիկ", "հավաստի չէ", "ուղարկողին չեն վստահում"),
        ("ka", "ადამიანებმა გახსნეს", "სანდო არ არის", "გამგზავნს არ ენდობიან"),
        ("en", "Opened by people", "unreliable", "the sender is not trusted"),
    ],
)
def test_a_page_tells_people_from_programs_and_calls_openings_unreliable(
    heard, open_page, language, opened, unreliable, reason
):
    page = open_page("campaigns", language)
    page.selectbox[0].select_index(1).run()

    assert not page.exception
    figures = {one.label: one.value for one in page.metric}
    assert figures[opened] == "1"
    captions = [one.value for one in page.caption]
    assert any(unreliable in one for one in captions)
    assert any(one.endswith("(1)") for one in captions)  # no colon: Armenian puts another mark
    tables = [one.value.values.tolist() for one in page.dataframe]
    assert ["0", "1", "https://a.example/<b>"] in [row for table in tables for row in table]
    assert [reason, "1"] in [row for table in tables for row in table]

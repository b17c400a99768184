import json
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from campaigns.delivery import campaigns
from campaigns.delivery.dispatch import send_campaign
from campaigns.delivery.heard import clicks, events
from campaigns.delivery.heard.reachability import DAYS, LETTERS, is_unreachable
from campaigns.delivery.heard.readers import BY_ITSELF, Machine, Seen, by_agent, judge
from campaigns.delivery.heard.tallies import BITS
from campaigns.model.states import EventKind
from campaigns.store.suppressions import suppressed_keys
from campaigns.store.tables import event, link, message, tally
from tests.support.sending import LETTER, a_running_campaign, people

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
SAFARI = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Safari/605.1.15"
OPEN, CLICK, ARRIVED = EventKind.OPENED, EventKind.CLICKED, EventKind.DELIVERED


def at(seconds):
    return NOON + timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("kind", "agent", "machine"),
    [
        (OPEN, "Mozilla/5.0", Machine.APPLE),
        (CLICK, "Mozilla/5.0", None),
        (OPEN, SAFARI, None),
        (OPEN, "Mozilla/5.0 (Windows NT 5.1) Firefox/11.0 (via ggpht.com GoogleImageProxy)", None),
        (OPEN, "YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html", None),
        (OPEN, "Mozilla/4.0 (compatible; ms-office; MSOffice rmj)", Machine.SCANNER),
        (CLICK, "Barracuda Sentinel (EE)", Machine.SCANNER),
        (CLICK, "python-requests/2.32", Machine.SCANNER),
        (CLICK, "Mozilla/5.0 (X11; Linux) HeadlessChrome/120.0", Machine.SCANNER),
        (CLICK, "TelegramBot (like TwitterBot)", Machine.PREVIEW),
        (CLICK, "facebookexternalhit/1.1", Machine.PREVIEW),
        (CLICK, "", Machine.SCANNER),
        (OPEN, "", None),
        (
            CLICK,
            "Mozilla/5.0 (Linux; Android 14; CUBOT X70) Chrome/131.0 Mobile Safari/537.36",
            None,
        ),
    ],
)
def test_a_program_is_known_by_its_name(kind, agent, machine):
    assert by_agent(kind, agent) == machine


def test_what_the_provider_calls_a_machine_is_one():
    assert by_agent(OPEN, SAFARI, is_apple=True) is Machine.APPLE


def test_who_is_faster_than_a_person_is_none():
    seen = [Seen(ARRIVED, at(0)), Seen(OPEN, at(1)), Seen(CLICK, at(-2)), Seen(CLICK, at(60))]

    assert judge(seen) == [None, Machine.AT_ONCE, Machine.AT_ONCE, None]


def test_two_links_at_once_are_a_burst_and_one_twice_is_an_impatient_person():
    burst = [
        Seen(CLICK, at(60), link=1),
        Seen(CLICK, at(61.5), link=2),
        Seen(CLICK, at(90), link=3),
    ]
    impatient = [Seen(CLICK, at(60), link=1), Seen(CLICK, at(60.4), link=1)]

    assert judge(burst) == [Machine.BURST, Machine.BURST, None]
    assert judge(impatient) == [None, None]


@given(
    st.lists(
        st.builds(
            Seen, st.sampled_from([OPEN, CLICK, ARRIVED]), st.integers(-5, 40).map(at),
            st.sampled_from([None, Machine.APPLE, Machine.SCANNER]),
            st.sampled_from([None, 1, 2, 3]),
        ),
        max_size=12,
    ),
    st.randoms(),
)  # fmt: skip
def test_the_order_in_which_events_come_makes_no_difference(seen, chance):
    told = dict(zip(map(id, seen), judge(seen), strict=True))
    mixed = chance.sample(seen, len(seen))

    assert [told[id(one)] for one in mixed] == judge(mixed)
    assert all(told[id(one)] == one.machine for one in seen
               if one.machine in BY_ITSELF and one.kind is not ARRIVED)  # fmt: skip


# --- what of it reaches the rows -------------------------------------------------------------------


@pytest.fixture
def sent(sendgrid_shop, sendgrid, now):
    """Three letters with three links."""
    people(sendgrid_shop, now, 3, languages=("hy",))
    campaign_id = a_running_campaign(sendgrid_shop, now, transport="sendgrid")
    send_campaign(sendgrid_shop, campaign_id, owner="w")
    rows = [{"campaign_id": campaign_id, "number": n, "url": f"https://a.example/{n}"}
            for n in (1, 2, 3)]  # fmt: skip
    with sendgrid_shop.database.begin() as connection:
        connection.execute(link.insert(), rows)
    return sendgrid_shop


def told(shop, now, made):
    events.keep_body(shop, "sendgrid", json.dumps(made).encode(), now=now)
    events.ingest(shop, now=now)


def click(shop, now, token, number, seconds):
    one = clicks.Click(f"{token}{number}{seconds}", token, number, at(seconds), SAFARI)
    clicks.keep(shop, [one], now=now)
    events.ingest(shop, now=now)


def figures(shop):
    with shop.database.read() as connection:
        found = campaigns.status(connection, "Spring").events
        links = connection.execute(
            sa.select(link.c.persons, link.c.machines).order_by(link.c.number)
        )
        return found, [tuple(row) for row in links]


def test_the_first_click_of_a_burst_is_taken_back_when_the_second_comes(sent, sendgrid, now):
    token = sendgrid.messages[0]["custom_args"]["x_m"]

    click(sent, now, token, 1, 60)
    before = figures(sent)
    click(sent, now, token, 2, 61)

    assert before == ({"clicked": 1}, [(1, 0), (0, 0), (0, 0)])
    assert figures(sent) == ({"clicked_scanner": 1}, [(0, 1), (0, 1), (0, 0)])
    with sent.database.read() as connection:
        assert set(connection.execute(sa.select(event.c.machine)).scalars()) == {Machine.BURST}
    click(sent, now, token, 3, 400)
    assert figures(sent) == (
        {"clicked": 1, "clicked_scanner": 1}, [(0, 1), (0, 1), (1, 0)],
    )  # fmt: skip


def test_a_delivery_that_is_told_late_unmasks_whoever_was_too_fast(sent, sendgrid, now):
    one, stamp = sendgrid.messages[0], int(NOON.timestamp())

    told(sent, now, [sendgrid.event(one, "open", timestamp=stamp, useragent=SAFARI)])
    before, _ = figures(sent)
    told(sent, now, [sendgrid.event(one, "delivered", timestamp=stamp - 2)])

    assert before == {"opened": 1}
    assert figures(sent)[0] == {"delivered": 1, "opened_scanner": 1}


def test_opens_are_of_people_of_apple_and_of_programs(sent, sendgrid, now):
    facts = ({"useragent": SAFARI}, {"sg_machine_open": True}, {"useragent": "Mimecast"})
    made = [sendgrid.event(one, "open", timestamp=int(NOON.timestamp()), **more)
            for one, more in zip(sendgrid.messages, facts, strict=True)]  # fmt: skip

    told(sent, now, made + made)

    assert figures(sent)[0] == {"opened": 1, "opened_apple": 1, "opened_scanner": 1}


def test_kept_figures_are_what_a_count_of_all_events_gives(sent, sendgrid, now):
    """In any order, in parts, late and twice."""
    stamp = int(NOON.timestamp())
    more = {"useragent": SAFARI, "bounce_classification": "Content"}
    kinds = ("processed", "deferred", "delivered", "open", "click", "bounce")
    made = [
        sendgrid.event(one, kind, timestamp=stamp + after, **more)
        for one in sendgrid.messages
        for after, kind in enumerate(kinds, 1)
    ]
    for start in range(0, len(made), 2):
        told(sent, now, made[::-1][start : start + 3])

    with sent.database.read() as connection:
        kept = dict(iter(connection.execute(sa.select(tally.c.what, tally.c.messages))))
        again = connection.execute(
            sa.select(message.c.heard, sa.func.count()).group_by(message.c.heard)
        ).all()
    counted = {what: sum(n for heard, n in again if heard & bit) for what, bit in BITS.items()}
    assert {what: n for what, n in kept.items() if n} == {w: n for w, n in counted.items() if n}
    assert kept["bounce_content"] == kept["bounced"] == kept["opened_scanner"] == 3


# --- who is never reached --------------------------------------------------------------------------

AWAY, THERE = BITS["blocked"], BITS["blocked"] | BITS["delivered"]


def letters(*heard, days=4):
    return [(NOON - timedelta(days=days * place), bits) for place, bits in enumerate(heard)]


@pytest.mark.parametrize(
    ("history", "is_one"),
    [
        pytest.param(letters(*[AWAY] * LETTERS), True, id="long-enough"),
        pytest.param(letters(*[AWAY] * (LETTERS - 1)), False, id="too-few"),
        pytest.param(letters(*[AWAY] * LETTERS, days=1), False, id="too-soon"),
        pytest.param(letters(AWAY, AWAY, THERE, AWAY, AWAY, AWAY), False, id="one-arrived"),
        pytest.param(letters(*[AWAY] * LETTERS, THERE), True, id="arrived-long-ago"),
        pytest.param(letters(0, *[AWAY] * LETTERS), False, id="the-newest-may-arrive-yet"),
    ],
)
def test_an_address_is_given_up_after_enough_letters_over_enough_days(history, is_one):
    assert is_unreachable(history) is is_one


def earlier_letter(shop, name, accepted_at, heard):
    """A letter of another campaign to each reader, of which this was heard."""
    campaign_id = campaigns.create(
        shop, name, segment="everyone", letter=LETTER, actor="anna", now=accepted_at
    )
    with shop.database.begin() as connection:
        rows = connection.execute(
            sa.select(message).where(message.c.campaign_id != campaign_id).order_by(message.c.id)
        ).mappings()
        for row, bits in list(zip(rows, heard, strict=False)):
            other = {"campaign_id": campaign_id, "token": f"{name}{row['id']}", "heard": bits,
                     "accepted_at": accepted_at}  # fmt: skip
            copied = {column: row[column] for column in row if column != "id"}
            connection.execute(message.insert().values(copied | other))


def test_whom_no_letter_reaches_is_suppressed_and_nobody_else(sent, sendgrid, now):
    for place in range(1, LETTERS):
        when = now - DAYS * place / (LETTERS - 1)
        earlier_letter(sent, f"C{place}", when, [AWAY, THERE if place == 2 else AWAY])
    with sent.database.begin() as connection:
        connection.execute(
            message.update().where(message.c.campaign_id == 1).values(accepted_at=now)
        )
        addresses = list(connection.execute(
            sa.select(message.c.address).where(message.c.campaign_id == 1).order_by(message.c.id)
        ).scalars())  # fmt: skip

    told(sent, now, [sendgrid.event(one, "bounce", type="blocked") for one in sendgrid.messages])

    with sent.database.read() as connection:
        assert suppressed_keys(connection, addresses) == {addresses[0]}

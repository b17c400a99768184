"""Nobody gets more letters than the shop allows itself, and the one that matters more goes first."""

from __future__ import annotations

import itertools
import threading
from datetime import timedelta
from zoneinfo import ZoneInfo

import polars as pl
import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaigns.clock import monotonic_s
from campaigns.delivery import campaigns, caps, ledger, options
from campaigns.delivery.batches import Claim
from campaigns.delivery.dispatch import Clock, send_campaign
from campaigns.delivery.transports import Addressee, Fate, Outcome, Request
from campaigns.letters import library
from campaigns.model.language import Language
from campaigns.model.limits import Cap, Limits
from campaigns.model.options import Schedule
from campaigns.model.permission import Purpose
from campaigns.model.priority import Priority
from campaigns.model.states import BatchState, CampaignState, MessageState
from campaigns.store.limits import save_limits
from campaigns.store.tables import campaign, left_out, message
from tests.support.factory import a_batch, a_campaign, a_consent, a_contact, a_message
from tests.support.sending import TEXTS, people, people_of, source, states

DAY = timedelta(days=1)
PROMOTION = Priority.PROMOTION
TAKEN = (Fate.ACCEPTED, Fate.UNKNOWN, None)
"""None: the call is still under way."""


def limit(shop, now, *each):
    with shop.database.begin() as connection:
        limits = Limits(tuple(Cap(days, letters) for letters, days in each))
        save_limits(connection, limits, actor="anna", now=now)


def letters_of(shop, now, names, priority="promotion"):
    """A letter of a priority, and campaigns with it to everyone, planned; return their reports."""
    with shop.database.begin() as connection:
        texts = {
            one: [source(body).replace("\npurpose", f"\npriority: {priority}\npurpose")]
            for one, body in TEXTS.items()
        }
        for name in names:
            library.save(connection, name, texts, actor="anna", now=now)
    return [planned(shop, now, name, letter=name) for name in names]


def planned(shop, now, name, letter):
    campaigns.create(shop, name, segment="everyone", letter=letter, actor="anna", now=now)
    return campaigns.plan(shop, name, actor="anna", now=now)


def approved(shop, now, *names):
    for minute, name in enumerate(names):
        campaigns.approve(shop, name, actor="anna", now=now + timedelta(minutes=minute))


def sent(shop, now, name):
    """Send a planned or approved campaign; return how many were accepted."""
    with shop.database.read() as connection:
        row = connection.execute(sa.select(campaign).where(campaign.c.name == name)).one()
    if row.state == CampaignState.PLANNED:
        approved(shop, now, name)
    if row.state != CampaignState.RUNNING:
        campaigns.send(shop, name, actor="anna", now=now)
    return send_campaign(shop, row.id, owner="w", clock=Clock(utcnow=lambda: now)).accepted


# --- planning ----------------------------------------------------------------------------------


@pytest.mark.slow
def test_who_had_enough_letters_in_a_window_is_left_out_until_it_is_over(sqlite_shop, now):
    people(sqlite_shop, now, 2)
    limit(sqlite_shop, now, (1, 3))
    letters_of(sqlite_shop, now, ["a"])
    sent(sqlite_shop, now, "a")
    late = now + 2 * DAY

    assert letters_of(sqlite_shop, late, ["b"])[0].left_out == {"capped": 2}
    assert letters_of(sqlite_shop, now + 3 * DAY, ["c"])[0].planned == 2
    (owed,) = letters_of(sqlite_shop, late, ["d"], priority="service")
    assert (owed.planned, owed.left_out) == (2, {})


def test_letters_that_reach_nobody_count_for_nothing(sqlite_shop, now):
    people(sqlite_shop, now, 1)
    limit(sqlite_shop, now, (1, 1))
    letters_of(sqlite_shop, now, ["a"])
    sent(sqlite_shop, now, "a")
    with sqlite_shop.database.begin() as connection:
        counted = sa.select(campaign.c.id).where(campaign.c.name == "b")
        connection.execute(campaign.update().values(options={"sandbox": True}))

    assert letters_of(sqlite_shop, now, ["b"])[0].planned == 1

    with sqlite_shop.database.begin() as connection:
        connection.execute(campaign.update().values(options={}, transport="outbox"))
        b = connection.execute(counted).scalar_one()
        assert caps.rivals_at_planning(connection, b, now) is not None
        mine = campaign.update().where(campaign.c.name == "b")
        connection.execute(mine.values(transport="sendgrid"))
        assert caps.rivals_at_planning(connection, b, now) is None


@pytest.mark.slow
def test_a_waiting_letter_that_matters_more_goes_first_the_same_day(sqlite_shop, now):
    people(sqlite_shop, now, 2)
    letters_of(sqlite_shop, now, ["miss"], priority="retention")
    approved(sqlite_shop, now, "miss")

    (offer,) = letters_of(sqlite_shop, now, ["offer"])
    (later,) = letters_of(sqlite_shop, now + DAY, ["later"])
    sent(sqlite_shop, now, "miss")
    (after,) = letters_of(sqlite_shop, now + timedelta(hours=1), ["after"])

    assert offer.left_out == after.left_out == {"outranked": 2}
    assert later.planned == 2


@pytest.mark.slow
def test_a_plan_for_another_day_looks_at_the_limits_of_that_day(sqlite_shop, now):
    people(sqlite_shop, now, 2)
    limit(sqlite_shop, now, (1, 1))
    letters_of(sqlite_shop, now, ["a", "b"])
    sent(sqlite_shop, now, "a")
    at = Schedule(at=(now + DAY).strftime("%Y-%m-%dT12:00"))
    options.change(sqlite_shop, "b", actor="anna", now=now, schedule=at)

    assert campaigns.plan(sqlite_shop, "b", actor="anna", now=now).planned == 2


# --- the intent --------------------------------------------------------------------------------


@pytest.mark.slow
def test_of_two_campaigns_that_are_planned_at_once_the_first_approved_takes_the_day(shop, now):
    people(shop, now, 3)
    limit(shop, now, (1, 1))
    assert [one.planned for one in letters_of(shop, now, ["a", "b"])] == [3, 3]
    approved(shop, now, "a", "b")

    with shop.database.begin() as connection:  # on the server's own day
        moment = sa.func.now() if shop.database.is_postgresql else now
        rows = campaign.update().where(campaign.c.name == "a")
        connection.execute(rows.values(approved_at=moment))
        rows = campaign.update().where(campaign.c.name == "b")
        connection.execute(rows.values(approved_at=now + 1000 * DAY))

    assert sent(shop, now, "b") == 0
    assert sent(shop, now, "a") == 3
    with shop.database.read() as connection:
        reasons = connection.execute(sa.select(left_out.c.reason)).scalars().all()
    assert reasons == ["capped"] * 3
    assert states(shop) == {"accepted": 3, "cancelled": 3}


@pytest.mark.slow
def test_what_was_approved_since_and_matters_more_takes_the_place(sqlite_shop, now):
    people(sqlite_shop, now, 2)
    letters_of(sqlite_shop, now, ["offer"])
    letters_of(sqlite_shop, now, ["sorry"], priority="service")
    approved(sqlite_shop, now, "offer", "sorry")

    assert sent(sqlite_shop, now, "offer") == 0
    assert sent(sqlite_shop, now, "sorry") == 2
    with sqlite_shop.database.read() as connection:
        assert campaigns.status(connection, "offer").left_out == {"outranked": 2}


def test_alone_a_campaign_asks_one_question_more(sqlite_shop, now):
    people(sqlite_shop, now, 1)
    letters_of(sqlite_shop, now, ["a"])
    asked = []
    with sqlite_shop.database.begin() as connection:
        row = connection.execute(sa.select(campaign.c.id)).scalar_one()
        sa.event.listen(connection, "before_cursor_execute", lambda *said: asked.append(said))
        assert caps.rivals_at_intent(connection, row, now) is None
    assert len(asked) == 1


def a_letter(connection, now, rank, who, state=CampaignState.RUNNING):
    """A campaign with one batch that is claimed; return the claim and the request."""
    campaign_id = a_campaign(
        connection, now=now, rank=rank, state=state, approved_at=now, transport="sendgrid"
    )
    batch_id = a_batch(
        connection, campaign_id, size=len(who), state=BatchState.CLAIMED, owner="w", attempt=1
    )  # fmt: skip
    rows = [
        a_message(
            connection, campaign_id=campaign_id, contact_id=contact_id, batch_id=batch_id,
            consent_id=consent_id, state=MessageState.PENDING,
        )
        for contact_id, consent_id in who
    ]  # fmt: skip
    addresses = dict(
        connection.execute(
            sa.select(message.c.id, message.c.address).where(message.c.batch_id == batch_id)
        ).all()
    )
    reached = people_of([Addressee(one, token, addresses[one], "", "") for one, token in rows])
    request = Request(campaign_id, "c", Language.HY, "s", "h", "t", reached, pl.DataFrame())
    return Claim(batch_id, campaign_id, "hy", 1, "note", "w", 1), request


def intend(connection, letter, now, key):
    claim, request = letter
    return ledger.intend(
        connection, claim, request, Purpose.OFFERS, key=key, now=now, lease_s=60.0
    )  # fmt: skip


def somebody(connection, now):
    contact_id = a_contact(connection, now=now)
    return contact_id, a_consent(connection, contact_id, now=now)


def expected(log, moment, rank, limits):
    """Why one more letter is too much for somebody who got those of ``log``; written anew here."""
    if rank == Priority.SERVICE:
        return None
    days = [(moment.astimezone(ZONE).date() - at.astimezone(ZONE).date()).days for at, _ in log]
    if any(ago == 0 and other < rank for ago, (_, other) in zip(days, log, strict=True)):
        return "outranked"
    full = any(sum(ago < window for ago in days) >= letters for letters, window in limits)
    return "capped" if full else None


ZONE = ZoneInfo("Asia/Yerevan")
EPOCHS = itertools.count()
ONE_CAMPAIGN = st.tuples(
    st.integers(0, 14 * 24 * 60), st.sampled_from(Priority),
    st.sets(st.integers(0, 2), min_size=1), st.sampled_from([*TAKEN, Fate.REFUSED]),
)  # fmt: skip
SHOP_LIMITS = st.lists(
    st.tuples(st.integers(1, 3), st.sampled_from([1, 2, 7, 30])), max_size=3,
    unique_by=lambda cap: cap[1],
)  # fmt: skip


@pytest.mark.slow
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sends=st.lists(ONE_CAMPAIGN, min_size=2, max_size=9), limits=SHOP_LIMITS)
def test_no_window_holds_more_letters_than_allowed_and_none_is_held_back_without_need(
    sqlite_shop, now, sends, limits
):
    begins = now + next(EPOCHS) * 400 * DAY
    limit(sqlite_shop, now, *limits)
    with sqlite_shop.database.begin() as connection:
        who = [somebody(connection, begins) for _ in range(3)]
    log = {contact_id: [] for contact_id, _ in who}
    for minutes, rank, chosen, fate in sorted(sends, key=lambda one: one[0]):
        moment = begins + timedelta(minutes=minutes)
        with sqlite_shop.database.begin() as connection:
            letter = a_letter(connection, moment, rank, [who[one] for one in sorted(chosen)])
            campaign_id = letter[0].campaign_id
            made = intend(connection, letter, moment, f"{campaign_id}")
            if fate is not None and made.attempt_id:
                outcome = Outcome.same(fate, made.request.count)
                ledger.conclude(connection, made, outcome, now=moment, lease_s=60.0)
            is_done = {"state": CampaignState.DONE, "finished_at": moment}
            connection.execute(
                campaign.update().where(campaign.c.id == campaign_id).values(is_done)
            )
            query = sa.select(left_out.c.contact_id, left_out.c.reason)
            denied = dict(
                connection.execute(query.where(left_out.c.campaign_id == campaign_id)).all()
            )
        for one in chosen:
            contact_id = who[one][0]
            assert denied.get(contact_id) == expected(log[contact_id], moment, rank, limits)
            if contact_id not in denied and fate in TAKEN:
                log[contact_id].append((moment, rank))


@pytest.mark.slow
@pytest.mark.parametrize("is_begun", [True, False])
def test_two_campaigns_that_send_at_the_same_moment_stay_within_the_limit(
    postgres_workspace, now, is_begun
):
    shop, database = postgres_workspace, postgres_workspace.database
    limit(shop, now, (1, 1))
    with database.begin() as connection:
        who = [somebody(connection, now)]
        first = a_letter(connection, now, PROMOTION, who)
        state = CampaignState.RUNNING if is_begun else CampaignState.PLANNED
        second = a_letter(connection, now, PROMOTION, who, state)
        # What waits is not to decide: only what the other has written and not yet committed.
        long_ago = campaign.update().values(approved_at=now - 30 * DAY)
        connection.execute(long_ago)
        postponed = sa.text("UPDATE batch SET not_before = now() + interval '9 days'")
        connection.execute(postponed)
    found = []

    def other():
        with database.begin() as connection:
            if not is_begun:
                running = campaign.update().where(campaign.c.id == second[0].campaign_id)
                connection.execute(running.values(state=CampaignState.RUNNING))
                caps.announce(connection)
                connection.commit()
        with database.begin() as connection:
            found.append(intend(connection, second, now, "second").request.count)

    thread = threading.Thread(target=other)
    with database.begin() as connection:
        assert intend(connection, first, now, "first").request.count == 1
        thread.start()
        wait_until_somebody_waits(database)
    thread.join()
    assert found == [0]


def wait_until_somebody_waits(database):
    query = sa.text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
    until = monotonic_s() + 30
    while monotonic_s() < until:
        with database.read() as connection:
            if connection.execute(query).scalar_one():
                return
    pytest.fail("nobody waits for the other's intent")


def test_letters_long_ago_are_not_looked_at(sqlite_shop, now):
    limit(sqlite_shop, now, (1, 30))
    with sqlite_shop.database.begin() as connection:
        mine = a_campaign(connection, now=now, state=CampaignState.RUNNING)
        a_campaign(
            connection, now=now, state=CampaignState.DONE, finished_at=now - timedelta(days=40)
        )
        assert caps.rivals_at_intent(connection, mine, now) is None

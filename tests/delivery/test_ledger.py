"""The rows of sending: claims, intents, results, repairs, and who is checked when."""

from __future__ import annotations

import itertools
import threading
from collections import Counter
from datetime import timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaigns import clock
from campaigns.delivery import batches, campaigns, ledger
from campaigns.delivery.dispatch import Clock, send_campaign
from campaigns.delivery.transports import choice
from campaigns.letters import library
from campaigns.model.language import Language
from campaigns.model.permission import Denial, Purpose
from campaigns.store.suppressions import SuppressionReason, suppress
from campaigns.store.tables import attempt, batch, campaign, contact, message
from tests.delivery.conftest import use_sendgrid
from tests.support.factory import a_consent, a_contact
from tests.support.sending import (
    a_running_campaign,
    an_accepted_trial,
    attempt_outcomes,
    batch_states,
    leaves,
    people,
    source,
    states,
)

NUMBERS = itertools.count(1)


class Died(BaseException):
    """A process that ended without a word."""


def dying_at(point, nth=1):
    """A checkpoint that ends the run the ``nth`` time that ``point`` is passed."""
    left = [nth]

    def checkpoint(name):
        if name == point:
            left[0] -= 1
            if not left[0]:
                raise Died

    return checkpoint


def run(shop, campaign_id, **more):
    with pytest.raises(Died):
        send_campaign(shop, campaign_id, owner="dead", **more)


def the_lease_runs_out(shop, now):
    """As if the time of every lease had passed."""
    with shop.database.begin() as connection:
        connection.execute(batch.update().values(lease_until=now - timedelta(days=300)))


def start(shop, now, count=4, *, transport="sendgrid", languages=("hy",)):
    people(shop, now, count, languages=languages)
    return a_running_campaign(shop, now, transport=transport)


# --- permission --------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(
    ("change", "denial"),
    [
        pytest.param("suppress", Denial.SUPPRESSED, id="suppressed"),
        pytest.param("withdraw", Denial.CONSENT_WITHDRAWN, id="withdrawn"),
        pytest.param("move", Denial.ADDRESS_CHANGED, id="address-is-another-now"),
    ],
)
def test_who_may_no_longer_be_written_to_is_left_out_at_the_last_moment(
    sendgrid_shop, sendgrid, now, change, denial
):
    campaign_id = start(sendgrid_shop, now)
    with sendgrid_shop.database.begin() as connection:
        row = connection.execute(sa.select(message).limit(1)).one()
        if change == "suppress":
            suppress(connection, row.address_key, reason=SuppressionReason.OPERATOR,
                     source="test", actor="anna", now=now)  # fmt: skip
        elif change == "withdraw":
            a_consent(connection, row.contact_id, now=now, given=False)
        else:
            moved = contact.update().where(contact.c.id == row.contact_id)
            connection.execute(moved.values(address="new@example.am", address_key="new@example.am"))

    send_campaign(sendgrid_shop, campaign_id, owner="w")

    assert row.address not in sendgrid.received()
    with sendgrid_shop.database.read() as connection:
        found = campaigns.status(connection, "Spring")
    assert (found.accepted, found.planned, found.state) == (3, 3, "done")
    assert found.left_out == {denial: 1}


def test_a_batch_of_which_nobody_may_be_written_to_makes_no_request(sendgrid_shop, sendgrid, now):
    campaign_id = start(sendgrid_shop, now, 2)
    with sendgrid_shop.database.begin() as connection:
        for row in connection.execute(sa.select(message)).all():
            a_consent(connection, row.contact_id, now=now, given=False)

    send_campaign(sendgrid_shop, campaign_id, owner="w")

    assert sendgrid.requests == 0
    assert batch_states(sendgrid_shop) == {"cancelled": 1}
    assert attempt_outcomes(sendgrid_shop) == {}


def test_a_message_names_the_consent_that_was_in_force_when_it_was_sent(shop, now):
    campaign_id = start(shop, now, 1, transport="outbox")
    with shop.database.begin() as connection:
        row = connection.execute(sa.select(message)).one()
        a_consent(connection, row.contact_id, now=now, given=False)
        renewed = a_consent(connection, row.contact_id, now=now)

    send_campaign(shop, campaign_id, owner="w")

    with shop.database.read() as connection:
        assert connection.execute(sa.select(message.c.consent_id)).scalar_one() == renewed


@pytest.mark.slow
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    fates=st.lists(
        st.tuples(
            st.sampled_from(["agreed", "never", "withdrawn", "suppressed", "other purpose"]),
            st.sampled_from(["nothing", "withdraw", "suppress", "renew"]),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_nobody_without_permission_is_ever_in_a_request(sqlite_shop, sendgrid, fates, now):
    """Whatever happened before the plan, and between the plan and the intent."""
    shop, name = sqlite_shop, f"c{next(NUMBERS)}"
    use_sendgrid(shop, sendgrid.address)
    with shop.database.begin() as connection:
        connection.execute(sa.text("UPDATE contact SET city = 'old'"))
    ids = _people_with(shop, now, [before for before, _ in fates])
    campaign_id = campaigns.create(
        shop, name, segment="city is empty", letter="spring", transport="sendgrid", actor="a", now=now
    )  # fmt: skip
    leaves(shop, campaign_id)
    report = campaigns.plan(shop, name, actor="a", now=now)
    if not report.planned:
        return
    an_accepted_trial(shop, now)
    campaigns.approve(shop, name, actor="a", now=now, probe=lambda _url: True)
    campaigns.send(shop, name, actor="a", now=now)
    for contact_id, (_, meanwhile) in zip(ids, fates, strict=True):
        _meanwhile(shop, now, contact_id, meanwhile)
    before = len(sendgrid.messages)

    with shop.database.begin() as connection:
        connection.execute(batch.update().values(not_before=None))
    send_campaign(shop, campaign_id, owner="w")

    got = {one["to"] for one in sendgrid.messages[before:]}
    allowed = {
        f"p{contact_id}@example.am"
        for contact_id, (planned, meanwhile) in zip(ids, fates, strict=True)
        if planned == "agreed" and meanwhile in ("nothing", "renew")
    }
    assert got == allowed


def campaign_id_of(shop, name):
    with shop.database.read() as connection:
        return connection.execute(
            sa.select(campaign.c.id).where(campaign.c.name == name)
        ).scalar_one()


def _people_with(shop, now, befores):
    ids = []
    with shop.database.begin() as connection:
        for before in befores:
            contact_id = a_contact(connection, now=now)
            address = f"p{contact_id}@example.am"
            connection.execute(
                contact.update()
                .where(contact.c.id == contact_id)
                .values(address=address, address_key=address)
            )
            ids.append(contact_id)
            if before != "never":
                purpose = Purpose.TESTIMONIALS if before == "other purpose" else Purpose.OFFERS
                a_consent(connection, contact_id, now=now, purpose=purpose)
            if before == "withdrawn":
                a_consent(connection, contact_id, now=now, given=False)
            if before == "suppressed":
                _suppress(connection, contact_id, now)
    return ids


def _meanwhile(shop, now, contact_id, what):
    with shop.database.begin() as connection:
        if what == "withdraw":
            a_consent(connection, contact_id, now=now, given=False)
        elif what == "suppress":
            _suppress(connection, contact_id, now)
        elif what == "renew":
            a_consent(connection, contact_id, now=now)


def _suppress(connection, contact_id, now):
    suppress(connection, f"p{contact_id}@example.am", reason=SuppressionReason.OPERATOR,
             source="test", actor="a", now=now)  # fmt: skip


# --- dying, waking, racing -----------------------------------------------------------------------


def test_a_claim_that_ran_out_is_given_back_and_nothing_was_asked(sendgrid_shop, sendgrid, now):
    campaign_id = start(sendgrid_shop, now)
    run(sendgrid_shop, campaign_id, checkpoint=dying_at("claimed"))
    assert ledger.sweep(sendgrid_shop, clock.utcnow()) == ledger.Sweep(0, 0)

    the_lease_runs_out(sendgrid_shop, now)
    assert ledger.sweep(sendgrid_shop, clock.utcnow()) == ledger.Sweep(1, 0)
    send_campaign(sendgrid_shop, campaign_id, owner="w")

    assert states(sendgrid_shop) == {"accepted": 4}


def test_an_intent_that_ran_out_is_unknown_and_never_sent_again_by_itself(
    sendgrid_shop, sendgrid, now
):
    campaign_id = start(sendgrid_shop, now)
    run(sendgrid_shop, campaign_id, checkpoint=dying_at("intended"))

    the_lease_runs_out(sendgrid_shop, now)
    assert ledger.sweep(sendgrid_shop, clock.utcnow()) == ledger.Sweep(0, 1)
    send_campaign(sendgrid_shop, campaign_id, owner="w")

    assert sendgrid.requests == 0
    assert states(sendgrid_shop) == {"unknown": 4}
    assert attempt_outcomes(sendgrid_shop) == {"unknown": 1}


def test_of_a_batch_in_several_requests_only_the_one_under_way_becomes_unknown(
    shop, now, monkeypatch
):
    campaign_id = start(shop, now, 6, transport="outbox")
    window_of_two(monkeypatch)
    run(shop, campaign_id, checkpoint=dying_at("intended", nth=2))

    the_lease_runs_out(shop, now)
    ledger.sweep(shop, clock.utcnow())

    assert states(shop) == {"accepted": 2, "unknown": 2, "pending": 2}
    assert batch_states(shop) == {"ready": 1}
    send_campaign(shop, campaign_id, owner="w")
    assert states(shop) == {"accepted": 4, "unknown": 2}
    assert batch_states(shop) == {"unknown": 1}


def test_a_result_that_comes_after_the_lease_turns_unknown_into_accepted(
    sendgrid_shop, sendgrid, now
):
    campaign_id = start(sendgrid_shop, now)

    def sleeping(point):
        if point == "answered":
            the_lease_runs_out(sendgrid_shop, now)
            ledger.sweep(sendgrid_shop, clock.utcnow())
            assert states(sendgrid_shop) == {"unknown": 4}

    send_campaign(sendgrid_shop, campaign_id, owner="w", checkpoint=sleeping)

    assert states(sendgrid_shop) == {"accepted": 4}
    assert batch_states(sendgrid_shop) == {"accepted": 1}


def test_a_process_that_slept_between_intent_and_call_makes_no_call(sendgrid_shop, sendgrid, now):
    campaign_id = start(sendgrid_shop, now)
    ticks = iter([0.0, 1_000.0])
    asleep = Clock(monotonic_s=lambda: next(ticks, 2_000.0))

    send_campaign(sendgrid_shop, campaign_id, owner="w", clock=asleep)

    assert sendgrid.requests == 0
    assert states(sendgrid_shop) == {"pending": 4}


def test_a_process_whose_claim_was_taken_over_makes_no_call(sendgrid_shop, sendgrid, now):
    campaign_id = start(sendgrid_shop, now)

    def overtaken(point):
        if point == "claimed" and not sendgrid.requests:
            the_lease_runs_out(sendgrid_shop, now)
            ledger.sweep(sendgrid_shop, clock.utcnow())
            send_campaign(sendgrid_shop, campaign_id, owner="other")

    send_campaign(sendgrid_shop, campaign_id, owner="w", checkpoint=overtaken)

    assert sendgrid.requests == 1
    assert set(sendgrid.received().values()) == {1}


def test_a_pause_after_the_claim_stops_the_call(sendgrid_shop, sendgrid, now):
    campaign_id = start(sendgrid_shop, now)

    def pausing(point):
        if point == "claimed" and not sendgrid.requests:
            campaigns.pause(sendgrid_shop, "Spring", actor="anna", now=now)

    send_campaign(sendgrid_shop, campaign_id, owner="w", checkpoint=pausing)

    assert sendgrid.requests == 0
    assert states(sendgrid_shop) == {"pending": 4}


def test_a_cancelled_campaign_leaves_nothing_behind_when_its_worker_dies(
    sendgrid_shop, sendgrid, now
):
    campaign_id = start(sendgrid_shop, now)
    run(sendgrid_shop, campaign_id, checkpoint=dying_at("claimed"))
    campaigns.cancel(sendgrid_shop, "Spring", actor="anna", now=now)

    the_lease_runs_out(sendgrid_shop, now)
    ledger.sweep(sendgrid_shop, clock.utcnow())

    assert states(sendgrid_shop) == {"cancelled": 4}


def test_a_campaign_whose_last_batch_became_unknown_is_finished(sendgrid_shop, sendgrid, now):
    campaign_id = start(sendgrid_shop, now)
    run(sendgrid_shop, campaign_id, checkpoint=dying_at("answered"))
    the_lease_runs_out(sendgrid_shop, now)

    ledger.sweep(sendgrid_shop, clock.utcnow())

    with sendgrid_shop.database.read() as connection:
        assert campaigns.status(connection, "Spring").state == "done"


@pytest.mark.slow
def test_workers_that_share_a_campaign_send_each_letter_once(sendgrid_shop, sendgrid, now):
    object.__setattr__(sendgrid_shop.settings, "batch_size", 5)
    campaign_id = start(sendgrid_shop, now, 60)
    reports = {}

    def work(owner):
        reports[owner] = send_campaign(sendgrid_shop, campaign_id, owner=owner)

    workers = [threading.Thread(target=work, args=(f"w{i}",)) for i in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert Counter(sendgrid.received().values()) == {1: 60}
    assert sum(report.accepted for report in reports.values()) == 60
    assert states(sendgrid_shop) == {"accepted": 60}
    with sendgrid_shop.database.read() as connection:
        assert campaigns.status(connection, "Spring").state == "done"


def test_two_claims_never_get_one_batch(shop, now):
    campaign_id = start(shop, now, 1, transport="outbox")

    with shop.database.begin() as connection:
        first = batches.claim(connection, campaign_id, "a", now=clock.utcnow(), lease_s=60)
    with shop.database.begin() as connection:
        second = batches.claim(connection, campaign_id, "b", now=clock.utcnow(), lease_s=60)

    assert first is not None
    assert second is None


def test_each_call_leaves_its_intent_with_a_hash_and_its_result(sendgrid_shop, sendgrid, now):
    start_id = start(sendgrid_shop, now)
    send_campaign(sendgrid_shop, start_id, owner="w")

    with sendgrid_shop.database.read() as connection:
        row = connection.execute(sa.select(attempt)).one()

    assert (row.outcome, row.http_status, row.recipients) == ("accepted", 202, 4)
    assert row.provider_id == "fake00000001"
    assert row.key == sendgrid.messages[0]["custom_args"]["x_k"]
    assert len(row.request_hash) == 64
    assert row.intent_at <= row.result_at


def test_one_reader_whose_data_the_letter_cannot_take_keeps_nobody_else_from_it(shop, now):
    ids = people(shop, now, 3, languages=("hy",))
    with shop.database.begin() as connection:
        for contact_id in ids[1:]:
            connection.execute(
                sa.text("UPDATE contact SET city = 'Երևան' WHERE id = :i"), {"i": contact_id}
            )
        texts = {Language.HY: [source("Բարև {{ city }}")]}
        library.save(connection, "needs_city", texts, actor="a", now=now)
    campaigns.create(shop, "Spring", segment="everyone", letter="needs_city", actor="a", now=now)
    campaigns.plan(shop, "Spring", actor="a", now=now)
    with shop.database.begin() as connection:  # approval would have seen it
        connection.execute(campaign.update().values(state="running"))

    send_campaign(shop, campaign_id_of(shop, "Spring"), owner="w")

    assert states(shop) == {"accepted": 2, "failed": 1}
    assert batch_states(shop) == {"accepted": 1}


def window_of_two(monkeypatch):
    def small(*args):
        return real(*args, window=2)

    real = choice.OutboxTransport
    monkeypatch.setattr(choice, "OutboxTransport", small)


def test_a_late_word_that_it_was_not_taken_reopens_a_campaign_that_was_done(
    sqlite_shop, sendgrid, now
):
    use_sendgrid(sqlite_shop, sendgrid.address)
    campaign_id = start(sqlite_shop, now, 2)
    sendgrid.faults = ["429"]

    def asleep(point):
        if point == "answered":
            the_lease_runs_out(sqlite_shop, now)
            ledger.sweep(sqlite_shop, now)
            assert states(sqlite_shop) == {"unknown": 2}

    send_campaign(sqlite_shop, campaign_id, owner="slow", checkpoint=asleep)
    with sqlite_shop.database.begin() as connection:
        assert campaigns.status(connection, "Spring").state == "running"
        connection.execute(batch.update().values(not_before=None))
    send_campaign(sqlite_shop, campaign_id, owner="w")

    assert states(sqlite_shop) == {"accepted": 2}

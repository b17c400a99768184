from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from campaigns.delivery import campaigns
from campaigns.delivery.status import row_of, status
from campaigns.delivery.timing import leaving
from campaigns.delivery.timing.schedule import begin_due, schedule, unschedule
from campaigns.errors import ConflictError, InputError
from campaigns.model.options import options_of
from campaigns.store.options import read_brand, save_brand
from campaigns.store.tables import audit, batch, campaign, contact, event, message
from tests.support.sending import an_approved_campaign, people

TEN = "2026-03-10T10:00"
TEN_IN_YEREVAN = datetime(2026, 3, 10, 6, tzinfo=UTC)
TEN_IN_BERLIN = datetime(2026, 3, 10, 9, tzinfo=UTC)


@pytest.fixture
def approved(sqlite_shop, now):
    return _prepared(sqlite_shop, now)


@pytest.fixture
def approved_anywhere(shop, now):
    return _prepared(shop, now)


def _prepared(shop, now):
    """Three readers in Armenia and three in Germany, an approved campaign to them."""
    for number, contact_id in enumerate(people(shop, now, 6)):
        phone = f"+3749123456{number}" if number < 3 else f"+491511234567{number}"
        with shop.database.begin() as connection:
            connection.execute(
                contact.update().where(contact.c.id == contact_id).values(phone=phone)
            )
    an_approved_campaign(shop, now)
    return shop


def _status(workspace):
    with workspace.database.read() as connection:
        return status(connection, "Spring")


def _verbs(workspace, actor):
    query = sa.select(audit.c.verb).where(audit.c.actor == actor).order_by(audit.c.id)
    with workspace.database.read() as connection:
        return list(connection.execute(query).scalars())


def _through_sendgrid(workspace):
    with workspace.database.begin() as connection:
        connection.execute(campaign.update().values(transport="sendgrid"))


def _departures(workspace):
    with workspace.database.read() as connection:
        found = leaving.departures(connection, row_of(connection, "Spring"))
    return [(one.zone, one.hour, one.at, one.letters) for one in found]


def test_each_zone_leaves_at_its_own_ten_o_clock_and_the_first_one_begins(approved_anywhere, now):
    starts_at = schedule(approved_anywhere, "Spring", at=TEN, actor="ani", now=now)

    assert starts_at == TEN_IN_YEREVAN
    assert _status(approved_anywhere).state == "scheduled"
    assert _departures(approved_anywhere) == [
        ("Asia/Yerevan", None, TEN_IN_YEREVAN, 3),
        ("Europe/Berlin", None, TEN_IN_BERLIN, 3),
    ]


def test_the_ticker_starts_it_once_when_its_time_has_come(approved, now):
    schedule(approved, "Spring", at=TEN, actor="ani", now=now)

    begin_due(approved, now=TEN_IN_YEREVAN - timedelta(seconds=1))
    before = _status(approved).state
    begin_due(approved, now=TEN_IN_YEREVAN)
    begin_due(approved, now=TEN_IN_YEREVAN)

    assert (before, _status(approved).state) == ("scheduled", "running")
    assert _status(approved).started_at == TEN_IN_YEREVAN
    assert _verbs(approved, "worker") == ["campaign.start"]


def test_one_that_is_two_hours_late_asks_and_leaves_only_when_a_person_says_so(
    approved_anywhere, now
):
    schedule(approved_anywhere, "Spring", at=TEN, actor="ani", now=now)

    begin_due(approved_anywhere, now=TEN_IN_YEREVAN + timedelta(hours=2, seconds=1))

    paused = _status(approved_anywhere)
    assert (paused.state, paused.started_at) == ("paused", None)
    assert paused.error == {"code": "campaign.stale", "facts": {"at": "2026-03-10 10:00"}}
    campaigns.resume(
        approved_anywhere, "Spring", actor="ani", now=TEN_IN_YEREVAN + timedelta(hours=3)
    )
    assert (_status(approved_anywhere).state, _status(approved_anywhere).error) == ("running", None)


def test_one_whose_sender_is_no_longer_complete_says_so_instead(approved, now):
    schedule(approved, "Spring", at=TEN, actor="ani", now=now)
    with approved.database.begin() as connection:
        brand = replace(read_brand(connection), legal_name="")
        save_brand(connection, brand, actor="ani", now=now)

    begin_due(approved, now=TEN_IN_YEREVAN)

    assert _status(approved).state == "paused"
    assert _status(approved).error["code"] == "campaign.brand_missing"


def test_one_whose_account_was_changed_and_not_tried_again_says_so_instead(approved, now):
    schedule(approved, "Spring", actor="anna", now=now, at=TEN)
    _through_sendgrid(approved)
    object.__setattr__(approved.settings, "sendgrid_api_key", "SG.another")

    begin_due(approved, now=TEN_IN_YEREVAN)

    found = _status(approved)
    assert (found.state, found.error["code"]) == ("paused", "campaign.trial")


def test_it_can_be_taken_back_or_sent_at_once(approved, now):
    schedule(approved, "Spring", at=TEN, actor="ani", now=now)
    unschedule(approved, "Spring", actor="ani", now=now)
    taken_back = _status(approved)
    schedule(approved, "Spring", at=TEN, actor="ani", now=now)

    campaigns.send(approved, "Spring", actor="ani", now=now)

    assert (taken_back.state, taken_back.starts_at) == ("approved", None)
    assert (_status(approved).state, _status(approved).starts_at) == ("running", None)
    assert {at for *_, at, _ in _departures(approved)} == {now}
    with approved.database.read() as connection:
        assert options_of(row_of(connection, "Spring").options).schedule.at == ""


def test_a_scheduled_one_can_be_given_another_time(approved, now):
    schedule(approved, "Spring", at=TEN, actor="ani", now=now)

    earlier = schedule(approved, "Spring", at="2026-03-05T10:00", actor="ani", now=now)

    assert earlier == datetime(2026, 3, 5, 6, tzinfo=UTC)
    assert _departures(approved)[0][2] == earlier


@pytest.mark.slow
@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"at": "tomorrow"}, "schedule.moment"),
        ({"at": "2026-03-10T10:00+04:00"}, "schedule.moment"),
        ({"at": "2026-03-02T15:59"}, "schedule.past"),
        ({"deadline": "2026-03-01T10:00"}, "schedule.past"),
        ({"at": TEN, "deadline": TEN}, "schedule.deadline"),
        ({"opens": 24}, "schedule.hours"),
        ({"closes": 25}, "schedule.hours"),
        ({"weekdays": ""}, "schedule.weekdays"),
        ({"weekdays": "18"}, "schedule.weekdays"),
    ],
)
def test_a_time_that_makes_no_sense_is_refused_and_changes_nothing(approved, now, changes, code):
    with pytest.raises(InputError) as caught:
        schedule(approved, "Spring", actor="ani", now=now, **changes)

    assert caught.value.code == code
    assert _status(approved).state == "approved"


def test_whoever_has_no_hour_before_the_deadline_is_left_out(approved, now):
    _through_sendgrid(approved)
    evening = now.replace(hour=16)  # 20:00 in Yerevan, 17:00 in Berlin

    schedule(approved, "Spring", opens=9, closes=20, deadline="2026-03-02T20:30", actor="ani",
             now=evening)  # fmt: skip

    assert _status(approved).left_out == {"quiet_hours": 3}
    assert _departures(approved) == [("Europe/Berlin", None, evening, 3)]


def test_nobody_left_before_the_deadline_is_refused(approved, now):
    _through_sendgrid(approved)

    with pytest.raises(InputError) as caught:
        schedule(
            approved,
            "Spring",
            opens=9,
            closes=10,
            deadline="2026-03-03T08:00",
            actor="ani",
            now=now,
        )

    assert caught.value.code == "schedule.nobody"
    assert _status(approved).left_out == {}


def test_the_best_hour_may_be_chosen_after_the_approval(approved_anywhere, now):
    with approved_anywhere.database.begin() as connection:
        first = connection.execute(sa.select(sa.func.min(message.c.id))).scalar_one()
        for day in range(12):  # 13:00 in Yerevan
            at = now.replace(hour=9) - timedelta(days=day + 1)
            connection.execute(event.insert().values(
                provider="sendgrid", provider_event_id=str(day), message_id=first, kind="clicked",
                at=at, received_at=at, raw={},
            ))  # fmt: skip

    schedule(
        approved_anywhere, "Spring", at="2026-03-10T00:00", best_hour=True, opens=9, closes=20, actor="ani",
        now=now,
    )  # fmt: skip

    assert _departures(approved_anywhere) == [
        ("Asia/Yerevan", 13, datetime(2026, 3, 10, 9, tzinfo=UTC), 3),
        ("Europe/Berlin", 13, datetime(2026, 3, 10, 12, tzinfo=UTC), 3),
    ]
    with approved_anywhere.database.read() as connection:
        sizes = connection.execute(sa.select(batch.c.id, batch.c.size).order_by(batch.c.id)).all()
        counted = connection.execute(
            sa.select(message.c.batch_id, sa.func.count()).group_by(message.c.batch_id)
        ).all()
    assert sorted(sizes) == sorted(counted)


def test_one_that_is_being_sent_is_not_scheduled(approved, now):
    campaigns.send(approved, "Spring", actor="ani", now=now)

    with pytest.raises(ConflictError):
        schedule(approved, "Spring", at=TEN, actor="ani", now=now)

"""A marketer chooses when letters leave, sees it, and takes it back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from campaigns.clock import utcnow
from campaigns.delivery import campaigns
from campaigns.delivery.status import row_of, status
from campaigns.delivery.timing.ramp import read_ramp
from campaigns.model.options import options_of
from campaigns.store.options import read_brand

pytestmark = pytest.mark.slow


def _press(page, text):
    [button] = [one for one in page.button if one.label == text]
    return button.click().run()


def _field(fields, label):
    [found] = [one for one in fields if one.label == label]
    return found


@pytest.fixture
def approved(shop, now):
    campaigns.create(shop, "March", segment="everyone", letter="we_miss_you", actor="a", now=now)
    campaigns.plan(shop, "March", actor="a", now=now)
    campaigns.approve(shop, "March", actor="a", now=now)
    return shop


def _open(page):
    page.session_state["campaign-choice"] = "March"
    return page.run()


def test_a_campaign_is_sent_later_shown_on_both_pages_and_taken_back(approved, open_page):
    day = utcnow().date() + timedelta(days=40)
    page = _open(open_page("campaigns"))
    _field(page.selectbox, "Day").set_value(day.isoformat())
    _field(page.selectbox, "Time").set_value("11:30")
    _field(page.checkbox, "Also on public holidays of the reader's country").check()
    last = day + timedelta(days=9)
    _field(page.selectbox, "Not after this day").set_value(last.isoformat())
    _press(page, "Send at this time")

    with approved.database.read() as connection:
        kept = options_of(row_of(connection, "March").options).schedule
    assert (kept.at, kept.holidays) == (f"{day}T11:30", True)
    assert kept.deadline == f"{day + timedelta(days=9)}T20:00"
    assert "The first letters" in page.info[0].value
    assert page.dataframe[0].value["Where readers live"].to_list() == ["Yerevan"]
    assert "leaves by itself" in open_page("home").info[0].value
    _press(page, "Do not send yet")
    with approved.database.read() as connection:
        assert status(connection, "March").state == "approved"


def test_a_time_that_is_past_is_explained_in_the_reader_s_language(approved, open_page):
    page = _open(open_page("campaigns", "ka"))
    assert not page.exception
    day, _time, last_day, last_time = page.selectbox[1:5]
    assert (day.value, last_day.value) > ("2026-01-01", "")
    last_day.set_value(day.value)
    last_time.set_value("00:00")  # before the time of leaving

    page.button[[one.label for one in page.button].index("გაგზავნა ამ დროს")].click().run()

    assert "ბოლო ვადა" in page.error[0].value


def test_the_shop_says_its_zone_and_warms_up_its_domain(shop, open_page):
    page = open_page("settings")
    _field(page.selectbox, "Time zone of the shop").set_value("Asia/Tbilisi")
    page.button[0].click().run()
    _field(page.checkbox, "Begin with few letters a day").check()
    _field(page.number_input, "Letters on the first day").set_value(300)
    _press(page, "Save the daily numbers")

    with shop.database.read() as connection:
        assert read_brand(connection).zone == "Asia/Tbilisi"
        assert read_ramp(connection).first == 300


def test_home_leads_to_a_campaign_that_waits_for_a_person(approved, open_page, now):
    campaigns.send(approved, "March", actor="a", now=now)
    campaigns.pause(approved, "March", actor="a", now=now)
    page = open_page("home")
    assert "March" in page.warning[-1].value

    _press(page, "Open this campaign")

    assert page.session_state["campaign-choice"] == "March"
    assert "Go on" in [one.label for one in page.button]


def test_a_campaign_without_a_day_leaves_as_soon_as_its_hours_allow(approved, open_page):
    page = _open(open_page("campaigns"))
    _field(page.selectbox, "Day").set_value("")
    _press(page, "Send at this time")

    with approved.database.read() as connection:
        assert options_of(row_of(connection, "March").options).schedule.at == ""
        assert status(connection, "March").state == "scheduled"

"""When letters leave, through the command line. The demo's own clock runs here, so days are far."""

from __future__ import annotations

import pytest

FAR = "2126-12-02"
"""A Monday no run of these tests will ever reach."""


@pytest.fixture
def approved(shop):
    letter = ("--segment", "everyone", "--letter", "thank_you")
    shop.json("campaign", "create", "Thanks", *letter)
    shop.json("campaign", "plan", "Thanks")
    shop.json("campaign", "approve", "Thanks")
    return shop


def test_a_campaign_is_scheduled_and_taken_back(approved):
    found = approved.json(
        "campaign", "schedule", "Thanks", "--at", f"{FAR}T10:00", "--opens", "10", "--closes", "18",
        "--weekdays", "12345", "--holidays", "--deadline", f"{FAR}T18:00",
    )  # fmt: skip

    assert (found["state"], found["starts_at"]) == ("scheduled", f"{FAR}T06:00:00+00:00")
    assert [one["letters"] for one in found["departures"]] == [3]
    status = approved.json("campaign", "status", "Thanks")
    assert (status["state"], status["starts_at"]) == ("scheduled", f"{FAR}T06:00:00+00:00")
    back = approved.json("campaign", "unschedule", "Thanks")
    assert (back["state"], back["departures"]) == ("approved", [])


def test_a_time_that_cannot_be_read_is_said_in_the_readers_language(approved):
    result = approved("campaign", "schedule", "Thanks", "--at", "tomorrow", "--lang", "ka")

    assert result.exit_code == 1
    assert "დღე და დრო: მითითებულია tomorrow" in result.stderr


def test_a_new_domain_is_warmed_up_by_a_share_a_day(shop):
    assert shop.json("ramp", "show")["first"] == 0

    found = shop.json("ramp", "set", "200", "--growth", "1.2")

    share = {"limit": 200, "used": 0}
    assert found == {"first": 200, "growth": 1.2, "today": {"smtp": share, "sendgrid": share}}
    assert shop("ramp", "set", "200", "--growth", "9").exit_code == 1

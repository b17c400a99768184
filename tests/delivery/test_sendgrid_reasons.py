"""What SendGrid said of those whom it refused, in words that a person can act on."""

from __future__ import annotations

from campaigns.delivery.transports.sendgrid import Answer, classify


def test_what_is_said_of_several_people_is_told_once_and_each_hears_their_own(now):
    said = {0: "Does not contain a valid address.", 1: "Too long", 2: "Too long"}
    errors = [
        {"field": f"personalizations.{i}.to.0.email", "message": one} for i, one in said.items()
    ]

    outcome = classify(Answer(400, errors=errors), 4, now=now)

    assert [each.error and (each.error["code"], each.error["facts"]) for each in outcome.verdicts] == [
        ("transport.bad_address", {}),
        *[("transport.refused", {"reason": "400 Too long"})] * 2,
        None,
    ]  # fmt: skip
    assert outcome.error["facts"]["reason"] == "400 Does not contain a valid address.; Too long"


def test_a_wrong_address_of_the_sender_is_not_blamed_on_the_reader(now):
    errors = [{"field": "from.email", "message": "Does not contain a valid address."}]

    for readers in (1, 2):
        error = classify(Answer(400, errors=errors), readers, now=now).error
        assert error["code"] == "transport.refused"

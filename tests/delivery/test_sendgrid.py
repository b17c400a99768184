"""The wire: what SendGrid is asked, and what each of its answers does to the rows."""

from __future__ import annotations

import json
import logging
import re
from dataclasses import replace

import polars as pl
import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.delivery import campaigns, course
from campaigns.delivery.dispatch import Clock, send_campaign
from campaigns.delivery.transports import Addressee, Fate, Request
from campaigns.delivery.transports.sendgrid import Answer, SendGridTransport, classify
from campaigns.delivery.transports.sendgrid_body import encoded
from campaigns.model.language import Language
from campaigns.model.states import BatchState
from campaigns.store.tables import attempt, batch, contact, message
from tests.support.fake_sendgrid import API_KEY, Account, violations
from tests.support.sending import (
    BRAND,
    a_running_campaign,
    attempt_outcomes,
    people,
    people_of,
    states,
)

ACCOUNT = Account()


def send(shop, now, count=4, *, languages=("hy",)):
    people(shop, now, count, languages=languages)
    campaign_id = a_running_campaign(shop, now, transport="sendgrid")
    send_campaign(shop, campaign_id, owner="w")
    return campaign_id


def status(shop):
    with shop.database.read() as connection:
        return campaigns.status(connection, "Spring")


@pytest.mark.slow
def test_one_request_carries_all_readers_of_a_language(sendgrid_shop, sendgrid, now):
    send(sendgrid_shop, now, 9, languages=("hy", "ka", "en"))

    assert sendgrid.problems == []
    assert [len(one["personalizations"]) for one in sendgrid.bodies] == [3, 3, 3]
    assert states(sendgrid_shop) == {"accepted": 9}
    assert status(sendgrid_shop).state == "done"


def test_each_reader_gets_the_letter_that_the_preview_showed(sendgrid_shop, sendgrid, now):
    send(sendgrid_shop, now, 6, languages=("hy", "ka", "en"))

    shown = campaigns.preview(sendgrid_shop, "Spring", per_language=9, now=now)
    got = {one["to"]: (one["subject"], one["text"], one["html"]) for one in sendgrid.messages}

    assert got == {
        one.address: (one.rendered.subject, one.rendered.text, one.rendered.html) for one in shown
    }


def test_each_letter_has_its_own_one_click_unsubscription(sendgrid_shop, sendgrid, now):
    send(sendgrid_shop, now)

    links = {one["headers"]["List-Unsubscribe"] for one in sendgrid.messages}
    assert len(links) == 4
    assert all(link.startswith("<https://shop.example/u/") for link in links)
    assert {one["headers"]["List-Unsubscribe-Post"] for one in sendgrid.messages} == {
        "List-Unsubscribe=One-Click"
    }


def test_ids_that_sendgrid_keeps_say_nothing_of_the_person(sendgrid_shop, sendgrid, now):
    send(sendgrid_shop, now)

    for one in sendgrid.messages:
        assert set(one["custom_args"]) == {"x_c", "x_k", "x_m"}
        assert "@" not in str(one["custom_args"])


def test_the_key_and_the_addresses_are_in_no_log(sendgrid_shop, sendgrid, now, caplog):
    caplog.set_level(logging.DEBUG)
    sendgrid.faults = ["400:0", "503"]

    send(sendgrid_shop, now)

    assert API_KEY not in caplog.text
    assert "@example.am" not in caplog.text
    assert API_KEY not in repr(SendGridTransport("https://x", API_KEY, BRAND))


def test_a_name_with_marks_that_sendgrid_refuses_is_cleaned(sendgrid_shop, sendgrid, now):
    people(sendgrid_shop, now, 1, languages=("hy",))
    with sendgrid_shop.database.begin() as connection:
        connection.execute(contact.update().values(given_name='Անի; "A", <b>'))
    campaign_id = a_running_campaign(sendgrid_shop, now, transport="sendgrid")

    send_campaign(sendgrid_shop, campaign_id, owner="w")

    assert sendgrid.problems == []
    assert sendgrid.messages[0]["name"] == "Անի A b Գրիգորյան"


def test_a_named_person_is_refused_and_the_others_are_sent(sendgrid_shop, sendgrid, now):
    sendgrid.faults = ["400:2"]

    send(sendgrid_shop, now)

    assert states(sendgrid_shop) == {"accepted": 3, "failed": 1}
    assert set(sendgrid.received().values()) == {1}
    with sendgrid_shop.database.read() as connection:
        error = connection.execute(
            sa.select(message.c.error).where(message.c.state == "failed")
        ).scalar_one()
    assert (error["code"], error["facts"]) == ("transport.bad_address", {})


@pytest.mark.slow
@pytest.mark.parametrize("status_code", ["413", "400"])
def test_a_request_refused_without_a_name_is_halved_until_it_fits(
    sendgrid_shop, sendgrid, now, status_code
):
    sendgrid.faults = [status_code, status_code]

    send(sendgrid_shop, now, 5)

    assert states(sendgrid_shop) == {"accepted": 5}
    assert [len(one["personalizations"]) for one in sendgrid.bodies] == [1, 1, 3]


@pytest.mark.slow
def test_when_every_request_is_refused_the_campaign_pauses(sendgrid_shop, sendgrid, now):
    sendgrid.faults = ["400"] * 100

    send(sendgrid_shop, now, 40)

    assert status(sendgrid_shop).state == "paused"
    assert sendgrid.requests < 20


@pytest.mark.parametrize("status_code", ["401", "403"])
def test_a_key_that_is_not_allowed_pauses_the_campaign(sendgrid_shop, sendgrid, now, status_code):
    sendgrid.faults = [status_code]

    campaign_id = send(sendgrid_shop, now)

    found = status(sendgrid_shop)
    assert (found.state, found.waiting) == ("paused", 4)
    assert found.error["code"] == "transport.not_allowed"
    campaigns.resume(sendgrid_shop, "Spring", actor="anna", now=now)
    send_campaign(sendgrid_shop, campaign_id, owner="w")
    assert states(sendgrid_shop) == {"accepted": 4}
    assert status(sendgrid_shop).error is None


def test_a_rate_limit_makes_the_whole_campaign_wait(sendgrid_shop, sendgrid, now):
    sendgrid.faults = ["429"]

    campaign_id = send(sendgrid_shop, now, 6, languages=("hy", "ka"))

    assert sendgrid.requests == 1
    found = status(sendgrid_shop)
    assert (found.state, found.waiting, found.error["code"]) == (
        "running", 6, "transport.rate_limit",
    )  # fmt: skip
    the_wait_is_over(sendgrid_shop)
    send_campaign(sendgrid_shop, campaign_id, owner="w")
    assert set(sendgrid.received().values()) == {1}
    assert states(sendgrid_shop) == {"accepted": 6}


@pytest.mark.slow
@pytest.mark.parametrize("fault", ["500", "503", "accept-then-drop", "drop-before-body"])
def test_an_answer_that_says_nothing_leaves_the_outcome_unknown(
    sendgrid_shop, sendgrid, now, fault
):
    sendgrid.faults = [fault]

    send(sendgrid_shop, now)

    assert states(sendgrid_shop) == {"unknown": 4}
    found = status(sendgrid_shop)
    assert (found.state, found.unknown) == ("done", 4)
    assert attempt_outcomes(sendgrid_shop) == {"unknown": 1}


@pytest.mark.slow
@pytest.mark.parametrize("fault", ["200", "302"])
def test_an_answer_that_no_real_send_gets_pauses_the_campaign(sendgrid_shop, sendgrid, now, fault):
    sendgrid.faults = [fault]

    send(sendgrid_shop, now, 6, languages=("hy", "ka"))

    found = status(sendgrid_shop)
    assert (found.state, found.unknown, found.waiting) == ("paused", 3, 3)
    assert found.error["code"] == "transport.strange_answer"


def test_a_provider_that_cannot_be_reached_is_asked_again_later(sendgrid_shop, now):
    object.__setattr__(sendgrid_shop.settings, "sendgrid_host", "http://127.0.0.1:9")

    send(sendgrid_shop, now)

    found = status(sendgrid_shop)
    assert (found.state, found.waiting) == ("running", 4)
    assert found.error["code"] == "transport.unreachable"
    assert attempt_outcomes(sendgrid_shop) == {"again": 1}


def test_refused_messages_can_be_retried_and_unknown_ones_are_no_part_of_it(
    sendgrid_shop, sendgrid, now
):
    sendgrid.faults = ["400:0", "500"]
    campaign_id = send(sendgrid_shop, now)

    retried = campaigns.retry(sendgrid_shop, "Spring", actor="anna", now=now)
    send_campaign(sendgrid_shop, campaign_id, owner="w")

    assert retried == 1
    assert states(sendgrid_shop) == {"accepted": 1, "unknown": 3}


@pytest.mark.parametrize(
    ("decision", "letters", "after"),
    [
        pytest.param("assume_sent", 0, {"accepted": 4}, id="assume"),
        pytest.param("resend", 4, {"accepted": 4}, id="resend"),
    ],
)
def test_a_person_settles_what_nobody_knows(sendgrid_shop, sendgrid, now, decision, letters, after):
    sendgrid.faults = ["500"]
    campaign_id = send(sendgrid_shop, now)

    campaigns.settle(sendgrid_shop, "Spring", decision=decision, actor="anna", now=now)
    send_campaign(sendgrid_shop, campaign_id, owner="w")

    assert len(sendgrid.messages) == letters
    assert states(sendgrid_shop) == after
    assert status(sendgrid_shop).state == "done"


@pytest.mark.parametrize(
    ("status_code", "fate", "more"),
    [
        (202, Fate.ACCEPTED, {}),
        (200, Fate.UNKNOWN, {"halt": True}),
        (302, Fate.UNKNOWN, {"halt": True}),
        (400, Fate.AGAIN, {"divide": True}),
        (401, Fate.AGAIN, {"halt": True}),
        (403, Fate.AGAIN, {"halt": True}),
        (413, Fate.AGAIN, {"divide": True}),
        (429, Fate.AGAIN, {"later": True}),
        (451, Fate.AGAIN, {"halt": True}),
        (500, Fate.UNKNOWN, {}),
        (503, Fate.UNKNOWN, {}),
    ],
)
def test_each_status_has_one_meaning(status_code, fate, more, now):
    outcome = classify(Answer(status_code), 2, now=now)

    assert {verdict.fate for verdict in outcome.verdicts} == {fate}
    flags = {name: getattr(outcome, name) for name in ("halt", "later", "divide")}
    assert flags == {"halt": False, "later": False, "divide": False} | more


def test_a_refused_part_of_the_letter_that_all_share_pauses_and_refuses_nobody(now):
    errors = [{"message": "Does not contain a valid address.", "field": "from.email"}]

    outcome = classify(Answer(400, errors=errors), 2, now=now)

    assert outcome.halt
    assert {verdict.fate for verdict in outcome.verdicts} == {Fate.AGAIN}


def test_waits_grow_up_to_five_minutes():
    assert [course.backoff_s(n) for n in (1, 2, 7, 99)] == [5.0, 10.0, 300.0, 300.0]


def the_wait_is_over(shop):
    with shop.database.begin() as connection:
        connection.execute(
            batch.update().where(batch.c.state == BatchState.READY).values(not_before=None)
        )
        assert connection.execute(sa.select(attempt.c.id)).first()


def plain_body(request, key, brand):
    """The body as anybody would write it: a dict a person."""
    brand = brand.told_in(request.language)
    people = []
    for index in range(request.count):
        who = request.addressee(index)
        person = {
            "to": [plain_mailbox(who.address, who.name)],
            "headers": {"List-Unsubscribe": f"<{who.unsubscribe_url}>"},
            "custom_args": {"x_m": who.token},
        }
        if tags := request.substitutions(index):
            person["substitutions"] = tags
        people.append(person)
    post = {"List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return {
        "personalizations": people,
        "from": plain_mailbox(brand.from_address, brand.from_name or brand.shop_name),
        "reply_to": {"email": brand.reply_to},
        "subject": request.subject,
        "content": [
            {"type": "text/plain", "value": request.text},
            {"type": "text/html", "value": request.html},
        ],
        "headers": {"Content-Language": str(request.language), **post},
        "custom_args": {"x_c": str(request.campaign_id), "x_k": key},
        "tracking_settings": {
            "click_tracking": {"enable": False, "enable_text": False},
            "open_tracking": {"enable": False},
            "subscription_tracking": {"enable": False},
        },
    }


def plain_mailbox(address, name):
    bare = " ".join(re.sub(r"[;,<>\"\r\n]+", " ", name).split())
    return {"email": address, "name": bare} if bare else {"email": address}


PERSON = st.tuples(st.text(max_size=40), st.text(min_size=1, max_size=40), st.text(max_size=9))


@pytest.mark.slow
@settings(deadline=None)
@given(readers=st.lists(PERSON, min_size=1, max_size=4), shop=st.text(min_size=1, max_size=20))
def test_the_body_written_by_column_is_the_plain_one_and_one_that_sendgrid_takes(readers, shop):
    people = [
        Addressee(n, f"token{n}", f"ani+{n}@example.am", name, f"https://shop.example/u/{n}~x")
        for n, (name, _, _) in enumerate(readers)
    ]
    tags = pl.DataFrame({"~0^": [one[1] for one in readers], "~1^": [one[2] for one in readers]})
    request = Request(
        1, "Spring", Language.HY, "~0^", "<p>~0^</p>", "~0^ ~1^", people_of(people), tags
    )
    brand = replace(BRAND, from_name=shop)
    made = json.loads(encoded(request, "key", brand))

    assert made == plain_body(request, "key", brand)
    assert violations(ACCOUNT, made) == []


def test_a_letter_that_all_get_alike_needs_no_substitutions():
    readers = [Addressee(1, "t", "ani@example.am", "", "https://shop.example/u/t~x")]
    request = Request(
        1, "S", Language.EN, "Hi", "<p>Hi</p>", "Hi", people_of(readers), pl.DataFrame()
    )

    assert json.loads(encoded(request, "k", BRAND)) == plain_body(request, "k", BRAND)


def test_an_outage_of_the_provider_leaves_few_in_doubt_and_pauses(sendgrid_shop, sendgrid, now):
    object.__setattr__(sendgrid_shop.settings, "batch_size", 2)
    sendgrid.faults = ["503"] * 20

    send(sendgrid_shop, now, 20)

    found = status(sendgrid_shop)
    assert (found.state, found.unknown, found.waiting) == ("paused", 6, 14)
    assert found.error["code"] == "transport.provider_error"


@pytest.mark.slow
def test_doubts_between_answers_do_not_pause(sendgrid_shop, sendgrid, now):
    object.__setattr__(sendgrid_shop.settings, "batch_size", 1)
    sendgrid.faults = ["503", "503", "", "503", "503", ""]

    send(sendgrid_shop, now, 8)

    assert status(sendgrid_shop).state == "done"
    assert states(sendgrid_shop) == {"accepted": 4, "unknown": 4}


def test_a_result_is_written_again_when_the_database_was_busy(sendgrid_shop, sendgrid, now):
    people(sendgrid_shop, now, 2, languages=("hy",))
    campaign_id = a_running_campaign(sendgrid_shop, now, transport="sendgrid")
    slept = []

    def checkpoint(point):
        if point == "concluding" and sum(slept) < 4:  # as long as a database takes to restart
            raise sa.exc.OperationalError("locked", None, Exception())

    clock = Clock(sleep_s=slept.append)
    send_campaign(sendgrid_shop, campaign_id, owner="w", clock=clock, checkpoint=checkpoint)

    assert sendgrid.requests == 1
    assert states(sendgrid_shop) == {"accepted": 2}

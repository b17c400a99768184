"""The fake is as strict as SendGrid: what it would refuse, it refuses."""

from __future__ import annotations

from contextlib import contextmanager
from copy import deepcopy

import httpx
import pytest

from campaigns.clock import utcnow
from tests.support import fake_sendgrid
from tests.support.fake_sendgrid import Account, rendered, violations
from tests.support.provider.faults import Weather
from tests.support.provider.posting import Manner, arranged

OFF = {"enable": False}
BODY = {
    "personalizations": [{"to": [{"email": "a@example.am"}]}, {"to": [{"email": "b@example.am"}]}],
    "from": {"email": "shop@example.am"},
    "subject": "Hello",
    "content": [
        {"type": "text/plain", "value": "x"},
        {"type": "text/html", "value": "<p>x</p>"},
    ],
    "tracking_settings": {
        "click_tracking": OFF, "open_tracking": OFF, "subscription_tracking": OFF,
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def account():
    return Account()


def test_a_right_body_has_no_violation(account):
    assert violations(account, BODY) == []


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda b: b.update(surprise=1), id="unknown-field"),
        pytest.param(lambda b: b.pop("from"), id="no-sender"),
        pytest.param(lambda b: b.update(subject=""), id="empty-subject"),
        pytest.param(lambda b: b["content"].reverse(), id="html-first"),
        pytest.param(lambda b: b["content"][0].update(value=""), id="empty-text"),
        pytest.param(
            lambda b: b["personalizations"].append(b["personalizations"][0]), id="one-twice"
        ),
        pytest.param(
            lambda b: b["personalizations"][0]["to"].append({"email": "c@example.am"}),
            id="readers-see-one-another",
        ),
        pytest.param(
            lambda b: b["personalizations"][0].update(substitutions={"t": 5}), id="a-number"
        ),
        pytest.param(
            lambda b: b["personalizations"][0].update(substitutions={"t": "x" * 10_001}),
            id="too-much",
        ),
        pytest.param(
            lambda b: b["personalizations"][0].update(headers={"Reply-To": "x"}), id="reserved"
        ),
        pytest.param(
            lambda b: b["personalizations"][0]["to"][0].update(name="A; B"), id="semicolon"
        ),
        pytest.param(lambda b: b.pop("tracking_settings"), id="tracking-left-to-the-account"),
        pytest.param(lambda b: b.update(categories=["գարուն"]), id="category-beyond-ascii"),
        pytest.param(lambda b: b.update(categories=["a", "a"]), id="category-twice"),
        pytest.param(lambda b: b.update(headers={"X Y": "x"}), id="header-with-a-space"),
        pytest.param(
            lambda b: b.update(headers={"X-A": "x\r\nBcc: a@b.am"}), id="header-of-two-lines"
        ),
        pytest.param(
            lambda b: b.update(send_at=int(utcnow().timestamp()) + 73 * 3600), id="four-days-ahead"
        ),
        pytest.param(
            lambda b: b["from"].update(email="խանութ@example.am"), id="sender-beyond-ascii"
        ),
        pytest.param(
            lambda b: b.update(custom_args={"x": "a@example.am"}), id="address-kept-for-ever"
        ),
        pytest.param(lambda b: b.update(custom_args={"x": "y" * 10_001}), id="too-many-arguments"),
        pytest.param(lambda b: b.update(asm={"group_id": 1}), id="two-unsubscriptions"),
        pytest.param(
            lambda b: b.update(mail_settings={"bypass_list_management": {"enable": True}}),
            id="suppression-bypassed",
        ),
        pytest.param(
            lambda b: b["personalizations"][0].update(substitutions={"t": "x"}),
            id="a-tag-without-value",
        ),
        pytest.param(
            lambda b: b["personalizations"][0].update(substitutions={"t": "<" * 1_700}),
            id="too-much-once-escaped",
        ),
        pytest.param(
            lambda b: b.update(
                personalizations=[{"to": [{"email": f"a{n}@example.am"}]} for n in range(1_001)]
            ),
            id="a-thousand-and-one",
        ),
        pytest.param(
            lambda b: b.update(reply_to={"email": "a@b.am"}, reply_to_list=[{"email": "a@b.am"}]),
            id="two-ways-to-answer",
        ),
    ],
)
def test_a_wrong_body_has_one(account, spoil):
    body = deepcopy(BODY)
    spoil(body)

    assert violations(account, body)


def test_tags_whose_order_matters_are_noticed():
    with pytest.raises(AssertionError, match="order"):
        rendered("-a-", {"-a-": "-b-", "-b-": "x"})


def test_it_can_be_steered_from_outside():
    headers = {"Authorization": f"Bearer {fake_sendgrid.API_KEY}"}
    with (
        fake_sendgrid.running() as (account, address),
        httpx.Client(base_url=address, headers=headers) as client,
    ):
        client.post("/faults", json=["401"])

        answers = [client.post("/v3/mail/send", json=BODY).status_code for _ in range(2)]
        kept = client.get("/messages").json()

    assert answers == [401, 202]
    assert [one["to"] for one in kept] == ["a@example.am", "b@example.am"]
    assert account.problems == []


def test_a_body_against_the_rules_fails_the_test_that_sent_it():
    with pytest.raises(AssertionError, match="surprise"), a_client() as (_, client):
        assert client.post("/v3/mail/send", json={**BODY, "surprise": 1}).status_code == 400


def test_what_is_no_utf_8_is_refused_as_such():
    with a_client() as (account, client):
        answer = client.post("/v3/mail/send", content=b'{"subject": "\xff"}')

    assert (answer.status_code, account.messages) == (415, [])


@pytest.mark.parametrize(
    ("fault", "taken"),
    [
        ("drop-before-body", 0),
        ("drop-after-body", 0),
        ("accept-then-drop", 2),
        ("half-answer", 2),
    ],
)
def test_a_connection_that_breaks_says_nothing_of_what_was_taken(fault, taken):
    with a_client() as (account, client):
        account.faults = [fault]
        with pytest.raises(httpx.TransportError):
            client.post("/v3/mail/send", json=BODY)

    assert len(account.messages) == taken


def test_an_address_is_refused_by_its_place_or_without_a_word_of_it():
    with a_client() as (account, client):
        account.weather.refuses = [("a@*", "named"), ("b@*", "unknown")]
        answer = client.post("/v3/mail/send", json=BODY)

    told = [(one["message"], one["field"]) for one in answer.json()["errors"]]
    assert told == [
        ("Does not contain a valid address.", "personalizations.0.to.0.email"),
        ("Bad Request", None),
    ]
    assert (account.problems, account.messages) == ([], [])


def test_faults_come_by_number_by_connection_by_time_by_rate_and_by_chance():
    times = iter([0.0, 0.1, 5.0, 11.0, 20.0, 20.1, 20.2, 30.0])
    weather = Weather(
        queue=["401"], by_number={2: "500"}, by_connection={7: "413"}, windows=[(10, 12, "503")],
        per_s=2, clock=lambda: next(times),
    )  # fmt: skip
    asked = [(1, 1), (2, 1), (3, 7), (4, 1), (5, 1), (6, 1), (7, 1)]

    assert [weather.fault(*one) for one in asked] == ["401", "500", "413", "503", "", "", "429:1"]
    weather.change({"shares": {"hang": 1.0}, "by_number": {"9": "302"}})
    assert weather.fault(8, 1) == "hang"


def test_a_fake_that_is_started_anew_knows_what_the_last_one_took(tmp_path):
    first = Account(tmp_path / "accepted.jsonl")
    body = deepcopy(BODY)
    for n, person in enumerate(body["personalizations"]):
        person["custom_args"] = {"x_m": f"token{n}"}
    first.accept(body)
    with (tmp_path / "accepted.jsonl").open("ab") as file:
        file.write(b'[{"to": "cut off')

    second = Account(tmp_path / "accepted.jsonl")
    second.accept(body)

    assert second.accepted == {"token0": 2, "token1": 2}
    assert second.public_key == first.public_key
    assert len({one["sg_message_id"] for one in second.messages}) == 4


def test_one_in_so_many_bodies_is_looked_at_and_all_are_counted():
    with a_client() as (account, client):
        account.validates_one_in = 3
        statuses = {client.post("/v3/mail/send", json=BODY).status_code for _ in range(6)}
        figures = client.get("/figures").json()

    assert (statuses, len(account.messages)) == ({202}, 12)
    assert (figures["requests"], figures["validated"]) == (6, 2)


def test_events_come_in_posts_some_twice_some_never():
    events = [{"n": n} for n in range(100)]

    posts = list(arranged(events, Manner(share=0.5, twice=0.5, per_post=10)))

    told = [one["n"] for part in posts for one in part]
    assert 30 < len(set(told)) < 70
    assert len(told) > len(set(told))
    assert told != sorted(told)
    assert max(len(part) for part in posts) == 10


@contextmanager
def a_client():
    headers = {
        "Authorization": f"Bearer {fake_sendgrid.API_KEY}", "Content-Type": "application/json",
    }  # fmt: skip
    with (
        fake_sendgrid.running() as (account, address),
        httpx.Client(base_url=address, headers=headers) as client,
    ):
        yield account, client

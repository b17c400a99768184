"""The fake is as strict as SendGrid: what it would refuse, it refuses."""

from __future__ import annotations

from copy import deepcopy

import httpx
import pytest

from tests.support import fake_sendgrid
from tests.support.fake_sendgrid import Account, rendered, violations

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

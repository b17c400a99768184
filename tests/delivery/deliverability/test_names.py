"""Records are asked of a real name server, and each of its failures is told from an empty answer."""

from __future__ import annotations

import pytest

from campaigns.delivery.deliverability import Answer
from campaigns.delivery.deliverability.names import asker, impatient
from tests.support.name_server import FAULT, REFUSAL, SILENCE, name_server

LONG = "p=" + "A" * 700
PIECES = " ".join(f'"{LONG[i : i + 255]}"' for i in range(0, len(LONG), 255))
ZONE = {
    ("shop.am", "TXT"): ['"v=spf1 -all"', '"other"'],
    ("shop.am", "MX"): ["10 Mail.Shop.am.", "20 b.shop.am."],
    ("long.am", "TXT"): [PIECES],
    ("s1._domainkey.shop.am", "CNAME"): ["s1.domainkey.u1.wl.sendgrid.net"],
    ("s1.domainkey.u1.wl.sendgrid.net", "TXT"): ['"k=rsa; p=x"'],
    ("fault.am", "TXT"): FAULT,
    ("refused.am", "TXT"): REFUSAL,
    ("silent.am", "TXT"): SILENCE,
}


@pytest.fixture(scope="module")
def ask():
    with name_server(ZONE) as (port, _asked):
        yield asker(["127.0.0.1"], port=port, timeout_s=0.15)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "kind", "answer"),
    [
        ("shop.am", "TXT", Answer(("other", "v=spf1 -all"))),
        ("shop.am", "MX", Answer(("10 mail.shop.am", "20 b.shop.am"))),
        ("long.am", "TXT", Answer((LONG,))),
        ("s1._domainkey.shop.am", "TXT", Answer(("k=rsa; p=x",))),
        ("s1._domainkey.shop.am", "CNAME", Answer(("s1.domainkey.u1.wl.sendgrid.net",))),
        ("shop.am", "A", Answer()),
        ("nothing.am", "TXT", Answer()),
        ("fault.am", "TXT", Answer(failure="servfail")),
        ("refused.am", "TXT", Answer(failure="servfail")),
        ("silent.am", "TXT", Answer(failure="timeout")),
        ("a" * 64 + ".am", "TXT", Answer(failure="LabelTooLong")),
    ],
)
def test_each_answer_is_what_the_server_said(ask, name, kind, answer):
    assert ask(name, kind) == answer


def test_after_two_silences_nobody_waits_any_longer():
    asked = []

    def ask(name, _kind):
        asked.append(name)
        return Answer(failure="timeout") if name != "b" else Answer(("x",))

    patient = impatient(ask)
    for name in "abcabc":
        patient(name, "TXT")

    assert asked == ["a", "b", "c", "a"]
    assert patient("b", "TXT") == Answer(failure="offline")

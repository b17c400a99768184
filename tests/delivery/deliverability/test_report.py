"""Everything together: a domain in order is green, a machine without network says so."""

from __future__ import annotations

import ssl
from dataclasses import replace
from datetime import timedelta

import pytest

from campaigns.delivery.deliverability import Answer, Check, Light
from campaigns.delivery.deliverability.demands import DEMANDS, light_of
from campaigns.delivery.deliverability.report import Outside, Sending, look, own_mail
from campaigns.delivery.deliverability.words import FOUND, TOPICS, says, topic
from campaigns.model.language import Language
from tests.delivery.deliverability.test_records import asking, keys
from tests.support.sending import BRAND

__all__ = ["keys"]
DOMAIN = "arevik.example"
BASE = "https://letters.arevik.example"


def sending(**changes):
    return replace(Sending(DOMAIN, BRAND, BASE, by_sendgrid=True), **changes)


def outside(ask, now, **changes):
    usual = Outside(ask, lambda _url: True, lambda _host, _port: now + timedelta(days=60),
                    lambda _url: True)  # fmt: skip
    return replace(usual, **changes)


@pytest.fixture
def in_order(keys):
    return {
        DOMAIN: "v=spf1 include:sendgrid.net ~all",
        "sendgrid.net": "v=spf1 ip4:1.2.3.0/24 ~all",
        f"s1._domainkey.{DOMAIN}": f"k=rsa; p={keys[2048]}",
        f"s2._domainkey.{DOMAIN}": f"k=rsa; p={keys[2048]}",
        f"_dmarc.{DOMAIN}": "v=DMARC1; p=none; rua=mailto:me@arevik.example",
        (DOMAIN, "MX"): "10 mail.arevik.example",
    }


def lights(report):
    return {one.name: light_of(one, report.checks) for one in DEMANDS}


def test_a_domain_in_order_is_green_but_for_what_only_a_person_can_look_at(in_order, now):
    report = look(sending(), outside(asking(in_order), now), now=now)

    assert not report.offline
    assert {one.topic for one in report.checks if one.light is not Light.GOOD} == {"spam_rate"}
    assert lights(report) == {
        **dict.fromkeys(("spf", "dkim", "dmarc", "one_click", "reply"), Light.GOOD),
        "spam_rate": Light.UNKNOWN,
    }


def test_without_network_nothing_is_red_that_nobody_could_look_at(now):
    report = look(sending(), outside(lambda _name, _kind: Answer(failure="timeout"), now), now=now)

    assert report.offline
    assert not [one for one in report.checks if one.light is Light.BAD]
    assert lights(report)["dkim"] is Light.UNKNOWN


def test_one_of_two_keys_is_weak_and_none_is_bad(in_order, now):
    del in_order[f"s2._domainkey.{DOMAIN}"]
    assert lights(look(sending(), outside(asking(in_order), now), now=now))["dkim"] is Light.WEAK
    del in_order[f"s1._domainkey.{DOMAIN}"]
    assert lights(look(sending(), outside(asking(in_order), now), now=now))["dkim"] is Light.BAD


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"reply_to": "noreply@arevik.example"}, "reply.nobody"),
        ({"reply_to": "", "from_address": ""}, "reply.none"),
        ({"reply_to": "a@elsewhere.example"}, "reply.no_server"),
        ({"reply_to": "a@null.example"}, "reply.no_mail"),
    ],
)
def test_answers_must_reach_a_mailbox(in_order, now, changes, code):
    in_order[("null.example", "MX")] = "0 "
    report = look(sending(brand=replace(BRAND, **changes)), outside(asking(in_order), now), now=now)

    assert code in [one.code for one in report.checks]


def test_a_mailbox_provider_s_domain_and_a_missing_sender_are_told_at_once(in_order, now):
    def first(domain):
        return look(sending(domain=domain), outside(asking(in_order), now), now=now).checks[0].code

    assert [first("gmail.com"), first("")] == ["free_mailbox", "no_sender"]


def refusing(_host, _port):
    error = ssl.SSLCertVerificationError()
    error.verify_message = "certificate has expired"
    raise error


def silent(_host, _port):
    raise TimeoutError


def test_the_public_address_its_certificate_and_pictures_are_looked_at(in_order, now):
    brand = replace(BRAND, logo_url=f"{BASE}/pictures/a.png")
    ask = asking(in_order)

    def found(base=BASE, **changes):
        report = look(sending(brand=brand, base_url=base), outside(ask, now, **changes), now=now)
        return {one.code for one in report.checks}

    assert {"address.good", "certificate.good", "pictures.good", "one_click.good"} <= found()
    assert "address.silent" in found(probe=lambda _url: False)
    assert {"address.https", "one_click.link"} <= found(base="http://127.0.0.1:8600")
    assert "certificate.refused" in found(expiry=refusing)
    assert "certificate.silent" in found(expiry=silent)
    assert "certificate.ends" in found(expiry=lambda _host, _port: now + timedelta(days=3))
    assert "pictures.dead" in found(load=lambda _url: False)


def test_our_own_letter_carries_the_headers(now):
    mail = own_mail(BRAND, BASE, now)

    assert mail["List-Unsubscribe"].startswith(f"<{BASE}/u/")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


@pytest.mark.parametrize("language", list(Language))
def test_everything_that_can_be_found_is_said_in_each_language(language):
    facts = {name: name for name in (
        "domain", "got", "count", "limit", "lookups", "name", "bits", "expected", "policy", "url",
        "days", "reason", "selector", "sender",
    )}  # fmt: skip
    said = {code: says(Check("spf", Light.GOOD, code, facts), language) for code in FOUND}

    assert not [code for code, text in said.items() if "{" in text or not text]
    if language is not Language.EN:
        assert not [code for code, text in said.items() if text == FOUND[code].format(**facts)]
    assert all(topic(name, language) for name in TOPICS)

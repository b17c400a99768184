"""What the records of a domain mean, case by case; the answers are given, the rules decide."""

from __future__ import annotations

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from campaigns.delivery.deliverability import Answer, Light, dkim, dmarc, spf

DOMAIN = "shop.am"
SENDGRID = {"sendgrid.net": "v=spf1 ip4:167.89.0.0/17 ~all"}


def asking(records, kind="TXT", failing=()):
    """An ``Ask`` over name → record or records."""

    def ask(name, asked):
        if name in failing:
            return Answer(failure="timeout")
        found = records.get(name, ()) if asked == kind else records.get((name, asked), ())
        return Answer((found,) if isinstance(found, str) else tuple(found))

    return ask


def spf_code(record, *, more=None, by_sendgrid=True, failing=(), return_path=None):
    records = {**SENDGRID, DOMAIN: record, **(more or {})}
    check = spf.look(DOMAIN, asking(records, failing=failing), by_sendgrid=by_sendgrid,
                     return_path=return_path)  # fmt: skip
    return check.code, check.light


@pytest.mark.parametrize(
    ("record", "code", "light"),
    [
        ("v=spf1 include:sendgrid.net ~all", "spf.good", Light.GOOD),
        ("V=SPF1 Include:SendGrid.net -all", "spf.good", Light.GOOD),
        ("v=spf1 mx -all", "spf.without_sendgrid", Light.WEAK),
        ((), "spf.none", Light.BAD),
        ("google-site-verification=x", "spf.none", Light.BAD),
        (("v=spf1 -all", "v=spf1 mx -all"), "spf.several", Light.BAD),
        ("v=spf1 include:gone.am ~all", "spf.broken", Light.BAD),
        ("v=spf1 include:sendgrid.net +all", "spf.everybody", Light.BAD),
        ("v=spf1 include:sendgrid.net all", "spf.everybody", Light.BAD),
        ("v=spf1 a mx a:x.am mx:y.am exists:z.am ptr a/24 mx/24 a:q.am a:w.am include:sendgrid.net -all",
         "spf.lookups", Light.BAD),
        ("v=spf1 include:loop.am -all", "spf.lookups", Light.BAD),
        ("v=spf1 redirect=sendgrid.net", "spf.good", Light.GOOD),
        ("v=spf1 include:%{d}.x.am include:sendgrid.net -all", "spf.good", Light.GOOD),
    ],
)  # fmt: skip
def test_an_spf_record_is_judged_as_mailboxes_do(record, code, light):
    assert spf_code(record, more={"loop.am": "v=spf1 include:loop.am -all"}) == (code, light)


def test_the_proposed_spf_record_is_good_and_keeps_what_there_was():
    check = spf.look(DOMAIN, asking({DOMAIN: "v=spf1 mx -all"}), by_sendgrid=True)

    [record] = check.add
    assert record.value == "v=spf1 include:sendgrid.net mx -all"
    assert spf_code(record.value) == ("spf.good", Light.GOOD)


def test_a_return_path_of_its_own_or_another_provider_needs_no_sendgrid_in_the_record():
    path = {("em1.shop.am", "CNAME"): "u1.wl.sendgrid.net"}

    assert spf_code("v=spf1 mx -all", more=path, return_path="em1.shop.am")[0] == "spf.good"
    assert spf_code((), more=path, return_path="em1.shop.am")[0] == "spf.return_path"
    assert spf_code("v=spf1 mx -all", by_sendgrid=False)[0] == "spf.good"


@pytest.mark.parametrize("failing", [DOMAIN, "sendgrid.net"])
def test_what_could_not_be_asked_is_unknown_and_never_red(failing):
    assert spf_code("v=spf1 include:sendgrid.net ~all", failing={failing}) == (
        "unanswered", Light.UNKNOWN,
    )  # fmt: skip


@given(st.integers(0, 30))
def test_ten_lookups_are_allowed_and_not_one_more(count):
    terms = " ".join(f"a:h{i}.am" for i in range(count))

    code, _light = spf_code(f"v=spf1 {terms} -all", by_sendgrid=False)

    assert code == ("spf.lookups" if count > spf.LOOKUPS else "spf.good")


def public(key):
    return base64.b64encode(
        key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    ).decode()


@pytest.fixture(scope="module")
def keys():
    made = {bits: public(rsa.generate_private_key(65_537, bits)) for bits in (1024, 2048)}
    # A key of 512 bits, which no library makes any more.
    short = "MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBALRiMLAh9iimur8VA7qVvdqxevEuUkW4K+2KdMXmnQbG9Aa7k7eBjK1S+0LYmVjPKlJGNXHDGuy5Fw/d7rjVJ0BLB+ubPK8iA/Tw3hLQgXMRRGRXXCn8ikfuQfjUS1uZSatdLB81mydBETlJhI6GH4twrbDJCR2Bwy/XWXgqgGRzAgMBAAE="
    return {**made, 512: short}


@pytest.mark.parametrize(
    ("record", "code"),
    [
        ("v=DKIM1; k=rsa; p={2048}", "dkim.good"),
        ("p={2048}", "dkim.good"),
        ("k=rsa; t=s; p={1024}", "dkim.shorter"),
        ("k=rsa; t=y:s; p={2048}", "dkim.testing"),
        ("v=DKIM1; p=", "dkim.revoked"),
        ("v=DKIM1; p=MIGfMA0GCSq", "dkim.unreadable"),
        ("k=ed25519; p={ed}", "dkim.ed25519"),
    ],
)
def test_a_dkim_key_is_judged_by_kind_and_length(keys, record, code):
    ed = public(ed25519.Ed25519PrivateKey.generate())
    filled = record.replace("{2048}", keys[2048]).replace("{1024}", keys[1024]).replace("{ed}", ed)
    records = {"s1._domainkey.shop.am": filled}

    [first, second] = dkim.look(DOMAIN, asking(records))

    assert (first.code, second.code) == (code, "dkim.none")


def test_a_dkim_name_that_leads_nowhere_or_has_two_keys_is_told():
    records = {
        ("s1._domainkey.shop.am", "CNAME"): "s1.domainkey.u1.wl.sendgrid.net",
        "s2._domainkey.shop.am": ("p=a", "p=b"),
    }
    checks = dkim.look(DOMAIN, asking(records))
    assert [one.code for one in checks] == ["dkim.dangling", "dkim.several"]
    [silent] = dkim.look(DOMAIN, asking({}, failing={"k1._domainkey.shop.am"}), ["k1"])
    assert silent.light is Light.UNKNOWN


@pytest.mark.parametrize(
    ("place", "record", "code"),
    [
        ("_dmarc.news.shop.am", "v=DMARC1; p=reject; rua=mailto:a@shop.am", "dmarc.good"),
        ("_dmarc.shop.am", "v=DMARC1; p=none; rua=mailto:a@shop.am", "dmarc.good"),
        ("_dmarc.shop.am", "v=DMARC1;p=none;sp=maybe;rua=mailto:a@shop.am", "dmarc.policy"),
        ("_dmarc.news.shop.am", "v=DMARC1; p=quarantine", "dmarc.no_reports"),
        ("_dmarc.news.shop.am", "v=DMARC1; rua=mailto:a@shop.am", "dmarc.policy"),
        ("_dmarc.news.shop.am", "v=DMARC1; p=none; adkim=s; rua=mailto:a@b.am", "dmarc.strict"),
        ("_dmarc.news.shop.am", "v=spf1 -all", "dmarc.none"),
        ("_dmarc.news.shop.am", ("v=DMARC1; p=none", "v=DMARC1; p=none"), "dmarc.several"),
        ("_dmarc.am", "v=DMARC1; p=none; rua=mailto:a@b.am", "dmarc.none"),
    ],
)
def test_the_dmarc_record_that_holds_is_found_and_judged(place, record, code):
    check = dmarc.look("news.shop.am", asking({place: record}), reports_to="me@shop.am")

    assert check.code == code
    for proposed in check.add:
        again = dmarc.look(
            "news.shop.am", asking({proposed.name: proposed.value}), reports_to="me@shop.am"
        )
        assert again.light is Light.GOOD

"""A received mail tells whether its signature covers the headers for one-click."""

from __future__ import annotations

import pytest

from campaigns.delivery.deliverability import Light
from campaigns.delivery.deliverability.mail import one_click, read_mail, signatures
from campaigns.errors import InputError

SIGNATURE = (
    "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d={d}; s=s1;\r\n"
    "\th=content-type:from:{h}:subject:to;\r\n\tbh=x; b=y\r\n"
)
BOTH = "list-unsubscribe:\r\n\t List-Unsubscribe-Post"
HEADERS = (
    "From: Nur <hello@nur.example>\r\nSubject: x\r\nList-Unsubscribe: <https://nur.example/u/x>\r\n"
    "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n\r\nText\r\n"
)


def codes(head, body=HEADERS):
    return [one.code for one in signatures(read_mail((head + body).encode()))]


@pytest.mark.parametrize(
    ("domain", "covered", "code"),
    [
        ("nur.example", BOTH, "signed.good"),
        ("mail.nur.example", BOTH, "signed.good"),
        ("nur.example", "list-unsubscribe", "signed.lacks"),
        ("nur.example", "date", "signed.lacks"),
        ("sendgrid.net", BOTH, "signed.other"),
        ("", BOTH, "signed.other"),
    ],
)
def test_a_signature_must_be_ours_and_cover_both_headers(domain, covered, code):
    assert codes(SIGNATURE.format(d=domain, h=covered)) == [code]


def test_each_of_several_signatures_is_told_of_and_their_absence_too():
    two = SIGNATURE.format(d="sendgrid.info", h=BOTH) + SIGNATURE.format(d="nur.example", h="date")

    assert codes(two) == ["signed.other", "signed.lacks"]
    assert codes("") == ["signed.none"]
    lacking = signatures(
        read_mail((SIGNATURE.format(d="nur.example", h="date") + HEADERS).encode())
    )
    assert lacking[0].facts["got"] == "list-unsubscribe, list-unsubscribe-post"


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ("List-Unsubscribe: <https://a.am/u>\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\n",
         "one_click.good"),
        ("List-Unsubscribe: <mailto:a@a.am>, <https://a.am/u>\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\n",
         "one_click.good"),
        ("List-Unsubscribe: <https://a.am/u>\n", "one_click.promise"),
        ("List-Unsubscribe: <http://a.am/u>\n", "one_click.link"),
        ("Subject: x\n", "one_click.none"),
    ],
)  # fmt: skip
def test_a_mailbox_shows_its_button_only_for_an_https_link_and_the_promise(headers, code):
    check = one_click(read_mail(f"{headers}\nText".encode()))

    assert check.code == code
    assert (check.light is Light.GOOD) == (code == "one_click.good")


@pytest.mark.parametrize("content", [b"", b"\n\nno headers", b"\x00\xff"])
def test_what_is_no_mail_is_refused(content):
    with pytest.raises(InputError, match=r"\.eml"):
        read_mail(content)

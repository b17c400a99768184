from __future__ import annotations

import email
from email import policy

import pytest

from campaigns.delivery import campaigns
from campaigns.delivery.dispatch import send_campaign
from tests.support.factory import a_consent, a_contact, a_rollup
from tests.support.sheets import csv_file, take_in

TEA = {
    "hy": "Լեռնային թեյ", "ka": "მთის ჩაი", "en": "Mountain tea", "ru": "Чай горный",
    "article": "1000204",
}  # fmt: skip
QUOTED = {"hy": "«{}»", "ka": "„{}“", "en": "“{}”"}


@pytest.mark.parametrize(
    ("language", "readable"), [("hy", ("hy", "en")), ("ka", ("ka", "en")), ("en", ("en",))]
)
def test_a_letter_names_a_product_only_where_its_reader_can_read_it(
    sqlite_shop, now, language, readable
):
    with sqlite_shop.database.begin() as connection:
        for bought, product in TEA.items():
            buyer = a_contact(connection, now=now, language=language, address=f"{bought}@x.am")
            a_consent(connection, buyer, now=now)
            a_rollup(connection, buyer, now=now, last_product=product)

    texts = _sent(sqlite_shop, now)

    named = {bought: QUOTED[language].format(TEA[bought]) in texts[bought] for bought in TEA}
    assert named == {bought: bought in readable for bought in TEA}
    assert not any(TEA[bought] in texts[bought] for bought in TEA if bought not in readable)


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        (["կայք", "2025-11-18"], "համաձայնությամբ (կայք, 2025 թ. նոյեմբերի 18)։"),
        (["საიტი", "2025-11-18"], "համաձայնությամբ (2025 թ. նոյեմբերի 18)։"),
        (["կայք", ""], "համաձայնությամբ (կայք)։"),
        (["", ""], "համաձայնությամբ։"),
    ],
)
def test_a_letter_says_of_the_consent_only_what_the_sheet_said(shop, now, told, shown):
    headings = ["e-mail", "language", "consent", "consent source", "consent date"]
    take_in(shop, csv_file([headings, ["ani@x.am", "hy", "yes", *told]]), "people.csv", now=now)

    text = " ".join(_sent(shop, now)["ani"].split())

    assert f"Այս գովազդային նամակը ստանում եք Ձեր {shown}" in text


@pytest.mark.parametrize(
    ("language", "known", "greeting"),
    [
        ("hy", {"given_name": "Ani", "family_name": "Petrosyan"}, "Հարգելի Անի,"),
        ("hy", {"family_name": "Պետրոսյան", "gender": "m"}, "Հարգելի պարոն Պետրոսյան,"),
        ("ka", {"given_name": "დავითი", "gender": "m"}, "გამარჯობა, დავით!"),
        ("ka", {"given_name": "n/a"}, "ძვირფასო მომხმარებელო,"),
        ("en", {"given_name": "Անի"}, "Dear Ani,"),
    ],
)
def test_a_reader_is_greeted_by_what_the_sheet_knows(sqlite_shop, now, language, known, greeting):
    with sqlite_shop.database.begin() as connection:
        person = {"given_name": None, "family_name": None} | known
        reader = a_contact(connection, now=now, language=language, address="x@x.am", **person)
        a_consent(connection, reader, now=now)

    assert _sent(sqlite_shop, now)["x"].splitlines()[0] == greeting


def _sent(shop, now):
    """Who they wrote to, by the first half of the address → the text of the letter."""
    campaign_id = campaigns.create(
        shop, "Thanks", segment="everyone", letter="thank_you", actor="anna", now=now
    )
    campaigns.plan(shop, "Thanks", actor="anna", now=now)
    campaigns.approve(shop, "Thanks", actor="anna", now=now, probe=lambda _url: True)
    campaigns.send(shop, "Thanks", actor="anna", now=now)
    send_campaign(shop, campaign_id, owner="worker")
    mails = [
        email.message_from_bytes(path.read_bytes(), policy=policy.default)
        for path in shop.outbox.rglob("*.eml")
    ]
    return {
        mail["To"].addresses[0].username: mail.get_body(("plain",)).get_content() for mail in mails
    }

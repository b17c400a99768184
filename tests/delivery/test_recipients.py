from __future__ import annotations

import email
from datetime import date, timedelta
from email import policy

import polars as pl
import pytest

from campaigns.delivery import campaigns
from campaigns.delivery.bestsellers import bestsellers, readable, recommended
from campaigns.delivery.dispatch import send_campaign
from campaigns.delivery.recipients import Circumstances, Reader, columns, values
from campaigns.letters.fields import Item
from campaigns.model.language import Language
from campaigns.model.money import Money
from campaigns.model.permission import Purpose
from campaigns.store.options import read_brand
from campaigns.store.tables import product
from tests.support.factory import a_consent, a_contact, a_rollup
from tests.support.sheets import csv_file, take_in

TEA = {
    "hy": "Լեռնային թեյ", "ka": "მთის ჩაი", "en": "Mountain tea", "ru": "Чай горный",
    "article": "1000204",
}  # fmt: skip
NAMES = ("Anna", "Անի", "ნინო", "Анна")
QUOTED = {"hy": "«{}»", "ka": "„{}“", "en": "“{}”"}


@pytest.mark.slow
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


@pytest.mark.slow
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


@pytest.mark.slow
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


def test_what_is_known_by_column_is_what_is_known_one_by_one(shop, now):
    attributes = [{}, {"Միավորներ": "1 250", "Tier": "Gold"}, {"points": "x", "դիտողություն": "~^"}]
    with shop.database.begin() as connection:
        ids = []
        for number in range(12):
            language = ("hy", "ka", "en")[number % 3]
            ids.append(
                a_contact(
                    connection, now=now, language=language, attributes=attributes[number % 3],
                    given_name=None if number == 4 else NAMES[number % 4], gender="f",
                    birthday=date(1990, 2, 28) if number % 2 else None, city="Երևան",
                    family_name="" if number == 5 else "Petrosyan",
                )
            )  # fmt: skip
            a_consent(connection, ids[-1], now=now - timedelta(days=number))
            if number % 4:
                a_rollup(
                    connection, ids[-1], now=now, last_product=[None, "Tea", "1000204"][number % 3],
                    last_order_at=now - timedelta(days=number, hours=13),
                    first_order_at=now - timedelta(days=365 * number), revenue_minor=number * 100,
                )  # fmt: skip
    best = [Item("Tea"), Item("Սուրճ", Money(500, "AMD")), Item("ჩაი"), Item("Кофе"), Item("Jam")]
    tokens = [f"token{number}" for number in range(len(ids))]
    for language in Language:
        readers = [Reader(one, language, token) for one, token in zip(ids, tokens, strict=True)]
        what = Circumstances(
            language, Purpose.OFFERS, now, read_brand_currency(shop), readable(best, language)
        )
        with shop.database.read() as connection:
            plain = values(
                shop, connection, readers[::-1], purpose=Purpose.OFFERS, now=now, bestsellers=best
            )
            known = columns(shop, connection, pl.Series(ids[::-1]), pl.Series(tokens[::-1]), what)

        for row, one in enumerate(plain):
            assert known.row(row) == one
        assert {one["language"] for one in plain} == {language}
        assert sum(one["points"] == 1250 for one in plain) == 4
        assert [type(value) for value in plain[0].values()] == [
            type(known.row(0)[name]) for name in plain[0]
        ]


def test_only_the_columns_that_a_letter_needs_are_made(sqlite_shop, now):
    with sqlite_shop.database.begin() as connection:
        one = a_contact(connection, now=now)
    what = Circumstances(Language.HY, Purpose.OFFERS, now, "AMD")
    with sqlite_shop.database.read() as connection:
        known = columns(
            sqlite_shop, connection, pl.Series([one]), pl.Series(["t"]), what, fields={"orders"}
        )

    assert set(known.columns) == {"language", "web_url", "contact_url", "orders"}


def read_brand_currency(shop):
    with shop.database.read() as connection:
        return read_brand(connection).currency


@pytest.mark.slow
def test_what_most_customers_bought_lately_is_recommended_but_not_what_one_bought_last(
    sqlite_shop, now
):
    lines = [("Tea", 3, 5), ("Սուրճ", 2, 5), ("Jam", 9, 200), ("Honey", 1, 5), ("Кофе", 5, 5)]
    rows = [
        [f"{name}-{buyer}", f"{buyer}@x.am", f"{now - timedelta(days=days):%Y-%m-%d}", "1000", name]
        for name, buyers, days in lines
        for buyer in range(buyers)
    ]
    headings = ["order", "email", "date", "amount", "product"]
    with sqlite_shop.database.begin() as connection:
        for buyer in range(9):
            a_contact(connection, now=now, address=f"{buyer}@x.am")
        connection.execute(
            product.insert().values(
                key="tea", name="TEA", price_minor=150_000, currency="AMD",
                attributes={"url": "https://shop.example/tea"}, created_at=now, updated_at=now,
            )
        )  # fmt: skip
    take_in(sqlite_shop, csv_file([headings, *rows]), "orders.csv", now=now)

    with sqlite_shop.database.read() as connection:
        best = bestsellers(sqlite_shop, connection, now=now)

    assert [item.name for item in best] == ["Кофе", "Tea", "Սուրճ", "Honey"]
    assert best[1] == Item("Tea", Money(150_000, "AMD"), "https://shop.example/tea")
    shown = recommended(readable(best, Language.HY), "tea")
    assert [item.name for item in shown] == ["Սուրճ", "Honey"]

"""A shop that writes itself in three languages, and one member in each."""

from __future__ import annotations

import pytest

from campaigns.language.people.person import read_person
from campaigns.letters.cards.data import Card, card_of
from campaigns.model.language import Language
from campaigns.store.options import Brand

BRAND = Brand(
    shop_name="Nur Wines", phone="091 23-45-67", reply_to="hello@nur.example.am",
    website="https://www.nur.example.am/", postal_address="12 Abovyan Street, Yerevan 0001",
    signer="Anna Sargsyan", signer_role="customer care", hours="Mon–Sat 10:00–19:00",
    in_languages={
        "hy": {"shop_name": "Նուռ գինետուն", "postal_address": "ք. Երևան, Աբովյան 12", "signer": "Աննա Սարգսյան",
               "signer_role": "հաճախորդների սպասարկում", "hours": "Երկ–Շբթ 10:00–19:00"},
        "ka": {"shop_name": "ღვინის სახლი „ნური“", "postal_address": "თბილისი, რუსთაველის გამზ. 12",
               "signer": "ნინო ბერიძე", "signer_role": "მომხმარებელთა მხარდაჭერა", "hours": "ორშ–შაბ 10:00–19:00"},
    },
)  # fmt: skip
NAMES = {
    Language.HY: ("Անի", "Սարգսյան"),
    Language.KA: ("ნინო", "ბერიძე"),
    Language.EN: ("Emma", "Brown"),
}
PRODUCTS = {Language.HY: "Արենի գինի", Language.KA: "საფერავი", Language.EN: "Areni wine"}
NUMBER = "2000123456789"


def member(language: Language, **changes: object) -> dict[str, object]:
    """Return the values of somebody who bought one thing and has a card."""
    given, family = NAMES[language]
    return {
        "contact": read_person(given=given, family=family), "given_name": given,
        "family_name": family, "last_product": PRODUCTS[language], "card_number": NUMBER,
    } | changes  # fmt: skip


@pytest.fixture(params=Language, ids=str)
def card(request) -> Card:
    """The card of a shop and its member, in each language."""
    return card_of(BRAND, request.param, member(request.param))

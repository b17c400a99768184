"""Invented readers, so that a letter can be looked at before there is anybody to send it to."""

from __future__ import annotations

from datetime import date

from campaigns.language.people.person import read_person
from campaigns.letters.fields import FIELDS, Values
from campaigns.model.language import Language
from campaigns.model.money import Money

_PEOPLE: dict[Language, dict[str, object]] = {
    Language.HY: {
        "given_name": "Անի", "family_name": "Սարգսյան", "city": "Գյումրի",
        "last_product": "Արենի գինի", "consent_source": "բոնուսային քարտի հայտ",
        "revenue": Money(4_850_000, "AMD"),
    },
    Language.KA: {
        "given_name": "ნინო", "family_name": "ბერიძე", "city": "ქუთაისი",
        "last_product": "საფერავი", "consent_source": "ლოიალობის ბარათის განაცხადი",
        "revenue": Money(48_590, "GEL"),
    },
    Language.EN: {
        "given_name": "Emma", "family_name": "Brown", "city": "Yerevan",
        "last_product": "Areni wine", "consent_source": "loyalty card application",
        "revenue": Money(4_850_000, "AMD"),
    },
}  # fmt: skip
_GENDER = "f"
_LONGEST = {
    Language.HY: ("Աննա-Մարիամ Հռիփսիմե", "Ձեռագործ կարպետ՝ բնական ներկերով, 200 × 300 սմ, Սյունիքի նախշերով"),
    Language.KA: ("ანა-მარიამ ელისაბედ", "ხელნაქსოვი ხალიჩა ბუნებრივი საღებავებით, 200 × 300 სმ, თუშური ორნამენტით"),
    Language.EN: ("Alexandrina Elisabeth", "Handwoven carpet in natural dyes, 200 × 300 cm, with the patterns of Syunik"),
}  # fmt: skip
_LINKS: dict[str, object] = {
    "unsubscribe_url": "https://example.com/u/preview",
    "testimonial_url": "https://example.com/t/preview",
    "web_url": None,
}


def sample_values(language: Language) -> Values:
    """Return a reader of whom everything is known."""
    known = _PEOPLE[language]
    return {
        **dict.fromkeys(FIELDS), **known, **_LINKS,
        "contact": read_person(
            given=str(known["given_name"]), family=str(known["family_name"]), gender=_GENDER
        ),
        "contact_id": 1, "language": str(language), "attributes": {},
        "orders": 7, "first_order_at": date(2024, 5, 17), "last_order_at": date(2026, 3, 8),
        "days_since_last": 124, "consent_at": date(2025, 9, 1),
    }  # fmt: skip


def longest_values(language: Language) -> Values:
    """Return a reader with a long name who bought something with a long name."""
    name, product = _LONGEST[language]
    known = sample_values(language)
    person = read_person(given=name, family=str(known["family_name"]), gender=_GENDER)
    return {**known, "contact": person, "given_name": name, "last_product": product,
            "days_since_last": 1_250}  # fmt: skip


def unknown_values(language: Language) -> Values:
    """Return a reader of whom nothing is known but the address."""
    return {**dict.fromkeys(FIELDS), **_LINKS, "contact_id": 1, "language": str(language),
            "attributes": {}}  # fmt: skip

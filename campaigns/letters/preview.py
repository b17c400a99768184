"""Invented readers, so that a letter can be looked at before there is anybody to send it to."""

from __future__ import annotations

from datetime import date

from campaigns.language.people.person import read_person
from campaigns.letters.fields import FIELDS, Item, Values
from campaigns.model.language import Language
from campaigns.model.money import Money

_PRODUCT = "https://example.com/product"

_PEOPLE: dict[Language, dict[str, object]] = {
    Language.HY: {
        "given_name": "Անի", "family_name": "Սարգսյան", "city": "Գյումրի",
        "last_product": "Արենի գինի", "consent_source": "բոնուսային քարտի հայտ",
        "revenue": Money(4_850_000, "AMD"), "tier": "Արծաթե", "next_tier": "Ոսկե",
        "savings": Money(1_260_000, "AMD"), "to_next_tier": Money(3_150_000, "AMD"),
        "to_next_discount": Money(1_500_000, "AMD"),
        "recommendations": (Item("Կարաս գինի", Money(690_000, "AMD"), _PRODUCT), Item("Թթի օղի")),
    },
    Language.KA: {
        "given_name": "ნინო", "family_name": "ბერიძე", "city": "ქუთაისი",
        "last_product": "საფერავი", "consent_source": "ლოიალობის ბარათის განაცხადი",
        "revenue": Money(48_590, "GEL"), "tier": "ვერცხლი", "next_tier": "ოქრო",
        "savings": Money(9_240, "GEL"), "to_next_tier": Money(31_500, "GEL"),
        "to_next_discount": Money(15_000, "GEL"),
        "recommendations": (Item("ქინძმარაული", Money(6_900, "GEL"), _PRODUCT), Item("ჭაჭა")),
    },
    Language.EN: {
        "given_name": "Emma", "family_name": "Brown", "city": "Yerevan",
        "last_product": "Areni wine", "consent_source": "loyalty card application",
        "revenue": Money(4_850_000, "AMD"), "tier": "Silver", "next_tier": "Gold",
        "savings": Money(1_260_000, "AMD"), "to_next_tier": Money(3_150_000, "AMD"),
        "to_next_discount": Money(1_500_000, "AMD"),
        "recommendations": (Item("Karas wine", Money(690_000, "AMD"), _PRODUCT), Item("Mulberry vodka")),
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
        "birthday": date(1990, 4, 12), "years_with_us": 2, "card_number": "2604 1187 0315",
        "points": 1_250, "points_expiring": 300, "points_expire_at": date(2026, 12, 31),
        "discount": 5, "next_discount": 7, "referral_url": "https://example.com/r/preview",
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

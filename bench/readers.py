"""Invented readers by column: most values come again and again, links are each reader's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import cycle, pairwise, product

import numpy as np

from campaigns.language.people.person import read_person
from campaigns.letters.columns import Column, Columns
from campaigns.letters.fields import Item
from campaigns.model.language import Language
from campaigns.model.money import Money

SITE = "https://letters.nur.example"
HOSTILE = (
    "~0^", "^0`", "~^|`$*!@+=;?", "%name%", "-name-", ":name", "[unsubscribe]", "%open-track%",
    "<%asm_group_unsubscribe_raw_url%>", "{{ given_name }}", "{% if x %}", "{# #}", "${x}", "\\1",
    "\\g<0>", '"', "'", '\\"', "\\u003c", "\ud800", "a\udfffb", "<b>&amp;</b>", "</td></table>",
    "<script>alert(1)</script>", "&lt;", "&#60;", "a\r\nBcc: all@example.com", "\x00\x07", "\u202eabc",
    "\u200f\u200e", "\u2066", "\ufeff", "\ue000\ue001", "\uf8f0", "**b**", "](javascript:x)", "# x",
    "\n\n- x", "  ", " x ", "👩‍👩‍👧", "ﬁ", "Ա" * 900, "<" * 1_700, "😀" * 800, "https://x.example/?a=b&c",
)  # fmt: skip
"""Values that are tags, markup, merge syntax, controls, halves of characters, or far too long."""
_GIVEN = {
    Language.HY: ("Անի", "Դավիթ", "Լիլիթ", "Տիգրան", "Նարե", "Գոռ", "Աննա-Մարիա", "Ani"),
    Language.KA: ("ნინო", "ქეთევან", "ანა", "თამარ", "დავითი", "გიორგი", "ელენე", "Nino"),
    Language.EN: ("Ann", "David", "Lily", "Mark", "Mary-Ann", "O'Neil", "Zoë", "Անի"),
}  # fmt: skip
_FAMILY = {
    Language.HY: ("Սարգսյան", "Պետրոսյան", "Հակոբյան", "Շահվերդյան", "Petrosyan"),
    Language.KA: ("ბერიძე", "კაპანაძე", "ცინაძე", "ლომიძე", "Beridze"),
    Language.EN: ("Brown", "Smith", "Petrosyan", "Beridze", "O'Hara"),
}  # fmt: skip
_CITY = {
    Language.HY: ("Երևան", "Գյումրի", "Վանաձոր"), Language.KA: ("თბილისი", "ქუთაისი", "ბათუმი"),
    Language.EN: ("Yerevan", "Tbilisi", "London"),
}  # fmt: skip
_THING = {
    Language.HY: ("Արենի գինի", "Մեղր", "Կարպետ"), Language.KA: ("საფერავი", "თაფლი", "ხალიჩა"),
    Language.EN: ("Areni wine", "Honey", "Carpet"),
}  # fmt: skip
_PROFILES = 24
"""Combinations of what is known of a reader and what is not."""
_SURE = ("contact_id", "language", "unsubscribe_url", "testimonial_url", "web_url", "attributes")


def readers(language: Language, count: int, *, seed: int = 0, hostile: float = 0.0) -> Columns:
    """Return ``count`` readers; of some not everything is known.

    Args:
        language: of their names and products.
        count: how many.
        seed: of chance.
        hostile: share of the texts that nobody would want in a letter.
    """
    chance = np.random.default_rng(seed)
    pools = _pools(language, HOSTILE if hostile else ())
    profiles = chance.integers(0, _PROFILES, count)
    found: dict[str, Column] = {}
    for name, (pool, extra) in pools.items():
        codes = chance.integers(0, len(pool), count)
        if extra:
            strange = chance.random(count) < hostile
            codes = np.where(strange, len(pool) + chance.integers(0, len(extra), count), codes)
        values: list[object] = [*pool, *extra]
        if name not in _SURE:
            unknown = (chance.random(_PROFILES) < 0.25)[profiles]
            codes = np.where(unknown, len(values), codes)
            values.append(None)
        found[name] = Column(codes.astype(np.int32), values)
    return Columns(count, found | _own(count, HOSTILE if hostile else ()))


def rows(columns: Columns) -> list[Mapping[str, object]]:
    """Return the same readers as plain values."""
    return [columns.row(index) for index in range(columns.count)]


def _own(count: int, strange: Sequence[str]) -> dict[str, Column]:
    """What each reader has alone."""
    each = np.arange(count, dtype=np.int32)
    links = {
        name: [f"{SITE}/{path}/{n:020}~9fQx-Zk_3bLm8Vt2HcYw7A" for n in range(count)]
        for name, path in (
            ("unsubscribe_url", "u"),
            ("testimonial_url", "t"),
            ("referral_url", "r"),
        )
    }
    links["referral_url"][::90] = [
        f"https://{one}" if n % 2 else one
        for n, one in zip(range(0, count, 90), cycle(strange or [SITE]), strict=False)
    ]
    return {
        "contact_id": Column(each, range(count)),
        **{name: Column(each, values) for name, values in links.items()},
    }


def _pools(
    language: Language, strange: Sequence[str]
) -> dict[str, tuple[Sequence[object], Sequence[object]]]:
    """Return what may stand in a field, and what may stand there of a hostile customer."""
    given, family = _GIVEN[language], _FAMILY[language]
    days = [date(2024, 1, 1) + timedelta(days=day) for day in range(700)]
    currency = "GEL" if language is Language.KA else "AMD"
    money = [Money(500 * n, currency) for n in range(1, 400)]
    things = [f"{thing} {n}" for thing, n in product(_THING[language], range(60))]
    items = [Item(one, money[n], f"{SITE}/p/{n}") for n, one in enumerate(things[:6])]
    odd = tuple((Item(one, url="https://x.example/?a=1&b=2"),) for one in strange if one.strip())
    people = [read_person(given=a, family=b, gender=c) for a, b, c in product(given, family, "mf")]
    odd_people = [read_person(given=one, family=two) for one, two in pairwise(strange)]
    return {
        "contact": (people, odd_people), "given_name": (given, strange),
        "family_name": (family, strange), "city": (_CITY[language], strange),
        "last_product": (things, strange), "tier": (_THING[language], strange),
        "next_tier": (_CITY[language], strange), "card_number": ([f"{n:08}" for n in range(500)], strange),
        "consent_source": (things[:5], strange),
        "attributes": ([{}, {"note": "x"}], [{"note": one} for one in strange]),
        "recommendations": (((), tuple(items[:3]), tuple(items[1:6]), (Item(things[9]),)), odd),
        "language": ([str(language)], ()), "web_url": ([f"{SITE}/{language}/testimonials"], ()),
        **dict.fromkeys(("revenue", "to_next_tier", "to_next_discount", "savings"), (money, ())),
        **dict.fromkeys(("orders", "days_since_last", "points", "points_expiring", "years_with_us"),
                        (range(1, 400), ())),
        **dict.fromkeys(("discount", "next_discount"), ((3, 5, 7, 10, 15), ())),
        **dict.fromkeys(("first_order_at", "last_order_at", "points_expire_at", "birthday",
                         "consent_at"), (days, ())),
    }  # fmt: skip

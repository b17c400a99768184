from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.errors import InputError
from campaigns.segments.fields import Operator
from campaigns.segments.rule import And, Comparison, Everyone, Not, Or, parse
from tests.segments.rules import rules


def a_comparison(**facts):
    return Comparison(**{"field": "orders", "operator": Operator.AT_LEAST, "values": (2,)} | facts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("everyone", Everyone()),
        ("orders >= 2", a_comparison()),
        ("ORDERS ≥ 2", a_comparison()),
        ("not orders >= 2", Not(a_comparison())),
        ("revenue >= 100 000", a_comparison(field="revenue", values=(100000,))),
        ("revenue >= 49.90", a_comparison(field="revenue", values=(Decimal("49.9"),))),
        (
            "last_order_at < 2026-01-01",
            Comparison("last_order_at", Operator.LESS, (date(2026, 1, 1),)),
        ),
        ("birthday is empty", Comparison("birthday", Operator.EMPTY)),
        ("city is not empty", Comparison("city", Operator.FILLED)),
        ("has_consent", Comparison("has_consent", Operator.EQUAL, (True,))),
        ("has_consent = no", Comparison("has_consent", Operator.EQUAL, (False,))),
        (
            'attribute "profession" contains «բժիշկ»',
            Comparison("attribute", Operator.CONTAINS, ("բժիշկ",), "profession"),
        ),
        (
            'attribute "points" > 5',
            Comparison("attribute", Operator.MORE, (Decimal(5),), "points"),
        ),
        ("city in („ქუთაისი“)", Comparison("city", Operator.ONE_OF, ("ქუთაისი",))),
    ],
)
def test_a_rule_is_read(text, expected):
    assert parse(text) == expected


def test_and_binds_closer_than_or_and_not_closer_than_and():
    one, two, three = (a_comparison(values=(n,)) for n in (1, 2, 3))

    found = parse("orders >= 1 or not orders >= 2 and orders >= 3")

    assert found == Or((one, And((Not(two), three))))


def test_brackets_that_change_nothing_are_dropped():
    assert parse("(orders >= 1 and (orders >= 2)) and orders >= 3") == parse(
        "orders >= 1 and orders >= 2 and orders >= 3"
    )


@given(rules())
def test_what_is_written_is_read_back(rule):
    assert parse(str(rule)) == rule


WORDS = st.sampled_from(
    ["orders", "city", ">=", "=", "in", "(", ")", "2", '"x"', "and", "or", "not", "is", "empty",
     "2026-01-01", "everyone", "attribute", ",", "contains", "has_consent", "yes", "language"]
)  # fmt: skip


@given(st.text(max_size=60) | st.lists(WORDS, max_size=12).map(" ".join))
def test_any_text_is_a_rule_or_an_explained_error(text):
    found = read_or_explained(text)

    assert found.startswith("rule") or str(parse(found)) == found


def read_or_explained(text):
    try:
        return str(parse(text))
    except InputError as error:
        return str(error)


@pytest.mark.parametrize(
    ("text", "code", "position"),
    [
        ("", "segment.unfinished", 1),
        ("orders >=", "segment.unfinished", 10),
        ("orderz >= 2", "segment.field", 1),
        ("orders >= many", "segment.whole", 11),
        ("orders >= 2.5", "segment.whole", 11),
        ("orders >= -1", "segment.whole", 11),
        ("orders >= 99999999999", "segment.whole", 11),
        ("orders >= 9999999999", "segment.whole_range", 11),
        ("orders is empty", "segment.syntax", 8),
        ("orders contains 2", "segment.syntax", 8),
        ("orders >= 2 city", "segment.syntax", 13),
        ("(orders >= 2", "segment.unfinished", 13),
        ("city in Երևան", "segment.character", 9),
        ('city in "Երևան"', "segment.syntax", 9),
        ("city = 5", "segment.text", 8),
        ('city = "Երևան', "segment.unclosed", 8),
        ('language = "ru"', "segment.language", 12),
        ("last_order_at < 2026-02-30", "segment.date", 17),
        ("last_order_at < 9999-12-31", "segment.date", 17),
        ("revenue > 1.005", "segment.amount", 11),
        ('attribute "x" < "a"', "segment.amount", 17),
        ("attribute x = 5", "segment.attribute", 11),
        ('attribute "" is empty', "segment.attribute", 11),
        ("has_consent = maybe", "segment.syntax", 15),
        ("orders >= 2; drop table contact", "segment.character", 12),
        ('city = "a\0b"', "segment.character", 8),
    ],
)
def test_a_mistake_is_named_where_it_stands(text, code, position):
    with pytest.raises(InputError) as caught:
        parse(text)

    assert (caught.value.code, caught.value.facts["position"]) == (code, position)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("(" * 40 + "everyone" + ")" * 40, "segment.too_deep"),
        ("not " * 40 + "everyone", "segment.too_deep"),
        ("orders in (" + ", ".join("1" * 101) + ")", "segment.too_many"),
        ("orders >= 1 and " * 300 + "everyone", "segment.too_long"),
    ],
)
def test_a_rule_has_limits(text, code):
    with pytest.raises(InputError) as caught:
        parse(text)

    assert caught.value.code == code

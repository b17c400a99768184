from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaigns.model.permission import Purpose
from campaigns.segments.query import contact_ids
from campaigns.segments.rule import parse
from campaigns.store.consents import Proof, add_consent
from campaigns.store.tables import contact, rollup
from tests.segments.people import add_person
from tests.segments.rules import ATTRIBUTES, TEXTS, holds, rules

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
MOMENTS = [NOON - timedelta(days=d, seconds=s) for d in (0, 1, 29, 89, 90, 91) for s in (0, 1)] + [
    datetime(2026, 1, 1, tzinfo=UTC), datetime(2025, 12, 31, 23, 59, 59, tzinfo=UTC)
]  # fmt: skip

texts = st.none() | st.sampled_from(TEXTS)
people = st.fixed_dictionaries(
    {
        "given_name": texts, "family_name": texts, "city": texts, "gender": texts, "phone": texts,
        "birthday": st.none() | st.sampled_from([date(2026, 1, 1), date(2025, 12, 31)]),
        "language": st.sampled_from(["hy", "ka", "en"]),
        "attributes": st.dictionaries(st.sampled_from(ATTRIBUTES), st.sampled_from(TEXTS)),
        "created_at": st.sampled_from(MOMENTS),
        "orders": st.none() | st.integers(1, 4),
        "revenue_minor": st.sampled_from([0, 500, 1250, 10_000_000]),
        "at": st.tuples(st.sampled_from(MOMENTS), st.sampled_from(MOMENTS)).map(sorted),
        "has_consent": st.sampled_from([None, True, False]),
    }
)  # fmt: skip


def _complete(person, number):
    first, last = person.pop("at")
    ordered = person["orders"] is not None
    return person | {
        "customer_id": f"C-{number}" if number % 2 else None,
        "address": f"p{number}@Example.am" if number % 3 else None,
        "first_order_at": first if ordered else None,
        "last_order_at": last if ordered else None,
        "revenue_minor": person["revenue_minor"] if ordered else None,
    }


@pytest.mark.slow
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    found=st.lists(people, min_size=1, max_size=6), asked=st.lists(rules(), min_size=4, max_size=8)
)
def test_sql_finds_whom_the_plain_reading_finds(workspace, found, asked):
    whole = [_complete(dict(person), number) for number, person in enumerate(found)]
    with workspace.database.engine.connect() as connection:
        connection.execution_options(campaigns_write=True)
        with connection.begin() as transaction:
            ids = {add_person(connection, NOON, **person): person for person in whole}
            for rule in asked:
                expected = {
                    number for number, person in ids.items()
                    if holds(rule, person | {"has_consent": bool(person["has_consent"])}, NOON)
                }  # fmt: skip
                rows = connection.execute(contact_ids(rule, now=NOON)).scalars().all()
                assert (str(rule), sorted(rows)) == (str(rule), sorted(expected))
            transaction.rollback()


def _found(workspace, text):
    with workspace.database.read() as connection:
        asked = contact_ids(parse(text), now=NOON)
        names = sa.select(contact.c.given_name).where(contact.c.id.in_(asked))
        return sorted(connection.execute(names).scalars())


@pytest.fixture
def shop(workspace):
    """Ani bought twice, lately; Nino once, long ago; John never did."""
    with workspace.database.begin() as connection:
        add_person(connection, NOON, given_name="Անի", language="hy", city="Երևան", orders=2,
                   revenue_minor=12_000_000, first_order_at=NOON - timedelta(days=200),
                   last_order_at=NOON - timedelta(days=3), has_consent=True,
                   attributes={"մասնագիտություն": "Բժիշկ", "points": "120"})  # fmt: skip
        add_person(connection, NOON, given_name="ნინო", language="ka", city="თბილისი", orders=1,
                   revenue_minor=4990, first_order_at=NOON - timedelta(days=91),
                   last_order_at=NOON - timedelta(days=91), attributes={"points": "9"})  # fmt: skip
        add_person(connection, NOON, given_name="John", language="en", city=None)
    return workspace


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("everyone", ["John", "Անի", "ნინო"]),
        ("orders = 0", ["John"]),
        ("revenue < 1", ["John"]),
        ("revenue >= 49.90 and revenue <= 100 000", ["ნინო"]),
        ("days_since_last > 90", ["ნინო"]),
        ("days_since_last > 91", []),
        ("days_since_last is empty", ["John"]),
        ("not days_since_last > 90", ["John", "Անի"]),
        ('city = "ԵՐԵՎԱՆ"', ["Անի"]),
        ('city != "Երևան"', ["ნინო"]),
        ('not city = "Երևան"', ["John", "ნინო"]),
        ('city contains "ბილ"', ["ნინო"]),
        ('city contains "%"', []),
        ('attribute "մասնագիտություն" contains "բժիշկ"', ["Անի"]),
        ('attribute "points" >= 10', ["Անի"]),
        ("has_consent", ["Անի"]),
        ("not has_consent", ["John", "ნინო"]),
        ("last_order_at >= 2026-02-27", ["Անի"]),
        ('language in ("hy", "en") and orders > 0', ["Անի"]),
    ],
)
def test_a_rule_finds_its_people(shop, text, expected):
    assert _found(shop, text) == expected


def test_consent_that_was_withdrawn_is_no_consent(shop):
    with shop.database.begin() as connection:
        ani = connection.execute(
            sa.select(contact.c.id).where(contact.c.given_name == "Անի")
        ).scalar_one()
        proof = Proof("1", "hy", "web", NOON, "the page of a letter", "test")
        add_consent(connection, ani, Purpose.OFFERS, given=False, proof=proof, actor="t", now=NOON)

    assert _found(shop, "has_consent") == []


@pytest.mark.parametrize("text", ["'; DROP TABLE contact; --", '"', "\\", "%' OR '1'='1", "$.a"])
def test_hostile_text_is_only_compared(shop, text):
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')

    assert _found(shop, f'city = "{quoted}" or attribute "{quoted}" = "{quoted}"') == []
    assert len(_found(shop, "everyone")) == 3


def test_a_segment_needs_no_orders_to_exist(workspace):
    with workspace.database.read() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(rollup)).scalar_one() == 0
    assert _found(workspace, "orders >= 0") == []

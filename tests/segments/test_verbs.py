from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from campaigns.errors import InputError, NotFoundError
from campaigns.language.labels import LABELS
from campaigns.segments import verbs
from campaigns.store.tables import audit
from tests.segments.people import add_person


@pytest.fixture
def shop(workspace, now):
    with workspace.database.begin() as connection:
        for number in range(4):
            add_person(connection, now, given_name="Անի", family_name=f"{number}",
                       language="hy" if number % 2 else "ka", orders=number,
                       revenue_minor=number * 100, first_order_at=now - timedelta(days=9),
                       last_order_at=now, attributes={"քաղաք": "x"} if number else {})  # fmt: skip
    return workspace


def test_a_rule_is_kept_in_its_canonical_spelling(shop, now):
    verbs.save(shop, " Buyers ", "ORDERS>=2", actor="ani", now=now)

    with shop.database.read() as connection:
        assert verbs.named(connection) == [verbs.Segment("Buyers", "orders >= 2")]
        assert verbs.resolve(connection, "Buyers") == ("Buyers", "orders >= 2")
        row = connection.execute(sa.select(audit)).one()
        assert (row.actor, row.verb, row.subject) == ("ani", "segment.save", "segment:Buyers")


def test_saving_again_replaces_the_rule(shop, now):
    verbs.save(shop, "Buyers", "orders >= 2", actor="ani", now=now)
    verbs.save(shop, "Buyers", "orders >= 3", actor="ani", now=now)

    with shop.database.read() as connection:
        assert verbs.named(connection) == [verbs.Segment("Buyers", "orders >= 3")]


def test_a_rule_that_cannot_be_read_is_not_kept(shop, now):
    with pytest.raises(InputError):
        verbs.save(shop, "Buyers", "orders >= many", actor="ani", now=now)

    with shop.database.read() as connection:
        assert verbs.named(connection) == []


@pytest.mark.parametrize("name", ["", "  ", "two\nlines", "x" * 81])
def test_a_name_that_cannot_be_shown_is_refused(shop, now, name):
    with pytest.raises(InputError):
        verbs.save(shop, name, "everyone", actor="ani", now=now)


def test_a_removed_segment_is_gone_and_removing_it_twice_says_so(shop, now):
    verbs.save(shop, "Buyers", "everyone", actor="ani", now=now)
    verbs.remove(shop, "Buyers", actor="ani", now=now)

    with pytest.raises(NotFoundError):
        verbs.remove(shop, "Buyers", actor="ani", now=now)
    with shop.database.read() as connection:
        assert verbs.named(connection) == []


def test_a_rule_is_its_own_name(shop):
    with shop.database.read() as connection:
        assert verbs.resolve(connection, "orders>=2") == ("orders >= 2", "orders >= 2")


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("Best customers", NotFoundError),
        ("Լավագույններ", NotFoundError),
        ("orderz > 2", InputError),
    ],
)
def test_what_is_neither_a_name_nor_a_rule_is_explained(shop, text, error):
    with shop.database.read() as connection, pytest.raises(error):
        verbs.resolve(connection, text)


def test_an_explanation_counts_whole_languages_and_parts(shop, now):
    with shop.database.read() as connection:
        found = verbs.explain(connection, 'orders >= 1 and language = "hy"', now=now)

    assert found == verbs.Explanation(
        count=2, total=4, by_language={"hy": 2},
        parts=[("orders >= 1", 3), ('language = "hy"', 2)],
    )  # fmt: skip


def test_a_sample_shows_people_with_what_they_bought(shop, now):
    with shop.database.read() as connection:
        found = verbs.sample(connection, "orders >= 2", size=1, now=now)

    assert [(p.name, p.orders, p.revenue_minor, p.currency, p.last_order_at) for p in found] == [
        ("Անի 2", 2, 200, "AMD", now)
    ]


def test_every_field_has_a_label_and_attributes_are_found(shop):
    with shop.database.read() as connection:
        found = verbs.fields(connection)

    attributes = [field.name for field in found if field.type == "attribute"]
    assert attributes == ["քաղաք"]
    assert {f.label_code for f in found if f.type != "attribute"} <= set(LABELS)

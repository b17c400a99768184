from __future__ import annotations

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaigns.store.matching import (
    CAPITALS,
    SMALL,
    attribute_of,
    fold,
    folded,
    number_in,
    number_of,
)

LETTERS = st.text(st.sampled_from(CAPITALS + SMALL + "ևւßıİ %_'\\") | st.characters(min_codepoint=1, exclude_categories=["Cs"]), max_size=12)  # fmt: skip
TWO_DATABASES = settings(
    max_examples=50,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.mark.parametrize(
    ("capitals", "small"),
    [("ԵՐԵՎԱՆ", "Երևան"), ("ԵՐԵՒԱՆ", "երևան"), ("ᲗᲑᲘᲚᲘᲡᲘ", "თბილისი"), ("ÉCLAIR", "éclair"),
     ("МОСКВА", "Москва")],
)  # fmt: skip
def test_capitals_are_the_same_word(capitals, small):
    assert fold(capitals) == fold(small)


@given(LETTERS)
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@TWO_DATABASES
@given(text=LETTERS)
def test_the_database_folds_as_python_does(workspace, text):
    with workspace.database.read() as connection:
        found = connection.execute(sa.select(folded(sa.literal(text)))).scalar_one()

    assert found == fold(text)


@TWO_DATABASES
@given(text=st.from_regex(r"-?[0-9]{0,17}\.?[0-9]{0,8}", fullmatch=True) | LETTERS)
def test_the_database_reads_numbers_as_python_does(workspace, text):
    with workspace.database.read() as connection:
        found = connection.execute(sa.select(number_of(sa.literal(text)))).scalar_one()

    assert found == number_in(text)


@pytest.mark.parametrize("key", ["մասնագիտություն", 'a"b', "a.b", "$", "\\", "x'y"])
def test_an_attribute_is_found_by_any_name(workspace, key):
    document = sa.literal({key: "բժիշկ"}, _json(workspace))
    with workspace.database.read() as connection:
        asked = sa.select(attribute_of(document, key), attribute_of(document, key + "x"))
        assert tuple(connection.execute(asked).one()) == ("բժիշկ", None)


def _json(workspace):
    if not workspace.database.is_postgresql:
        return sa.JSON()
    return sa.dialects.postgresql.JSONB()

from __future__ import annotations

import pytest

from campaigns.errors import InputError
from campaigns.segments.fields import ATTRIBUTE, FieldType, Operator
from campaigns.segments.rule import parse
from campaigns.segments.verbs import Field
from campaigns.ui.rule_builder import condition, joined


def _field(name: str, kind: str) -> Field:
    return Field(name, kind, f"person.{name}")


@pytest.mark.parametrize(
    ("field", "operator", "entered", "rule"),
    [
        (_field("orders", FieldType.COUNT), Operator.AT_LEAST, "2", "orders >= 2"),
        (_field("revenue", FieldType.MONEY), Operator.MORE, "1 000,50", "revenue > 1000.5"),
        (_field("city", FieldType.TEXT), Operator.EQUAL, "Երևան", 'city = "Երևան"'),
        (_field("city", FieldType.TEXT), Operator.ONE_OF, "a, b", 'city in ("a", "b")'),
        (_field("birthday", FieldType.DATE), Operator.EMPTY, "", "birthday is empty"),
        (_field("has_consent", FieldType.YES_NO), Operator.EQUAL, "yes", "has_consent = yes"),
        (_field("language", FieldType.LANGUAGE), Operator.EQUAL, "hy", 'language = "hy"'),
        (Field("vip", ATTRIBUTE, ""), Operator.CONTAINS, "x", 'attribute "vip" contains "x"'),
    ],
)
def test_what_is_chosen_becomes_a_condition(field, operator, entered, rule):
    assert condition(field, operator, entered) == rule


def test_a_date_may_be_written_as_a_date():
    field = _field("last_order_at", FieldType.MOMENT)

    assert condition(field, Operator.LESS, "2026-01-31") == "last_order_at < 2026-01-31"


@pytest.mark.parametrize("entered", ["", "many", "2026-99-99"])
def test_a_value_that_does_not_fit_is_refused(entered):
    with pytest.raises(InputError):
        condition(_field("orders", FieldType.COUNT), Operator.EQUAL, entered)


@pytest.mark.parametrize("hostile", ['x" or everyone', "\\", 'a" = "b'])
def test_a_value_never_becomes_a_rule(hostile):
    made = condition(_field("city", FieldType.TEXT), Operator.EQUAL, hostile)

    assert parse(made).values == (hostile,)


@pytest.mark.parametrize(
    ("rule", "join", "whole"),
    [
        ("", "and", "c = 3"),
        ("everyone", "and not", "not c = 3"),
        ("a = 1", "and not", "a = 1 and not c = 3"),
        ("a = 1 or b = 2", "and", "(a = 1 or b = 2) and c = 3"),
        ("a = 1 and b = 2", "or", "a = 1 and b = 2 or c = 3"),
    ],
)
def test_conditions_are_joined_without_changing_what_was_meant(rule, join, whole):
    assert joined(rule, join, "c = 3") == whole

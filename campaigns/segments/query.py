"""What a rule means in SQL: a condition over ``contact LEFT JOIN rollup`` that is never NULL.

A contact without orders has ``orders = 0`` and ``revenue = 0``; the days since them are not
known. A comparison with something unknown is false. A day of a moment is its day in UTC.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from campaigns.model.permission import Purpose
from campaigns.segments.fields import FIELDS, FieldType, Operator
from campaigns.segments.rule import And, Comparison, Everyone, Not, Or, Rule, Value
from campaigns.store.consents import newest
from campaigns.store.matching import attribute_of, fold, folded, number_of
from campaigns.store.tables import consent, contact, rollup

Condition = sa.ColumnElement[bool]

PEOPLE = contact.outerjoin(rollup, rollup.c.contact_id == contact.c.id)
"""What a condition is asked over."""

DAY = timedelta(days=1)

_NAME = (
    sa.func.coalesce(contact.c.given_name, "") + " " + sa.func.coalesce(contact.c.family_name, "")
)
_COLUMNS: dict[str, sa.ColumnElement[Any]] = {
    "orders": sa.func.coalesce(rollup.c.orders, 0),
    "revenue": sa.func.coalesce(rollup.c.revenue_minor, 0),
    "days_since_last": rollup.c.last_order_at,
    "days_since_first": rollup.c.first_order_at,
    "first_order_at": rollup.c.first_order_at,
    "last_order_at": rollup.c.last_order_at,
    "name": _NAME,
} | {
    name: contact.c[name]
    for name in (
        "language", "city", "gender", "birthday", "given_name", "family_name", "customer_id",
        "address", "phone", "created_at",
    )
}  # fmt: skip


def condition(rule: Rule, *, now: datetime) -> Condition:
    """Return the rule as a condition over ``PEOPLE``; every value is a bound parameter."""
    match rule:
        case Everyone():
            return sa.true()
        case Not():
            return sa.not_(condition(rule.rule, now=now))
        case And():
            return sa.and_(*(condition(part, now=now) for part in rule.rules))
        case Or():
            return sa.or_(*(condition(part, now=now) for part in rule.rules))
        case Comparison():
            return _comparison(rule, now)


def contact_ids(rule: Rule, *, now: datetime) -> sa.Select[tuple[int]]:
    """Return a query for the ids of the contacts that ``rule`` holds for, in no order."""
    return sa.select(contact.c.id).select_from(PEOPLE).where(condition(rule, now=now))


def _comparison(rule: Comparison, now: datetime) -> Condition:
    if rule.attribute:
        return _text(_trimmed(attribute_of(contact.c.attributes, rule.attribute)), rule)
    kind = FIELDS[rule.field]
    if kind is FieldType.YES_NO:
        agreed = _has_consent()
        return agreed if rule.values[0] == (rule.operator is Operator.EQUAL) else sa.not_(agreed)
    column = _COLUMNS[rule.field]
    if kind is FieldType.TEXT:
        return _text(_trimmed(column), rule)
    if rule.operator is Operator.EMPTY:
        return column.is_(None)
    if rule.operator is Operator.FILLED:
        return column.is_not(None)
    compare = _compare(kind, column, now)
    return _each(rule, column, compare)


def _each(
    rule: Comparison,
    column: sa.ColumnElement[Any],
    compare: Callable[[Operator, Value], Condition],
) -> Condition:
    if rule.operator is Operator.ONE_OF:
        found = sa.or_(*(compare(Operator.EQUAL, value) for value in rule.values))
    elif rule.operator is Operator.UNEQUAL:
        found = sa.not_(compare(Operator.EQUAL, rule.values[0]))
    else:
        found = compare(rule.operator, rule.values[0])
    return sa.and_(column.is_not(None), found)


def _compare(
    kind: FieldType, column: sa.ColumnElement[Any], now: datetime
) -> Callable[[Operator, Value], Condition]:
    match kind:
        case FieldType.DAYS:
            return lambda operator, value: _days(column, operator, _int(value), now)
        case FieldType.MOMENT:
            return lambda operator, value: _moment(column, operator, _day(value))
        case FieldType.MONEY:
            return lambda operator, value: _plain(column, operator, int(_decimal(value) * 100))
        case _:
            return lambda operator, value: _plain(column, operator, value)


def _plain(column: sa.ColumnElement[Any], operator: Operator, value: object) -> Condition:
    match operator:
        case Operator.LESS:
            found = column < value
        case Operator.AT_MOST:
            found = column <= value
        case Operator.MORE:
            found = column > value
        case Operator.AT_LEAST:
            found = column >= value
        case _:
            found = column == value
    return found


def _moment(column: sa.ColumnElement[Any], operator: Operator, day: date) -> Condition:
    """Compare the day of a moment, written as half-open ranges so that an index can serve."""
    start = datetime.combine(day, time(), UTC)
    end = start + DAY
    match operator:
        case Operator.LESS:
            return column < start
        case Operator.AT_MOST:
            return column < end
        case Operator.MORE:
            return column >= end
        case Operator.AT_LEAST:
            return column >= start
        case _:
            return sa.and_(column >= start, column < end)


def _days(column: sa.ColumnElement[Any], operator: Operator, days: int, now: datetime) -> Condition:
    """Compare whole days until now: more days mean an earlier moment."""
    exact, next_day = now - days * DAY, now - (days + 1) * DAY
    match operator:
        case Operator.LESS:
            return column > exact
        case Operator.AT_MOST:
            return column > next_day
        case Operator.MORE:
            return column <= next_day
        case Operator.AT_LEAST:
            return column <= exact
        case _:
            return sa.and_(column <= exact, column > next_day)


def _trimmed(column: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    return sa.func.nullif(sa.func.trim(column), "")


def _text(column: sa.ColumnElement[Any], rule: Comparison) -> Condition:
    if rule.operator is Operator.EMPTY:
        return column.is_(None)
    if rule.operator is Operator.FILLED:
        return column.is_not(None)
    if rule.operator is Operator.UNEQUAL:
        return _or_false(sa.not_(_matches(column, Operator.EQUAL, rule.values[0])))
    words = [_folded(value) for value in rule.values if isinstance(value, str)]
    if rule.operator is Operator.ONE_OF and len(words) == len(rule.values):
        return _or_false(folded(column).in_(words))
    return _or_false(sa.or_(*(_matches(column, rule.operator, value) for value in rule.values)))


def _matches(column: sa.ColumnElement[Any], operator: Operator, value: Value) -> Condition:
    """Compare text, or for a decimal the number that the text is. Unknown: NULL."""
    if isinstance(value, Decimal):
        return _plain(number_of(column), operator, float(value))
    wanted = _folded(str(value))
    if operator is Operator.CONTAINS:
        return folded(column).contains(wanted, autoescape=True)
    return folded(column) == wanted


def _folded(value: str) -> str:
    return fold(value).strip(" ")


def _or_false(found: Condition) -> Condition:
    """Return a condition that asks for its column once; a function in it may be slow."""
    return sa.func.coalesce(found, sa.false())


def _has_consent() -> Condition:
    in_force = newest(Purpose.OFFERS)
    agreed = (
        sa.select(consent.c.contact_id)
        .join(in_force, in_force.c.consent_id == consent.c.id)
        .where(consent.c.given)
    )
    return contact.c.id.in_(agreed)


def _int(value: Value) -> int:
    return int(value)  # type: ignore[arg-type]


def _day(value: Value) -> date:
    if not isinstance(value, date):
        raise TypeError(f"a moment compares with a date, got {value!r}")
    return value


def _decimal(value: Value) -> Decimal:
    return Decimal(value)  # type: ignore[arg-type]

"""Random rules, and what a rule means in plain Python: the reference that SQL is held to."""

from __future__ import annotations

import operator
from datetime import UTC, date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from campaigns.model.language import Language
from campaigns.segments.fields import FIELDS, FieldType, Operator, operators
from campaigns.segments.rule import And, Comparison, Everyone, Not, Or
from campaigns.store.matching import fold, number_in

TEXTS = ["Երևան", "ԵՐԵՎԱՆ", "Երեւան", "Թբիլիսի", "თბილისი", "ᲗᲑᲘᲚᲘᲡᲘ", "Tbilisi", "a%b_c", "A%B", "5", "12.5",
         "  ", "", "O'Neil \"x\"", "back\\slash", "/", "Ёлка"]  # fmt: skip
ATTRIBUTES = ["մասնագիտություն", "points", 'with "quotes"', "a.b"]
DAYS = st.dates(date(2025, 11, 1), date(2026, 3, 3))

_VALUES = {
    FieldType.COUNT: st.integers(0, 4),
    FieldType.MONEY: st.sampled_from([0, 5, Decimal("12.5"), 100_000]),
    FieldType.DAYS: st.integers(0, 120),
    FieldType.MOMENT: DAYS,
    FieldType.DATE: DAYS,
    FieldType.TEXT: st.sampled_from(TEXTS) | st.text("aԱ%_\\\"«'", max_size=3),
    FieldType.LANGUAGE: st.sampled_from([str(language) for language in Language]),
    FieldType.YES_NO: st.booleans(),
}
_COMPARE = {
    Operator.EQUAL: operator.eq, Operator.UNEQUAL: operator.ne, Operator.LESS: operator.lt,
    Operator.AT_MOST: operator.le, Operator.MORE: operator.gt, Operator.AT_LEAST: operator.ge,
}  # fmt: skip


@st.composite
def comparisons(draw):
    field = draw(st.sampled_from([*FIELDS, "attribute"]))
    how = draw(st.sampled_from(operators(field)))
    attribute = draw(st.sampled_from(ATTRIBUTES)) if field == "attribute" else ""
    if field != "attribute":
        value = _VALUES[FIELDS[field]]
    elif how in (Operator.LESS, Operator.AT_MOST, Operator.MORE, Operator.AT_LEAST):
        value = _VALUES[FieldType.MONEY].map(Decimal)
    else:
        value = _VALUES[FieldType.TEXT]
        if how is not Operator.CONTAINS:
            value |= st.sampled_from([Decimal(5), Decimal("12.5")])
    most = {Operator.ONE_OF: 3, Operator.EMPTY: 0, Operator.FILLED: 0}.get(how, 1)
    values = draw(st.lists(value, min_size=min(1, most), max_size=most))
    return Comparison(field, how, tuple(values), attribute)


def _joined(kind):
    def join(parts):
        flat = [r for part in parts for r in (part.rules if isinstance(part, kind) else [part])]
        return kind(tuple(flat))

    return join


def rules():
    return st.recursive(
        comparisons() | st.just(Everyone()),
        lambda inner: (
            inner.map(Not)
            | st.lists(inner, min_size=2, max_size=3).map(_joined(And))
            | st.lists(inner, min_size=2, max_size=3).map(_joined(Or))
        ),
        max_leaves=6,
    )


def holds(rule, person, now):  # noqa: PLR0911 - one a kind of rule
    """Say whether ``rule`` holds for ``person`` (a dict of columns, rollup and consent)."""
    match rule:
        case Everyone():
            return True
        case Not():
            return not holds(rule.rule, person, now)
        case And():
            return all(holds(part, person, now) for part in rule.rules)
        case Or():
            return any(holds(part, person, now) for part in rule.rules)
    value = _known(rule, person, now)
    if rule.operator is Operator.EMPTY:
        return value is None
    if rule.operator is Operator.FILLED:
        return value is not None
    if value is None:
        return False
    if rule.operator is Operator.ONE_OF:
        return any(_one(value, Operator.EQUAL, wanted) for wanted in rule.values)
    return _one(value, rule.operator, rule.values[0])


def _one(value, how, wanted):
    if isinstance(value, str) and isinstance(wanted, Decimal):
        value = number_in(value)
        return value is not None and _COMPARE[how](value, float(wanted))
    if isinstance(value, str):
        value, wanted = fold(value), fold(wanted).strip(" ")
        return wanted in value if how is Operator.CONTAINS else _COMPARE[how](value, wanted)
    return _COMPARE[how](value, wanted)


def _known(rule, person, now):
    if rule.attribute:
        return _filled(person["attributes"].get(rule.attribute))
    last, first = person["last_order_at"], person["first_order_at"]
    name = f"{person['given_name'] or ''} {person['family_name'] or ''}"
    special = {
        "orders": person["orders"] or 0,
        "revenue": Decimal(person["revenue_minor"] or 0) / 100,
        "days_since_last": last and (now - last) // timedelta(days=1),
        "days_since_first": first and (now - first) // timedelta(days=1),
        "last_order_at": last and last.astimezone(UTC).date(),
        "first_order_at": first and first.astimezone(UTC).date(),
        "created_at": person["created_at"].astimezone(UTC).date(),
        "name": _filled(name),
    }
    if rule.field in special:
        return special[rule.field]
    value = person[rule.field]
    return _filled(value) if isinstance(value, str) else value


def _filled(text):
    return (text or "").strip(" ") or None

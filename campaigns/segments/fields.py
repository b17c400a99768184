"""What a rule may ask about a contact, and how each field compares."""

from __future__ import annotations

from enum import StrEnum


class Operator(StrEnum):
    """How a field and a value are compared. Values are the canonical spelling."""

    EQUAL = "="
    UNEQUAL = "!="
    LESS = "<"
    AT_MOST = "<="
    MORE = ">"
    AT_LEAST = ">="
    ONE_OF = "in"
    CONTAINS = "contains"
    EMPTY = "is empty"
    FILLED = "is not empty"


class FieldType(StrEnum):
    """What the values of a field are."""

    COUNT = "count"
    """A whole number that is always known: 0 without orders."""
    MONEY = "money"
    """Decimal major units in the currency of the shop, always known: 0 without orders."""
    DAYS = "days"
    """Whole days of 24 hours from the moment until now; unknown without orders."""
    MOMENT = "moment"
    """A moment, compared by its date in UTC."""
    DATE = "date"
    TEXT = "text"
    """Compared without regard to capitals."""
    LANGUAGE = "language"
    YES_NO = "yes_no"


FIELDS: dict[str, FieldType] = {
    "orders": FieldType.COUNT,
    "revenue": FieldType.MONEY,
    "days_since_last": FieldType.DAYS,
    "days_since_first": FieldType.DAYS,
    "first_order_at": FieldType.MOMENT,
    "last_order_at": FieldType.MOMENT,
    "language": FieldType.LANGUAGE,
    "city": FieldType.TEXT,
    "gender": FieldType.TEXT,
    "birthday": FieldType.DATE,
    "name": FieldType.TEXT,
    "given_name": FieldType.TEXT,
    "family_name": FieldType.TEXT,
    "customer_id": FieldType.TEXT,
    "address": FieldType.TEXT,
    "phone": FieldType.TEXT,
    "has_consent": FieldType.YES_NO,
    "created_at": FieldType.MOMENT,
}
ATTRIBUTE = "attribute"

_SAME = (Operator.EQUAL, Operator.UNEQUAL)
_ORDERED = (*_SAME, Operator.LESS, Operator.AT_MOST, Operator.MORE, Operator.AT_LEAST)
_MAYBE = (Operator.EMPTY, Operator.FILLED)
_TEXT = (*_ORDERED, Operator.ONE_OF, Operator.CONTAINS, *_MAYBE)

_OPERATORS: dict[FieldType, tuple[Operator, ...]] = {
    FieldType.COUNT: (*_ORDERED, Operator.ONE_OF),
    FieldType.MONEY: (*_ORDERED, Operator.ONE_OF),
    FieldType.DAYS: (*_ORDERED, Operator.ONE_OF, *_MAYBE),
    FieldType.MOMENT: (*_ORDERED, Operator.ONE_OF, *_MAYBE),
    FieldType.DATE: (*_ORDERED, Operator.ONE_OF, *_MAYBE),
    FieldType.TEXT: (*_SAME, Operator.ONE_OF, Operator.CONTAINS, *_MAYBE),
    FieldType.LANGUAGE: (*_SAME, Operator.ONE_OF),
    FieldType.YES_NO: _SAME,
}


def operators(field: str) -> tuple[Operator, ...]:
    """Return how ``field`` (a name of ``FIELDS``, or ``attribute``) may be compared."""
    return _TEXT if field == ATTRIBUTE else _OPERATORS[FIELDS[field]]

"""What a column of a sheet may mean, and the mapping that a person confirms."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from campaigns.errors import InputError

ATTRIBUTE = "attribute"
"""The column is kept with the contact under its own heading."""
IGNORED = "ignore"
EXAMPLE = '{"kind": "contacts", "columns": {"E-mail": "address"}}'


class SheetKind(StrEnum):
    """What the rows of a sheet are."""

    CONTACTS = "contacts"
    ORDERS = "orders"
    IGNORE = "ignore"


# Field → code of its name in language.labels.
CONTACT_FIELDS: dict[str, str] = {
    name: f"field.{name}"
    for name in (
        "customer_id", "address", "given_name", "family_name", "full_name", "phone", "language",
        "city", "gender", "birthday", "consent", "consent_testimonials", "consent_source",
        "consent_at",
    )
}  # fmt: skip
ORDER_FIELDS: dict[str, str] = {
    name: f"field.{name}"
    for name in (
        "order_id", "ordered_at", "amount", "currency", "product", "quantity", "status",
        "customer_id", "address",
    )
}  # fmt: skip
KEYS = {
    SheetKind.CONTACTS: ("customer_id", "address", "phone"),
    SheetKind.ORDERS: ("customer_id", "address"),
}


@dataclass(frozen=True, slots=True)
class Mapping:
    """What a sheet holds: its kind, and for each heading a field, ``attribute`` or ``ignore``."""

    kind: SheetKind
    columns: dict[str, str]

    @classmethod
    def parse(cls, text: str) -> Mapping:
        """Return the mapping written as ``{"kind": …, "columns": {heading: field}}``.

        Raises:
            InputError: the text is not of that form.
        """
        try:
            return cls.from_json(json.loads(text))
        except (ValueError, TypeError, KeyError, AttributeError) as cause:
            raise InputError("mapping.form", example=EXAMPLE) from cause

    @classmethod
    def from_json(cls, value: Dictionary[str, Any]) -> Mapping:
        """Return the mapping that :meth:`to_json` wrote."""
        columns = {str(heading): str(field) for heading, field in value["columns"].items()}
        return cls(SheetKind(value["kind"]), columns)

    def to_json(self) -> dict[str, Any]:
        return {"kind": self.kind.value, "columns": self.columns}

    def heading(self, field: str) -> str | None:
        """Return the heading of the column that holds ``field``."""
        return next((name for name, meant in self.columns.items() if meant == field), None)

    def headings(self, meaning: str) -> list[str]:
        """Return every heading of that meaning, in the order of the sheet."""
        return [name for name, meant in self.columns.items() if meant == meaning]


def check(mapping: Mapping, headings: list[str]) -> Mapping:
    """Return ``mapping`` with every heading of the sheet in it, those left out as ignored.

    Raises:
        InputError: a heading or field does not exist, a field is given twice, or what the
            kind cannot do without is missing.
    """
    complete = Mapping(
        mapping.kind, {name: mapping.columns.get(name, IGNORED) for name in headings}
    )
    if mapping.kind is SheetKind.IGNORE:
        return complete
    for name in mapping.columns:
        if name not in headings:
            raise InputError("mapping.heading", got=name, expected=", ".join(headings))
    _check_fields(complete)
    return complete


def fields_of(kind: SheetKind) -> dict[str, str]:
    """Return the fields that a sheet of this kind may have, each with the code of its label."""
    known = {SheetKind.CONTACTS: CONTACT_FIELDS, SheetKind.ORDERS: ORDER_FIELDS}
    return known.get(kind, {})


def _check_fields(mapping: Mapping) -> None:
    known = {*fields_of(mapping.kind), ATTRIBUTE, IGNORED}
    used = Counter(field for field in mapping.columns.values() if field not in (ATTRIBUTE, IGNORED))
    for heading, field in mapping.columns.items():
        if field not in known:
            expected = ", ".join(sorted(known))
            raise InputError("mapping.field", heading=heading, got=field, expected=expected)
        if used[field] > 1:
            raise InputError("mapping.twice", field=field)
    if not any(used[field] for field in KEYS[mapping.kind]):
        raise InputError("mapping.key", expected=", ".join(KEYS[mapping.kind]))
    for field in ("ordered_at", "amount") if mapping.kind is SheetKind.ORDERS else ():
        if not used[field]:
            raise InputError("mapping.missing", field=field)

"""What a column of a sheet may mean, and the mapping that a person confirms."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, field
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
    ORDER_LINES = "order_lines"
    """Several rows of one order: each its product, quantity and price."""
    PRODUCTS = "products"
    CONVERSATIONS = "conversations"
    """Calls, visits and messages of customers."""
    CONSENTS = "consents"
    SUPPRESSIONS = "suppressions"
    """Addresses that must not be written to."""
    IGNORE = "ignore"


_WHO = ("customer_id", "card_number", "address", "phone")
_ORDER = ("order_id", "ordered_at", "amount", "currency", "product", "quantity", "status")
FIELDS: dict[SheetKind, tuple[str, ...]] = {
    SheetKind.CONTACTS: (
        *_WHO, "given_name", "family_name", "full_name", "language", "city", "gender", "birthday",
        "consent", "consent_testimonials", "consent_source", "consent_at",
    ),
    SheetKind.ORDERS: (*_ORDER, *_WHO),
    SheetKind.ORDER_LINES: (*_ORDER, "product_code", "unit_price", "discount", *_WHO),
    SheetKind.PRODUCTS: ("product_code", "product", "category", "unit_price", "currency"),
    SheetKind.CONVERSATIONS: (
        "conversation_id", "happened_at", "channel", "topic", "text", "outcome", "employee", *_WHO,
    ),
    SheetKind.CONSENTS: (
        *_WHO, "consent", "consent_testimonials", "consent_source", "consent_at",
    ),
    SheetKind.SUPPRESSIONS: ("address", "reason", "suppressed_at"),
    SheetKind.IGNORE: (),
}  # fmt: skip
"""What the columns of each kind of sheet may mean; ``field.<name>`` among the labels names it."""
KEYS: dict[SheetKind, tuple[str, ...]] = {
    SheetKind.CONTACTS: _WHO, SheetKind.ORDERS: _WHO, SheetKind.ORDER_LINES: _WHO,
    SheetKind.CONVERSATIONS: _WHO, SheetKind.CONSENTS: _WHO,
    SheetKind.PRODUCTS: ("product_code", "product"), SheetKind.SUPPRESSIONS: ("address",),
}  # fmt: skip
"""Of these, a sheet needs one."""
NEEDED: dict[SheetKind, tuple[tuple[str, ...], ...]] = {
    SheetKind.ORDERS: (("ordered_at",), ("amount",)),
    SheetKind.ORDER_LINES: (("ordered_at",), ("amount", "unit_price")),
    SheetKind.CONVERSATIONS: (("happened_at",),),
    SheetKind.CONSENTS: (("consent", "consent_testimonials"),),
}
"""Of each of these groups, a sheet needs one besides its key."""
WITH_ATTRIBUTES = (SheetKind.CONTACTS, SheetKind.PRODUCTS, SheetKind.CONVERSATIONS)
"""What may keep further columns under their own headings."""


@dataclass(frozen=True, slots=True)
class Mapping:
    """What a sheet holds: its kind, and for each heading a field, ``attribute`` or ``ignore``.

    ``options`` says of single headings how their values are to be read: ``dates`` is ``dmy`` or
    ``mdy``, ``decimal`` is ``,`` or ``.``, ``type`` of an attribute is ``text``, ``number``,
    ``date`` or ``yes_no``. What is not said there, the values of the column decide. Under the empty heading
    stands what holds for the sheet: ``hidden_rows`` is ``take`` or ``leave``.
    """

    kind: SheetKind
    columns: dict[str, str]
    options: dict[str, dict[str, str]] = field(default_factory=dict)

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
        options = {
            str(heading): {str(name): str(said) for name, said in given.items()}
            for heading, given in value.get("options", {}).items()
        }
        return cls(SheetKind(value["kind"]), columns, options)

    def to_json(self) -> dict[str, Any]:
        return {"kind": self.kind.value, "columns": self.columns, "options": self.options}

    def option(self, heading: str, name: str) -> str | None:
        """Return what a person said of a column, or None."""
        return self.options.get(heading, {}).get(name)

    def said(self, meaning: str, name: str) -> str | None:
        """Return what a person said of the column that holds a field, or None."""
        return self.option(self.heading(meaning) or "", name)

    def heading(self, meaning: str) -> str | None:
        """Return the heading of the column that holds a field."""
        return next((name for name, meant in self.columns.items() if meant == meaning), None)

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
        mapping.kind,
        {name: mapping.columns.get(name, IGNORED) for name in headings},
        mapping.options,
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
    return {name: f"field.{name}" for name in FIELDS[kind]}


def _check_fields(mapping: Mapping) -> None:
    known = {*fields_of(mapping.kind), ATTRIBUTE, IGNORED}
    used = Counter(name for name in mapping.columns.values() if name not in (ATTRIBUTE, IGNORED))
    for heading, name in mapping.columns.items():
        if name not in known:
            expected = ", ".join(sorted(known))
            raise InputError("mapping.field", heading=heading, got=name, expected=expected)
        if used[name] > 1:
            raise InputError("mapping.twice", field=name)
    if not any(used[name] for name in KEYS[mapping.kind]):
        raise InputError("mapping.key", expected=", ".join(KEYS[mapping.kind]))
    for group in NEEDED.get(mapping.kind, ()):
        if not any(used[name] for name in group):
            raise InputError("mapping.missing", field=group[0])

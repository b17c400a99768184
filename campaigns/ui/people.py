"""People as a table. Cells are shown as they are, so names need no escaping there."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from campaigns.model.money import EXPONENTS, Money
from campaigns.segments.verbs import Person
from campaigns.ui.words import _, day, label, money, number


def show_people(people: Sequence[Person]) -> None:
    """Show who was found: name, language, city, and what they bought."""
    rows = [
        {
            _("Name"): person.name or person.customer_id or "—",
            _("Language"): label(f"language.{person.language}"),
            _("City"): person.city or "—",
            _("Orders"): number(person.orders),
            _("Spent"): _spent(person),
            _("Last order"): day(person.last_order_at.date() if person.last_order_at else None),
        }
        for person in people
    ]
    st.dataframe(rows, hide_index=True, alt=_("People"))


def _spent(person: Person) -> str:
    if person.currency not in EXPONENTS:
        return "—"
    return money(Money(person.revenue_minor, person.currency))

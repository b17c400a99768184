"""Cards of the shop and of its customers, from what is stored: a letter's fields and the number."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from campaigns.delivery.recipients import sample_values
from campaigns.errors import NotFoundError
from campaigns.letters.cards.data import Card, card_of
from campaigns.model.language import Language
from campaigns.model.permission import Purpose
from campaigns.store import contacts
from campaigns.store.options import read_brand
from campaigns.store.workspace import Workspace


def shop_card(connection: sa.Connection, language: Language, *, product: str = "") -> Card:
    """Return the card of the shop; ``product`` is what somebody asked about, bought or not."""
    return card_of(read_brand(connection), language, {"last_product": product})


def contact_cards(
    workspace: Workspace,
    connection: sa.Connection,
    keys: Sequence[str],
    language: Language,
    *,
    now: datetime,
    product: str = "",
    gives: str = "",
) -> list[Card]:
    """Return the cards of customers (ids or e-mail addresses), in order.

    ``product`` is what they asked about, instead of what they bought last; ``gives`` what their
    loyalty cards are good for.

    Raises:
        NotFoundError: there is no such customer.
    """
    brand = read_brand(connection)
    people = [_person(connection, key) for key in keys]
    known = sample_values(
        workspace, connection, [person.id for person in people],
        language=language, purpose=Purpose.OFFERS, now=now,
    )  # fmt: skip
    return [
        card_of(brand, language, {
            **values, "card_number": person.card_number,
            "last_product": product or values["last_product"],
        }, gives=gives)
        for person, values in zip(people, known, strict=True)
    ]  # fmt: skip


def _person(connection: sa.Connection, key: str) -> sa.Row[Any]:
    found = contacts.find(connection, key)
    if found is None:
        raise NotFoundError("not_found", kind="contact", name="")
    return found

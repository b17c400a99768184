"""What is done with a sheet of each kind: cleaned without holding anybody up, then stored at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

import sqlalchemy as sa

from campaigns.model.language import Language
from campaigns.sheets.cleaning.conversations import clean_conversations
from campaigns.sheets.cleaning.people import clean_people
from campaigns.sheets.cleaning.products import clean_products
from campaigns.sheets.cleaning.purchases import purchases
from campaigns.sheets.cleaning.suppressions import clean_suppressions
from campaigns.sheets.storing.changes import Changes
from campaigns.sheets.storing.conversations import rehearse_conversations, store_conversations
from campaigns.sheets.storing.outcome import Outcome
from campaigns.sheets.storing.people import rehearse_people, store_people
from campaigns.sheets.storing.products import rehearse_products, store_products
from campaigns.sheets.storing.purchases import rehearse_purchases, store_purchases
from campaigns.sheets.storing.suppressions import rehearse_suppressions, store_suppressions
from campaigns.sheets.understanding.fields import Mapping, SheetKind
from campaigns.sheets.understanding.recognise import Table
from campaigns.store import rates
from campaigns.store.options import Brand
from campaigns.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Work:
    """A sheet that is taken in: what it is, and who has it done when."""

    workspace: Workspace
    sheet: Table
    mapping: Mapping
    upload: sa.Row[Any]
    brand: Brand
    actor: str
    now: datetime


@dataclass(frozen=True, slots=True)
class Prepared:
    """A cleaned sheet: how it is stored, and what storing it would change."""

    store: Callable[[sa.Connection], Outcome]
    rehearse: Callable[[sa.Connection], Changes]


def prepare(work: Work) -> Prepared:
    """Clean a sheet; nothing is read from the store, and nothing is locked."""
    return _PREPARED[work.mapping.kind](work)


def _people(work: Work) -> Prepared:
    language = Language(work.brand.default_language)
    clean = clean_people(work.sheet, work.mapping, language, today=work.now.date())

    def store(connection: sa.Connection) -> Outcome:
        return store_people(
            work.workspace, connection, clean, work.upload, actor=work.actor, now=work.now
        )

    return Prepared(store, partial(rehearse_people, clean=clean))


def _purchases(work: Work) -> Prepared:
    home, language = work.brand.currency, Language(work.brand.default_language)
    with work.workspace.database.read() as connection:
        known = rates.known_rates(connection, home)
    clean = purchases(work.sheet, work.mapping, home, known, language)
    return Prepared(
        partial(_stored, store_purchases, work, clean),
        partial(rehearse_purchases, workspace=work.workspace, clean=clean),
    )


def _products(work: Work) -> Prepared:
    clean = clean_products(work.sheet, work.mapping, work.brand.currency)
    return Prepared(
        partial(_stored, store_products, work, clean), partial(rehearse_products, clean=clean)
    )


def _conversations(work: Work) -> Prepared:
    clean = clean_conversations(work.sheet, work.mapping, Language(work.brand.default_language))
    return Prepared(
        partial(_stored, store_conversations, work, clean),
        partial(rehearse_conversations, clean=clean),
    )


def _suppressions(work: Work) -> Prepared:
    clean = clean_suppressions(work.sheet, work.mapping)
    return Prepared(
        partial(_stored, partial(store_suppressions, actor=work.actor), work, clean),
        partial(rehearse_suppressions, clean=clean),
    )


def _stored(
    store: Callable[..., Outcome], work: Work, clean: object, connection: sa.Connection
) -> Outcome:
    return store(work.workspace, connection, clean, work.upload, now=work.now)


_PREPARED: dict[SheetKind, Callable[[Work], Prepared]] = {
    SheetKind.CONTACTS: _people,
    SheetKind.CONSENTS: _people,
    SheetKind.ORDERS: _purchases,
    SheetKind.ORDER_LINES: _purchases,
    SheetKind.PRODUCTS: _products,
    SheetKind.CONVERSATIONS: _conversations,
    SheetKind.SUPPRESSIONS: _suppressions,
}

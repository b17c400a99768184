"""What is done with a sheet of each kind: cleaned without holding anybody up, then stored at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

import sqlalchemy as sa

from campaigns.model.language import Language
from campaigns.sheets.cleaning.people import clean_people
from campaigns.sheets.storing.changes import Changes
from campaigns.sheets.storing.outcome import Outcome
from campaigns.sheets.storing.people import rehearse_people, store_people
from campaigns.sheets.storing.purchases import store_purchases
from campaigns.sheets.understanding.fields import Mapping, SheetKind
from campaigns.sheets.understanding.recognise import Table
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
    def store(connection: sa.Connection) -> Outcome:
        return store_purchases(
            work.workspace, connection, work.sheet, work.mapping, work.upload, work.brand, work.now
        )

    return Prepared(store, lambda _connection: Changes())


_PREPARED: dict[SheetKind, Callable[[Work], Prepared]] = {
    SheetKind.CONTACTS: _people,
    SheetKind.CONSENTS: _people,
    SheetKind.ORDERS: _purchases,
    SheetKind.ORDER_LINES: _purchases,
}

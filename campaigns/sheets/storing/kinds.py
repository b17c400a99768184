"""What is done with a sheet of each kind: cleaned without holding anybody up, then stored at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

import polars as pl
import sqlalchemy as sa

from campaigns.model.language import Language
from campaigns.model.progress import Progress, untold
from campaigns.sheets.cleaning.cells import texts as cleaned_texts
from campaigns.sheets.cleaning.conversations import clean_conversations
from campaigns.sheets.cleaning.people import REMARKS, CleanPeople, clean_people
from campaigns.sheets.cleaning.products import clean_products
from campaigns.sheets.cleaning.purchases import purchases
from campaigns.sheets.cleaning.quality import columns_quality
from campaigns.sheets.cleaning.suppressions import clean_suppressions
from campaigns.sheets.storing.changes import Changes
from campaigns.sheets.storing.conversations import rehearse_conversations, store_conversations
from campaigns.sheets.storing.outcome import Outcome, refused_frame
from campaigns.sheets.storing.people import rehearse_people, store_people
from campaigns.sheets.storing.products import rehearse_products, store_products
from campaigns.sheets.storing.purchases import rehearse_purchases, store_purchases
from campaigns.sheets.storing.suppressions import rehearse_suppressions, store_suppressions
from campaigns.sheets.understanding.fields import Mapping, SheetKind
from campaigns.sheets.understanding.recognise import ROW, Table
from campaigns.store import rates
from campaigns.store.options import Brand
from campaigns.store.workspace import Workspace

MEASURED_ROWS = 2_000_000
"""Of longer sheets the quality of the columns is not measured: it would read every cell again."""


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
    progress: Progress = untold


@dataclass(frozen=True, slots=True)
class Prepared:
    """A cleaned sheet: how it is stored, and what storing it would change."""

    store: Callable[[sa.Connection], Outcome]
    rehearse: Callable[[sa.Connection], Changes]
    quality: Callable[[], list[dict[str, Any]]]
    """How good each column is: worked out when the sheet is stored, not for a rehearsal."""


def prepare(work: Work) -> Prepared:
    """Clean a sheet; nothing is read from the store, and nothing is locked."""
    return _PREPARED[work.mapping.kind](work)


def _people(work: Work) -> Prepared:
    language = Language(work.brand.default_language)
    clean = clean_people(work.sheet, work.mapping, language, today=work.now.date())

    def store(connection: sa.Connection) -> Outcome:
        return store_people(
            work.workspace, connection, clean, work.upload, actor=work.actor, now=work.now,
            progress=work.progress,
        )  # fmt: skip

    return Prepared(
        store,
        partial(rehearse_people, clean=clean),
        partial(_quality, work, clean.refused, clean),
    )


def _purchases(work: Work) -> Prepared:
    home, language = work.brand.currency, Language(work.brand.default_language)
    with work.workspace.database.read() as connection:
        known = rates.known_rates(connection, home)
    clean = purchases(work.sheet, work.mapping, home, known, language)
    return Prepared(
        partial(_stored, store_purchases, work, clean),
        partial(rehearse_purchases, workspace=work.workspace, clean=clean),
        partial(_quality, work, refused_frame(clean.refused)),
    )


def _products(work: Work) -> Prepared:
    clean = clean_products(work.sheet, work.mapping, work.brand.currency)
    return Prepared(
        partial(_stored, store_products, work, clean),
        partial(rehearse_products, clean=clean),
        partial(_quality, work, refused_frame(clean.refused)),
    )


def _conversations(work: Work) -> Prepared:
    clean = clean_conversations(work.sheet, work.mapping, Language(work.brand.default_language))
    return Prepared(
        partial(_stored, store_conversations, work, clean),
        partial(rehearse_conversations, clean=clean),
        partial(_quality, work, refused_frame(clean.refused)),
    )


def _suppressions(work: Work) -> Prepared:
    clean = clean_suppressions(work.sheet, work.mapping)
    return Prepared(
        partial(_stored, partial(store_suppressions, actor=work.actor), work, clean),
        partial(rehearse_suppressions, clean=clean),
        partial(_quality, work, refused_frame(clean.refused)),
    )


def _stored(
    store: Callable[..., Outcome], work: Work, clean: object, connection: sa.Connection
) -> Outcome:
    return store(work.workspace, connection, clean, work.upload, now=work.now)


def _quality(
    work: Work, refused: pl.DataFrame, people: CleanPeople | None = None
) -> list[dict[str, Any]]:
    if work.sheet.rows.height > MEASURED_ROWS:
        return []
    if people is None:
        texts = cleaned_texts(work.sheet.rows, work.sheet.headings)
        remarks = pl.DataFrame(schema=REMARKS)
    else:
        texts, remarks = people.texts, people.remarks
    at_fault = refused.with_columns(pl.col(ROW).cast(pl.UInt32))
    return columns_quality(work.sheet, texts, work.mapping, remarks, at_fault)


_PREPARED: dict[SheetKind, Callable[[Work], Prepared]] = {
    SheetKind.CONTACTS: _people,
    SheetKind.CONSENTS: _people,
    SheetKind.ORDERS: _purchases,
    SheetKind.ORDER_LINES: _purchases,
    SheetKind.PRODUCTS: _products,
    SheetKind.CONVERSATIONS: _conversations,
    SheetKind.SUPPRESSIONS: _suppressions,
}

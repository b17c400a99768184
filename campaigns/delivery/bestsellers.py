"""What to recommend: what most customers bought lately. Once for a whole campaign, not per reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import polars as pl
import sqlalchemy as sa

from campaigns.language.people.scripts import reads
from campaigns.letters.fields import Item
from campaigns.model.language import Language
from campaigns.model.money import EXPONENTS, Money
from campaigns.store.matching import fold, folded
from campaigns.store.rollups import CANCELLED, RETURNED
from campaigns.store.snapshots import orders_in
from campaigns.store.tables import product
from campaigns.store.workspace import Workspace

LATELY_DAYS = 90
KEPT = 60
"""Products that are looked at: enough for four in each language."""
SHOWN = 4


def bestsellers(workspace: Workspace, connection: sa.Connection, *, now: datetime) -> list[Item]:
    """Return the products that most different customers bought lately, with price and link."""
    lately = orders_in(workspace, connection).filter(
        pl.col("ordered_at") >= now - timedelta(days=LATELY_DAYS),
        pl.col("ordered_at") <= now,
        pl.col("amount_minor") >= 0,
        ~pl.col("status").is_in([CANCELLED, RETURNED]).fill_null(value=False),
        pl.col("product").str.strip_chars().str.len_chars() > 0,
    )
    buyers = lately.group_by("product").agg(pl.col("contact_id").n_unique().alias("buyers"))
    best = buyers.sort(["buyers", "product"], descending=[True, False]).head(KEPT).collect()
    names: list[str] = best["product"].to_list()
    known = _known(connection, names)
    return [_item(name, known.get(fold(name))) for name in names]


def readable(items: Sequence[Item], language: Language) -> tuple[Item, ...]:
    """Return those that readers of a language can read, as many as may ever be shown to one."""
    found = [item for item in items if reads(language, item.name)]
    return tuple(found[: SHOWN + 1])


def recommended(items: Sequence[Item], last_product: str | None) -> tuple[Item, ...]:
    """Return what to recommend to a reader, of what is ``readable``: not what they bought last."""
    last = fold(last_product) if last_product else None
    return tuple([item for item in items if fold(item.name) != last][:SHOWN])


def _known(connection: sa.Connection, names: Sequence[str]) -> Mapping[str, sa.Row[Any]]:
    small = [fold(name) for name in names]
    query = sa.select(product).where(folded(product.c.name).in_(small)) if small else None
    return {} if query is None else {fold(row.name): row for row in connection.execute(query)}


def _item(name: str, row: sa.Row[Any] | None) -> Item:
    if row is None:
        return Item(name)
    priced = row.price_minor is not None and row.currency in EXPONENTS
    url = str((row.attributes or {}).get("url") or "").strip()
    return Item(
        name,
        Money(row.price_minor, row.currency) if priced else None,
        url if url.startswith(("https://", "http://")) else None,
    )

"""What the store knows of readers, as rows and as a frame: one query either way.

Columns: id, given_name, family_name, gender, city, card_number, birthday, attributes (JSON as
text), orders, revenue_minor, currency, first_day, last_day, days_since_last, last_product, and of
the consent in force its source and consent_day. Days are those of UTC.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

import polars as pl
import sqlalchemy as sa

from campaigns.model.permission import Purpose
from campaigns.store import bulk
from campaigns.store.consents import latest_of
from campaigns.store.tables import consent, contact, rollup, upload

_MOMENTS = {"first_order_at": "first_day", "last_order_at": "last_day", "at": "consent_day"}
_READ = {**{day: moment for moment, day in _MOMENTS.items()}, "days_since_last": "last_order_at"}
"""Column → the stored one that it is made of, where that is another."""
_NAMES = ("id", "given_name", "family_name", "gender", "city", "card_number")


def rows_of(
    connection: sa.Connection, contact_ids: Sequence[int], purpose: Purpose, now: datetime
) -> dict[int, dict[str, Any]]:
    """Return what is known of each of some people, by their id: the plain way."""
    query = _query(purpose).where(contact.c.id.in_(contact_ids))
    return {row["id"]: _row(row, now) for row in connection.execute(query).mappings()}


def frame_of(
    connection: sa.Connection,
    contact_ids: pl.Series,
    purpose: Purpose,
    now: datetime,
    needs: Collection[str],
) -> pl.DataFrame:
    """Return the columns ``needs`` of many people, in the order of ``contact_ids``."""
    wanted = contact_ids.rename("id").to_frame()
    names = {"id", *(_READ.get(need, need) for need in needs)}
    schema = {name: kind for name, kind in _schema(connection).items() if name in names}
    query = _narrow(purpose, tuple(schema))
    condition = bulk.among(connection, [contact.c.id], wanted)
    found = bulk.fetch_columns(connection, query.where(condition), schema)
    moments = [_as_moment(pl.col(name), found) for name in _MOMENTS if name in names]
    made = found.with_columns(moments).with_columns(
        each.alias(need) for need, each in _made(now).items() if need in needs
    )
    return wanted.join(made.select("id", *needs), on="id", how="left", maintain_order="left")


def _made(now: datetime) -> dict[str, pl.Expr]:
    """Return the columns that are not stored as they are needed."""
    since = (pl.lit(now) - pl.col("last_order_at")).dt.total_microseconds()
    return {
        "birthday": pl.col("birthday").cast(pl.String).str.to_date("%Y-%m-%d"),
        "days_since_last": since // _DAY_US,
        **{day: pl.col(moment).dt.date() for moment, day in _MOMENTS.items()},
    }


_DAY_US = 86_400_000_000


@lru_cache
def _narrow(purpose: Purpose, names: tuple[str, ...]) -> sa.Select[Any]:
    """Return the query for some columns; it looks no consent up that nobody asks for."""
    query = _query(purpose)
    return query.with_only_columns(*(query.selected_columns[name] for name in names))


@lru_cache
def _query(purpose: Purpose) -> sa.Select[Any]:
    return (
        sa.select(
            *(contact.c[name] for name in _NAMES), contact.c.birthday,
            sa.cast(contact.c.attributes, sa.Text).label("attributes"),
            rollup.c.orders, rollup.c.revenue_minor, rollup.c.currency, rollup.c.last_product,
            # What no sheet said about a consent, its upload stands in for; that is no answer to
            # a reader who wonders where and when they agreed.
            sa.func.nullif(consent.c.source, upload.c.file_name).label("source"),
            rollup.c.first_order_at, rollup.c.last_order_at,
            sa.func.nullif(consent.c.at, upload.c.received_at, type_=consent.c.at.type).label("at"),
        )
        .select_from(contact)
        .outerjoin(rollup, rollup.c.contact_id == contact.c.id)
        .outerjoin(consent, consent.c.id == latest_of(contact.c.id, purpose))
        .outerjoin(upload, upload.c.id == consent.c.upload_id)
    )  # fmt: skip


def _schema(connection: sa.Connection) -> bulk.Schema:
    """SQLite gives moments and days as text, PostgreSQL as what they are."""
    sqlite = connection.dialect.name == "sqlite"
    moment = pl.String if sqlite else pl.Datetime("us", "UTC")
    return {
        **dict.fromkeys(_NAMES, pl.String), "id": pl.Int64,
        "birthday": pl.String if sqlite else pl.Date, "attributes": pl.String,
        "orders": pl.Int64, "revenue_minor": pl.Int64, "currency": pl.String,
        "last_product": pl.String, "source": pl.String,
        **dict.fromkeys(_MOMENTS, moment),
    }  # fmt: skip


def _as_moment(moments: pl.Expr, found: pl.DataFrame) -> pl.Expr:
    """Return moments as such: SQLite keeps them as text."""
    if pl.String not in {found.schema.get(name) for name in _MOMENTS}:
        return moments
    return moments.str.to_datetime("%Y-%m-%d %H:%M:%S%.f", time_unit="us", time_zone="UTC")


def _row(row: sa.RowMapping, now: datetime) -> dict[str, Any]:
    known = dict(row)
    last: datetime | None = known["last_order_at"]
    days = {day: _day(known.pop(moment)) for moment, day in _MOMENTS.items()}
    return {**known, **days, "days_since_last": (now - last) // timedelta(days=1) if last else None}


def _day(moment: datetime | None) -> Any:
    return moment.astimezone(UTC).date() if moment else None

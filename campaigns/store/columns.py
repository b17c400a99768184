"""What every table is made of: names of constraints, moments, and the usual kinds of columns."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Utc(TypeDecorator[datetime]):
    """An aware moment: TIMESTAMPTZ on PostgreSQL, ISO text in UTC on SQLite."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002 - SQLAlchemy's signature
    ) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a stored moment must be aware, got {value!r}")
        return value.astimezone(UTC)

    def process_result_value(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002 - SQLAlchemy's signature
    ) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def own_id() -> sa.Column[Any]:
    """Return the column by which a row is known; the database counts it."""
    kind = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    return sa.Column("id", kind, sa.Identity(), primary_key=True)


def to(name: str, target: str, *, nullable: bool = False, index: bool = False) -> sa.Column[Any]:
    """Return a column that names a row of another table (``table.id``)."""
    return sa.Column(name, sa.BigInteger, sa.ForeignKey(target), nullable=nullable, index=index)


def text(name: str, *, nullable: bool = False, default: str | None = None) -> sa.Column[Any]:
    """Return a column of words."""
    return sa.Column(name, sa.Text, nullable=nullable, server_default=default)


def count(name: str) -> sa.Column[Any]:
    """Return a column of whole numbers that begin at 0."""
    return sa.Column(name, sa.Integer, nullable=False, server_default="0")


def at(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    """Return a column of moments."""
    return sa.Column(name, Utc, nullable=nullable)


def json(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    """Return a column of plain values."""
    kind = sa.JSON(none_as_null=True).with_variant(_jsonb(), "postgresql")
    return sa.Column(name, kind, nullable=nullable, server_default=None if nullable else "{}")


def _jsonb() -> sa.types.TypeEngine[Any]:
    return JSONB(none_as_null=True)

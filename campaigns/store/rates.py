"""What other currencies are worth in the shop's, as the operator entered it, each from a day on.

An order in another currency is converted once, when it is taken in, with the newest rate on or
before its day. A rate that is entered or corrected later changes nothing that was taken in: to apply
it, take the upload back and store it again. Without a rate an order is refused, never guessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

import polars as pl
import sqlalchemy as sa

from campaigns.errors import InputError
from campaigns.model.money import EXPONENTS
from campaigns.store.journal import record
from campaigns.store.tables import rate

PLACES = 8
"""Decimals that a rate may have."""
LARGEST = Decimal(10) ** 9
MISSING = "no rate"
"""Column of lines that need a rate and have none."""
NONE = pl.DataFrame(schema={"currency": pl.String, "day": pl.Date, "rate": pl.Int64})
"""The rates of a shop that takes one currency. ``rate`` is in units of 10⁻⁸."""
_CONVERTED = ("amount_minor", "discount_minor")


@dataclass(frozen=True, slots=True)
class Rate:
    """From ``day`` on, one unit of ``currency`` is worth ``value`` units of the shop's."""

    currency: str
    day: date
    value: Decimal
    updated_by: str


def list_rates(connection: sa.Connection, home: str) -> list[Rate]:
    """Return the rates of a shop whose currency is ``home``, by currency, newest first."""
    query = sa.select(rate).where(rate.c.home == home).order_by(rate.c.currency, rate.c.day.desc())
    return [
        Rate(row.currency, row.day, Decimal(row.value), row.updated_by)
        for row in connection.execute(query)
    ]


def save_rate(
    connection: sa.Connection,
    currency: str,
    value: str,
    *,
    home: str,
    day: date,
    actor: str,
    now: datetime,
) -> Rate:
    """Keep what ``currency`` is worth from ``day`` on; a rate of the same day is replaced.

    Raises:
        InputError: the currency is not one of ours or the shop's own, or the value is no positive
            number of at most 8 decimals.
    """
    others = [code for code in EXPONENTS if code != home]
    if currency not in others:
        raise InputError("money.currency", got=currency, expected=", ".join(others))
    found = Rate(currency, day, _value(value), actor)
    same = (rate.c.currency == currency) & (rate.c.home == home) & (rate.c.day == day)
    connection.execute(rate.delete().where(same))
    connection.execute(
        rate.insert().values(
            currency=currency, home=home, day=day, value=f"{found.value:f}", updated_at=now,
            updated_by=actor,
        )
    )  # fmt: skip
    record(connection, actor=actor, verb="rate.save", subject=f"rate:{currency}/{home}", now=now,
           day=day.isoformat(), value=f"{found.value:f}")  # fmt: skip
    return found


def rate_on(connection: sa.Connection, currency: str, home: str, day: date) -> Decimal | None:
    """Return the newest rate on or before ``day``, if there is one."""
    query = (
        sa.select(rate.c.value)
        .where(rate.c.currency == currency, rate.c.home == home, rate.c.day <= day)
        .order_by(rate.c.day.desc())
    )
    value = connection.execute(query.limit(1)).scalar_one_or_none()
    return None if value is None else Decimal(value)


def known_rates(connection: sa.Connection, home: str) -> pl.DataFrame:
    """Return the rates of a shop as :func:`converted` takes them."""
    rows = [
        (each.currency, each.day, int(each.value.scaleb(PLACES)))
        for each in list_rates(connection, home)
    ]
    return pl.DataFrame(rows, schema=NONE.schema, orient="row")


def converted(lines: pl.DataFrame, rates: pl.DataFrame, home: str) -> pl.DataFrame:
    """Return lines with their amounts in ``home``, half a minor unit away from zero.

    What was paid stands in ``paid_minor`` and ``paid_currency`` when that was another currency;
    ``MISSING`` says of a line that there is no rate for its day.

    Args:
        lines: with ordered_at, amount_minor, discount_minor and currency.
        rates: what :func:`known_rates` returned.
        home: the shop's currency.
    """
    foreign = pl.col("currency") != home
    plain = lines.with_columns(
        paid_minor=pl.lit(None, pl.Int64), paid_currency=pl.lit(None, pl.String),
        **{MISSING: pl.lit(value=False)},
    )  # fmt: skip
    if not lines.select(foreign.any()).item():
        return plain
    rated = _with_rates(plain, rates)
    known = foreign & pl.col("rate").is_not_null()
    return rated.with_columns(
        paid_minor=pl.when(known).then("amount_minor"),
        paid_currency=pl.when(known).then("currency"),
        currency=pl.when(known).then(pl.lit(home)).otherwise("currency"),
        **{MISSING: foreign & pl.col("rate").is_null()},
        **{n: pl.when(known).then(_worth(pl.col(n), home)).otherwise(n) for n in _CONVERTED},
    ).drop("rate", "day")


def _value(text: str) -> Decimal:
    try:
        value = Decimal(text.strip().replace(",", "."))
    except InvalidOperation as cause:
        raise InputError("rate.value", got=text) from cause
    exact = value.is_finite() and value == round(value, PLACES)
    if not exact or not 0 < value < LARGEST:
        raise InputError("rate.value", got=text)
    return value


def _with_rates(lines: pl.DataFrame, rates: pl.DataFrame) -> pl.DataFrame:
    numbered = lines.with_columns(day=pl.col("ordered_at").dt.date()).with_row_index("index")
    found = numbered.select("index", "day", "currency").drop_nulls().sort("day").join_asof(
        rates.sort("day"), on="day", by="currency", check_sortedness=False,
    )  # fmt: skip
    return numbered.join(
        found.select("index", "rate"), on="index", how="left", maintain_order="left"
    ).drop("index")


def _worth(paid: pl.Expr, home: str) -> pl.Expr:
    """Exact: the product of an amount and a rate is an integer of 128 bits."""
    places = pl.col("currency").replace_strict(EXPONENTS, default=0, return_dtype=pl.Int64)
    unit = 2 * pl.lit(10, pl.Int128).pow(places.cast(pl.UInt32)).cast(pl.Int128) * 10**PLACES
    double = (
        paid.abs().cast(pl.Int128) * pl.col("rate").cast(pl.Int128) * (2 * 10 ** EXPONENTS[home])
    )
    rounded = (double + unit // 2) // unit
    worth: pl.Expr = (rounded.cast(pl.Int64, strict=False) * paid.sign()).cast(pl.Int64)
    return worth

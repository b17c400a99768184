"""Whose something is: from the keys that a line or a call was told under to the contact.

A customer number, an address and what they were before name one person. A card or a phone may be
shared in a family, so it counts when exactly one contact has it, and nothing stronger contradicts.
"""

from __future__ import annotations

import polars as pl
import sqlalchemy as sa

from campaigns.store import bulk
from campaigns.store.tables import contact, former_key

WHO = ("customer_id", "card_number", "address_key", "phone")
"""The keys under which orders and conversations are told."""
STRONG = ("customer_id", "address_key")
WEAK = ("card_number", "phone")
FEW_KEYS = 20_000
"""Up to here the database is asked for the keys; for more, all of them are read at once."""
_CONTACT = {"owner": pl.Int64, **dict.fromkeys(WHO, pl.String)}
_FORMER = {"kind": pl.String, "key": pl.String, "owner": pl.Int64}


def owners(connection: sa.Connection, told: pl.DataFrame) -> pl.DataFrame:
    """Return those of the rows of keys that belong to a contact, with its id as ``owner``.

    Args:
        connection: to read contacts by.
        told: distinct rows with the columns ``WHO``.
    """
    if told.is_empty():
        return told.with_columns(owner=pl.lit(None, pl.Int64))
    contacts = _contacts(connection, told)
    former = bulk.fetch(connection, _formerly(), _FORMER)
    found = told.lazy()
    for name in STRONG:
        found = _by(found, name, contacts.select(name, "owner"), f"by {name}")
    for name in STRONG:
        was = former.filter(pl.col("kind") == name).select(pl.col("key").alias(name), "owner")
        found = _by(found, name, was, f"by former {name}")
    for name in WEAK:
        if told[name].null_count() == told.height:
            found = found.with_columns(pl.lit(None, pl.Int64).alias(f"by {name}"))
            continue
        found = _by(found, name, contacts.select(name, "owner", *_theirs()), f"by {name}")
    names = [f"by {name}" for name in STRONG]
    names += [f"by former {name}" for name in STRONG] + [f"by {name}" for name in WEAK]
    owned = found.select(*WHO, pl.coalesce(names).alias("owner"))
    return owned.filter(pl.col("owner").is_not_null()).collect()


def _theirs() -> list[pl.Expr]:
    return [pl.col(name).alias(f"their {name}") for name in STRONG]


def _by(told: pl.LazyFrame, name: str, known: pl.DataFrame, found: str) -> pl.LazyFrame:
    """Add the one contact that has a key; of a weak key, unless its strong ones are others."""
    alone = known.filter(pl.col(name).is_not_null() & pl.col(name).is_unique()).lazy()
    joined = told.join(alone, on=name, how="left", maintain_order="left")
    if "their customer_id" not in known.columns:
        return joined.rename({"owner": found})
    other = pl.any_horizontal(
        (pl.col(strong) != pl.col(f"their {strong}")).fill_null(value=False) for strong in STRONG
    )
    owner = pl.when(~other).then(pl.col("owner")).alias(found)
    return joined.with_columns(owner).drop("owner", *(f"their {strong}" for strong in STRONG))


def _contacts(connection: sa.Connection, told: pl.DataFrame) -> pl.DataFrame:
    """The contacts that may be meant, with their keys."""
    keys = {name: told.select(pl.col(name).drop_nulls().unique()) for name in WHO}
    compared = STRONG if any(keys[name].height for name in WEAK) else ()
    # A column that is not compared is not read: of half a million contacts each takes a while.
    read = [
        contact.c[name] if keys[name].height or name in compared else sa.null().label(name)
        for name in WHO
    ]
    query = sa.select(contact.c.id, *read)
    if sum(values.height for values in keys.values()) <= FEW_KEYS:
        query = query.where(
            sa.or_(
                sa.false(),
                *(bulk.among(connection, [contact.c[name]], values)
                  for name, values in keys.items() if values.height),
            )
        )  # fmt: skip
    return bulk.fetch(connection, query, _CONTACT)


def _formerly() -> sa.Select[tuple[str, str, int]]:
    return sa.select(former_key.c.kind, former_key.c.key, former_key.c.contact_id).where(
        former_key.c.kind.in_(STRONG)
    )

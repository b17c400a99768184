"""Which value of a contact stands after a row has told of it, by columns.

The frame holds what the row says under the names of the fields, and what is known under ``their …``.
The rules are those of ``storing.merge``.
"""

from __future__ import annotations

import json

import polars as pl

from campaigns.sheets.storing.joining import KEEPS_ADDRESS
from campaigns.sheets.storing.merge import GUESSED_GENDER, TRUST, VALUES

NEWS = "attributes together"


def value(name: str) -> pl.Expr:
    """Return the value of a field that stands: the newest that is not empty, with exceptions."""
    said, known = pl.col(name), pl.col(f"their {name}")
    if name in ("address", "address_key"):
        return pl.when(KEEPS_ADDRESS).then(known).otherwise(pl.coalesce(said, known))
    if name in ("given_name", "family_name"):
        return _newest(said, known, unless=~pl.col("name_is_usable"))
    if name == "gender":
        return _newest(said, known, unless=pl.col("gender_evidence").eq_missing(GUESSED_GENDER))
    if name in ("language", "language_evidence"):
        trusted = _trust("language_evidence") >= _trust("their language_evidence")
        return pl.when(trusted).then(said).otherwise(known)
    return pl.col(NEWS) if name == "attributes" else pl.coalesce(said, known)


def differs() -> pl.Expr:
    """Say whether anything of what stands is news."""
    return pl.any_horizontal(
        pl.col(f"final {name}").ne_missing(pl.col(f"their {name}")) for name in VALUES
    )


def news_of_attributes(told: pl.DataFrame) -> pl.Series:
    """Return the attributes with what the rows add; text that says the same stays as it is."""
    known, said = told["their attributes"], told["attributes"]
    at = (known.is_not_null() & said.is_not_null() & (known != said)).arg_true()
    pairs = zip(known.gather(at).to_list(), said.gather(at).to_list(), strict=True)
    news = pl.Series([_both(was, says) for was, says in pairs], dtype=pl.String)
    return known.scatter(at, news).alias(NEWS) if at.len() else known.alias(NEWS)


def _both(was: str, says: str) -> str:
    known = json.loads(was)
    together = {**known, **json.loads(says)}
    return was if together == known else json.dumps(together, ensure_ascii=False)


def _newest(said: pl.Expr, known: pl.Expr, *, unless: pl.Expr) -> pl.Expr:
    return pl.when(unless).then(pl.coalesce(known, said)).otherwise(pl.coalesce(said, known))


def _trust(name: str) -> pl.Expr:
    ranks = list(range(len(TRUST)))
    return pl.col(name).replace_strict(list(TRUST), ranks, default=0, return_dtype=pl.Int8)

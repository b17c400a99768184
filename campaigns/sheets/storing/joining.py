"""Whom each row of a sheet tells of, decided for all rows at once.

A row whose keys no other row of the sheet shares, and which matches one contact or none, is decided
here by columns; so is nearly every row of a real sheet. Rows that are entangled (with one another,
or with several contacts) are only marked: ``storing.merge``, whose rules hold here too, takes them
one by one. A row that is not entangled shares nothing with one that is, so the order in which the
two ways go does not matter.
"""

from __future__ import annotations

from enum import StrEnum

import polars as pl

from campaigns.sheets.understanding.recognise import ROW

STRONG = ("customer_id", "address_key")
WEAK = ("card_number", "phone")
FORMER = "former"
CONTACT = "contact"
"""Column: the id of the contact a row tells of; of a new one, minus the row's number."""
VERDICT = "verdict"
KEEPS_ADDRESS = "keeps_address"
"""Column: the row's address is one that the contact had before, so it is no news."""
KEYS = (*STRONG, *WEAK)
_NAMES = ("given_name", "family_name")
_COMPARED = (*STRONG, "card_number", *_NAMES)
_BETTER = {"card_number": STRONG, "phone": (*STRONG, "card_number")}
"""What outranks each key that people share."""


class Verdict(StrEnum):
    NEW = "new"
    KNOWN = "known"
    CONFLICT = "conflict"
    ENTANGLED = "entangled"


def judge(people: pl.DataFrame, known: pl.DataFrame, former: pl.DataFrame) -> pl.DataFrame:
    """Return the rows with ``contact``, ``verdict`` and ``keeps_address``.

    Args:
        people: the clean rows (``cleaning.people``).
        known: the contacts that may be meant: ``id`` and what is known of them.
        former: ``key`` and ``contact``: addresses that contacts had before.
    """
    told = people.select(ROW, *KEYS, *_NAMES, "name_is_usable")
    alike = {key: keyed_alike(told, known, key) for key in WEAK}
    matches = _matches(told, known, former, alike)
    entangled = _entangled(told, alike, matches)
    by_row = matches.group_by(ROW).agg(
        pl.col(CONTACT).first(),
        *(pl.col("kind").eq(kind).any().alias(f"by {kind}") for kind in (*STRONG, FORMER, *WEAK)),
    )
    theirs = known.select(
        pl.col("id").alias(CONTACT), *(pl.col(name).alias(f"their {name}") for name in _COMPARED)
    )
    concerned = pl.concat([matches.select(ROW), entangled.select(ROW)]).unique()
    judged = (
        told.join(concerned, on=ROW, how="semi")
        .join(by_row, on=ROW, how="left", maintain_order="left")
        .join(theirs, on=CONTACT, how="left", maintain_order="left")
        .join(entangled, on=ROW, how="left", maintain_order="left")
        .with_columns(pl.col("^by .*$").fill_null(value=False))
    )
    return people.hstack(_of_all(told[ROW], _decided(judged)))


def keyed_alike(people: pl.DataFrame, known: pl.DataFrame, key: str) -> pl.DataFrame:
    """Return the values of a key that several have, with how many rows and contacts have it, and
    whether it can join none of them: all have a number, or all an address, of their own.
    """
    rows = people.select(key, *STRONG, pl.lit(1).alias("row"), pl.lit(0).alias("contact"))
    contacts = known.select(key, *STRONG, pl.lit(0).alias("row"), pl.lit(1).alias("contact"))
    members = pl.concat([rows, contacts]).filter(is_shared(key))
    told_apart = pl.any_horizontal(pl.col(name).null_count() == 0 for name in STRONG)
    return members.group_by(key).agg(
        pl.col("row").sum(), pl.col("contact").sum(), told_apart.alias("told apart")
    )


def is_shared(key: str) -> pl.Expr:
    """Whether several have a value: told by its hash, so at times of one that nobody shares."""
    return pl.col(key).hash().is_duplicated() & pl.col(key).is_not_null()


def _matches(
    people: pl.DataFrame,
    known: pl.DataFrame,
    former: pl.DataFrame,
    alike: dict[str, pl.DataFrame],
) -> pl.DataFrame:
    """Every pair of a row and a contact that may be one: row, contact, kind of key."""
    found = [
        _pairs(people, known.select(key, pl.col("id").alias(CONTACT)), key, key) for key in STRONG
    ]
    before = former.select(pl.col("key").alias("address_key"), CONTACT)
    found.append(_pairs(people, before, "address_key", FORMER))
    for key in WEAK:
        apart = alike[key].filter("told apart").select(key)
        joining = known.join(apart, on=key, how="anti")
        found.append(_pairs(people, joining.select(key, pl.col("id").alias(CONTACT)), key, key))
    return pl.concat(found)


def _pairs(people: pl.DataFrame, owners: pl.DataFrame, key: str, kind: str) -> pl.DataFrame:
    pairs = people.select(ROW, key).join(owners, on=key, how="inner")
    return pairs.select(ROW, CONTACT, pl.lit(kind).alias("kind"))


def _entangled(
    people: pl.DataFrame, alike: dict[str, pl.DataFrame], matches: pl.DataFrame
) -> pl.DataFrame:
    """The rows that another row, or more than one contact, has to do with."""
    twice = [is_shared(key) for key in STRONG]
    found = [people.filter(pl.any_horizontal(twice)).select(ROW)]
    for key in WEAK:
        crowded = ~pl.col("told apart") & ((pl.col("row") > 1) | (pl.col("contact") > 1))
        found.append(people.join(alike[key].filter(crowded), on=key, how="semi").select(ROW))
    pairs = matches.select(ROW, CONTACT).unique()
    many = pl.col(ROW).is_duplicated() | pl.col(CONTACT).is_duplicated()
    found.append(pairs.filter(many).select(ROW))
    return pl.concat(found).unique().with_columns(pl.lit(value=True).alias("is entangled"))


def _of_all(rows: pl.Series, decided: pl.DataFrame) -> pl.DataFrame:
    """What was decided for each row; whom no other row and no contact concerns is new."""
    verdicts = decided.select(ROW, CONTACT, VERDICT, KEEPS_ADDRESS)
    everybody = rows.to_frame().join(verdicts, on=ROW, how="left", maintain_order="left")
    return everybody.select(
        pl.coalesce(CONTACT, -pl.col(ROW).cast(pl.Int64)).alias(CONTACT),
        pl.col(VERDICT).fill_null(pl.lit(Verdict.NEW)),
        pl.col(KEEPS_ADDRESS).fill_null(value=False),
    )


def _decided(judged: pl.DataFrame) -> pl.DataFrame:
    strong = pl.any_horizontal(f"by {key}" for key in STRONG)
    conflict = pl.col("by address_key") & ~pl.col("by customer_id") & _differ("customer_id")
    formerly = ~strong & pl.col(f"by {FORMER}") & ~_differ("customer_id") & ~_names_differ()
    joins = strong | formerly | pl.any_horizontal(_weakly(key) for key in WEAK)
    return (
        judged.with_columns(
            pl.when(pl.col("is entangled").fill_null(value=False)).then(pl.lit(Verdict.ENTANGLED))
            .when(conflict).then(pl.lit(Verdict.CONFLICT))
            .when(joins).then(pl.lit(Verdict.KNOWN))
            .otherwise(pl.lit(Verdict.NEW)).alias(VERDICT),
            formerly.alias(KEEPS_ADDRESS),
        )
        .with_columns(
            pl.when(pl.col(VERDICT) == Verdict.NEW).then(-pl.col(ROW).cast(pl.Int64))
            .otherwise(pl.col(CONTACT)).alias(CONTACT)
        )
    )  # fmt: skip


def _differ(*names: str) -> pl.Expr:
    return pl.any_horizontal(
        (pl.col(name) != pl.col(f"their {name}")).fill_null(value=False) for name in names
    )


def _name(name: str) -> pl.Expr:
    return pl.when("name_is_usable").then(pl.col(name)).str.to_lowercase()


def _names_differ() -> pl.Expr:
    return pl.any_horizontal(
        (_name(name) != pl.col(f"their {name}").str.to_lowercase()).fill_null(value=False)
        for name in _NAMES
    )


def _weakly(key: str) -> pl.Expr:
    better = _BETTER[key]
    says_nothing_better = pl.all_horizontal(pl.col(name).is_null() for name in better)
    same_name = _name("given_name") == pl.col("their given_name").str.to_lowercase()
    agrees = says_nothing_better | same_name.fill_null(value=False)
    return pl.col(f"by {key}") & ~_differ(*better) & ~_names_differ() & agrees

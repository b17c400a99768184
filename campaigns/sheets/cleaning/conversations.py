"""Rows of a sheet of calls, visits and messages into conversations."""

from __future__ import annotations

import hashlib

import polars as pl

from campaigns.model.language import Language
from campaigns.sheets.cleaning import plain_columns as plain
from campaigns.sheets.cleaning.addresses import address_keys, addresses
from campaigns.sheets.cleaning.cells import each_distinct
from campaigns.sheets.cleaning.people import NO_KEY, TOTALS_ROW
from campaigns.sheets.cleaning.phones import phones
from campaigns.sheets.cleaning.purchases import BAD_DATE
from campaigns.sheets.cleaning.row_frame import TOTAL, CleanRows, by_field, judged
from campaigns.sheets.understanding.fields import Mapping
from campaigns.sheets.understanding.recognise import ROW, Table
from campaigns.store.owners import WHO

SAID = ("channel", "topic", "text", "outcome", "employee")
COLUMNS = (ROW, "key", *WHO, "at", *SAID, "attributes")
MADE = "row-"


def clean_conversations(table: Table, mapping: Mapping, language: Language) -> CleanRows:
    """Return one row a conversation of the sheet: columns ``COLUMNS``.

    One without a number of its own is known by what it says: the same row again is the same one.

    Args:
        table: the sheet.
        mapping: what its columns mean.
        language: the shop's, which decides the country of a phone number without a code.
    """
    texts = by_field(table, mapping)
    frame = texts.with_columns(
        plain.codes(texts["customer_id"]),
        plain.codes(texts["card_number"]),
        address_keys(addresses(texts["address"])).alias("address_key"),
        phones(plain.codes(texts["phone"]), language).alias("phone"),
        plain.dates(texts["happened_at"], mapping.said("happened_at", "dates")).alias("at"),
    )
    keyed = frame.with_columns(
        pl.coalesce(plain.codes(texts["conversation_id"]), _made(frame)).alias("key")
    )
    reason = (
        pl.when(TOTAL).then(pl.lit(TOTALS_ROW))
        .when(pl.all_horizontal(pl.col(name).is_null() for name in WHO)).then(pl.lit(NO_KEY))
        .when(pl.col("at").is_null()).then(pl.lit(BAD_DATE))
    )  # fmt: skip
    found = judged(keyed, reason, {BAD_DATE: "happened_at", NO_KEY: "customer_id"})
    return CleanRows(found.frame.select(COLUMNS), found.refused)


def _made(frame: pl.DataFrame) -> pl.Series:
    content = pl.concat_str(
        (pl.col(name).cast(pl.String).fill_null("") for name in (*WHO, "at", *SAID)),
        separator="\x1f",
    )
    return each_distinct(frame.select(content.alias("key"))["key"], _digest, pl.String)


def _digest(content: str) -> str:
    return MADE + hashlib.sha256(content.encode()).hexdigest()[:24]

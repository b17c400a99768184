"""Rows of a list of addresses that must not be written to."""

from __future__ import annotations

import polars as pl

from campaigns.sheets.cleaning import plain_columns as plain
from campaigns.sheets.cleaning.addresses import address_keys, addresses
from campaigns.sheets.cleaning.cells import each_distinct
from campaigns.sheets.cleaning.people import BAD_ADDRESS, TOTALS_ROW
from campaigns.sheets.cleaning.row_frame import TOTAL, CleanRows, by_field, judged
from campaigns.sheets.understanding.fields import Mapping
from campaigns.sheets.understanding.recognise import ROW, Table
from campaigns.sheets.understanding.vocabulary import key
from campaigns.store.suppressions import SuppressionReason, address_hash

COLUMNS = (ROW, "address_hash", "reason", "at")
_REASONS = {
    SuppressionReason.UNSUBSCRIBED: (
        "unsub", "optout", "optedout", "հրաժար", "ապաբաժան", "չիցանկան", "გამოწერისგაუქმ", "უარი",
        "отпис", "отказ",
    ),
    SuppressionReason.BOUNCED: (
        "bounce", "invalid", "undeliver", "notfound", "չիհասն", "սխալհասցե", "არარსებ",
        "არმიაღწ", "недостав", "несуществ", "невалид", "ошибка",
    ),
    SuppressionReason.COMPLAINED: (
        "complain", "spam", "abuse", "բողոք", "սպամ", "საჩივ", "სპამ", "жалоб", "спам",
    ),
}  # fmt: skip
"""Parts of words by which programs and people say why."""


def clean_suppressions(table: Table, mapping: Mapping) -> CleanRows:
    """Return one row an address of the sheet: columns ``COLUMNS``; ``at`` may be null."""
    texts = by_field(table, mapping)
    keys = address_keys(addresses(texts["address"]))
    frame = texts.with_columns(
        each_distinct(keys, address_hash, pl.String).alias("address_hash"),
        each_distinct(texts["reason"], reason_of, pl.String)
        .fill_null(SuppressionReason.OPERATOR.value)
        .alias("reason"),
        plain.dates(texts["suppressed_at"], mapping.said("suppressed_at", "dates")).alias("at"),
    )
    refusal = (
        pl.when(TOTAL).then(pl.lit(TOTALS_ROW))
        .when(pl.col("address_hash").is_null()).then(pl.lit(BAD_ADDRESS))
    )  # fmt: skip
    found = judged(frame, refusal, {BAD_ADDRESS: "address"})
    return CleanRows(found.frame.select(COLUMNS), found.refused)


def reason_of(written: str) -> str:
    """Return which reason a text means; ``operator`` when it is none that we know.

    >>> reason_of("Hard bounce"), reason_of("отписался сам"), reason_of("VIP")
    ('bounced', 'unsubscribed', 'operator')
    """
    bare = key(written)
    told = (reason for reason, words in _REASONS.items() if any(word in bare for word in words))
    return next(told, SuppressionReason.OPERATOR).value

"""How good each column of a sheet is: how much is filled, repaired, unreadable, and where.

Facts for the report and the interface; rows are named by their numbers, never by what stands there.
"""

from __future__ import annotations

from typing import Any

import polars as pl

from campaigns.sheets.cleaning.people import CleanPeople
from campaigns.sheets.understanding.fields import IGNORED, Mapping
from campaigns.sheets.understanding.recognise import ROW, Table

UNREAD = (
    "phone_unreadable", "date_unreadable", "birthday_impossible", "number_damaged",
    "consent_unclear", "gender_unclear", "language_unclear", "attribute_unreadable",
    "name_unreadable", "name_address", "name_number",
)  # fmt: skip
"""Notes on a cell that says something which was not understood."""
REPAIRED = (
    "name_case", "name_letters", "name_invisible", "name_title", "name_patronymic", "name_extra", "name_swapped",
)  # fmt: skip
"""Notes on a name that was put right."""
EXAMPLES = 5
EXACT_ROWS = 200_000
"""In longer sheets distinct values are counted to some two per cent (HyperLogLog)."""


def quality(table: Table, mapping: Mapping, cleaned: CleanPeople) -> list[dict[str, Any]]:
    """Return of each column: heading, field, filled, empty, changed, unreadable, distinct, the notes
    on it with their counts, and the numbers of the first rows that could not be read.
    """
    return columns_quality(table, cleaned.texts, mapping, cleaned.remarks, cleaned.refused)


def columns_quality(
    table: Table,
    texts: pl.DataFrame,
    mapping: Mapping,
    remarks: pl.DataFrame,
    refused: pl.DataFrame,
) -> list[dict[str, Any]]:
    """Return the same of any sheet, by the remarks on its cells and by its refused rows.

    Args:
        table: the sheet.
        texts: its cells, cleaned (``cells.texts``).
        mapping: what its columns mean.
        remarks: ROW, heading, note.
        refused: ROW, reason, field.
    """
    at_fault = refused.select(ROW, heading=_headings(refused["field"], mapping))
    return [
        _column(table, texts[heading], mapping, remarks, at_fault) for heading in table.headings
    ]


def _headings(fields: pl.Series, mapping: Mapping) -> pl.Series:
    """The headings of fields."""
    by_field = {field: heading for heading, field in mapping.columns.items()}
    return fields.replace_strict(by_field, default=None, return_dtype=pl.String)


def _column(
    table: Table, text: pl.Series, mapping: Mapping, remarks: pl.DataFrame, at_fault: pl.DataFrame
) -> dict[str, Any]:
    heading = text.name
    told = remarks.filter(pl.col("heading") == heading)
    refused = at_fault.filter(pl.col("heading") == heading)[ROW]
    unread = pl.concat([told.filter(pl.col("note").is_in(UNREAD))[ROW], refused]).unique().sort()
    cleaned = table.rows[ROW].filter((table.rows[heading] != text).fill_null(value=False))
    repaired = pl.concat([told.filter(pl.col("note").is_in(REPAIRED))[ROW], cleaned]).n_unique()
    filled = len(text) - text.null_count()
    return {
        "heading": heading,
        "field": mapping.columns.get(heading, IGNORED),
        "filled": filled,
        "empty": len(text) - filled,
        "changed": repaired,
        "unreadable": len(unread),
        "distinct": _distinct(text.drop_nulls()),
        "notes": dict(sorted(told.group_by("note").len().iter_rows())),
        "rows": unread.head(EXAMPLES).to_list(),
    }


def _distinct(values: pl.Series) -> int:
    count = pl.all().n_unique() if len(values) <= EXACT_ROWS else pl.all().approx_n_unique()
    return int(values.to_frame().select(count).item())

"""What cleaning a sheet of products, conversations or suppressions comes to."""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

from campaigns.sheets.cleaning import cells as clean
from campaigns.sheets.cleaning.attributes import encoded
from campaigns.sheets.cleaning.people import Refused
from campaigns.sheets.understanding.fields import ATTRIBUTE, FIELDS, Mapping
from campaigns.sheets.understanding.recognise import ROW, Table

TOTAL = "total"


@dataclass(frozen=True, slots=True)
class CleanRows:
    """The clean rows of a sheet and the refused ones; together they are its rows."""

    frame: pl.DataFrame
    refused: list[Refused]
    notes: dict[str, int] = field(default_factory=dict)


def by_field(table: Table, mapping: Mapping) -> pl.DataFrame:
    """Return the row number, a cleaned text for each field of the kind (null where the sheet has no
    column for it), the other columns as JSON in ``attributes``, and whether the row is a ``TOTAL``.
    """
    texts = clean.texts(table.rows, table.headings)
    nothing = pl.Series([None], dtype=pl.String).new_from_index(0, table.rows.height)
    headings = {name: mapping.heading(name) for name in FIELDS[mapping.kind]}
    return pl.DataFrame(
        [
            table.rows[ROW],
            clean.totals(texts).alias(TOTAL),
            encoded([texts[name] for name in mapping.headings(ATTRIBUTE)], table.rows.height),
            *(
                (texts[heading] if heading else nothing).alias(name)
                for name, heading in headings.items()
            ),
        ]
    )


def judged(frame: pl.DataFrame, reason: pl.Expr, at_fault: dict[str, str]) -> CleanRows:
    """Return the frame parted into rows without a ``reason`` and refused ones.

    Args:
        frame: the rows, with ``TOTAL``.
        reason: why a row is refused, or null.
        at_fault: reason → the field that a person should look at.
    """
    told = frame.with_columns(reason.alias("problem"))
    bad = told.filter(pl.col("problem").is_not_null()).select(ROW, "problem")
    refused = [Refused(row, why, at_fault.get(why)) for row, why in bad.iter_rows()]
    good = told.filter(pl.col("problem").is_null()).drop("problem", TOTAL)
    return CleanRows(good, refused)

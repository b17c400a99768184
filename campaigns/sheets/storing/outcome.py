"""What became of the rows of a sheet."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import polars as pl

from campaigns.sheets.cleaning.people import Refused
from campaigns.sheets.storing.changes import Changes
from campaigns.sheets.understanding.recognise import ROW

REFUSED = pl.Schema({ROW: pl.Int64, "reason": pl.String, "field": pl.String})


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many rows were new, how many told of what is known, and which were refused."""

    stored: int
    merged: int
    refused: pl.DataFrame | list[Refused]
    """Columns ``REFUSED``, or the same as a list."""
    notes: dict[str, int] = field(default_factory=dict)
    changes: Changes | None = None

    def refusals(self) -> pl.DataFrame:
        """Return the refused rows as a frame, in the order of the sheet."""
        return refused_frame(self.refused).sort(ROW, maintain_order=True)


def refused_frame(refused: pl.DataFrame | list[Refused]) -> pl.DataFrame:
    """Return refused rows in the columns ``REFUSED``."""
    if isinstance(refused, pl.DataFrame):
        return refused.cast(REFUSED)
    rows: list[tuple[Any, ...]] = [(each.row, each.reason, each.field) for each in refused]
    return pl.DataFrame(rows, REFUSED, orient="row")

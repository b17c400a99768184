"""Which rows below the headings are no data: headings again, page feet, signatures.

They are dropped and counted. What is only doubtful stays, and is refused by name when it is read.
All tests are on whole columns; only rows that are nearly empty are looked at one by one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import polars as pl

from campaigns.sheets.understanding.headings import is_known
from campaigns.sheets.understanding.vocabulary import SIGNATURES

HEADINGS_AGAIN = "headings_again"
FOOTER = "footer_rows"
SPARSE = 2
"""A row with so few cells filled may be a title or a signature, in a table that is wider."""
LINES_TO_SIGN_ON = 2
"""Cells of underscores or dots beside the words."""
TITLES = 2
"""So many rows of one cell may stand between a blank row and the headings of another table."""
LOOKED_AT = 5_000
KNOWN_SHARE = 0.6
_SIGNED = re.compile(r"^[\s\W]*(" + "|".join(map(re.escape, SIGNATURES)) + ")", re.IGNORECASE)
_LONG_NUMBER = re.compile(r"(\d[\s\-()]*){6}")
_NOT_BLANK = r"\S"


def filled(rows: pl.DataFrame, names: Sequence[str]) -> pl.Series:
    """Say of each row whether anything but blanks stands in it."""
    found = pl.Series([False]).new_from_index(0, rows.height)
    for name in names:
        found |= _has_text(rows[name])
        if found.all():
            break
    return found


def again(
    rows: pl.DataFrame, names: Sequence[str], above: Sequence[Sequence[str | None]]
) -> pl.Series:
    """Say of each row whether it is one of those above the data again, as on each printed page."""
    found = pl.Series([False]).new_from_index(0, rows.height)
    for line in above:
        cells = [(cell or "").strip() for cell in line]
        if any(cells):
            found |= _equal(rows, names, cells)
    return found


def feet(rows: pl.DataFrame, names: Sequence[str], number: str) -> pl.Series:
    """Say of each row whether it is a signature or the foot of a page: few cells, the first of
    which begins as such lines do, and no address or long number among them.
    """
    few = max(min(SPARSE, len(names) - 1), (len(names) - 1) // 2)
    count = rows.select(pl.sum_horizontal(pl.col(name).is_not_null() for name in names)).to_series()
    sparse = rows.filter(count.is_between(1, few + LINES_TO_SIGN_ON)).tail(LOOKED_AT)
    signed = [
        row[0]
        for row in sparse.select(number, *names).iter_rows()
        if len(texts := [text for text in row[1:] if text and text.strip("_ .…")]) <= few
        and _is_signed(texts)
    ]
    return rows[number].is_in(signed)


def _is_signed(texts: Sequence[str]) -> bool:
    whole = " ".join(texts)
    if "@" in whole or not _SIGNED.match(whole):
        return False
    return len(texts) <= SPARSE or not _LONG_NUMBER.search(whole)


def next_table(
    rows: pl.DataFrame, names: Sequence[str], number: str, kept: pl.Series
) -> int | None:
    """Return the number of the row where another table begins, with headings of its own.

    It stands below a blank row, maybe with a title above it, and most of its cells are headings
    that we know.
    """
    numbers = rows[number].filter(kept)
    after_gap = numbers.filter(numbers.diff().fill_null(1) > 1).head(LOOKED_AT)
    if after_gap.is_empty():
        return None
    near = pl.concat([after_gap + below for below in range(TITLES + 1)])
    texts = {
        row[number]: [text.strip() for name in names if (text := row[name]) and text.strip()]
        for row in rows.filter(rows[number].is_in(near.implode())).iter_rows(named=True)
    }
    return next((int(first) for first in after_gap if _begins_table(texts, first)), None)


def _begins_table(texts: Mapping[int, Sequence[str]], first: int) -> bool:
    for place in range(first, first + TITLES + 1):
        row = texts.get(place, [])
        if len(row) != 1:
            return _are_headings(row)
    return False


def _are_headings(texts: Sequence[str]) -> bool:
    known = sum(map(is_known, texts))
    return known >= SPARSE and known >= KNOWN_SHARE * len(texts) and not _has_figures(texts)


def _has_figures(texts: Sequence[str]) -> bool:
    return any("@" in text or text.replace(".", "").replace(" ", "").isdigit() for text in texts)


def _equal(rows: pl.DataFrame, names: Sequence[str], cells: Sequence[str]) -> pl.Series:
    """Rows that say exactly this; a column is only compared where those before agree."""
    first = next(place for place, cell in enumerate(cells) if cell)
    found = _says(rows[names[first]], cells[first])
    for name, cell in zip(names, cells, strict=True):
        if not found.any():
            break
        found &= _says(rows[name], cell) if cell else ~_has_text(rows[name])
    return found


def _says(values: pl.Series, cell: str) -> pl.Series:
    return (values.str.strip_chars() == cell).fill_null(value=False)


def _has_text(values: pl.Series) -> pl.Series:
    if values.null_count() == len(values):
        return values.is_not_null()
    return values.str.contains(_NOT_BLANK).fill_null(value=False)

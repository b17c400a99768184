"""Cells that are kept under their own headings: read by the type a person said, written as JSON."""

from __future__ import annotations

import json
from datetime import time
from functools import partial

import polars as pl

from campaigns.sheets.cleaning.amounts import plain_numbers
from campaigns.sheets.cleaning.cells import answer, each_distinct, is_nothing, saying, where
from campaigns.sheets.cleaning.moments import moments
from campaigns.sheets.cleaning.readings import Reading
from campaigns.sheets.understanding.fields import Mapping

UNREADABLE = "attribute_unreadable"
"""A note: the cell is not of the type that its column was said to have."""


def encoded(columns: list[pl.Series], height: int) -> pl.Series:
    """Return of each of ``height`` rows a JSON object of the cells that hold something, else null.

    >>> encoded([pl.Series("a", ["x", None]), pl.Series("b", [None, None], pl.String)], 2).to_list()
    ['{"a": "x"}', None]
    """
    if not columns:
        return pl.Series("attributes", [None], pl.String).new_from_index(0, height)
    members = [
        pl.concat_str(
            pl.lit(f'{json.dumps(each.name, ensure_ascii=False)}: "'), _escaped(each), pl.lit('"')
        )
        for each in columns
    ]
    inside = pl.concat_str(members, separator=", ", ignore_nulls=True)
    whole = pl.when(inside != "").then(pl.concat_str(pl.lit("{"), inside, pl.lit("}")))
    return pl.DataFrame(columns).select(whole.alias("attributes"))["attributes"]


def _escaped(values: pl.Series) -> pl.Expr:
    """Quotes and strokes escaped; cleaned texts have no other character that JSON escapes."""
    column = pl.col(values.name)
    if not values.str.contains_any(['"', "\\"]).any():
        return column
    return column.str.replace_all(r'(["\\])', r"\$1")


def typed(written: pl.Series, mapping: Mapping, *, from_book: bool = False) -> Reading:
    """Return an attribute as its type writes it: numbers as 1234.5, days as 2026-03-02, yes and no;
    what is not of the type stays as written, with a note; dashes go.
    """
    said = partial(mapping.option, written.name)
    match said("type"):
        case "number":
            bare = written.str.replace(r"\s*%$", "")
            value = plain_numbers(bare, from_book=from_book, decimal=said("decimal"))
        case "date":
            value = _days(moments(written, order=said("dates")))
        case "yes_no":
            value = each_distinct(written, _answer, pl.String)
        case _:
            nothing = pl.Series([None], dtype=pl.String).new_from_index(0, len(written))
            return Reading(written, nothing, written)
    rest = where(written.is_not_null() & value.is_null(), written)
    unread = where(~each_distinct(rest, is_nothing, pl.Boolean).fill_null(value=True), rest)
    note = where(unread.is_not_null(), UNREADABLE)
    return Reading(value.fill_null(saying(written)).alias(written.name), note, written)


def _days(moment: pl.Series) -> pl.Series:
    """A day as 2026-03-02; with its time where it is not midnight."""
    timed = (moment.dt.time() != time()).fill_null(value=False)
    day, second = moment.dt.strftime("%Y-%m-%d"), moment.dt.strftime("%Y-%m-%dT%H:%M:%S")
    return second.zip_with(timed, day)


def _answer(written: str) -> str | None:
    return {True: "yes", False: "no", None: None}[answer(written)]

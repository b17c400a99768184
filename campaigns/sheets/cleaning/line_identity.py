"""Which order line is which, so that the same file again changes nothing.

A line is known by its customer's keys, order number, moment, product, and its place among the lines
that share all these. A row without an order number is an order of its own; its number is made
from what the row says, so that it is the same one whenever the row comes again.
"""

from __future__ import annotations

import hashlib

import polars as pl

from campaigns.sheets.cleaning import cells as clean
from campaigns.sheets.understanding.recognise import ROW
from campaigns.store.owners import WHO
from campaigns.store.snapshots import KEY

GROUP = tuple(name for name in KEY if name != "line")
MADE = "row-"
_BREAK = "\x1f"


def with_order_ids(lines: pl.DataFrame) -> pl.DataFrame:
    """Return the lines with an order number each; equal rows without one are separate orders."""
    nameless = lines.filter(pl.col("order_id").is_null())
    if nameless.is_empty():
        return lines
    content = nameless.select(ROW, _content(nameless).alias("content"))
    twin = _places(content["content"])
    made = content.select(
        ROW, (pl.lit(MADE) + pl.col("content") + "-" + twin.cast(pl.String)).alias("made")
    )
    joined = lines.join(made, on=ROW, how="left", maintain_order="left")
    return joined.with_columns(pl.coalesce("order_id", "made").alias("order_id")).drop("made")


def numbered(lines: pl.DataFrame, same: tuple[str, ...] = ()) -> pl.DataFrame:
    """Return the lines with ``line``, the place among those that share ``GROUP``.

    Args:
        lines: with an order number each.
        same: columns by which rows of a group that agree in them too are one and the same row that
            stands in the sheet twice. Without them, each row is a line.
    """
    if lines.is_empty():
        return lines.with_columns(line=pl.lit(0, pl.Int32))
    used = [name for name in GROUP if lines[name].null_count() < lines.height]
    shared = _shared(lines.select(pl.struct(used).hash().alias("hash"))["hash"])
    if not shared.any():
        return lines.with_columns(line=pl.lit(0, pl.Int32))
    group = lines.select(*GROUP, *same, index=pl.int_range(pl.len())).filter(shared)
    told = group.unique([*GROUP, *same], keep="first", maintain_order=True) if same else group
    place = told.select("index", line=pl.int_range(pl.len()).over(GROUP).cast(pl.Int32))
    line = pl.Series("line", [0], dtype=pl.Int32).new_from_index(0, lines.height)
    numbered_lines = lines.with_columns(line.scatter(place["index"], place["line"]))
    if told.height == group.height:
        return numbered_lines
    again = group.join(told, on="index", how="anti")["index"]
    return numbered_lines.filter(~pl.int_range(pl.len()).is_in(again.implode()))


def _shared(hashes: pl.Series) -> pl.Series:
    """Say of each hash whether it stands there more than once. Faster than ``is_duplicated``."""
    ordered = hashes.sort()
    twice = ordered.filter(ordered == ordered.shift(1)).unique()
    return hashes.is_in(twice.implode())


def _content(lines: pl.DataFrame) -> pl.Series:
    """What a row says, short: digests of the texts, the numbers as they are."""
    who = _digests(lines, WHO)
    goods = _digests(lines, ("product_code", "product"))
    paid = pl.coalesce("paid_minor", "amount_minor").cast(pl.String)
    parts = lines.select(
        who, pl.col("ordered_at").dt.epoch("s").cast(pl.String), paid.alias("paid"),
        pl.col("quantity").cast(pl.String), goods,
    )  # fmt: skip
    return parts.select(pl.concat_str(pl.all(), separator="-").alias("content"))["content"]


def _digests(lines: pl.DataFrame, names: tuple[str, ...]) -> pl.Series:
    texts = pl.concat_str((pl.col(name).fill_null("") for name in names), separator=_BREAK)
    joined = lines.select(texts.alias(names[0]))[names[0]]
    return clean.each_distinct(joined, _digest, pl.String)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _places(content: pl.Series) -> pl.Series:
    """The place of each row among those of the same content, counted from 0."""
    frame = content.to_frame("content").with_row_index("index")
    shared = _shared(content.hash())
    some = frame.filter(shared).with_columns(pl.int_range(pl.len()).over("content").alias("place"))
    joined = frame.join(
        some.select("index", "place"), on="index", how="left", maintain_order="left"
    )
    return joined["place"].fill_null(0)

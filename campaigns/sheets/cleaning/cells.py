"""Cells into values: texts, addresses, phones, answers. Each distinct text is judged once."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

import polars as pl

from campaigns.sheets.understanding.vocabulary import NO, TOTALS, YES, key

INVISIBLE = (
    "[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u061c\u180e\u200b-\u200f"
    "\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]"
)
"""Controls, joiners, direction marks, soft hyphens, byte-order marks: they make equal texts differ."""
SPACES = r" *[^\S ]\s*|  +"
"""Runs of blanks and blanks of other kinds; a single plain space, the usual case, is not touched."""
_NOTHING = r"""
    NULL null Null NaN nan NAN None <null> <NULL> (null) (NULL) [null] [NULL] \N undefined #N/A #REF!
    #VALUE! #DIV/0! #NAME? #NULL! #NUM! #SPILL! #CALC! #Н/Д #ССЫЛКА! #ЗНАЧ! #ДЕЛ/0! #ИМЯ? #ПУСТО!
    #ЧИСЛО!
"""
NOTHING = _NOTHING.split()
"""What programs write where there is nothing, and the errors of spreadsheets in two languages."""
GUARDED = "^'([=+@-])"
"""A text that our problem book kept from being a formula; it comes back as it was."""
LONGEST_TEXT = 2_000
_KNOWN = "!-~«°»Ё֏А-яёԱ-Ֆա-և։ა-ჺ–—“„€₽₾№"
_CLEAN = rf"^[{_KNOWN}--#'<(\[\\Nnu][{_KNOWN}]*(?: [{_KNOWN}]+)*$"
"""A text that cleaning leaves as it is: letters and signs that are in NFC by themselves, single
spaces, and at the head nothing that ``NOTHING`` or ``GUARDED`` begin with."""
_NONE = """
    no,none,n/a,na,nil,unknown,not given,չկա,չունի,անհայտ,չգիտեմ,არა,არ აქვს,არ არის,უცნობია,нет,нету,
    отсутствует,не указан,не указано,неизвестно,нет данных
"""
NONE = frozenset(key(word) for word in _NONE.split(","))
"""Words that fill a cell in which there is nothing; they identify nobody."""
PLAIN_ANSWER = re.compile(r"\w[\w\s.,:;!՝՛՜։'’()/-]*")
"""An answer with a question mark, or with a minus or another sign before it, is none."""


def texts(rows: pl.DataFrame, columns: Sequence[str]) -> pl.DataFrame:
    """Return columns cleaned as by :func:`text`, which is applied to the cells that need it.

    One look at a cell tells that it is clean already, which nearly all are.
    """
    soiled = rows.select(
        (
            ~pl.col(name).str.contains(_CLEAN) | (pl.col(name).str.len_bytes() > LONGEST_TEXT)
        ).fill_null(value=False)
        for name in columns
    )
    return pl.DataFrame([_cleaned(rows[name], soiled[name]) for name in columns])


def _cleaned(values: pl.Series, soiled: pl.Series) -> pl.Series:
    if not soiled.any():
        return values
    distinct = values.filter(soiled).unique().to_frame("written")
    cleaned = distinct.select("written", text("written").alias("clean"))
    return values.replace(cleaned["written"], cleaned["clean"])


def text(column: str) -> pl.Expr:
    """Return a column trimmed, in NFC, without invisible characters; empty becomes null."""
    return (
        pl.col(column)
        .str.replace_all(INVISIBLE, "")
        .str.replace_all(SPACES, " ")
        .str.strip_chars(" ")
        .str.normalize("NFC")
        .str.replace(GUARDED, "$1")
        .str.slice(0, LONGEST_TEXT)
        .str.strip_chars(" ")
        .replace([*NOTHING, ""], None)
    )


def whole_number(values: pl.Series) -> pl.Series:
    """Drop what spreadsheets and exports add to codes: ".0", and a "'" that keeps a number text."""
    return values.str.replace(r"^'?(\d+)(?:\.0+)?$", "$1")


def where(mask: pl.Series, values: pl.Series | str) -> pl.Series:
    """Return ``values`` where the mask is true, else null."""
    chosen = pl.lit(values) if isinstance(values, str) else values
    return pl.select(pl.when(mask).then(chosen).otherwise(None)).to_series()


def each_distinct(
    values: pl.Series, judge: Callable[[Any], Any], kind: pl.DataType | type[pl.DataType]
) -> pl.Series:
    """Return ``judge`` of each value, called once for each distinct text; null stays null."""
    distinct = values.drop_nulls().unique()
    judged = pl.Series([judge(value) for value in distinct.to_list()], dtype=kind)
    return spread(values, distinct, judged)


def spread(values: pl.Series, distinct: pl.Series, judged: pl.Series) -> pl.Series:
    """Return for each value what its distinct text was judged to be; null stays null."""
    if distinct.is_empty():
        return pl.Series(values.name, [None], judged.dtype).new_from_index(0, len(values))
    return values.replace_strict(distinct, judged, default=None, return_dtype=judged.dtype)


def saying(values: pl.Series) -> pl.Series:
    """Return the texts with a letter or a figure in them; dashes and zeros are null."""
    return where(values.str.contains(r"[\pL1-9]"), values)


def is_nothing(written: str) -> bool:
    """Say whether a text only fills a cell: dashes, zeros, "none" in four languages.

    >>> is_nothing("---"), is_nothing("չկա"), is_nothing("0"), is_nothing("C-1")
    (True, True, True, False)
    """
    bare = key(written)
    return bare.strip("0") == "" or bare in NONE


def answers(values: pl.Series) -> pl.Series:
    """Return yes as true and no as false in four languages; null where it is neither."""
    return each_distinct(values, answer, pl.Boolean)


def answer(written: str) -> bool | None:
    """Return what a word says. Only a plain yes is one ("Yes, I agree" is two); a no may go on:
    "No, thank you".

    >>> answer("Այո, համաձայն եմ"), answer("არა"), answer("yes?"), answer("yes, by SMS")
    (True, False, None, None)
    """
    bare = written.replace("\N{VARIATION SELECTOR-16}", "")
    plain = PLAIN_ANSWER.fullmatch(bare) is not None
    if bare in YES or (plain and all(key(part) in YES for part in bare.split(", "))):
        return True
    refused = bare in NO or (plain and (key(bare) in NO or _refuses(bare)))
    return False if refused else None


def _refuses(written: str) -> bool:
    first, comma, _ = written.partition(",")
    return bool(comma) and key(first) in NO


def totals(texts: pl.DataFrame) -> pl.Series:
    """Say of each row whether it sums up the others: its first word is "Total" in one of four
    languages, and there is no address in it.
    """
    firsts = texts.select(pl.coalesce(pl.all()).alias("first"))["first"]
    maybe = firsts.str.contains(_MAY_BE_TOTAL).fill_null(value=False)
    if not maybe.any():
        return maybe
    words = maybe & firsts.is_in(
        [word for word in firsts.filter(maybe).unique() if _is_total(word)]
    )
    people = texts.select(
        pl.any_horizontal(pl.all().str.contains("@", literal=True)).alias("people")
    )
    return words & ~people["people"].fill_null(value=False)


_BEGINNINGS = {r"[\W_]*".join(word[:2]) for word in TOTALS}
_MAY_BE_TOTAL = rf"(?i)^[\W_]*(?:{'|'.join(sorted(_BEGINNINGS))}|[^{_KNOWN}])"
"""The first two letters, or a letter in a form that must be looked at more closely."""


def _is_total(first: str) -> bool:
    return key(first) in TOTALS or key(first.split(" ", maxsplit=1)[0]) in TOTALS

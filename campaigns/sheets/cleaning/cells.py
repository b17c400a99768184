"""Cells into values: texts, addresses, phones, answers. Each distinct text is judged once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import partial
from typing import Any

import polars as pl
from email_validator import EmailNotValidError, validate_email

from campaigns.language.phones import REGIONS, e164
from campaigns.model.language import Language
from campaigns.sheets.understanding.vocabulary import NO, TOTALS, YES, key

# Joiners, direction marks, soft hyphens, byte-order marks: invisible, and make equal texts differ.
INVISIBLE = "[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\u0000-\u0008]"
SPACES = r" *[^\S ]\s*|  +"
"""Runs of blanks and blanks of other kinds; a single plain space, the usual case, is not touched."""
NOTHING = [
    "#N/A",
    "#REF!",
    "#VALUE!",
    "#DIV/0!",
    "#NAME?",
    "#NULL!",
    "#NUM!",
    "NULL",
    "NaN",
    "None",
]
GUARDED = "^'([=+@-])"
"""A text that our error book kept from being a formula; it comes back as it was."""
LONGEST_TEXT = 2_000
PLAIN_ADDRESS = re.compile(
    r"[A-Za-z0-9_%+'-]+(\.[A-Za-z0-9_%+'-]+)*@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+"
    r"(com|net|org|info|am|ge|ru)"
)
"""Addresses that are surely well formed; the library (60 µs each) judges all others."""
LONGEST_ADDRESS = 254
LONGEST_LOCAL_PART = 64
"""RFC 5321, section 4.5.3.1."""
AROUND_ADDRESS = " <>;,'\"«»“”„"
"""What sheets put around an address; an apostrophe before it keeps a cell text."""
PLAIN_ANSWER = re.compile(r"\w[\w\s.,:;!՝՛՜։'’()/-]*")
"""An answer with a question mark, or with a minus or another sign before it, is none."""


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
        .replace([*NOTHING, ""], None)
    )


def whole_number(values: pl.Series) -> pl.Series:
    """Drop the ".0" that spreadsheets and exports add to codes."""
    return values.str.replace(r"^(\d+)\.0+$", "$1")


def each_distinct(
    values: pl.Series, judge: Callable[[str], Any], kind: pl.DataType | type[pl.DataType]
) -> pl.Series:
    """Return ``judge`` of each value, called once for each distinct text; null stays null."""
    distinct = values.drop_nulls().unique()
    judged = pl.Series([judge(value) for value in distinct.to_list()], dtype=kind)
    if distinct.is_empty():
        return pl.Series(values.name, [None] * len(values), dtype=kind)
    return values.replace_strict(distinct, judged, default=None, return_dtype=kind)


def addresses(values: pl.Series) -> pl.Series:
    """Return the addresses that are well formed, null for the others (whether one answers is
    not asked: a wrong answer of the network must not cost a row).
    """
    return each_distinct(values, address, pl.String)


def address(written: str) -> str | None:
    """Return an e-mail address without what sheets add to it, or None when it is malformed.

    Letters of two scripts in one word are refused: with a Cyrillic "а" it is another address.

    >>> address("mailto:Ani@example.com"), address("ani@example")
    ('Ani@example.com', None)
    """
    bare = re.sub("(?i)^mailto:", "", written).strip(AROUND_ADDRESS).rstrip(".")
    bare = re.sub(" ?@ ?", "@", bare)
    if len(bare) > LONGEST_ADDRESS or bare.rfind("@") > LONGEST_LOCAL_PART:
        return None
    if PLAIN_ADDRESS.fullmatch(bare):
        return bare
    if any(map(_is_mixed, re.findall(r"[^\W\d_]+", bare))):
        return None
    try:
        return validate_email(bare, check_deliverability=False).normalized
    except EmailNotValidError:
        return None


def _is_mixed(word: str) -> bool:
    scripts = {unicodedata.name(letter, "").partition(" ")[0] for letter in word}
    return "LATIN" in scripts and len(scripts) > 1


def phones(values: pl.Series, language: Language) -> pl.Series:
    """Return phone numbers in E.164; null where the text is no number of any country.

    Args:
        values: as written, numbers of spreadsheets included.
        language: the shop's, which decides the country of a number without a code.
    """
    home = REGIONS.get(language, "AM")
    return each_distinct(values, partial(e164, home=home), pl.String)


def answers(values: pl.Series) -> pl.Series:
    """Return yes as true and no as false in four languages; null where it is neither."""
    return each_distinct(values, answer, pl.Boolean)


def answer(written: str) -> bool | None:
    """Return what a word says. Only a plain yes is one; a no may go on: "No, thank you".

    >>> answer("Այո"), answer("არა"), answer("yes?")
    (True, False, None)
    """
    bare = written.replace("\N{VARIATION SELECTOR-16}", "")
    plain = PLAIN_ANSWER.fullmatch(bare) is not None
    if bare in YES or (plain and key(bare) in YES):
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
    words = each_distinct(firsts, _is_total, pl.Boolean).fill_null(value=False)
    if not words.any():
        return words
    people = texts.select(
        pl.any_horizontal(pl.all().str.contains("@", literal=True)).alias("people")
    )
    return words & ~people["people"].fill_null(value=False)


def _is_total(first: str) -> bool:
    return key(first) in TOTALS or key(first.split(" ", maxsplit=1)[0]) in TOTALS

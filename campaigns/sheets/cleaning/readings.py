"""Columns of one field read: the value, what is to be told of it, and what is kept as written."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import polars as pl

from campaigns.language.people.gender import gender_of_word
from campaigns.sheets.cleaning.cells import (
    answers,
    each_distinct,
    is_nothing,
    saying,
    where,
    whole_number,
)
from campaigns.sheets.cleaning.moments import read_moments
from campaigns.sheets.understanding.vocabulary import key

UNCLEAR_CONSENT = "consent_unclear"
"""A note: the sheet says neither yes nor no, so nothing is recorded."""
NUMBER_DAMAGED = "number_damaged"
"""A note: a spreadsheet wrote 1.23457E+12, which would be the number of many."""
DATE_UNREADABLE = "date_unreadable"
DAY_FIRST = "date_day_first"
"""A note: 02/03 may be either day; it was read as the region writes, the day first."""
BIRTHDAY_IMPOSSIBLE = "birthday_impossible"
GENDER_UNCLEAR = "gender_unclear"
OTHER_GENDERS = frozenset({"other", "x", "nonbinary", "այլ", "სხვა", "другой", "другое", "иной"})
BIRTH_PIVOT = 20
"""Born in 55 is 1955; nobody younger than a school child is a customer."""
OLDEST = 120
"""Years; a birthday longer ago is a slip or a filler such as 01.01.1900."""
LOST_FIGURES = r"^\d(?:[.,]\d+)?[eE]\+?\d+$"


class Reading(NamedTuple):
    """A column as read. ``note``: the code of a remark on a cell; ``kept``: the text of a cell that
    stays under its heading, because the value does not say all of it.
    """

    value: pl.Series
    note: pl.Series
    kept: pl.Series


def reading(written: pl.Series, value: pl.Series, note: pl.Series) -> Reading:
    """Return a column whose cells are kept as written wherever there is a note on them."""
    return Reading(value, note, where(note.is_not_null(), written))


def read_text(written: pl.Series) -> pl.Series:
    """Return texts; null where one only fills the cell."""
    nothing = each_distinct(written, is_nothing, pl.Boolean).fill_null(value=False)
    return where(~nothing, written)


def read_number(written: pl.Series) -> Reading:
    """Return numbers of customers or cards; what only fills the cell is none."""
    whole = whole_number(written)
    damaged = whole.str.contains(LOST_FIGURES).fill_null(value=False)
    maybe = (~whole.str.contains("[1-9]")).fill_null(value=False)
    nothing = each_distinct(where(maybe, whole), is_nothing, pl.Boolean).fill_null(value=False)
    value = where(~damaged & ~nothing, whole)
    return Reading(value, where(damaged, NUMBER_DAMAGED), where(value.is_null(), saying(written)))


def read_answer(written: pl.Series) -> Reading:
    """Return yes as true and no as false."""
    value = answers(whole_number(written))
    return reading(written, value, where(written.is_not_null() & value.is_null(), UNCLEAR_CONSENT))


def read_moment(written: pl.Series, order: str | None) -> Reading:
    """Return moments; ``order`` of day and month is what a person said, if anything."""
    read = read_moments(written, order=order)
    unread = _unread(written, read.moment)
    note = _first_note({DATE_UNREADABLE: unread, DAY_FIRST: read.is_guessed})
    return Reading(read.moment, note, where(read.moment.is_null(), saying(written)))


def read_birthday(written: pl.Series, order: str | None, today: date | None) -> Reading:
    """Return days of birth; one in the future or longer ago than people live is none."""
    read = read_moments(written, pivot=BIRTH_PIVOT, order=order)
    day, unread = read.moment.dt.date(), _unread(written, read.moment)
    latest = today or date.max
    earliest = date(today.year - OLDEST, 1, 1) if today else date.min
    impossible = ((day > latest) | (day < earliest)).fill_null(value=False)
    note = _first_note(
        {DATE_UNREADABLE: unread, BIRTHDAY_IMPOSSIBLE: impossible, DAY_FIRST: read.is_guessed}
    )
    value = where(~impossible, day)
    return Reading(value, note, where(value.is_null(), saying(written)))


def _first_note(notes: dict[str, pl.Series]) -> pl.Series:
    """Of each row the first note that holds."""
    found = pl.lit(None, pl.String)
    for note, holds in reversed(notes.items()):
        found = pl.when(holds).then(pl.lit(note)).otherwise(found)
    return pl.select(found).to_series()


def read_gender(written: pl.Series, gender: pl.Series) -> Reading:
    """Return the gender that names and columns told; a word that tells none is kept."""
    unclear = each_distinct(written, _is_unclear, pl.Boolean).fill_null(value=False)
    return Reading(gender, where(unclear, GENDER_UNCLEAR), where(gender.is_null(), saying(written)))


def _is_unclear(word: str) -> bool:
    is_told = gender_of_word(word) is not None or key(word) in OTHER_GENDERS
    return not is_told and not is_nothing(word)


def _unread(written: pl.Series, value: pl.Series) -> pl.Series:
    """Which cells say something that was not understood; what only fills a cell says nothing."""
    rest = where(written.is_not_null() & value.is_null(), written)
    return ~each_distinct(rest, is_nothing, pl.Boolean).fill_null(value=True)

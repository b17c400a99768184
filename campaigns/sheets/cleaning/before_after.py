"""What stood in the first rows of a sheet, and what it will be taken for, in words of the reader.

For the preview beside the mapping: pure, quick, and by the same ways that the import goes. More rows
than are shown should be given, as the order of day and month and the decimal sign are decided for
whole columns.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, NamedTuple

import polars as pl

from campaigns.language import formats
from campaigns.language.labels import label
from campaigns.language.phones import international
from campaigns.model.language import Language
from campaigns.model.money import EXPONENTS, Money
from campaigns.sheets.cleaning import cells as clean
from campaigns.sheets.cleaning.addresses import addresses
from campaigns.sheets.cleaning.amounts import currencies, minor_units, numbers
from campaigns.sheets.cleaning.attributes import typed
from campaigns.sheets.cleaning.people import TOTALS_ROW, clean_people
from campaigns.sheets.cleaning.phones import phones
from campaigns.sheets.cleaning.readings import Reading, read_moment, read_number
from campaigns.sheets.understanding.fields import ATTRIBUTE, IGNORED, Mapping, SheetKind
from campaigns.sheets.understanding.recognise import ROW, Table

SHOWN = 10
MONEY = ("amount", "unit_price", "discount")
MOMENTS = ("ordered_at", "happened_at", "suppressed_at", "consent_at")
IDS = ("customer_id", "card_number", "order_id", "product_code", "conversation_id")
NEEDED = {"ordered_at": "bad_date", "amount": "bad_amount"}
"""Without these a row is refused, and why."""
CODED = ("gender", "language")
"""Fields whose values are codes; ``<field>.<code>`` among the labels names them."""
OF_PEOPLE = (SheetKind.CONTACTS, SheetKind.CONSENTS)


class Cell(NamedTuple):
    """What stood in a cell, what it is taken for, and the code of the label of a remark on it."""

    before: str
    after: str
    remark: str | None


class Shop(NamedTuple):
    """What of the shop decides how cells are read."""

    language: Language
    currency: str


def before_after(
    table: Table, mapping: Mapping, reader: Language, shop: Shop, *, today: date, shown: int = SHOWN
) -> list[dict[str, Cell]]:
    """Return of each of the first rows its cells by their headings.

    Args:
        table: the first rows of the sheet, some hundred.
        mapping: what its columns mean, as it is being corrected.
        reader: in whose words dates, sums and answers are told.
        shop: whose region and currency a cell without them means.
        today: nobody is born later.
        shown: how many rows are returned.
    """
    read = _people if mapping.kind in OF_PEOPLE else _fields
    columns, refused = read(table, mapping, shop, today)
    rows = zip(table.rows.head(shown).to_dicts(), range(shown), strict=False)
    return [
        _refused(row, *refused[row[ROW]], table.headings)
        if row[ROW] in refused
        else {name: _cell(row[name], place, columns.get(name), reader) for name in table.headings}
        for row, place in rows
    ]


class _Column(NamedTuple):
    """What a column becomes: its meaning, its values, and the note on each."""

    meaning: str
    values: pl.Series
    notes: pl.Series


_Read = tuple[dict[str, _Column], dict[int, tuple[str, str | None]]]
"""The columns by their headings, and of each refused row why, and the heading at fault."""


def _cell(before: str | None, place: int, column: _Column | None, reader: Language) -> Cell:
    if column is None:
        return Cell(before or "", "", None)
    value, note = column.values[place], column.notes[place]
    after = "" if value is None else _worded(value, column.meaning, reader)
    return Cell(before or "", after, f"note.{note}" if note else None)


def _refused(
    row: dict[str, Any], reason: str, fault: str | None, headings: list[str]
) -> dict[str, Cell]:
    """A row that is not taken in; the reason stands at the cell at fault, else at the first."""
    place = fault or next(name for name in headings if row[name])
    return {
        name: Cell(row[name] or "", "", f"refusal.{reason}" if name == place else None)
        for name in headings
    }


def _worded(value: Any, meaning: str, reader: Language) -> str:
    match value:
        case bool():
            return label("answer.yes" if value else "answer.no", reader)
        case datetime():
            is_day = value.time() == time()
            return formats.date_medium(value, reader) if is_day else formats.moment(value, reader)
        case date():
            return formats.date_medium(value, reader)
        case Money():
            return formats.money(value, reader)
        case float():
            return formats.number(Decimal(str(value)), reader)
    return _shown(value, meaning, reader)


def _shown(text: str, meaning: str, reader: Language) -> str:
    if meaning == "phone":
        return international(text)
    if meaning in CODED:
        return label(f"{meaning}.{text}", reader)
    if meaning == "yes_no" and text in ("yes", "no"):
        return label(f"answer.{text}", reader)
    is_day = meaning == "date" and re.fullmatch(r"\d{4}-\d{2}-\d{2}", text)
    return formats.date_medium(date.fromisoformat(text), reader) if is_day else text


def _people(table: Table, mapping: Mapping, shop: Shop, today: date) -> _Read:
    """The columns of a sheet of people, cleaned as they will be."""
    cleaned = clean_people(table, mapping, shop.language, today=today)
    rows = table.rows.select(ROW)
    frame = rows.join(cleaned.frame, on=ROW, how="left", maintain_order="left")
    remarks = cleaned.remarks.unique([ROW, "heading"], keep="first", maintain_order=True)
    texts = clean.texts(table.rows, table.headings)
    columns = {
        heading: _Column(
            _meaning(mapping, heading),
            typed(texts[heading], mapping).value
            if meaning == ATTRIBUTE
            else _of_person(frame, meaning),
            rows.join(
                remarks.filter(pl.col("heading") == heading),
                on=ROW,
                how="left",
                maintain_order="left",
            )["note"],
        )
        for heading, meaning in mapping.columns.items()
        if meaning != IGNORED
    }
    refused = {
        row: (reason, mapping.heading(field) if field else None)
        for row, reason, field in cleaned.refused.iter_rows()
    }
    return columns, refused


def _meaning(mapping: Mapping, heading: str) -> str:
    """The field of a column, or the type of an attribute."""
    meaning = mapping.columns[heading]
    return mapping.option(heading, "type") or meaning if meaning == ATTRIBUTE else meaning


def _of_person(frame: pl.DataFrame, meaning: str) -> pl.Series:
    if meaning == "full_name":
        names = pl.concat_str("given_name", "family_name", separator=" ", ignore_nulls=True)
        return frame.select(names.alias("name"))["name"].replace("", None)
    return frame[
        {"consent": "offers", "consent_testimonials": "testimonials"}.get(meaning, meaning)
    ]


def _fields(table: Table, mapping: Mapping, shop: Shop, today: date) -> _Read:  # noqa: ARG001
    """The columns of any other sheet, each read for itself."""
    texts = clean.texts(table.rows, table.headings)
    book = table.marks.from_book
    readings = {
        heading: (meaning, _reading(texts, heading, meaning, mapping, shop, from_book=book))
        for heading, meaning in mapping.columns.items()
        if meaning != IGNORED
    }
    columns = {
        heading: _Column(_meaning(mapping, heading), read.value, read.note)
        for heading, (meaning, read) in readings.items()
    }
    refused: dict[int, tuple[str, str | None]] = {}
    for heading, column in columns.items():
        if reason := NEEDED.get(column.meaning):
            missing = column.values.is_null() & ~_is_made_up_for(texts, heading, mapping)
            refused |= dict.fromkeys(table.rows[ROW].filter(missing), (reason, heading))
    totals = table.rows[ROW].filter(clean.totals(texts))
    return columns, refused | dict.fromkeys(totals, (TOTALS_ROW, None))


def _is_made_up_for(texts: pl.DataFrame, heading: str, mapping: Mapping) -> pl.Series:
    """Where an empty amount is told by the price of a piece."""
    price = mapping.heading("unit_price")
    if mapping.columns[heading] != "amount" or price is None:
        return pl.Series([False]).new_from_index(0, texts.height)
    return texts[heading].is_null() & texts[price].is_not_null()


def _reading(
    texts: pl.DataFrame,
    heading: str,
    meaning: str,
    mapping: Mapping,
    shop: Shop,
    *,
    from_book: bool,
) -> Reading:
    written = texts[heading]
    decimal = mapping.option(heading, "decimal")
    if meaning == ATTRIBUTE:
        return typed(written, mapping, from_book=from_book)
    if meaning in MOMENTS:
        return read_moment(written, mapping.option(heading, "dates"))
    if meaning in IDS:
        return read_number(written)
    if meaning in MONEY:
        named = mapping.heading("currency")
        values = minor_units(written, from_book=from_book, decimal=decimal)
        codes = currencies(texts[named] if named else _nothing(written), written, shop.currency)
        return Reading(_sums(values, codes), _nothing(written), written)
    value = _FIELDS.get(meaning, _as_written)(written, shop)
    return Reading(value, _nothing(written), written)


def _sums(minor: pl.Series, currency: pl.Series) -> pl.Series:
    """Amounts of money; in a currency that we do not know, the figure with its word."""
    sums = [
        None if amount is None
        else Money(amount, code) if code in EXPONENTS
        else f"{Decimal(amount).scaleb(-2)} {code}"
        for amount, code in zip(minor, currency, strict=True)
    ]  # fmt: skip
    return pl.Series(sums, dtype=pl.Object)


def _nothing(written: pl.Series) -> pl.Series:
    return pl.Series([None], dtype=pl.String).new_from_index(0, len(written))


def _as_written(written: pl.Series, shop: Shop) -> pl.Series:  # noqa: ARG001
    return written


_FIELDS: dict[str, Callable[[pl.Series, Shop], pl.Series]] = {
    "quantity": lambda written, _: numbers(written),
    "address": lambda written, _: addresses(written),
    "phone": lambda written, shop: phones(clean.whole_number(written), shop.language),
}

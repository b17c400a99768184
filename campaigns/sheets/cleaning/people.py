"""Rows of a sheet of contacts into clean rows, each refused one with its reason.

Column by column: each distinct text is judged once, and what is not taken as it stands is told
(``remarks``) and kept under its heading (``attributes``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import polars as pl

from campaigns.language.people.notes import Note
from campaigns.language.people.scripts import HIDDEN
from campaigns.model.language import Language
from campaigns.sheets.cleaning import cells as clean
from campaigns.sheets.cleaning.addresses import address_keys, read_addresses
from campaigns.sheets.cleaning.attributes import encoded, typed
from campaigns.sheets.cleaning.languages import read_languages
from campaigns.sheets.cleaning.moments import MOMENT, read_moments
from campaigns.sheets.cleaning.names import CELLS, read_names
from campaigns.sheets.cleaning.phones import read_phones
from campaigns.sheets.cleaning.readings import (
    Reading,
    read_answer,
    read_birthday,
    read_gender,
    read_moment,
    read_number,
    read_text,
    reading,
)
from campaigns.sheets.understanding.fields import ATTRIBUTE, IGNORED, Mapping
from campaigns.sheets.understanding.headings import tokens
from campaigns.sheets.understanding.questions import tells_of_refusal
from campaigns.sheets.understanding.recognise import ROW, Table

NO_KEY = "no_key"
BAD_ADDRESS = "bad_address"
TOTALS_ROW = "totals_row"
IDENTITY_CONFLICT = "identity_conflict"
SHORTENED = "text_shortened"
COLUMNS: dict[str, pl.DataType | type[pl.DataType]] = {
    ROW: pl.UInt32, "customer_id": pl.String, "card_number": pl.String, "address": pl.String,
    "address_key": pl.String, "phone": pl.String, "given_name": pl.String, "family_name": pl.String,
    "city": pl.String, "gender": pl.String, "gender_evidence": pl.String,
    "name_is_usable": pl.Boolean, "birthday": pl.Date, "language": pl.String,
    "language_evidence": pl.String, "offers": pl.Boolean, "testimonials": pl.Boolean,
    "consent_source": pl.String, "consent_at": MOMENT, "attributes": pl.String,
}  # fmt: skip
REMARKS = {ROW: pl.UInt32, "heading": pl.String, "note": pl.String}
MOST_SUGGESTIONS = 1_000
KEYS = ("customer_id", "card_number", "address", "phone")
_NAMES = ("full_name", "given_name", "family_name")
"""Where a remark on a name is shown: at the first of these that the sheet has."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that is not taken in: its number, why, and the field at fault."""

    row: int
    reason: str
    field: str | None = None


class Suggestion(NamedTuple):
    """What an address was probably meant as. Never applied by itself."""

    row: int
    field: str
    written: str
    suggestion: str


@dataclass(frozen=True, slots=True)
class CleanPeople:
    """What a sheet of contacts comes to; ``frame`` and ``refused`` together are its rows."""

    texts: pl.DataFrame
    """The cells of the whole sheet, cleaned."""
    frame: pl.DataFrame
    """Columns ``COLUMNS``; null means: the sheet says nothing about it."""
    refused: pl.DataFrame
    """ROW, reason, field; in the order of the sheet."""
    notes: Counter[str]
    """How many rows have each note (``note.<code>`` among the labels)."""
    remarks: pl.DataFrame
    """ROW, heading, note: which cells were not taken as they stand, or are doubtful."""
    suggestions: list[Suggestion]
    """The first ``MOST_SUGGESTIONS`` addresses whose domain looks like a slip."""


class _Cells(NamedTuple):
    """A sheet's cleaned texts, and what its columns mean."""

    texts: pl.DataFrame
    mapping: Mapping

    def of(self, field: str) -> pl.Series:
        """The column of a field; empty where the sheet has none."""
        heading = self.mapping.heading(field)
        if heading is None:
            return pl.Series(field, [None], dtype=pl.String).new_from_index(0, self.texts.height)
        return self.texts[heading].alias(field)


def clean_people(
    table: Table, mapping: Mapping, language: Language, *, today: date | None = None
) -> CleanPeople:
    """Return the clean rows of a sheet of contacts, the refused ones, and what is odd in them.

    Args:
        table: the sheet.
        mapping: what its columns mean.
        language: the shop's, for a contact about whom nothing tells the language.
        today: nobody is born later; None: that is not asked.
    """
    texts = table.rows.select(ROW).hstack(clean.texts(table.rows, table.headings))
    cells = _Cells(texts, mapping)
    keys, suggested = _read_keys(cells, language)
    reasons = _reasons(cells, keys)
    good = reasons["reason"].is_null()
    as_written = [(name, note.filter(good)) for name, note in _notes_as_written(table, mapping)]
    if not good.all():
        cells, suggested = _Cells(cells.texts.filter(good), mapping), suggested.filter(good)
        keys = {name: Reading(*(each.filter(good) for each in read)) for name, read in keys.items()}
    names = read_names(pl.DataFrame([cells.of(name) for name in CELLS]))
    readings = keys | _read_facts(cells, names, keys, language, today)
    attributes = {
        heading: typed(cells.texts[heading], mapping, from_book=table.marks.from_book)
        for heading in mapping.headings(ATTRIBUTE)
    }
    remarks = _remarks(cells, as_written, readings, attributes, names)
    return CleanPeople(
        texts, _frame(cells, readings, names, _attributes(cells, readings, attributes, names)),
        reasons.filter(~good), Counter(dict(_counts(remarks).iter_rows())), remarks,
        _suggestions(cells, suggested),
    )  # fmt: skip


def _read_keys(cells: _Cells, language: Language) -> tuple[dict[str, Reading], pl.Series]:
    """What tells who a row is about; and for each row the address that was probably meant."""
    found = read_addresses(cells.of("address"))
    phone = read_phones(clean.whole_number(cells.of("phone")), language)
    keys = {
        "customer_id": read_number(cells.of("customer_id")),
        "card_number": read_number(cells.of("card_number")),
        "address": Reading(
            found["address"], found["note"], clean.where(found["is_kept"], cells.of("address"))
        ),
        "phone": Reading(phone["phone"], phone["note"], _kept_phone(cells.of("phone"), phone)),
    }
    return keys, found["suggestion"]


def _kept_phone(written: pl.Series, phone: pl.DataFrame) -> pl.Series:
    return clean.where(
        phone["phone"].is_null() | phone["note"].is_not_null(), clean.saying(written)
    )


def _reasons(cells: _Cells, keys: dict[str, Reading]) -> pl.DataFrame:
    """Why each row is refused, null where it is not; and the field at fault."""
    address = keys["address"]
    frame = pl.DataFrame(
        {
            ROW: cells.texts[ROW],
            "total": clean.totals(cells.texts.drop(ROW)),
            "malformed": cells.of("address").is_not_null()
            & address.value.is_null()
            & address.note.is_null(),
            **{name: keys[name].value for name in KEYS},
        }
    )
    reason = (
        pl.when("total").then(pl.lit(TOTALS_ROW))
        .when("malformed").then(pl.lit(BAD_ADDRESS))
        .when(pl.all_horizontal(pl.col(KEYS).is_null())).then(pl.lit(NO_KEY))
    )  # fmt: skip
    field = pl.when(pl.col("reason") == BAD_ADDRESS).then(pl.lit("address"))
    return frame.select(ROW, reason=reason).with_columns(field=field)


def _read_facts(
    cells: _Cells,
    names: pl.DataFrame,
    keys: dict[str, Reading],
    language: Language,
    today: date | None,
) -> dict[str, Reading]:
    people = names.with_columns(phone=keys["phone"].value, address=keys["address"].value)
    spoken = read_languages(people, cells.of("language"), language)
    return {
        "birthday": read_birthday(
            cells.of("birthday"), cells.mapping.said("birthday", "dates"), today
        ),
        "consent": _unless_refused(cells),
        "consent_testimonials": read_answer(cells.of("consent_testimonials")),
        "consent_at": read_moment(
            cells.of("consent_at"), cells.mapping.said("consent_at", "dates")
        ),
        "gender": read_gender(cells.of("gender"), names["gender"]),
        "language": reading(cells.of("language"), spoken["language"], spoken["note"]),
        "language_evidence": reading(
            cells.of("language"), spoken["language_evidence"], spoken["note"]
        ),
    }


def _unless_refused(cells: _Cells) -> Reading:
    """The answers about letters; no where another column of the row says that they are refused
    ("Unsubscribed": yes, or a date): one yes must not outweigh that.
    """
    read = read_answer(cells.of("consent"))
    given = read.value
    for heading in cells.mapping.columns:
        if heading != cells.mapping.heading("consent") and tells_of_refusal(tokens(heading)):
            written = cells.texts[heading]
            told = clean.answers(clean.whole_number(written))
            dated = told.is_null() & read_moments(written).moment.is_not_null()
            refused = told.fill_null(value=False) | dated
            given = pl.Series([False]).new_from_index(0, len(given)).zip_with(refused, given)
    return read._replace(value=given.rename(read.value.name))


def _frame(
    cells: _Cells, readings: dict[str, Reading], names: pl.DataFrame, attributes: pl.Series
) -> pl.DataFrame:
    found = {name: read.value for name, read in readings.items()}
    found |= {"offers": found["consent"], "testimonials": found["consent_testimonials"]}
    found |= {name: read_text(cells.of(name)) for name in ("city", "consent_source")}
    told = {name: names[name] for name in names.columns}
    everything = {ROW: cells.texts[ROW], "attributes": attributes, **told, **found}
    everything["address_key"] = address_keys(found["address"])
    return pl.DataFrame({name: everything[name] for name in COLUMNS}, COLUMNS)


def _attributes(
    cells: _Cells, readings: dict[str, Reading], attributes: dict[str, Reading], names: pl.DataFrame
) -> pl.Series:
    """The attributes of each row as JSON, with every cell of which something is kept nowhere else."""
    kept = []
    for heading, meaning in cells.mapping.columns.items():
        if meaning == ATTRIBUTE:
            kept.append(attributes[heading].value)
        elif meaning in _NAMES:
            kept.append(clean.where(names["is_kept"], cells.texts[heading]).alias(heading))
        elif meaning in readings:
            kept.append(readings[meaning].kept.alias(heading))
    return encoded([each for each in kept if each.null_count() < len(each)], cells.texts.height)


def _remarks(
    cells: _Cells,
    as_written: list[tuple[str, pl.Series]],
    readings: dict[str, Reading],
    attributes: dict[str, Reading],
    names: pl.DataFrame,
) -> pl.DataFrame:
    numbers = cells.texts[ROW]
    notes = [(heading, read.note) for heading, read in attributes.items()]
    notes += [
        (heading, readings[meaning].note)
        for heading, meaning in cells.mapping.columns.items()
        if meaning in readings
    ]
    notes += as_written
    named = _named(cells.mapping)
    told = [
        _remark(numbers, heading, note) for heading, note in notes if note.null_count() < len(note)
    ]
    if named:
        read = pl.DataFrame({ROW: numbers, "note": names["notes"]}).filter(
            pl.col("note").list.len() > 0
        )
        exploded = read.explode("note")
        told.append(_remark(exploded[ROW], named[0], exploded["note"]))
    return pl.concat([pl.DataFrame(schema=REMARKS), *told])


def _remark(numbers: pl.Series, heading: str, note: pl.Series) -> pl.DataFrame:
    there = note.is_not_null()
    return pl.DataFrame(
        {ROW: numbers.filter(there), "heading": heading, "note": note.filter(there)}, REMARKS
    )


def _named(mapping: Mapping) -> list[str]:
    return [name for meaning in _NAMES if (name := mapping.heading(meaning))]


def _notes_as_written(table: Table, mapping: Mapping) -> Iterator[tuple[str, pl.Series]]:
    """What is odd about cells as they stand in the sheet, before they are cleaned."""
    for name, meaning in mapping.columns.items():
        if meaning != IGNORED and _may_be_long(table.rows[name]):
            yield name, _shortened(table.rows[name])
    for name in _named(mapping):
        yield name, _hidden(table.rows[name])


def _may_be_long(written: pl.Series) -> bool:
    """No text has more characters than bytes, which are counted already."""
    return bool((written.str.len_bytes() > clean.LONGEST_TEXT).any())


def _shortened(written: pl.Series) -> pl.Series:
    return clean.where(written.str.len_chars() > clean.LONGEST_TEXT, SHORTENED)


def _hidden(written: pl.Series) -> pl.Series:
    """Names with characters in them that cannot be seen; the cleaning takes them out."""
    return clean.where(written.str.contains(HIDDEN.pattern), Note.INVISIBLE.value)


def _counts(remarks: pl.DataFrame) -> pl.DataFrame:
    """How many rows have each note; a row with the same in two cells counts once."""
    return remarks.unique([ROW, "note"]).group_by("note").len()


def _suggestions(cells: _Cells, suggested: pl.Series) -> list[Suggestion]:
    found = pl.DataFrame([cells.texts[ROW], cells.of("address"), suggested.alias("suggestion")])
    first = found.filter(suggested.is_not_null()).head(MOST_SUGGESTIONS)
    return [Suggestion(row, "address", written, meant) for row, written, meant in first.iter_rows()]

"""Rows of a sheet of contacts into clean rows, each refused one with its reason.

Column by column: each distinct text is judged once, and what is not taken as it stands is told
(``remarks``) and kept under its heading (``attributes``).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

import polars as pl

from campaigns.language.detect import detect_language
from campaigns.language.people import person as names
from campaigns.language.people.notes import LEFT_OUT, Note
from campaigns.language.people.scripts import HIDDEN
from campaigns.model.language import Language
from campaigns.sheets.cleaning import cells as clean
from campaigns.sheets.cleaning.addresses import address_keys, addresses, read_addresses
from campaigns.sheets.cleaning.attributes import encoded, typed
from campaigns.sheets.cleaning.languages import read_languages
from campaigns.sheets.cleaning.moments import MOMENT, moments
from campaigns.sheets.cleaning.names import CELLS, read_names
from campaigns.sheets.cleaning.phones import phones as phones_of
from campaigns.sheets.cleaning.phones import read_phones
from campaigns.sheets.cleaning.readings import (
    BIRTH_PIVOT,
    UNCLEAR_CONSENT,
    Reading,
    read_answer,
    read_birthday,
    read_gender,
    read_moment,
    read_number,
    reading,
)
from campaigns.sheets.understanding.fields import ATTRIBUTE, IGNORED, Mapping
from campaigns.sheets.understanding.recognise import ROW, Table
from campaigns.store.suppressions import address_key

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


class Suggestion(NamedTuple):
    """What an address was probably meant as. Never applied by itself."""

    row: int
    field: str
    written: str
    suggestion: str


@dataclass(frozen=True, slots=True)
class CleanPeople:
    """What a sheet of contacts comes to; ``frame`` and ``refused`` together are its rows."""

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

    def said(self, field: str, option: str) -> str | None:
        """What a person said of how a field's column is to be read."""
        return self.mapping.option(self.mapping.heading(field) or "", option)


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
    cells = _Cells(table.rows.select(ROW).hstack(clean.texts(table.rows, table.headings)), mapping)
    keys, suggested = _read_keys(cells, language)
    reasons = _reasons(cells, keys)
    good = reasons["reason"].is_null()
    rows = table.rows
    if not good.all():
        cells, rows, suggested = (
            _Cells(cells.texts.filter(good), mapping),
            rows.filter(good),
            suggested.filter(good),
        )
        keys = {name: Reading(*(each.filter(good) for each in read)) for name, read in keys.items()}
    names = read_names(pl.DataFrame([cells.of(name) for name in CELLS]))
    readings = keys | _read_facts(cells, names, keys, language, today)
    attributes = {
        heading: typed(cells.texts[heading], mapping, from_book=table.marks.from_book)
        for heading in mapping.headings(ATTRIBUTE)
    }
    remarks = _remarks(cells, rows, readings, attributes, names)
    return CleanPeople(
        _frame(cells, readings, names, _attributes(cells, readings, attributes, names)),
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
        "phone": reading(cells.of("phone"), phone["phone"], phone["note"]),
    }
    return keys, found["suggestion"]


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
        "birthday": read_birthday(cells.of("birthday"), cells.said("birthday", "dates"), today),
        "consent": read_answer(cells.of("consent")),
        "consent_testimonials": read_answer(cells.of("consent_testimonials")),
        "consent_at": read_moment(cells.of("consent_at"), cells.said("consent_at", "dates")),
        "gender": read_gender(cells.of("gender"), names["gender"]),
        "language": reading(cells.of("language"), spoken["language"], spoken["note"]),
        "language_evidence": reading(
            cells.of("language"), spoken["language_evidence"], spoken["note"]
        ),
    }


def _frame(
    cells: _Cells, readings: dict[str, Reading], names: pl.DataFrame, attributes: pl.Series
) -> pl.DataFrame:
    found = {name: read.value for name, read in readings.items()}
    found |= {"offers": found["consent"], "testimonials": found["consent_testimonials"]}
    found |= {name: cells.of(name) for name in ("city", "consent_source")}
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
    rows: pl.DataFrame,
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
    notes += [
        (name, _shortened(rows[name]))
        for name, meaning in cells.mapping.columns.items()
        if meaning != IGNORED
    ]
    named = [name for meaning in _NAMES if (name := cells.mapping.heading(meaning))]
    notes += [(name, _hidden(rows[name])) for name in named]
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


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that is not taken in: its number, why, and the field at fault."""

    row: int
    reason: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """One clean row of a sheet of contacts. None means: the sheet says nothing about it.

    A name that is not usable stands as written, for a person to look at.
    """

    row: int
    customer_id: str | None = None
    address: str | None = None
    address_key: str | None = None
    phone: str | None = None
    given_name: str | None = None
    family_name: str | None = None
    city: str | None = None
    gender: str | None = None
    gender_evidence: str | None = None
    name_is_usable: bool = False
    birthday: date | None = None
    language: str = "en"
    language_evidence: str = "default"
    offers: bool | None = None
    testimonials: bool | None = None
    consent_source: str | None = None
    consent_at: datetime | None = None
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class People:
    """What a sheet of contacts comes to."""

    rows: list[Person]
    refused: list[Refused]
    notes: Counter[str] = field(default_factory=Counter)


def people(table: Table, mapping: Mapping, language: Language) -> People:
    """Return the clean rows and the refused ones; together they are the rows of the table.

    Args:
        table: the sheet.
        mapping: what its columns mean.
        language: the shop's, for a contact about whom nothing tells the language.
    """
    texts = table.rows.select(ROW, *(clean.text(name) for name in table.headings))
    columns = _columns(texts, mapping, language)
    kept: list[Person] = []
    refused: list[Refused] = []
    notes: Counter[str] = Counter()
    attributes = mapping.headings(ATTRIBUTE)
    cells = texts.select(table.headings)
    places = [(name, cells.get_column_index(name)) for name in attributes]
    for values, row in zip(columns.iter_rows(named=True), cells.iter_rows(), strict=True):
        reason = _problem(values)
        if reason is not None:
            refused.append(reason)
            continue
        extra = {name: text for name, place in places if (text := row[place])}
        notes[UNCLEAR_CONSENT] += _unclear(values)
        name = names.read_person(
            *(values[cell] for cell in _NAMES), gender=values["gender written"]
        )
        notes.update(name.notes)
        values["gender"] = name.gender
        extra |= _unreadable(values, mapping) | _as_named(values, name, mapping)
        kept.append(_person(values, name, extra, language))
    notes[Note.INVISIBLE] += _hidden_names(table, mapping)
    return People(kept, refused, +notes)


def _hidden_names(table: Table, mapping: Mapping) -> int:
    """How many names have characters in them that cannot be seen; the cleaning takes them out."""
    found = [name for cell in _NAMES if (name := mapping.heading(cell))]
    return sum(
        table.rows.filter(pl.col(name).str.contains(HIDDEN.pattern)).height for name in found
    )


def _columns(texts: pl.DataFrame, mapping: Mapping, language: Language) -> pl.DataFrame:
    """The mapped columns, cleaned; what was written stands beside what may be unreadable."""
    raw = {name: _column(texts, mapping, name) for name in _FIELDS}
    phones = clean.whole_number(raw["phone"])
    return pl.DataFrame(
        {
            ROW: texts[ROW],
            "total": clean.totals(texts.drop(ROW)),
            "customer_id": clean.whole_number(raw["customer_id"]),
            "address": addresses(raw["address"]),
            "phone": phones_of(phones, language),
            "birthday": moments(raw["birthday"], pivot=BIRTH_PIVOT).dt.date(),
            "consent": clean.answers(clean.whole_number(raw["consent"])),
            "consent_testimonials": clean.answers(clean.whole_number(raw["consent_testimonials"])),
            "consent_at": moments(raw["consent_at"]),
            **{f"{name} written": raw[name] for name in ("address", *_READ)},
            **{name: raw[name] for name in _AS_WRITTEN},
        }
    )


_AS_WRITTEN = ("given_name", "family_name", "full_name", "language", "city", "consent_source")
_READ = ("phone", "birthday", "gender", "consent", "consent_testimonials", "consent_at")
_FIELDS = (
    *_AS_WRITTEN, "customer_id", "address", "phone", "birthday", "gender", "consent",
    "consent_testimonials", "consent_at",
)  # fmt: skip


def _column(texts: pl.DataFrame, mapping: Mapping, name: str) -> pl.Series:
    heading = mapping.heading(name)
    if heading is None:
        return pl.Series(name, [None] * texts.height, dtype=pl.String)
    return texts[heading].rename(name)


def _problem(values: dict[str, Any]) -> Refused | None:
    number = values[ROW]
    if values["total"]:
        return Refused(number, TOTALS_ROW)
    if values["address written"] and not values["address"]:
        return Refused(number, BAD_ADDRESS, "address")
    if not (values["address"] or values["customer_id"] or values["phone"]):
        return Refused(number, NO_KEY)
    return None


def _unreadable(values: dict[str, Any], mapping: Mapping) -> dict[str, str]:
    """Keep what we could not read under its heading: nothing of the sheet is lost."""
    return {
        str(mapping.heading(name)): values[f"{name} written"]
        for name in _READ
        if values[f"{name} written"] and values[name] is None
    }


def _unclear(values: dict[str, Any]) -> bool:
    return any(
        values[f"{name} written"] and values[name] is None
        for name in ("consent", "consent_testimonials")
    )


def _as_named(values: dict[str, Any], name: names.Person, mapping: Mapping) -> dict[str, str]:
    """Keep the cells of a name of which something is not stored: a title, a father's name."""
    if not name.usable or LEFT_OUT.isdisjoint(name.notes):
        return {}
    return {str(mapping.heading(cell)): values[cell] for cell in _NAMES if values[cell]}


def _person(
    values: dict[str, Any], name: names.Person, attributes: dict[str, str], default: Language
) -> Person:
    language, evidence = detect_language(
        choice=values["language"], name=" ".join(filter(None, (name.given, name.family))) or None,
        phone=values["phone"], address=values["address"], default=default,
    )  # fmt: skip
    return Person(
        row=values[ROW], given_name=name.given, family_name=name.family, language=language,
        language_evidence=evidence, attributes=attributes, gender=name.gender,
        gender_evidence=name.gender_evidence, name_is_usable=name.usable,
        address_key=address_key(values["address"]) if values["address"] else None,
        offers=values["consent"], testimonials=values["consent_testimonials"],
        **{name: values[name] for name in _STORED},
    )  # fmt: skip


_STORED = (
    "customer_id", "address", "phone", "city", "birthday", "consent_source",
    "consent_at",
)  # fmt: skip

"""Rows of a sheet of contacts into clean rows, each refused one with its reason."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import polars as pl

from campaigns.language.detect import detect_language
from campaigns.language.people import person as names
from campaigns.language.people.notes import LEFT_OUT, Note
from campaigns.language.people.scripts import HIDDEN
from campaigns.model.language import Language
from campaigns.sheets.cleaning import cells as clean
from campaigns.sheets.cleaning.moments import moments
from campaigns.sheets.understanding.fields import ATTRIBUTE, Mapping
from campaigns.sheets.understanding.recognise import ROW, Table
from campaigns.store.suppressions import address_key

NO_KEY = "no_key"
BAD_ADDRESS = "bad_address"
TOTALS_ROW = "totals_row"
IDENTITY_CONFLICT = "identity_conflict"
UNCLEAR_CONSENT = "consent_unclear"
"""A note: the sheet says neither yes nor no, so nothing is recorded."""
BIRTH_PIVOT = 20
"""Born in 55 is 1955; nobody younger than a school child is a customer."""


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
    notes[Note.INVISIBLE] += _hidden(table, mapping)
    return People(kept, refused, +notes)


def _hidden(table: Table, mapping: Mapping) -> int:
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
            "address": clean.addresses(raw["address"]),
            "phone": clean.phones(phones, language),
            "birthday": moments(raw["birthday"], pivot=BIRTH_PIVOT).dt.date(),
            "consent": clean.answers(clean.whole_number(raw["consent"])),
            "consent_testimonials": clean.answers(clean.whole_number(raw["consent_testimonials"])),
            "consent_at": moments(raw["consent_at"]),
            **{f"{name} written": raw[name] for name in ("address", *_READ)},
            **{name: raw[name] for name in _AS_WRITTEN},
        }
    )


_AS_WRITTEN = ("given_name", "family_name", "full_name", "language", "city", "consent_source")
_NAMES = ("full_name", "given_name", "family_name")
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

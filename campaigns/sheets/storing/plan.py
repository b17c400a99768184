"""What a sheet of contacts comes to: who is new, what changes, which answers are written down.

Values in, values out: the same plan is carried out when the sheet is stored and shown when a person
only wants to know. Contacts are named by ``contact``: their id, or minus the row that makes them.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from typing import Any

import polars as pl

from campaigns.model.permission import Purpose
from campaigns.sheets.storing import newest
from campaigns.sheets.storing.joining import CONTACT, VERDICT, Verdict, judge
from campaigns.sheets.storing.merge import (
    KEYS,
    NOT_RESTORED,
    VALUES,
    Answer,
    Conflict,
    Contact,
    Person,
    merge,
)
from campaigns.sheets.understanding.recognise import ROW

PURPOSES = {"offers": Purpose.OFFERS, "testimonials": Purpose.TESTIMONIALS}
"""Column of a clean row → what the person was asked."""
DATA: dict[str, pl.DataType | type[pl.DataType]] = {
    **dict.fromkeys(VALUES, pl.String),
    "birthday": pl.Date,
}
KNOWN = {"id": pl.Int64, **DATA, **{f"said {name}": pl.Boolean for name in PURPOSES}}
"""A stored contact: what is known, and whether its consents in force are a yes or a no."""
ANSWERS = {
    CONTACT: pl.Int64, ROW: pl.Int64, "purpose": pl.String, "given": pl.Boolean,
    "language": pl.String, "source": pl.String, "at": pl.Datetime("us", "UTC"),
}  # fmt: skip
SOURCES = {CONTACT: pl.Int64, ROW: pl.Int64}
REPLACED = {"key": pl.String, CONTACT: pl.Int64, ROW: pl.Int64}
SAME_PERSON = "possible_duplicate"
"""A note: a contact has the name and phone of another one, but another address or number."""
SHARED_CARD = "shared_card"
"""A note: a contact has the card of another one."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be written of a sheet of contacts. Every frame is in the order of the rows."""

    new: pl.DataFrame
    """``contact`` and what is known of it."""
    changed: pl.DataFrame
    """The same of known contacts, of those of whom something is news."""
    before: pl.DataFrame
    """The changed ones as they are."""
    sources: pl.DataFrame
    """Which row told of which contact."""
    answers: pl.DataFrame
    replaced: pl.DataFrame
    """Addresses that another one took the place of."""
    conflicts: list[Conflict]
    notes: Counter[str] = field(default_factory=Counter)


def plan(people: pl.DataFrame, known: pl.DataFrame, former: pl.DataFrame) -> Plan:
    """Return what the clean rows come to, given the contacts that they may be about.

    Args:
        people: clean rows, as ``cleaning.people`` makes them.
        known: contacts, in the columns of ``KNOWN``.
        former: ``key`` and ``contact``: the addresses that contacts had before.
    """
    judged = judge(people, known, former)
    alone = _those(judged, pl.col(VERDICT).is_in([Verdict.NEW, Verdict.KNOWN]))
    columns = _by_columns(alone, known)
    rest = judged.filter(pl.col(VERDICT) == Verdict.ENTANGLED)
    plain = by_rows(rest, _about(rest, known, former), former)
    refused = judged.filter(pl.col(VERDICT) == Verdict.CONFLICT).select(ROW, CONTACT)
    conflicts = [Conflict(row, (other,)) for row, other in refused.iter_rows()]
    both = _together(columns, plain, conflicts)
    return _with_remarks(both, known)


def by_rows(people: pl.DataFrame, known: pl.DataFrame, former: pl.DataFrame) -> Plan:
    """Return the same plan by the plain way, row by row."""
    contacts = _contacts(known, former)
    as_they_were = {each.ref: dict(each.values) for each in contacts}
    merged = merge(_persons(people), contacts)
    changed = [each for each in contacts if each.values != as_they_were[each.ref]]
    was = known.filter(pl.col("id").is_in([each.ref for each in changed]))
    return Plan(
        new=_framed(merged.new), changed=_framed(changed),
        before=was.select(pl.col("id").alias(CONTACT), *VALUES),
        sources=_frame([(each.ref, row) for each, row in merged.sources], SOURCES),
        answers=_frame([_answered(each) for each in merged.answers], ANSWERS),
        replaced=_frame([(key, each.ref, row) for key, each, row in merged.replaced], REPLACED),
        conflicts=merged.conflicts, notes=merged.notes,
    )  # fmt: skip


def _those(rows: pl.DataFrame, wanted: pl.Expr) -> pl.DataFrame:
    """The rows of which it holds; mostly that is all of them, which need not be copied."""
    chosen = rows.select(wanted).to_series()
    return rows if chosen.all() else rows.filter(chosen)


def _about(rows: pl.DataFrame, known: pl.DataFrame, former: pl.DataFrame) -> pl.DataFrame:
    """The contacts that rows share a key with."""
    if rows.is_empty():
        return known.clear()
    shared = (pl.col(key).is_in(rows[key].drop_nulls().implode()) for key in KEYS)
    before = former.filter(pl.col("key").is_in(rows["address_key"].drop_nulls().implode()))
    return known.filter(pl.any_horizontal(*shared, pl.col("id").is_in(before[CONTACT].implode())))


def _persons(people: pl.DataFrame) -> Iterator[Person]:
    for row in people.select(ROW, *_PERSON).iter_rows(named=True):
        attributes = json.loads(row.pop("attributes") or "{}")
        yield Person(row.pop(ROW), **row, attributes=attributes)


_PERSON = [each.name for each in fields(Person) if each.name != "row"]


def _contacts(known: pl.DataFrame, former: pl.DataFrame) -> list[Contact]:
    before = dict(former.group_by(CONTACT).agg("key").iter_rows())
    return [
        Contact(
            row["id"],
            {**{name: row[name] for name in VALUES}, "attributes": json.loads(row["attributes"])},
            {
                of: said
                for name, of in PURPOSES.items()
                if (said := row[f"said {name}"]) is not None
            },
            before.get(row["id"], []),
        )
        for row in known.sort("id").iter_rows(named=True)
    ]


def _framed(contacts: list[Contact]) -> pl.DataFrame:
    rows = [
        {CONTACT: each.ref, **each.values, "attributes": written(each.values["attributes"])}
        for each in contacts
    ]
    return pl.DataFrame(rows, {CONTACT: pl.Int64, **DATA})


def written(attributes: dict[str, Any]) -> str:
    """Return attributes as the text that is stored."""
    return json.dumps(attributes, ensure_ascii=False)


def _answered(answer: Answer) -> tuple[Any, ...]:
    language = answer.contact.values["language"]
    return (answer.contact.ref, answer.row, answer.purpose, answer.given, language, answer.source,
            answer.at)  # fmt: skip


def _frame(rows: list[tuple[Any, ...]], schema: dict[str, Any]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema, orient="row")


def _by_columns(rows: pl.DataFrame, known: pl.DataFrame) -> Plan:
    """The plan of rows of which each tells of a contact of its own."""
    theirs = known.rename({name: f"their {name}" for name in VALUES} | {"id": CONTACT})
    told = rows.join(theirs, on=CONTACT, how="left", maintain_order="left")
    is_new = pl.col(VERDICT) == Verdict.NEW
    final = told.with_columns(newest.news_of_attributes(told)).with_columns(
        pl.when(is_new).then(pl.col(name)).otherwise(newest.value(name)).alias(f"final {name}")
        for name in VALUES
    )
    finals = [pl.col(f"final {name}").alias(name) for name in VALUES]
    changed = final.filter(~is_new & newest.differs())
    return Plan(
        new=_those(final, is_new).select(CONTACT, *finals).with_columns(
            pl.col("attributes").fill_null("{}")
        ),
        changed=changed.select(CONTACT, *finals),
        before=changed.select(CONTACT, *(pl.col(f"their {name}").alias(name) for name in VALUES)),
        sources=told.select(CONTACT, pl.col(ROW).cast(pl.Int64)),
        answers=pl.concat(_answers(final, name) for name in PURPOSES),
        replaced=_replaced(changed), conflicts=[], notes=_notes(final),
    )  # fmt: skip


def _answers(final: pl.DataFrame, name: str) -> pl.DataFrame:
    """What is news: an answer that is in force already is none, a yes after a no is not believed."""
    given, said = pl.col(name), pl.col(f"said {name}")
    news = given.is_not_null() & given.ne_missing(said) & ~_restores(name)
    return final.filter(news).select(
        CONTACT, pl.col(ROW).cast(pl.Int64), pl.lit(PURPOSES[name].value).alias("purpose"),
        given.alias("given"), pl.col("final language").alias("language"),
        pl.col("consent_source").alias("source"), pl.col("consent_at").alias("at"),
    )  # fmt: skip


def _restores(name: str) -> pl.Expr:
    return pl.col(name).fill_null(value=False) & ~pl.col(f"said {name}").fill_null(value=True)


def _notes(final: pl.DataFrame) -> Counter[str]:
    counts = final.select(_restores(name).sum().alias(name) for name in PURPOSES)
    return +Counter({NOT_RESTORED: sum(counts.row(0))})


def _replaced(changed: pl.DataFrame) -> pl.DataFrame:
    was, now = pl.col("their address_key"), pl.col("final address_key")
    return changed.filter(was.is_not_null() & was.ne_missing(now)).select(
        was.alias("key"), CONTACT, pl.col(ROW).cast(pl.Int64)
    )


def _together(one: Plan, other: Plan, conflicts: list[Conflict]) -> Plan:
    return Plan(
        new=one.new
        if other.new.is_empty()
        else pl.concat([one.new, other.new]).sort(CONTACT, descending=True),
        changed=pl.concat([one.changed, other.changed]).sort(CONTACT),
        before=pl.concat([one.before, other.before]).sort(CONTACT),
        sources=pl.concat([one.sources, other.sources]).sort(ROW),
        answers=pl.concat([one.answers, other.answers]).sort(ROW, "purpose"),
        replaced=pl.concat([one.replaced, other.replaced]).sort(ROW),
        conflicts=sorted([*other.conflicts, *conflicts], key=lambda each: each.row),
        notes=one.notes + other.notes,
    )


def remarks(new: pl.DataFrame, known: pl.DataFrame) -> Counter[str]:
    """Count the new contacts that may be one with another, but were not joined."""
    names = [CONTACT, "card_number", "phone", "given_name", "family_name"]
    everybody = pl.concat([new.select(names), known.select(names)])
    is_new = pl.col(CONTACT) < 0
    cards = everybody.filter(
        pl.col("card_number").is_not_null() & pl.col("card_number").is_duplicated()
    )
    named = everybody.filter(
        pl.col("phone").is_duplicated() & pl.col("phone").is_not_null()
    ).select(CONTACT, "phone", pl.col("given_name", "family_name").str.to_lowercase())
    alike = pl.struct("phone", "given_name", "family_name").is_duplicated()
    named = named.filter(alike & pl.col("given_name").is_not_null())
    found = {SHARED_CARD: cards.filter(is_new).height, SAME_PERSON: named.filter(is_new).height}
    return +Counter(found)


def _with_remarks(found: Plan, known: pl.DataFrame) -> Plan:
    stay = known.rename({"id": CONTACT}).join(found.changed, on=CONTACT, how="anti")
    names = found.changed.columns
    notes = remarks(found.new, pl.concat([stay.select(names), found.changed]))
    return replace(found, notes=found.notes + notes)

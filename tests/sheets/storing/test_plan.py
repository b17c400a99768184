"""The plan by columns against the plain way, which is the rule."""

import json
from datetime import UTC, date, datetime

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.sheets.storing.joining import judge
from campaigns.sheets.storing.merge import VALUES
from campaigns.sheets.storing.plan import KNOWN, PURPOSES, by_rows, plan
from campaigns.sheets.understanding.recognise import ROW

PEOPLE = {
    ROW: pl.Int64, "customer_id": pl.String, "card_number": pl.String, "address": pl.String,
    "address_key": pl.String, "phone": pl.String, "given_name": pl.String,
    "family_name": pl.String, "city": pl.String, "gender": pl.String,
    "gender_evidence": pl.String, "name_is_usable": pl.Boolean, "birthday": pl.Date,
    "language": pl.String, "language_evidence": pl.String, "offers": pl.Boolean,
    "testimonials": pl.Boolean, "consent_source": pl.String,
    "consent_at": pl.Datetime("us", "UTC"), "attributes": pl.String,
}  # fmt: skip
FORMER = {"key": pl.String, "contact": pl.Int64}


def people(*rows):
    base = {"name_is_usable": True, "language": "hy", "language_evidence": "default"}
    return pl.DataFrame(
        [{ROW: place, **base, **row} for place, row in enumerate(rows, 2)], PEOPLE, orient="row"
    )


def known(*rows):
    base = {"language": "hy", "language_evidence": "default", "attributes": "{}"}
    return pl.DataFrame([{**base, **row} for row in rows], KNOWN, orient="row")


def former(**addresses):
    return pl.DataFrame(list(addresses.items()), FORMER, orient="row")


def shown(found):
    """A plan in a form that two of them can be compared in."""

    def frame(rows):
        values = rows.to_dicts()
        return [
            {**row, "attributes": json.loads(row["attributes"])} if "attributes" in row else row
            for row in values
        ]

    notes = {name: n for name, n in found.notes.items() if name == "consent_not_restored"}
    frames = ("new", "changed", "before", "sources", "answers", "replaced")
    return {name: frame(getattr(found, name)) for name in frames} | {
        "conflicts": found.conflicts, "notes": notes,
    }  # fmt: skip


def _pick(*values):
    return st.sampled_from([None, *values])


def _spread(values, alone):
    """Mostly keys of one's own, at times shared ones."""
    return st.one_of(_pick(*values), st.integers(10, 60).map(lambda n: f"{alone}{n}"))


_ROW = st.fixed_dictionaries(
    {
        "customer_id": _spread(["1", "2", "3"], "C"),
        "card_number": _spread(["k1", "k2"], "K"),
        "address": _spread(["a@x.am", "B@x.am", "c@x.am", "d@x.am"], "e@x"),
        "phone": _spread(["p1", "p2"], "P"),
        "given_name": _pick("Անի", "անի", "Nino", "n/a"),
        "family_name": _pick("Smith", "Beridze"),
        "name_is_usable": st.booleans(),
        "city": _pick("Երևան", "Gori"),
        "gender": _pick("f", "m"),
        "gender_evidence": _pick("list", "column"),
        "birthday": _pick(date(1990, 1, 2)),
        "language": st.sampled_from(["hy", "ka"]),
        "language_evidence": st.sampled_from(["default", "address", "phone", "script", "choice"]),
        "offers": _pick(True, False),
        "testimonials": _pick(True, False),
        "consent_source": _pick("card"),
        "consent_at": _pick(datetime(2026, 1, 2, tzinfo=UTC)),
        "attributes": _pick('{"a":"1"}', '{"a": "2", "b": "ք"}', '{"b": "3"}'),
    }
)
_CONTACT = st.tuples(
    _ROW,
    st.fixed_dictionaries({f"said {name}": _pick(True, False) for name in PURPOSES}),
    st.sampled_from([None, None, "b@x.am", "d@x.am", "old@x.am", "e@x10"]),
)


@st.composite
def _stores(draw):
    """Contacts of whom no two share a number or an address, and addresses they had before."""
    rows, before, seen = [], {}, set()
    for number, (values, said, was) in enumerate(draw(st.lists(_CONTACT, max_size=6)), 1):
        key = values["address"] and values["address"].lower()
        strong = {("id", values["customer_id"]), ("address", key)} - {
            ("id", None),
            ("address", None),
        }
        if strong & seen:
            continue
        seen |= strong
        row = {name: values[name] for name in VALUES if name in values}
        row |= {"id": number, "address_key": key, "attributes": values["attributes"] or "{}"}
        rows.append(row | said)
        if was and key and was != key:
            before[was] = number
    return known(*rows), former(**before)


def _keyed(row):
    address = row["address"]
    return row | {"address_key": address.lower() if address else None}


_SHEETS = st.lists(_ROW.map(_keyed), max_size=14).map(lambda rows: people(*rows))


def _lone(row):
    """A row that mostly says no more than a card or a phone, and a name."""
    kept = row["customer_id"] == "1" or row["address"] == "a@x.am"
    strong = {} if kept else {"customer_id": None, "address": None, "address_key": None}
    return row | strong | {"name_is_usable": row["gender"] != "m"}


_FEW = st.lists(_ROW.map(_keyed).map(_lone), min_size=1, max_size=3).map(lambda rows: people(*rows))


def _check(sheet, store):
    contacts, before = store
    columns, plain = plan(sheet, contacts, before), by_rows(sheet, contacts, before)

    assert shown(columns) == shown(plain)
    assert columns.sources.height + len(columns.conflicts) == sheet.height


test_by_columns_comes_to_the_same_as_row_by_row = settings(max_examples=6)(
    given(_SHEETS, _stores())(_check)
)
test_rows_that_say_little_come_to_the_same_too = pytest.mark.slow(
    settings(max_examples=500)(given(_FEW, _stores())(_check))
)
test_by_columns_comes_to_the_same_as_row_by_row_at_length = pytest.mark.slow(
    settings(max_examples=600)(given(_SHEETS, _stores())(_check))
)


def test_a_row_that_shares_nothing_is_decided_by_columns():
    sheet = people(
        {"customer_id": "1", "address": "a@x.am", "address_key": "a@x.am"},
        {"customer_id": "2", "phone": "p1"},
        {"customer_id": "3", "phone": "p1"},
        {"phone": "p2", "given_name": "Ani"},
        {"phone": "p2", "given_name": "Nino"},
    )
    contacts = known({"id": 1, "customer_id": "2", "phone": "p1"})

    verdicts = judge(sheet, contacts, former())["verdict"].to_list()

    assert verdicts == ["new", "known", "new", "entangled", "entangled"]


def test_contacts_that_may_be_one_but_were_not_joined_are_remarked():
    ani = {"given_name": "Ani", "phone": "p1"}
    sheet = people(
        {"address": "a@x.am", "address_key": "a@x.am", **ani},
        {"address": "b@x.am", "address_key": "b@x.am", "card_number": "k1"},
        {"address": "c@x.am", "address_key": "c@x.am", "phone": "p1", "given_name": "Nino"},
    )
    contacts = known(
        {"id": 1, "address": "z@x.am", "address_key": "z@x.am", **ani},
        {"id": 2, "customer_id": "2", "card_number": "k1"},
    )

    assert plan(sheet, contacts, former()).notes == {"possible_duplicate": 1, "shared_card": 1}

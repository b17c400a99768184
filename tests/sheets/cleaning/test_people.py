import json
import random
from dataclasses import dataclass
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.language.detect import detect_language
from campaigns.language.people.notes import LEFT_OUT
from campaigns.language.people.person import read_person
from campaigns.model.language import Language
from campaigns.sheets.cleaning.addresses import addresses
from campaigns.sheets.cleaning.cells import answer
from campaigns.sheets.cleaning.people import COLUMNS, CleanPeople, Suggestion, clean_people
from campaigns.sheets.cleaning.phones import phones
from campaigns.sheets.reading.grid import Grid
from campaigns.sheets.understanding.fields import Mapping, SheetKind
from campaigns.sheets.understanding.recognise import ROW, guess, table
from campaigns.store.suppressions import address_key

TODAY = date(2026, 11, 22)


@dataclass
class Result:
    """A cleaned sheet, its rows as objects."""

    clean: CleanPeople
    rows: list[Any]
    refused: list[Any]
    notes: dict[str, int]


def _people(*rows, language=Language.HY, columns=None, options=None):
    names = [str(place) for place in range(len(rows[0]))]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")
    sheet = table(Grid("Sheet", frame))
    mapping = (
        Mapping(SheetKind.CONTACTS, columns, options or {}) if columns else guess(sheet).mapping
    )
    clean = clean_people(sheet, mapping, language, today=TODAY)
    told = clean.frame.rename({ROW: "row"}).to_dicts()
    people = [
        SimpleNamespace(**{**row, "attributes": json.loads(row["attributes"] or "{}")})
        for row in told
    ]
    refused = [SimpleNamespace(**row) for row in clean.refused.to_dicts()]
    return Result(clean, people, refused, dict(clean.notes))


def test_all_that_a_row_says_is_in_the_person():
    result = _people(
        ("Customer ID", "E-mail", "Full name", "Phone", "Language", "City", "Gender", "Birthday",
         "Consent", "Consent to reviews", "Consent source", "Consent date", "Shoe size"),
        ("7.0", " ANI@example.com ", "Պետրոսյան Անի", "91234567", "вррр", "Երևան", "իգ.",
         "02.03.1990", "այո", "no", "card", "01.02.2026", "42"),
    )  # fmt: skip

    [ani] = result.rows
    assert (ani.row, ani.customer_id, ani.address, ani.address_key) == (
        2, "7", "ANI@example.com", "ani@example.com",
    )  # fmt: skip
    assert (ani.given_name, ani.family_name, ani.phone) == ("Անի", "Պետրոսյան", "+37491234567")
    assert (ani.language, ani.language_evidence, ani.city, ani.gender) == (
        "hy", "script", "Երևան", "f",
    )  # fmt: skip
    assert (ani.birthday, ani.offers, ani.testimonials) == (date(1990, 3, 2), True, False)
    assert (ani.consent_source, ani.consent_at) == ("card", datetime(2026, 2, 1, tzinfo=UTC))
    assert ani.attributes == {"Language": "вррр", "Shoe size": "42"}
    assert result.notes == {"language_unclear": 1}


def test_names_in_their_own_columns_outrank_the_full_name():
    [ani] = _people(
        ("E-mail", "Full name", "First name"), ("ani@example.com", "Someone Else", "Անի")
    ).rows

    assert (ani.given_name, ani.family_name) == ("Անի", None)


def test_without_a_word_about_the_language_it_is_the_shops():
    rows = (("E-mail", "Name"), ("emma@example.com", "Emma"))

    assert _people(*rows, language=Language.KA).rows[0].language == "ka"
    assert _people(*rows, language=Language.EN).rows[0].language_evidence == "default"


def test_a_consent_in_unknown_words_is_no_consent():
    [ani] = _people(("E-mail", "Consent"), ("ani@example.com", "perhaps")).rows

    assert ani.offers is None


def test_a_phone_that_cannot_be_read_identifies_nobody():
    result = _people(("E-mail", "Phone"), (None, "չգիտեմ"))

    assert [each.reason for each in result.refused] == ["no_key"]


def test_an_answer_nobody_understands_is_kept_as_written_and_counted():
    result = _people(
        ("Email", "Consent", "Consent date"),
        ("a@example.com", "maybe", "soon"), ("b@example.com", "1.0", "01.02.2026"),
        ("c@example.com", "0.0", None),
    )  # fmt: skip

    assert [each.offers for each in result.rows] == [None, True, False]
    assert result.rows[0].attributes == {"Consent": "maybe", "Consent date": "soon"}
    assert result.notes == {"consent_unclear": 1, "date_unreadable": 1}


def test_a_birthday_of_two_digits_is_never_in_the_future():
    result = _people(("Email", "Birthday"), ("a@example.com", "02.03.55"), ("b@x.am", "5-Mar-55"))

    assert [each.birthday for each in result.rows] == [date(1955, 3, 2), date(1955, 3, 5)]


def test_names_are_read_and_what_was_repaired_is_counted():
    result = _people(
        ("Email", "Full name"),
        ("a@x.am", "ՊԵՏՐՈՍՅԱՆ Անի"), ("b@x.am", "ბერიძე დავით"), ("c@x.am", "Аni Smith"),
        ("d@x.am", "Անի և Տիգրան"), ("e@x.am", "n/a"), ("f@x.am", "Ni\u200bno (Tbilisi)"), ("g@x.am", None),
    )  # fmt: skip

    assert [(one.given_name, one.family_name, one.name_is_usable) for one in result.rows] == [
        ("Անի", "Պետրոսյան", True), ("დავით", "ბერიძე", True), ("Ani", "Smith", True),
        ("Անի և Տիգրան", None, False), ("n/a", None, False), ("Nino", None, True), (None, None, False),
    ]  # fmt: skip
    assert result.notes == {
        "name_case": 1, "name_letters": 1, "name_several": 1, "name_placeholder": 1, "name_extra": 1,
        "name_invisible": 1,
    }  # fmt: skip


def test_what_goes_from_a_name_stays_under_its_heading():
    result = _people(
        ("Email", "First name", "Last name"),
        ("a@x.am", "տիկին Անի", "Պետրոսյան Վարդանի"), ("b@x.am", "ԱՆԻ", "Պետրոսյան"),
        ("c@x.am", "Անի", "77"), ("d@x.am", "Պետրոսյան", "Անի"),
    )  # fmt: skip

    assert [one.attributes for one in result.rows] == [
        {"First name": "տիկին Անի", "Last name": "Պետրոսյան Վարդանի"}, {},
        {"First name": "Անի", "Last name": "77"}, {"First name": "Պետրոսյան", "Last name": "Անի"},
    ]  # fmt: skip
    assert {(one.given_name, one.family_name) for one in result.rows} == {
        ("Անի", "Պետրոսյան"), ("Անի", None),
    }  # fmt: skip


def test_a_gender_is_what_the_sheet_says_or_else_what_the_name_tells():
    result = _people(
        ("Email", "Full name", "Gender"),
        ("a@x.am", "Անի", None), ("b@x.am", "Սաշա", "իգ."), ("c@x.am", "Անի", "արական"),
        ("d@x.am", "Սաշա", None), ("e@x.am", "Անի", "other"),
    )  # fmt: skip

    assert [(one.gender, one.gender_evidence) for one in result.rows] == [
        ("f", "list"), ("f", "column"), (None, None), (None, None), (None, None),
    ]  # fmt: skip
    assert result.notes == {"gender_conflict": 1}
    assert [one.attributes for one in result.rows] == [
        {}, {}, {"Gender": "արական"}, {}, {"Gender": "other"},
    ]  # fmt: skip


def test_the_language_is_told_by_the_repaired_name():
    [one] = _people(("Email", "Name"), ("a@x.com", "Lուսինե"), language=Language.EN).rows

    assert (one.given_name, one.language, one.language_evidence) == ("Լուսինե", "hy", "script")


def test_the_frame_has_the_columns_that_are_stored():
    result = _people(("Email",), ("a@x.am",))

    assert dict(result.clean.frame.schema) == COLUMNS
    assert result.clean.frame["attributes"].to_list() == [None]


def test_what_cannot_be_read_is_told_and_kept_under_its_heading():
    result = _people(
        ("Customer ID", "Email", "Phone", "Birthday", "Gender", "Language", "Consent"),
        ("1.23457E+12", "a@x.am; b@y.am", "12", "31.02.1990", "զբ", "русский", "perhaps"),
        ("7", "b@x.am", "-", "01.01.2030", "-", "-", "-"),
    )  # fmt: skip

    first, second = result.rows
    assert first.attributes == {
        "Customer ID": "1.23457E+12", "Email": "a@x.am; b@y.am", "Phone": "12",
        "Birthday": "31.02.1990", "Gender": "զբ", "Language": "русский", "Consent": "perhaps",
    }  # fmt: skip
    assert (first.customer_id, first.address, first.phone) == (None, "a@x.am", None)
    assert (second.birthday, second.attributes) == (None, {"Birthday": "01.01.2030"})
    assert result.notes == {
        "number_damaged": 1, "address_several": 1, "phone_unreadable": 1, "date_unreadable": 1,
        "gender_unclear": 1, "language_other": 1, "consent_unclear": 1, "birthday_impossible": 1,
    }  # fmt: skip
    told = result.clean.remarks.filter(pl.col("note") == "birthday_impossible")
    assert told.rows() == [(3, "Birthday", "birthday_impossible")]


def test_a_number_that_only_fills_the_cell_is_nobodys():
    result = _people(
        ("Customer ID", "Card number", "Email"), ("-", "0", "a@x.am"), ("չկա", "n/a", "b@x.am")
    )

    assert [(one.customer_id, one.card_number) for one in result.rows] == [(None, None)] * 2
    assert [one.attributes for one in result.rows] == [
        {}, {"Customer ID": "չկա", "Card number": "n/a"},
    ]  # fmt: skip


def test_a_placeholder_is_no_address_but_refuses_nothing():
    result = _people(
        ("Email", "Phone"), ("test@test.com", "091234567"), ("нет", None), ("ani@x", "091234567")
    )

    assert [(one.address, one.phone) for one in result.rows] == [(None, "+37491234567")]
    assert [(each.reason, each.field) for each in result.refused] == [
        ("no_key", None), ("bad_address", "address"),
    ]  # fmt: skip


def test_a_slip_in_a_domain_is_told_and_not_mended():
    result = _people(("Email",), ("ani@gmial.com",), ("aram@gmail.com",))

    assert [one.address for one in result.rows] == ["ani@gmial.com", "aram@gmail.com"]
    assert result.clean.suggestions == [Suggestion(2, "address", "ani@gmial.com", "ani@gmail.com")]
    assert result.notes == {"address_typo": 1}


def test_a_person_may_say_how_days_are_written_and_of_what_type_an_attribute_is():
    columns = {
        "Email": "address",
        "Born": "birthday",
        "Points": "attribute",
        "Since": "attribute",
        "VIP": "attribute",
    }
    options = {
        "Born": {"dates": "mdy"}, "Points": {"type": "number", "decimal": ","},
        "Since": {"type": "date"}, "VIP": {"type": "yes_no"},
    }  # fmt: skip
    result = _people(
        tuple(columns),
        ("a@x.am", "02/03/1990", "1.250", "2 մարտի 2026 թ.", "այո"), ("b@x.am", "02/03/1990", "x", "02.03.2026 14:05", "?"),
        columns=columns, options=options,
    )  # fmt: skip

    assert [one.birthday for one in result.rows] == [date(1990, 2, 3)] * 2
    assert [one.attributes for one in result.rows] == [
        {"Points": "1250", "Since": "2026-03-02", "VIP": "yes"},
        {"Points": "x", "Since": "2026-03-02T14:05:00"},
    ]
    assert result.notes == {"attribute_unreadable": 1}


def test_days_that_may_be_read_in_two_ways_are_told():
    result = _people(("Email", "Birthday"), ("a@x.am", "02/03/1990"), ("b@x.am", "05.06.1990"))

    assert [one.birthday for one in result.rows] == [date(1990, 3, 2), date(1990, 6, 5)]
    assert result.notes == {"date_day_first": 1}


def test_attributes_are_json_whatever_stands_in_them():
    odd = 'a "b" \\ c \n d'
    [one] = _people(("Email", 'Say "hi"', "Empty"), ("a@x.am", odd, None)).rows

    assert one.attributes == {'Say "hi"': 'a "b" \\ c d'}


def test_a_text_of_more_than_two_thousand_letters_is_cut_and_told():
    result = _people(("Email", "Story"), ("a@x.am", "ա" * 2_001))

    assert result.rows[0].attributes == {"Story": "ա" * 2_000}
    assert result.notes == {"text_shortened": 1}


FILLED = {
    "Email": ["ani@x.am", "ANI@mail.ru", "b@y.ge", "c@z.com", "odd", "test@test.com", None],
    "Given": ["Անի", "ԱՆԻ", "ნინო", "John", "Պետրոսյան", "n/a", "Mr", None],
    "Family": ["Պետրոսյան", "ბერიძე", "Smith", "Անի", "Ltd", "Վարդանի", None],
    "Phone": ["091234567", "+995599123456", "37491234567.0", "12", "8 916 123 45 67", None],
    "Language": ["hy", "русский", "ქართული", "?", None],
    "Gender": ["f", "արական", "other", None],
    "Consent": ["այո", "no", "maybe", "1.0", None],
    "Shoe": ["42", '"', None],
}
MEANINGS = (
    "address",
    "given_name",
    "family_name",
    "phone",
    "language",
    "gender",
    "consent",
    "attribute",
)


@pytest.mark.slow
@settings(deadline=None, max_examples=100)
@given(
    st.lists(st.tuples(*map(st.sampled_from, FILLED.values())).filter(any), min_size=1, max_size=8)
)
def test_any_columns_come_to_the_same_as_row_by_row(rows):
    _assert_same_as_row_by_row(rows)


@pytest.mark.slow
def test_columns_come_to_the_same_as_row_by_row():
    chance = random.Random(7)
    rows = [tuple(chance.choice(cells) for cells in FILLED.values()) for _ in range(150)]
    _assert_same_as_row_by_row([row for row in rows if any(row)])


def _assert_same_as_row_by_row(rows):
    columns = dict(zip(FILLED, MEANINGS, strict=True))
    result = _people(tuple(FILLED), *rows, columns=columns)

    told = {row: values for row, *values in result.clean.frame.select(
        ROW, "address", "address_key", "phone", "given_name", "family_name", "gender",
        "gender_evidence", "name_is_usable", "language", "language_evidence", "offers", "attributes",
    ).iter_rows()}  # fmt: skip
    for place, row in enumerate(rows, 2):
        expected = _row_by_row(dict(zip(FILLED, row, strict=True)))
        if expected is None:
            assert place in result.clean.refused[ROW]
        else:
            assert told[place][:-1] == expected[:-1]
            assert json.loads(told[place][-1] or "{}") == expected[-1]


def _row_by_row(cells):
    """One row, each cell for itself: what the ways of columns must come to."""
    [address] = addresses(pl.Series([cells["Email"]], dtype=pl.String))
    [phone] = phones(
        pl.Series([(cells["Phone"] or "").removesuffix(".0") or None], dtype=pl.String), Language.HY
    )
    if (cells["Email"] == "odd") or not (address or phone):
        return None
    name = read_person(None, cells["Given"], cells["Family"], gender=cells["Gender"])
    language, evidence = detect_language(
        choice=cells["Language"], name=" ".join(filter(None, (name.given, name.family))),
        phone=phone, address=address, default=Language.HY,
    )  # fmt: skip
    offers = answer((cells["Consent"] or "?").removesuffix(".0"))
    kept = {
        "Email": cells["Email"] == "test@test.com",
        "Given": name.usable and not LEFT_OUT.isdisjoint(name.notes),
        "Family": name.usable and not LEFT_OUT.isdisjoint(name.notes),
        "Phone": phone is None, "Language": cells["Language"] == "русский",
        "Gender": name.gender is None, "Consent": offers is None, "Shoe": True,
    }  # fmt: skip
    return [
        address, address_key(address) if address else None, phone, name.given, name.family,
        name.gender, name.gender_evidence, name.usable, language.value, evidence, offers,
        {heading: cells[heading] for heading, is_kept in kept.items() if is_kept and cells[heading]},
    ]  # fmt: skip


@pytest.mark.parametrize("language", list(Language))
def test_an_empty_sheet_comes_to_nothing(language):
    result = _people(
        ("Email", "Name", "Phone", "Consent"), ("Total", None, None, None), language=language
    )

    assert result.clean.frame.height == 0
    assert [each.reason for each in result.refused] == ["totals_row"]


@pytest.mark.parametrize("filler", ["-", "n/a", "нет", "0", "չկա"])
def test_what_only_fills_a_cell_is_no_city(filler):
    result = _people(("Email", "City"), ("a@x.am", filler), ("b@x.am", "Երևան"))

    assert result.clean.frame["city"].to_list() == [None, "Երևան"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("heading", "cell", "offers"),
    [
        ("Consent withdrawn", "yes", False),
        ("Unsubscribed", "այո", False),
        ("Unsubscribed at", "02.03.2026", False),
        ("Email opt out", "1", False),
        ("Do not email", "TRUE", False),
        ("Отказ от рассылки", "да", False),
        ("Հրաժարվել է նամակներից", "այո", False),
        ("უარი რეკლამაზე", "კი", False),
        ("Не согласен получать письма", "да", False),
        ("Consent withdrawn", "no", True),
        ("Unsubscribed at", "-", True),
        ("Unsubscribed from SMS", "yes", True),
        ("Unsubscribe link", "https://x.am/u/1", True),
    ],
)
def test_a_yes_does_not_outweigh_a_refusal_beside_it(heading, cell, offers):
    result = _people(
        ("Email", "Consent", heading), ("a@x.am", "yes", cell), ("b@x.am", "no", "no"),
        columns={"Email": "address", "Consent": "consent", heading: "attribute"},
    )  # fmt: skip

    assert result.clean.frame["offers"].to_list() == [offers, False]


def test_a_refusal_without_a_consent_is_a_no():
    result = _people(
        ("Email", "Name", "Unsubscribed"), ("a@x.am", "Ani", "yes"), ("b@x.am", "Gor", "no")
    )

    assert result.clean.frame["offers"].to_list() == [False, None]

from datetime import UTC, date, datetime

import polars as pl

from campaigns.model.language import Language
from campaigns.sheets.people import people
from campaigns.sheets.read import Grid
from campaigns.sheets.recognise import guess, table


def _people(*rows, language=Language.HY):
    names = [str(place) for place in range(len(rows[0]))]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")
    sheet = table(Grid("Sheet", frame))
    return people(sheet, guess(sheet).mapping, language)


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
    assert ani.attributes == {"Shoe size": "42"}


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
    assert result.notes == {"consent_unclear": 1}


def test_a_birthday_of_two_digits_is_never_in_the_future():
    result = _people(("Email", "Birthday"), ("a@example.com", "02.03.55"), ("b@x.am", "5-Mar-55"))

    assert [each.birthday for each in result.rows] == [date(1955, 3, 2), date(1955, 3, 5)]

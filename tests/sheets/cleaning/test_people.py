from datetime import UTC, date, datetime

import polars as pl

from campaigns.model.language import Language
from campaigns.sheets.cleaning.people import people
from campaigns.sheets.reading.files import Grid
from campaigns.sheets.understanding.recognise import guess, table


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

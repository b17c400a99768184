import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.language.detect import detect_language
from campaigns.model.language import Language
from campaigns.sheets.cleaning.languages import read_languages

ROWS = st.tuples(
    st.sampled_from([None, "hy", "русский", "Armenian, Russian", "?", "нет", "зюзя"]),
    st.sampled_from([None, "Անի", "ნინო", "Ani", "Անի ნინო", "Иван"]),
    st.sampled_from([None, "Պետրոսյան", "ბერიძე", "Smith"]),
    st.sampled_from([None, "+37491234567", "+995599123456", "+79161234567", "+442079460958"]),
    st.sampled_from([None, "a@x.am", "a@x.GE", "a@x.com", "a@պոստ.հայ"]),
)
NAMES = ("choice", "given_name", "family_name", "phone", "address")


@settings(deadline=None, max_examples=40)
@given(st.lists(ROWS, min_size=1, max_size=10), st.sampled_from(Language))
def test_languages_by_column_are_those_of_each_row(rows, default):
    frame = pl.DataFrame(rows, dict.fromkeys(NAMES, pl.String), orient="row")
    read = read_languages(frame, frame["choice"], default)

    expected = [
        detect_language(
            choice=choice, name=" ".join(filter(None, (given_name, family))) or None, phone=phone,
            address=address, default=default,
        )
        for choice, given_name, family, phone, address in rows
    ]  # fmt: skip
    assert list(read.select("language", "language_evidence").iter_rows()) == expected


@pytest.mark.parametrize(
    ("choice", "note"),
    [
        ("հայերեն", None),
        ("русский", "language_other"),
        ("зюзя", "language_unclear"),
        ("-", None),
        (None, None),
    ],
)
def test_a_choice_that_we_cannot_follow_is_told(choice, note):
    nobody = pl.DataFrame([(None,) * 4], dict.fromkeys(NAMES[1:], pl.String), orient="row")
    read = read_languages(nobody, pl.Series([choice], dtype=pl.String), Language.KA)

    assert read["note"].to_list() == [note]

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.language.people.scripts import (
    is_georgian_of_today,
    plain,
    reads,
    script_of,
    visible,
)
from campaigns.model.language import Language

HY, KA, EN = Language.HY, Language.KA, Language.EN


def test_mtavruli_and_ligatures_belong_to_their_scripts():
    assert script_of("ᲜᲘᲜᲝ") == "ka"
    assert script_of("Գևորգ") == "hy"


@pytest.mark.parametrize(
    ("text", "readers"),
    [
        ("Լեռնային թեյ, 100 գ", {HY}), ("Սուրճ Nero, 250 գ", {HY}), ("ՆՌԱՆ ԳԻՆԻ", {HY}),
        ("მთის ჩაი, 100 გ", {KA}), ("ყავა Nero", {KA}),
        ("Mountain tea, 100 g", {HY, KA, EN}), ("Café № 5", {HY, KA, EN}), ("4711", {HY, KA, EN}),
        ("Чай горный", set()), ("Թեյ «Горный»", set()), ("ჩაი «Լեռնային»", set()),
        ("Tea Чай", set()), ("τσάι", set()), ("茶", set()),
    ],
)  # fmt: skip
def test_a_text_is_for_those_who_read_its_script(text, readers):
    assert {language for language in Language if reads(language, text)} == readers


@pytest.mark.parametrize(
    ("written", "shaped"),
    [
        ("ᲒᲘᲝᲠᲒᲘ", "გიორგი"), ("Ｇｉｏｒｇｉ", "Giorgi"), ("𝐀𝐧𝐢", "Ani"), ("ﬔﬓ", "մեմն"),
        ("Անի", "Անի"), ("Երևան", "Երևան"),
    ],
)  # fmt: skip
def test_letters_take_their_plain_shape(written, shaped):
    assert plain(written) == shaped


def test_what_cannot_be_seen_is_taken_out():
    assert visible("\ufeffԱ\u200bնի\u202e \u00a0 \t Պետ\u00adրոսյան\n") == "Անի Պետրոսյան"
    assert visible("Zoe\u0308") == "Zoë"


def test_the_church_alphabet_is_not_that_of_today():
    assert is_georgian_of_today("გიორგი")
    assert not is_georgian_of_today("ႢႨႭႰႢႨ")
    assert not is_georgian_of_today("ⴂⴈⴍⴐⴂⴈ")


@given(st.text())
def test_mending_is_done_once_and_leaves_composed_text(text):
    mended = visible(plain(text))

    assert visible(plain(mended)) == mended
    assert unicodedata.is_normalized("NFC", mended)
    assert not any("\u1c90" <= letter <= "\u1cbf" for letter in mended)

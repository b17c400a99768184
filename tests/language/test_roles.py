"""The part that a word plays, in each language."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.language.grammar import Kind
from campaigns.language.roles import Role, in_role
from campaigns.model.language import Language

HY, KA, EN = Language.HY, Language.KA, Language.EN


@pytest.mark.parametrize(
    ("place", "where", "whence"),
    [
        ("თბილისი", "თბილისში", "თბილისიდან"),
        ("ქუთაისი", "ქუთაისში", "ქუთაისიდან"),
        ("გორი", "გორში", "გორიდან"),
        ("მცხეთა", "მცხეთაში", "მცხეთიდან"),
        ("ბაქო", "ბაქოში", "ბაქოდან"),
        ("ერევანი", "ერევანში", "ერევნიდან"),
    ],
)
def test_georgian_is_in_a_place_and_comes_from_it(place, where, whence):
    assert in_role(place, Role.LOCATIVE, KA, kind=Kind.TOPONYM) == where
    assert in_role(place, Role.ABLATIVE, KA, kind=Kind.TOPONYM) == whence


@pytest.mark.parametrize(
    ("name", "kind", "whence"),
    [
        ("ნინო", Kind.GIVEN, "ნინოსგან"),
        ("დავითი", Kind.GIVEN, "დავითისგან"),
        ("ანა", Kind.GIVEN, "ანასგან"),
        ("ბერიძე", Kind.SURNAME, "ბერიძისგან"),
    ],
)
def test_georgian_gets_something_from_a_person_and_nobody_is_inside_one(name, kind, whence):
    assert in_role(name, Role.ABLATIVE, KA, kind=kind) == whence
    assert in_role(name, Role.LOCATIVE, KA, kind=kind) is None


@pytest.mark.parametrize(
    ("word", "kind", "role", "next_word", "form"),
    [
        ("Արամ", Kind.GIVEN, Role.DEFINITE, "է", "Արամն"),
        ("Արամ", Kind.GIVEN, Role.ERGATIVE, "նվիրեց", "Արամը"),
        ("Անի", Kind.GIVEN, Role.GENITIVE, None, "Անիի"),
        ("Անի", Kind.GIVEN, Role.DATIVE, None, "Անիին"),
        ("Արմենուհի", Kind.GIVEN, Role.DATIVE, None, "Արմենուհուն"),
        ("ընկեր", Kind.NOUN, Role.DATIVE, "է", "ընկերոջն"),
        ("ընկեր", Kind.NOUN, Role.DATIVE, None, "ընկերոջը"),
        ("CRM", Kind.NOUN, Role.DEFINITE, "է", "CRM-ն"),
        ("CRM", Kind.NOUN, Role.GENITIVE, None, "CRM-ի"),
        ("Երևան", Kind.TOPONYM, Role.LOCATIVE, None, "Երևանում"),
        ("Արամ", Kind.GIVEN, Role.LOCATIVE, None, None),
        ("Արամ", Kind.GIVEN, Role.ADVERBIAL, None, None),
    ],
)
def test_armenian_tells_genitive_and_dative_apart_by_the_article(word, kind, role, next_word, form):
    assert in_role(word, role, HY, kind=kind, next_word=next_word) == form


def test_english_inflects_for_the_genitive_only():
    forms = {in_role("Ani", role, EN, kind=Kind.GIVEN) for role in Role}

    assert forms == {"Ani", "Ani’s", "for Ani", "with Ani"}


@pytest.mark.parametrize(
    ("name", "language", "for_whom", "with_whom"),
    [
        pytest.param("დავით", KA, "დავითისთვის", "დავითთან", id="T030"),
        pytest.param("ანა", KA, "ანასთვის", "ანასთან", id="T031"),
        ("გიორგი", KA, "გიორგისთვის", "გიორგისთან"),
        ("Անի", HY, "Անիի համար", "Անիի հետ"),
        ("Արմենուհի", HY, "Արմենուհու համար", "Արմենուհու հետ"),
    ],
)
def test_something_is_for_somebody_and_somebody_comes_along(name, language, for_whom, with_whom):
    assert in_role(name, Role.FOR_WHOM, language, kind=Kind.GIVEN) == for_whom
    assert in_role(name, Role.WITH_WHOM, language, kind=Kind.GIVEN) == with_whom


def test_a_firm_in_quotation_marks_takes_its_ending_inside_them():
    forms = [
        in_role("„ნიკორა“", role, KA, kind=Kind.ORGANISATION)
        for role in (Role.FOR_WHOM, Role.WITH_WHOM, Role.ABLATIVE, Role.LOCATIVE)
    ]

    assert forms == ["„ნიკორასთვის“", "„ნიკორასთან“", "„ნიკორადან“", "„ნიკორაში“"]


def test_a_letter_behind_a_hyphen_is_no_name():
    assert in_role("ლერ-ი", Role.DATIVE, KA, kind=Kind.SURNAME) is None


@settings(deadline=None)
@given(
    st.text(max_size=30), st.sampled_from(Role), st.sampled_from(Language), st.sampled_from(Kind),
    st.one_of(st.none(), st.text(max_size=5)),
)  # fmt: skip
def test_no_word_raises_and_no_answer_is_empty(word, role, language, kind, next_word):
    form = in_role(word, role, language, kind=kind, next_word=next_word)

    assert form is None or form.strip()
    assert not any("\u1c90" <= letter <= "\u1cbf" for letter in form or "") or language is not KA
    assert form is None or language is EN or unicodedata.is_normalized("NFC", form)

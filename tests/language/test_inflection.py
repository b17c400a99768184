"""One front door to the grammar of three languages."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.language.grammar import Case, Kind
from campaigns.language.inflection import inflect, inflect_column
from campaigns.model.language import Language

MTAVRULI = range(0x1C90, 0x1CC0)


@pytest.mark.parametrize(
    ("language", "kind", "word", "case", "form"),
    [
        (Language.KA, Kind.GIVEN, "დავით", Case.ERGATIVE, "დავითმა"),
        (Language.KA, Kind.GIVEN, "ოთარი", Case.VOCATIVE, "ოთარ"),
        (Language.KA, Kind.PERSON, "ზურაბი ჟვანია", Case.DATIVE, "ზურაბ ჟვანიას"),
        (Language.KA, Kind.NOUN, "საჩუქარი", Case.GENITIVE, "საჩუქრის"),
        (Language.HY, Kind.GIVEN, "Անի", Case.DATIVE_DEFINITE, "Անիին"),
        (Language.HY, Kind.GIVEN, "Արմենուհի", Case.ABLATIVE, "Արմենուհուց"),
        (Language.HY, Kind.NOUN, "ամիս", Case.DATIVE, "ամսվա"),
        (Language.EN, Kind.GIVEN, "Ani", Case.DATIVE, "Ani"),
    ],
)
def test_a_word_takes_the_form_of_its_language(language, kind, word, case, form):
    assert inflect(word, case, language, kind=kind).text == form


def test_a_column_is_answered_in_its_order():
    forms = inflect_column(["ნინო", "", "ნინო"], Case.DATIVE, Language.KA, kind=Kind.GIVEN)

    assert [one.text for one in forms] == ["ნინოს", None, "ნინოს"]


@given(
    st.one_of(st.text(max_size=60), st.text("აბგდეიოს Անի՛Ծaბ\u1c90\u200d\u0301-.'", max_size=12)),
    st.sampled_from(Case), st.sampled_from(Language), st.sampled_from(Kind),
)  # fmt: skip
def test_no_word_makes_it_fail_and_what_it_says_is_composed(word, case, language, kind):
    form = inflect(word, case, language, kind=kind)

    assert (form.text is None) == (form.reason is not None) == (form.certainty is None)
    if form.text is not None and language is not Language.EN:
        assert unicodedata.is_normalized("NFC", form.text)
        assert not any(ord(letter) in MTAVRULI for letter in form.text)

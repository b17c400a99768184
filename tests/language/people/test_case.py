import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.language.people.case import cased


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("giorgi BERIDZE", "Giorgi Beridze"), ("ԳԵՎՈՐԳ", "Գևորգ"), ("ԳԵՒՈՐԳ", "Գևորգ"), ("ԵՎԱ", "Եվա"), ("սևակ", "Սևակ"),
        ("aNI", "Ani"), ("ANNA-MARIA", "Anna-Maria"), ("o'brien", "O'Brien"), ("NE'MATOV", "Ne'matov"),
        ("İBRAHİM", "Ibrahim"), ("გიორგი", "გიორგი"), ("ИВАН", "Иван"), ("ՈՒՐԲԱԹ", "Ուրբաթ"),
        ("ludwig van beethoven", "Ludwig van Beethoven"), ("van", "Van"),
    ],
)  # fmt: skip
def test_a_word_typed_with_one_key_held_down_gets_its_capital(written, meant):
    assert cased(written) == meant


@pytest.mark.parametrize(
    "name", ["McDonald", "DeVito", "O'Brien", "van der Berg", "A", "", "Անի", "ß"]
)
def test_other_capitals_are_left_alone(name):
    assert cased(name) == name


@given(st.text())
def test_casing_twice_is_casing_once(text):
    assert cased(cased(text)) == cased(text)

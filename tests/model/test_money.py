import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.errors import InputError
from campaigns.model.money import EXPONENTS, Money


@given(st.integers(-(10**15), 10**15), st.sampled_from(sorted(EXPONENTS)))
def test_an_amount_survives_being_written_and_read(minor, currency):
    money = Money(minor, currency)

    assert Money.parse(str(money.amount), currency) == money


@pytest.mark.parametrize("text", ["", "twelve", "1.234", "1,5", "NaN", "Infinity"])
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(InputError) as refusal:
        Money.parse(text, "GEL")

    assert refusal.value.code == "money.amount"


def test_an_unknown_currency_is_refused():
    with pytest.raises(InputError, match="XTS"):
        Money.parse("1", "XTS")

from decimal import Decimal

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.sheets.reading.number_formats import masked, read
from campaigns.sheets.reading.number_text import number_text, shown

NUMBERS = st.floats(allow_nan=False, allow_infinity=False, min_value=-1e14, max_value=1e14) | (
    st.builds(
        lambda whole, step: whole / 100 * (1 + step * 2.2e-16),
        st.integers(1, 10**9),
        st.integers(-5, 5),
    )
)


def _in_fifteen_digits(text: str) -> str:
    if Decimal(text) == int(Decimal(text)):
        return str(int(Decimal(text)))
    shown = format(Decimal(format(float(text), ".15g")), "f")
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


@settings(max_examples=25)
@given(st.lists(NUMBERS.filter(lambda number: abs(number) > 1e-9), min_size=1, max_size=20))
def test_fractions_are_shown_with_fifteen_digits(numbers):
    texts = pl.Series([repr(number) for number in numbers])

    fractions = number_text(texts)
    percents = shown(texts, read("0%"), from_1904=False)

    for text, fraction, percent in zip(texts, fractions, percents, strict=True):
        assert fraction == _in_fifteen_digits(text)
        assert Decimal(percent.removesuffix("%")) == Decimal(fraction) * 100


@settings(max_examples=25)
@given(
    st.lists(st.integers(0, 10**16), min_size=1, max_size=9),
    st.sampled_from(
        ["00000", "000-000", "\\+000 00 000000", '"C-"000', "(###) ##-##", "0##\\-##", "+#"]
    ),
)
def test_masks_laid_out_in_columns_are_those_laid_out_one_by_one(numbers, code):
    form = read(code)

    texts = shown(pl.Series([str(number) for number in numbers]), form, from_1904=False)

    assert texts.to_list() == [masked(str(number), form.masks) for number in numbers]


def test_what_is_no_number_stays_as_it_is():
    odd = pl.Series(["", "NaN", "1E400", "x", "1E-400", "-0"])

    assert shown(odd, read("dd.mm.yyyy"), from_1904=False).to_list()[:4] == [
        "",
        "NaN",
        "1E400",
        "x",
    ]
    assert number_text(odd).to_list() == ["", "NaN", "1E400", "x", "0", "-0"]

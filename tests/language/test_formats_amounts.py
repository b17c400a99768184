import unicodedata
from decimal import Decimal

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from campaigns.language import formats
from campaigns.model.language import Language
from campaigns.model.money import EXPONENTS, Money

HY, KA, EN = Language.HY, Language.KA, Language.EN
S = "\N{NO-BREAK SPACE}"
AMOUNTS = st.builds(Money, st.integers(-(10**12), 10**12), st.sampled_from(sorted(EXPONENTS)))
LANGUAGES = st.sampled_from(Language)
OF_MONEY = (
    formats.money,
    formats.money_in_words,
    formats.money_from,
    formats.money_up_to,
    formats.money_for,
    formats.money_by,
)


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        (Money(1250000, "AMD"), (f"12{S}500{S}֏", f"12{S}500{S}֏", f"12,500{S}AMD")),
        (Money(1250050, "AMD"), (f"12{S}500,50{S}֏", f"12{S}500,50{S}֏", f"12,500.50{S}AMD")),
        (Money(4990, "GEL"), (f"49,90{S}₾", f"49,90{S}₾", f"49.90{S}GEL")),
        (Money(199999, "USD"), (f"1{S}999,99{S}$", f"1{S}999,99{S}$", "$1,999.99")),
        (Money(-500, "EUR"), (f"-5,00{S}€", f"-5,00{S}€", "-€5.00")),
        (Money(99, "RUB"), (f"0,99{S}₽", f"0,99{S}₽", f"0.99{S}RUB")),
        (Money(150000, "RUB"), (f"1{S}500{S}₽", f"1{S}500{S}₽", f"1,500{S}RUB")),
    ],
)
def test_money_is_written_as_at_the_till_of_each_country(amount, shown):
    assert tuple(formats.money(amount, language) for language in (HY, KA, EN)) == shown


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        (Money(1250000, "AMD"), (f"12{S}500{S}դրամ", f"12{S}500{S}დრამი", f"12,500{S}drams")),
        (Money(4990, "GEL"), (f"49,90{S}լարի", f"49,90{S}ლარი", f"49.90{S}lari")),
        (Money(5000, "GEL"), (f"50{S}լարի", f"50{S}ლარი", f"50{S}lari")),
        (Money(100, "USD"), (f"1{S}դոլար", f"1{S}დოლარი", f"1{S}dollar")),
        (Money(-200, "EUR"), (f"-2{S}եվրո", f"-2{S}ევრო", f"-2{S}euros")),
    ],
)
def test_money_in_a_sentence_has_a_word_for_its_currency(amount, said):
    assert tuple(formats.money_in_words(amount, language) for language in (HY, KA, EN)) == said


@pytest.mark.parametrize(
    ("written", "language", "said"),
    [
        (formats.money_from, HY, "1~դրամից 1~լարիից 1~դոլարից 1~եվրոյից 1~ռուբլուց"),
        (formats.money_from, KA, "1~დრამიდან 1~ლარიდან 1~დოლარიდან 1~ევროდან 1~რუბლიდან"),
        (formats.money_up_to, KA, "1~დრამამდე 1~ლარამდე 1~დოლარამდე 1~ევრომდე 1~რუბლამდე"),
        (formats.money_for, HY, "1~դրամով 1~լարիով 1~դոլարով 1~եվրոյով 1~ռուբլով"),
        (formats.money_for, KA, "1~დრამად 1~ლარად 1~დოლარად 1~ევროდ 1~რუბლად"),
        (formats.money_by, HY, "1~դրամով 1~լարիով 1~դոլարով 1~եվրոյով 1~ռուբլով"),
        (formats.money_by, KA, "1~დრამით 1~ლარით 1~დოლარით 1~ევროთი 1~რუბლით"),
    ],
)
def test_a_currency_takes_the_ending_that_its_sentence_needs(written, language, said):
    amounts = [Money(100, currency) for currency in ("AMD", "GEL", "USD", "EUR", "RUB")]

    assert " ".join(written(one, language) for one in amounts).replace(S, "~") == said


def test_english_has_a_word_before_the_amount_and_so_has_armenian_up_to():
    price = Money(500000, "AMD")
    assert formats.money_from(price, EN) == f"from 5,000{S}drams"
    assert formats.money_for(price, EN) == f"for 5,000{S}drams"
    assert formats.money_by(price, EN) == f"by 5,000{S}drams"
    assert formats.money_up_to(price, EN) == f"up to 5,000{S}drams"
    assert formats.money_up_to(price, HY) == f"մինչև 5{S}000{S}դրամ"


@given(AMOUNTS, LANGUAGES, st.sampled_from(OF_MONEY))
def test_any_amount_is_written_in_nfc_with_its_figure_and_currency_on_one_line(
    amount, language, written
):
    shown = written(amount, language)
    words = shown.removeprefix("մինչև ") if language is HY else shown
    front = ("from ", "up to ", "for ", "by ")
    words = next((words.removeprefix(each) for each in front if words.startswith(each)), words)

    assert " " not in words
    assert unicodedata.is_normalized("NFC", shown)


@given(AMOUNTS, LANGUAGES, st.sampled_from([formats.money, formats.money_in_words]))
def test_an_amount_never_breaks_over_two_lines_and_keeps_every_digit(amount, language, written):
    shown = written(amount, language)
    assert " " not in shown
    digits = int("".join(filter(str.isdigit, shown)))
    assert digits == abs(amount.minor) or (digits * 100 == abs(amount.minor))


@given(st.integers(-(10**12), 10**12) | st.decimals(-(10**9), 10**9, places=3), LANGUAGES)
def test_a_number_never_breaks_and_reads_back(value, language):
    shown = formats.number(value, language)
    assert " " not in shown
    point = "." if language is EN else ","
    plain = "".join(
        "." if mark == point else mark for mark in shown if mark in f"-{point}0123456789"
    )
    assert Decimal(plain) == value


def test_numbers_have_their_thousands_apart():
    assert formats.number(20000, HY) == formats.number(20000, KA) == f"20{S}000"
    assert formats.number(20000, EN) == "20,000"


@pytest.mark.parametrize(
    ("written", "hy", "ka", "en"),
    [
        (formats.percent, "15%", "15%", "15%"),
        (formats.percent_by, "15%-ով", "15%-ით", "by 15%"),
        (formats.percent_off, "15% զեղչ", "15%-იანი ფასდაკლება", "15% discount"),
        (formats.percent_up_to, "մինչև 15%", "15%-მდე", "up to 15%"),
        (formats.percent_in_words, f"15{S}տոկոս", f"15{S}პროცენტი", f"15{S}per cent"),
    ],
)
def test_percent_takes_the_endings_that_a_sentence_needs(written, hy, ka, en):
    assert [written(15, language) for language in (HY, KA, EN)] == [hy, ka, en]


def test_the_decimals_of_percent_follow_the_language():
    assert formats.percent(Decimal("12.5"), HY) == formats.percent(Decimal("12.5"), KA) == "12,5%"
    assert formats.percent(Decimal("12.5"), EN) == "12.5%"


@given(AMOUNTS, LANGUAGES)
def test_figures_are_those_of_babel(amount, language):
    locale = str(language)
    whole = amount.amount == int(amount.amount)

    assert formats.number(amount.minor, language) == format_decimal(
        amount.minor, format="#,##0.###", locale=locale
    )
    figure = format_decimal(amount.amount, format="#,##0" if whole else "#,##0.00", locale=locale)
    assert formats.money_in_words(amount, language).startswith(figure + S)

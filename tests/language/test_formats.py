from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.language import formats
from campaigns.model.language import Language
from campaigns.model.money import EXPONENTS, Money

HY, KA, EN = Language.HY, Language.KA, Language.EN
S = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        (Money(1250000, "AMD"), (f"12{S}500{S}֏", f"12{S}500{S}֏", f"12,500{S}AMD")),
        (Money(1250050, "AMD"), (f"12{S}500,50{S}֏", f"12{S}500,50{S}֏", f"12,500.50{S}AMD")),
        (Money(4990, "GEL"), (f"49,90{S}₾", f"49,90{S}₾", f"49.90{S}GEL")),
        (Money(199999, "USD"), (f"1{S}999,99{S}$", f"1{S}999,99{S}$", "$1,999.99")),
        (Money(-500, "EUR"), (f"-5,00{S}€", f"-5,00{S}€", "-€5.00")),
        (Money(99, "RUB"), (f"0,99{S}₽", f"0,99{S}₽", f"0.99{S}RUB")),
    ],
)
def test_money_is_written_as_at_the_till_of_each_country(amount, shown):
    assert tuple(formats.money(amount, language) for language in (HY, KA, EN)) == shown


@settings(deadline=None)
@given(
    st.integers(-(10**12), 10**12), st.sampled_from(sorted(EXPONENTS)), st.sampled_from(Language)
)
def test_an_amount_never_breaks_over_two_lines(minor, currency, language):
    shown = formats.money(Money(minor, currency), language)
    assert " " not in shown
    assert "".join(filter(str.isdigit, shown)).rstrip("0") == str(abs(minor)).rstrip("0") or (
        abs(minor) < 100
    )


def test_a_date_reads_as_people_write_it():
    day = date(2026, 3, 8)
    assert formats.date_long(day, HY) == "2026\u00a0թ. մարտի 8"
    assert formats.date_long(day, KA) == "2026 წლის 8 მარტი"
    assert formats.date_long(day, EN) == "8 March 2026"


@pytest.mark.parametrize(
    ("month", "ka"),
    [
        (1, "იანვარს"),
        (2, "თებერვალს"),
        (3, "მარტს"),
        (5, "მაისს"),
        (8, "აგვისტოს"),
        (12, "დეკემბერს"),
    ],
)
def test_the_day_something_happened_takes_its_ending(month, ka):
    day = date(2025, month, 21)
    assert formats.date_on(day, KA) == f"2025 წლის 21 {ka}"
    assert formats.date_on(day, HY).endswith(" 21-ին")
    assert formats.date_on(day, EN).startswith("on 21 ")


def test_numbers_have_their_thousands_apart():
    assert formats.number(20000, HY) == formats.number(20000, KA) == f"20{S}000"
    assert formats.number(20000, EN) == "20,000"


def test_a_list_reads_as_one_phrase():
    assert formats.list_of(["գինի", "պանիր", "մեղր"], HY) == "գինի, պանիր և մեղր"
    assert formats.list_of(["ღვინო", "ყველი"], KA) == "ღვინო და ყველი"
    assert formats.list_of(["wine", "cheese", "honey"], EN) == "wine, cheese and honey"
    assert formats.list_of([], EN) == ""

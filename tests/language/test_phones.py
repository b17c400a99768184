import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.language import phones

S = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("written", "home", "kept"),
    [
        ("37491234567", "AM", "+37491234567"),
        ("(091) 23-45-67", "AM", "+37491234567"),
        ("91234567", "AM", "+37491234567"),
        ("+374 91 234567", "GE", "+37491234567"),
        ("555 12 34 56", "GE", "+995555123456"),
        ("555123456", "AM", "+995555123456"),
        ("995555123456", "AM", "+995555123456"),
        ("00995555123456", "AM", "+995555123456"),
        ("+44 20 7946 0958", "AM", "+442079460958"),
        ("չգիտեմ", "AM", None),
        ("12", "AM", None),
    ],
)
def test_phones_are_read_as_people_of_two_countries_write_them(written, home, kept):
    assert phones.e164(written, home) == kept


@pytest.mark.parametrize(
    ("written", "home", "shown", "at_home"),
    [
        ("091234567", "AM", "+374~91~23-45-67", "091~23-45-67"),
        ("(010) 523456", "AM", "+374~10~52-34-56", "010~52-34-56"),
        ("0312 3-45-67", "AM", "+374~312~3-45-67", "0312~3-45-67"),
        ("0 800 12 345", "AM", "+374~800~12~345", "0~800~12~345"),
        ("599123456", "GE", "+995~599~12~34~56", "599~12~34~56"),
        ("0322123456", "GE", "+995~32~212~34~56", "032~212~34~56"),
        ("+79161234567", "AM", "+7~916~123-45-67", "8~(916)~123-45-67"),
        ("չկա", "AM", "չկա", "չկա"),
    ],
)
def test_a_number_is_shown_as_its_country_writes_it(written, home, shown, at_home):
    assert phones.international(written, home).replace(S, "~") == shown
    assert phones.national(written, home).replace(S, "~") == at_home


@pytest.mark.parametrize(
    ("written", "default", "country"),
    [
        ("+37491234567", "GE", "AM"),
        ("995 599 12 34 56", None, "GE"),
        ("0044 20 7946 0958", None, "GB"),
        ("+7 727 258 88 55", None, "KZ"),
        ("091 23-45-67", "AM", "AM"),
        ("599 12 34 56", "AM", "GE"),
        ("091 23-45-67", None, None),
        ("+374 12", "AM", None),
        ("", "AM", None),
    ],
)
def test_the_country_is_that_of_the_number(written, default, country):
    assert phones.country_of(written, default) == country


@given(st.text(max_size=60) | st.from_regex(r"[+0-9 ()-]{0,20}"), st.sampled_from(["AM", "GE"]))
def test_any_text_is_read_without_an_exception_and_a_number_settles(written, home):
    kept = phones.e164(written, home)
    shown = phones.international(written, home)

    assert country_is_known(kept, home)
    if kept:
        assert " " not in shown
        assert phones.e164(kept, "GE") == phones.e164(shown, "GE") == kept


def country_is_known(kept, home):
    return kept is None or phones.country_of(kept, home) == phones.country_of(kept, None)

import pytest

from campaigns.language.people.listed import Given, given_name, is_listed_given, is_surname, pairs
from campaigns.language.people.scripts import script_of

SCRIPTS = ("hy", "ka", "latin", "cyrillic")


@pytest.mark.parametrize(
    "name",
    [
        "Անի",
        "ԱՆԻ",
        "ნინო",
        "დავითი",
        "Giorgi",
        "Анаит",
        "John",
        "Anna-Maria",
        "Khatuna",
        "Пётр",
        "Գեւորգ",
        "Петр",
        "Артем",
    ],
)
def test_a_given_name_is_known_in_whatever_letters(name):
    assert given_name(name) is not None


@pytest.mark.parametrize(
    "word", ["Սարգսյան", "ბერიძე", "Sargsyan", "Xqu", "", "7", "Anna-Xqu", "😀"]
)
def test_other_words_are_none(word):
    assert given_name(word) is None


def test_hand_written_lists_outrank_counted_ones():
    assert given_name("ჰასმიკ") == Given("f")
    assert given_name("კარენ") == Given("m")


def test_a_list_knows_letters_not_sounds():
    assert is_listed_given("Անի")
    assert not is_listed_given("Khatunaa")
    assert is_surname("ბერიძე")
    assert not is_surname("ანი")


def test_the_paired_names_are_in_the_scripts_of_their_columns():
    for _, hy, ka, romanised, cyrillic in pairs():
        for script, names in zip(SCRIPTS, ([hy], [ka], romanised, cyrillic), strict=True):
            assert [name for name in names if name != "-" and script_of(name) != script] == []

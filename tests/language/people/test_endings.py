import pytest

from campaigns.language.people.endings import (
    fathers_gender,
    is_fathers_genitive,
    is_womans_surname,
    surnameness,
)


@pytest.mark.parametrize(
    "surname",
    ["Պետրոսյան", "Տեր-Պետրոսյան", "ბერიძე", "ჯავახიშვილი", "Sargsyants", "Beridze", "Дзидзигури", "Smith",
     "Саркисян", "კვარაცხელია", "Lomidze", "Ivanova", "van Petrosyan", "კარაპეტიანი"],
)  # fmt: skip
def test_surnames_are_known_by_list_or_ending(surname):
    assert surnameness(surname) > 0


@pytest.mark.parametrize(
    "given",
    [
        "Անի",
        "მაია",
        "Maria",
        "Марина",
        "Ryan",
        "Брайан",
        "Adrian",
        "ლია",
        "Севастьян",
        "Ian",
        "Eva",
    ],
)
def test_an_ending_makes_no_surname_of_a_given_name(given):
    assert surnameness(given) <= 0


def test_only_russian_endings_tell_a_woman():
    assert is_womans_surname("Иванова")
    assert is_womans_surname("Чайковская")
    assert not is_womans_surname("Иванов")
    assert not is_womans_surname("ბოკუჩავა")
    assert not is_womans_surname("Eva")


@pytest.mark.parametrize(
    ("word", "gender"),
    [("Иванович", "m"), ("Ильич", "m"), ("Petrovna", "f"), ("Հայկովիչ", "m"), ("Иванов", None), ("Ани", None)],
)  # fmt: skip
def test_a_russian_fathers_name_tells_the_gender(word, gender):
    assert fathers_gender(word) == gender


@pytest.mark.parametrize(
    "word", ["Վարդանի", "Դավթի", "Սարգսի", "Արայի", "გიორგის", "დავითის", "Vardani", "Armeni"]
)
def test_a_genitive_of_a_mans_name_is_a_fathers(word):
    assert is_fathers_genitive(word)


@pytest.mark.parametrize("word", ["Անի", "Նինոյի", "Գայանեի", "Xqui", "გიორგი", "Ani", ""])
def test_no_other_word_is(word):
    assert not is_fathers_genitive(word)

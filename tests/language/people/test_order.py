import pytest

from campaigns.language.people.order import Parts, ordered, without_father


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        (("Պետրոսյան", "Անի"), Parts("Անի", "Պետրոսյան")), (("Ani",), Parts("Ani")),
        (("Beridze",), Parts(None, "Beridze")), (("Taylor", "James"), Parts("Taylor", "James")),
        (("Xqu", "Ydro"), None), (("Անի", "Մարիամ"), None), (("ანა", "ხქუ"), Parts("ანა", "ხქუ")),
        (("Ana", "Maria", "Lopez"), Parts("Ana Maria", "Lopez")),
        (("Lopez", "Ana", "Maria"), Parts("Ana Maria", "Lopez")),
        (("Ana", "Maria", "Xqu", "Lopez"), None), (("A.", "B."), None), ((), None),
        (("A.", "Xqu"), Parts(None, "Xqu")), (("Chanturia",), None),
    ],
)  # fmt: skip
def test_words_are_told_apart_or_not_at_all(words, parts):
    assert ordered(words) == parts


def test_a_comma_tells_the_surname_unless_lists_know_better():
    assert ordered(("Xqu", "Ydro"), before_comma=1) == Parts("Ydro", "Xqu")
    assert ordered(("Giorgi", "Beridze"), before_comma=1) == Parts("Giorgi", "Beridze")


@pytest.mark.parametrize(
    ("words", "father"),
    [
        (("Անի", "Վարդանի", "Պետրոսյան"), "Վարդանի"), (("Անի", "Վարդանի"), None),
        (("Վարդանի", "Անի", "Պետրոսյան"), None), (("Иван", "Иванович"), "Иванович"),
        (("ბერიძე", "დავით", "გიორგის"), "გიორგის"), (("Ali", "Ahmed", "oglu", "Aliyev"), "Ahmed oglu"),
    ],
)  # fmt: skip
def test_a_fathers_name_is_found_where_one_can_stand(words, father):
    assert without_father(words)[0] == father

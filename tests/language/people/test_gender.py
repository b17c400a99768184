import pytest

from campaigns.language.people.gender import gender_of, gender_of_word


@pytest.mark.parametrize(
    ("word", "gender"),
    [
        ("իգ.", "f"), ("ԱՐԱԿԱՆ", "m"), ("ქალი", "f"), ("კაცი", "m"), ("М", "m"), ("ж.", "f"), ("Male", "m"),
        ("F", "f"), ("мужской", "m"), ("մ", None), ("?", None), ("", None), ("robot", None),
    ],
)  # fmt: skip
def test_a_cell_names_a_gender_in_four_languages(word, gender):
    assert gender_of_word(word) == gender


@pytest.mark.parametrize(
    ("name", "gender"),
    [
        ("Անի", "f"), ("Արամ", "m"), ("Կարեն", "m"), ("Սաշա", None), ("ნინო", "f"), ("გელა", "m"),
        ("ბადრი", "m"), ("გიგა", "m"), ("ნუკრი", "m"), ("რიტა", "f"), ("გაიანე", "f"), ("დავითი", "m"),
        ("Gela", "m"), ("Gayane", "f"), ("Tinatin", "f"), ("Анаит", "f"), ("Ираклий", "m"), ("John", "m"),
        ("Emma", "f"), ("Karen", None), ("Alex", None), ("Xqu", None), ("Մարինա", "f"), ("Taylor", None),
        ("Anna-Maria", "f"), ("ԱՆԻ", "f"), ("HASMIK", "f"), ("Nika", "m"), ("Ника", None),
    ],
)  # fmt: skip
def test_a_listed_given_name_tells_in_whatever_letters(name, gender):
    assert gender_of(name)[0] == gender


def test_a_unisex_name_is_told_by_an_armenian_surname():
    assert gender_of("Karen", "Petrosyan")[:2] == ("m", "list")
    assert gender_of("Karen", "Smith")[0] is None


def test_the_strongest_evidence_is_named():
    assert gender_of("Անի", column="f") == ("f", "column", False)
    assert gender_of("Անի", titles=("տիկին",)) == ("f", "title", False)
    assert gender_of("Саша", son="f") == ("f", "patronymic", False)
    assert gender_of("Саша", "Иванова") == ("f", "surname", False)
    assert gender_of("Eva", "Gaeva")[1] == "surname"


def test_a_georgian_surname_in_ava_is_no_womans():
    assert gender_of("Xqu", "Okruashvili")[0] is None
    assert gender_of("Zurab", "Zhordania") == ("m", "list", False)
    assert gender_of("გელა", "ბოკუჩავა") == ("m", "list", False)


@pytest.mark.parametrize(
    "facts",
    [{"column": "m"}, {"titles": ("Mr",)}, {"son": "m"}, {"column": "f", "titles": ("պարոն",)}],
)
def test_evidence_that_disagrees_is_reported(facts):
    assert gender_of("Անի", **facts) == (None, None, True)


@pytest.mark.parametrize("column", ["other", "այլ", "non-binary", "სხვა"])
def test_who_says_neither_is_not_told_otherwise(column):
    assert gender_of("Անի", column=column) == (None, None, False)


@pytest.mark.parametrize("column", ["?", "-", "n/a", "unknown", "0", "անհայտ", "x"])
def test_a_cell_that_says_nothing_leaves_it_to_the_name(column):
    assert gender_of("Անի", column=column)[:2] == ("f", "list")

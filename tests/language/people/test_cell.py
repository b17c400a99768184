import pytest

from campaigns.language.people.cell import is_initial, read_cell
from campaigns.language.people.notes import Note


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("Անի Պետրոսյան", ("Անի", "Պետրոսյան")), ("Ա.Պետրոսյան", ("Ա.", "Պետրոսյան")),
        ("Ludwig van der Berg", ("Ludwig", "van der Berg")), ("Տեր Պետրոսյան", ("Տեր Պետրոսյան",)),
        ("Van Smith", ("Van", "Smith")), ("Mr.Smith", ("Smith",)), ("  Ani  ", ("Ani",)), ("Ia.", ("Ia",)),
        ("Ani [VIP]", ("Ani",)), ("Ani (", ("Ani",)), ("#Ani#", ("Ani",)), ("Անի՞", ("Անի",)),
    ],
)  # fmt: skip
def test_the_words_of_a_name_are_found(written, words):
    assert read_cell(written).words == words


def test_titles_stand_apart_and_a_comma_sets_the_surname_apart():
    cell = read_cell("Dr. Beridze, Giorgi")

    assert (cell.words, cell.titles, cell.before_comma) == (("Beridze", "Giorgi"), ("Dr.",), 1)


@pytest.mark.parametrize("empty", ["", " ", "\u200b\u202e"])
def test_an_empty_cell_has_no_problem(empty):
    cell = read_cell(empty)

    assert (cell.words, cell.problem) == ((), None)


def test_a_problem_leaves_no_words():
    assert read_cell("Ani 77").words == ()
    assert read_cell("Ani 77").problem is Note.NUMBER
    assert read_cell("И").problem is None


@pytest.mark.parametrize(
    ("word", "answer"),
    [
        ("Ա.", True),
        ("J.R.", True),
        ("И", True),
        ("Ia.", False),
        ("Հովհ.", True),
        ("Ani.", False),
        ("Ani", False),
        (")", False),
    ],
)
def test_an_initial_only_stands_for_a_name(word, answer):
    assert is_initial(word) is answer

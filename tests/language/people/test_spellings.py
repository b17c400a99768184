import pytest

from campaigns.language.grammar import Kind
from campaigns.language.lexicon import rows
from campaigns.language.people.spellings import armenian, georgian, latin
from tools.lexicon.sounds import sounds


@pytest.mark.parametrize(
    ("word", "written"),
    [
        ("Գայանե", "Gayane"), ("Թամար", "Tamar"), ("Ռուզաննա", "Ruzanna"), ("Գևորգ", "Gevorg"),
        ("Ոսկան", "Voskan"), ("ჭაბუკა", "Chabuka"), ("თამთა", "Tamta"), ("Джемал", "Jemal"), ("Хачик", "Khachik"),
        ("Ani", "Ani"), ("李", None), ("Їжак", None), ("", None),
    ],
)  # fmt: skip
def test_a_word_has_one_latin_spelling_by_standard(word, written):
    assert latin(word) == written


def test_western_armenian_spellings_are_understood_and_mixtures_are_not():
    assert armenian("Garabed", Kind.GIVEN) == "Կարապետ"
    assert armenian("Karapet", Kind.GIVEN) == "Կարապետ"
    assert armenian("Karabed", Kind.GIVEN) is None


def test_where_no_spelling_is_clearly_the_most_frequent_there_is_none():
    assert georgian("Tamila", Kind.GIVEN) == "თამილა"
    assert georgian("Arpine", Kind.GIVEN) is None


@pytest.mark.slow
def test_the_listed_sounds_are_what_tetrak_translit_says_of_all_listed_names():
    assert ["\t".join(cells) for cells in rows("name_sounds.txt")] == list(sounds())

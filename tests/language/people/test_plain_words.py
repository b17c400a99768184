import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.language.people.person import _of_any_cells, read_person
from campaigns.language.people.plain_words import Plain, of_plain_words

_WORDS = """
    Անի ԱՆԻ անի Պետրոսյան ՊԵՏՐՈՍՅԱՆ Կարեն Karen Petrosyan Գևորգ Ավետ Ա Ա. Վարդանի ნინო ბერიძე ია
    ᲒᲘᲝᲠᲒᲘ დავითი Giorgi BERIDZE Ia Иван Иванова Петрович Ильич Вардан Smith John James Maria
    Anna-Maria O'Brien McDonald van Տեր oglu Mr տիկին n/a test Xqu Zzz Аni é Zoë aaa 7 և ՍՊԸ Quark
"""
WORDS = st.sampled_from(_WORDS.split())
CELLS = st.one_of(
    st.none(),
    st.just(""),
    WORDS,
    st.lists(WORDS, min_size=1, max_size=3).map(" ".join),
    st.text(max_size=8),
)
GENDERS = st.sampled_from([None, "f", "արական", "other", "?", "-"])


@given(full=CELLS, name=CELLS, family=CELLS, gender=GENDERS)
def test_the_short_way_of_plain_words_says_what_the_long_way_says(full, name, family, gender):
    assert read_person(full, name, family, gender=gender) == _of_any_cells(
        full, name, family, None, gender
    )


@pytest.mark.parametrize(
    ("cells", "parts"),
    [
        ((None, "ԱՆԻ", "Պետրոսյան"), Plain("Անի", "Պետրոսյան", is_recased=True)),
        (("ბერიძე დავით", None, None), Plain("დავით", "ბერიძე", is_recased=False)),
        ((None, "Պետրոսյան", "Անի"), None),
        ((None, "Անի", None), None),
        (("Ա. Պետրոսյան", None, None), None),
        (("Анна Петрович", None, None), None),
    ],
)
def test_only_words_that_need_nothing_but_their_capitals_go_the_short_way(cells, parts):
    assert of_plain_words(*cells) == parts

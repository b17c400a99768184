import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.language.people.lookalikes import unmixed
from campaigns.language.people.scripts import script_of

MIXED = st.text(
    st.sampled_from("аАеЕоОсСрРхХиИнНлЛaAeEoOcCpPxXnNuUհՀօՕսՍոՈնԱիანიოΑοι '-"), max_size=12
)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Аni", "Ani"), ("Petrоsyan", "Petrosyan"), ("Кarеn", "Karen"), ("Αna", "Ana"), ("Nиno", "Nino"),
        ("ДАBИД", "ДАВИД"), ("Оlga", "Olga"), ("Лuсине", "Лусине"), ("Анi", "Ани"),
        ("Պետրoսյան", "Պետրոսյան"), ("Վարդoւհի", "Վարդուհի"), ("Lուսինե", "Լուսինե"), ("հasmik", "hasmik"),
        ("Կարen", "Կարեն"), ("ԱNI", "ԱՆԻ"), ("Lუსინე", "ლუსინე"), ("ნინo", "ნინო"),
        ("Аni Պետրoսյան", "Ani Պետրոսյան"),
    ],
)  # fmt: skip
def test_letters_that_only_look_or_sound_alike_are_put_right(written, meant):
    assert unmixed(written) == meant


@pytest.mark.parametrize("written", ["Xкჯ", "Дa", "Սաpգսյան", "Zჟж", "Aа"])
def test_where_two_readings_are_possible_none_is_chosen(written):
    assert unmixed(written) is None


@pytest.mark.parametrize("written", ["Ani", "Анна Smith", "Անի", "ნინო Beridze", "", "12"])
def test_a_word_in_one_script_is_left_alone(written):
    assert unmixed(written) == written


@given(MIXED)
def test_the_answer_has_one_script_a_word_and_is_its_own_answer(written):
    meant = unmixed(written)

    if meant is not None:
        assert "mixed" not in {
            script_of(word) for word in meant.replace("-", " ").replace("'", " ").split()
        }
        assert len(meant) in range(
            len(written), len(written) + written.count("u") + written.count("U") + 3
        )
        assert unmixed(meant) == meant

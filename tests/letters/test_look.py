import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.errors import InputError
from campaigns.letters.look import (
    DAY,
    DEEP,
    NIGHT,
    READABLE,
    VISIBLE,
    contrast,
    look,
    readable_on,
)  # fmt: skip
from campaigns.model.language import Language

COLOURS = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


@given(COLOURS, st.sampled_from(["note", "card", "story", "offer"]))
def test_whatever_the_colour_everything_can_be_read_by_day_and_by_night(colour, design):
    paint = look(Language.HY, colour, design)
    night = paint.night

    for ground in (*DAY.grounds, paint.tint):
        assert all(contrast(ground, ink) >= READABLE for ink in (paint.ink, paint.soft, paint.link))
    for ground in NIGHT.grounds:
        assert all(contrast(ground, ink) >= READABLE for ink in (night.ink, night.soft, night.link))
    assert contrast(paint.accent, paint.on_accent) >= READABLE
    assert contrast(night.link, night.on_link) >= READABLE
    assert contrast(paint.sheet, paint.edge) >= VISIBLE


def test_a_colour_that_can_be_read_stays_as_it_is():
    assert look(Language.EN, "#0F766E").link == "#0f766e"
    assert readable_on(["#ffffff"], "#ffffff") != DEEP


@pytest.mark.parametrize("colour", ["", "red", "#fff", "#12345g", "#0f766e;color:red", "#0f766e\n"])
def test_what_is_no_colour_is_refused(colour):
    with pytest.raises(InputError) as caught:
        look(Language.EN, colour)
    assert caught.value.code == "brand.colour"

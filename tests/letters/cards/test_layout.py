"""Words in a box: whole, inside, and readable."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.errors import InputError
from campaigns.letters.cards.fonts import width
from campaigns.letters.cards.layout import BELOW, LEAST, Words, set_in_box, set_in_middle

TEXTS = st.text(st.sampled_from("aWi.@-/ 1Աէմღწ"), min_size=1, max_size=160).map(
    lambda text: " ".join(text.split()) or "a"
)
BOX = (130.0, 150.0)


@settings(max_examples=60)
@given(TEXTS, TEXTS, st.integers(1, 3))
def test_every_character_stands_inside_the_box(upper, lower, lines):
    top = Words(upper, 14, "#000000", bold=True, lines=lines, least=9)
    bottom = Words(lower, 8, "#000000", lines=lines)
    found = set_in_box([top], [bottom], BOX)

    assert "".join("".join(line.text for line in found).split()) == "".join((upper + lower).split())
    assert all(width(line.text, line.font, line.size) <= BOX[0] + 0.01 for line in found)
    assert all(line.size >= LEAST for line in found)
    assert found[-1].y + BELOW * found[-1].size <= BOX[1] + 0.01
    assert [line.y for line in found] == sorted(line.y for line in found)


def test_a_text_shrinks_before_it_takes_another_line():
    (line,) = set_in_box([Words("Twelve letters", 14, "#000000", least=8)], (), (80.0, 40.0))

    assert 8 <= line.size < 14


def test_lines_are_of_about_the_same_length_so_that_no_word_stands_alone():
    words = Words("one two three four five six seven", 10, "#000000", lines=2, least=10)
    first, second = set_in_box([words], (), (150.0, 40.0))

    assert len(second.text.split()) >= 3
    assert len(first.text.split()) >= 3


def test_an_address_is_broken_behind_its_marks():
    words = Words("first.second@a-very-long-domain.example.am", 6, "#000000", lines=3)
    pieces = [line.text for line in set_in_box([words], (), (70.0, 40.0))]

    assert len(pieces) > 1
    assert all(piece[-1] in "@.-" for piece in pieces[:-1])


def test_too_much_to_read_is_refused_rather_than_cut_off():
    with pytest.raises(InputError) as refusal:
        set_in_box([Words("word " * 300, 8, "#000000")], (), (100.0, 60.0))

    assert refusal.value.code == "card.too_long"


def test_one_line_stands_halfway_up():
    (line,) = set_in_middle(Words("0123", 10, "#000000"), (100.0, 60.0))

    assert 30 < line.y < 36

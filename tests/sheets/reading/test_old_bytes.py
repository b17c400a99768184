import pytest

from campaigns.sheets.reading.codecs import TABLES, encode
from campaigns.sheets.reading.old_bytes import converted, reading

COLUMNS = [
    ("armscii-8", ["Անուն", "Արամ Սարգսյան", "Անի", "Երեվան, Աբովյան 5", "օր"]),
    ("geostd8", ["სახელი", "ნინო ბერიძე", "გიორგი", "თბილისი №5"]),
    ("georgian-academy", ["სახელი", "ნინო ბერიძე", "გიორგი", "თბილისი"]),
    ("cp1251", ["Имя", "Анна Петрова", "Ереван", "Итого"]),
]
WESTERN = [
    ["Hélène", "Noël", "à Paris", "Besançon", "ÉCOLE"],
    ["Müller", "Größe", "Jürgen", "Ångström"],
    ["São Paulo", "João", "Conceição", "Ñandú", "Þórðarson"],
    ["“quoted”…", "5 €", "10 °C", "½ kg", "«ok»", "—", "×××", "¹²³"],
    ["Ann", "C-0001", "ann@example.com", ""],
]


def _seen(text: str, encoding: str) -> str:
    """How the text is seen by a program that takes its bytes for Western letters."""
    data = encode(text, encoding) if encoding in TABLES else text.encode(encoding)
    return data.decode("latin-1")


@pytest.mark.parametrize(("encoding", "cells"), COLUMNS)
def test_a_column_in_old_letters_is_told_and_converted(encoding, cells):
    seen = [_seen(cell, encoding) for cell in cells]

    assert reading(seen) == encoding
    assert [converted(cell, encoding) for cell in seen] == cells


@pytest.mark.parametrize("cells", WESTERN)
def test_western_text_is_left_as_it_is(cells):
    assert reading(cells) is None


@pytest.mark.parametrize(
    "cell", ["Hélène", "Müller 5 €", "Ann", "à Paris", "Անի", "ann@example.com"]
)
def test_western_and_good_cells_among_old_ones_are_kept(cell):
    assert converted(cell, "armscii-8") == cell


def test_the_dot_of_an_address_typed_on_the_old_keyboard_is_a_dot():
    assert converted("ani@example©com", "armscii-8") == "ani@example.com"


def test_what_a_person_says_outweighs_what_the_letters_say():
    assert converted("Ú", "armscii-8") == "Ú"
    assert converted("Ú", "armscii-8", sure=True) == "Յ"

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.errors import InputError
from campaigns.sheets.reading.codecs import encode
from campaigns.sheets.reading.plain import delimiter, rows_of, text_of

ARMENIAN = "Անուն;Քաղաք\r\nԱնի Պետրոսյան;Երևան\r\nՎարդան Գևորգյան;Գյումրի\r\n"
GEORGIAN = "სახელი;ქალაქი\r\nნინო ბერიძე;თბილისი\r\nგიორგი კაპანაძე;ბათუმი\r\n"
RUSSIAN = "Имя;Город\r\nАнна Петрова;Ереван\r\nИВАН СЕРГЕЕВ;ТБИЛИСИ\r\n"
FRENCH = "Prénom;Ville\r\nHélène;Besançon\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [ARMENIAN, GEORGIAN, RUSSIAN, FRENCH])
def test_unicode_is_read_with_and_without_its_mark(text, encoding):
    assert text_of(text.encode(encoding)) == text


@pytest.mark.parametrize("text", [RUSSIAN, RUSSIAN.upper(), RUSSIAN.lower()])
def test_windows_1251_is_told_by_its_words(text):
    assert text_of(text.encode("cp1251")) == text


def test_windows_1252_is_the_last_resort():
    assert text_of(FRENCH.encode("cp1252")) == FRENCH


def test_armscii_8_is_told_by_its_words():
    assert text_of(encode(ARMENIAN, "armscii-8")) == ARMENIAN


def test_geostd8_is_told_by_its_words():
    assert text_of(encode(GEORGIAN, "geostd8")) == GEORGIAN


def test_bytes_in_no_alphabet_are_refused():
    with pytest.raises(InputError) as caught:
        text_of(bytes([0x81, 0x8D, 0x90, 0xFF]) * 50)
    assert caught.value.code in {"sheet.encoding", "sheet.not_a_workbook"}


@pytest.mark.parametrize("sign", [";", ",", "\t", "|"])
def test_the_separator_is_the_one_that_makes_even_rows(sign):
    text = (
        sign.join(["a", "b", "c"]) + "\n" + sign.join(["1,5" if sign != "," else "1", "x", "y z"])
    )
    assert delimiter(text + "\n") == sign


def test_quoted_cells_may_hold_separators_quotes_and_line_ends():
    assert list(rows_of('a;b\n"x;""y""\nz";2\n')) == [["a", "b"], ['x;"y"\nz', "2"]]


def test_blank_rows_keep_their_place():
    assert list(rows_of("a,b\n\n1,2\n")) == [["a", "b"], [], ["1", "2"]]


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_give_rows_or_a_clear_error(data):
    with contextlib.suppress(InputError):
        assert all(isinstance(row, list) for row in rows_of(text_of(data)))


def test_a_quotation_mark_that_is_never_closed_swallows_no_rows():
    text = 'Email,Name\na@example.com,"Ani\nb@example.com,Nino\nc@example.com,Mari\n'

    with pytest.raises(InputError) as caught:
        list(rows_of(text))
    assert (caught.value.code, caught.value.facts["row"]) == ("sheet.text", 2)
    assert list(rows_of('A\n"b\nc"')) == [["A"], ["b\nc"]]
    assert list(rows_of("A\n\n")) == [["A"], []]

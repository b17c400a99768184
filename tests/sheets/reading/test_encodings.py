from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaigns.errors import InputError
from campaigns.sheets.reading import encodings
from campaigns.sheets.reading.codecs import TABLES, encode
from campaigns.sheets.reading.grid import Remark

ARMENIAN = "Անուն;Քաղաք\r\nԱնի Պետրոսյան;Երեվան\r\nՎարդան Գաբրիելյան;Գյումրի\r\n"
GEORGIAN = "სახელი;ქალაქი\r\nნინო ბერიძე;თბილისი\r\nგიორგი კაპანაძე;ბათუმი\r\n"
RUSSIAN = "Имя;Город\r\nАнна Петрова;Ереван\r\nИВАН СЕРГЕЕВ;ТБИЛИСИ\r\n"
FRENCH = "Prénom;Ville\r\nHélène;Besançon\r\nà voir;Genève\r\n"
ENGLISH = "name,city\nAnn,London\n"
UNICODE = [
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
    "utf-32-le",
    "utf-32-be",
]


def _bytes(text: str, encoding: str) -> bytes:
    return encode(text, encoding) if encoding in TABLES else text.encode(encoding)


def _read(
    tmp_path: Path, data: bytes, encoding: str | None = None
) -> tuple[str, tuple[Remark, ...]]:
    source, target = tmp_path / "source", tmp_path / "target"
    source.write_bytes(data)
    found = encodings.given(source, encoding) if encoding else encodings.detect(source)
    if found.as_it_is:
        return data.decode("utf-8-sig"), ()
    remarks = encodings.into_utf8(source, target, found.encoding)
    return target.read_bytes().decode(), remarks


@pytest.mark.parametrize("encoding", UNICODE)
@pytest.mark.parametrize("text", [ARMENIAN, GEORGIAN, RUSSIAN, FRENCH, ENGLISH])
def test_unicode_is_read_with_and_without_its_mark(tmp_path, text, encoding):
    assert _read(tmp_path, text.encode(encoding)) == (text, ())


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        *((form(RUSSIAN), name) for name in ("cp1251", "koi8-r", "cp866", "iso8859-5")
          for form in (str, str.lower)),
        (RUSSIAN.upper(), "cp1251"),
        (RUSSIAN, "mac-cyrillic"),
        (ARMENIAN, "armscii-8"),
        (ARMENIAN, "armscii-8a"),
        (GEORGIAN, "geostd8"),
        (GEORGIAN, "georgian-academy"),
        (FRENCH, "cp1252"),
        ("Name\nRené\n", "cp1252"),
        ("Name\nMüller\n", "cp1252"),
        ("Անի\n", "armscii-8"),
        ("ნინო\n", "geostd8"),
        ("Итого;;13 500,50\n", "cp1251"),
    ],
)  # fmt: skip
def test_an_alphabet_of_one_byte_a_letter_is_told_by_its_words(tmp_path, text, encoding):
    assert _read(tmp_path, _bytes(text, encoding)) == (text, ())


def test_few_foreign_letters_late_in_a_long_file_tell_its_alphabet(tmp_path):
    text = ENGLISH * 40_000 + "Анна,Ереван\nИван,Гюмри\n"

    assert _read(tmp_path, text.encode("cp1251")) == (text, ())


def test_small_letters_of_two_alphabets_that_share_them_are_a_near_tie(tmp_path):
    path = tmp_path / "file"
    path.write_bytes("анна".encode("cp1251"))

    found = encodings.detect(path)

    assert [name for name, _ in found.candidates][:2] == ["cp1251", "mac-cyrillic"]
    assert found.candidates[0][1] < 0.95
    assert sum(share for _, share in found.candidates) <= 1.001


def test_broken_bytes_in_unicode_are_counted_and_do_not_make_it_western(tmp_path):
    data = ARMENIAN.encode() + b"x;Wal\xffker\r\n\xd4"

    text, remarks = _read(tmp_path, data)

    assert text == ARMENIAN + "x;Wal\ufffdker\r\n\ufffd"
    assert remarks == (Remark("broken_bytes", {"count": 2}),)


def test_nul_bytes_are_left_out_and_counted(tmp_path):
    assert _read(tmp_path, b"name,city\nAnn\0,Lon\0don\n" * 3) == (
        "name,city\nAnn,London\n" * 3, (Remark("nul_bytes", {"count": 6}),),
    )  # fmt: skip


def test_the_mark_that_dos_puts_at_the_end_is_no_row(tmp_path):
    assert _read(tmp_path, RUSSIAN.encode("cp866") + b"\x1a")[0] == RUSSIAN


def test_what_a_person_says_of_the_encoding_is_believed(tmp_path):
    assert _read(tmp_path, "анна".encode("mac-cyrillic"), "mac-cyrillic")[0] == "анна"
    assert _read(tmp_path, RUSSIAN.encode("koi8-r"), "KOI8-R")[0] == RUSSIAN
    assert _read(tmp_path, RUSSIAN.encode("utf-16-be"), "utf-16")[0] == RUSSIAN
    assert _read(tmp_path, "é".encode("cp1252"), "utf-8")[0] == "\ufffd"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (bytes(range(0x80, 0x100)) * 5, "sheet.encoding"),
        (b"\x00\x01\x02" * 99, "sheet.not_a_workbook"),
        (bytes(range(256)) * 20, "sheet.not_a_workbook"),
    ],
)
def test_what_is_no_text_is_refused(tmp_path, data, code):
    with pytest.raises(InputError) as caught:
        _read(tmp_path, data)
    assert caught.value.code == code


def test_an_encoding_that_nobody_knows_is_refused(tmp_path):
    with pytest.raises(InputError) as caught:
        _read(tmp_path, b"a", "klingon")
    assert caught.value.code == "sheet.encoding"


@pytest.mark.slow
@settings(
    max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1))
def test_any_unicode_comes_back(tmp_path, text):
    assert _read(tmp_path, text.encode())[0] == text.removeprefix("\ufeff")

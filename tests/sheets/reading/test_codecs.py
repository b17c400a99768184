import shutil
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.sheets.reading.codecs import TABLES, UNKNOWN, decode, decoder, encode, is_known

TWICE = {"և"}
"""Arial Armenian puts it where the standard has a dash; both places are read."""


@pytest.mark.parametrize("encoding", TABLES)
def test_a_table_has_a_place_for_each_byte_and_no_letter_twice(encoding):
    table = TABLES[encoding]
    known = [sign for sign in table[0x80:] if sign not in {UNKNOWN, *TWICE}]
    assert len(table) == 256
    assert len(set(known)) == len(known)


@pytest.mark.parametrize(
    ("encoding", "alphabet"),
    [
        ("armscii-8", "ԱՖաֆև։՝«»ՑցՕօ"),
        ("armscii-8a", "ԱաՇշ«»ՈոՖֆ"),
        ("geostd8", "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ„“№"),
        ("georgian-academy", "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ„“"),
    ],
)
def test_the_whole_alphabet_comes_back(encoding, alphabet):
    assert decode(encode(alphabet, encoding), encoding) == alphabet


@pytest.mark.skipif(shutil.which("iconv") is None, reason="the system has no iconv")
@pytest.mark.parametrize(
    ("ours", "theirs", "first"),
    [
        ("armscii-8", "ARMSCII-8", 0xB0),
        ("geostd8", "GEORGIAN-PS", 0xC0),
        ("georgian-academy", "GEORGIAN-ACADEMY", 0xC0),
    ],
)
def test_the_letters_are_where_the_system_has_them(ours, theirs, first):
    letters = bytes(place for place in range(first, 0xE6))
    found = subprocess.run(
        ["iconv", "-f", theirs, "-t", "UTF-8"], input=letters, capture_output=True, check=False
    )
    if found.returncode:
        pytest.skip("the system's iconv does not know the alphabet")
    assert decode(letters, ours) == found.stdout.decode()


@settings(deadline=None)
@given(st.binary())
def test_any_bytes_can_be_read_in_any_alphabet(data):
    for encoding in TABLES:
        assert len(decode(data, encoding)) == len(data)


@given(st.binary(), st.integers(0, 20))
def test_a_text_reads_the_same_in_pieces(data, cut):
    for encoding in (*TABLES, "utf-8", "utf-16-le", "cp1251"):
        pieces = decoder(encoding)
        found = pieces.decode(data[:cut]) + pieces.decode(data[cut:]) + pieces.decode(b"", True)
        assert found == decode(data, encoding)


def test_a_letter_that_the_alphabet_lacks_is_refused():
    with pytest.raises(UnicodeEncodeError):
        encode("ნინო", "armscii-8")


@pytest.mark.parametrize("name", ["ARMSCII-8", "georgian-ps", "windows-1251", "utf-16", "koi8-r"])
def test_names_of_encodings_are_known_in_the_ways_people_write_them(name):
    assert is_known(name)
    assert decode(b"", name) == ""


@pytest.mark.parametrize("name", ["hex", "zlib", "klingon"])
def test_what_is_no_encoding_of_text_is_not_known(name):
    assert not is_known(name)

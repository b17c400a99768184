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


@pytest.mark.parametrize(
    ("data", "encoding", "text"),
    [
        ("b2ddc7 cbcda8", "armscii-8", "Անի խծև"),
        ("80adae e0ff", "armscii-8a", "Աշ«Ո\ufffd"),
        ("c7 c8 e0", "geostd8", "ჱთჭ"),
        ("c7 c8 e0", "georgian-academy", "თიჰ"),
    ],
)
def test_letters_stand_where_the_old_programs_wrote_them(data, encoding, text):
    assert decode(bytes.fromhex(data), encoding).replace(" ", "") == text.replace(" ", "")


@settings(deadline=None)
@given(st.binary())
def test_any_bytes_can_be_read_in_any_alphabet(data):
    for encoding in TABLES:
        assert len(decode(data, encoding)) == len(data)


@settings(max_examples=40)
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

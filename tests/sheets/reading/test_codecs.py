import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.sheets.reading.codecs import TABLES, UNKNOWN, decode, encode


@pytest.mark.parametrize("encoding", TABLES)
def test_a_table_has_a_place_for_each_byte_and_no_letter_twice(encoding):
    table = TABLES[encoding]
    known = [sign for sign in table[0x80:] if sign != UNKNOWN]
    assert len(table) == 256
    assert len(set(known)) == len(known)


@pytest.mark.parametrize(
    ("encoding", "alphabet"),
    [
        ("armscii-8", "ԱՖաֆև։՝«»ՑցՕօ"),
        ("geostd8", "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ„“№"),
    ],
)
def test_the_whole_alphabet_comes_back(encoding, alphabet):
    assert decode(encode(alphabet, encoding), encoding) == alphabet


@settings(deadline=None)
@given(st.binary())
def test_any_bytes_can_be_read_in_any_alphabet(data):
    for encoding in TABLES:
        assert len(decode(data, encoding)) == len(data)


def test_a_letter_that_the_alphabet_lacks_is_refused():
    with pytest.raises(UnicodeEncodeError):
        encode("ნინო", "armscii-8")

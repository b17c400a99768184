import pytest

from campaigns.sheets.reading.alphabets import PLAUSIBLE, READINGS, score
from campaigns.sheets.reading.codecs import TABLES, encode

NAMES = {
    "armscii-8": "Մարիամ Սարգսյան",
    "armscii-8a": "Մարիամ Սարգսյան",
    "geostd8": "მარიამ კაპანაძე",
    "georgian-academy": "მარიამ კაპანაძე",
    "cp1251": "Мария Сергеева",
    "koi8-r": "Мария Сергеева",
    "cp866": "Мария Сергеева",
    "iso8859-5": "Мария Сергеева",
    "mac-cyrillic": "Мария Сергеева",
    "cp1252": "Hélène Müller, São Paulo",
}


def _bytes(text: str, encoding: str) -> bytes:
    return encode(text, encoding) if encoding in TABLES else text.encode(encoding)


@pytest.mark.parametrize("encoding", READINGS)
def test_one_name_is_enough_to_tell_in_which_letters_it_is(encoding):
    data = _bytes(NAMES[encoding], encoding)

    sums = {name: score(data, name)[0] + READINGS[name][1] for name in READINGS}

    assert max(sums, key=lambda name: sums[name]) == encoding
    assert score(data, encoding)[0] / score(data, encoding)[1] > PLAUSIBLE


def test_names_in_capitals_are_told_too():
    data = "МАРИЯ СЕРГЕЕВА;САРКИС ПЕТРОСЯН".encode("cp1251")

    assert max(READINGS, key=lambda name: score(data, name)[0]) == "cp1251"


def test_plain_ascii_speaks_for_nothing():
    assert {score(b"Ann;London", name) for name in READINGS} == {(0.0, 0)}


@pytest.mark.parametrize("data", [b"\xc0n\xed\xe0", b"\xe0\xcd\xed\xe0", b"\x98\x98"])
def test_mixed_letters_capitals_inside_and_places_without_a_letter_speak_against(data):
    good = score("Анна".encode("cp1251"), "cp1251")
    found = score(data, "cp1251")

    assert found[0] / found[1] < good[0] / good[1] - 1

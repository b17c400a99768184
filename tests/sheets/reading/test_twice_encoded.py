import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.sheets.reading.twice_encoded import VIEWS, repaired, trigger

TEXTS = ["Անի Պետրոսյան", "ნინო ბერიძე", "Анна Петрова – «Рим»", "Անուն 12 ֏", "₾ 5"]
WESTERN = ["René “x” 5 €", "Müller", "São Paulo"]


def _mistaken(text: str, view: str) -> str:
    """The text's UTF-8 taken for another alphabet; bytes that it lacks become controls."""
    return "".join(bytes([byte]).decode(view, "ignore") or chr(byte) for byte in text.encode())


@pytest.mark.parametrize("view", [*VIEWS, "latin-1"])
@pytest.mark.parametrize("text", TEXTS)
def test_text_that_was_encoded_twice_is_put_right(text, view):
    seen = _mistaken(text, view)

    assert repaired(seen) == text
    assert re.search(trigger(), seen)


@pytest.mark.parametrize("text", WESTERN)
def test_western_text_that_was_encoded_twice_is_put_right(text):
    assert repaired(_mistaken(text, "cp1252")) == text
    assert repaired(_mistaken(_mistaken(text, "cp1252"), "cp1252")) == text


@pytest.mark.parametrize(
    "text",
    [
        "«СССР»", "“СССР”", "«РР»", "№ РР…", "С№5", "Рёва", "Рівне, Їжак", "КАФЕ «МІР»…", "Сергій", "ИП «В»",
        "CAFÉ»", "«Ô»", "El Niño»", "naïve…", "garçon’s", "Ãngela", "ÄÖÜ", "Łódź – Kraków",
        "Անի", "ნინო", "«Անի»", "ann@example.com", "",
    ],
)  # fmt: skip
def test_text_that_is_as_it_should_be_is_left_alone(text):
    assert repaired(text) == text


@settings(max_examples=40)
@given(st.lists(st.text("абвеинорстлАБВРСП", min_size=1, max_size=6)))
def test_russian_words_in_quotation_marks_are_left_alone(words):
    text = " ".join(f"«{word}» “{word}”, № {word}…" for word in words)
    assert repaired(text) == text


@pytest.mark.parametrize("left", ["", "?", "\ufffd"])
@pytest.mark.parametrize("text", ["Иванова", "ФИО", "Ирина Ильина"])
def test_a_letter_that_lost_its_second_byte_on_the_way_comes_back(text, left):
    seen = "".join(
        bytes([byte]).decode("cp1251") if byte != 0x98 else left for byte in text.encode()
    )

    assert repaired(seen) == text


@pytest.mark.parametrize("text", ["РФ", "РЖД", "РОСАТОМ", "Р? нет", "Р. Иванов"])
def test_a_word_that_begins_with_that_sign_stays(text):
    assert repaired(text) == text

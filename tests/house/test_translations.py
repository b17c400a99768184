"""Each rule about a single translation stops what it must and lets the right one through."""

from __future__ import annotations

import pytest
from babel.messages.catalog import Message

from tools.translations import wrong


def _told(english, text, language):
    message = Message(english, text)
    return list(wrong(message, language))


@pytest.mark.parametrize(
    ("english", "text", "language"),
    [
        ("The file is ready.", "Ֆայլը պատրաստ է։", "hy"),
        ("The file is ready.", "ფაილი მზადაა.", "ka"),
        ("For whom?", "Ո՞ւմ համար", "hy"),
        ("Is it still running?", "Դեռ աշխատո՞ւմ է այն։", "hy"),
        ("For whom?", "ვისთვის?", "ka"),
        ("Error:", "Սխալ՝", "hy"),
        ("Loading...", "Բեռնվում է…", "hy"),
        ("it is empty; choose a file", "Դատարկ է։ Ընտրեք ֆայլ", "hy"),
        (
            "It stopped. Start it with: campaigns up",
            "Կանգ է առել։ Գործարկեք campaigns up հրամանով։",
            "hy",
        ),
        ("**Two words**", "**Երկու բառ**", "hy"),
        (("{count} letter", "{count} letters"), ("{count} նամակ",), "hy"),
        (("{count} letter", "{count} letters"), ("{count} წერილი",), "ka"),
        ("{count} letters to friends", "{count} նամակ ընկերներին", "hy"),
        ("{count} friends", "{count} ընկեր", "hy"),
    ],
)
def test_a_right_translation_passes(english, text, language):
    assert _told(english, text, language) == []


@pytest.mark.parametrize(
    ("english", "text", "language", "complaint"),
    [
        ("It is ready.", "Պատրաստ է", "hy", "it ends with no mark; expected ։"),
        ("It is ready.", "მზადაა", "ka", "it ends with no mark; expected ."),
        ("It is ready", "მზადაა.", "ka", "expected no mark"),
        ("It is ready", "Պատրաստ է։", "hy", "expected no mark"),
        ("it is empty; choose a file", "ცარიელია. აირჩიეთ ფაილი.", "ka", "expected no mark"),
        ("Loading…", "Բեռնվում է", "hy", "expected …"),
        ("For whom?", "Ում համար", "hy", "put ՞ on the word"),
        ("For whom?", "ვისთვის", "ka", "expected ?"),
        ("Thank you!", "გმადლობთ", "ka", "expected !"),
        ("**Two** words", "Երկու բառ", "hy", "its markup is none; expected **, **"),
        ("[Open]({url})", "Բացել {url}", "hy", "its markup is none; expected ]("),
        (("{count} letter", "{count} letters"), ("{count} նամակ", "{count} նամակ"), "hy",
         "it has 2 plural forms; expected 1"),
        (("{count} letter", "{count} letters"), ("{count} նամակներ",), "hy", "stays singular"),
        ("{count} letters", "{count} წერილები", "ka", "stays singular"),
        ("in 3 rows", "3 տողերում", "hy", "stays singular"),
    ],
)  # fmt: skip
def test_a_wrong_translation_is_told(english, text, language, complaint):
    assert [complaint in told for told in _told(english, text, language)] == [True]

import pytest

from campaigns.sheets.reading.acadnusx import converted, evidence, heading, is_sure_heading

LATIN = [
    ["Nino Beridze", "Giorgi Kapanadze", "Tamar", "Salome", "Tornike"],
    ["nino", "giorgi", "gela", "shota", "ketevan"],
    ["Tamar", "Tornike", "Salome", "Zaza"],
    ["Tbilisi", "Batumi", "Rustavi", "Telavi"],
    ["ani", "aram", "karine", "xachatryan", "petrosyan"],
    ["jean", "claire", "cecile", "sylvie", "François"],
    ["Ann Walker", "McDonald", "JavaScript", "TikTok", "YouTube", "iPhone", "eBay"],
    ["C-0001", "aTxZ9", "Qw3rTy!", "xK9TzR", "pa$$WoRd1"],
    ["paid", "returned", "cancelled", "yes", "no"],
    ["nino@example.com", "beriZe@example.com", "www.qarTuli.ge"],
    ["xatuna", "qeti", "aleqsandre"],
    ["bbmqzZe", "TimuWZis", "gceTi", "CwJjnZe", "RenTZ", "kaWRT"],
    ["Иван", "Անի", "ნინო"],
]


@pytest.mark.parametrize("cells", LATIN)
def test_latin_text_is_never_taken_for_the_font(cells):
    assert not evidence(cells).is_sure


@pytest.mark.parametrize(
    "cells",
    [
        ["nino", "giorgi", "qeTevani"],
        ["beriZe", "kapanaZe"],
        ["TariRi"],
        ["quTaisi", "baTumi", "Tbilisi"],
    ],
)
def test_capitals_inside_words_that_are_georgian_tell_the_font(cells):
    assert evidence(cells).is_sure


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("nino beriZe", "ნინო ბერიძე"),
        ("SonTaZe", "შონთაძე"),
        ("q. Tbilisi, rusTavelis gamz. 5", "ქ. თბილისი, რუსთაველის გამზ. 5"),
        ("Tamar", "თამარ"),
        ("abgdevzTiklmnopJrstufqRySCcZwWxjh", "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ"),
    ],
)
def test_a_cell_is_converted_letter_by_letter(cell, text):
    assert converted(cell, doubtful=False) == text


@pytest.mark.parametrize(
    "cell",
    [
        "Nino Beridze",
        "nino@example.com",
        "C-0001",
        "Qw3rTy",
        "TSR",
        "Salome",
        "shota",
        "ნინო",
        "5",
        "",
    ],
)
def test_latin_cells_stay_even_in_a_column_of_the_font(cell):
    assert converted(cell, doubtful=False) == cell


def test_in_a_doubtful_column_each_word_must_be_georgian():
    assert converted("nino", doubtful=True) == "ნინო"
    assert converted("beriZe", doubtful=True) == "ბერიძე"
    assert converted("pending", doubtful=True) == "pending"


@pytest.mark.parametrize(
    ("cell", "text", "sure"),
    [
        ("TariRi", "თარიღი", True),
        ("misamarTi", "მისამართი", True),
        ("saxeli", "სახელი", False),
        ("gvari", "გვარი", False),
        ("Tanxa", "თანხა", False),
        ("dabadebis TariRi", "დაბადების თარიღი", True),
        ("Date", None, False),
        ("kodi1", None, False),
        ("", None, False),
    ],
)
def test_common_headings_are_known(cell, text, sure):
    assert heading(cell) == text
    assert is_sure_heading(cell) == sure

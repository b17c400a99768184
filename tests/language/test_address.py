import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.language.address import greeting, salutation
from campaigns.language.people.scripts import script_of
from campaigns.model.language import Language

HY, KA, EN = Language.HY, Language.KA, Language.EN
NAMELESS = {HY: "Հարգելի հաճախորդ", KA: "ძვირფასო მომხმარებელო", EN: "Dear customer"}


@pytest.mark.parametrize(
    ("name", "language", "words"),
    [
        ("Անի", HY, "Հարգելի Անի"),
        ("ԱՆԻ", HY, "Հարգելի Անի"),
        ("անի", HY, "Հարգելի Անի"),
        ("ԳԵՎՈՐԳ", HY, "Հարգելի Գևորգ"),
        ("ԵՎԱ", HY, "Հարգելի Եվա"),
        ("  Անի   Սարգսյան ", HY, "Հարգելի Անի Սարգսյան"),
        ("Աննա-Մարիա", HY, "Հարգելի Աննա-Մարիա"),
        ("ნინო", KA, "გამარჯობა, ნინო!"),
        ("ᲜᲘᲜᲝ", KA, "გამარჯობა, ნინო!"),
        ("დავით", KA, "გამარჯობა, დავით!"),
        ("დავითი", KA, "გამარჯობა, დავით!"),
        ("გიორგი", KA, "გამარჯობა, გიორგი!"),
        ("Ani", EN, "Dear Ani"),
        ("JOSÉ", EN, "Dear José"),
        ("O'Neil", EN, "Dear O'Neil"),
    ],
)
def test_a_name_that_can_be_said_rightly_is_said(name, language, words):
    assert greeting(name, language) == words


@pytest.mark.parametrize(
    ("name", "language"),
    [
        (None, HY), ("", KA), ("Ani", HY), ("Անի", KA), ("ნინო", EN), ("Лусине", HY),
        ("Լուsինե", HY), ("test", EN), ("«Նուռ» ՍՊԸ", HY), ("Նուռ ՍՊԸ", HY), ("შპს ნური", KA),
        ("Ա", HY), ("ռռռ", HY), ("ბრ", KA), ("{{ x }}", EN), ("<b>Ani</b>", EN), ("Ani2", EN),
        ("ani@shop.am", EN), ("Անի\u200b", HY), ("Ani\r\nBcc: x", EN), ("Անի" * 20, HY),
        ("ბაჩუკი", KA),  # nobody knows whether one calls him ბაჩუკ or ბაჩუკი
    ],
)  # fmt: skip
def test_a_name_that_cannot_be_trusted_is_left_out(name, language):
    assert greeting(name, language) == NAMELESS[language]


def test_the_salutation_is_closed_by_one_mark():
    assert salutation("Անի", HY) == "Հարգելի Անի,"
    assert salutation("ნინო", KA) == "გამარჯობა, ნინო!"
    assert salutation(None, KA) == "ძვირფასო მომხმარებელო,"
    assert salutation("Ani", EN) == "Dear Ani,"


@settings(deadline=None)
@given(st.text(), st.sampled_from(Language))
def test_no_name_brings_markup_controls_or_another_script_into_the_greeting(name, language):
    words = greeting(name, language)
    script = {HY: "hy", KA: "ka", EN: "latin"}[language]
    assert script_of(words) == script
    assert not set(words) & set('<>&{}[]%@\r\n\t"')
    assert not any("\u1c90" <= letter <= "\u1cbf" for letter in words)

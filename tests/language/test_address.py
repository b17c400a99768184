"""Each form of address: language × register × gender known or not × name usable or not."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.language.address import (
    address_line,
    called,
    closing,
    greeting,
    mention,
    salutation,
)
from campaigns.language.people.person import Person, read_person
from campaigns.language.people.scripts import script_of
from campaigns.language.roles import Role
from campaigns.model.language import Language
from campaigns.model.register import Register

HY, KA, EN = Language.HY, Language.KA, Language.EN
NEUTRAL, FORMAL, WARM = Register.NEUTRAL, Register.FORMAL, Register.WARM


def a_person(given="Անի", family="Սարգսյան", gender=None, *, usable=True):
    return Person(given, family, None, None, gender, gender and "column", (), usable)


ANI, ARAM = a_person(gender="f"), a_person("Արամ", "Շահվերդյան", "m")
NINO, DAVIT = a_person("ნინო", "ბერიძე", "f"), a_person("დავითი", "ბერიძე", "m")
EMMA, JAMES = a_person("Emma", "Brown", "f"), a_person("James", "Jones", "m")


@pytest.mark.parametrize(
    ("person", "language", "register", "line"),
    [
        (ANI, HY, NEUTRAL, "Հարգելի Անի,"),
        (ANI, HY, FORMAL, "Հարգելի տիկին Սարգսյան,"),
        (ARAM, HY, FORMAL, "Հարգելի պարոն Շահվերդյան,"),
        (ANI, HY, WARM, "Սիրելի Անի,"),
        (a_person(), HY, FORMAL, "Հարգելի Անի,"),
        (a_person(family=None, gender="f"), HY, FORMAL, "Հարգելի Անի,"),
        (a_person(given=None, gender="m"), HY, FORMAL, "Հարգելի պարոն Սարգսյան,"),
        (a_person(given=None, gender="m"), HY, NEUTRAL, "Հարգելի պարոն Սարգսյան,"),
        (a_person(given=None, gender="m"), HY, WARM, "Սիրելի հաճախորդ,"),
        (a_person(given=None), HY, NEUTRAL, "Հարգելի հաճախորդ,"),
        (a_person(usable=False, gender="f"), HY, FORMAL, "Հարգելի հաճախորդ,"),
        (None, HY, NEUTRAL, "Հարգելի հաճախորդ,"),
        (None, HY, WARM, "Սիրելի հաճախորդ,"),
        (NINO, KA, NEUTRAL, "გამარჯობა, ნინო!"),
        (NINO, KA, FORMAL, "ქალბატონო ნინო,"),
        (DAVIT, KA, FORMAL, "ბატონო დავით,"),
        (NINO, KA, WARM, "ძვირფასო ნინო,"),
        (a_person("ნინო", "ბერიძე"), KA, FORMAL, "გამარჯობა, ნინო!"),
        (a_person(None, "ბერიძე", "m"), KA, FORMAL, "პატივცემულო მომხმარებელო,"),
        (a_person("ნინო", "ბერიძე", "f", usable=False), KA, FORMAL, "პატივცემულო მომხმარებელო,"),
        (None, KA, NEUTRAL, "ძვირფასო მომხმარებელო,"),
        (None, KA, WARM, "ძვირფასო მომხმარებელო,"),
        (EMMA, EN, NEUTRAL, "Dear Emma,"),
        (EMMA, EN, FORMAL, "Dear Ms Brown,"),
        (JAMES, EN, FORMAL, "Dear Mr Jones,"),
        (JAMES, EN, WARM, "Dear James,"),
        (a_person("James", "Jones"), EN, FORMAL, "Dear James,"),
        (a_person("James", "Jones", "m", usable=False), EN, FORMAL, "Dear customer,"),
        (None, EN, WARM, "Dear customer,"),
    ],
)
def test_a_letter_opens_as_its_register_and_what_is_known_allow(person, language, register, line):
    assert salutation(person, language, register) == line


@pytest.mark.parametrize(
    ("name", "gender", "words"),
    [
        pytest.param("დავით", "m", "ბატონო დავით", id="T001"),
        pytest.param("დავითი", "m", "ბატონო დავით", id="T001-nominative"),
        pytest.param("გიორგი", "m", "ბატონო გიორგი", id="T003"),
        pytest.param("ოთარი", "m", "ბატონო ოთარ", id="T005"),
        pytest.param("ირაკლი", "m", "ბატონო ირაკლი", id="T006"),
        pytest.param("ქეთევანი", "f", "ქალბატონო ქეთევან", id="T008"),
        pytest.param("ლალი", "f", "ქალბატონო ლალი", id="T010"),
        pytest.param("მაია", "f", "ქალბატონო მაია", id="T011"),
        pytest.param("ნინო", None, "გამარჯობა, ნინო!", id="T015"),
    ],
)
def test_a_georgian_is_called_by_the_first_name_and_by_a_title_only_of_known_gender(
    name, gender, words
):
    assert greeting(a_person(name, None, gender), KA, FORMAL) == words


@pytest.mark.parametrize(
    ("cell", "language", "register", "words"),
    [
        pytest.param("Անի և Տիգրան", HY, NEUTRAL, "Հարգելի Անի և Տիգրան", id="T046"),
        ("Անի Սարգսյան և Արամ Շահվերդյան", HY, FORMAL,
         "Հարգելի տիկին Սարգսյան և պարոն Շահվերդյան"),
        ("ნინო და დავითი", KA, NEUTRAL, "გამარჯობა, ნინო და დავით!"),
        ("Emma and James", EN, NEUTRAL, "Dear Emma and James"),
        ("Անի և Xqzw", HY, NEUTRAL, "Հարգելի հաճախորդ"),
        ("Անի, Տիգրան, Արամ", HY, NEUTRAL, "Հարգելի հաճախորդ"),
        ("Ani & Tigran", EN, WARM, "Dear Ani and Tigran"),
        pytest.param("Zaza;Lia", KA, NEUTRAL, "ძვირფასო მომხმარებელო", id="T096"),
    ],
)  # fmt: skip
def test_two_people_in_one_cell_are_both_named_or_neither(cell, language, register, words):
    assert greeting(read_person(cell), language, register) == words


@pytest.mark.parametrize(
    ("person", "language", "forms"),
    [
        (
            ANI,
            HY,
            {
                "nominative": "Անի Սարգսյան", "definite": "Անի Սարգսյանը",
                "ergative": "Անի Սարգսյանը", "dative": "Անի Սարգսյանին",
                "genitive": "Անի Սարգսյանի", "instrumental": "Անի Սարգսյանով",
                "ablative": "Անի Սարգսյանից", "locative": None, "adverbial": None,
                "vocative": "Անի", "for_whom": "Անի Սարգսյանի համար",
                "with_whom": "Անի Սարգսյանի հետ",
            },
        ),
        (
            DAVIT,
            KA,
            {
                "nominative": "დავით ბერიძე", "definite": "დავით ბერიძე",
                "ergative": "დავით ბერიძემ", "dative": "დავით ბერიძეს",
                "genitive": "დავით ბერიძის", "instrumental": "დავით ბერიძით",
                "ablative": "დავით ბერიძისგან", "locative": None,
                "adverbial": "დავით ბერიძედ", "vocative": "დავით",
                "for_whom": "დავით ბერიძისთვის", "with_whom": "დავით ბერიძესთან",
            },
        ),
        (
            JAMES,
            EN,
            {
                "nominative": "James Jones", "definite": "James Jones", "ergative": "James Jones",
                "dative": "James Jones", "genitive": "James Jones’s",
                "instrumental": "James Jones", "ablative": "James Jones",
                "locative": "James Jones", "adverbial": "James Jones", "vocative": "James",
                "for_whom": "for James Jones", "with_whom": "with James Jones",
            },
        ),
    ],
)  # fmt: skip
def test_a_person_is_mentioned_by_the_whole_name_in_every_part_of_a_sentence(
    person, language, forms
):
    assert {str(role): mention(person, role, language) for role in Role} == forms


@pytest.mark.parametrize(
    ("next_word", "form"),
    [("է", "Արամն"), ("նվիրեց", "Արամը"), ("ունի", "Արամն"), (None, "Արամը")],
)
def test_the_armenian_article_listens_to_the_next_word(next_word, form):
    aram = a_person("Արամ", None)

    assert mention(aram, Role.DEFINITE, HY, next_word) == form
    assert mention(a_person("Անի", None), Role.DEFINITE, HY, next_word) == "Անին"


def test_nobody_is_mentioned_by_half_a_name_that_stands_in_another_script():
    given_unknown = a_person("Xyz", "Սարգսյան")

    assert mention(given_unknown, Role.DATIVE, HY) is None
    assert mention(a_person("Անի", "Xyz"), Role.DATIVE, HY) == "Անիին"
    assert mention(a_person(None, "Սարգսյան"), Role.DATIVE, HY) == "Սարգսյանին"


@pytest.mark.parametrize(
    ("person", "language", "formal", "plain"),
    [
        (a_person("მანანა", "ცინაძე", "f"), KA, "ქალბატონ მანანა ცინაძეს", "მანანა ცინაძეს"),
        (DAVIT, KA, "ბატონ დავით ბერიძეს", "დავით ბერიძეს"),
        (a_person("მანანა", "ცინაძე"), KA, "მანანა ცინაძეს", "მანანა ცინაძეს"),
        (ANI, HY, "Տիկին Անի Սարգսյանին", "Անի Սարգսյանին"),
        (ARAM, HY, "Պարոն Արամ Շահվերդյանին", "Արամ Շահվերդյանին"),
        (EMMA, EN, "Ms Emma Brown", "Emma Brown"),
        (a_person(usable=False, gender="f"), HY, None, None),
    ],
)
def test_an_envelope_is_addressed_in_the_dative(person, language, formal, plain):
    assert address_line(person, language, FORMAL) == formal
    assert address_line(person, language, WARM) == plain


def test_a_letter_closes_as_its_register_asks():
    assert {(one, register): closing(one, register) for one in Language for register in Register} == {
        (HY, NEUTRAL): "Հարգանքով՝", (HY, FORMAL): "Հարգանքով՝", (HY, WARM): "Սիրով՝",
        (KA, NEUTRAL): "პატივისცემით,", (KA, FORMAL): "პატივისცემით,",
        (KA, WARM): "საუკეთესო სურვილებით,",
        (EN, NEUTRAL): "Kind regards,", (EN, FORMAL): "Kind regards,", (EN, WARM): "Warm regards,",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "language", "words"),
    [
        ("Անի", HY, "Հարգելի Անի"),
        ("ԱՆԻ", HY, "Հարգելի Անի"),
        ("անի", HY, "Հարգելի Անի"),
        ("ԳԵՎՈՐԳ", HY, "Հարգելի Գևորգ"),
        ("ԵՎԱ", HY, "Հարգելի Եվա"),
        ("Անի\u200b", HY, "Հարգելի Անի"),
        ("Աննա-Մարիա", HY, "Հարգելի Աննա-Մարիա"),
        ("ნინო", KA, "გამარჯობა, ნინო!"),
        pytest.param("ᲒᲘᲝᲠᲒᲘ", KA, "გამარჯობა, გიორგი!", id="T090-mtavruli"),
        ("დავით", KA, "გამარჯობა, დავით!"),
        ("დავითი", KA, "გამარჯობა, დავით!"),
        ("გიორგი", KA, "გამარჯობა, გიორგი!"),
        ("Ani", EN, "Dear Ani"),
        ("JOSÉ", EN, "Dear José"),
        ("Ani", HY, "Հարգելի Անի"),
        ("Անի", EN, "Dear Ani"),
    ],
)
def test_a_name_in_a_sheet_is_said_as_the_letter_writes_it(name, language, words):
    assert greeting(read_person(given=name), language) == words


@pytest.mark.parametrize(
    ("name", "language"),
    [
        (None, HY), ("", KA), ("test", EN), ("«Նուռ» ՍՊԸ", HY), ("Նուռ ՍՊԸ", HY),
        ("შპს ნური", KA), ("Ա", HY), ("ռռռ", HY), ("ბრ", KA), ("{{ x }}", EN), ("<b>Ani</b>", EN),
        ("ani@shop.am", EN), ("n/a", HY), ("-", KA), ("0", EN), ("giorgi@mail.ru", KA),
        ("Անի" * 20, HY), ("Xqzw", HY), ("👩‍👩‍👧", EN),
    ],
)  # fmt: skip
def test_what_is_no_name_or_not_sayable_is_left_out(name, language):
    assert greeting(read_person(given=name), language) == greeting(None, language)


def test_a_georgian_name_of_unknown_stem_is_not_called():
    assert called(a_person("ქუქუბუბი", None), KA) is None


@settings(deadline=None)
@given(
    st.text(max_size=40), st.text(max_size=40), st.sampled_from(["m", "f", None]),
    st.sampled_from(Language), st.sampled_from(Register),
)  # fmt: skip
def test_whatever_a_sheet_holds_the_greeting_is_clean_and_ends_in_its_mark(
    given_name, family, gender, language, register
):
    for person in (
        read_person(given=given_name, family=family, gender=gender), read_person(full=given_name),
    ):  # fmt: skip
        line = salutation(person, language, register)
        assert line.endswith((",", "!"))
        assert script_of(line) == {HY: "hy", KA: "ka", EN: "latin"}[language]
        assert not set(line[:-1].replace(", ", "")) & set('<>&{}[]%@\r\n\t",!0123456789')
        assert not any("\u1c90" <= letter <= "\u1cbf" for letter in line)
        assert unicodedata.is_normalized("NFC", line)
        for role in Role:
            assert mention(person, role, language) != ""


def _rows():
    """Yield the rows of the page's table: what is known, and the words in each language."""
    known = {"known": "f", "unknown": None}
    for register in Register:
        for state, gender in known.items():
            people = [a_person(gender=gender), a_person("ნინო", "ბერიძე", gender),
                      a_person("Emma", "Brown", gender)]  # fmt: skip
            lines = [salutation(one, language, register)
                     for one, language in zip(people, Language, strict=True)]  # fmt: skip
            yield [f"greeting, {register}", state, *lines]
        yield [
            f"greeting, {register}",
            "no name",
            *(salutation(None, one, register) for one in Language),
        ]
    for state, gender in known.items():
        yield ["envelope, formal", state, address_line(a_person(gender=gender), HY, FORMAL),
               address_line(a_person("ნინო", "ბერიძე", gender), KA, FORMAL),
               address_line(a_person("Emma", "Brown", gender), EN, FORMAL)]  # fmt: skip
    for register in Register:
        yield [f"closing, {register}", "", *(closing(one, register) for one in Language)]


def test_the_page_for_native_readers_shows_every_form_of_address():
    page = (Path(__file__).parents[2] / "docs" / "languages.md").read_text(encoding="utf-8")
    rows = [f"| {' | '.join(row)} |".replace("|  |", "| |") for row in _rows()]

    assert [row for row in rows if row not in page] == []

"""The cases that systems translated from English get wrong, each as a customer would see it.

The ids are those of the acceptance list this was written from; what that list leaves to a native
reader is not held to here.
"""

from __future__ import annotations

from datetime import date

import pytest

from campaigns.language import georgian
from campaigns.language.address import address_line, closing, greeting
from campaigns.language.formats import date_on, date_until, money, percent_off
from campaigns.language.grammar import Case, Kind
from campaigns.language.inflection import inflect
from campaigns.language.people.person import read_person
from campaigns.language.people.scripts import script_of
from campaigns.language.people.transcription import in_script
from campaigns.language.proofreading.proof import proofread
from campaigns.language.sandhi import joined
from campaigns.model.language import Language
from campaigns.model.money import Money
from campaigns.model.register import Register

HY, KA = Language.HY, Language.KA


@pytest.mark.parametrize(
    ("name", "gender", "words"),
    [
        pytest.param("დავით", "m", "ბატონო დავით", id="T001"),
        pytest.param("გიორგი", "m", "ბატონო გიორგი", id="T003"),
        pytest.param("ოთარი", "m", "ბატონო ოთარ", id="T005"),
        pytest.param("ირაკლი", "m", "ბატონო ირაკლი", id="T006"),
        pytest.param("ქეთევანი", "f", "ქალბატონო ქეთევან", id="T008"),
        pytest.param("ლალი", "f", "ქალბატონო ლალი", id="T010"),
        pytest.param("მაია", "f", "ქალბატონო მაია", id="T011"),
    ],
)
def test_a_georgian_is_called_with_title_and_first_name(name, gender, words):
    assert greeting(read_person(given=name, gender=gender), KA, Register.FORMAL) == words


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(greeting(None, KA), "ძვირფასო მომხმარებელო", id="T013"),
        pytest.param(greeting(read_person(given="ნინო"), KA), "გამარჯობა, ნინო!", id="T015"),
        pytest.param(greeting(read_person(given="Անի"), HY), "Հարգելի Անի", id="T043"),
        pytest.param(
            greeting(read_person(given="Անի", gender="?"), HY), "Հարգելի Անի", id="T045"
        ),
        pytest.param(greeting(read_person("Անի և Տիգրան"), HY), "Հարգելի Անի և Տիգրան", id="T046"),
        pytest.param(closing(HY), "Հարգանքով՝", id="T085"),
        pytest.param(
            address_line(read_person("მანანა ცინაძე", gender="ქალი"), KA, Register.FORMAL),
            "ქალბატონ მანანა ცინაძეს", id="address line",
        ),
    ],
)  # fmt: skip
def test_a_letter_addresses_its_reader(words, said):
    assert words == said


@pytest.mark.parametrize(
    ("language", "word", "case", "kind", "form"),
    [
        pytest.param(KA, "დავითი ბერიძე", Case.ERGATIVE, Kind.PERSON, "დავით ბერიძემ", id="T018"),
        pytest.param(KA, "ზურაბი ჟვანია", Case.DATIVE, Kind.PERSON, "ზურაბ ჟვანიას", id="T020"),
        pytest.param(KA, "დავით", Case.ERGATIVE, Kind.GIVEN, "დავითმა", id="T021"),
        pytest.param(KA, "მერი", Case.ERGATIVE, Kind.GIVEN, "მერიმ", id="T023"),
        pytest.param(KA, "ანა", Case.GENITIVE, Kind.GIVEN, "ანას", id="T025"),
        pytest.param(KA, "ივანე", Case.GENITIVE, Kind.GIVEN, "ივანეს", id="T026"),
        pytest.param(KA, "სააკაშვილი", Case.GENITIVE, Kind.SURNAME, "სააკაშვილის", id="T028"),
        pytest.param(KA, "წელი", Case.GENITIVE, Kind.NOUN, "წლის", id="T033"),
        pytest.param(KA, "წელი", Case.DATIVE, Kind.NOUN, "წელს", id="T033 dative"),
        pytest.param(HY, "Արմենուհի", Case.DATIVE, Kind.GIVEN, "Արմենուհու", id="T048"),
        pytest.param(HY, "Արա", Case.DATIVE, Kind.GIVEN, "Արայի", id="T050"),
        pytest.param(HY, "Գայանե", Case.DATIVE, Kind.GIVEN, "Գայանեի", id="T051"),
        pytest.param(HY, "Սարգիս", Case.DATIVE, Kind.GIVEN, "Սարգսի", id="T053"),
        pytest.param(HY, "Հովհաննիսյան", Case.DATIVE, Kind.SURNAME, "Հովհաննիսյանի", id="T056"),
        pytest.param(HY, "Ռուսթավելի", Case.DATIVE, Kind.SURNAME, "Ռուսթավելու", id="T058"),
        pytest.param(HY, "Արամ", Case.DATIVE_DEFINITE, Kind.GIVEN, "Արամին", id="T060"),
        pytest.param(HY, "Արմենուհի", Case.ABLATIVE, Kind.GIVEN, "Արմենուհուց", id="T061"),
        pytest.param(HY, "Պետրոսյան Անի", Case.DATIVE_DEFINITE, Kind.PERSON, "Պետրոսյան Անիին",
                     id="T070"),
        pytest.param(HY, "ընկեր", Case.DATIVE_DEFINITE, Kind.NOUN, "ընկերոջը", id="T071"),
        pytest.param(HY, "ամիս", Case.DATIVE, Kind.NOUN, "ամսվա", id="T073"),
        pytest.param(HY, "քարտ", Case.NOMINATIVE_DEFINITE, Kind.NOUN, "քարտը", id="T075"),
        pytest.param(HY, "CRM", Case.NOMINATIVE_DEFINITE, Kind.NOUN, "CRM-ն", id="T080"),
        pytest.param(HY, "CRM", Case.DATIVE, Kind.NOUN, "CRM-ի", id="T080 genitive"),
    ],
)  # fmt: skip
def test_a_word_takes_its_case(language, word, case, kind, form):
    assert inflect(word, case, language, kind=kind).text == form


def test_gyumri_has_two_locatives_t063():
    form = inflect("Գյումրի", Case.LOCATIVE, HY, kind=Kind.TOPONYM)

    assert form.text in ("Գյումրիում", "Գյումրում")


@pytest.mark.parametrize(
    ("word", "postposition", "kind", "form"),
    [
        pytest.param("დავით", "თვის", Kind.GIVEN, "დავითისთვის", id="T030"),
        pytest.param("ანა", "თან", Kind.GIVEN, "ანასთან", id="T031"),
    ],
)
def test_a_postposition_stands_on_its_case(word, postposition, kind, form):
    assert georgian.with_postposition(word, postposition, kind=kind).text == form


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        pytest.param(date_on(date(2026, 3, 8), KA, year=False), "8 მარტს", id="T035"),
        pytest.param(date_until(date(2026, 12, 31), KA, year=False), "31 დეკემბრამდე", id="T036"),
        pytest.param(percent_off(15, KA), "15%-იანი ფასდაკლება", id="T038"),
        pytest.param(date_until(date(2026, 12, 31), HY, year=False), "մինչև դեկտեմբերի 31-ը",
                     id="T076"),
        pytest.param(money(Money(1_250_000, "AMD"), HY), "12 500 ֏", id="T078"),
    ],
)  # fmt: skip
def test_figures_read_as_people_write_them(said, expected):
    assert said.replace("\N{NO-BREAK SPACE}", " ") == expected


@pytest.mark.parametrize(
    ("next_word", "form"),
    [
        pytest.param("նվիրեց", "Արամը", id="T065"),
        pytest.param("ունի", "Արամն", id="T066"),
        pytest.param("է", "Արամն", id="T066 copula"),
    ],
)
def test_the_article_listens_to_what_follows(next_word, form):
    assert joined("Արամ", next_word) == form


@pytest.mark.parametrize(
    ("language", "wrong"),
    [
        pytest.param(KA, "დააჭირეთ ღილაკს ᲨᲔᲣᲙᲕᲔᲗᲔ.", id="T040"),
        pytest.param(KA, 'ჩვენი მაღაზია "ნური" გელოდებათ.', id="T041"),
        pytest.param(KA, "ჩვენი მაღაზია «ნური» გელოდებათ.", id="T041 guillemets"),
        pytest.param(HY, "Գոհ եք՞ մեր սպասարկումից։", id="T083"),
        pytest.param(HY, "Գոհ եք մեր սպասարկումից?", id="T083 Latin"),
        pytest.param(HY, "Հարգանքով`\nՆուր", id="T085"),
        pytest.param(HY, "Մեր խանութը ԵՐԵՒԱՆ քաղաքում է։", id="T086"),
        pytest.param(HY, "Մեր խանութը Երեւան քաղաքում է։", id="T088"),
        pytest.param(HY, "Հարգելի Անին, շնորհակալություն գնման համար։", id="T043"),
        pytest.param(HY, "Բացեք Ձեր քարտդ։", id="T075"),
        pytest.param(HY, "CRMի մասին կպատմենք հաջորդ նամակում։", id="T080"),
        pytest.param(KA, "მიიღეთ 15%ფასდაკლება დღესვე.", id="T038"),
        pytest.param(KA, "ეს საჩუქარის ბარათი თქვენთვისაა.", id="syncope"),
    ],
)
def test_the_proofreader_sees_the_common_mistake(language, wrong):
    assert proofread(wrong, language, genre="page")


@pytest.mark.parametrize(
    ("cell", "given", "family"),
    [
        pytest.param("ᲒᲘᲝᲠᲒᲘ", "გიორგი", None, id="T090"),
        pytest.param("giorgi BERIDZE", "Giorgi", "Beridze", id="T093"),
        pytest.param("Nino (Tbilisi)", "Nino", None, id="T096"),
    ],
)
def test_a_name_is_read_out_of_its_cell(cell, given, family):
    person = read_person(cell)

    assert (person.given, person.family) == (given, family)


def test_a_name_of_two_scripts_is_mended_and_told_t091():
    person = read_person("Аni")

    assert person.given == "Ani"
    assert script_of(person.given) == "latin"
    assert person.notes


def test_a_latin_name_is_looked_up_t093():
    assert in_script("Giorgi", KA) == "გიორგი"


@pytest.mark.parametrize("cell", ["n/a", "-", "0", "test", "giorgi@mail.ru", "Zaza;Lia", ""])
def test_no_letter_calls_anybody_by_junk_t095(cell):
    assert greeting(read_person(cell), HY) == "Հարգելի հաճախորդ"
    assert greeting(read_person(cell), KA) == "ძვირფასო მომხმარებელო"

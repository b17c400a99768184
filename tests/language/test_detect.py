import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.language.detect import detect_language
from campaigns.model.language import Language

HY, KA, EN = Language.HY, Language.KA, Language.EN


def detect(choice=None, name=None, phone=None, address=None, default=EN):
    return detect_language(choice=choice, name=name, phone=phone, address=address, default=default)


@pytest.mark.parametrize(
    ("choice", "language"),
    [
        ("հայերեն", HY), ("Հայ.", HY), ("arm", HY), ("hy-AM", HY), ("армянский", HY),
        ("სომხური", HY), ("ՀԱՅԵՐԵՆ", HY),
        ("ქართული", KA), ("ქარ", KA), ("geo", KA), ("Грузинский", KA), ("վրացերեն", KA),
        ("English", EN), ("англ.", EN), ("անգլերեն", EN), ("ინგლისური", EN), ("en_US", EN),
    ],
)  # fmt: skip
def test_a_choice_is_understood_in_whatever_language_it_was_written(choice, language):
    assert detect(choice, default=HY if language is not HY else KA) == (language, "choice")


@pytest.mark.parametrize("choice", ["Русский", "ru", "ռուսերեն", "რუსული"])
def test_who_chose_a_language_we_cannot_write_gets_the_default(choice):
    assert detect(choice, name="Անի", default=KA) == (KA, "default")


def test_the_first_of_two_choices_that_we_know_counts():
    assert detect("VIP, հայերեն / English") == (HY, "choice")


def test_the_evidence_is_asked_in_order():
    facts = {"name": "ნინო", "phone": "+374 91 123456", "address": "n@shop.am"}
    assert detect("en", **facts, default=HY) == (EN, "choice")
    assert detect("?", **facts) == (KA, "script")
    assert detect(**facts | {"name": "Nino"}) == (HY, "phone")
    assert detect(**facts | {"name": "Nino", "phone": "", "address": "n@shop.ge"}) == (
        KA, "address",
    )  # fmt: skip
    assert detect(name="Nino", address="n@shop.com", default=KA) == (KA, "default")


def test_a_surname_ending_never_decides():
    assert detect(name="Ani Sargsyan") == (EN, "default")
    assert detect(name="სარგსიანი") == (KA, "script")


@pytest.mark.parametrize("name", ["Անи", "Aნინო", "123", "Иван", ""])
def test_a_name_in_no_script_or_several_says_nothing(name):
    assert detect(name=name) == (EN, "default")


@pytest.mark.parametrize("phone", ["+374 12", "+995 1 2 3"])
def test_a_piece_of_a_phone_tells_nothing(phone):
    assert detect(phone=phone) == (EN, "default")


def test_latin_beside_one_of_our_scripts_takes_nothing_from_it():
    assert detect(name="Անի Petrosyan") == (HY, "script")
    assert detect(name="Anna ბერიძე") == (KA, "script")
    assert detect(name="Անի ბერიძე") == (EN, "default")


@pytest.mark.parametrize(
    "address", ["ge", "shop.ge", "a@b@c.ge", "ani@shop.ge, x", "@.am", "a b@shop.am"]
)
def test_what_is_no_address_tells_nothing(address):
    assert detect(address=address) == (EN, "default")


@pytest.mark.parametrize(
    ("address", "language"),
    [
        ("ani@shop.AM", HY),
        ("nino@xn--node.xn--node", KA),
        (" n@mail.shop.ge ", KA),
        ("a@b.հայ", HY),
    ],
)
def test_the_country_of_an_address_tells(address, language):
    assert detect(address=address) == (language, "address")


@pytest.mark.parametrize(
    "choice", ["December", "friend", "Rostov", "?", "12", "VIP", "Y" * 5000, "🇬🇪"]
)
def test_a_word_that_names_no_language_is_no_choice(choice):
    assert detect(choice, name="Անի", default=KA) == (HY, "script")


@given(st.tuples(*[st.none() | st.text()] * 4))
def test_whatever_stands_in_the_cells_there_is_a_language_and_its_evidence(cells):
    language, evidence = detect(*cells)

    assert language in Language
    assert evidence in {"choice", "script", "phone", "address", "default"}


@pytest.mark.parametrize(
    ("phone", "language"),
    [("+995 555 12 34 56", KA), ("0037491123456", HY), ("37491123456", HY), ("995555123456", KA)],
)
def test_a_phone_tells_the_country_also_when_it_was_read_as_a_number(phone, language):
    assert detect(phone=phone) == (language, "phone")


@pytest.mark.parametrize(
    "phone",
    ["091 123456", "374 12", "+1 374 555 0100", "+374", "+3749912", "++374++", "чек", "+" * 99],
)
def test_a_local_or_foreign_phone_tells_nothing(phone):
    assert detect(phone=phone) == (EN, "default")

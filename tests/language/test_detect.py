import pytest

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


@pytest.mark.parametrize(
    ("phone", "language"),
    [("+995 555 12 34 56", KA), ("0037491123456", HY), ("37491123456", HY), ("995555123456", KA)],
)
def test_a_phone_tells_the_country_also_when_it_was_read_as_a_number(phone, language):
    assert detect(phone=phone) == (language, "phone")


@pytest.mark.parametrize("phone", ["091 123456", "374 12", "+1 374 555 0100"])
def test_a_local_or_foreign_phone_tells_nothing(phone):
    assert detect(phone=phone) == (EN, "default")

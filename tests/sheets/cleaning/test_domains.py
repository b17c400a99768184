import pytest

from campaigns.sheets.cleaning.domains import HOMES, meant_domain


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("gmial.com", "gmail.com"),
        ("gmal.com", "gmail.com"),
        ("gmaill.com", "gmail.com"),
        ("gamil.com", "gmail.com"),
        ("gmail.ru", "gmail.com"),
        ("gmail.con", "gmail.com"),
        ("gmail.co", "gmail.com"),
        ("yndex.ru", "yandex.ru"),
        ("yandex.r", "yandex.ru"),
        ("yahho.com", "yahoo.com"),
        ("hotmial.com", "hotmail.com"),
        ("iclod.com", "icloud.com"),
        ("mial.ru", "mail.ru"),
        ("mail.ry", "mail.ru"),
        ("bk.u", "bk.ru"),
    ],
)
def test_a_slip_is_known(written, meant):
    assert meant_domain(written) == meant


@pytest.mark.parametrize(
    "domain",
    [
        "ymail.com", "email.com", "mail.com", "mai.ru", "gmx.de", "ya.ru", "me.com", "yandex.com.am",
        "yahoo.co.uk", "example.com", "mail.am", "shop.am", "inbox.lv", "mailru", "",
    ],
)  # fmt: skip
def test_a_domain_of_its_own_is_left_alone(domain):
    assert meant_domain(domain) is None


def test_no_great_domain_is_a_slip_for_another():
    domains = [f"{name}.{ending}" for name, endings in HOMES.items() for ending in endings]

    assert [domain for domain in domains if meant_domain(domain)] == []

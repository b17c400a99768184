import polars as pl
import pytest
from email_validator import EmailNotValidError, validate_email
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.sheets.cleaning.addresses import address, address_keys, read_addresses
from campaigns.store.suppressions import address_key


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Ani@Example.com", "Ani@Example.com"),
        ("mailto:ani@example.com", "ani@example.com"),
        ("<ani@example.com>", "ani@example.com"),
        ("ani@example.com,", "ani@example.com"),
        ("o'neil+news@mail.example.org", "o'neil+news@mail.example.org"),
        ("ani@պոստ.հայ", "ani@պոստ.հայ"),
        ("ani @ example.com", "ani@example.com"),
        ("ani petrosyan@example.com", None),
        ("ani@example", None),
        ("ani example.com", None),
        ("ani@@example.com", None),
        ("ani@-example.com", None),
        (".ani@example.com", None),
        ("a..b@example.com", None),
        ("a@b.com;c@d.com", None),
        ("ani@example.com\r\nBcc: x@example.com", None),
        ("a" * 65 + "@example.com", None),
    ],
)
def test_addresses_are_judged_by_their_form(written, kept):
    assert address(written) == kept


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("'ani@example.com", "ani@example.com"),
        ("«ani@example.com»", "ani@example.com"),
        ("ani@example.com.", "ani@example.com"),
        ("MAILTO:ani@example.com", "ani@example.com"),
        (".ani@example.com", None),
        ("\N{CYRILLIC SMALL LETTER A}ni@example.com", None),
        ("ani@\N{CYRILLIC SMALL LETTER IE}xample.com", None),
        ("jörg@example.com", "jörg@example.com"),
        ("ани@почта.рф", "ани@почта.рф"),
    ],
)
def test_what_stands_around_an_address_goes_and_mixed_letters_are_refused(written, kept):
    assert address(written) == kept


def _read(*written: str | None):
    found = read_addresses(pl.Series("address", written, dtype=pl.String))
    return list(found.select("address", "note", "suggestion", "is_kept").iter_rows())


@pytest.mark.parametrize(
    ("written", "address", "note", "kept"),
    [
        ("ani@example.com", "ani@example.com", None, False),
        ("ANI@MAIL.COM", "ANI@MAIL.COM", None, False),
        ("Ani Petrosyan <ani@x.am>", "ani@x.am", None, True),
        ("a@x.am; b@y.am", "a@x.am", "address_several", True),
        ("odd@; b@y.am", "b@y.am", "address_several", True),
        ("a@x.am / b@y.am", "a@x.am", "address_several", True),
        ("a@x.am b@y.am", "a@x.am", "address_several", True),
        ("no email", None, "address_placeholder", True),
        ("чего нет", None, "address_placeholder", True),
        ("չունի", None, "address_placeholder", True),
        ("არ აქვს", None, "address_placeholder", True),
        ("-", None, "address_placeholder", False),
        ("test@test.com", None, "address_placeholder", True),
        ("noemail@shop.am", None, "address_placeholder", True),
        ("no-reply@shop.am", None, "address_placeholder", True),
        ("aaa@aaa.aa", None, "address_placeholder", True),
        ("info@shop.am", "info@shop.am", "address_role", False),
        ("nona@mail.ru", "nona@mail.ru", None, False),
        ("testa@mail.ru", "testa@mail.ru", None, False),
        ("nikonet@mail.ru", "nikonet@mail.ru", None, False),
        ("ani@example.test", None, None, True),
        ("ani", None, None, True),
        (None, None, None, False),
    ],
)
def test_a_cell_is_read_as_people_fill_it(written, address, note, kept):
    assert _read(written) == [(address, note, None, kept)]


@pytest.mark.parametrize(
    ("written", "suggestion"),
    [
        ("ani@gmial.com", "ani@gmail.com"),
        ("ani@mail.ry", "ani@mail.ru"),
        ("ani@yandex.r", "ani@yandex.ru"),
        ("ani@gmail.con", "ani@gmail.com"),
        ("ani@bk.u", "ani@bk.ru"),
        ("Ani@Yahho.com", "Ani@yahoo.com"),
    ],
)
def test_a_slip_in_the_domain_is_suggested_and_never_mended(written, suggestion):
    [(kept, note, meant, _)] = _read(written)

    assert kept.lower() == written.lower()
    assert (note, meant) == ("address_typo", suggestion)


LOCAL = st.text("aA1._+'-%", max_size=6).map("b{}c".format)
DOMAIN = st.text("aA1.-", min_size=1, max_size=8)


@pytest.mark.slow
@settings(deadline=None, max_examples=150)
@given(LOCAL, DOMAIN, st.sampled_from(["am", "COM", "test", "x", "1a"]))
def test_what_is_plainly_an_address_is_one_for_the_library_too(local, domain, top):
    written = f"{local}@{domain}.{top}"
    try:
        known = validate_email(written, check_deliverability=False).normalized
    except EmailNotValidError:
        known = None

    [(found, *_)] = _read(written)
    assert found is None or (known is not None and found.lower() == known.lower())


def test_keys_by_column_are_the_keys_of_each():
    found = ["Ani@Example.AM", "ani@պոստ.հայ", "JÖRG@example.com", None]

    assert address_keys(pl.Series(found)).to_list() == [
        address_key(one) if one else None for one in found
    ]


@pytest.mark.slow
@settings(deadline=None)
@given(st.lists(st.text(max_size=20)))
def test_any_text_is_an_address_or_none_and_reading_it_again_changes_nothing(texts):
    once = read_addresses(pl.Series("a", texts, dtype=pl.String))["address"]

    assert read_addresses(once)["address"].to_list() == once.to_list()

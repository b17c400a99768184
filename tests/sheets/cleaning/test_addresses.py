import pytest

from campaigns.sheets.cleaning.addresses import address


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

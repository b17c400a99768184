import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.feedback import words
from campaigns.model.language import Language

FINE = words.Submission("Շատ հաճելի սպասարկում", "Անի Գ.", 5, consented=True)


@given(st.text())
def test_cleaned_text_holds_nothing_invisible_and_cleaning_twice_changes_nothing(text):
    clean = words.cleaned(text)

    hidden = {c for c in clean if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Co", "Cn"}}
    assert hidden <= {"\n", "\u200d"}
    assert words.cleaned(clean) == clean


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        pytest.param("ab\u202ecd", "abcd", id="bidi-override"),
        pytest.param("a\x00b\x1b[31m", "ab[31m", id="controls"),
        pytest.param("one\r\ntwo\u2028three", "one\ntwo\nthree", id="line-breaks"),
        pytest.param("a\n\n\n\n\nb", "a\n\nb", id="blank-lines"),
        pytest.param("z" + "\u0301" * 40, "ź\u0301\u0301\u0301", id="piled-marks"),
        pytest.param("👩\u200d👧", "👩\u200d👧", id="emoji-stay-joined"),
        pytest.param("Երևան\u200b", "Երևան", id="zero-width-space"),
        pytest.param("  ნინო  ", "ნინო", id="edges"),
    ],
)
def test_cleaning(raw, clean):
    assert words.cleaned(raw) == clean


def test_a_name_is_one_line():
    assert words.one_line("Ani\r\nBcc: x@example.am") == "Ani Bcc: x@example.am"


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        pytest.param({}, [], id="fine"),
        pytest.param({"text": "կարճ"}, ["text"], id="short"),
        pytest.param({"text": "ա" * 10}, [], id="just-long-enough"),
        pytest.param({"text": "ա" * 2000}, [], id="just-short-enough"),
        pytest.param({"text": "ա" * 2001}, ["text"], id="long"),
        pytest.param({"display_name": ""}, ["display_name"], id="nameless"),
        pytest.param({"display_name": "a" * 81}, ["display_name"], id="long-name"),
        pytest.param({"rating": None}, [], id="unrated"),
        pytest.param({"rating": 0}, ["rating"], id="below-the-scale"),
        pytest.param({"rating": 6}, ["rating"], id="above-the-scale"),
        pytest.param({"consented": False}, ["consented"], id="no-consent"),
    ],
)
def test_problems(values, fields):
    given_values = {
        "text": FINE.text, "display_name": FINE.display_name, "rating": FINE.rating,
        "consented": FINE.consented,
    } | values  # fmt: skip

    assert list(words.problems(words.Submission(**given_values))) == fields


@pytest.mark.parametrize(
    ("field", "rating"),
    [("", None), ("4", 4), ("0", 0), ("-1", 0), ("five", 0), ("٣", 0), ("9" * 5000, 0)],
)
def test_a_rating_from_a_form(field, rating):
    assert words.submission("", "", field, consented=False).rating == rating


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        pytest.param("Շատ շնորհակալ եմ, Anna!", "hy", id="armenian"),
        pytest.param("ძალიან კმაყოფილი ვარ", "ka", id="georgian"),
        pytest.param("Very good, thank you", "en", id="latin"),
        pytest.param("Очень довольна", "ru", id="cyrillic"),
        pytest.param("👍👍👍 10/10 !!!", "hy", id="no-letters-so-the-form's"),
    ],
)
def test_the_language_of_words_is_judged_by_their_letters(text, tag):
    assert words.language_of(text, Language.HY) == tag


@pytest.mark.parametrize(
    ("given_name", "family_name", "shown"),
    [
        ("Անի", "Գրիգորյան", "Անի Գ."),
        ("Անի", "Ուլուբաբյան", "Անի Ու."),
        ("ნინო", "ბერიძე", "ნინო ბ."),
        ("Emma", None, "Emma"),
        (None, "Stone", ""),
        (None, None, ""),
    ],
)
def test_the_name_that_the_form_suggests(given_name, family_name, shown):
    assert words.default_name(given_name, family_name) == shown


@pytest.mark.parametrize(
    ("name", "readable"),
    [
        ("Հռիփսիմե Ու.", "hripsime-u-"),
        ("ნინო ბ.", "nino-b-"),
        ("José", "jose-"),
        ("Ольга", "opinion-"),
        ("<script>", "script-"),
    ],
)
def test_a_page_address_is_readable_ascii(name, readable):
    address = words.slug(name, "a token")

    assert address.startswith(readable)
    assert len(address) == len(readable) + 8
    assert address.isascii()


@given(name=st.text(max_size=80), token=st.text(min_size=1))
def test_a_page_address_needs_no_escaping(name, token):
    assert set(words.slug(name, token)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


def test_page_addresses_of_one_name_differ():
    assert words.slug("Անի", "one") != words.slug("Անի", "two")


@pytest.mark.parametrize(
    ("corrected", "expected"),
    [
        ("Շատ հաճելի սպասարկում", True),
        ("Շատ հաճելի սպասարկում։", True),
        ("Շատ տհաճ սպասարկում էր, երբեք չեմ գա", False),
        ("", False),
    ],
)
def test_a_correction_leaves_the_meaning_alone(corrected, expected):
    assert words.is_correction("Շատ հաճելի սպասարկւմ", corrected) is expected

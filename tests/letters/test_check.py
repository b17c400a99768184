import dataclasses
import re

import pytest

from campaigns.letters.check import findings
from campaigns.letters.library import load, shipped
from campaigns.model.language import Language

HY, KA, EN = Language.HY, Language.KA, Language.EN
GREETED = "{{ given_name | greeting }}\n\n"
PARTS = {"proof.no_thanks", "proof.no_closing", "proof.no_signer", "check.no_benefit",
         "check.no_preheader"}  # fmt: skip
"""What the short letters of these tests lack on purpose."""


@pytest.fixture
def codes(letter, brand):
    def codes(body, language=EN, /, subject="Hello", lines=(), **changes):
        sender = dataclasses.replace(brand, **changes)
        found = findings({language: [letter(GREETED + body, subject, *lines)]}, sender)
        return [(one.severity, one.code, one.line) for one in found if one.code not in PARTS]

    return codes


@pytest.mark.slow
@pytest.mark.parametrize("name", shipped())
def test_the_shipped_letters_have_no_faults(name, brand):
    found = findings(load(None, name).texts, brand)

    assert [one for one in found if one.code != "check.example"] == []


@pytest.mark.parametrize(
    "body",
    [
        "{{ city | default('x') }}", "{% if city %}{{ city }}{% endif %}",
        "{% if not city %}-{% else %}{{ city | quoted }}{% endif %}",
        "{% if city and orders > 1 %}{{ city }} {{ orders }}{% endif %}",
        "{% if orders >= 1 %}{{ orders }}{% elif city %}{{ city }}{% endif %}",
        "{% if city == 'Goris' %}{{ city }}{% endif %}",
        "{{ city | default(family_name) | default('x') }}", "{{ signer }} {{ shop_name }}",
    ],
)  # fmt: skip
def test_a_field_with_a_default_or_inside_an_if_is_safe(codes, body):
    assert codes(body) == []


@pytest.mark.parametrize(
    "body",
    [
        "{{ city }}", "{% if orders %}{{ city }}{% endif %}", "{{ city | quoted }}",
        "{% if city or orders %}{{ city }}{% endif %}", "{% if not city %}{{ city }}{% endif %}",
        "{% if city %}x{% else %}{{ city }}{% endif %}", "{{ city | default(family_name) }}",
        "{% if city != 'x' %}{{ city }}{% endif %}", "{{ attributes.job }}",
        "{% if city | default('x') %}{{ city }}{% endif %}",
    ],
)  # fmt: skip
def test_a_field_that_may_be_empty_is_an_error_at_its_line(codes, body):
    assert codes(body) == [("error", "check.may_be_empty", 7)]


def test_what_the_compiler_refuses_is_an_error_at_its_line(codes):
    assert codes("{{ nme }}") == [("error", "letter.unknown_field", 7)]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("Սա է մեր առաջարկը: Այսօր", [("error", "proof.colon_stop", 7)]),
        ("Տեսեք՝ [այստեղ](https://a.example/x:y)։ Ժամը 12:30 է։", []),
        ("Միայն ԱՅՍՕՐ, «Նուռ» ՍՊԸ", [("warning", "proof.capitals", 7)]),
    ],
)
def test_armenian_typography_is_watched(codes, body, found):
    assert codes(body, HY) == found


def test_georgian_capitals_are_watched(codes):
    assert codes("ფასდაკლება ᲓᲦᲔᲡ", KA) == [("error", "proof.georgian_capitals", 7)]


def test_a_letter_that_greets_nobody_is_remarked(letter, brand):
    found = findings({EN: [letter("Thank you.\n\nKind regards,\\\n{{ signer }}")]}, brand)
    told = [(one.severity, one.code) for one in found if one.code not in PARTS]
    assert told == [("warning", "proof.no_greeting")]


@pytest.mark.parametrize(
    "lines", [["button:", "  text: Go"], ["button:", "  link: https://a.example"]]
)
def test_half_a_button_is_an_error(codes, lines):
    assert codes("x", lines=lines) == [("error", "check.button_incomplete", 0)]


def test_a_place_for_a_button_that_is_not_there_is_an_error(codes):
    assert codes("x\n\n{{ button }}\n") == [("error", "check.button_incomplete", 0)]


def test_subject_size_and_links_are_watched(codes):
    assert codes("x", subject="s" * 79) == [("warning", "check.subject_long", 0)]
    assert "check.html_large" not in str(codes("".join(f"Բա {n} " for n in range(1_300)), HY))
    assert codes("[x](http://a.example)") == [("error", "check.link_not_https", 0)]


@pytest.mark.slow
def test_a_letter_that_gmail_would_cut_is_an_error(letter, brand):
    found = findings(
        {KA: [letter(GREETED + "".join(f"{n % 10}\n\n" for n in range(3_150)))]}, brand
    )
    errors = [one.code for one in found if one.severity == "error"]
    assert errors == ["check.no_benefit", "check.html_large"]


def test_an_address_that_nobody_reads_is_an_error(codes):
    assert codes("x", reply_to="no-reply@nur.example") == [("error", "check.no_reply", 0)]


def test_an_empty_letter_is_an_error(letter, brand):
    for body in ("", GREETED):
        assert "check.no_body" in [one.code for one in findings({EN: [letter(body)]}, brand)]


def test_languages_that_say_different_things_are_remarked(letter, brand):
    one = letter(GREETED + "Ունենք 20 գույն։ [Տես](https://a.example/1)", "Բարև")
    other = letter(
        GREETED + "We have 15 {{ city | default('x') }} colours. [See](https://a.example/2)"
    )

    found = [one for one in findings({HY: [one], EN: [other]}, brand) if "differ" in one.code]

    assert {(f.severity, f.code, f.language) for f in found} == {
        (severity, code, language)
        for severity, code in (
            ("error", "proof.figures_differ"), ("warning", "proof.fields_differ"),
            ("warning", "proof.links_differ"),
        )
        for language in (HY, EN)
    }  # fmt: skip
    assert "15 (en); 20 (hy)" in found[0].says(EN)


@pytest.mark.parametrize("reader", list(Language))
def test_a_remark_is_said_in_the_reader_s_language(letter, brand, reader):
    said = [
        one.says(reader) for one in findings({HY: [letter("{{ city }}: ԲԱՐԵՎ", "Բարև")]}, brand)
    ]
    assert len(said) == 8
    assert any("city" in one for one in said)
    assert not any("{" in re.sub("{{.*?}}|{%", "", text) for text in said)


def test_a_letter_of_offers_may_not_ask_for_an_opinion(letter, brand):
    asks = GREETED + "[Tell us]({{ testimonial_url }})"
    source = letter(asks)
    wanted = ("error", "check.testimonial_purpose")

    assert "purpose: offers" in source
    assert wanted in [(one.severity, one.code) for one in findings({EN: [source]}, brand)]
    right = source.replace("purpose: offers", "purpose: testimonials")
    assert wanted not in [(one.severity, one.code) for one in findings({EN: [right]}, brand)]

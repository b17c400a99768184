from pathlib import Path

import pytest

from campaigns.errors import RenderError
from campaigns.letters import blocks
from campaigns.letters.check import findings
from campaigns.letters.expressions import Compiler
from campaigns.letters.fields import FIELDS
from campaigns.letters.head import HEAD_KEYS
from campaigns.letters.parse import parse_text
from campaigns.letters.render import compile_text
from campaigns.letters.text import Box
from campaigns.model.language import Language
from campaigns.model.permission import Purpose


def refusal(source, brand):
    with pytest.raises(RenderError) as caught:
        compile_text(source, Language.EN, brand)
    return caught.value


def test_the_head_says_subject_preheader_purpose_and_button(letter, brand):
    source = letter(
        "Hello",
        "Hi: it's {{ city }} # [1]",
        "preheader: Soon",
        "button:",
        "  text: Go",
        "  link: 'https://a.example'",
    )

    text = parse_text(source, Language.EN, brand)

    assert text.subject[0] == "Hi: it's "
    assert text.subject[2] == " # [1]"
    assert (text.preheader, text.purpose) == (("Soon",), Purpose.OFFERS)
    assert text.body[-1] == Box("button", ("Go",), ("https://a.example",))


@pytest.mark.parametrize(
    ("source", "code", "line"),
    [
        ("Hello", "letter.head", 1),
        ("---\nsubject: a\npurpose: offers\nHello", "letter.head", 1),
        ("---\n- a\n---\n", "letter.head", 2),
        ("---\nsubject: 'a\n---\n", "letter.head", 3),
        ("---\nsubject:\n  - a\n---\n", "letter.head_key", 2),
        ("---\nsubject: a\npurpose: spam\n---\n", "letter.purpose", 3),
        ("---\nsubject: a\npurpose: offers\nsubjekt: b\n---\n", "letter.head_key", 4),
        ("---\nsubject: a\npurpose: offers\nbutton: b\n---\n", "letter.head_key", 4),
        ("---\nsubject: a\npurpose: offers\n---\n\x00", "letter.character", 5),
        ("---\nsubject: a\npurpose: offers\n---\n\n\ue000", "letter.character", 6),
    ],
)
def test_a_head_that_cannot_be_read_is_refused_with_its_line(source, code, line, brand):
    error = refusal(source, brand)
    assert (error.code, error.facts["line"]) == (code, line)


@pytest.mark.parametrize("missing", ["subject", "purpose"])
def test_a_letter_without_subject_or_purpose_is_refused(missing, brand):
    lines = [line for line in ("subject: a", "purpose: offers") if not line.startswith(missing)]
    error = refusal(f"---\n{lines[0]}\n---\nHello", brand)
    assert (error.code, error.facts["field"]) == ("letter.head_missing", missing)


def test_an_unknown_field_is_named_with_its_place_and_what_there_is(letter, brand):
    error = refusal(letter("Hello\n\nand {{ nme }}"), brand)

    assert error.code == "letter.unknown_field"
    assert (error.facts["line"], error.facts["column"]) == (7, 8)
    assert "given_name" in error.facts["expected"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("{{ given_name.__class__ }}", "letter.not_allowed"),
        ("{{ attributes.__class__.__mro__ }}", "letter.not_allowed"),
        ("{{ attributes }}", "letter.unknown_field"),
        ("{{ self }}", "letter.unknown_field"),
        ("{{ cycler.__init__.__globals__ }}", "letter.not_allowed"),
        ("{{ given_name() }}", "letter.not_allowed"),
        ("{{ given_name['x'] }}", "letter.not_allowed"),
        ("{{ given_name ~ city }}", "letter.not_allowed"),
        ("{{ 2 ** 9999 }}", "letter.not_allowed"),
        ("{{ 'a' * 10 }}", "letter.not_allowed"),
        ("{{ given_name if city else 'x' }}", "letter.not_allowed"),
        ("{{ given_name | upper }}", "letter.unknown_filter"),
        ("{{ given_name | default }}", "letter.unknown_filter"),
        ("{{ given_name | attr('x') }}", "letter.unknown_filter"),
        ("{{ given_name | money }}", "letter.filter_kind"),
        ("{{ orders | greeting }}", "letter.filter_kind"),
        ("{% for x in attributes %}{% endfor %}", "letter.no_list"),
        ("{% for x in recommendations %}{{ x.buyers }}{% endfor %}", "letter.unknown_field"),
        ("{% for x in recommendations %}{{ city.name }}{% endfor %}", "letter.not_allowed"),
        ("{% for x in recommendations if x %}{% endfor %}", "letter.not_allowed"),
        ("{% for x in recommendations recursive %}{% endfor %}", "letter.not_allowed"),
        ("Buy now: {{ button }}", "letter.block_line"),
        ("{{ offer }}", "letter.block_needs"),
        ("{% set x = 1 %}", "letter.not_allowed"),
        ("{% include 'x' %}", "letter.not_allowed"),
        ("{% import 'x' as y %}", "letter.not_allowed"),
        ("{% macro m() %}{% endmacro %}", "letter.not_allowed"),
        ("{% if given_name is defined %}{% endif %}", "letter.not_allowed"),
        ("{% if orders > 'x' %}{% endif %}", "letter.comparison"),
        ("{% if city > 5 %}{% endif %}", "letter.comparison"),
        ("{% if 1 < orders < 5 %}{% endif %}", "letter.not_allowed"),
        ("{% if city %}", "letter.syntax"),
        ("{{ city", "letter.syntax"),
        ("{% endif %}", "letter.syntax"),
        (
            "{% for x in recommendations %}{% for y in recommendations %}{% endfor %}{% endfor %}",
            "letter.not_allowed",
        ),
        ("{% if orders %}x{% endif %}" * 61, "letter.too_many_ifs"),
        ("[a](javascript:alert)", "letter.link_start"),
        ("[a](//evil.example)", "letter.link_start"),
        ("[a](https://{{ city | default('x') }})", "letter.link_start"),
        ("[a](https://a.example{{ city | default('x') }})", "letter.link_start"),
        ("[a]()", "letter.link_start"),
        ("[a](https://)", "letter.link_start"),
        ("&#57344; {{ city | default('x') }}", "letter.character"),
        ("[a](https://a.example/&#xE000)", "letter.character"),
        ("[a](/here)", "letter.link_start"),
        ("[a]({{ city | default('x') }})", "letter.link_start"),
        ("[a]({{ testimonial_url }}{{ unsubscribe_url }})", "letter.link_start"),
        ("{% if city %}ok{% else %}[a](data:x){% endif %}", "letter.link_start"),
    ],
)
def test_what_is_not_declared_is_refused(body, code, letter, brand):
    assert refusal(letter(body), brand).code == code


def test_an_own_line_if_leaves_no_empty_line_and_joins_no_words(letter, brand):
    body = "One\n{% if city %}\ntwo\n{% endif %}\nthree {% if city %}four{% endif %}\nfive"
    compiled = compile_text(letter(body), Language.EN, brand)

    assert compiled.render({"city": "x", "unsubscribe_url": "https://a.b/c"}).text.startswith(
        "One two three four five\n"
    )
    assert compiled.render({"unsubscribe_url": "https://a.b/c"}).text.startswith("One three")


@pytest.mark.parametrize(
    "body",
    [
        "{{ " + "(" * 190 + "(city" * 190,
        "{% if city %}" * 190 + "{% if orders %}" * 190,
        "{% if " + "not " * 190 + "city %}{% endif %}",
        "{{ city" + " | quoted" * 190 + " }}",
    ],
)
def test_a_letter_nested_thousands_deep_is_refused(letter, brand, body):
    assert refusal(letter(body), brand).code in (
        "letter.syntax",
        "letter.too_complex",
        "letter.repeated",
    )


def test_a_letter_too_long_is_refused(letter, brand):
    assert refusal(letter("x" * 30_001), brand).code == "input.too_long"


def test_the_guide_names_every_field_and_filter():
    guide = (Path(__file__).parents[2] / "docs" / "letters.md").read_text(encoding="utf-8")
    filters = Compiler(Language.EN, {}, lambda line, _: {"line": line})._filters()

    assert [
        name for name in [*FIELDS, *filters, *HEAD_KEYS, *blocks.NAMES] if name not in guide
    ] == []


def test_the_example_of_the_guide_can_be_sent(brand):
    guide = (Path(__file__).parents[2] / "docs" / "letters.md").read_text(encoding="utf-8")
    example = guide.split("```\n")[1]

    assert findings({Language.EN: [example]}, brand) == []

"""The filters: what each gives, when it abstains, and that a letter cannot be sent with a hole."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from campaigns.errors import RenderError
from campaigns.language.people.person import read_person
from campaigns.letters.check import findings
from campaigns.letters.fields import FIELDS
from campaigns.letters.filters import ROLES, next_word
from campaigns.letters.preview import sample_values, unknown_values
from campaigns.letters.render import compile_text
from campaigns.model.language import Language
from campaigns.model.money import Money
from campaigns.store.options import Brand

HY, KA, EN = Language.HY, Language.KA, Language.EN
GUIDE = Path(__file__).parents[2] / "docs" / "letters.md"
LINKS = {"unsubscribe_url": "https://a.example/u/1"}
ARAM = {"contact": read_person(given="Արամ", family="Շահվերդյան", gender="m")}


@pytest.fixture
def said(letter, brand):
    """What a body says to one reader, in one language and register."""

    def said(body, language, values, *lines, sender=brand):
        compiled = compile_text(letter(body, "Hello", *lines), language, sender)
        return compiled.render(LINKS | dict(values)).text.partition("———")[0].strip()

    return said


def _examples():
    """Yield from the guide: what stands in a letter, and what it becomes in each language."""
    for line in GUIDE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        if len(cells) == 4 and cells[0].startswith("`{{"):
            yield pytest.param(cells[0].strip("`").replace("\\|", "|"), cells[1:], id=cells[0])


@pytest.mark.parametrize(("body", "results"), list(_examples()))
def test_the_guide_shows_what_each_filter_gives(said, body, results):
    found = []
    for language in Language:
        try:
            found.append(said(body, language, sample_values(language)).replace("\u00a0", " "))
        except RenderError as error:
            found.append("" if error.code == "letter.empty" else error.code)

    assert [result.strip("—") for result in results] == found


@pytest.mark.parametrize(
    ("language", "noun", "words"),
    [
        (HY, '"պատվեր"', "7 պատվեր"),
        (KA, '"შეკვეთა"', "7 შეკვეთა"),
        (EN, '"order", "orders"', "7 orders"),
    ],
)
def test_the_guide_shows_how_things_are_counted(said, language, noun, words):
    body = f"{{{{ orders | counted({noun}) }}}}"

    assert f"| `{body}` | {words} |" in GUIDE.read_text(encoding="utf-8").replace("\\|", "|")
    assert said(body, language, sample_values(language)).replace("\u00a0", " ") == words


def test_the_guide_has_an_example_of_every_filter_of_language():
    shown = " ".join(str(example.values[0]) for example in _examples())

    assert [name for name in [*ROLES, "greeting", "closing", "address_line", "on_date"]
            if name not in shown] == []  # fmt: skip


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("{{ contact | definite }} է", "Արամ Շահվերդյանն է"),
        ("{{ contact | definite }} նվիրեց", "Արամ Շահվերդյանը նվիրեց"),
        ("{{ contact | definite }}, ով", "Արամ Շահվերդյանը, ով"),
        ("{{ contact | definite }}", "Արամ Շահվերդյանը"),
        ("**{{ contact | definite }}** է", "Արամ Շահվերդյանն է"),
        ("{{ contact | definite }}\nէ", "Արամ Շահվերդյանն է"),
        ("{{ contact | definite }}\n\nէ", "Արամ Շահվերդյանը\n\nէ"),
        ("{{ contact | definite | default('նա') }} «ունի»", "Արամ Շահվերդյանն «ունի»"),
        ("{% if contact | definite %}{{ contact | definite }} է{% endif %}", "Արամ Շահվերդյանն է"),
    ],
)
def test_the_armenian_article_listens_to_the_next_word_of_the_letter(said, body, text):
    assert said(body, HY, ARAM) == text


@pytest.mark.parametrize(
    ("following", "word"),
    [(" է", "է"), ("", None), (".", None), ("ը", None), ("\n\nէ", None), ("\\\nէ", None),
     (" 5", None), (" {x", None)],
)  # fmt: skip
def test_the_next_word_is_only_one_of_the_same_breath(following, word):
    assert next_word(following) == word


@pytest.mark.parametrize(
    ("language", "lines", "greeting"),
    [
        (HY, [], "Հարգելի Անի,"),
        (HY, ["register: formal"], "Հարգելի տիկին Սարգսյան,"),
        (HY, ["register: warm"], "Սիրելի Անի,"),
        (KA, [], "გამარჯობა, ნინო!"),
        (KA, ["register: formal"], "ქალბატონო ნინო,"),
        (KA, ["register: warm"], "ძვირფასო ნინო,"),
        (EN, ["register: formal"], "Dear Ms Brown,"),
    ],
)
def test_the_head_tells_the_register(said, language, lines, greeting):
    body = "{{ contact | greeting }}"

    assert said(body, language, sample_values(language), *lines) == greeting


def test_an_unknown_register_is_refused_with_its_line(letter, brand):
    with pytest.raises(RenderError) as caught:
        compile_text(letter("x", "Hello", "register: royal"), HY, brand)

    assert (caught.value.code, caught.value.facts["line"]) == ("letter.register", 4)
    assert caught.value.facts["expected"] == "neutral, formal, warm"


@pytest.mark.parametrize("language", list(Language))
def test_a_reader_without_a_name_is_greeted_and_never_named(said, language):
    body = "{{ contact | greeting }} {{ contact | dative | default('–') }} {{ contact | default('–') }}"
    unknown = unknown_values(language)
    junk = unknown | {"contact": read_person(given="n/a", family="test")}

    assert said(body, language, junk) == said(body, language, unknown)
    assert said(body, language, junk).endswith(" – –")


@pytest.mark.parametrize(
    "body",
    [
        "{% if contact | dative %}{{ contact | dative }}{% endif %}",
        "{% if contact | dative %}{{ contact }}{% endif %}",
        "{% if contact | dative and city %}{{ contact | dative }} {{ city }}{% endif %}",
        "{% if not contact | dative %}-{% else %}{{ contact | dative }}{% endif %}",
        "{{ contact | dative | default('x') }}",
        "{{ contact | dative | default(contact | genitive) | default('x') }}",
        "{{ city | locative | default('x') }}",
        "{% if city | locative %}{{ city | locative | quoted }}{% endif %}",
        "{{ contact | greeting }} {{ closing }} {{ given_name | greeting }}",
        "{% if contact | definite %}{{ contact | definite }} է{% endif %}",
        "{{ shop_name | genitive | default(shop_name) }}",
        "{{ '2026-12-31' | until_date }}",
        "{% if attributes.valid | until_date %}{{ attributes.valid | until_date }}{% endif %}",
    ],
)
def test_a_letter_that_has_an_answer_to_every_abstention_passes(letter, brand, body):
    source = letter("{{ contact | greeting }}\n\n" + body)

    assert [
        one
        for one in findings({HY: [source]}, brand)
        if one.severity == "error" and one.code != "check.no_benefit"
    ] == []


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ("{{ contact | dative }}", "contact | dative"),
        ("{{ given_name | genitive | quoted }}", "given_name | genitive"),
        ("{% if contact %}{{ contact | dative }}{% endif %}", "contact | dative"),
        ("{% if contact | dative %}{{ contact | genitive }}{% endif %}", "contact | genitive"),
        ("{% if contact | dative %}{{ given_name }}{% endif %}", "given_name"),
        ("{% if contact | dative or city %}{{ contact | dative }}{% endif %}", "contact | dative"),
        ("{{ city | locative | default(city) }}", "city"),
        ("{{ attributes.gift | genitive }}", "attributes.gift | genitive"),
        ("{{ attributes.valid | until_date }}", "attributes.valid | until_date"),
        ("{{ 'soon' | until_date }}", "'soon'|until_date"),
        ("{{ contact }}", "contact"),
    ],
)
def test_an_abstention_without_an_answer_is_an_error_that_names_the_filter(
    letter, brand, body, named
):
    source = letter("{{ contact | greeting }}\n\n" + body)
    (found,) = [
        one
        for one in findings({HY: [source]}, brand)
        if one.severity == "error" and one.code != "check.no_benefit"
    ]

    assert (found.severity, found.code, found.line) == ("error", "check.may_be_empty", 7)
    assert found.facts["field"] == named


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("{{ orders | dative }}", "letter.filter_kind"),
        ("{{ consent_source | dative }}", "letter.filter_kind"),
        ("{{ city | default('x') | dative }}", "letter.filter_kind"),
        ("{{ contact | dative | genitive }}", "letter.filter_kind"),
        ("{{ contact | quoted }}", "letter.filter_kind"),
        ("{{ orders | greeting }}", "letter.filter_kind"),
        ("{{ contact | dative('x') }}", "letter.unknown_filter"),
        ("{{ orders | counted }}", "letter.counted"),
        ("{{ orders | counted(city) }}", "letter.counted"),
        ("{{ city | counted('x', 'xs') }}", "letter.filter_kind"),
        ("{% if contact == 'Ani' %}{% endif %}", "letter.comparison"),
    ],
)
def test_a_filter_that_does_not_fit_is_refused(letter, brand, body, code):
    with pytest.raises(RenderError) as caught:
        compile_text(letter(body), EN, brand)

    assert caught.value.code == code
    assert caught.value.facts["column"] > 0


def test_a_condition_asks_the_same_as_the_filter_shows(said):
    body = "{% if contact | dative %}{{ contact | dative }}{% else %}nobody{% endif %}"

    assert said(body, HY, ARAM) == "Արամ Շահվերդյանին"
    assert said(body, HY, {"contact": read_person(given="Xqzw")}) == "nobody"
    assert said("{% if contact %}x{% else %}nobody{% endif %}", HY,
                {"contact": read_person(given="Xqzw")}) == "nobody"  # fmt: skip


def test_the_shop_can_be_put_into_a_case_and_a_missing_one_shows_its_place(said, brand):
    ararat = replace(brand, shop_name="Արարատ")
    assert said("{{ shop_name | genitive }}", HY, {}, sender=ararat) == "Արարատի"
    assert said("{{ shop_name | genitive }}", HY, {}, sender=Brand()) == "⟨shop_name⟩"


def test_a_day_in_a_column_of_the_sheet_is_read(said):
    body = "{{ attributes.valid | until_date | default('–') }}"

    for written in ("2026-12-31", "31.12.2026", "2026-12-31 00:00:00"):
        found = said(body, KA, {"attributes": {"valid": written}}).replace("\u00a0", " ")
        assert found == "2026 წლის 31 დეკემბრამდე"
    assert said(body, KA, {"attributes": {"valid": "31.02.2026"}}) == "–"


@pytest.mark.slow
@pytest.mark.parametrize("language", list(Language))
def test_every_field_that_names_something_can_be_put_into_every_case(said, language):
    for field in FIELDS.values():
        if field.word and field.kind != "attributes":
            for role in ROLES:
                body = f"{{{{ {field.name} | {role} | default('x') }}}}"
                assert said(body, language, sample_values(language))


@pytest.mark.parametrize(
    ("body", "language", "warned"),
    [
        ("{% if city %}{{ city }}ում{% endif %}", HY, True),
        ("{% if city %}{{ city }}-ում{% endif %}", HY, True),
        ("{% if city %}{{ city }}ში{% endif %}", KA, True),
        ("{% if contact %}{{ contact }}’s{% endif %}", EN, True),
        ("{% if city %}{{ city }} է, {{ city }}։{% endif %}", HY, False),
        ("{% if contact | genitive %}{{ contact | genitive }}თვის{% endif %}", KA, False),
        ("{% if last_product %}{{ last_product | quoted }}-ն{% endif %}", HY, False),
        ("{{ shop_name }}ում", HY, False),
    ],
)
def test_an_ending_written_by_hand_is_remarked(letter, brand, body, language, warned):
    found = findings({language: [letter("{{ contact | greeting }}\n\n" + body)]}, brand)

    assert [one.line for one in found if one.code == "check.ending"] == [7] * warned


def test_a_language_may_put_a_word_into_another_case(letter, brand):
    texts = {
        KA: [letter("{% if contact | ergative %}{{ contact | ergative }}{% endif %}")],
        EN: [letter("{% if contact %}{{ contact }}{% endif %}")],
    }

    assert "proof.fields_differ" not in [one.code for one in findings(texts, brand)]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("money", "50,00~₾"),
        ("money_in_words", "50~ლარი"),
        ("from_money", "50~ლარიდან"),
        ("up_to_money", "50~ლარამდე"),
        ("for_money", "50~ლარად"),
        ("by_money", "50~ლარით"),
    ],
)
def test_an_amount_takes_the_ending_of_its_part_in_the_sentence(said, name, shown):
    found = said(f"{{{{ revenue | {name} }}}}", KA, {"revenue": Money(5000, "GEL")})

    assert found.replace("\u00a0", "~") == shown

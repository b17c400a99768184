import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaigns.errors import RenderError
from campaigns.language.people.person import read_person
from campaigns.letters import tags
from campaigns.letters.columns import columns_of
from campaigns.letters.library import load, shipped
from campaigns.letters.preview import sample_values
from campaigns.letters.render import compile_text
from campaigns.letters.verify import at_once, check_request, in_turn
from campaigns.model.language import Language
from campaigns.model.money import Money
from campaigns.model.register import Register
from campaigns.store.options import Brand

BRAND = Brand(
    shop_name="Նուռ", legal_name="«Նուռ» ՍՊԸ", postal_address="Երևան", reply_to="a@b.example"
)
SOURCE = """---
subject: "{{ given_name | default('friend') }}, {{ city | default('-') }} ~"
preheader: "{{ last_product | default('-') }}"
purpose: offers
button:
  text: "{{ given_name | default('Go') }}"
  link: "{{ testimonial_url }}"
---
{{ contact | greeting }} {{ given_name | greeting }} {{ given_name | default("x") }}{{ city | default("y") }}0{{ orders | default("z") }}

{% if last_product %}
**{{ last_product | quoted }}** {{ revenue | default("-") }} [{{ city | default("a") }}](https://a.example/?q={{ city | default("b") }}&n={{ last_product }})
{% endif %}
{{ attributes.note | default("-") }}

{% if contact | dative %}{{ contact | dative }} {{ contact | definite | default("-") }} է{% endif %} {{ contact | default("-") }},
{{ contact | vocative | default("-") }} {{ given_name | genitive | default("-") }} {{ family_name | ablative | default("-") }}
{{ city | locative | default("-") }} {{ last_product | instrumental | default("-") }} {{ contact | address_line | default("-") }}
{{ shop_name | genitive | default("-") }} {{ attributes.note | until_date | default("-") }} {{ orders | counted("x", "y") | default("-") }}

{{ closing }}
"""


def compiled_letter(language, register, source=SOURCE):
    text = source.replace("purpose: offers", f"purpose: offers\nregister: {register}")
    # Only English has its plural beside the noun.
    return compile_text(
        text if language is Language.EN else text.replace(', "y"', ""), language, BRAND
    )


LETTERS = {
    (one, register): compiled_letter(one, register) for one in Language for register in Register
}
COMPILED = LETTERS[Language.HY, Register.NEUTRAL]

hostile = st.one_of(
    st.none(),
    st.text(max_size=20),
    st.sampled_from([
        "Անի", "ნინო", "^0`", "^1`", "~0^", "%name%", "-name-", ":name", "[unsubscribe]",
        "<%asm_group_unsubscribe_raw_url%>", "{{ x }}", "{% if %}", "<b>&amp;</b>", '"\\"', "\\u003c",
        "👩‍👩‍👧", "~^|`$*!@+=;?", "0", "00", "a\r\nBcc: x", "\ue000", "\u202e", "**", "](",
    ]),
    st.text("~^|`$*!@+=;?01", max_size=6),
)  # fmt: skip
names = st.one_of(hostile, st.sampled_from(["Արամ", "Անի", "დავითი", "ნინო", "Ani", "Aram"]))
people = st.fixed_dictionaries({
    "contact": st.one_of(
        st.none(), st.builds(read_person, given=names, family=names, gender=st.sampled_from("mf")),
        st.builds(read_person, names),
    ),
    "given_name": names,
    "family_name": names,
    "city": hostile,
    "last_product": hostile,
    "orders": st.one_of(st.none(), st.integers(0, 10**6)),
    "revenue": st.one_of(st.none(), st.builds(Money, st.integers(0, 10**9), st.just("AMD"))),
    "attributes": st.fixed_dictionaries({"note": hostile}),
    "consent_source": hostile,
    "consent_at": st.one_of(st.none(), st.just(date(2025, 1, 2))),
    "unsubscribe_url": st.sampled_from(["https://a.example/u/1~x", "https://a.example/u/2~y?a=^0`&b"]),
    "testimonial_url": st.just("https://a.example/t/1"),
})  # fmt: skip


def replaced(request, row, replace):
    tags = request.substitutions(row)
    return tuple(replace(getattr(request, part), tags) for part in ("subject", "html", "text"))


def backwards(skeleton, tags):
    return in_turn(skeleton, dict(reversed(tags.items())))


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(people, min_size=1, max_size=8), st.sampled_from(sorted(LETTERS)))
def test_whatever_people_are_called_each_gets_their_own_mail_in_any_order_of_replacement(
    values, kind
):
    compiled, seen = LETTERS[kind], []
    for request in compiled.bulk(columns_of(values)):
        for row, index in enumerate(request.rows):
            mail = compiled.render(values[index])
            for fill in (at_once, in_turn, backwards):
                assert replaced(request, row, fill) == (mail.subject, mail.html, mail.text)
            seen.append(index)
    assert sorted(seen) == list(range(len(values)))


@settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(people, min_size=1, max_size=8))
def test_tags_are_fit_for_sendgrid(values):
    for request in COMPILED.bulk(columns_of(values)):
        for row in range(len(request)):
            found = request.substitutions(row)
            assert set(found) == set(request.tags)
            assert not any(set(tag) & set("<>& %[]{}-") for tag in found)
            assert not any(a != b and b.startswith(a) for a in found for b in found)
            assert all(isinstance(value, str) and value for value in found.values())
            assert tags.worst_bytes(found) <= tags.MAX_BYTES
            json.dumps(found).encode()


def test_recipients_share_a_request_by_the_shape_of_their_mail():
    base = dict(sample_values(Language.HY))
    values = [base | {"given_name": name, "last_product": product}
              for name, product in (("Անի", "Գինի"), ("Արամ", None), ("Նարե", "Մեղր"))]  # fmt: skip

    requests = COMPILED.bulk(columns_of(values))

    assert sorted(list(request.rows) for request in requests) == [[0, 2], [1]]


def test_what_is_the_same_for_all_is_no_substitution():
    base = dict(sample_values(Language.HY))
    (request,) = COMPILED.bulk(
        columns_of([base | {"given_name": name} for name in ("Անի", "Արամ")])
    )

    assert {"Անի", "Հարգելի Անի,", "Անիի"} == set(request.substitutions(0).values())
    assert "Գյումրի" in request.text


def test_equal_columns_share_a_tag():
    base = dict(sample_values(Language.HY))
    values = [base | {"given_name": name, "attributes": {"note": name}} for name in ("Անի", "Արամ")]
    (request,) = COMPILED.bulk(columns_of(values))

    assert sorted(request.substitutions(0).values()) == ["Անի", "Անիի", "Հարգելի Անի,"]


def test_who_has_too_much_to_say_gets_a_request_of_their_own():
    base = dict(sample_values(Language.HY))
    values = [base | {"attributes": {"note": note}} for note in ("a", "ա" * 4000, "b")]

    requests = COMPILED.bulk(columns_of(values))

    assert sorted(list(request.rows) for request in requests) == [[0, 2], [1]]
    assert next(r for r in requests if list(r.rows) == [1]).tags == {}


def test_bytes_are_counted_the_worst_way():
    assert tags.worst_bytes({"a": "<ա"}) == len('{"a": "\\u003c\\u0561"}')


def test_many_tags_stay_distinct():
    numbers = [tags.tag(index, "~^") for index in range(5000)]
    assert len(set(numbers)) == 5000


def test_the_check_passes_what_is_right_and_stops_what_is_not():
    base = dict(sample_values(Language.HY))
    values = [base | {"given_name": name} for name in ("Անի", "Արամ")]
    (request,) = COMPILED.bulk(columns_of(values))

    check_request(COMPILED, request, columns_of(values), range(2))
    for part in ("subject", "html", "text"):
        wrong = replace(request, **{part: getattr(request, part) + "!"})
        with pytest.raises(RenderError) as caught:
            check_request(COMPILED, wrong, columns_of(values), [1])
        assert caught.value.facts["part"] == part


def test_the_check_stops_swapped_recipients():
    base = dict(sample_values(Language.HY))
    values = [base | {"given_name": name} for name in ("Անի", "Արամ")]
    (request,) = COMPILED.bulk(columns_of(values))
    swapped = replace(request, rows=request.rows[::-1])

    with pytest.raises(RenderError):
        check_request(COMPILED, swapped, columns_of(values), [0])


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("name", shipped())
def test_the_shipped_letters_send_five_hundred_in_a_few_requests(name, language):
    compiled = compile_text(load(None, name).texts[language][0], language, BRAND)
    base = dict(sample_values(language))
    values = [base | {"unsubscribe_url": f"https://a.example/u/{n}", "testimonial_url": f"https://a.example/t/{n}",
                      "given_name": None if n % 7 == 0 else base["given_name"], "days_since_last": n}
              for n in range(500)]  # fmt: skip

    requests = compiled.bulk(columns_of(values))

    assert len(requests) <= 2
    for request in requests:
        check_request(compiled, request, columns_of(values), range(0, len(request), 50))


def test_a_letter_that_uses_every_mark_itself_goes_out_one_by_one():
    source = SOURCE.replace(" ~", " ~^|`$*!@+=;?")
    compiled = compiled_letter(Language.HY, Register.NEUTRAL, source)
    base = dict(sample_values(Language.HY))
    values = [base | {"given_name": name} for name in ("Անի", "Արամ")]

    requests = compiled.bulk(columns_of(values))

    assert [request.tags for request in requests] == [{}, {}]
    for request in requests:
        check_request(compiled, request, columns_of(values), [0])

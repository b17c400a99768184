import json
import random
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from campaigns.errors import RenderError
from campaigns.language.people.person import read_person
from campaigns.letters import render, tags
from campaigns.letters.columns import Columns, columns_of
from campaigns.letters.design import designs_for
from campaigns.letters.library import SHIPPED, read_folder, shipped
from campaigns.letters.preview import sample_values
from campaigns.letters.render import compile_text
from campaigns.letters.verify import PARTS, at_once, check_request, in_turn
from campaigns.model.language import Language
from campaigns.model.register import Register
from tests.letters.random_letters import BRAND, STRANGE, bodies, compiled, people

BODY = """{{ contact | greeting }} {{ given_name | greeting }} {{ given_name | default("x") }}{{ city | default("y") }}0{{ orders | default("z") }}

{% if last_product %}
**{{ last_product | quoted }}** {{ revenue | default("-") }} [{{ city | default("a") }}](https://a.example/?q={{ city | default("b") }}&n={{ last_product }})
{% endif %}
{{ attributes.note | default("-") }}

{% if contact | dative %}{{ contact | dative }} {{ contact | definite | default("-") }} է{% endif %} {{ contact | default("-") }},
{{ contact | vocative | default("-") }} {{ given_name | genitive | default("-") }} {{ family_name | ablative | default("-") }}
{{ city | locative | default("-") }} {{ last_product | instrumental | default("-") }} {{ contact | address_line | default("-") }}
{{ shop_name | genitive | default("-") }} {{ attributes.note | until_date | default("-") }} {{ orders | counted("x"PLURAL) | default("-") }}
{{ revenue | up_to_money | default("-") }} {{ last_order_at | from_date | default("-") }} {{ discount | percent_off | default("-") }}

{{ statement }}

{{ products }}

{{ closing }}
"""
ORDERS = 10
PATIENT = {"deadline": None, "suppress_health_check": list(HealthCheck)}


@cache
def letter_of(language=Language.HY, register=Register.NEUTRAL):
    """Compiled when first asked for: it takes a third of a second."""
    return compiled(BODY, language, register=register)


def named(*names, **known):
    """Readers of whom all is known, by these given names."""
    return [dict(sample_values(Language.HY)) | {"given_name": name} | known for name in names]


def check(letter, request, columns, places):
    """Compare some with the plain path, which knows all of the readers."""
    check_request(
        letter, request, {place: columns.row(int(request.rows[place])) for place in places}
    )


def filled(request, place, fill):
    found = request.substitutions(place)
    return tuple(fill(getattr(request, part), found) for part in PARTS)


def shuffled(chance):
    def fill(skeleton, found):
        order = list(found.items())
        chance.shuffle(order)
        return in_turn(skeleton, dict(order))

    return fill


def plain_of(letter, values):
    """What the plain path makes of each reader: a mail, or the words with which it refuses."""
    found = []
    for one in values:
        try:
            mail = letter.render(one)
            found.append(tuple(getattr(mail, part) for part in PARTS))
        except RenderError as error:
            found.append(str(error))
    return found


def assert_equals_the_plain_path(letter, values):
    plain, columns = plain_of(letter, values), columns_of(values)
    refused = letter.unwritable(columns)
    assert {row: str(error) for row, error in refused.items()} == {
        row: mail for row, mail in enumerate(plain) if isinstance(mail, str)
    }
    kept = [row for row in range(len(values)) if row not in refused]
    seen = []
    for request in letter.bulk(columns.take(np.array(kept, np.intp))):
        for place, row in enumerate(request.rows):
            chance = random.Random(len(seen))
            for fill in (at_once, *[shuffled(chance)] * ORDERS):
                assert filled(request, place, fill) == plain[kept[row]]
            assert tags.worst_bytes(request.substitutions(place)) <= tags.MAX_BYTES
            seen.append(kept[row])
    assert sorted(seen) == kept


def test_strange_values_come_to_their_own_reader_and_nobody_else():
    texts = ("given_name", "family_name", "city", "last_product", "tier", "next_tier")
    values = [
        dict(sample_values(Language.HY)) | dict.fromkeys(texts, strange)
        | {"contact": read_person(given=strange), "attributes": {"note": strange}, "orders": place % 5}
        for place, strange in enumerate(STRANGE)
    ]  # fmt: skip

    assert_equals_the_plain_path(letter_of(), values)


@pytest.mark.slow
@settings(max_examples=80, **PATIENT)
@given(
    st.lists(people, min_size=1, max_size=6), st.sampled_from(Language), st.sampled_from(Register)
)
def test_whatever_people_are_called_each_gets_their_own_mail_in_any_order_of_replacement(
    values, language, register
):
    assert_equals_the_plain_path(letter_of(language, register), values)


@pytest.mark.slow
@settings(max_examples=400, **PATIENT)
@given(bodies(may_fail=True), st.lists(people, min_size=1, max_size=8), st.sampled_from(list(Language)),
       st.sampled_from(["note", "card", "story", "offer"]))  # fmt: skip
def test_whatever_a_letter_asks_and_shows_in_bulk_it_says_what_it_says_alone(
    body, values, language, design
):
    letter = compiled(body, language, design=design)
    assume(letter is not None)

    assert_equals_the_plain_path(letter, values)


@pytest.mark.slow
@settings(max_examples=40, **PATIENT)
@given(st.lists(people, min_size=1, max_size=8))
def test_tags_are_fit_for_sendgrid(values):
    for request in letter_of().bulk(columns_of(values)):
        for place in range(len(request)):
            found = request.substitutions(place)
            assert set(found) == set(request.tags)
            assert not any(set(tag) & set("<>& %[]{}-") for tag in found)
            assert not any(a != b and b.startswith(a) for a in found for b in found)
            assert all(isinstance(value, str) and value for value in found.values())
            json.dumps(found).encode()


def test_recipients_share_a_request_by_the_shape_of_their_mail():
    values = named("Անի", "Արամ", "Նարե")
    values[1]["last_product"] = None

    requests = letter_of().bulk(columns_of(values))

    assert sorted(list(request.rows) for request in requests) == [[0, 2], [1]]


def test_what_is_the_same_for_all_is_no_substitution():
    (request,) = letter_of().bulk(columns_of(named("Անի", "Արամ")))

    assert {"Անի", "Հարգելի Անի,", "Անիի"} == set(request.substitutions(0).values())
    assert "Գյումրի" in request.text


def test_equal_columns_share_a_tag():
    values = [one | {"attributes": {"note": one["given_name"]}} for one in named("Անի", "Արամ")]
    (request,) = letter_of().bulk(columns_of(values))

    assert sorted(request.substitutions(0).values()) == ["Անի", "Անիի", "Հարգելի Անի,"]


def test_who_has_too_much_to_say_gets_a_request_of_their_own():
    values = [one | {"attributes": {"note": note}}
              for one, note in zip(named(*"ABC"), ("a", "ա" * 4000, "b"), strict=True)]  # fmt: skip

    requests = letter_of().bulk(columns_of(values))

    assert sorted(list(request.rows) for request in requests) == [[0, 2], [1]]
    assert next(one for one in requests if list(one.rows) == [1]).tags == {}


def test_some_of_a_request_are_a_request():
    values = named("Անի", "Արամ", "Նարե")
    (request,) = letter_of().bulk(columns_of(values))

    part = request.take(slice(1, 3))

    check(letter_of(), part, columns_of(values), range(2))
    assert list(part.rows) == [1, 2]


def test_the_check_passes_what_is_right_and_stops_what_is_not():
    values = columns_of(named("Անի", "Արամ"))
    (request,) = letter_of().bulk(values)

    check(letter_of(), request, values, range(2))
    for part in PARTS:
        wrong = replace(request, **{part: getattr(request, part) + "!"})
        with pytest.raises(RenderError) as caught:
            check(letter_of(), wrong, values, [1])
        assert caught.value.facts == {"part": part, "language": "hy", "design": "note"}


def test_the_check_stops_swapped_recipients_and_those_whom_nobody_can_write_to():
    values = named("Անի", "Արամ")
    (request,) = letter_of().bulk(columns_of(values))
    swapped = replace(request, rows=request.rows[::-1])
    broken = columns_of([one | {"unsubscribe_url": ""} for one in values])

    for letter, columns in ((swapped, columns_of(values)), (request, broken)):
        with pytest.raises(RenderError, match="differs"):
            check(letter_of(), letter, columns, [0])


def test_the_check_notices_a_column_that_bulk_was_not_given():
    values = columns_of(named("Անի", "Արամ"))
    lacking = Columns(
        2, {name: one for name, one in values.columns.items() if name != "last_product"}
    )
    (request,) = letter_of().bulk(lacking)

    with pytest.raises(RenderError, match="differs"):
        check(letter_of(), request, values, [0])


def test_a_condition_and_a_hole_are_worked_out_once_for_each_value(monkeypatch):
    letter, asked = letter_of(Language.EN), []
    show = render.show

    def counting(value, language):
        asked.append(value)
        return show(value, language)

    monkeypatch.setattr(render, "show", counting)
    letter.bulk(columns_of(named("Ani", "Aram") * 200))

    assert 2 < len(asked) < 60


def test_an_if_that_is_not_reached_is_not_asked(letter):
    text = letter("{% if not city %}{% if orders > 3 %}x{% endif %}{% endif %}")
    values = [{"city": "A", "orders": "many", **links()}, {"city": None, "orders": 4, **links()}]

    # "many" > 3 would be no question
    requests = compile_text(text, Language.EN, BRAND).bulk(columns_of(values))

    assert len(requests) == 2


def links():
    return {"unsubscribe_url": "https://a.example/u/1", "testimonial_url": "https://a.example/t/1"}


def test_whom_a_letter_cannot_be_written_to_is_told_with_the_field(letter):
    text = letter("{% if orders %}{{ city }}{% endif %} {{ referral_url }}")
    one = compile_text(text, Language.EN, BRAND)
    known = {"orders": 1, "city": "A", "referral_url": "https://a.example/r", **links()}
    values = [known, known | {"city": ""}, known | {"city": None, "orders": None},
              known | {"referral_url": None, "city": None}, known | {"referral_url": None}]  # fmt: skip

    found = one.unwritable(columns_of(values))

    assert {row: error.facts["field"] for row, error in found.items()} == {
        1: "city", 3: "city", 4: "referral_url"
    }  # fmt: skip
    with pytest.raises(RenderError, match="city"):
        one.bulk(columns_of(values[:2]))


def test_a_letter_of_more_shapes_than_are_remembered_is_still_exact(monkeypatch, letter):
    asked = [f'{{% if attributes.f{n} == "1" %}}*{n}*{{% endif %}}' for n in range(6)]
    one = compile_text(letter(" ".join(asked)), Language.EN, BRAND)
    render._shape_of.cache_clear()
    few = type(one).compile_shape
    made = []
    monkeypatch.setattr(
        type(one), "compile_shape", lambda self, key: made.append(key) or few(self, key)
    )
    values = [{"attributes": {f"f{n}": format(number, "06b")[n] for n in range(6)}, **links()}
              for number in range(64)]  # fmt: skip

    requests = one.bulk(columns_of(values + values))

    assert len(requests) == 64 == len(made) == len(set(made))
    assert render._shape_of.cache_info().maxsize == render.MAX_SHAPES
    for request in requests[::8]:
        check(one, request, columns_of(values + values), range(2))


def test_a_letter_that_uses_every_mark_itself_goes_out_one_by_one():
    letter = compiled(BODY.replace("{{ closing }}", "^|`$*!@+=;?"), Language.HY)
    values = columns_of(named("Անի", "Արամ"))

    requests = letter.bulk(values)

    assert [request.tags for request in requests] == [{}, {}]
    for request in requests:
        check(letter, request, values, [0])


@pytest.mark.slow
@pytest.mark.parametrize("language", list(Language))
def test_every_shipped_letter_goes_out_in_bulk_in_every_design(language):
    readers = columns_of([
        dict(sample_values(language)) | {
            "unsubscribe_url": f"https://a.example/u/{n}", "testimonial_url": f"https://a.example/t/{n}",
            "given_name": f"Name {n % 7}" if n % 7 else None, "points": n or None,
        } for n in range(60)
    ])  # fmt: skip
    for name in shipped():
        for source in read_folder(SHIPPED / name)[language]:
            for design in designs_for(compile_text(source, language, BRAND).text):
                letter = compile_text(source, language, BRAND, design=design)
                requests = letter.bulk(readers)
                assert sum(map(len, requests)) == 60, name
                assert len(requests) <= 3, name
                assert requests[0].tags, name
                check(letter, requests[0], readers, [0])

"""Escapes from template sandboxes and bombs that are known, each refused or harmless at once.

A letter is saved only when ``compile_text`` takes it, so what that refuses can never be sent.
Sources: the published collections of template injections (PayloadsAllTheThings, HackTricks,
Jinja's own security advisories CVE-2016-10745, CVE-2019-10906, CVE-2020-28493, CVE-2024-22195,
CVE-2024-34064, CVE-2024-56201, CVE-2024-56326, CVE-2025-27516), and what keeps parsers busy.
"""

import time
from random import Random

import pytest

from campaigns.errors import RenderError
from campaigns.letters.check import findings
from campaigns.letters.preview import sample_values, unknown_values
from campaigns.letters.render import compile_text
from campaigns.model.language import Language

EN = Language.EN
MOST_S = 1.0

ESCAPES = [
    "{{ ''.__class__ }}", "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ ().__class__.__bases__[0] }}", "{{ [].__class__.__base__.__subclasses__() }}",
    "{{ {}.__class__ }}", "{{ contact.__class__ }}", "{{ contact.given }}",
    "{{ contact['__class__'] }}", "{{ contact | attr('__class__') }}",
    "{{ contact | attr('\\x5f\\x5fclass\\x5f\\x5f') }}", "{{ city.upper() }}",
    "{{ city.format(contact) }}", "{{ '{0.__class__}'.format(contact) }}",
    "{{ '%s' % contact }}", "{{ '{0}'.format_map(contact) }}",
    "{{ '' | format(contact) }}", "{{ attributes.__class__ }}", "{{ attributes['__class__'] }}",
    "{{ attributes.__init__.__globals__ }}", "{{ attributes.get('a') }}",
    "{{ attributes | attr('get') }}", "{{ self }}", "{{ self.__dict__ }}",
    "{{ self._TemplateReference__context.cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ joiner.__init__.__globals__.os.popen('id').read() }}",
    "{{ namespace.__init__.__globals__.os.popen('id').read() }}",
    "{{ lipsum.__globals__['os'].popen('id').read() }}", "{{ lipsum() }}",
    "{{ url_for.__globals__ }}", "{{ get_flashed_messages.__globals__ }}", "{{ config }}",
    "{{ config.items() }}", "{{ config.__class__.__init__.__globals__['os'] }}",
    "{{ request.application.__globals__.__builtins__.__import__('os') }}",
    "{{ request['__cl''ass__'] }}", "{{ g.pop.__globals__ }}", "{{ session }}",
    "{{ dict(a=1) }}", "{{ dict.mro() }}", "{{ range(10) }}", "{{ range(999999999) | list }}",
    "{{ open('/etc/passwd').read() }}", "{{ __import__('os') }}", "{{ __builtins__ }}",
    "{{ [1, 2] }}", "{{ (1, city) }}", "{{ {'a': city} }}", "{{ 'a' ~ city }}", "{{ 1 + 1 }}",
    "{{ 'a' * 999999999 }}", "{{ 2 ** 99999999 }}", "{{ 10 // 0 }}", "{{ -orders }}",
    "{{ city[0] }}", "{{ city[:1] }}", "{{ city[::-1] }}", "{{ recommendations[0].name }}",
    "{{ recommendations | map(attribute='__class__') | list }}",
    "{{ recommendations | selectattr('name') | list }}", "{{ recommendations | length }}",
    "{{ recommendations | groupby('name') }}", "{{ recommendations | sum(attribute='x') }}",
    "{{ recommendations | batch(99999999) }}", "{{ city | safe }}", "{{ city | e }}",
    "{{ city | escape }}", "{{ city | upper }}", "{{ city | center(999999999) }}",
    "{{ city | indent(999999999) }}", "{{ city | replace('a', 'b') }}", "{{ city | xmlattr }}",
    "{{ city | tojson }}", "{{ city | pprint }}", "{{ city | urlize }}", "{{ city | wordwrap }}",
    "{{ city | list }}", "{{ city | reverse }}", "{{ city | string }}", "{{ city | default }}",
    "{{ city | default(default_value='x') }}", "{{ city | default('x', true) }}",
    "{{ city | default(contact.__class__) }}", "{{ city | counted('a' * 9) }}",
    "{{ city if city else 'x' }}", "{{ city is defined }}", "{{ city is sameas none }}",
    "{{ city in ['a'] }}", "{{ true }}", "{{ none }}", "{{ 1 }}", "{{ 1.5 }}", "{{ loop }}",
    "{{ caller() }}", "{{ super() }}", "{{ varargs }}", "{{ _ }}", "{{ gettext('x') }}",
    "{{ ngettext('a', 'b', 1) }}", "{{ debug() }}", "{{ city.__len__() }}",
    "{{ contact | greeting | attr('__class__') }}",
    "{% for x in ().__class__.__base__.__subclasses__() %}{{ x }}{% endfor %}",
    "{% for x in range(999999999) %}a{% endfor %}", "{% for x in city %}a{% endfor %}",
    "{% for x in recommendations %}{{ x.__class__ }}{% endfor %}",
    "{% for x in recommendations %}{{ x }}{% endfor %}",
    "{% for x in recommendations %}{{ x['name'] }}{% endfor %}",
    "{% for x in recommendations %}{{ loop.index }}{% endfor %}",
    "{% for city in recommendations %}{{ city.name }}{% endfor %}",
    "{% for x, y in recommendations %}a{% endfor %}",
    "{% for x in recommendations %}a{% else %}b{% endfor %}",
    "{% for x in recommendations recursive %}{{ loop(x) }}{% endfor %}",
    "{% for x in recommendations if x.name %}a{% endfor %}",
    "{% for x in recommendations | reverse %}a{% endfor %}",
    "{% for x in recommendations %}{% for y in recommendations %}a{% endfor %}{% endfor %}",
    "{% for contact in recommendations %}{{ contact.given }}{% endfor %}",
    "{% if ''.__class__ %}a{% endif %}", "{% if contact.__class__.__mro__ %}a{% endif %}",
    "{% if range(999999999) | list %}a{% endif %}", "{% if city.upper() == 'A' %}a{% endif %}",
    "{% if orders == orders %}a{% endif %}", "{% if 1 < orders < 3 %}a{% endif %}",
    "{% if orders in (1, 2) %}a{% endif %}", "{% if city is none %}a{% endif %}",
    "{% set x = ''.__class__ %}", "{% set x %}a{% endset %}", "{% macro x() %}a{% endmacro %}",
    "{% call x() %}a{% endcall %}", "{% filter upper %}a{% endfilter %}",
    "{% include '/etc/passwd' %}", "{% import 'os' as os %}", "{% from 'os' import path %}",
    "{% extends 'x' %}", "{% block x %}a{% endblock %}", "{% with x = 1 %}a{% endwith %}",
    "{% autoescape false %}{{ city }}{% endautoescape %}", "{% do city %}", "{% debug %}",
    "{% print(config) %}", "{% trans %}a{% endtrans %}", "{% break %}", "{% continue %}",
    "{% import os %}", "{% python %}a{% endpython %}", "{{ city", "{% if city %}", "{% endif %}",
    "[x](javascript:alert(1))", "[x](data:text/html;base64,PHNjcmlwdD4=)", "[x](vbscript:x)",
    "[x](//evil.example)", "[x](https://{{ city | default('x') }}.example/)",
    "[x](https://{{ city | default('x') }})", "![x](javascript:alert(1))", "a\x00b", "a\ue000b",
    "&#57344;", "\ud800", "&{##}#57344;", "&⟨#57344⟩;", "{% if city %}&{% endif %}#xE000;",
    "[x](https://a.example/&{##}#57344;)", "![a](https://a.example/&{##}#57344;)",
    "[a]: <javascript:alert(1)>\n\n[a][]", "[x](java&Tab;script:alert(1))",
    "[![a](https://a.example/a.png)](data:text/html,x)", "[x](https://good.example:{{ points }}/)",
    "[x]({% if city %}https{% else %}javascript{% endif %}://alert(1))",
    "[x]({{ testimonial_url }}{{ city | default('@evil.example') }})", "<vbscript:x>",
    "{{ attributes['__cla' 'ss__'] }}", "{{ attributes[city] }}", "{{ orders | counted(*city) }}",
    "{{ ｃｉｔｙ }}",
    "{% if orders == 1e400 %}a{% endif %}", "{% if city == '9' %}{% elif"
    + " orders == 1 %}a{% elif".join([""] * 140) + " city %}b{% endif %}",
]  # fmt: skip


def _mixed(parts, size=9_800):
    """Parts in an order that never comes again, so that nothing of it repeats."""
    chosen, out = Random(7), ""
    while len(out) < size:
        out += chosen.choice(parts)
    return out


N = 9_800
BOMBS = {
    "slots of a loop": "{% for p in recommendations %}" + _mixed(["{{city}}", "{{ tier }}"])
    + "{% endfor %}",
    "a long letter": "a word, 5. " * 1_000,
    "words of a loop": "{% for p in recommendations %}" + _mixed(["no ", "yes. ", "so\n\n"])
    + "{% endfor %}",
    "white marks": _mixed([" ", "\t", "\n"]), "digits as a price": "price " + _mixed(list("0123456789")),
    "digits": "{{ " + "9" * N + " }}",
    "digits in an if": "{% if orders == " + "9" * 9_000 + " %}a{% endif %}",
    "brackets": "{{ " + "(" * 9_000 + "city" + ")" * 9_000 + " }}",
    "nots": "{% if " + "not " * 7_000 + "city %}a{% endif %}",
    "a few hundred nots": "{% if " + "not " * 190 + "city %}a{% endif %}",
    "ands": "{% if " + " and ".join(["city", "orders"] * 900) + " %}a{% endif %}",
    "filters": "{{ city" + "|quoted" * 3_000 + " }}",
    "a few hundred filters": "{{ city" + "|quoted" * 190 + " }}",
    "defaults": "{{ city" + "|default('a')" * 190 + " }}",
    "ifs": "{% if city %}a{% endif %}" * 900,
    "nested ifs": "{% if city %}" * 190 + "a" + "{% endif %}" * 190,
    "loops": "{% for p in recommendations %}{{ p.name }}{% endfor %}" * 400,
    "ifs in a loop": "{% for p in recommendations %}" + "{% if p.price %}a{% endif %}" * 190
    + "{% endfor %}",
    "blocks": "{{ statement }}\n\n{{ products }}\n\n{{ signature }}\n\n" * 190,
    "open tags": "{%" * 14_000, "open tags on lines": "{%\n" * 9_000, "open fields": "{{" * 14_000,
    "open comments": "{#" * 14_000, "spaces": " " * N, "tabs": "\t" * N, "lines": "\n" * N,
    "square brackets": "[" * N, "links": "[a](" * 7_000, "pictures": "![" * 14_000,
    "quotes": ">" * N, "lists": "- " * 14_000, "emphasis": "*a_ " * 7_000, "stars": "*" * N,
    "less than": "<a " * 9_000, "references": "[a]: https://a.example\n" * 1_200,
}  # fmt: skip
HARMLESS = {
    "quotes in lines": _mixed([">", "> ", ">  ", "\n"]), "digits": "price " + _mixed(list("0123456789 ,")),
    "a tag of code": "<p " + _mixed(["{% raw %}{% endraw %}", "{{shop_name}} ", "' ", '" ']),
    "brackets": _mixed(["[", "![", "](", "a "]), "stars": _mixed(["**a", "_b", "*", "__", " "]),
    "braces in a comment": "{# " + _mixed(["{{a", "{{ b", "{%", "<p "]) + " #}",
    "unknown words": " ".join(_mixed(list("bcdfgwrtplm"), 28 + n % 3)[n % 7 :] + "aei" * (n % 4) for n in range(280)),
    "ifs": "".join(
        f"{{% if attributes.a{n} %}}[x](https://a.example/{n}){{% else %}}so {n} {{% endif %}}" for n in range(58)
    ) + "some words ",
}  # fmt: skip
HEADS = {
    "an alias": "subject: &a b\npreheader: *a",
    "a text of aliases": "subject: a\nquestions:\n  [&q 'x', *q, *q]",
    "a name that is a list of lists": "subject: a\nbutton: {? [&a [x, y], [z]] : b}",
    "a surrogate by quotes": 'subject: "\\ud800"',
    "a placeholder by quotes": 'subject: a\nbenefit: "\\ue000"',
    "an end by quotes": 'subject: "a\\0b"',
    "an example by quotes": 'subject: "\\u27e8x\\u27e9"',
    "a link by quotes": 'subject: a\nbutton:\n  text: a\n  link: "https://a.example/\\ud800"',
    "an object": "subject: !!python/object/apply:os.system ['id']",
    "itself": "subject: a\nquestions: &q [*q]",
    "lists": "subject: a\nquestions: " + "[" * 9_000,
    "maps": "subject: a\nbutton: " + "{a: " * 7_000,
    "colons": "subject: a\n" + "a: " * 9_000,
    "a key that is a list": "subject: a\n? [a]\n: b",
    "a name of its own": "subject: a\nimport: os",
    "a design elsewhere": "subject: a\ndesigns: ../../locales",
    "a picture by script": "subject: a\nimage: javascript:alert(1)\nimage_alt: a",
}


def _source(body, head="subject: a"):
    return f"---\n{head}\npurpose: offers\n---\n{body}\n"


def _is_refused(source, brand):
    begun = time.process_time()
    try:
        compile_text(source, EN, brand)
    except RenderError:
        return time.process_time() - begun < MOST_S
    return False


@pytest.mark.parametrize("body", ESCAPES)
def test_an_escape_is_refused_when_it_is_saved(brand, body):
    assert _is_refused(_source(body), brand)


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_goes_out_within_a_second_for_the_editor_too(brand, name):
    begun = time.process_time()

    assert _is_refused(_source(BOMBS[name]), brand)
    assert any(one.severity == "error" for one in findings({EN: [_source(BOMBS[name])]}, brand))
    assert time.process_time() - begun < 2 * MOST_S


def test_a_benefit_is_not_put_in_a_thousand_times(brand):
    body = _mixed(["{{ benefit }}", "{{benefit}}", "{{  benefit }} a"], 5_000)
    assert _is_refused(
        _source(body, "subject: a\nbenefit: " + _mixed(["a ", "b", "c. "], 3_000)), brand
    )


@pytest.mark.slow
@pytest.mark.parametrize("name", HARMLESS)
def test_what_is_odd_but_allowed_takes_no_longer_than_a_letter(brand, name):
    findings({EN: [_source("Thank you.")]}, brand)  # reads the words of the language
    source = _source(HARMLESS[name])
    begun = time.process_time()

    compile_text(source, EN, brand).render(unknown_values(EN))
    findings({EN: [source]}, brand)

    assert time.process_time() - begun < 2 * MOST_S


@pytest.mark.parametrize("design", ["card", "story"])
def test_words_of_a_picture_never_become_a_place_of_the_letter(brand, design):
    head = "subject: a\nimage: https://a.example/\\u{f8f3}\nimage_alt: \\u{f8f3} \\u{f8f0}"
    mail = compile_text(_source("THE BODY", head), EN, brand, design=design).render(
        sample_values(EN)
    )

    assert mail.html.count("THE BODY") == 1
    assert "\\" not in mail.html


def test_an_address_is_shown_as_it_is_written(brand):
    mail = compile_text(_source("{{ shop_name }} <https://a.example/%EE%80%80%00>"), EN, brand)

    assert "<" not in mail.render(unknown_values(EN)).text
    assert "https://a.example/%EE%80%80%00" in mail.render(unknown_values(EN)).text


@pytest.mark.parametrize("name", HEADS)
def test_a_head_can_do_nothing_but_say(brand, name):
    source = _source("a", HEADS[name])
    refused = _is_refused(source, brand)

    assert refused or any(one.severity == "error" for one in findings({EN: [source]}, brand))


def test_what_a_head_says_with_marks_of_another_language_is_words(brand):
    compiled = compile_text(
        _source("a", "subject: '*a !!str &b {{ city | default(\"x\") }}'"), EN, brand
    )

    assert compiled.render(unknown_values(EN)).subject == "*a !!str &b x"

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.errors import CampaignsError, RenderError
from campaigns.letters.preview import sample_values
from campaigns.letters.render import compile_text
from campaigns.model.language import Language
from campaigns.model.money import Money
from campaigns.store.options import Brand

LINKS = {"unsubscribe_url": "https://a.example/u/1", "testimonial_url": "https://a.example/t/1"}


@pytest.fixture
def render(letter, brand):
    def render(body, language=Language.EN, /, **values):
        return compile_text(letter(body), language, brand).render(LINKS | values)

    return render


def body_of(rendered):
    return rendered.text.partition("———")[0].strip()


def test_both_parts_come_from_one_text(render):
    rendered = render(
        "# Title\n\n**Dear** *{{ city }}*,\\\nsee [our shop](https://a.example/x).\n\n"
        "- one\n- two\n\n1. first\n2. second\n\n> Said",
        city="Gyumri",
    )

    assert body_of(rendered) == (
        "Title\n\nDear Gyumri,\nsee our shop: https://a.example/x.\n\n"
        "- one\n- two\n\n1. first\n2. second\n\n> Said"
    )
    for markup in ("<strong>Dear</strong>", "<em>Gyumri</em>", "<br/>", 'href="https://a.example/x"',
                   "<ul", "<ol", "<blockquote", "<h1"):  # fmt: skip
        assert markup in rendered.html


@pytest.mark.parametrize(
    "name",
    [
        "**bold**", "[a](https://evil.example)", "<script>alert(1)</script>", "{{ city }}",
        "{% if x %}", "a_b_c", "# h", "- item", "`code`", "&amp;", "![i](x)", "\ue000", "\\",
        '" onclick="x', "<!-- -->",
    ],
)  # fmt: skip
def test_a_value_is_never_markup(render, name):
    rendered = render("- {{ city }}\n\n**{{ city }}**", city=name)
    plain = render("- {{ city }}\n\n**{{ city }}**", city="X")

    assert body_of(rendered) == f"- {name}\n\n{name}"
    assert rendered.html.count("<") == plain.html.count("<")
    assert "<script" not in rendered.html


def test_a_value_in_a_link_is_a_part_of_the_link_only(render):
    rendered = render("[x](https://a.example/?c={{ city }}&d=1)", city='a&b="c" /../ Երևան')

    part = "a%26b%3D%22c%22%20%2F..%2F%20%D4%B5%D6%80%D6%87%D5%A1%D5%B6"
    assert f"https://a.example/?c={part}&d=1" in rendered.text
    assert f'href="https://a.example/?c={part}&amp;d=1"' in rendered.html


def test_a_host_in_our_letters_is_written_as_machines_read_it(render):
    rendered = render("[x](https://հայ.example/ա)")
    assert "https://xn--y9a3aq.example/%D5%A1" in rendered.text


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "/u/1",
        "//a.example",
        "https://",
        "",
        "http://[",
        None,
    ],
)
def test_a_link_field_that_is_no_link_sends_nothing(render, link):
    with pytest.raises(RenderError):
        render("[x]({{ testimonial_url }})", testimonial_url=link)


def test_the_subject_is_one_line_whatever_the_value(letter, brand):
    compiled = compile_text(letter("x", "Hi {{ city }}"), Language.EN, brand)

    rendered = compiled.render(LINKS | {"city": "a\r\nBcc: x@y\u2028z\u202etxt\x00"})

    assert rendered.subject == "Hi a Bcc: x@y ztxt"


def test_an_empty_field_without_a_default_sends_nothing(render):
    with pytest.raises(RenderError) as caught:
        render("Dear {{ given_name }}", given_name="  ")
    assert (caught.value.code, caught.value.facts["field"]) == ("letter.empty", "given_name")


def test_defaults_stand_in_for_what_is_empty(render):
    body = "{{ city | default('town') }} {{ orders | default('no') }} {{ attributes.job | default(city) | default('-') }}"

    assert body_of(render(body)) == "town no -"
    assert body_of(render(body, city="Goris", orders=0, attributes={"job": "x"})) == "Goris 0 x"
    assert body_of(render(body, city="Goris", attributes={})) == "Goris no Goris"


def test_values_are_written_as_the_language_writes_them(render):
    values = {"revenue": Money(1250000, "AMD"), "orders": 1200, "last_order_at": date(2026, 3, 8),
              "last_product": "Գինի", "given_name": "Անի"}  # fmt: skip
    body = ("{{ given_name | greeting }} {{ revenue }} {{ orders | number }} {{ last_order_at }} "
            "{{ last_order_at | on_date }} {{ last_product | quoted }}")  # fmt: skip

    assert body_of(render(body, Language.HY, **values)) == (
        "Հարգելի Անի, 12\u00a0500\u00a0֏ 1\u00a0200 2026\u00a0թ. մարտի\u00a08 2026\u00a0թ. մարտի\u00a08-ին «Գինի»"
    )
    assert body_of(render(body, Language.EN, **values)) == (
        "Dear Ani, 12,500\u00a0AMD 1,200 8\u00a0March 2026 on 8\u00a0March 2026 “Գինի”"
    )


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("orders > 1", True), ("orders >= 5", False), ("orders != 3", False), ("orders", True),
        ("city == 'Goris'", True), ("city != 'Goris'", False), ("not city", False),
        ("city and orders < 4", True), ("family_name or orders == 3", True),
        ("days_since_last > 1", False), ("days_since_last != 1", True), ("revenue", False),
        ("attributes.vip == 'yes'", True), ('attributes["no such"]', False),
    ],
)  # fmt: skip
def test_conditions_ask_about_fields(render, condition, holds):
    values = {
        "orders": 3,
        "city": "Goris",
        "attributes": {"vip": "yes"},
        "revenue": Money(0, "AMD"),
    }
    rendered = render(f"{{% if {condition} %}}yes{{% else %}}no{{% endif %}}", **values)
    assert body_of(rendered) == ("yes" if holds else "no")


def test_elif_and_nesting_pick_one_branch(render):
    body = "{% if orders > 9 %}a{% elif orders > 1 %}{% if city %}b{% else %}c{% endif %}{% else %}d{% endif %}"
    assert [body_of(render(body, **v)) for v in ({"orders": 10}, {"orders": 2, "city": "x"}, {"orders": 2}, {})] == [
        "a", "b", "c", "d",
    ]  # fmt: skip


def test_the_button_stands_where_the_text_says(letter, brand):
    lines = ("button:", "  text: Tell us", '  link: "{{ testimonial_url }}"')
    middle = compile_text(letter("One\n\n{{ button }}\n\nTwo", "x", *lines), Language.EN, brand)
    last = compile_text(letter("One\n\nTwo", "x", *lines), Language.EN, brand)

    assert body_of(middle.render(LINKS)) == "One\n\nTell us: https://a.example/t/1\n\nTwo"
    assert body_of(last.render(LINKS)) == "One\n\nTwo\n\nTell us: https://a.example/t/1"
    assert 'href="https://a.example/t/1"' in middle.render(LINKS).html


@pytest.mark.parametrize("language", list(Language))
def test_every_mail_says_who_writes_why_and_how_to_stop_it(language, letter, brand):
    rendered = compile_text(letter("Hello"), language, brand).render(sample_values(language))

    for part in (rendered.text, rendered.html):
        for needed in (brand.legal_name, brand.postal_address, brand.phone.replace(" ", "\u00a0"), "2025",
                       str(sample_values(language)["consent_source"]),
                       "https://example.com/u/preview"):  # fmt: skip
            assert needed in part


@pytest.mark.parametrize(
    ("known", "details"),
    [
        (
            {"consent_source": "till", "consent_at": date(2025, 9, 1)},
            " (till, 1\u00a0September 2025).",
        ),
        ({"consent_source": "till"}, " (till)."),
        ({"consent_at": date(2025, 9, 1)}, " (1\u00a0September 2025)."),
        ({}, "agreed to it."),
    ],
)
def test_the_footer_says_of_the_consent_what_is_known(render, known, details):
    assert details in render("Hello", **known).text


def test_a_sender_with_markup_in_the_name_stays_text(letter):
    brand = Brand(
        shop_name="<b>&Co</b>", legal_name="*A* [b](https://c) {{ city }}", postal_address="# 1"
    )
    rendered = compile_text(letter("{{ shop_name }}"), Language.EN, brand).render(LINKS)

    assert "*A* [b](https://c) {{ city }}\n# 1" in rendered.text
    assert "&lt;b&gt;&amp;Co&lt;/b&gt;" in rendered.html
    assert "<b>" not in rendered.html


def test_no_placeholder_is_left_in_a_mail(letter, brand):
    lines = (
        "preheader: Soon, {{ city }}",
        "button:",
        "  text: '{{ city }}'",
        '  link: "{{ testimonial_url }}"',
    )
    rendered = compile_text(
        letter("{{ city }} [x]({{ testimonial_url }})", "{{ city }}", *lines), Language.KA, brand
    ).render(LINKS | {"city": "თბილისი"})
    for part in (rendered.subject, rendered.preheader, rendered.html, rendered.text):
        assert not any("\ue000" <= letter <= "\uf8ff" for letter in part)
        assert "invalid" not in part


@settings(max_examples=60, deadline=None)
@given(st.text())
def test_no_source_crashes_the_compiler(source):
    for text in (source, f"---\nsubject: a\npurpose: offers\n---\n{source}"):
        try:
            compile_text(text, Language.HY, Brand()).render(LINKS)
        except CampaignsError:
            continue


def test_a_picture_stands_in_both_parts_and_fits_into_the_letter(render):
    rendered = render("![Our {{ city }} shop](https://a.example/ժ.jpg)", city='"x"')

    assert body_of(rendered) == '[Our "x" shop]'
    assert 'src="https://a.example/%D5%AA.jpg" alt="Our &quot;x&quot; shop"' in rendered.html
    assert "max-width:100%" in rendered.html


@pytest.mark.parametrize(
    "picture",
    ["![](https://a.example/x.jpg)", "![x](http://a.example/x.jpg)", "![x](data:image/png;base64,x)",
     "![x](https://{{ city }}/x.jpg)", "![x](https://a.example/{{ city }}.jpg)", "![x]()"],
)  # fmt: skip
def test_a_picture_without_words_or_from_a_doubtful_place_is_refused(render, picture):
    with pytest.raises(RenderError) as caught:
        render(f"Hello\n\n{picture}", city="Goris")
    assert caught.value.code == "letter.picture"


def test_an_error_of_markdown_tells_its_line(letter, brand):
    with pytest.raises(RenderError) as caught:
        compile_text(letter("Hello\n\n[x](ftp://a.example)"), Language.EN, brand)
    assert caught.value.facts["line"] == 7


def test_a_text_knows_what_it_reads_also_where_it_only_asks(letter, brand):
    source = letter("{% if tier %}{{ attributes.tea | default('x') }}{% endif %}{{ products }}"
                    .replace("{{ products }}", "\n\n{{ products }}\n"))  # fmt: skip
    reads = compile_text(source, Language.EN, brand).reads

    assert {"tier", "attributes", "recommendations", "consent_source"} <= reads
    assert "city" not in reads

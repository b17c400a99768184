"""Visible words that no catalogue holds are found; code, links and icons are no words."""

from __future__ import annotations

import pytest

from tests.house.source import ROOT
from tools.literals import in_marks, in_screen, in_template, literals


@pytest.mark.parametrize(
    "source",
    [
        'st.title("Contacts")',
        'column.button(f"Send {count}")',
        'st.text_input(_("Name"), help="As on the card")',
        'st.tabs([_("One"), "Two"])',
        'st.metric("a" if few else "Many people", 1)',
        'st.caption(number(2) + " letters")',
    ],
)
def test_a_literal_on_a_screen_is_found(source):
    assert len(list(in_screen(source, "campaigns/ui/x.py"))) == 1


@pytest.mark.parametrize(
    "source",
    [
        'st.title(_("Contacts"))',
        'st.markdown(f"**{mark} {title}**  \\n{why}")',
        'st.button(_("Send"), key="send", icon=":material/send:")',
        'log.error("unexpected error %s", code)',
        'st.page_link("screens/home.py", label=_("Home"))',
        'st.text_input(_("Rule"), placeholder="orders >= 2 and days > 90")',
        """st.html(f'<script src="{SCRIPT}" data-words="{words}"></script>')""",
    ],
)
def test_what_is_marked_or_is_code_is_left_alone(source):
    assert list(in_screen(source, "campaigns/ui/x.py")) == []


@pytest.mark.parametrize("source", ['_(f"Send {count}")', 'N_("Send " + name)'])
def test_a_marked_text_that_is_put_together_is_found(source):
    assert [place for place, _ in in_marks(source, "a.py")] == ["a.py:1"]


@pytest.mark.parametrize(
    ("name", "source", "line"),
    [
        ("a.html", "<h1>\n{{ _('Title') }} Welcome</h1>", 2),
        ("a.html", '<p>{% if x %}<img alt="A vineyard" src="a.png">{% endif %}</p>', 1),
        ("a.html", '<meta property="og:title" content="Opinions">', 1),
        ("a.mjml", "<mj-text>Kind regards</mj-text>", 1),
        ("a.txt", "{{ _('Hello') }}\nKind regards", 2),
    ],
)
def test_words_of_a_template_outside_braces_are_found_with_their_line(name, source, line):
    assert [place for place, _ in in_template(source, name)] == [f"{name}:{line}"]


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("a.html", "<h1 class='big title'>{{ _('Title') }}</h1><style>p { color: red }</style>"),
        ("a.html", '<meta name="viewport" content="width=device-width">'),
        ("a.html", '<p>{% trans %}Hello{% endtrans %} {{ "on" if x else "off" }}</p>'),
        ("a.txt", "{{ _('Hello') }} 12 — {{ name }}"),
    ],
)
def test_markup_and_styles_are_no_words(name, source):
    assert list(in_template(source, name)) == []


@pytest.mark.slow
def test_the_product_shows_no_text_that_no_catalogue_holds():
    assert list(literals(ROOT)) == []

"""The gates of the catalogues let a good one through and stop each kind of bad one."""

from __future__ import annotations

import pytest

from tools.catalogues import (
    bring_up_to_date,
    by_domain,
    catalogue_faults,
    english_faults,
    written_faults,
)
from tools.extraction import extract, in_python, in_template

SOURCE = 'label = N_("{count} letters")\n'
HEADING = (
    'msgid ""\nmsgstr ""\n"Language: {language}\\n"\n"Plural-Forms: nplurals=1; plural=0;\\n"\n'
    '"Content-Type: text/plain; charset=utf-8\\n"\n\n'
)
GOOD = {"hy": "{count} նամակ", "ka": "{count} წერილი"}


def _check(root, translation, *, mark=""):
    for language, good in GOOD.items():
        path = root / "locales" / language / "LC_MESSAGES" / "core.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        flag, text = (mark, translation) if language == "hy" else ("", good)
        heading = HEADING.format(language=language)
        path.write_text(
            f'{heading}{flag}msgid "{{count}} letters"\nmsgstr "{text}"\n', encoding="utf-8"
        )
    texts = by_domain(in_python(SOURCE, "campaigns/errors.py"))
    return [str(fault) for fault in catalogue_faults(root, texts)]


def test_a_good_catalogue_passes(tmp_path):
    assert _check(tmp_path, GOOD["hy"]) == []


@pytest.mark.parametrize(
    ("translation", "mark", "complaint"),
    [
        pytest.param("", "", "not translated", id="untranslated"),
        pytest.param("{count} նամակ", "#, fuzzy\n", "fuzzy", id="fuzzy"),
        pytest.param("{n} նամակ", "", "its places are n; expected count", id="another-place"),
        pytest.param("<b>{count}</b> նամակ", "", "its markup is b, b", id="another-markup"),
        pytest.param("{count նամակ", "", "a brace that does not close", id="open-brace"),
    ],
)
def test_a_bad_translation_is_told_with_file_and_line(tmp_path, translation, mark, complaint):
    found = [line for line in _check(tmp_path, translation, mark=mark) if complaint in line]

    assert len(found) == 1
    assert found[0].startswith("locales/hy/LC_MESSAGES/core.po:")


def test_a_heading_without_the_plural_forms_of_cldr_is_told(tmp_path):
    path = tmp_path / "locales" / "ka" / "LC_MESSAGES" / "core.po"
    path.parent.mkdir(parents=True)
    heading = HEADING.format(language="ka").replace(
        "nplurals=1; plural=0", "nplurals=2; plural=n != 1"
    )
    path.write_text(heading, encoding="utf-8")

    found = [str(fault) for fault in catalogue_faults(tmp_path, by_domain([]))]

    assert [line for line in found if "Plural-Forms: nplurals=1; plural=0;" in line] == found
    assert len(found) == 1


def test_a_text_that_stands_twice_is_told_because_only_one_would_be_read(tmp_path):
    path = tmp_path / "locales" / "hy" / "LC_MESSAGES" / "core.po"
    path.parent.mkdir(parents=True)
    once = 'msgid "kept"\nmsgstr "մնաց"\n\n'
    path.write_text(HEADING.format(language="hy") + once + once, encoding="utf-8")
    texts = by_domain(in_python('N_("kept")', "campaigns/errors.py"))

    found = [str(fault) for fault in catalogue_faults(tmp_path, texts)]

    assert [line for line in found if "stands there 2 times" in line] == found[:1]


def test_a_text_that_no_catalogue_has_is_told_at_the_place_that_says_it(tmp_path):
    path = tmp_path / "locales" / "hy" / "LC_MESSAGES" / "core.po"
    path.parent.mkdir(parents=True)
    path.write_text('msgid "gone"\nmsgstr "գնաց"\n', encoding="utf-8")
    texts = by_domain(in_python(SOURCE, "campaigns/errors.py"))

    found = [str(fault) for fault in catalogue_faults(tmp_path, texts)]

    assert any(line.startswith("campaigns/errors.py:1: '{count} letters'") for line in found)
    assert any("'gone' is said nowhere any more" in line for line in found)


def test_updating_adds_what_is_missing_takes_out_what_is_left_over_and_settles(tmp_path):
    path = tmp_path / "locales" / "hy" / "LC_MESSAGES" / "core.po"
    path.parent.mkdir(parents=True)
    path.write_text(
        'msgid "kept"\nmsgstr "մնաց"\n\nmsgid "gone"\nmsgstr "գնաց"\n', encoding="utf-8"
    )
    texts = by_domain(in_python('N_("new")\nN_("kept")\n', "campaigns/errors.py"))["core"]

    bring_up_to_date(path, "hy", texts)
    once = path.read_text(encoding="utf-8")
    bring_up_to_date(path, "hy", texts)

    assert 'msgid "kept"\nmsgstr "մնաց"' in once
    assert 'msgid "new"\nmsgstr ""' in once
    assert "gone" not in once
    assert path.read_text(encoding="utf-8") == once


def test_texts_are_found_in_python_with_their_domain():
    source = """
_("in the file's own")
translate("web", "named", language, count=1)
translate(domain, "of the file", language)
catalogue("mail", language).ngettext("{n} day", "{n} days", n)
gettext(variable)
"""

    found = [(f.domain, f.text) for f in in_python(source, "campaigns/ui/home.py")]

    assert found == [
        ("ui", "in the file's own"),
        ("web", "named"),
        ("ui", "of the file"),
        ("mail", ("{n} day", "{n} days")),
    ]


def test_texts_are_found_in_templates():
    source = '<h1>{{ _("Title") }}</h1>\n{% trans name=x %}Hello {{ name }}{% endtrans %}'

    found = [(f.domain, f.text, f.place) for f in in_template(source, "templates/pages/a.html")]

    assert found == [
        ("web", "Title", "templates/pages/a.html:1"),
        ("web", "Hello %(name)s", "templates/pages/a.html:2"),
    ]


def test_python_html_mjml_and_plain_text_are_all_read(tmp_path):
    for path, text in {
        "campaigns/ui/home.py": '_("in python")',
        "templates/pages/a.html": '{{ _("in html") }}',
        "templates/designs/b.mjml.j2": '<mj-text>{{ _("in mjml") }}</mj-text>',
        "templates/pages/c.txt": '{{ ngettext("{n} in text", "{n} in texts", n) }}',
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")

    assert [(found.domain, found.text) for found in extract(tmp_path)] == [
        ("ui", "in python"),
        ("mail", "in mjml"),
        ("web", "in html"),
        ("web", ("{n} in text", "{n} in texts")),
    ]


def test_what_is_written_is_proofread_with_file_and_line(tmp_path):
    letter = tmp_path / "templates" / "letters" / "thanks" / "hy.md"
    letter.parent.mkdir(parents=True)
    letter.write_text(
        '---\nsubject: "Շնորհակալություն"\n---\nՀարգելի Անի,\n\nՇնորհակալ ենք:\n\nՀարգանքով՝\\\n{{ signer }}\n',
        encoding="utf-8",
    )

    (found,) = [str(fault) for fault in written_faults(tmp_path)]

    assert found.startswith("templates/letters/thanks/hy.md:6: ենք:: a colon ends the sentence")


def test_the_english_texts_are_proofread():
    texts = by_domain(in_python('N_("Send the the letter")\n', "campaigns/ui/home.py"))

    assert [str(fault) for fault in english_faults(texts)] == [
        "campaigns/ui/home.py:1: the the: the word stands there twice → the"
    ]

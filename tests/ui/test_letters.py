"""The editor of letters: found, begun, written in three languages, mended, kept, brought back."""

from __future__ import annotations

import html
import re

import pytest

from campaigns.letters import library
from campaigns.letters.changes import changes
from campaigns.letters.drafts import new_text, put, put_body, read_draft
from campaigns.letters.finding import Finding
from campaigns.letters.parcel import pack
from campaigns.model.language import Language
from campaigns.ui import letter_history, letter_marks
from campaigns.ui.letter_fields import BODY, WHOLE, field_key
from campaigns.ui.letter_places import Target, target_of
from campaigns.ui.letter_work import Work
from tests.ui.test_work import press

HY, KA, EN = Language
HOSTILE = '<img src=x onerror="alert(1)"> ![x](https://evil.example/p.png)'


def begun(page, name):
    return page.button(key=f"open-True-{name}").click().run()


def body(page, language, number=1):
    return page.text_area(key=field_key(language, number, BODY))


def line(page, language, key, number=1):
    name = field_key(language, number, key)
    return next(one for one in [*page.text_input, *page.text_area] if one.key == name)


def saved(shop, name):
    with shop.database.read() as connection:
        return library.load(connection, name)


def source(body="Hello", **values):
    text = new_text()
    for key, value in {"subject": "One", **values}.items():
        text = put(text, key.replace("_", ".", 1) if key.startswith("offer") else key, value)
    return put_body(text, body)


@pytest.mark.slow
def test_a_ready_letter_is_changed_and_saved_under_a_name_of_one_s_own(shop, open_page):
    page = begun(open_page("letters"), "birthday")
    assert page.header[0].value == "Birthday wishes"

    line(page, EN, "subject").set_value("Happy birthday").run()
    body(page, HY).set_value("{{ contact | greeting }}\n\nՇնորհավոր։\n").run()
    press(page, "Save")

    letter = saved(shop, "Birthday wishes")
    assert read_draft(letter.texts[EN][0]).values["subject"] == "Happy birthday"
    assert read_draft(letter.texts[HY][0]).body == "{{ contact | greeting }}\n\nՇնորհավոր։\n"
    assert letter.texts[KA] == library.read_folder(library.SHIPPED / "birthday")[KA]
    assert not page.exception
    press(page, "All letters")
    assert "**Birthday wishes**" in [one.value for one in page.markdown]


@pytest.mark.slow
def test_what_is_not_saved_stays_while_other_pages_are_looked_at(shop, open_page):
    page = begun(open_page("letters"), "birthday")
    line(page, EN, "subject").set_value("Happy birthday").run()

    page.switch_page("screens/home.py").run()
    page.switch_page("screens/letters.py").run()

    assert line(page, EN, "subject").value == "Happy birthday"
    press(page, "Drop the changes")
    assert line(begun(page, "birthday"), EN, "subject").value != "Happy birthday"


@pytest.mark.slow
def test_what_a_letter_has_once_reaches_every_language_and_text(shop, open_page):
    page = begun(open_page("letters"), "quantity_offer")

    page.text_input(key=field_key(None, 0, "offer.now")).set_value("11 000 AMD").run()
    page.text_input(key=field_key(None, 0, "offer.until")).set_value("2026-12-31").run()
    press(page, "Save")

    texts = saved(shop, "A price for several").texts
    values = [read_draft(one).values for of in texts.values() for one in of]
    assert {one["offer.now"] for one in values} == {"11 000 AMD"}
    assert "up to and including 31\N{NO-BREAK SPACE}December 2026" in [
        one.value for one in page.caption
    ]


@pytest.mark.slow
def test_an_error_is_told_beside_its_text_and_gone_to(shop, open_page):
    page = begun(open_page("letters"), "thank_you")

    body(page, EN).set_value("Hello\n\n{{ shoe_size }}\n").run()

    assert any("shoe\\_size" in one.value for one in page.markdown)
    go = [one for one in page.button if one.label == "Show: line 3" and "-en-" in one.key]
    go[0].click().run()
    [jump] = [one for one in page.get("html") if "letter-jump" in one.proto.body]
    assert f'data-field="{field_key(EN, 1, BODY)}"' in jump.proto.body
    assert 'data-start="7"' in jump.proto.body
    assert not page.exception


@pytest.mark.slow
def test_a_suggestion_is_put_in_by_one_press(shop, open_page):
    page = begun(open_page("letters"), "thank_you")
    body(page, HY).set_value(
        "{{ contact | greeting }}\n\nՇնորհակալ ենք:\n\n{{ signature }}\n"
    ).run()

    press(page, "Put it in")

    assert body(page, HY).value == "{{ contact | greeting }}\n\nՇնորհակալ ենք։\n\n{{ signature }}\n"


@pytest.mark.slow
def test_a_new_letter_with_two_texts_is_written_and_an_old_version_brought_back(shop, open_page):
    page = press(open_page("letters"), "New letter")
    line(page, EN, "subject").set_value("Good day").run()
    press(page, "Add a text")
    line(page, EN, "subject", 2).set_value("Another day").run()
    page.text_input(key="letter-save--0-").set_value("Spring").run()
    press(page, "Save")
    assert [read_draft(one).values["subject"] for one in saved(shop, "Spring").texts[EN]] == [
        "Good day",
        "Another day",
    ]
    assert set(saved(shop, "Spring").texts) == {EN}

    line(page, EN, "subject").set_value("Evening").run()
    press(page, "Save")
    page.segmented_control(key="letter-part-en").set_value("versions").run()
    assert any("Evening" in one.proto.body for one in page.get("html"))
    press(page, "Bring back version 1")

    assert saved(shop, "Spring").version == 3
    assert read_draft(saved(shop, "Spring").texts[EN][0]).values["subject"] == "Good day"
    assert not page.exception


@pytest.mark.slow
def test_a_letter_is_brought_in_from_its_archive(shop, open_page):
    page = open_page("letters")
    archive = pack({HY: [source("Բարև")], EN: [source("Hello"), source("Good day")]})

    page.file_uploader[0].upload("spring.zip", archive, "application/zip").run()

    assert body(page, HY).value == "Բարև"
    assert [one.label for one in page.button].count("Yes, remove it") == 1
    press(page, "All letters")
    page.file_uploader[0].upload("spring.zip", b"nothing", "application/zip").run()
    assert "cannot be opened" in page.error[0].value
    assert not page.exception


@pytest.mark.slow
def test_a_head_that_cannot_be_read_leaves_the_whole_text_to_mend(shop, open_page):
    page = begun(open_page("letters"), "thank_you")
    page.toggle(key="letter-whole").set_value(True).run()
    whole = page.text_area(key=field_key(EN, 1, WHOLE))

    whole.set_value(whole.value.replace("subject:", "sobject:")).run()
    page.toggle(key="letter-whole").set_value(False).run()

    assert any("cannot be read" in one.value for one in page.info)
    assert any("sobject" in one.value for one in page.markdown)
    assert not page.exception


@pytest.mark.slow
def test_the_list_is_searched_in_every_language(shop, open_page):
    page = open_page("letters", "ka")

    page.text_input(key="letter-sought").set_value("ծննդյան").run()

    assert [one.key for one in page.button if (one.key or "").startswith("open-")] == [
        "open-True-birthday"
    ]


@pytest.mark.parametrize(
    ("finding", "expected"),
    [
        (Finding("error", EN, 6, "x", {}, 7, "Bo"), Target(BODY, 6, 8)),
        (Finding("error", EN, 6, "x"), Target(BODY, 0, 9)),
        (Finding("error", EN, 2, "x", {}, 10, "One"), Target("subject", 0, 3)),
        (Finding("error", EN, 0, "check.no_benefit"), Target("benefit", 0, 0)),
        (Finding("error", EN, 0, "x", {"field": "offer.now"}), Target("offer.now", 0, 0)),
        (Finding("error", EN, 0, "x", {"field": "questions"}), Target("questions.1", 0, 0)),
        (Finding("error", EN, 0, "x"), Target(BODY, 0, 0)),
    ],
)
def test_a_remark_leads_to_its_field_and_words(finding, expected):
    text = "---\nsubject: One\npurpose: offers\nregister: warm\n---\nHello Bob\n"

    assert target_of(read_draft(text), finding, text) == expected


def test_a_remark_on_an_unreadable_head_leads_to_the_whole_text():
    text = "---\nsobject: One\n---\nHello\n"

    assert target_of(None, Finding("error", EN, 2, "x"), text) == Target(WHOLE, 4, 16)


@pytest.mark.slow
@pytest.mark.parametrize("language", Language)
def test_every_mark_can_be_put_into_a_letter_and_shows_what_it_gives(language):
    shown = letter_marks.marks_html(language, "", EN, ())
    marks = [html.unescape(one) for one in re.findall(r'data-mark="([^"]*)"', shown)]

    assert len(marks) > 50
    for mark in marks:
        if "{{ " in mark and "⟨" not in mark.replace('default("⟨…⟩")', "") and "\n" not in mark:
            assert letter_marks.example(mark, language) or "_url" in mark or "benefit" in mark, mark
    assert "{{ city" in letter_marks.marks_html(language, "city", EN, ())
    assert letter_marks.marks_html(language, "zzz", EN, ()).startswith("<p>")


def test_changes_are_shown_as_text_whatever_they_hold():
    shown = letter_history.changes_html(changes("one two", f"one {HOSTILE}"))

    assert "<img" not in shown
    assert html.unescape(re.sub(r"</?b>", "", shown)).count(HOSTILE) == 1


def test_a_block_is_put_before_the_signature_once():
    work = Work("", "", 0, {one: [source("A\n\n{{ signature }}\n")] for one in Language})

    work.add_block("offer")
    work.add_block("offer")

    assert read_draft(work.text(EN)).body == "A\n\n{{ offer }}\n\n{{ signature }}\n"


@pytest.mark.slow
def test_another_letter_is_not_written_over_and_a_newer_version_is_told_first(shop, open_page, now):
    with shop.database.begin() as connection:
        library.save(connection, "Spring", {EN: [source()]}, actor="bob", now=now)
    page = press(open_page("letters"), "New letter")
    line(page, EN, "subject").set_value("Mine").run()
    page.text_input(key="letter-save--0-").set_value("Spring").run()
    press(page, "Save")
    assert "already" in page.error[0].value

    press(page, "All letters")
    page.button(key="open-False-Spring").click().run()
    with shop.database.begin() as connection:
        library.save(connection, "Spring", {EN: [source("Bye")]}, actor="bob", now=now)
    line(page, EN, "subject").set_value("Mine").run()
    press(page, "Save")
    assert "version 2 was saved meanwhile" in page.error[0].value
    press(page, "Save")

    assert saved(shop, "Spring").version == 3

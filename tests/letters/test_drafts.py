from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.errors import RenderError
from campaigns.letters import library
from campaigns.letters.check import findings
from campaigns.letters.drafts import (
    BODY,
    is_blank,
    mended,
    new_text,
    put,
    put_body,
    read_draft,
    write_draft,
    written_texts,
)
from campaigns.letters.finding import Finding
from campaigns.letters.head import GROUPS, LINES
from campaigns.letters.source import read_source
from campaigns.model.language import Language
from campaigns.store.options import Brand

HY, KA, EN = Language
KEYS = (*LINES, *(f"{group}.{part}" for group, parts in GROUPS.items() for part in parts))
WORDS = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1).map(str.strip)
SHIPPED = [
    (source, language)
    for name in library.shipped()
    for language, sources in library.read_folder(library.SHIPPED / name).items()
    for source in sources
]


@pytest.mark.slow
def test_every_shipped_text_survives_the_form():
    for source, _language in SHIPPED:
        draft = read_draft(source)
        again = write_draft(draft.values, draft.body)

        assert draft.body == again[-len(draft.body) :]
        assert source.endswith(draft.body)
        before, after = read_source(source), read_source(again)
        assert {key: one.value for key, one in before[0].entries.items()} == {
            key: one.value for key, one in after[0].entries.items()
        }
        assert before[1] == after[1]
        assert source.count("⟨") == again.count("⟨")


@pytest.mark.slow
@given(st.dictionaries(st.sampled_from(KEYS), WORDS.filter(bool)), st.text())
def test_whatever_is_put_into_a_form_is_read_again(values, body):
    questions = [values.pop(key) for key in sorted(values) if key.startswith("questions.")]
    values |= {f"questions.{number}": one for number, one in enumerate(questions, start=1)}
    body = body.replace("\r", "")

    draft = read_draft(write_draft(values, body))

    assert draft.values == values
    assert draft.body == body


@pytest.mark.parametrize(
    "value", ["'one", '"Dear" you', "| x", "> y", "a: b # c", "[x]", "- y", "⟨x⟩"]
)
def test_what_means_something_to_yaml_is_only_text(value):
    assert read_draft(put("", "subject", value)).values["subject"] == value


def test_a_form_changes_only_what_is_changed():
    source = "---\nsubject: One\npurpose: offers\nbutton:\n  text: Go\n  link: https://a.example\n---\n\nHello\n"

    assert put_body(put(source, "button.text", "Come"), "Bye") == (
        "---\nsubject: One\npurpose: offers\nbutton:\n  text: Come\n  link: https://a.example\n---\nBye"
    )
    assert put(put(source, "button.text", ""), "button.link", "") == (
        "---\nsubject: One\npurpose: offers\n---\n\nHello\n"
    )


def test_places_are_told_in_lines_of_the_whole_text():
    draft = read_draft("---\nsubject: One\nbutton:\n  text: Go\n---\nHello\n")

    assert (draft.lines, draft.body_line) == ({"subject": 2, "button.text": 4}, 6)


def test_a_text_without_a_head_is_refused_and_an_empty_one_is_new():
    assert read_draft(" \n").body == BODY
    with pytest.raises(RenderError):
        read_draft("Hello")


def test_a_new_text_takes_over_what_a_letter_has_once_and_is_blank():
    first = put(put(new_text(), "purpose", "testimonials"), "subject", "Hello")
    second = new_text(first)

    assert read_draft(second).values == {"purpose": "testimonials"}
    assert (is_blank(first), is_blank(second), is_blank("")) == (False, True, True)
    assert written_texts({HY: [first, second], KA: [second], EN: [second, first]}) == {
        HY: [first], EN: [second, first],
    }  # fmt: skip


def test_a_suggestion_is_put_in_where_its_place_is_certain():
    def remark(column, line=2, words="12500", better="12 500"):
        return Finding("warning", EN, line, "proof.x", {}, column, words, better)

    source = "first\na 12500 b 12500\nlast 12500"

    assert mended(source, remark(11)) == "first\na 12500 b 12 500\nlast 12500"
    assert mended(source, remark(1, line=3)) == "first\na 12500 b 12500\nlast 12 500"
    assert mended(source, remark(4)) is None  # twice in the line, and not at the place
    assert mended(source, remark(1, line=9)) is None
    assert mended(source, remark(3, better=None)) is None


def test_what_the_proofreader_suggests_ends_its_remark():
    source = new_text().replace("\n\n\n\n", "\n\nՇնորհակալ ենք: Գինը 12500 դրամ է։\n\n")
    source = put(source, "subject", "Բարև Ձեզ")
    for _turn in range(9):
        helpful = [one for one in findings({HY: [source]}, Brand()) if one.suggestion is not None]
        if not helpful:
            break
        source = mended(source, helpful[0])

    assert "Շնորհակալ ենք։ Գինը 12 500 դրամ է։" in source.replace("\N{NO-BREAK SPACE}", " ")

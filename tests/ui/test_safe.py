from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from campaigns.ui.safe import plain

HOSTILE = (
    "![x](https://evil.example/p.png)", "[a](javascript:alert(1))", "<img src=x onerror=alert(1)>",
    "# heading", "- item", "1. one", "> quote", "`code`", "**bold**", "~~gone~~", "a | b", "---",
    "$x^2$", ":red[x]", ":material/home:", "https://evil.example", "me@evil.example", "&lt;b&gt;",
    "    indented code", "x\n# y", "\\*",
)  # fmt: skip


def shown(text: str) -> str:
    """Return the HTML inside the one paragraph that Markdown makes of ``text``."""
    made = MarkdownIt("commonmark").render(text).strip()
    assert made.count("<p>") == 1
    return made.removeprefix("<p>").removesuffix("</p>")


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_shows_hostile_text_as_it_is(text):
    assert html.unescape(shown(plain(text))) == " ".join(text.split())
    assert "<" not in shown(plain(text))


@given(st.text(st.characters(exclude_categories=("C",)), min_size=1).filter(str.strip))
def test_whatever_is_written_stays_text(text):
    made = shown(plain(text))

    assert not re.search(r"<[a-z/]", made)
    assert html.unescape(made) == " ".join(text.split())


@pytest.mark.parametrize("text", ["$x$", ":red[x]", ":smile:", "a <- b"])
def test_the_marks_that_only_streamlit_knows_are_escaped(text):
    assert all(f"\\{mark}" in plain(text) for mark in "$:[<" if mark in text)


def test_a_long_text_is_cut_before_it_is_escaped():
    assert plain("*" * 50, limit=5) == r"\*\*\*\*…"

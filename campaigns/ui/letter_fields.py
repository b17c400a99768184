"""Fields of the editor: the same line of the letter in each language, beside each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from campaigns.errors import CampaignsError
from campaigns.letters.drafts import put
from campaigns.letters.preview import sample_values
from campaigns.letters.render import compile_text
from campaigns.model.language import Language
from campaigns.store.options import Brand
from campaigns.ui.letter_work import Work
from campaigns.ui.words import _, label, ngettext

BODY = "body"
WHOLE = "whole"
BODY_HEIGHT = 430
SOURCE_HEIGHT = 620
MOST_WORDS = 600
LIVE = "600ms"


def beside(languages: Sequence[Language]) -> Iterator[tuple[Language, DeltaGenerator]]:
    """Yield a place for each language, beside each other where there are several."""
    places = st.columns(len(languages), gap="medium") if len(languages) > 1 else [st.container()]
    yield from zip(languages, places, strict=True)


def field_key(language: Language | None, number: int, key: str) -> str:
    """Return the name under which the page knows a field; it is also its class in the page.

    >>> field_key(Language.HY, 2, "offer.name")
    'letter-field-hy-2-offer-name'
    """
    return f"letter-field-{language or 'all'}-{number}-{key.replace('.', '-')}"


def show_line(
    work: Work, languages: Sequence[Language], key: str, title: str, *, hint: str | None = None,
    placeholder: str | None = None, live: bool = False,
) -> None:  # fmt: skip
    """Show one line of the head in each language."""
    for language, place in beside(languages):
        draft = work.draft(language)
        if draft is None:
            continue
        with place:
            name = field_key(language, work.number, key)
            _keep_in_step(name, draft.values.get(key, ""))
            st.text_input(
                titled(title, language), key=name, help=hint, max_chars=None,
                placeholder=placeholder, live=LIVE if live else False,
                on_change=_put, args=(work, language, key, name),
            )  # fmt: skip
            if live:
                st.caption(_length(draft.values.get(key, ""), language, key))


def show_area(
    work: Work, languages: Sequence[Language], key: str, title: str, *, hint: str | None = None
) -> None:
    """Show a sentence of the head in each language, in a box with room for it."""
    for language, place in beside(languages):
        draft = work.draft(language)
        if draft is None:
            continue
        with place:
            name = field_key(language, work.number, key)
            _keep_in_step(name, draft.values.get(key, ""))
            st.text_area(
                titled(title, language), key=name, help=hint, height="content", max_chars=MOST_WORDS,
                on_change=_put, args=(work, language, key, name),
            )  # fmt: skip


def show_once(
    work: Work, key: str, title: str, *, hint: str | None = None, placeholder: str | None = None
) -> None:
    """Show a line that a letter has once, whatever the language and the text."""
    name = field_key(None, 0, key)
    _keep_in_step(name, work.once(key))
    st.text_input(
        title, key=name, help=hint, placeholder=placeholder, on_change=_put_once,
        args=(work, key, name),
    )  # fmt: skip


def show_body(work: Work, language: Language) -> None:
    """Show the words of the letter in one language."""
    draft = work.draft(language)
    if draft is None:
        st.info(_("The lines at the top cannot be read. Mend them in the whole text, as written."))
        return
    name = field_key(language, work.number, BODY)
    _keep_in_step(name, draft.body)
    st.text_area(
        titled(_("Text"), language), key=name, height=BODY_HEIGHT, on_change=_put_body,
        args=(work, language, name),
    )  # fmt: skip


def show_whole(work: Work, language: Language) -> None:
    """Show a text as it is kept, head and all."""
    name = field_key(language, work.number, WHOLE)
    _keep_in_step(name, work.text(language))
    st.text_area(
        titled(_("Whole text"), language), key=name, height=SOURCE_HEIGHT, on_change=_put_whole,
        args=(work, language, name),
    )  # fmt: skip


def titled(title: str, language: Language) -> str:
    """Return what a field is called, with its language."""
    return f"{title} · {label(f'language.{language}')}"


def _keep_in_step(name: str, value: str) -> None:
    """Give a field its value, unless it says the same: who is typing is not disturbed."""
    shown = st.session_state.get(name)
    if shown is None or (shown != value and " ".join(shown.split()) != " ".join(value.split())):
        st.session_state[name] = value


def _put(work: Work, language: Language, key: str, name: str) -> None:
    work.put(language, key, st.session_state[name] or "")


def _put_once(work: Work, key: str, name: str) -> None:
    work.put_everywhere(key, st.session_state[name] or "")


def _put_body(work: Work, language: Language, name: str) -> None:
    work.put_body(language, st.session_state[name] or "")


def _put_whole(work: Work, language: Language, name: str) -> None:
    work.change(language, st.session_state[name] or "")


def _length(value: str, language: Language, key: str) -> str:
    """Say how long a line is as its reader gets it, and how long it should be."""
    count = len(as_read(value, language))
    said = ngettext("{count} character", "{count} characters", count, count=count)
    if key == "subject":
        return _("{length}; best up to 40, at most 50", length=said)
    return _("{length}; best 40 to 90", length=said)


@lru_cache(maxsize=500)
def as_read(value: str, language: Language) -> str:
    """Return a line as an invented reader gets it; as it is written where it cannot be read."""
    source = put(f"---\nsubject: x\npurpose: offers\n---\n{value and ' '}", "subject", value or "x")
    try:
        shown = compile_text(source, language, Brand()).render(sample_values(language)).subject
    except CampaignsError:
        return value
    return shown if value else ""

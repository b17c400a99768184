"""A list to choose from whose words may change while the choice stays.

Streamlit's browser side knows a choice only by its words: when the language is switched, or a
campaign goes from "draft" to "planned", it would fall back to the first of the list. So the
choice is kept here, and a list with other words is another widget.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import streamlit as st

from campaigns.ui.words import names

T = TypeVar("T")


def choose(
    title: str,
    options: Sequence[T],
    *,
    key: str,
    name: Callable[[T], str],
    widget: Callable[..., Any] = st.selectbox,
    **looks: object,
) -> T:
    """Return what is chosen of ``options`` (not empty); kept in the session under ``key``.

    Args:
        title: stands above the list.
        options: what there is; the first counts until something is chosen.
        key: set ``st.session_state[key]`` beforehand to choose for the person.
        name: what an option is called.
        widget: ``st.selectbox``, ``st.radio`` or ``st.segmented_control``.
        looks: further arguments of the widget.
    """
    words = names(options, name)
    place = f"{key}-{zlib.crc32('|'.join(map(words, options)).encode())}"
    if st.session_state.get(key) not in options:
        st.session_state[key] = options[0]
    st.session_state[place] = st.session_state[key]
    widget(
        title, options, format_func=words, key=place, on_change=_keep, args=(key, place), **looks
    )
    chosen: T = st.session_state[key]
    return chosen


def _keep(key: str, place: str) -> None:
    st.session_state[key] = st.session_state[place]

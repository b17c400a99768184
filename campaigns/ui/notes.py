"""A short word about what was just done, which outlives the rerun that follows it."""

from __future__ import annotations

import streamlit as st

KEY = "note"


def note(text: str) -> None:
    """Say ``text`` after the next rerun."""
    st.session_state[KEY] = text


def show_note() -> None:
    """Say what ``note`` left, once."""
    if text := st.session_state.pop(KEY, None):
        st.toast(text, icon=":material/check:")

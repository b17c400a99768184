"""How many people read each language: the same three figures wherever people are counted."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from campaigns.model.language import Language
from campaigns.ui.words import label, number, share


def show_languages(counts: Mapping[str, int], *, shares: bool = False) -> None:
    """Show ``counts`` by language, with the share of each where that is asked for."""
    whole = sum(counts.values())
    with st.grid(3, min_column_width=100):
        for language in Language:
            count = counts.get(language, 0)
            st.metric(
                label(f"language.{language}"), number(count),
                share(count, whole) if shares else None,
                delta_color="off", delta_arrow="off", border=True,
            )  # fmt: skip

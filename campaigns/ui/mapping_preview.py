"""The first rows of a sheet, as they stand and as they will be taken in."""

from __future__ import annotations

import streamlit as st

from campaigns.sheets.intake import Preview
from campaigns.sheets.understanding.fields import Mapping
from campaigns.ui.words import _


def show_preview(seen: Preview, mapping: Mapping) -> None:  # noqa: ARG001
    """Show ten rows before and after."""
    with st.expander(_("The first rows as they stand")):
        st.dataframe(seen.rows, hide_index=True, alt=_("The first rows as they stand"))

"""A letter as its reader sees it: on a phone, on a desktop, or as plain text."""

from __future__ import annotations

import streamlit as st

from campaigns.errors import N_
from campaigns.letters.render import Rendered
from campaigns.ui.preview import preview_path
from campaigns.ui.resources import workspace
from campaigns.ui.words import _, names

WIDTHS = {"phone": 375, "desktop": 640}
HEIGHT = 640
VIEWS = {"phone": N_("On a phone"), "desktop": N_("On a computer"), "text": N_("Plain text")}


def show_letter(rendered: Rendered, *, key: str) -> None:
    """Show subject and body, in the width that the reader of this page chooses."""
    st.caption(_("Subject"))
    st.text(rendered.subject)
    view = st.segmented_control(
        _("View"), list(VIEWS), default="phone", required=True, key=f"view-{key}",
        format_func=names(VIEWS, lambda view: _(VIEWS[view])), label_visibility="collapsed",
        persist_state="session",
    )  # fmt: skip
    if view == "text":
        with st.container(border=True, height=HEIGHT):
            st.text(rendered.text)
        return
    path = preview_path(rendered.html, workspace().signer)
    st.iframe(path, width=WIDTHS[view or "phone"], height=HEIGHT, alt=_("The letter"))

"""A letter as its reader sees it: on a phone, on a desktop, or as plain text."""

from __future__ import annotations

import streamlit as st

from campaigns.errors import N_
from campaigns.letters.render import Rendered
from campaigns.ui.choice import choose
from campaigns.ui.preview import preview_path
from campaigns.ui.resources import workspace
from campaigns.ui.words import _

WIDTHS = {"phone": 375, "desktop": 640}
HEIGHT = 640
VIEWS = {"phone": N_("On a phone"), "desktop": N_("On a computer"), "text": N_("Plain text")}


def show_letter(rendered: Rendered, *, key: str) -> None:
    """Show subject and body, in the width that the reader of this page chooses."""
    st.caption(_("Subject"))
    st.text(rendered.subject)
    view = choose(
        _("View"), list(VIEWS), key=f"view-{key}", name=lambda view: _(VIEWS[view]),
        widget=st.segmented_control, required=True, label_visibility="collapsed",
    )  # fmt: skip
    if view == "text":
        with st.container(border=True, height=HEIGHT):
            st.text(rendered.text)
        return
    path = preview_path(rendered.html, workspace().signer)
    st.iframe(path, width=WIDTHS[view], height=HEIGHT, alt=_("The letter"))

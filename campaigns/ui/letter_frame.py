"""A letter as its reader sees it: on a phone, on a computer, in the dark, without pictures, as text."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from campaigns.errors import N_
from campaigns.letters.render import Rendered
from campaigns.ui.choice import choose
from campaigns.ui.preview import darkened, preview_path
from campaigns.ui.resources import workspace
from campaigns.ui.words import _

HEIGHT = 640
VIEWS = {
    "phone": N_("On a phone"),
    "desktop": N_("On a computer"),
    "dark": N_("In the dark"),
    "plain": N_("Without pictures"),
    "text": N_("Plain text"),
}
WIDE = ("desktop",)


def choose_view(key: str) -> str:
    """Return how letters are to be shown."""
    return choose(
        _("View"), list(VIEWS), key=f"view-{key}", name=lambda view: _(VIEWS[view]),
        widget=st.segmented_control, required=True, label_visibility="collapsed", wrap=True,
    )  # fmt: skip


def show_letter(rendered: Rendered, *, key: str) -> None:
    """Show subject and body, in the way that the reader of this page chooses."""
    show_rendered(rendered, choose_view(key), key=key)


def show_rendered(
    rendered: Rendered, view: str, *, key: str, beside: Sequence[object] = ()
) -> None:
    """Show subject and body in one way; ``beside``: what stands on the same line."""
    st.caption(_("Subject"))
    st.text(rendered.subject)
    if view == "text":
        with st.container(border=True, height=HEIGHT):
            st.text(rendered.text)
        return
    html = darkened(rendered.html) if view == "dark" else rendered.html
    path = preview_path(html, workspace().signer, pictures=view != "plain")
    size = f"-wide{'-three' if len(beside) > 1 else ''}" if view in WIDE else ""
    with st.container(key=f"letter-frame-{key}{size}"):
        st.iframe(path, height=HEIGHT, alt=_("The letter"))

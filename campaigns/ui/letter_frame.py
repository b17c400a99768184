"""A letter as its reader sees it: on a phone, on a desktop, or as plain text."""

from __future__ import annotations

from datetime import date

import streamlit as st

from campaigns.errors import N_
from campaigns.letters.fields import Values
from campaigns.letters.render import Rendered
from campaigns.model.language import Language
from campaigns.model.money import Money
from campaigns.ui.preview import preview_path
from campaigns.ui.resources import workspace
from campaigns.ui.words import _

WIDTHS = {"phone": 375, "desktop": 640}
HEIGHT = 640
VIEWS = {"phone": N_("On a phone"), "desktop": N_("On a computer"), "text": N_("Plain text")}
NAMES = {
    Language.HY: ("Անի", "Գրիգորյան", "Երևան"),
    Language.KA: ("ნინო", "ბერიძე", "თბილისი"),
    Language.EN: ("Emma", "Stone", "Yerevan"),
}


def show_letter(rendered: Rendered, *, key: str) -> None:
    """Show subject and body, in the width that the reader of this page chooses."""
    st.caption(_("Subject"))
    st.text(rendered.subject)
    view = st.segmented_control(
        _("View"), list(VIEWS), default="phone", required=True, key=f"view-{key}",
        format_func=lambda view: _(VIEWS[view]), label_visibility="collapsed",
        persist_state="session",
    )  # fmt: skip
    if view == "text":
        with st.container(border=True, height=HEIGHT):
            st.text(rendered.text)
        return
    path = preview_path(rendered.html, workspace().signer)
    st.iframe(path, width=WIDTHS[view or "phone"], height=HEIGHT, alt=_("The letter"))


def sample_reader(language: Language) -> Values:
    """Return an invented customer, for a look at a letter before anybody is known."""
    given, family, city = NAMES[language]
    base = workspace().settings.base_url
    return {
        "contact_id": 1, "given_name": given, "family_name": family, "language": language,
        "city": city, "orders": 4, "revenue": Money(4_800_000, "AMD"),
        "first_order_at": date(2025, 3, 8), "last_order_at": date(2025, 11, 20),
        "days_since_last": 95, "last_product": None, "attributes": {},
        "consent_source": "", "consent_at": date(2025, 3, 8),
        "unsubscribe_url": f"{base}/u/preview", "testimonial_url": f"{base}/t/preview",
        "web_url": f"{base}/{language}/testimonials",
    }  # fmt: skip

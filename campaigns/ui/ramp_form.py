"""Settings: a new sending domain is warmed up, so many letters a day."""

from __future__ import annotations

import streamlit as st

from campaigns.clock import utcnow
from campaigns.delivery.timing.ramp import FIRST, MAX_GROWTH, Ramp, read_ramp, save_ramp
from campaigns.store.operators import OWNER
from campaigns.ui.guard import guarded
from campaigns.ui.notes import note
from campaigns.ui.resources import workspace
from campaigns.ui.words import _, list_of, number

SHOWN_DAYS = 5


def show_ramp() -> None:
    """Ask whether letters of a new domain begin with a few a day."""
    with workspace().database.read() as connection:
        before = read_ramp(connection)
    st.header(_("A new sending domain"), anchor=False)
    st.write(_(
        "Mailbox providers distrust a domain that nobody knew yesterday. If yours is new, begin with"
        " a few letters a day and send more each day."
    ))  # fmt: skip
    with st.form("ramp"):
        on = st.checkbox(_("Begin with few letters a day"), before.first > 0)
        left, right = st.columns(2, gap="medium")
        first = left.number_input(
            _("Letters on the first day"), 1, 100_000, before.first or FIRST, step=50
        )
        growth = right.number_input(
            _("How many times more each next day"), 1.1, MAX_GROWTH, before.growth, step=0.1,
            format="%.1f",
        )  # fmt: skip
        if before.first:
            days = [
                number(Ramp(before.first, before.growth, days=n).limit) for n in range(SHOWN_DAYS)
            ]
            st.caption(_("The first days: {numbers} letters.", numbers=list_of(days)))
        if st.form_submit_button(_("Save the daily numbers")):
            with guarded():
                save_ramp(
                    workspace(), first=int(first) if on else 0, growth=float(growth), actor=OWNER,
                    now=utcnow(),
                )  # fmt: skip
                note(_("Saved."))
                st.rerun()

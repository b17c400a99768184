"""How often a customer hears from the shop, and how many hear nothing: a form in the settings."""

from __future__ import annotations

import streamlit as st

from campaigns.clock import utcnow
from campaigns.model.holdout import MOST_PER_CENT
from campaigns.model.limits import MOST_LETTERS, USUAL, Cap, Limits
from campaigns.store.limits import read_limits, save_limits
from campaigns.store.operators import OWNER
from campaigns.ui.guard import guarded
from campaigns.ui.notes import note
from campaigns.ui.resources import workspace
from campaigns.ui.words import _


def show_limits() -> None:
    """Show the limits as they are kept, and take others."""
    st.header(_("How often a customer hears from you"), anchor=False)
    st.caption(
        _(
            "Counted over all campaigns. Letters about what a customer bought or asked for always"
            " leave."
        )
    )
    with workspace().database.read() as connection:
        kept = read_limits(connection)
    with st.form("limits"):
        with st.grid(4, min_column_width=180):
            caps = _ask_caps({cap.days: cap.letters for cap in kept.caps})
            holdout = st.number_input(
                _("Without any campaign, %"), 0, MOST_PER_CENT, kept.holdout,
                key="limits-holdout",
                help=_("Always the same customers, so that you see what letters change at all."),
            )  # fmt: skip
        if st.form_submit_button(_("Save the limits")):
            with guarded():
                _save(Limits(caps, holdout))


def _ask_caps(kept: dict[int, int]) -> tuple[Cap, ...]:
    """Ask for the usual windows, and for those that the command line added."""
    asked = {
        days: st.number_input(
            _title(days), 0, MOST_LETTERS, kept.get(days, 0), key=f"limits-{days}",
            help=_("0: no limit"),
        )
        for days in sorted({*kept, *(cap.days for cap in USUAL)})
    }  # fmt: skip
    return tuple(Cap(days, letters) for days, letters in asked.items() if letters)


def _title(days: int) -> str:
    return _("Letters a day") if days == 1 else _("Letters in {days} days", days=days)


def _save(limits: Limits) -> None:
    with workspace().database.begin() as connection:
        save_limits(connection, limits, actor=OWNER, now=utcnow())
    note(_("Saved."))
    st.rerun()

"""Campaigns: who gets which letter; counted, looked at, approved, sent, watched."""

from __future__ import annotations

import streamlit as st

from campaigns.clock import utcnow
from campaigns.delivery.campaigns import Status, all_campaigns, create
from campaigns.letters import library
from campaigns.model.holdout import MOST_PER_CENT
from campaigns.segments.verbs import named
from campaigns.store.operators import OWNER
from campaigns.ui.campaign_course import show_course
from campaigns.ui.campaign_plan import NEXT, ask_plan
from campaigns.ui.choice import choose
from campaigns.ui.guard import guarded
from campaigns.ui.notes import note, show_note
from campaigns.ui.resources import workspace
from campaigns.ui.words import (
    TRANSPORTS,
    _,
    label,
    letter_name,
    segment_name,
    transport_name,
)

CHOICE = "campaign-choice"
NEW = ""
EVERYONE = "everyone"


def page() -> None:
    with workspace().database.read() as connection:
        campaigns = {one.name: one for one in all_campaigns(connection)}
    show_note()
    chosen = _choose(campaigns)
    with guarded():
        if chosen in campaigns:
            show_course(campaigns[chosen])
        else:
            _create(taken=set(campaigns))


def _choose(campaigns: dict[str, Status]) -> str:
    """Return the campaign that is looked at; the empty name is a new one."""
    if wanted := st.session_state.pop(NEXT, None):
        st.session_state[CHOICE] = wanted
    if not campaigns:
        st.write(
            _("A campaign is one letter to one segment. Nothing leaves before you approve it.")
        )
        return NEW
    return choose(
        _("Campaign"), [NEW, *campaigns], key=CHOICE,
        name=lambda name: _shown(campaigns.get(name)),
    )  # fmt: skip


def _shown(status: Status | None) -> str:
    if status is None:
        return _("A new campaign…")
    return f"{status.name} · {label(f'campaign.{status.state}')}"


def _create(taken: set[str]) -> None:
    with workspace().database.read() as connection:
        segments = [EVERYONE, *(segment.name for segment in named(connection))]
        letters = [info.name for info in library.names(connection)]
    with st.container(border=True):
        left, right = st.columns(2, gap="medium")
        segment = choose(
            _("Who gets it"), segments, key="new-segment", name=segment_name,
            widget=left.selectbox,
        )  # fmt: skip
        letter = choose(
            _("Which letter"), letters, key="new-letter", name=letter_name,
            widget=right.selectbox,
        )  # fmt: skip
        name = left.text_input(
            _("Name of the campaign"), _free_name(letter_name(letter), taken), max_chars=80,
            key=f"new-name-{letter}", help=_("Only you see it."),
        )  # fmt: skip
        transport = choose(
            _("How it is sent"), list(TRANSPORTS), key="new-transport", name=transport_name,
            widget=right.selectbox,
        )  # fmt: skip
        holdout = left.number_input(
            _("Held out to compare, %"), 0, MOST_PER_CENT, 0, key="new-holdout",
            help=_("They get nothing, so that you see what the letter changes."),
        )  # fmt: skip
        if st.button(_("Create and count the people"), type="primary"):
            with guarded():
                _create_and_plan((name or "").strip(), segment, letter, transport, holdout)


def _create_and_plan(
    name: str, segment: str, letter: str, transport: str, holdout: int
) -> None:  # fmt: skip
    now = utcnow()
    create(
        workspace(), name, segment=segment, letter=letter, transport=transport, holdout=holdout,
        actor=OWNER, now=now,
    )  # fmt: skip
    ask_plan(name)
    st.session_state[NEXT] = name
    note(_("Created."))
    st.rerun()


def _free_name(wanted: str, taken: set[str]) -> str:
    name, number = wanted, 2
    while name in taken:
        name, number = f"{wanted} {number}", number + 1
    return name


page()

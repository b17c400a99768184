"""Before a campaign is sent: who gets it, who is left out and why, and how it will read."""

from __future__ import annotations

import streamlit as st

from campaigns.clock import utcnow
from campaigns.delivery.campaigns import Status, approve, cancel, preview
from campaigns.model.language import Language
from campaigns.model.states import JobState
from campaigns.store.operators import OWNER
from campaigns.store.work import ask, find_job
from campaigns.ui.campaign_preflight import is_green
from campaigns.ui.figures import show_languages
from campaigns.ui.guard import guarded
from campaigns.ui.letter_frame import show_letter
from campaigns.ui.notes import note
from campaigns.ui.resources import workspace
from campaigns.ui.stored_error import show_stored
from campaigns.ui.trial_form import show_campaign_trial
from campaigns.ui.words import _, label, number

PER_LANGUAGE = 2
NEXT = "campaign-next"
"""Of the session: which campaign the page opens with."""


def ask_plan(name: str) -> None:
    """Ask the worker to count the people of a campaign."""
    with workspace().database.begin() as connection:
        ask(connection, "plan_campaign", f"plan:{name}", actor=OWNER, now=utcnow(), name=name)


def show_draft(status: Status) -> None:
    """Show that the people are being counted, or why they could not be."""
    if _is_being_planned(status.name):
        return
    with workspace().database.read() as connection:
        job = find_job(connection, f"plan:{status.name}")
    if job is not None and job.error:
        show_stored(job.error)
    if st.button(_("Count the people"), type="primary"):
        ask_plan(status.name)
        st.rerun()
    show_cancel(status)


def _is_being_planned(name: str) -> bool:
    """Say whether the worker is at it, and show the page anew when it is done."""
    with workspace().database.read() as connection:
        job = find_job(connection, f"plan:{name}")
    if job is None or job.state not in (JobState.QUEUED, JobState.RUNNING):
        return False
    _wait_for_plan(name)
    return True


def _wait_for_plan(name: str) -> None:
    @st.fragment(run_every=1.0)
    def live() -> None:
        with workspace().database.read() as connection:
            job = find_job(connection, f"plan:{name}")
        if job is None or job.state in (JobState.DONE, JobState.FAILED):
            st.rerun()
        st.info(_("The people are being counted…"), icon=":material/hourglass_top:")

    live()


def show_plan(status: Status) -> None:
    """Show the audience and the letters, and ask for approval."""
    if _is_being_planned(status.name):
        return
    show_audience(status)
    _show_letters(status)
    show_campaign_trial(status)
    green = is_green(status)
    with st.container(horizontal=True):
        ready = bool(status.planned) and green
        if st.button(_("Approve"), type="primary", disabled=not ready):
            with guarded():
                approve(workspace(), status.name, actor=OWNER, now=utcnow())
                note(_("Approved."))
                st.rerun()
        if st.button(_("Count again")):
            ask_plan(status.name)
            st.rerun()
        show_cancel(status)


def show_cancel(status: Status) -> None:
    """Offer to give the campaign up, with one question in between."""
    with st.popover(_("Cancel the campaign"), type="tertiary"):
        st.write(_("Letters that have not left will not be sent. This cannot be undone."))
        if st.button(_("Yes, cancel it"), key=f"cancel-{status.name}"):
            with guarded():
                cancel(workspace(), status.name, actor=OWNER, now=utcnow())
                note(_("Cancelled."))
                st.rerun()


def show_audience(status: Status) -> None:
    """Show how many get the letter, in which languages, and who is left out and why."""
    left_out = sum(status.left_out.values())
    with st.grid(2, min_column_width=150):
        st.metric(_("Will get the letter"), number(status.planned), border=True, height="stretch")
        st.metric(_("Left out"), number(left_out), border=True, height="stretch")
    if status.planned:
        show_languages(status.languages)
    elif left_out:
        st.warning(_("Nobody would get this letter. See the reasons, or choose another segment."))
    else:
        st.warning(_("Nobody is in this segment now. Make its rule wider, then count again."))
        st.page_link("screens/segments.py", label=_("Open the segments"))
    if left_out:
        with st.expander(_("Who is left out, and why"), expanded=not status.planned):
            rows = [
                {_("People"): number(count), _("Why"): label(f"denial.{reason}")}
                for reason, count in sorted(status.left_out.items(), key=lambda item: -item[1])
            ]
            st.dataframe(rows, hide_index=True, alt=_("Who is left out, and why"))
    if status.left_out.get("language_missing"):
        st.warning(_("Some people read a language that the letter has no text in."))
        st.page_link("screens/letters.py", label=_("Open the letters"))


def _show_letters(status: Status) -> None:
    if not status.planned:
        return
    st.header(_("The letters as they will leave"), anchor=False)
    shown = preview(workspace(), status.name, per_language=PER_LANGUAGE, now=utcnow())
    languages = [one for one in Language if any(p.language == one for p in shown)]
    if not languages:
        return
    tabs = st.tabs([label(f"language.{one}") for one in languages])
    for tab, one in zip(tabs, languages, strict=True):
        with tab:
            letters = [p for p in shown if p.language == one]
            place = 1
            if len(letters) > 1:
                place = st.pagination(len(letters), key=f"preview-{status.name}-{one}")
            letter = letters[place - 1]
            st.caption(_("To"))
            st.text(letter.address)
            show_letter(letter.rendered, key=f"plan-{one}")

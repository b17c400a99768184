"""A campaign from its plan to its end: what can be done now, and how far it is."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from campaigns.clock import utcnow
from campaigns.delivery.campaigns import Status, pause, resume, send, status
from campaigns.delivery.transports.choice import OUTBOX
from campaigns.delivery.transports.outbox import folder_name
from campaigns.model.states import CampaignState
from campaigns.store.operators import OWNER
from campaigns.ui.campaign_doubt import show_refused, show_unknown
from campaigns.ui.campaign_heard import show_heard
from campaigns.ui.campaign_options import show_options, show_rehearsal
from campaigns.ui.campaign_plan import show_audience, show_cancel, show_draft, show_plan
from campaigns.ui.campaign_timing import show_hours, show_later, show_scheduled, show_waiting
from campaigns.ui.guard import guarded
from campaigns.ui.notes import note
from campaigns.ui.resources import workspace
from campaigns.ui.safe import plain
from campaigns.ui.stored_error import show_stored
from campaigns.ui.words import _, letter_name, number, segment_name, transport_name


def show_course(now: Status) -> None:
    """Show a campaign in whatever state it is."""
    st.markdown(
        _("Letter: **{letter}** · people: **{segment}** · sent by: **{transport}**",
          letter=plain(letter_name(now.letter)), segment=plain(segment_name(now.segment), limit=80),
          transport=plain(transport_name(now.transport)))
    )  # fmt: skip
    shown: dict[str, Callable[[Status], None]] = {
        CampaignState.DRAFT: show_draft,
        CampaignState.PLANNED: show_plan,
        CampaignState.APPROVED: _show_approved,
        CampaignState.SCHEDULED: _show_scheduled,
        CampaignState.RUNNING: _show_running,
        CampaignState.PAUSED: _show_paused,
    }
    shown.get(now.state, _show_result)(now)


def _show_approved(now: Status) -> None:
    show_audience(now)
    next_step = st.container()  # above the choices that it depends on
    chosen = show_options(now)
    with next_step:
        if chosen.sandbox:
            show_rehearsal(now)
            show_cancel(now)
            return
        st.success(_("Approved. The letters leave when you say so."), icon=":material/check:")
        show_hours(now)
        with st.container(horizontal=True):
            _act(_("Send now"), send, now, done=_("The campaign has begun."), primary=True)
            show_cancel(now)
        show_later(now)


def _show_scheduled(now: Status) -> None:
    show_scheduled(now)
    show_later(now)
    show_cancel(now)
    show_audience(now)


def _show_running(now: Status) -> None:
    @st.fragment(run_every=1.0)
    def live() -> None:
        with workspace().database.read() as connection:
            current = status(connection, now.name)
        if current.state != CampaignState.RUNNING:
            st.rerun()
        _show_error(current)
        show_waiting(current)
        _show_progress(current)

    live()
    st.caption(_(
        "You may close this page, the letters keep leaving. After an interruption they go on by"
        " themselves within a few minutes."
    ))  # fmt: skip
    with st.container(horizontal=True):
        _act(_("Pause"), pause, now, done=_("Paused."))
        show_cancel(now)


def _show_paused(now: Status) -> None:
    _show_error(now)
    st.warning(_("Paused: nothing leaves until you go on."), icon=":material/pause_circle:")
    _show_progress(now)
    with st.container(horizontal=True):
        _act(_("Go on"), resume, now, done=_("The campaign goes on."), primary=True)
        show_cancel(now)
    show_later(now)
    show_unknown(now)


def _show_progress(now: Status) -> None:
    settled = now.accepted + now.failed + now.unknown
    words = _("{done} of {total}", done=number(settled), total=number(now.planned))
    st.progress(settled / now.planned if now.planned else 0.0, text=words)
    _show_counts(now)


def _show_counts(now: Status) -> None:
    counts = {
        _("Accepted"): now.accepted,
        _("Waiting"): now.waiting,
        _("Refused"): now.failed,
        _("Outcome unknown"): now.unknown,
    }
    with st.grid(4, min_column_width=160):
        for name, count in counts.items():
            st.metric(name, number(count), border=True, height="stretch")


def _show_result(now: Status) -> None:
    if now.state == CampaignState.CANCELLED:
        st.info(_("Cancelled. What had not left was not sent."), icon=":material/cancel:")
    elif now.unknown:
        st.warning(
            _("Finished, but of {count} letters nobody knows.", count=number(now.unknown)),
            icon=":material/report:",
        )
    elif now.failed:
        st.warning(_("Finished, but not every letter was accepted."), icon=":material/report:")
    elif now.transport == OUTBOX:
        st.success(
            _("Finished: every letter lies in the folder. Nothing was sent to anybody."),
            icon=":material/check_circle:",
        )
    else:
        st.success(_("Finished: every letter was accepted."), icon=":material/check_circle:")
    _show_error(now)
    _show_counts(now)
    if now.transport == OUTBOX and now.accepted:
        st.caption(_("Each letter is a file in this folder; any mail program opens it:"))
        st.code(str(workspace().outbox / folder_name(now.name)), language=None)
    show_heard(now)
    show_unknown(now)
    show_refused(now)
    with st.expander(_("Who was written to")):
        show_audience(now)


def _show_error(now: Status) -> None:
    if now.error:
        show_stored(now.error)


def _act(
    text: str, verb: Callable[..., object], now: Status, *, done: str, primary: bool = False
) -> None:
    if st.button(
        text, type="primary" if primary else "secondary", key=f"{verb.__name__}-{now.name}"
    ):
        with guarded():
            verb(workspace(), now.name, actor=OWNER, now=utcnow())
            note(done)
            st.rerun()

"""The careful choices of a campaign: what happens in doubt, taking back, checking, one by one."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from campaigns.clock import utcnow
from campaigns.delivery import options
from campaigns.delivery.campaigns import Status
from campaigns.delivery.sandbox import Rehearsal, last_rehearsal
from campaigns.delivery.transports.choice import OUTBOX, SENDGRID
from campaigns.model.options import CampaignOptions, Policy
from campaigns.model.states import JobState
from campaigns.store.operators import OWNER
from campaigns.store.work import ask, find_job
from campaigns.ui.campaign_doubt import show_reasons
from campaigns.ui.guard import guarded
from campaigns.ui.resources import workspace
from campaigns.ui.stored_error import show_stored
from campaigns.ui.words import _, number


def show_options(now: Status) -> CampaignOptions:
    """Offer the choices that the transport allows; return those in force."""
    with workspace().database.read() as connection:
        chosen = options.read_options(connection, now.name)
    if now.transport == OUTBOX:
        return chosen
    with st.expander(_("For the careful")):
        _choose_policy(now, chosen)
        _toggle(now, "counts_clicks", chosen.counts_clicks, _("Count who follows a link"), _(
            "Links lead over your own address, which remembers that they were followed."
        ))  # fmt: skip
        if now.transport == SENDGRID:
            _toggle(now, "safe", chosen.safe, _("Letters can be taken back"), _(
                "SendGrid holds each letter for a quarter of an hour. If the connection breaks, we"
                " take back what is in doubt and send it once more: nobody gets two, and nobody is"
                " left out. Cancelling takes back what has not left, as far as SendGrid allows."
            ))  # fmt: skip
            _toggle(now, "sandbox", chosen.sandbox, _("Only check, send nothing"), _(
                "SendGrid checks every letter and sends none. You see what it would refuse."
            ))  # fmt: skip
            _toggle(now, "single", chosen.single, _("One request for each reader"), _(
                "Slower. Use it only if SendGrid's support asks you to."
            ))  # fmt: skip
    return chosen


def _choose_policy(now: Status, chosen: CampaignOptions) -> None:
    words = {
        Policy.HOLD: _("Ask me. Nobody gets two letters"),
        Policy.RECONCILE: _("Ask the provider first, then me. Nobody gets two letters"),
        Policy.RESEND: _("Send again after a quarter of an hour. Somebody may get two"),
    }
    found = st.radio(
        _("If the connection breaks and nobody knows whether a letter left"), list(words),
        index=list(words).index(chosen.policy), format_func=words.__getitem__,
        key=f"policy-{now.name}",
    )  # fmt: skip
    if found and found is not chosen.policy:
        _change(now, policy=found)


def _toggle(now: Status, name: str, value: bool, text: str, about: str) -> None:  # noqa: FBT001 - a widget's state
    found = st.toggle(text, value, key=f"{name}-{now.name}")
    st.caption(about)
    if found != value:
        _change(now, **{name: found})


def _change(now: Status, **changes: object) -> None:
    with guarded():
        options.change(workspace(), now.name, actor=OWNER, now=utcnow(), **changes)
        st.rerun()


def show_rehearsal(now: Status) -> None:
    """Offer to let SendGrid check the campaign, and show what it said."""
    key = f"rehearse:{now.name}"
    if _is_under_way(key):
        return
    with workspace().database.read() as connection:
        found = last_rehearsal(connection, now.campaign_id)
        job = find_job(connection, key)
    if job is not None and job.error:
        show_stored(job.error)
    if found:
        _show_report(found)
    if st.button(_("Let SendGrid check the letters"), type="primary", key=f"check-{now.name}"):
        with workspace().database.begin() as connection:
            ask(connection, "rehearse_campaign", key, actor=OWNER, now=utcnow(), name=now.name)
        st.rerun()


def _is_under_way(key: str) -> bool:
    def state() -> str | None:
        with workspace().database.read() as connection:
            job = find_job(connection, key)
        return None if job is None else str(job.state)

    if state() not in (JobState.QUEUED, JobState.RUNNING):
        return False
    _wait(state)
    return True


def _wait(state: Callable[[], str | None]) -> None:
    @st.fragment(run_every=1.0)
    def live() -> None:
        if state() not in (JobState.QUEUED, JobState.RUNNING):
            st.rerun()
        st.info(_("SendGrid is checking the letters…"), icon=":material/hourglass_top:")

    live()


def _show_report(found: Rehearsal) -> None:
    words = _(
        "Checked: SendGrid would take **{taken}** letters and refuse **{refused}**.",
        taken=number(found.taken), refused=number(found.refused),
    )  # fmt: skip
    if not found.refused:
        st.success(words, icon=":material/check_circle:")
        return
    st.warning(words, icon=":material/report:")
    show_reasons(found.reasons)

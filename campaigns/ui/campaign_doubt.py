"""A campaign's page where letters were refused, or nobody knows what became of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import streamlit as st

from campaigns.clock import utcnow
from campaigns.delivery.campaigns import Status, retry, settle
from campaigns.delivery.transports.choice import OUTBOX
from campaigns.delivery.unsettled import doubt
from campaigns.delivery.unsettled.refusals import Refusal, refusals
from campaigns.language.explanation import explain
from campaigns.model.states import CampaignState
from campaigns.store.operators import OWNER
from campaigns.ui.guard import guarded
from campaigns.ui.notes import note
from campaigns.ui.resources import workspace
from campaigns.ui.safe import plain
from campaigns.ui.stored_error import rebuilt
from campaigns.ui.words import _, language, moment, number

REASONS = 5


def show_refused(now: Status) -> None:
    """Say why letters were refused, and offer to try again those that have a chance."""
    if not now.failed:
        return
    with workspace().database.read() as connection:
        found = refusals(connection, now.campaign_id)
    again = [one for one in found if not one.for_good]
    for_good = sum(one.messages for one in found if one.for_good)
    st.header(_("Refused: {count}", count=number(now.failed)), anchor=False)
    _show_reasons(again)
    if for_good:
        st.write(_(
            "Refused for good: **{count}**. These addresses do not exist or want no letters, so"
            " they are not tried again.", count=number(for_good),
        ))  # fmt: skip
    count = sum(one.messages for one in again)
    if count and now.state == CampaignState.DONE:
        st.write(_(
            "**{accepted}** accepted, **{count}** refused but worth another try.",
            accepted=number(now.accepted), count=number(count),
        ))  # fmt: skip
        if st.button(_("Try these {count} again", count=number(count)), key=f"retry-{now.name}"):
            with guarded():
                retry(workspace(), now.name, actor=OWNER, now=utcnow())
                note(_("The letters are leaving."))
                st.rerun()


def _show_reasons(found: list[Refusal]) -> None:
    show_reasons([(one.error, one.messages) for one in found[:REASONS]])
    if rest := sum(one.messages for one in found[REASONS:]):
        st.markdown(f"- **{number(rest)}** · {_('Other reasons')}")


def show_reasons(found: Sequence[tuple[Mapping[str, Any], int]]) -> None:
    """Show stored errors with how many letters each is about; lines wrap on a phone."""
    lines = [
        f"- **{number(letters)}** · {plain(explain(rebuilt(error), language()))}"
        for error, letters in found
    ]
    if lines:
        st.markdown("\n".join(lines))


def show_unknown(now: Status) -> None:
    """Say of how many letters nobody knows, what happens by itself, and what may be decided."""
    if not now.unknown:
        return
    st.header(_("Nobody knows: {count}", count=number(now.unknown)), anchor=False)
    if now.transport == OUTBOX:
        st.write(_(
            "The program was stopped while it wrote these files. It looks into the folder and"
            " writes what is missing by itself."
        ))  # fmt: skip
        return
    with workspace().database.read() as connection:
        since = doubt.decide_from(connection, now.campaign_id)
        cannot_ask = doubt.cannot_ask(connection, now.campaign_id)
    st.write(_(
        "The connection broke before the answer came, so these letters may have arrived or not."
    ))  # fmt: skip
    if cannot_ask:
        st.write(_("The provider does not let us ask what became of them."))
    if since and since > utcnow():
        st.info(_(
            "Usually the provider reports it within a quarter of an hour, and they settle"
            " themselves. Please wait until {time}.", time=moment(since),
        ), icon=":material/hourglass_top:")  # fmt: skip
    elif now.state == CampaignState.DONE:
        _offer_decision(now)


def _offer_decision(now: Status) -> None:
    st.write(_("The provider has said nothing of them. It is for you to decide:"))
    left, right = st.columns(2, gap="medium")
    with left.container(border=True, height="stretch"):
        st.write(_("**Count them as sent.** Nobody gets two letters; some people may get none."))
        if st.button(_("Count them as sent"), key="settle-assume"):
            _settle(now, "assume_sent")
    with right.container(border=True, height="stretch"):
        st.write(_("**Send them again.** Nobody is left out; some people may get two."))
        if st.button(_("Send them again"), key="settle-resend"):
            _settle(now, "resend")


def _settle(now: Status, decision: Literal["resend", "assume_sent"]) -> None:
    with guarded():
        settle(workspace(), now.name, decision=decision, actor=OWNER, now=utcnow())
        note(_("Decided."))
        st.rerun()

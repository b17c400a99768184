"""Send to me: one letter to the person's own mailbox, and what became of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import sqlalchemy as sa
import streamlit as st

from campaigns.delivery import trial_rows
from campaigns.delivery.campaigns import Status
from campaigns.delivery.transports import Fate
from campaigns.delivery.transports.choice import OUTBOX, SENDGRID
from campaigns.delivery.trial import Trial, try_campaign
from campaigns.model.language import Language
from campaigns.store.operators import OWNER
from campaigns.store.options import read_brand
from campaigns.ui.choice import choose
from campaigns.ui.guard import guarded
from campaigns.ui.resources import workspace
from campaigns.ui.safe import plain
from campaigns.ui.stored_error import show_stored
from campaigns.ui.words import _, label, language, moment

SEND = Callable[[str, Language, bool], Trial]
"""Sends to an address, in a language; the third says that the address is the person's own."""


def show_campaign_trial(now: Status) -> None:
    """Offer to send the letter of a planned campaign to oneself."""
    languages = [Language(one) for one in now.languages]
    if not languages:
        return
    with st.expander(_("Send one to myself first"), icon=":material/forward_to_inbox:"):
        st.caption(_(
            "It leaves the way all letters will, with the data of the first reader. Its links belong"
            " to nobody, so you may press them."
        ))  # fmt: skip
        ask_trial(
            f"trial-{now.name}", languages,
            lambda to, one, own: try_campaign(
                workspace(), now.name, to=to, language=one, is_own=own, actor=OWNER
            ),
        )  # fmt: skip


def ask_trial(key: str, languages: Sequence[Language], send: SEND, *, waits: bool = True) -> None:
    """Ask for the mailbox, send, show what became of it, and wait for SendGrid's report of it."""
    with workspace().database.read() as connection:
        brand = read_brand(connection)
    left, right = st.columns(2, gap="medium")
    to = left.text_input(
        _("Your own mailbox"), brand.reply_to, key=f"{key}-to", max_chars=254,
        help=_("At most 10 letters a day to one mailbox."),
    )  # fmt: skip
    chosen = choose(
        _("Language of the letter"), sorted(languages, key=lambda one: one != language()), key=f"{key}-language",
        name=lambda one: label(f"language.{one}"), widget=right.selectbox,
    )  # fmt: skip
    own = st.checkbox(_("This mailbox is mine"), key=f"{key}-own",
                      help=_("Needed only for a mailbox that is not one of the shop's own."))  # fmt: skip
    if st.button(_("Send to me"), key=f"{key}-send", type="primary", icon=":material/send:"):
        with guarded(), st.spinner(_("The letter is leaving…")):
            sent = send((to or "").strip(), chosen, bool(own))
            st.session_state[f"{key}-sent"] = sent.token
            st.rerun()
    show_trial(st.session_state.get(f"{key}-sent"), waits=waits)


def show_trial(token: str | None, *, waits: bool) -> None:
    """Show what became of a trial; wait for what SendGrid reports of it."""
    row = _row(token) if token else None
    if row is None:
        return
    if row.outcome == Fate.ACCEPTED and row.transport == OUTBOX:
        st.success(
            _("Written into the folder. Nothing was sent to anybody."), icon=":material/check:"
        )
    elif row.outcome == Fate.ACCEPTED or row.heard_at:
        st.success(
            _("Sent. Look into your mailbox, and into the spam folder too."),
            icon=":material/mark_email_read:",
        )
    elif row.outcome == Fate.UNKNOWN or row.outcome is None:
        st.warning(_(
            "The connection broke before the answer came, so the letter may arrive or not. Look into"
            " your mailbox, then try again."
        ), icon=":material/help:")  # fmt: skip
    if row.error:
        show_stored(row.error)
    if waits and row.transport == SENDGRID and row.outcome == Fate.ACCEPTED:
        show_hearing(row)


def show_hearing(row: sa.Row[Any]) -> None:
    """Show whether SendGrid's report of a trial came in; look again every other second."""
    if row.heard_at:
        st.caption(_("SendGrid has reported on it: {moment}.", moment=plain(moment(row.heard_at))))
        return

    @st.fragment(run_every=2.0)
    def live() -> None:
        current = _row(row.token)
        if current is not None and current.heard_at:
            st.rerun()
        st.caption(
            _("Waiting for SendGrid's report of this letter. It mostly comes within a minute…")
        )

    live()


def _row(token: str) -> sa.Row[Any] | None:
    with workspace().database.read() as connection:
        return trial_rows.find(connection, token)

"""Replies: what customers answered, the newest first, and what was said before."""

from __future__ import annotations

import streamlit as st

from campaigns.delivery.inbox.answers import ReplyKind
from campaigns.delivery.inbox.reply_rows import (
    WANTS_READING,
    Reply,
    answered_campaigns,
    count_replies,
    count_unread,
    find_replies,
)
from campaigns.store.options import read_brand
from campaigns.store.work import find_job
from campaigns.ui.notes import show_note
from campaigns.ui.reply_card import show_reply
from campaigns.ui.resources import workspace
from campaigns.ui.safe import plain
from campaigns.ui.stored_error import show_stored
from campaigns.ui.words import _, label, moment, names, number

SHOWN = 20
RECORDED = 50
BY_MACHINES = tuple(kind for kind in ReplyKind if kind not in WANTS_READING)


def page() -> None:
    show_note()
    with workspace().database.read() as connection:
        counts = count_replies(connection)
        unread = count_unread(connection)
        campaigns = answered_campaigns(connection)
        fetching = find_job(connection, "fetch_mail")
    if fetching is not None and fetching.error:
        show_stored(fetching.error)
    if not counts:
        _show_nothing()
        return
    people = sum(counts.get(kind, 0) for kind in WANTS_READING)
    with st.grid(2, min_column_width=150):
        st.metric(_("Not read yet"), number(unread), border=True)
        st.metric(_("Answers of people"), number(people), border=True)
    _show_people(campaigns, unread)
    machines = sum(counts.get(kind, 0) for kind in BY_MACHINES)
    if machines:
        _show_machines(machines)


def _show_nothing() -> None:
    settings = workspace().settings
    if (settings.reply_domain and settings.inbound_key) or settings.mailbox_url:
        st.info(_("Nobody has answered yet. Answers come here by themselves."))
        return
    with workspace().database.read() as connection:
        address = read_brand(connection).reply_to
    st.info(_(
        "Answers go to the mailbox {address} and are not seen here. Whoever runs the program can"
        " let them come here, too: the file docs/operations.md says how.",
        address=plain(address) or "—",
    ))  # fmt: skip


def _show_people(campaigns: list[str], unread: int) -> None:
    all_campaigns, only = _("All campaigns"), _("Only what is not read")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        campaign = st.selectbox(_("Campaign"), [None, *campaigns], key="replies-campaign",
                                format_func=names([None, *campaigns], lambda one: one or all_campaigns))  # fmt: skip
        only_unread = st.checkbox(only, value=False, key="replies-unread", disabled=not unread)
    limit = st.session_state.get("replies-limit", SHOWN)
    with workspace().database.read() as connection:
        found = find_replies(
            connection, campaign_name=campaign, kinds=tuple(WANTS_READING),
            unread=only_unread, limit=limit + 1,
        )  # fmt: skip
    if not found:
        st.write(_("Nothing here."))
    for place, reply in enumerate(found[:limit]):
        show_reply(reply, first=place == 0)
    if len(found) > limit and st.button(_("Show more")):
        st.session_state["replies-limit"] = limit + SHOWN
        st.rerun()


def _show_machines(count: int) -> None:
    """Fold away what nobody needs to answer."""
    with st.expander(_("Automatic answers and returned mail: {count}", count=number(count))):
        with workspace().database.read() as connection:
            found = find_replies(connection, kinds=BY_MACHINES, limit=RECORDED)
        st.dataframe([_row(one) for one in found], hide_index=True,
                     alt=_("Automatic answers and returned mail"))  # fmt: skip


def _row(reply: Reply) -> dict[str, str]:
    return {
        _("Kind"): label(f"reply.{reply.kind}"),
        _("Who"): reply.name or reply.address,
        _("Campaign"): reply.campaign or "—",
        _("When"): moment(reply.at),
        _("Said"): reply.text[:200] or reply.subject,
    }


page()

"""What came back of a campaign: who opened it, which links were followed, why letters came back."""

from __future__ import annotations

import streamlit as st

from campaigns.delivery.campaigns import Status
from campaigns.delivery.heard.clicks import link_counts
from campaigns.delivery.heard.tallies import CLICKED_SCANNER, OPENED_APPLE, OPENED_SCANNER
from campaigns.ui.resources import workspace
from campaigns.ui.words import _, label, number, share


def show_heard(now: Status) -> None:
    """Show what the provider and our own web heard of the letters; nothing before the first word."""
    if not now.events:
        return
    st.header(_("What happened to the letters"), anchor=False)
    _show_figures(now)
    if now.events.keys() & {"opened", OPENED_APPLE, OPENED_SCANNER}:
        st.caption(_(
            "Openings are unreliable: Apple Mail fetches every letter whether it is read or not,"
            " and many programs show no pictures. Followed links tell more."
        ))  # fmt: skip
    _show_links(now)
    _show_bounces(now)
    with st.expander(_("Everything that was reported")):
        _table(_("Event"), {label(f"event.{what}"): count for what, count in now.events.items()})


def _show_figures(now: Status) -> None:
    heard = now.events
    arrived = heard.get("delivered", 0)
    figures = {
        _("Delivered"): (arrived, now.accepted),
        _("Opened by people"): (heard.get("opened", 0), arrived),
        _("Followed a link"): (heard.get("clicked", 0), arrived),
        _("Came back"): (heard.get("bounced", 0) + heard.get("blocked", 0), now.accepted),
    }
    with st.grid(4, min_column_width=160):
        for name, (count, whole) in figures.items():
            part = share(count, whole) if whole else None
            st.metric(name, number(count), part, border=True, height="stretch", delta_color="off",
                      delta_arrow="off")  # fmt: skip
    programs = {
        label(f"event.{what}"): heard[what]
        for what in (OPENED_APPLE, OPENED_SCANNER, CLICKED_SCANNER)
        if what in heard
    }
    if programs:
        told = " · ".join(f"{what} ({number(count)})" for what, count in programs.items())
        st.caption(_("Not counted above: {told}", told=told))


def _show_links(now: Status) -> None:
    with workspace().database.read() as connection:
        found = link_counts(connection, now.campaign_id)
    if not found:
        return
    st.subheader(_("Links that were followed"), anchor=False)
    rows = [
        {_("People"): number(one.persons), _("Programs"): number(one.machines), _("Link"): one.url}
        for one in found
    ]
    st.dataframe(rows, hide_index=True, alt=_("Links that were followed"))


def _show_bounces(now: Status) -> None:
    if now.bounces:
        st.subheader(_("Why letters came back"), anchor=False)
        _table(_("Reason"), {label(f"event.{why}"): count for why, count in now.bounces.items()})


def _table(heading: str, counts: dict[str, int]) -> None:
    rows = [{heading: what, _("Letters"): number(count)} for what, count in counts.items()]
    st.dataframe(rows, hide_index=True, alt=heading)

"""Addresses that are never written to: how many, why, one more, and the list as a workbook."""

from __future__ import annotations

from functools import partial

import streamlit as st

from campaigns.clock import utcnow
from campaigns.delivery import suppression_lists
from campaigns.jobs.periodic import PULL_SUPPRESSIONS
from campaigns.language import labels
from campaigns.model.language import Language
from campaigns.sheets.writing.book import write_list
from campaigns.store import work
from campaigns.store.operators import OWNER
from campaigns.store.suppressions import SuppressionReason, count_by_reason, stop_writing_to
from campaigns.ui.guard import guarded
from campaigns.ui.notes import note
from campaigns.ui.problem_book import XLSX
from campaigns.ui.resources import workspace
from campaigns.ui.words import _, label, language, number


def show_suppressions() -> None:
    """Show the list in figures, and what can be done with it."""
    with workspace().database.read() as connection:
        counts = count_by_reason(connection)
    st.write(_("Nobody on this list ever gets a letter, whatever a campaign or a sheet says."))
    with st.grid(4, min_column_width=160):
        for reason in SuppressionReason:
            st.metric(label(f"suppression.{reason}"), number(counts.get(reason, 0)), border=True,
                      height="stretch")  # fmt: skip
    headings = (_("E-mail address"), _("Reason"), _("Where from"), _("Since"))
    with st.container(horizontal=True):
        st.download_button(
            _("Download the list"), mime=XLSX,
            data=partial(_book, language(), _("Never written to"), headings), icon=":material/download:",
            file_name=f"{_('never-written-to')}.xlsx", on_click="ignore", key="suppressions-out",
            disabled=not counts,
        )  # fmt: skip
        if suppression_lists.is_connected(workspace()):
            _offer_pull()
    _offer_one_more()


def _offer_pull() -> None:
    if st.button(
        _("Take over SendGrid's lists"), icon=":material/sync:", key="suppressions-pull",
        help=_("It happens by itself once a day, too."),
    ):  # fmt: skip
        with guarded():
            with workspace().database.begin() as connection:
                work.ask(
                    connection, PULL_SUPPRESSIONS, PULL_SUPPRESSIONS, actor=OWNER, now=utcnow()
                )
            note(_("The lists are being taken over."))
            st.rerun()


def _offer_one_more() -> None:
    with st.form("suppress-one", border=True, clear_on_submit=True):
        address = st.text_input(_("Never write to this address again"), key="suppress-address")
        if st.form_submit_button(_("Put on the list")):
            with guarded():
                with workspace().database.begin() as connection:
                    new = stop_writing_to(connection, address, actor=OWNER, now=utcnow())
                note(_("It is on the list.") if new else _("It was on the list already."))
                st.rerun()
    st.caption(_("A whole sheet of such addresses can be uploaded like any other."))


def _book(reader: Language, name: str, headings: tuple[str, ...]) -> bytes:
    """Return the list as a workbook; made when it is asked for, outside of the page's turn."""
    with workspace().database.read() as connection:
        listed = suppression_lists.rows(connection)
    lines = [
        [row["address"], labels.label(f"suppression.{row['reason']}", reader), row["source"],
         row["at"].date().isoformat()]
        for row in listed
    ]  # fmt: skip
    return write_list(name, headings, lines)

"""The workers as the settings show them: how many, on which machine, since when, last heard when."""

from __future__ import annotations

import streamlit as st

from campaigns.clock import utcnow
from campaigns.jobs.rows import known_workers
from campaigns.ui.resources import workspace
from campaigns.ui.words import _, moment


def show_workers() -> None:
    """Show the worker processes that were heard of within the last hour."""
    st.header(_("Workers"), anchor=False)
    st.caption(_(
        "They take in sheets, send letters and read what SendGrid reports. Several may run, on one"
        " machine or on many; they share the work."
    ))  # fmt: skip
    with workspace().database.read() as connection:
        found = known_workers(connection, now=utcnow())
    if not found:
        st.info(_("No worker was heard of within the last hour."), icon=":material/pause_circle:")
        return
    rows = [
        {_("Machine"): one.host, _("State"): _("works") if one.is_alive else _("silent"),
         _("Runs since"): moment(one.started_at), _("Last sign"): moment(one.heard_at)}
        for one in found
    ]  # fmt: skip
    st.dataframe(rows, hide_index=True, width="content", alt=_("Workers"))

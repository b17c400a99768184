"""Contacts: upload a spreadsheet, say what its columns mean, watch it come in, look people up."""

from __future__ import annotations

import streamlit as st

from campaigns.model.states import UploadState
from campaigns.sheets.arrival import recent_files
from campaigns.sheets.reports import UploadReport, recent
from campaigns.ui.directory import show_directory
from campaigns.ui.file_reading import UPLOADER, ask_files, show_files
from campaigns.ui.notes import show_note
from campaigns.ui.resources import workspace
from campaigns.ui.sheet_check import check_sheet
from campaigns.ui.suppression_list import show_suppressions
from campaigns.ui.upload_history import show_history
from campaigns.ui.upload_storing import show_storing
from campaigns.ui.words import _

RECENT = 100
UNDER_WAY = (UploadState.QUEUED, UploadState.STORING)
ENDED = (UploadState.DONE, UploadState.FAILED, UploadState.UNDONE)


def page() -> None:
    show_note()
    tabs = st.tabs([_("Upload"), _("People"), _("Never written to")])
    with tabs[0]:
        _show_uploads(recent(workspace(), RECENT))
    with tabs[1]:
        show_directory()
    with tabs[2]:
        show_suppressions()


def _show_uploads(uploads: list[UploadReport]) -> None:
    waiting = [one for one in reversed(uploads) if one.state == UploadState.RECEIVED]
    if waiting:
        turn = st.session_state.setdefault(UPLOADER, 0)  # closed again after each upload
        with st.expander(_("Upload another file"), key=f"another-{turn}"):
            ask_files()
    else:
        ask_files()
    show_files(recent_files(workspace(), RECENT))
    under_way = [one for one in uploads if one.state in UNDER_WAY]
    if waiting:
        check_sheet(waiting, busy=bool(under_way))
    if under_way:
        show_storing(under_way)
    if ended := [one for one in uploads if one.state in ENDED]:
        show_history(ended, busy=bool(under_way))


page()

"""Contacts: upload a spreadsheet, say what its columns mean, watch it come in, look people up."""

from __future__ import annotations

import streamlit as st

from campaigns.clock import utcnow
from campaigns.errors import N_
from campaigns.model.states import UploadState
from campaigns.sheets.arrival import receive
from campaigns.sheets.intake import Preview, UploadReport, confirm, preview, recent
from campaigns.store.operators import OWNER
from campaigns.ui.directory import show_directory
from campaigns.ui.guard import guarded
from campaigns.ui.mapping_table import ask_mapping
from campaigns.ui.notes import note, show_note
from campaigns.ui.resources import workspace
from campaigns.ui.safe import plain
from campaigns.ui.upload_history import show_history, show_progress
from campaigns.ui.words import _, language, ngettext, number

UPLOADER = "uploader"
KINDS = ("xlsx", "xlsm", "xls", "ods", "csv", "tsv", "txt")
RECENT = 20
UNDER_WAY = (UploadState.QUEUED, UploadState.STORING)
CONSENT = N_(
    "A column that says who agreed to get letters is worth most: people without recorded consent"
    " are kept, but never written to."
)


def page() -> None:
    uploads = recent(workspace(), RECENT)
    show_note()
    tabs = st.tabs([_("Upload"), _("People")])
    with tabs[0]:
        _show_uploads(uploads)
    with tabs[1]:
        show_directory()


def _show_uploads(uploads: list[UploadReport]) -> None:
    to_check = [one for one in uploads if one.state == UploadState.RECEIVED]
    if to_check:
        _check_sheet(to_check[-1], left=len(to_check) - 1)
    else:
        _ask_file()
    if any(one.state in UNDER_WAY for one in uploads):
        show_progress([one.upload for one in uploads if one.state in UNDER_WAY])
    finished = [one for one in uploads if one.state in (UploadState.DONE, UploadState.FAILED)]
    if finished:
        show_history(finished)


def _ask_file() -> None:
    st.write(_("Drop in the spreadsheet that the till or the accountant exported."))
    turn = st.session_state.setdefault(UPLOADER, 0)
    file = st.file_uploader(
        _("Spreadsheet (.xlsx or .csv, up to 200 MB)"), type=KINDS,
        key=f"{UPLOADER}-{turn}",
    )  # fmt: skip
    st.caption(_(CONSENT))
    if file is not None:
        with guarded(), st.spinner(_("Reading the file…")):
            receive(
                workspace(),
                file,
                file.name,
                actor=OWNER,
                language=language(),
                now=utcnow(),
            )
            st.session_state[UPLOADER] = turn + 1  # a new key drops the bytes from memory
            st.rerun()


def _check_sheet(upload: UploadReport, *, left: int) -> None:
    seen = preview(workspace(), upload.upload)
    with st.container(border=True):
        st.header(_("Is this right?"), anchor=False)
        st.markdown(_heading(seen))
        if seen.remembered:
            st.info(_("You have confirmed a sheet like this before, so it is understood as then."))
        mapping = ask_mapping(upload.upload)
        with st.expander(_("The first rows as they stand")):
            st.dataframe(seen.rows, hide_index=True, alt=_("The first rows as they stand"))
        if st.button(_("Yes, take it in"), type="primary", key=f"confirm-{upload.upload}"):
            with guarded():
                confirm(workspace(), upload.upload, mapping, actor=OWNER, now=utcnow())
                note(_("Queued: the rows come in now."))
                st.rerun()
        if left:
            st.caption(_("After this one, more sheets wait: {count}.", count=left))


def _heading(seen: Preview) -> str:
    file, count = plain(seen.file_name, limit=60), seen.row_count
    if not seen.sheet:  # a .csv has none
        return ngettext("**{file}**: {rows} row", "**{file}**: {rows} rows", count,
                        file=file, rows=number(count))  # fmt: skip
    return ngettext(
        "**{file}**, sheet {sheet}: {rows} row", "**{file}**, sheet {sheet}: {rows} rows", count,
        file=file, sheet=plain(seen.sheet, limit=40), rows=number(count),
    )  # fmt: skip


page()

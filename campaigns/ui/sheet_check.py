"""One sheet that waits for a person's word: how it was read, what it holds, what will come of it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from campaigns.clock import utcnow
from campaigns.sheets.intake import Preview, confirm, preview
from campaigns.sheets.reports import UploadReport
from campaigns.sheets.understanding.fields import IGNORED, Mapping, SheetKind
from campaigns.sheets.understanding.tables import HIDDEN_ROWS, HIDDEN_SHEET
from campaigns.store.operators import OWNER
from campaigns.ui.column_readings import ask_hidden_rows, ask_readings, ask_types
from campaigns.ui.file_reading import ask_reading
from campaigns.ui.guard import guarded
from campaigns.ui.mapping_preview import show_preview
from campaigns.ui.mapping_table import ask_mapping
from campaigns.ui.notes import note
from campaigns.ui.resources import workspace
from campaigns.ui.safe import plain
from campaigns.ui.upload_changes import show_changes
from campaigns.ui.upload_report import remarks_in_words
from campaigns.ui.words import _, ngettext, number

ASKED = (HIDDEN_ROWS, HIDDEN_SHEET, "legacy_font")
"""Remarks that the page turns into questions of their own."""


def check_sheet(waiting: Sequence[UploadReport], *, busy: bool) -> None:
    """Ask about the first of the sheets that wait; ``busy``: another one is being stored."""
    upload = waiting[0]
    seen = preview(workspace(), upload.upload)
    with st.container(border=True, key=f"check-{upload.upload}"):
        st.header(_("Is this right?"), anchor=False)
        st.markdown(_heading(seen))
        _tell_where_it_comes_from(seen)
        _tell_remarks(seen)
        ask_reading(seen)
        seen, mapping = ask_mapping(seen)
        if mapping.kind is not SheetKind.IGNORE:
            mapping = _ask_the_rest(seen, mapping)
            show_preview(seen, mapping)
            show_changes(seen, mapping, busy=busy)
        _decide(seen, mapping, [one for one in waiting[1:] if one.file_id == upload.file_id])
        if len(waiting) > 1:
            st.caption(_("After this one, more sheets wait: {count}.", count=len(waiting) - 1))


def _heading(seen: Preview) -> str:
    file, count = plain(seen.file_name, limit=60), seen.row_count
    if not seen.sheet:  # a .csv has none
        return ngettext("**{file}**: {rows} row", "**{file}**: {rows} rows", count,
                        file=file, rows=number(count))  # fmt: skip
    return ngettext(
        "**{file}**, sheet {sheet}: {rows} row", "**{file}**, sheet {sheet}: {rows} rows", count,
        file=file, sheet=plain(seen.sheet, limit=40), rows=number(count),
    )  # fmt: skip


def _tell_where_it_comes_from(seen: Preview) -> None:
    if seen.marks.hidden:
        st.info(_("This sheet is hidden in the workbook. Should its rows come in, say below what it"
                  " holds."), icon=":material/visibility_off:")  # fmt: skip
    elif seen.remembered:
        st.info(_("You have confirmed a sheet like this before, so it is understood as then."),
                icon=":material/history:")  # fmt: skip


def _tell_remarks(seen: Preview) -> None:
    told = {code: count for code, count in seen.remarks.items() if code not in ASKED}
    if told:
        st.info(remarks_in_words(told), icon=":material/info:")


def _ask_the_rest(seen: Preview, mapping: Mapping) -> Mapping:
    mapping = ask_hidden_rows(seen, mapping)
    mapping = ask_types(seen, mapping)
    mapping = ask_readings(seen, mapping)
    if mapping.kind is SheetKind.CONTACTS and mapping.heading("consent") is None:
        st.warning(_("No column says who agreed to get letters. The people will be kept, but nobody"
                     " can be written to until their consent is recorded."),
                   icon=":material/mark_email_unread:")  # fmt: skip
    return mapping


def _decide(seen: Preview, mapping: Mapping, others: Sequence[UploadReport]) -> None:
    """The buttons: take the sheet in, skip it, skip all that is left of its file."""
    with st.container(horizontal=True):
        if mapping.kind is SheetKind.IGNORE:
            skip = st.button(_("Skip this sheet"), type="primary", key=f"skip-{seen.upload_id}")
        else:
            if st.button(_("Yes, take it in"), type="primary", key=f"confirm-{seen.upload_id}"):
                _confirm({seen.upload_id: mapping}, _("Queued: the rows come in now."))
            skip = st.button(_("Skip this sheet"), key=f"skip-{seen.upload_id}")
        if skip:
            _confirm({seen.upload_id: _nothing(seen.upload_id)}, _("Skipped."))
        if others and st.button(
            _("Skip the rest of this file"), type="tertiary", key=f"skip-all-{seen.upload_id}"
        ):
            ids = [seen.upload_id, *(one.upload for one in others)]
            _confirm({one: _nothing(one) for one in ids}, _("Skipped."))


def _confirm(mappings: dict[int, Mapping], done: str) -> None:
    with guarded():
        for upload_id, mapping in mappings.items():
            confirm(workspace(), upload_id, mapping, actor=OWNER, now=utcnow())
        note(done)
        st.rerun()


def _nothing(upload_id: int) -> Mapping:
    headings = preview(workspace(), upload_id).headings
    return Mapping(SheetKind.IGNORE, dict.fromkeys(headings, IGNORED))

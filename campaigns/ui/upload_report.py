"""One upload after it ended: what came of its rows, why some were refused, how to mend them."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from campaigns.model.states import UploadState
from campaigns.sheets.reports import UploadReport
from campaigns.sheets.understanding.fields import SheetKind
from campaigns.ui.problem_book import offer_book
from campaigns.ui.quality_table import show_conflicts, show_quality
from campaigns.ui.safe import plain
from campaigns.ui.stored_error import show_stored
from campaigns.ui.upload_storing import name_of
from campaigns.ui.upload_undo import offer_undo
from campaigns.ui.words import _, begun, label, ngettext, number

TOP_REASONS = 8


def show_report(upload: UploadReport, *, busy: bool) -> None:
    """Show what became of an upload.

    Args:
        upload: one that ended.
        busy: another one is being stored, so that nothing else can be written for a while.
    """
    with st.container(border=True, key=f"report-{upload.upload}"):
        st.subheader(plain(name_of(upload), limit=80), anchor=False)
        if upload.error:
            show_stored(upload.error)
        elif upload.kind == SheetKind.IGNORE:
            st.info(_("This sheet was skipped: nothing of it was taken in."))
        else:
            _show_counts(upload, busy=busy)


def _show_counts(upload: UploadReport, *, busy: bool) -> None:
    if upload.state == UploadState.UNDONE:
        st.info(_("This upload was undone: everything is as it was before it. To take it in after"
                  " all, upload the file again."), icon=":material/undo:")  # fmt: skip
    with st.grid(4, min_column_width=150):
        for name, count in _counts(upload).items():
            st.metric(name, number(count), border=True, height="stretch")
    if upload.notes:
        st.info(remarks_in_words(upload.notes), icon=":material/info:")
    if upload.refused:
        _show_refused(upload)
    if upload.needs_attention:
        offer_book(upload, busy=busy)
    show_conflicts(upload.changes.get("conflicts", []))
    show_quality(upload.quality)
    if upload.may_undo:
        offer_undo(upload)


def _counts(upload: UploadReport) -> dict[str, int]:
    return {
        _("Rows"): upload.rows,
        _("Taken in"): upload.stored,
        _("Joined"): upload.merged,
        _("Refused"): upload.refused,
    }


def remarks_in_words(notes: Mapping[str, int]) -> str:
    """Return all remarks on one sheet, for one box, the most frequent first."""
    said = _ranked("note", notes)
    return said[0] if len(said) == 1 else _listed(said)


def _ranked(family: str, counts: Mapping[str, int]) -> list[str]:
    """What each code of a family of labels says, with its count, the most frequent first."""
    return [
        _("{remark} ({count})", remark=begun(label(f"{family}.{code}")), count=number(count))
        for code, count in sorted(counts.items(), key=lambda entry: -entry[1])
    ]


def _listed(lines: list[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _show_refused(upload: UploadReport) -> None:
    st.warning(
        ngettext(
            "{count} row was refused. Mend it in the book below and upload it again.",
            "{count} rows were refused. Mend them in the book below and upload it again.",
            upload.refused, count=number(upload.refused),
        ),
        icon=":material/rule:",
    )  # fmt: skip
    st.markdown(_listed(_ranked("refusal", upload.reasons)[:TOP_REASONS]))

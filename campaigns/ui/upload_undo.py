"""An upload is taken back: what that means is said first, and why it cannot be when it cannot."""

from __future__ import annotations

import streamlit as st

from campaigns.clock import utcnow
from campaigns.model.states import JobState
from campaigns.sheets.reports import UploadReport
from campaigns.sheets.undo import ask_undo, may_undo, undo_key
from campaigns.store.operators import OWNER
from campaigns.store.work import find_job
from campaigns.ui.guard import guarded, show_error
from campaigns.ui.notes import note
from campaigns.ui.resources import workspace
from campaigns.ui.stored_error import show_stored
from campaigns.ui.upload_progress import is_open, show_running
from campaigns.ui.words import _, label, ngettext, number


def offer_undo(upload: UploadReport) -> None:
    """Offer to take an upload back, in two steps."""
    key = undo_key(upload.upload)
    if is_open(key):
        show_running({key: _("This upload is being undone")})
        return
    _show_failure(key)
    asked = f"undo-asked-{upload.upload}"
    if st.button(_("Undo this upload…"), icon=":material/undo:", key=f"undo-{upload.upload}"):
        st.session_state[asked] = True
    if st.session_state.get(asked):
        _ask_again(upload, asked)


def _show_failure(key: str) -> None:
    with workspace().database.read() as connection:
        job = find_job(connection, key)
    if job is not None and job.state == JobState.FAILED:
        show_stored(job.error)


def _ask_again(upload: UploadReport, asked: str) -> None:
    with st.container(border=True, key=f"undo-box-{upload.upload}"):
        problem = may_undo(workspace(), upload.upload)
        if problem is not None:
            show_error(problem)
            return
        st.write(_("Everything will be as it was before this upload:"))
        st.markdown("\n".join(f"- {line}" for line in _lines(upload)))
        with st.container(horizontal=True):
            if st.button(_("Yes, undo it"), key=f"undo-yes-{upload.upload}"):
                _undo(upload, asked)
            if st.button(_("Leave it"), type="tertiary", key=f"undo-no-{upload.upload}"):
                st.session_state[asked] = False
                st.rerun()


def _lines(upload: UploadReport) -> list[str]:
    """What is taken back, as the upload's own counts tell it."""
    what = label(f"sheet.{upload.kind}")
    new, changed = upload.changes.get("new", upload.stored), upload.changes.get("changed", 0)
    lines = [_("removed ({what}): {count}", what=what, count=number(new))]
    if changed:
        lines.append(
            _("back to what they were ({what}): {count}", what=what, count=number(changed))
        )
    if given := upload.changes.get("consents_given", 0):
        lines.append(ngettext("removed: {count} recorded consent to letters",
                              "removed: {count} recorded consents to letters",
                              given, count=number(given)))  # fmt: skip
    return lines


def _undo(upload: UploadReport, asked: str) -> None:
    with guarded():
        ask_undo(workspace(), upload.upload, actor=OWNER, now=utcnow())
        st.session_state[asked] = False
        note(_("Queued: the upload is being undone."))
        st.rerun()

"""Sheets whose rows come in: how far they are, and what to do when one got stuck."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from campaigns.clock import utcnow
from campaigns.model.states import JobState
from campaigns.sheets.intake import job_key, try_again
from campaigns.sheets.reports import UploadReport
from campaigns.store.operators import OWNER
from campaigns.store.work import find_job
from campaigns.ui.guard import guarded
from campaigns.ui.resources import workspace
from campaigns.ui.safe import plain
from campaigns.ui.stored_error import show_stored
from campaigns.ui.upload_progress import show_running
from campaigns.ui.words import _


def name_of(upload: UploadReport) -> str:
    """Return what an upload is called: its file, and the sheet where there are several."""
    return " · ".join(filter(None, (upload.file, upload.sheet)))


def show_storing(uploads: Sequence[UploadReport]) -> None:
    """Show the progress of uploads that wait or are being stored."""
    st.header(_("Coming in"), anchor=False)
    jobs = {}
    with workspace().database.read() as connection:
        jobs = {one.upload: find_job(connection, job_key(one.upload)) for one in uploads}
    moving = {}
    for one in uploads:
        job = jobs[one.upload]
        if job is not None and job.state == JobState.FAILED:
            _show_stuck(one, job.error)
        else:
            moving[job_key(one.upload)] = name_of(one)
    if moving:
        show_running(moving)


def _show_stuck(upload: UploadReport, error: dict[str, object]) -> None:
    with st.container(border=True, key=f"stuck-{upload.upload}"):
        st.subheader(plain(name_of(upload), limit=60), anchor=False)
        show_stored(error)
        if st.button(_("Try again"), key=f"retry-{upload.upload}"):
            with guarded():
                try_again(workspace(), upload.upload, actor=OWNER, now=utcnow())
                st.rerun()

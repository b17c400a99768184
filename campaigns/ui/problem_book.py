"""The marketer's own workbook with its problems marked: made by the worker, handed out here."""

from __future__ import annotations

from pathlib import Path, PurePath

import streamlit as st

from campaigns.clock import utcnow
from campaigns.model.states import JobState
from campaigns.sheets.reports import UploadReport, ask_problem_book, book_job, problem_book_path
from campaigns.store.operators import OWNER
from campaigns.store.work import find_job
from campaigns.ui.guard import guarded
from campaigns.ui.resources import workspace
from campaigns.ui.stored_error import show_stored
from campaigns.ui.upload_progress import is_open, show_running
from campaigns.ui.words import _, language

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def offer_book(upload: UploadReport, *, busy: bool) -> None:
    """Offer the problem book in the marketer's language, or say that it is being made.

    Args:
        upload: whose rows were refused.
        busy: another sheet is being stored, and asking for a book would have to wait for it.
    """
    reader = language()
    path = problem_book_path(workspace(), upload.upload, reader)
    key = book_job(upload.upload, reader)
    if path is not None:
        _hand_out(upload, path)
    elif is_open(key):
        show_running({key: _("The workbook with the problems is being made")})
    elif (error := _failure(key)) is not None:
        show_stored(error)
        if st.button(_("Try again"), key=f"book-again-{upload.upload}"):
            _ask(upload)
    elif not busy:
        _ask(upload)


def _hand_out(upload: UploadReport, path: Path) -> None:
    stem = PurePath(upload.file).stem
    st.download_button(
        _("Download your workbook with the problems marked"), data=path.read_bytes, mime=XLSX,
        file_name=f"{stem}-{_('problems')}.xlsx", icon=":material/download:", on_click="ignore",
        key=f"book-{upload.upload}",
    )  # fmt: skip


def _failure(key: str) -> dict[str, object] | None:
    with workspace().database.read() as connection:
        job = find_job(connection, key)
    if job is None or job.state != JobState.FAILED:
        return None
    error: dict[str, object] = job.error
    return error


def _ask(upload: UploadReport) -> None:
    with guarded():
        ask_problem_book(workspace(), upload.upload, language(), actor=OWNER, now=utcnow())
        st.rerun()

"""What became of uploads: progress while rows come in, then counts and reasons."""

from __future__ import annotations

import streamlit as st

from campaigns.language.catalogue import explain
from campaigns.model.states import JobState, UploadState
from campaigns.sheets.intake import UploadReport, error_book, report
from campaigns.store.work import find_job
from campaigns.ui.resources import workspace
from campaigns.ui.safe import plain
from campaigns.ui.stored_error import rebuilt
from campaigns.ui.words import _, label, language, number

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show_progress(upload_ids: list[int]) -> None:
    """Show how far each upload is, each second, until all are done."""

    @st.fragment(run_every=1.0)
    def live() -> None:
        waiting = [_show_one(upload_id) for upload_id in upload_ids]
        if not any(waiting):
            st.rerun()

    st.header(_("Coming in"), anchor=False)
    live()


def _show_one(upload_id: int) -> bool:
    now = report(workspace(), upload_id)
    with workspace().database.read() as connection:
        job = find_job(connection, f"upload:{upload_id}")
    progress = job.progress if job else {}
    total = progress.get("total") or now.rows or 0
    done = min(progress.get("done") or 0, total)
    words = _("{file}: {done} of {total} rows", file=plain(now.file, limit=50),
              done=number(done), total=number(total))  # fmt: skip
    st.progress(done / total if total else 0.0, text=words)
    failed = job is not None and job.state == JobState.FAILED
    return now.state in (UploadState.QUEUED, UploadState.STORING) and not failed


def show_history(uploads: list[UploadReport]) -> None:
    """Show finished uploads with their counts, and the reasons of the one looked at."""
    st.header(_("Uploads"), anchor=False)
    newest = uploads[0]
    _show_result(newest)
    if len(uploads) > 1:
        with st.expander(_("Earlier uploads")):
            st.dataframe([_row(one) for one in uploads], hide_index=True, alt=_("Uploads"))


def _row(one: UploadReport) -> dict[str, str]:
    return {
        _("File"): one.file,
        _("Sheet"): one.sheet,
        _("State"): label(f"upload.{one.state}"),
        _("Rows"): number(one.rows),
        _("Taken in"): number(one.stored),
        _("Joined with known ones"): number(one.merged),
        _("Refused"): number(one.refused),
    }


def _show_result(one: UploadReport) -> None:
    st.markdown(f"**{plain(one.file, limit=60)}**, {plain(one.sheet, limit=40)}")
    if one.error:
        error = rebuilt(one.error)
        st.error(plain(explain(error, language())), icon=":material/error:")
        return
    with st.grid(4, min_column_width=210):
        st.metric(_("Rows"), number(one.rows), border=True, height="stretch")
        st.metric(_("Taken in"), number(one.stored), border=True, height="stretch")
        st.metric(_("Joined with known ones"), number(one.merged), border=True, height="stretch")
        st.metric(_("Refused"), number(one.refused), border=True, height="stretch")
    if one.refused:
        _show_refused(one)


def _show_refused(one: UploadReport) -> None:
    rows = [
        {_("Why"): label(f"refusal.{reason}"), _("Rows"): number(count)}
        for reason, count in sorted(one.reasons.items(), key=lambda item: -item[1])
    ]
    st.dataframe(rows, hide_index=True, alt=_("Why rows were refused"))
    st.download_button(
        _("Download the refused rows, each with its problem"),
        data=lambda: error_book(workspace(), [one.upload], language()),
        file_name=f"problems-{one.upload}.xlsx", mime=XLSX, icon=":material/download:",
        on_click="ignore", key=f"book-{one.upload}",
    )  # fmt: skip

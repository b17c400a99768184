"""What became of uploads: progress while rows come in, then counts and reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import takewhile

import streamlit as st

from campaigns.language.explanation import explain
from campaigns.model.states import JobState, UploadState
from campaigns.sheets.intake import UploadReport, error_book, report
from campaigns.store.work import find_job
from campaigns.ui.resources import workspace
from campaigns.ui.safe import plain
from campaigns.ui.stored_error import rebuilt
from campaigns.ui.words import _, begun, label, language, ngettext, number

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
    name = plain(" · ".join(filter(None, (now.file, now.sheet))), limit=70)
    words = _("{file}: {done} of {total} rows", file=name,
              done=number(done), total=number(total))  # fmt: skip
    if not total:
        words = f"{name} · {label(f'upload.{now.state}')}"
    st.progress(done / total if total else 0.0, text=words)
    failed = job is not None and job.state == JobState.FAILED
    return now.state in (UploadState.QUEUED, UploadState.STORING) and not failed


def show_history(uploads: list[UploadReport]) -> None:
    """Show finished uploads with their counts, and what was refused of the newest file."""
    st.header(_("Uploads"), anchor=False)
    newest = list(takewhile(lambda one: one.file == uploads[0].file, uploads))
    for one in newest:
        if one.error:
            st.error(plain(explain(rebuilt(one.error), language())), icon=":material/error:")
        if one.notes:
            st.info(_remarks(one.notes), icon=":material/info:")
    if any(one.refused for one in newest):
        _show_refused([one for one in newest if one.refused])
    st.dataframe([_row(one) for one in uploads], hide_index=True, alt=_("Uploads"))


def _remarks(notes: Mapping[str, int]) -> str:
    """All remarks on one sheet in one box, the most frequent first."""
    ranked = sorted(notes.items(), key=lambda entry: -entry[1])
    said = [
        _("{remark}: {count}", remark=begun(label(f"note.{code}")), count=number(count))
        for code, count in ranked
    ]
    return said[0] if len(said) == 1 else "\n".join(f"- {line}" for line in said)


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


def _show_refused(uploads: list[UploadReport]) -> None:
    file = plain(uploads[0].file, limit=60)
    count = sum(one.refused for one in uploads)
    st.warning(
        ngettext("{file}: {count} row was refused. Mend it in the book below and upload it again.",
                 "{file}: {count} rows were refused. Mend them in the book below and upload it again.",
                 count, file=file, count=number(count)),
        icon=":material/rule:",
    )  # fmt: skip
    reasons = sum((Counter(one.reasons) for one in uploads), Counter[str]())
    rows = [
        {_("Rows"): number(count), _("Why"): label(f"refusal.{reason}")}
        for reason, count in reasons.most_common()
    ]
    st.dataframe(rows, hide_index=True, width="content", alt=_("Why rows were refused"))
    ids = [one.upload for one in uploads]
    reader = language()  # the book is made outside of a run, where nobody's language is known
    st.download_button(
        _("Download the refused rows, each with its problem"),
        data=lambda: error_book(workspace(), ids, reader), mime=XLSX,
        file_name=f"problems-{ids[0]}.xlsx", icon=":material/download:", on_click="ignore",
        key=f"book-{ids[0]}",
    )  # fmt: skip

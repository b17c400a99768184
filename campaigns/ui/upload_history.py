"""What became of uploads: one of them in full, and the list of all."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from campaigns.sheets.reports import UploadReport
from campaigns.sheets.understanding.fields import SheetKind
from campaigns.ui.choice import choose
from campaigns.ui.upload_report import show_report
from campaigns.ui.upload_storing import name_of
from campaigns.ui.words import _, label, moment, number

CHOSEN = "upload-chosen"


def show_history(uploads: Sequence[UploadReport], *, busy: bool) -> None:
    """Show the newest upload, or the one that is chosen, and below it the list of all."""
    st.header(_("Uploads"), anchor=False)
    taken = [one for one in uploads if one.kind != SheetKind.IGNORE] or uploads
    by_id = {one.upload: one for one in taken}
    newest = next(iter(by_id))
    chosen = by_id[newest]
    if len(by_id) > 1:
        chosen = by_id[choose(  # the choice counts until another upload ends: that one is wanted
            _("Which upload"), list(by_id), key=f"{CHOSEN}-{newest}",
            name=lambda one: _name(by_id[one]),
        )]  # fmt: skip
    show_report(chosen, busy=busy)
    with st.expander(_("All uploads")):
        st.dataframe([_row(one) for one in uploads], hide_index=True, alt=_("All uploads"))


def _name(upload: UploadReport) -> str:
    """Its number is what errors name it by, such as one that says which to undo first."""
    return f"{upload.upload}. {name_of(upload)} · {moment(upload.received_at)} · {_state(upload)}"


def _state(upload: UploadReport) -> str:
    return _("skipped") if upload.kind == SheetKind.IGNORE else label(f"upload.{upload.state}")


def _row(one: UploadReport) -> dict[str, str]:
    return {
        "№": str(one.upload),
        _("File"): name_of(one),
        _("State"): _state(one),
        _("Rows"): number(one.rows),
        _("Taken in"): number(one.stored),
        _("Joined"): number(one.merged),
        _("Refused"): number(one.refused),
        _("Uploaded"): moment(one.received_at),
    }

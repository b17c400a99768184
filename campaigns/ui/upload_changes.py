"""What taking a sheet in would change, before anybody says yes."""

from __future__ import annotations

import streamlit as st

from campaigns.clock import utcnow
from campaigns.model.states import JobState
from campaigns.sheets.intake import Preview
from campaigns.sheets.rehearsals import (
    ask_rehearsal,
    rehearsal_job,
    rehearsal_key,
    rehearsed,
)
from campaigns.sheets.storing.changes import Changes
from campaigns.sheets.understanding.fields import Mapping
from campaigns.store.operators import OWNER
from campaigns.ui.guard import guarded
from campaigns.ui.resources import workspace
from campaigns.ui.stored_error import show_stored
from campaigns.ui.upload_progress import is_open, show_running
from campaigns.ui.words import _, label, ngettext, number

QUICK_ROWS = 20_000
"""Up to so many rows it is worked out unasked: it takes a moment."""
MOST_REASONS = 5


def show_changes(seen: Preview, mapping: Mapping, *, busy: bool) -> None:
    """Show what a sheet would change; ask the worker for it when that is quickly done.

    Args:
        seen: the sheet.
        mapping: what its columns mean, as the person says now.
        busy: another sheet is being stored, and asking would have to wait for it.
    """
    found = rehearsed(workspace(), seen.upload_id, mapping)
    job = rehearsal_job(workspace(), seen.upload_id, mapping)
    if found is not None:
        _show(found)
    elif is_open(rehearsal_key(seen.upload_id)):
        show_running({rehearsal_key(seen.upload_id): _("What would change")})
    elif job is not None and job.state == JobState.FAILED:
        show_stored(job.error)
    elif (seen.row_count <= QUICK_ROWS and not busy) or st.button(
        _("What would change?"), key=f"rehearse-{seen.upload_id}", disabled=busy
    ):
        _ask(seen, mapping)


def _ask(seen: Preview, mapping: Mapping) -> None:
    with guarded():
        ask_rehearsal(workspace(), seen.upload_id, mapping, actor=OWNER, now=utcnow())
        st.rerun()


def _show(found: Changes) -> None:
    st.subheader(_("What would change"), anchor=False)
    with st.grid(4, min_column_width=130):
        for name, count in _counts(found).items():
            st.metric(name, number(count), border=True, height="stretch")
    if lines := _lines(found):
        st.markdown("\n".join(f"- {line}" for line in lines))
    if found.examples:
        with st.expander(_("Some of what would be replaced")):
            rows = [_example(one.row, one.field, one.before, one.after) for one in found.examples]
            st.dataframe(rows, hide_index=True, alt=_("Some of what would be replaced"))


def _counts(found: Changes) -> dict[str, int]:
    return {
        _("New"): found.new,
        _("Changed"): found.changed,
        _("Already known"): found.unchanged,
        _("Refused"): found.refused,
    }


def _lines(found: Changes) -> list[str]:
    lines = [
        _("Changes: {what} ({count})", what=label(f"field.{name}"), count=number(count))
        for name, count in sorted(found.by_field.items(), key=lambda entry: -entry[1])
    ]
    if found.consents_given:
        lines.append(ngettext("{count} person agrees to letters", "{count} people agree to letters",
                              found.consents_given, count=number(found.consents_given)))  # fmt: skip
    if found.consents_withdrawn:
        lines.append(ngettext("{count} person refuses letters", "{count} people refuse letters",
                              found.consents_withdrawn, count=number(found.consents_withdrawn)))  # fmt: skip
    ranked = sorted(found.reasons.items(), key=lambda entry: -entry[1])[:MOST_REASONS]
    return lines + [
        _("Refused: {reason} ({count})", reason=label(f"refusal.{reason}"), count=number(n))
        for reason, n in ranked
    ]


def _example(row: int, field: str, before: str | None, after: str | None) -> dict[str, str]:
    return {
        _("Row"): number(row),
        _("What"): label(f"field.{field}"),
        _("Now"): before or "—",
        _("Then"): after or "—",
    }

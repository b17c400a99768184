"""The first rows of a sheet, as they stand and as they will be taken in."""

from __future__ import annotations

import json
from collections.abc import Sequence

import streamlit as st

from campaigns.clock import utcnow
from campaigns.errors import N_
from campaigns.model.language import Language
from campaigns.sheets.cleaning.before_after import Cell
from campaigns.sheets.first_rows import first_rows
from campaigns.sheets.intake import Preview
from campaigns.sheets.understanding.fields import IGNORED, Mapping
from campaigns.ui.choice import choose
from campaigns.ui.resources import workspace
from campaigns.ui.words import _, begun, label, language, number

VIEWS = {
    "after": N_("as they will be"),
    "before": N_("as they stand"),
}
SIGN = "❗"

Rows = Sequence[dict[str, Cell]]


def show_preview(seen: Preview, mapping: Mapping) -> None:
    """Show ten rows before and after, and what is remarked on their cells."""
    st.subheader(_("The first rows"), anchor=False)
    view = choose(
        _("The first rows"), list(VIEWS), key=f"view-{seen.upload_id}",
        name=lambda one: begun(_(VIEWS[one])), widget=st.segmented_control, required=True,
        label_visibility="collapsed",
    )  # fmt: skip
    rows = _rows(seen.stage, json.dumps(mapping.to_json()), language(), seen.upload_id)
    kept = [name for name, field in mapping.columns.items() if field != IGNORED]
    if view == "before":
        shown = [{name: row[name].before for name in seen.headings} for row in rows]
    else:
        shown = [{name: _after(row[name]) for name in kept} for row in rows]
    st.dataframe(shown, hide_index=True, alt=_("The first rows"))
    if remarks := _remarks(rows):
        with st.expander(_("Remarks on these rows: {count}", count=number(len(remarks)))):
            st.dataframe(remarks, hide_index=True, alt=_("Remarks on these rows"))


@st.cache_data(show_spinner=False, max_entries=64)
def _rows(stage: str, mapping: str, reader: Language, _upload_id: int) -> Rows:  # noqa: ARG001
    """Kept while neither the sheet nor its mapping nor the reader changes."""
    return first_rows(
        workspace(), _upload_id, Mapping.parse(mapping), reader, today=utcnow().date()
    )


def _after(cell: Cell) -> str:
    return f"{SIGN} {cell.after}".strip() if cell.remark else cell.after


def _remarks(rows: Rows) -> list[dict[str, str]]:
    return [
        {
            _("Column"): name,
            _("Remark"): begun(label(cell.remark)),
            _("Now"): cell.before,
            _("Then"): cell.after or "—",
        }
        for row in rows
        for name, cell in row.items()
        if cell.remark
    ]

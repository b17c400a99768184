"""How good each column of a taken-in sheet is, and the rows whose keys contradict each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from campaigns.sheets.understanding.fields import ATTRIBUTE, IGNORED
from campaigns.ui.words import _, label, number, share

MOST_ROWS = 20


def show_quality(columns: Sequence[Mapping[str, Any]]) -> None:
    """Show of each column how much is filled, was put right, and was not understood."""
    used = [one for one in columns if one["field"] != IGNORED]
    if not used:
        return
    with st.expander(_("How good each column is")):
        rows = [_row(one) for one in used]
        st.dataframe(
            rows, hide_index=True, alt=_("How good each column is"),
            column_config={_("Column"): st.column_config.Column(pinned=True)},
        )  # fmt: skip


def _row(one: Mapping[str, Any]) -> dict[str, str]:
    return {
        _("Column"): str(one["heading"]),
        _("Filled"): share(one["filled"], one["filled"] + one["empty"]),
        _("Not understood"): number(one["unreadable"]),
        _("In rows"): ", ".join(str(row) for row in one["rows"]) or "—",
        _("Put right"): number(one["changed"]),
        _("Different values"): number(one["distinct"]),
        _("What it means"): _meaning(one["field"]),
    }


def _meaning(field: str) -> str:
    return _("Keep it under its own name") if field == ATTRIBUTE else label(f"field.{field}")


def show_conflicts(conflicts: Sequence[Mapping[str, Any]]) -> None:
    """Show the rows whose customer number, address and card belong to different people."""
    if not conflicts:
        return
    rows = ", ".join(str(one["row"]) for one in conflicts[:MOST_ROWS])
    more = len(conflicts) - MOST_ROWS
    listed = rows if more <= 0 else _("{rows} and {count} more", rows=rows, count=number(more))
    st.warning(
        _("Rows whose number belongs to one person and whose address to another: {rows}."
          " Look which is right.", rows=listed),
        icon=":material/call_split:",
    )  # fmt: skip

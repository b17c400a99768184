"""What each column of an uploaded sheet means: a table that a person corrects."""

from __future__ import annotations

import streamlit as st

from campaigns.errors import N_
from campaigns.sheets.intake import Preview, preview
from campaigns.sheets.understanding.fields import ATTRIBUTE, IGNORED, Mapping, SheetKind, fields_of
from campaigns.ui.choice import choose
from campaigns.ui.resources import workspace
from campaigns.ui.words import _, label

KINDS = {
    SheetKind.CONTACTS: N_("Customers: one row is one person"),
    SheetKind.ORDERS: N_("Orders: one row is one purchase"),
    SheetKind.IGNORE: N_("Something else: leave it out"),
}
EXAMPLES = 3
ROW_HEIGHT = 38


def ask_mapping(upload_id: int) -> Mapping:
    """Show the sheet as it was understood, and return what the person makes of it."""
    guessed = preview(workspace(), upload_id)
    st.session_state.setdefault(f"kind-{upload_id}", guessed.kind)
    kind = choose(
        _("What is in this sheet?"), list(KINDS), key=f"kind-{upload_id}",
        name=lambda kind: _(KINDS[kind]), widget=st.radio,
    )  # fmt: skip
    if kind is SheetKind.IGNORE:
        return Mapping(SheetKind.IGNORE, dict.fromkeys(guessed.headings, IGNORED))
    if kind is not guessed.kind:
        guessed = preview(workspace(), upload_id, kind=kind)
    return Mapping(kind, _edit_columns(guessed, kind))


def _edit_columns(guessed: Preview, kind: SheetKind) -> dict[str, str]:
    fields = _fields(kind)
    rows = [
        {
            "heading": name,
            "meaning": _known(guessed.mapping.columns.get(name, IGNORED), fields),
            "examples": _examples(guessed, name),
            "why": label(f"evidence.{guessed.evidence.get(name, 'none')}"),
        }
        for name in guessed.headings
    ]
    edited = st.data_editor(
        rows, hide_index=True, disabled=["heading", "examples", "why"], row_height=ROW_HEIGHT,
        height="content", key=f"mapping-{guessed.upload_id}-{kind}",
        alt=_("What each column means"),
        column_config={
            "heading": st.column_config.TextColumn(_("Column"), width=170, pinned=True),
            "meaning": st.column_config.SelectboxColumn(
                _("What it means"), width=235, options=list(fields), required=True,
                format_func=lambda name: fields[str(name)],
            ),
            "examples": st.column_config.TextColumn(_("For example"), width=200),
            "why": st.column_config.TextColumn(_("How found"), width=210),
        },
    )  # fmt: skip
    return {row["heading"]: row["meaning"] for row in edited}


def _fields(kind: SheetKind) -> dict[str, str]:
    fields = {name: label(code) for name, code in fields_of(kind).items()}
    if kind is SheetKind.CONTACTS:
        fields[ATTRIBUTE] = _("Keep it under its own name")
    return {**fields, IGNORED: _("Leave it out")}


def _known(field: str, fields: dict[str, str]) -> str:
    return field if field in fields else IGNORED


def _examples(guessed: Preview, heading: str) -> str:
    values = [row.get(heading) or "" for row in guessed.rows]
    return " · ".join([value for value in dict.fromkeys(values) if value][:EXAMPLES])

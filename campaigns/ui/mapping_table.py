"""What each column of an uploaded sheet means: a table that a person corrects."""

from __future__ import annotations

import streamlit as st

from campaigns.errors import N_
from campaigns.sheets.fields import ATTRIBUTE, IGNORED, Mapping, SheetKind, fields_of
from campaigns.sheets.intake import Preview
from campaigns.ui.words import _, label

KINDS = {
    SheetKind.CONTACTS: N_("Customers: one row is one person"),
    SheetKind.ORDERS: N_("Orders: one row is one purchase"),
    SheetKind.IGNORE: N_("Something else: leave it out"),
}
EVIDENCE = {
    "heading": N_("by its heading"),
    "values": N_("by its values"),
    "none": N_("not recognised"),
}
EXAMPLES = 3
ROW_HEIGHT = 38


def ask_mapping(preview: Preview) -> Mapping:
    """Show the sheet as it was understood, and return what the person makes of it."""
    kinds = list(KINDS)
    kind = st.radio(
        _("What is in this sheet?"), kinds, index=kinds.index(preview.kind),
        format_func=lambda kind: _(KINDS[kind]), key=f"kind-{preview.upload_id}",
    )  # fmt: skip
    if kind is SheetKind.IGNORE or kind is None:
        return Mapping(SheetKind.IGNORE, dict.fromkeys(preview.headings, IGNORED))
    fields = _fields(kind)
    heading, examples, meaning, why = (
        _("Column"),
        _("For example"),
        _("What it means"),
        _("How found"),
    )
    rows = [
        {
            heading: name,
            examples: _examples(preview, name),
            meaning: _known(preview.mapping.columns.get(name, IGNORED), fields),
            why: _evidence(preview, name),
        }
        for name in preview.headings
    ]
    edited = st.data_editor(
        rows, hide_index=True, disabled=[heading, examples, why], row_height=ROW_HEIGHT,
        height=ROW_HEIGHT * (len(rows) + 1) + 3, key=f"mapping-{preview.upload_id}-{kind}",
        alt=_("What each column means"),
        column_config={
            heading: st.column_config.TextColumn(width="medium", pinned=True),
            examples: st.column_config.TextColumn(width="medium"),
            meaning: st.column_config.SelectboxColumn(
                width="medium", options=list(fields), format_func=fields.__getitem__, required=True
            ),
            why: st.column_config.TextColumn(width="small"),
        },
    )  # fmt: skip
    return Mapping(kind, {row[heading]: row[meaning] for row in edited})


def _fields(kind: SheetKind) -> dict[str, str]:
    fields = {name: label(code) for name, code in fields_of(kind).items()}
    if kind is SheetKind.CONTACTS:
        fields[ATTRIBUTE] = _("Keep it under its own name")
    return {**fields, IGNORED: _("Leave it out")}


def _known(field: str, fields: dict[str, str]) -> str:
    return field if field in fields else IGNORED


def _examples(preview: Preview, heading: str) -> str:
    values = [row.get(heading) or "" for row in preview.rows]
    return " · ".join([value for value in dict.fromkeys(values) if value][:EXAMPLES])


def _evidence(preview: Preview, heading: str) -> str:
    return _(EVIDENCE[preview.evidence.get(heading, "none")])

"""What each column of an uploaded sheet means: a table that a person corrects."""

from __future__ import annotations

import streamlit as st

from campaigns.errors import N_
from campaigns.sheets.intake import Preview, preview
from campaigns.sheets.understanding.fields import (
    ATTRIBUTE,
    IGNORED,
    WITH_ATTRIBUTES,
    Mapping,
    SheetKind,
    fields_of,
)
from campaigns.ui.choice import choose
from campaigns.ui.evidence import is_unsure, reason
from campaigns.ui.resources import workspace
from campaigns.ui.words import _, label, ngettext, number

KINDS = {
    SheetKind.CONTACTS: N_("Customers: one row is one person"),
    SheetKind.ORDERS: N_("Orders: one row is one purchase"),
    SheetKind.ORDER_LINES: N_("Order lines: one row is one product of a purchase"),
    SheetKind.PRODUCTS: N_("Products: one row is one thing that you sell"),
    SheetKind.CONVERSATIONS: N_("Calls, visits, messages: one row is one of them"),
    SheetKind.CONSENTS: N_("Consents: who agreed to letters, and who did not"),
    SheetKind.SUPPRESSIONS: N_("Addresses that must not be written to"),
    SheetKind.IGNORE: N_("Something else: leave it out"),
}
EXAMPLES = 3
ROW_HEIGHT = 38


def ask_mapping(seen: Preview) -> tuple[Preview, Mapping]:
    """Show the sheet as it was understood; return how it is seen as the kind that the person
    says it is, and the mapping that they make of it.
    """
    key = f"kind-{seen.upload_id}"
    st.session_state.setdefault(key, seen.kind)
    kind = choose(_("What is in this sheet?"), list(KINDS), key=key, name=lambda one: _(KINDS[one]))
    if kind is SheetKind.IGNORE:
        return seen, Mapping(SheetKind.IGNORE, dict.fromkeys(seen.headings, IGNORED))
    if kind is not seen.kind:
        seen = preview(workspace(), seen.upload_id, kind=kind)
    return seen, Mapping(kind, _edit_columns(seen, kind), seen.mapping.options)


def _edit_columns(seen: Preview, kind: SheetKind) -> dict[str, str]:
    fields = _fields(kind)
    unsure = [name for name in seen.headings if is_unsure(seen, name)]
    rows = [
        _row(seen, name, fields, unsure)
        for name in sorted(seen.headings, key=lambda name: name not in unsure)
    ]
    if unsure:
        count = len(unsure)
        st.markdown(ngettext(
            "{count} column needs a look (top of the table).",
            "{count} columns need a look (top of the table).", count, count=number(count),
        ))  # fmt: skip
    edited = st.data_editor(
        rows, hide_index=True, disabled=["heading", "examples", "why"], row_height=ROW_HEIGHT,
        height="content", key=f"mapping-{seen.upload_id}-{kind}",
        alt=_("What each column means"),
        column_config={
            "heading": st.column_config.TextColumn(_("Column"), width=135, pinned=True),
            "meaning": st.column_config.SelectboxColumn(
                _("What it means"), width=195, options=list(fields), required=True,
                format_func=lambda name: fields[str(name)],
            ),
            "examples": st.column_config.TextColumn(_("For example"), width=145),
            "why": st.column_config.TextColumn(_("How found"), width=340),
        },
    )  # fmt: skip
    said = {row["heading"]: row["meaning"] for row in edited}
    return {name: said[name] for name in seen.headings}


def _row(seen: Preview, name: str, fields: dict[str, str], unsure: list[str]) -> dict[str, str]:
    meaning = seen.mapping.columns.get(name, IGNORED)
    return {
        "heading": name,
        "meaning": meaning if meaning in fields else IGNORED,
        "examples": _examples(seen, name),
        "why": f"❗ {reason(seen, name)}" if name in unsure else reason(seen, name),
    }


def _fields(kind: SheetKind) -> dict[str, str]:
    fields = {name: label(code) for name, code in fields_of(kind).items()}
    if kind in WITH_ATTRIBUTES:
        fields[ATTRIBUTE] = _("Keep it under its own name")
    return {**fields, IGNORED: _("Leave it out")}


def _examples(seen: Preview, heading: str) -> str:
    values = [row.get(heading) or "" for row in seen.rows]
    return " · ".join([value for value in dict.fromkeys(values) if value][:EXAMPLES])

"""How values are read where they do not tell it themselves: dates, decimals, hidden rows, types."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import streamlit as st

from campaigns.errors import N_
from campaigns.sheets.intake import Preview, doubts_about
from campaigns.sheets.understanding.doubts import Doubt
from campaigns.sheets.understanding.fields import ATTRIBUTE, Mapping
from campaigns.ui.choice import choose
from campaigns.ui.resources import workspace
from campaigns.ui.safe import plain
from campaigns.ui.words import _, begun, day, ngettext, number

HIDDEN = {
    "take": N_("take in"),
    "leave": N_("leave out"),
}
TYPES = {
    "": N_("as the values look"),
    "text": N_("text"),
    "number": N_("number"),
    "date": N_("date"),
    "yes_no": N_("yes or no"),
}
ROW_HEIGHT = 38


def ask_hidden_rows(seen: Preview, mapping: Mapping) -> Mapping:
    """Ask whether rows that nobody sees in the workbook count."""
    count = len(seen.marks.hidden_rows)
    if not count:
        return mapping
    key = f"hidden-{seen.upload_id}"
    st.session_state.setdefault(key, mapping.option("", "hidden_rows") or "take")
    said = choose(
        ngettext("{count} row of the sheet is hidden. Take it in too?",
                 "{count} rows of the sheet are hidden. Take them in too?",
                 count, count=number(count)),
        list(HIDDEN), key=key, name=lambda one: begun(_(HIDDEN[one])), widget=st.radio,
        horizontal=True,
    )  # fmt: skip
    return _with(mapping, "", "hidden_rows", said)


def ask_types(seen: Preview, mapping: Mapping) -> Mapping:
    """Let a person say what the values of columns kept under their own names are."""
    kept = mapping.headings(ATTRIBUTE)
    if not kept:
        return mapping
    with st.expander(_("What the columns kept under their own names hold")):
        names = {one: _(text) for one, text in TYPES.items()}
        edited = st.data_editor(
            [{"heading": one, "type": mapping.option(one, "type") or ""} for one in kept],
            hide_index=True, disabled=["heading"], row_height=ROW_HEIGHT, height="content",
            key=f"types-{seen.upload_id}-{mapping.kind}-{len(kept)}",
            alt=_("What the columns kept under their own names hold"),
            column_config={
                "heading": st.column_config.TextColumn(_("Column"), width=200),
                "type": st.column_config.SelectboxColumn(
                    _("Type"), width=220, options=list(TYPES), required=True,
                    format_func=lambda one: names[str(one)],
                ),
            },
        )  # fmt: skip
    for row in edited:
        mapping = _with(mapping, row["heading"], "type", row["type"])
    return mapping


def ask_readings(seen: Preview, mapping: Mapping) -> Mapping:
    """Ask for the meaning of values that read in two ways, each with a value of the sheet."""
    for doubt in _doubts(seen.stage, json.dumps(mapping.to_json()), seen.upload_id):
        mapping = _with(mapping, doubt.heading, doubt.option, _ask(seen, mapping, doubt))
    return mapping


def _ask(seen: Preview, mapping: Mapping, doubt: Doubt) -> str:
    heading = plain(doubt.heading, limit=40)
    question = (
        _("Column “{heading}”: which date is it?", heading=heading)
        if doubt.option == "dates"
        else _("Column “{heading}”: how much is it?", heading=heading)
    )
    key = f"{doubt.option}-{seen.upload_id}-{doubt.heading}"
    st.session_state.setdefault(key, mapping.option(doubt.heading, doubt.option))
    return choose(
        question, list(doubt.readings), key=key,
        name=lambda one: plain(f"{doubt.example} = {_read(doubt.readings[one])}"),
        widget=st.radio, horizontal=True,
    )  # fmt: skip


def _read(value: date | Decimal) -> str:
    return day(value) if isinstance(value, date) else number(value)


@st.cache_data(show_spinner=False, max_entries=64)
def _doubts(stage: str, mapping: str, _upload_id: int) -> list[Doubt]:  # noqa: ARG001 - the key
    """All rows are looked at, which is not done again for each click; a stage never changes."""
    return doubts_about(workspace(), _upload_id, Mapping.parse(mapping))


def _with(mapping: Mapping, heading: str, name: str, said: str) -> Mapping:
    """The mapping with one more thing said of a column, or with nothing when nothing was said."""
    given = {**mapping.options.get(heading, {}), name: said}
    kept = {one: value for one, value in given.items() if value}
    options = {**mapping.options, heading: kept}
    return replace(mapping, options={one: value for one, value in options.items() if value})

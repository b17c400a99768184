"""Segments: which people a letter is for, as a rule with its count at once."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from campaigns.clock import utcnow
from campaigns.errors import N_
from campaigns.segments.verbs import (
    Explanation,
    Segment,
    explain,
    fields,
    named,
    remove,
    sample,
    save,
)
from campaigns.store.operators import OWNER
from campaigns.ui.figures import show_languages
from campaigns.ui.guard import guarded
from campaigns.ui.notes import note, show_note
from campaigns.ui.people import show_people
from campaigns.ui.resources import workspace
from campaigns.ui.rule_builder import RULE, show_builder
from campaigns.ui.words import _, names, number, share

NAME, CHOICE = "segment-name", "segment-choice"
SAMPLE = 10
RULE_HELP = N_(
    "The conditions above write here. You may also write yourself: and, or, not, brackets."
)
EXAMPLES = {
    "everyone": N_("Everyone"),
    "orders >= 2 and days_since_last > 90": N_("Bought at least twice, silent for 90 days"),
    "days_since_last <= 14": N_("Bought in the last two weeks"),
    "orders >= 5": N_("Our most loyal: five orders or more"),
    'language = "ka"': N_("Those who read Georgian"),
}


def page() -> None:
    now = utcnow()
    with workspace().database.read() as connection:
        saved = named(connection)
        asked = fields(connection)
    show_note()
    st.write(_("A segment says who gets a letter. Choose an example, or put conditions together."))
    _show_saved(saved)
    st.pills(
        _("Examples"), list(EXAMPLES), format_func=names(EXAMPLES, lambda rule: _(EXAMPLES[rule])),
        key="segment-example", on_change=_take_example,
    )  # fmt: skip
    with st.container(border=True):
        show_builder(asked)
    st.text_area(
        _("Rule"), key=RULE, placeholder="orders >= 2 and days_since_last > 90", height=90,
        help=_(RULE_HELP), persist_state="session",
    )  # fmt: skip
    rule = st.session_state.get(RULE, "").strip()
    if not rule:
        st.info(_("The rule is still empty: choose an example or add a condition."))
        return
    with guarded():
        _show_found(rule, now)
        _show_saving(rule, {one.name for one in saved})


def _show_saved(saved: list[Segment]) -> None:
    if not saved:
        return
    rules = {segment.name: segment.rule for segment in saved}
    st.selectbox(
        _("Saved segments"), list(rules), index=None, key=CHOICE, placeholder=_("Choose…"),
        on_change=_take_saved, args=(rules,),
    )  # fmt: skip


def _take_saved(rules: dict[str, str]) -> None:
    chosen = st.session_state[CHOICE]
    if chosen in rules:
        st.session_state[RULE] = rules[chosen]
        st.session_state[NAME] = chosen


def _take_example() -> None:
    if chosen := st.session_state["segment-example"]:
        st.session_state[RULE] = chosen


def _show_found(rule: str, now: datetime) -> None:
    with workspace().database.read() as connection:
        found = explain(connection, rule, now=now)
        people = sample(connection, rule, size=SAMPLE, now=now)
    _show_numbers(found)
    if len(found.parts) > 1:
        with st.expander(_("How many each condition finds by itself")):
            rows = [{_("Condition"): part, _("People"): number(n)} for part, n in found.parts]
            st.dataframe(rows, hide_index=True, alt=_("Conditions"))
    if people:
        st.header(_("Some of them"), anchor=False)
        show_people(people)
    else:
        st.info(_("Nobody fits this rule now. Take out a condition, or make one wider."))


def _show_numbers(found: Explanation) -> None:
    st.metric(
        _("People"), number(found.count), border=True,
        delta=_("{share} of all", share=share(found.count, found.total)),
        delta_color="off", delta_arrow="off",
    )  # fmt: skip
    if found.count:
        show_languages(found.by_language, shares=True)


def _show_saving(rule: str, names: set[str]) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            _("Name of the segment"), key=NAME, max_chars=80, width=340, persist_state="session"
        )
        name = st.session_state.get(NAME, "").strip()
        if st.button(_("Save"), type="primary", disabled=not name):
            save(workspace(), name, rule, actor=OWNER, now=utcnow())
            note(_("Saved."))
            st.rerun()
        if name in names and st.button(_("Delete"), type="tertiary"):
            remove(workspace(), name, actor=OWNER, now=utcnow())
            note(_("Deleted."))
            st.rerun()


page()

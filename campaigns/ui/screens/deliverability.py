"""Deliverability: what mailboxes ask of a sender's domain, green or red, and what to add where."""

from __future__ import annotations

import streamlit as st

from campaigns.clock import utcnow
from campaigns.delivery.connecting import sending_of, with_return_path
from campaigns.delivery.deliverability import Check, Light
from campaigns.delivery.deliverability.demands import ADVISED, DEMANDED, DEMANDS, light_of
from campaigns.delivery.deliverability.names import asker, impatient
from campaigns.delivery.deliverability.report import Outside, Report, look
from campaigns.delivery.deliverability.words import says, topic
from campaigns.delivery.reach import prober
from campaigns.errors import N_
from campaigns.ui.connect_steps import show_records
from campaigns.ui.guard import guarded
from campaigns.ui.notes import show_note
from campaigns.ui.resources import workspace
from campaigns.ui.safe import plain
from campaigns.ui.words import _, language

KEY = "deliverability-report"
MARKS = {
    Light.GOOD: ":green[:material/check_circle:]",
    Light.WEAK: ":orange[:material/error:]",
    Light.BAD: ":red[:material/cancel:]",
    Light.UNKNOWN: ":gray[:material/help:]",
}
LIGHTS = {
    Light.GOOD: N_("in order"),
    Light.WEAK: N_("could be better"),
    Light.BAD: N_("to be mended"),
    Light.UNKNOWN: N_("not known"),
}
WISHES = {DEMANDED: N_("demands it"), ADVISED: N_("advises it")}
SIGNS = {DEMANDED: "●", ADVISED: "○"}
ORDER = (Light.BAD, Light.WEAK, Light.UNKNOWN, Light.GOOD)


def page() -> None:
    show_note()
    with guarded():
        sending = sending_of(workspace())
        st.write(_(
            "Gmail, Yahoo and Outlook let letters in by what stands in the records of the sender's"
            " domain. Here you see whether yours are in order."
        ))  # fmt: skip
        if not sending.domain:
            st.info(_("Fill in the sender's address first."), icon=":material/edit_note:")
            st.page_link("screens/settings.py", label=_("Open the settings"))
            return
        st.markdown(_("Domain of the sender: **{domain}**", domain=plain(sending.domain)))
        known: Report | None = st.session_state.get(KEY)
        wanted = st.button(
            _("Look again") if known else _("Look now"), type="primary", icon=":material/search:"
        )
        if wanted or (known and known.domain != sending.domain):
            with st.spinner(_("Name servers are being asked…")):
                outside = Outside(impatient(asker()), prober(workspace().signer))
                known = look(with_return_path(workspace(), sending), outside, now=utcnow())
            st.session_state[KEY] = known
        if known:
            _show(known)


def _show(report: Report) -> None:
    if report.offline:
        st.info(_(
            "There is no connection to name servers, so nothing can be said of the domain's records."
            " What is grey below is not known; it need not be wrong."
        ), icon=":material/cloud_off:")  # fmt: skip
    st.header(_("What mailboxes demand"), anchor=False)
    _show_demands(report)
    st.header(_("What was found"), anchor=False)
    told = [one for one in report.checks if not (report.offline and one.code == "unanswered")]
    for check in sorted(told, key=lambda one: ORDER.index(one.light)):
        _show_check(check)


def _show_demands(report: Report) -> None:
    rows = [
        {
            _("Demand"): f"{MARKS[light_of(one, report.checks)]} {topic(one.name, language())}",
            "Gmail": SIGNS[one.gmail],
            "Yahoo": SIGNS[one.yahoo],
            "Outlook": SIGNS[one.outlook],
        }
        for one in DEMANDS
    ]
    st.table(rows, hide_index=True, alt=_("What mailboxes demand"))
    legend = [f"{MARKS[one]} {_(text)}" for one, text in LIGHTS.items()]
    legend += [f"{SIGNS[one]} {_(text)}" for one, text in WISHES.items()]
    st.caption(" · ".join(legend))


def _show_check(check: Check) -> None:
    with st.container(border=True):
        mark, words = MARKS[check.light], plain(says(check, language()))
        st.markdown(f"{mark} **{plain(topic(check.topic, language()))}**  \n{words}")
        if check.add:
            show_records(tuple((one.name, one.kind, one.value) for one in check.add))


page()

"""Testimonials: read what customers wrote, publish it or not, and see what is published."""

from __future__ import annotations

import streamlit as st

from campaigns.clock import utcnow
from campaigns.feedback.testimonial_rows import Testimonial
from campaigns.feedback.testimonials import approve, count_published, pending, published, refuse
from campaigns.store.operators import OWNER
from campaigns.ui.guard import guarded
from campaigns.ui.notes import note, show_note
from campaigns.ui.resources import workspace
from campaigns.ui.words import _, label, moment

SHOWN = 20


def page() -> None:
    with workspace().database.read() as connection:
        waiting = pending(connection)
        shown = published(connection, limit=SHOWN)
        count = count_published(connection)
    show_note()
    if not waiting and not count:
        st.info(_(
            "No customer has written yet. Send the letter that asks for an opinion: answers come"
            " here, and nothing is published before you have read it."
        ))  # fmt: skip
        if st.button(_("To the campaigns"), type="primary"):
            st.switch_page("screens/campaigns.py")
        return
    _show_waiting(waiting)
    _show_published(shown, count)


def _show_waiting(waiting: list[Testimonial]) -> None:
    st.header(_("Waiting to be read: {count}", count=len(waiting)), anchor=False)
    if not waiting:
        st.write(_("Everything has been read."))
    for place, testimonial in enumerate(waiting):
        _show_one(testimonial, first=place == 0)


def _show_one(testimonial: Testimonial, *, first: bool) -> None:
    name = testimonial.testimonial_id
    with st.container(border=True, key=f"testimonial-{name}"):
        _show_author(testimonial)
        text = st.text_area(
            _("Their words (you may mend slips of the pen; the original is kept)"),
            testimonial.original_text, key=f"text-{name}", height="content",
        )  # fmt: skip
        with st.container(horizontal=True):
            if st.button(
                _("Publish"), key=f"approve-{name}", icon=":material/check:",
                type="primary" if first else "secondary",
            ):  # fmt: skip
                with guarded():
                    _publish(testimonial, text or "")
            with st.popover(_("Do not publish"), type="tertiary"):
                _ask_reason(testimonial)


def _ask_reason(testimonial: Testimonial) -> None:
    name = testimonial.testimonial_id
    reason = st.text_input(_("Why? Only you will see it."), key=f"reason-{name}", max_chars=500)
    if st.button(_("Leave unpublished"), key=f"refuse-{name}"):
        with guarded():
            refuse(workspace(), name, actor=OWNER, now=utcnow(), reason=reason or "")
            note(_("It stays unpublished."))
            st.rerun()


def _publish(testimonial: Testimonial, text: str) -> None:
    corrected = text if text.strip() != testimonial.original_text.strip() else None
    approve(
        workspace(), testimonial.testimonial_id, actor=OWNER, now=utcnow(), text=corrected,
        seen=testimonial.submitted_at,
    )  # fmt: skip
    note(_("Published."))
    st.rerun()


def _show_author(testimonial: Testimonial) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.text(testimonial.display_name)
        if testimonial.rating:
            st.caption("★" * testimonial.rating + "☆" * (5 - testimonial.rating), width="content")
        if testimonial.verified_buyer:
            st.badge(_("bought from us"), color="green")
        st.caption(
            f"{label(f'language.{testimonial.language}')} · {moment(testimonial.submitted_at)}"
        )


def _show_published(shown: list[Testimonial], count: int) -> None:
    st.header(_("Published: {count}", count=count), anchor=False)
    base = workspace().settings.base_url
    for testimonial in shown:
        with st.container(border=True):
            _show_author(testimonial)
            st.text(testimonial.text)
            path = f"{testimonial.page_language}/testimonials/{testimonial.slug}"
            st.link_button(_("Open the page"), f"{base}/{path}", icon=":material/open_in_new:")


page()

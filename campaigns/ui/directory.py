"""The people that the store knows: a search over all of them, a page at a time."""

from __future__ import annotations

import streamlit as st

from campaigns.language.phones import e164
from campaigns.store.contacts import search, totals
from campaigns.ui.resources import workspace
from campaigns.ui.words import _, label, number, phone

PAGE = 25
MOST_PAGES = 400
PLACE = "contacts-page"


def show_directory() -> None:
    """Show the people who fit what is typed."""
    with workspace().database.read() as connection:
        people = totals(connection)
    if not people.contacts:
        st.info(_("Nobody is here yet. Upload a spreadsheet, and the people in it appear here."))
        return
    text = st.text_input(
        _("Search by name, e-mail address, phone or customer number"), key="contacts-search",
        persist_state="session", on_change=_start_again,
    )  # fmt: skip
    place = st.session_state.get(PLACE, 1)
    with workspace().database.read() as connection:
        found = search(connection, _as_kept(text or ""), limit=PAGE + 1, offset=(place - 1) * PAGE)
    if not found:
        st.info(_("Nobody fits. Check the spelling, or search for less."))
        return
    rows = [
        {
            _("Customer"): row.customer_id or "—",
            _("Name"): " ".join(filter(None, (row.given_name, row.family_name))) or "—",
            _("Language"): label(f"language.{row.language}"),
            _("E-mail"): row.address or "—",
            _("Phone"): phone(row.phone),
            _("City"): row.city or "—",
        }
        for row in found[:PAGE]
    ]
    st.dataframe(rows, hide_index=True, alt=_("People"), height="content")
    st.caption(_("Contacts in all: {count}", count=number(people.contacts)))
    _turn_pages(place, more=len(found) > PAGE, everybody=people.contacts if not text else None)


def _as_kept(text: str) -> str:
    """Return what to look for: a telephone number as it is kept, however it was typed.

    >>> _as_kept("091 23-45-67"), _as_kept("12345678"), _as_kept("Ani 2")
    ('+37491234567', '12345678', 'Ani 2')
    """
    return text if text.isdigit() else e164(text) or text


def _start_again() -> None:
    st.session_state[PLACE] = 1  # what is found now may not have as many pages


def _turn_pages(place: int, *, more: bool, everybody: int | None) -> None:
    if everybody is not None:
        pages = min(-(-everybody // PAGE), MOST_PAGES)
    else:
        pages = place + more
    if pages > 1:
        st.pagination(pages, key=PLACE)

"""The letters there are, by title: found, opened, begun."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from campaigns.letters.library import LetterInfo, load
from campaigns.ui.guard import guarded
from campaigns.ui.letter_files import show_bringing_in
from campaigns.ui.letter_form import PURPOSES
from campaigns.ui.letter_work import NEW, is_in_work, open_letter, open_new
from campaigns.ui.resources import workspace
from campaigns.ui.safe import plain
from campaigns.ui.words import _, label, language, list_of, ngettext

SOUGHT = "letter-sought"


def show_list(infos: Sequence[LetterInfo]) -> None:
    """Show the marketer's own letters, then those that came with the program."""
    st.write(_("Take a letter that is ready and make it yours, or write a new one."))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        sought = st.text_input(
            _("Search in the letters"), key=SOUGHT, type="search", live=True, width=340,
            persist_state="session",
        )  # fmt: skip
        if st.button(_("New letter"), type="primary", icon=":material/add:"):
            open_new()
            st.rerun()
        if is_in_work(NEW) and st.button(_("Go on with the new letter"), icon=":material/edit:"):
            _open(NEW)
    with st.expander(_("Bring in a letter from files"), icon=":material/upload_file:"):
        show_bringing_in()
    found = [one for one in infos if _matches(one, sought or "")]
    for title, of in (
        (_("Your letters"), [one for one in found if not one.shipped]),
        (_("Ready letters"), [one for one in found if one.shipped]),
    ):
        if of:
            st.header(title, anchor=False)
            with st.grid(3, min_column_width=280):
                for one in of:
                    _show_card(one)
    if not found:
        st.info(_("No letter says that. Search for other words."))


def _show_card(one: LetterInfo) -> None:
    with st.container(border=True, height="stretch", gap="small"):
        st.markdown(f"**{plain(one.title(language()), limit=90)}**")
        if about := one.abouts.get(language()):
            st.markdown(plain(about, limit=220))
        st.caption(" · ".join(_facts(one)))
        if one.shipped:
            st.caption(_(PURPOSES[one.purpose]))
        if is_in_work(one.name):
            st.caption(f":orange[{_('Changed, not saved yet')}]")
        words = _("Start from this") if one.shipped else _("Open")
        if st.button(words, key=f"open-{one.shipped}-{one.name}"):
            _open(one.name)


def _facts(one: LetterInfo) -> list[str]:
    texts = ngettext("{count} text", "{count} texts", one.texts, count=one.texts)
    languages = list_of([label(f"language.{each}") for each in one.languages])
    return [languages, texts] + (
        [] if one.shipped else [_("version {version}", version=one.version)]
    )


def _open(name: str) -> None:
    with guarded():
        if name == NEW:
            st.session_state["letter-open"] = NEW
        else:
            with workspace().database.read() as connection:
                open_letter(load(connection, name))
        st.rerun()


def _matches(one: LetterInfo, sought: str) -> bool:
    words = sought.casefold().split()
    said = " ".join([one.name, *one.titles.values(), *one.abouts.values()]).casefold()
    return all(word in said for word in words)

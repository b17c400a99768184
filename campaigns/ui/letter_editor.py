"""The editor: the form, the words, what is wrong with them, and how they look to the reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sqlalchemy as sa
import streamlit as st

from campaigns.clock import utcnow
from campaigns.errors import N_, ConflictError, RenderError
from campaigns.letters.check import findings
from campaigns.letters.finding import Finding
from campaigns.letters.library import MAX_TEXTS, load, own, save, shipped
from campaigns.letters.quotes import Quote, published
from campaigns.model.language import Language
from campaigns.store.operators import OWNER
from campaigns.store.options import Brand, read_brand
from campaigns.ui.guard import guarded
from campaigns.ui.letter_fields import beside, show_body, show_whole
from campaigns.ui.letter_files import show_files
from campaigns.ui.letter_findings import Actions, show_findings
from campaigns.ui.letter_form import show_lines, show_listing, show_sections, show_settings
from campaigns.ui.letter_history import show_history
from campaigns.ui.letter_marks import show_marks
from campaigns.ui.letter_places import (
    AS_WRITTEN,
    LANGUAGE,
    follow,
    go_to,
    mend_at,
    place_of,
    show_script,
)
from campaigns.ui.letter_preview import show_preview
from campaigns.ui.letter_work import Work, close, forget, open_letter
from campaigns.ui.notes import note
from campaigns.ui.resources import workspace
from campaigns.ui.safe import plain
from campaigns.ui.words import _, label, language, letter_name

SIDE = "letter-side"
PART = "letter-part"
PARTS = {"write": N_("Write"), "versions": N_("Versions"), "files": N_("Files")}
NAME_MOST = 60


def show_editor(work: Work) -> None:
    """Show the letter that is open."""
    with workspace().database.read() as connection:
        brand = read_brand(connection)
        quotes = published(connection)
    follow()
    part = _show_top(work)
    if part == "versions":
        show_history(work)
    elif part == "files":
        show_files(work)
    else:
        with st.container(key="letter-editor"):
            _write(work, brand, quotes)
        show_script()


def _show_top(work: Work) -> str:
    """Show which letter is open and how it stands; return the part of the page that is chosen."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(_("All letters"), icon=":material/arrow_back:", on_click=close)
        part = _choose_part()
        if work.is_changed and work.kept:
            st.button(
                _("Drop the changes"), type="tertiary", icon=":material/undo:",
                on_click=forget, args=(work.source,),
            )  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="center"):
        st.header(plain(_title(work)), anchor=False, width="content")
        if work.name:
            st.badge(_("version {version}", version=work.version), color="gray")
        elif work.source:
            st.badge(_("Begun from a ready letter"), color="gray")
        if work.is_changed:
            st.badge(_("Changed, not saved yet"), color="orange")
    return part


def _title(work: Work) -> str:
    draft = work.draft(language(), 1)
    title = draft.values.get("title", "") if draft else ""
    return title or work.name or (letter_name(work.source) if work.source else _("New letter"))


def _choose_part() -> str:
    names = {one: _(words) for one, words in PARTS.items()}
    name = f"{PART}-{language()}"
    st.session_state[name] = st.session_state.get(PART, "write")
    st.segmented_control(
        _("Part"), list(PARTS), format_func=names.__getitem__, key=name, required=True,
        label_visibility="collapsed", on_change=_remember, args=(PART, name),
    )  # fmt: skip
    return str(st.session_state[PART]) if PART in st.session_state else "write"


def _remember(place: str, name: str) -> None:
    st.session_state[place] = st.session_state[name]


def _write(work: Work, brand: Brand, quotes: Mapping[str, Quote]) -> None:
    languages = _choose_languages(work)
    found = _findings(work, brand, quotes)
    if len(languages) > 1:
        _show_form(work, languages, found, (brand, quotes))
        show_preview(work, languages, brand, quotes)
    else:
        left, right = st.columns([11, 9], gap="large")
        with left:
            _show_form(work, languages, found, (brand, quotes))
        with right, st.container(key="letter-seen"):
            show_preview(work, languages, brand, quotes)
    _show_saving(work, found)


def _show_form(
    work: Work, languages: Sequence[Language], found: Sequence[Finding],
    around: tuple[Brand, Mapping[str, Quote]],
) -> None:  # fmt: skip
    brand, quotes = around
    if st.session_state.get(AS_WRITTEN):
        for one, place in beside(languages):
            with place:
                show_whole(work, one)
                _show_found(work, one, found)
        return
    with st.expander(
        _("What holds for the whole letter"), icon=":material/tune:", expanded=not work.source
    ):
        show_settings(work)
    with st.expander(_("In the list of letters"), icon=":material/list:"):
        show_listing(work, languages)
    show_lines(work, languages)
    show_sections(work, languages, quotes)
    show_marks(list(languages), brand)
    for one, place in beside(languages):
        with place:
            show_body(work, one)
            _show_found(work, one, found)


def _choose_languages(work: Work) -> list[Language]:
    """Return the languages that are shown: all beside each other, or one."""
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        _choose_text(work)
        st.session_state.setdefault(SIDE, not _is_phone())
        st.session_state.setdefault(LANGUAGE, language())
        _keep_alive(SIDE, AS_WRITTEN)
        side = st.toggle(_("Languages side by side"), key=SIDE)
        if not side:
            names = {one: label(f"language.{one}") for one in Language}
            name = f"{LANGUAGE}-{language()}"
            st.session_state[name] = st.session_state[LANGUAGE]
            st.segmented_control(
                _("Language of the text"), list(Language), format_func=names.__getitem__, key=name,
                required=True, label_visibility="collapsed", on_change=_remember,
                args=(LANGUAGE, name),
            )  # fmt: skip
        st.toggle(_("Whole text, as written"), key=AS_WRITTEN)
    return list(Language) if side else [Language(st.session_state[LANGUAGE])]


def _keep_alive(*names: str) -> None:
    """Keep what is chosen while its widget is not shown."""
    for name in names:
        if name in st.session_state:
            st.session_state[name] = st.session_state[name]


def _is_phone() -> bool:
    return "Mobi" in (st.context.headers.get("User-Agent") or "")


def _choose_text(work: Work) -> None:
    """Choose which of the texts that take turns is shown; add one, or take it away."""
    names = {one: _("Text {number}", number=one) for one in range(1, work.count + 1)}
    name = f"letter-number-{work.count}-{language()}"
    st.session_state[name] = work.number
    st.segmented_control(
        _("Texts that take turns"), list(names), format_func=names.__getitem__, key=name,
        required=True, label_visibility="collapsed", on_change=_turn, args=(work, name),
    )  # fmt: skip
    if work.count < MAX_TEXTS:
        st.button(
            _("Add a text"), icon=":material/add:", type="tertiary", on_click=work.add_text,
            help=_("Readers get the texts in turns, so that nobody reads the same one twice."),
        )  # fmt: skip
    if work.count > 1:
        with st.popover(_("Remove"), icon=":material/delete:", type="tertiary"):
            st.write(_("Text {number} is removed in every language.", number=work.number))
            st.button(_("Yes, remove it"), on_click=work.remove_text)


def _turn(work: Work, name: str) -> None:
    work.number = st.session_state[name]


def _findings(work: Work, brand: Brand, quotes: Mapping[str, Quote]) -> list[Finding]:
    try:
        return findings(work.written(), brand, quotes)
    except RenderError as error:  # a head that cannot be read: the remark on it says where
        whole = {one: [text for text in of if text.strip()] for one, of in work.texts.items()}
        found = findings({one: of for one, of in whole.items() if of}, brand, quotes)
        return found or [Finding("error", language(), 0, error.code, dict(error.facts))]


def _show_found(work: Work, one: Language, found: Sequence[Finding]) -> None:
    """Show what is to be mended in a text, and how it stands with the others."""
    here = [each for each in found if each.language == one and each.number == work.number]
    actions = Actions(
        lambda each: place_of(work, each),
        lambda each: go_to(work, each),
        lambda each: mend_at(work, each),
    )
    if one not in {each.language for each in found} | set(_written(work)):
        st.info(_("No text in this language yet: people who read it get no letter."))
    elif not here:
        st.success(_("Nothing to mend in this text."), icon=":material/check:")
    else:
        show_findings(here, actions, key=f"{one}-{work.number}")


def _written(work: Work) -> list[Language]:
    try:
        return list(work.written())
    except RenderError:
        return list(Language)


def _show_saving(work: Work, found: Sequence[Finding]) -> None:
    """Keep the letter, wherever on the page one is; say how far it is."""
    with st.container(key="letter-saving"):
        errors = sum(one.severity == "error" for one in found)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            proposed = "" if work.name else _free(_proposed(work))
            name = st.text_input(
                _("Save under this name"), work.name or proposed, max_chars=NAME_MOST, width=340,
                key=f"letter-save-{work.source}-{work.version}-{proposed}",
            )  # fmt: skip
            if st.button(_("Save"), type="primary", disabled=not (name or "").strip()):
                with guarded():
                    _save(work, (name or "").strip())
            if errors:
                st.caption(_("To mend before sending: {count}", count=errors), width="content")
            elif found:
                st.caption(_("For you to decide: {count}", count=len(found)), width="content")


def _proposed(work: Work) -> str:
    """Return the title as a name, without what a name cannot have."""
    title = "" if _title(work) == _("New letter") else _title(work)
    words = "".join(one if one.isalnum() or one in " -_" else " " for one in title)
    return " ".join(words.split())[:NAME_MOST]


def _free(name: str) -> str:
    """Return a name that no letter has: the title, or the title with a number."""
    with workspace().database.read() as connection:
        taken = {one.casefold() for one in (*own(connection), *shipped())}
    wanted, number = name, 2
    while wanted.casefold() in taken:
        wanted, number = f"{name[: NAME_MOST - 3]} {number}", number + 1
    return wanted


def _save(work: Work, name: str) -> None:
    with workspace().database.begin() as connection:
        _refuse_overwriting(connection, work, name)
        save(connection, name, work.written(), actor=OWNER, now=utcnow())
    with workspace().database.read() as connection:
        kept = load(connection, name)
    forget(work.source)
    forget(name)
    open_letter(kept)
    note(_("Saved."))
    st.rerun()


def _refuse_overwriting(connection: sa.Connection, work: Work, name: str) -> None:
    """Leave another letter alone, and what somebody else saved while this one was written.

    Raises:
        ConflictError: with the name; after a newer version was told, it may be saved over.
    """
    if name != work.name and name in own(connection):
        raise ConflictError("letter.taken", name=name)
    if name == work.name and (newest := load(connection, name).version) != work.version:
        work.version = newest
        raise ConflictError("letter.newer", name=name, got=newest)

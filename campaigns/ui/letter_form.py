"""The editor's form: what stands around a letter's words, entered once or in each language."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import streamlit as st

from campaigns.errors import N_
from campaigns.language import formats
from campaigns.letters.design import designs
from campaigns.letters.drafts import LISTED
from campaigns.letters.head import Origin, PriorityName
from campaigns.letters.quotes import Quote
from campaigns.letters.source import EXAMPLE_MARKS
from campaigns.model.language import Language
from campaigns.model.permission import Purpose
from campaigns.model.register import Register
from campaigns.ui.letter_fields import field_key, show_area, show_line, show_once
from campaigns.ui.letter_work import Work
from campaigns.ui.words import _, language

PURPOSES: dict[str, str] = {
    Purpose.OFFERS: N_("To those who agreed to get offers"),
    Purpose.TESTIMONIALS: N_("To those who agreed to be asked for an opinion"),
}
REGISTERS: dict[str, str] = {
    Register.NEUTRAL: N_("Neutral: without a title"),
    Register.WARM: N_("Warm: to readers who know you well"),
    Register.FORMAL: N_("Formal: with a title where it is known"),
}
PRIORITIES: dict[str, str] = {
    PriorityName.PROMOTION: N_("Usual: offers and news"),
    PriorityName.SERVICE: N_("Above all: about a purchase or a request"),
    PriorityName.RETENTION: N_("Higher: to keep a customer"),
    PriorityName.ACQUISITION: N_("Lower: to win new customers"),
}
DESIGNS = {"note": N_("Note"), "card": N_("Card"), "story": N_("Story"), "offer": N_("Offer")}
SECTIONS = {
    "button": N_("Button"),
    "offer": N_("Offer with a price"),
    "questions": N_("Three questions"),
    "image": N_("Picture"),
    "testimonial": N_("Words of a customer"),
}
BLOCKS = ("button", "offer", "questions", "testimonial")
"""Sections that the body shows by a block of the same name."""
CHOSEN = "letter-sections"
# What is typed, shown in an empty field; the same in every language.
ADDRESS, BEFORE, NOW, DAY = "https://", "12 500 AMD", "9 900 AMD", "2026-12-31"


def show_settings(work: Work) -> None:
    """Show what a letter has once: to whom it goes, how it sounds and looks, who wrote it."""
    with st.grid(2, min_column_width=250):
        _choose_once(work, "purpose", _("Who may get it"), PURPOSES)
        _choose_once(work, "priority", _("How much it matters"), PRIORITIES)
        _choose_once(work, "register", _("How near it is"), REGISTERS)
        _choose_designs(work)
    name = field_key(None, 0, "origin")
    st.session_state[name] = work.once("origin") == Origin.MODEL
    st.checkbox(
        _("A language model helped to write it"), key=name, on_change=_keep_origin,
        args=(work, name), help=_("The settings say whether the letter tells its readers so."),
    )  # fmt: skip


def show_listing(work: Work, languages: Sequence[Language]) -> None:
    """Show what the list of letters says of it: the first text has that."""
    title, about = LISTED
    number, work.number = work.number, 1
    show_line(work, languages, title, _("Title in the list of letters"))
    show_area(work, languages, about, _("When to send it"))
    work.number = number


def show_lines(work: Work, languages: Sequence[Language]) -> None:
    """Show what the inbox shows of the letter, and what its reader gains."""
    show_line(work, languages, "subject", _("Subject"), live=True)
    show_line(
        work, languages, "preheader", _("Words after the subject"), live=True,
        hint=_("The inbox shows them beside the subject. They add to it and do not repeat it."),
    )  # fmt: skip
    show_area(
        work, languages, "benefit", _("What the reader gains"),
        hint=_("A whole sentence. It stands in the text where the mark {mark} is.",
               mark="`{{ benefit }}`"),
    )  # fmt: skip


def show_sections(work: Work, languages: Sequence[Language], quotes: Mapping[str, Quote]) -> None:
    """Show what may be added to a letter: that which it has, and what was asked for."""
    chosen = _choose_sections(work)
    shown: dict[str, Callable[[], None]] = {
        "button": lambda: _show_button(work, languages),
        "offer": lambda: _show_offer(work, languages),
        "questions": lambda: _show_questions(work, languages),
        "image": lambda: _show_picture(work, languages),
        "testimonial": lambda: _choose_testimonial(work, quotes),
    }
    for name, title in SECTIONS.items():
        if name in chosen:
            with st.container(border=True):
                st.markdown(f"**{_(title)}**")
                shown[name]()


def open_section(key: str) -> None:
    """See to it that the section with a field of the head is shown."""
    section = "image" if key == "image_alt" else key.partition(".")[0]
    if section in SECTIONS:
        st.session_state[CHOSEN] = [*st.session_state.get(CHOSEN, []), section]


def _choose_sections(work: Work) -> set[str]:
    filled = {name for name in SECTIONS if _is_filled(work, name)}
    asked = set(st.session_state.get(CHOSEN, []))
    rest = [name for name in SECTIONS if name not in filled | asked]
    if rest:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(_("Add to the letter:"), width="content")
            for name in rest:
                st.button(
                    _(SECTIONS[name]), key=f"letter-add-{name}", icon=":material/add:",
                    on_click=_add_section, args=(work, name),
                )  # fmt: skip
    return filled | asked


def _add_section(work: Work, name: str) -> None:
    open_section(name)
    if name in BLOCKS:
        work.add_block(name)


def _is_filled(work: Work, section: str) -> bool:
    drafts = [draft for one in Language if (draft := work.draft(one))]
    keys = {key for draft in drafts for key in draft.values}
    return any(key.partition(".")[0] == section for key in keys) or any(
        f"{{{{ {section} }}}}" in draft.body for draft in drafts
    )


def _show_button(work: Work, languages: Sequence[Language]) -> None:
    show_line(work, languages, "button.text", _("Words on the button"))
    show_line(
        work, languages, "button.link", _("Where it leads"), placeholder=ADDRESS,
        hint=_("An address with https://, or a link field such as {mark}.",
               mark="`{{ testimonial_url }}`"),
    )  # fmt: skip


def _show_offer(work: Work, languages: Sequence[Language]) -> None:
    show_line(work, languages, "offer.name", _("What is offered"))
    with st.grid(4, min_column_width=180):
        show_once(work, "offer.before", _("Price before"), placeholder=BEFORE)
        show_once(work, "offer.now", _("Price now"), placeholder=NOW)
        with st.container():
            show_once(work, "offer.until", _("Valid through"), placeholder=DAY,
                      hint=_("Year, month, day: 2026-12-31"))  # fmt: skip
            if said := _day(work.once("offer.until")):
                st.caption(said)
        show_once(work, "offer.link", _("Page of the offer"), placeholder=ADDRESS)
    show_area(work, languages, "offer.terms", _("Conditions"))


def _show_questions(work: Work, languages: Sequence[Language]) -> None:
    for number in (1, 2, 3):
        show_line(
            work, languages, f"questions.{number}", _("Question {number}", number=number)
        )  # fmt: skip


def _show_picture(work: Work, languages: Sequence[Language]) -> None:
    show_once(
        work, "image", _("Address of the picture"), placeholder=ADDRESS,
        hint=_("It begins with https://. Cards and stories show it on top."),
    )  # fmt: skip
    show_line(
        work, languages, "image_alt", _("The picture in words"),
        hint=_("For those who see no pictures."),
    )  # fmt: skip


def _choose_testimonial(work: Work, quotes: Mapping[str, Quote]) -> None:
    if not quotes:
        st.info(_("No words of customers are published yet."))
        return
    words = {
        "": _("None"),
        **{slug: f"{one.name}: {one.text[:80]}" for slug, one in quotes.items()},
    }
    name = field_key(None, 0, "testimonial")
    st.session_state[name] = work.once("testimonial") if work.once("testimonial") in words else ""
    st.selectbox(
        _("Which words"), list(words), key=name, format_func=words.__getitem__,
        on_change=_keep_once, args=(work, "testimonial", name),
    )  # fmt: skip


def _choose_once(work: Work, key: str, title: str, words: Mapping[str, str]) -> None:
    """Show a choice that a letter makes once; without a word the first counts."""
    name = f"{field_key(None, 0, key)}-{language()}"
    shown = {str(one): _(text) for one, text in words.items()}
    value = work.once(key)
    st.session_state[name] = value if value in shown else next(iter(shown))
    st.selectbox(
        title, list(shown), key=name, format_func=shown.__getitem__, on_change=_keep_once,
        args=(work, key, name),
    )  # fmt: skip


def _choose_designs(work: Work) -> None:
    known = designs()
    asked = [one.strip() for one in work.once("designs").split(",")]
    name = f"{field_key(None, 0, 'designs')}-{language()}"
    st.session_state[name] = [one for one in known if one in asked]
    words = {one: design_name(one) for one in known}
    st.multiselect(
        _("Designs, which take turns"), known, key=name, format_func=words.__getitem__,
        placeholder=_("All that suit it"), on_change=_keep_designs, args=(work, name),
    )  # fmt: skip


def design_name(name: str) -> str:
    """Return what a design is called: ours in words, another by its own name."""
    return _(DESIGNS[name]) if name in DESIGNS else name


def _keep_designs(work: Work, name: str) -> None:
    work.put_everywhere("designs", ", ".join(st.session_state[name]))


def _keep_once(work: Work, key: str, name: str) -> None:
    work.put_everywhere(key, st.session_state[name])


def _keep_origin(work: Work, name: str) -> None:
    work.put_everywhere("origin", Origin.MODEL if st.session_state[name] else "")


def _day(value: str) -> str:
    """Return a day as readers of the interface's language get it, nothing for what is no day."""
    try:
        day = date.fromisoformat(value.strip(EXAMPLE_MARKS))
    except ValueError:
        return ""
    return formats.date_through(day, language())

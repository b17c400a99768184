"""Where in the editor a remark belongs: the field, the text, the language, the words in it."""

from __future__ import annotations

import html
from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from campaigns.errors import N_
from campaigns.letters.drafts import SHARED, Draft, fault_in, mended
from campaigns.letters.finding import Finding
from campaigns.letters.head import GROUPS
from campaigns.ui.letter_fields import BODY, WHOLE, field_key
from campaigns.ui.letter_findings import Place
from campaigns.ui.letter_form import open_section
from campaigns.ui.letter_work import Work
from campaigns.ui.words import _

JUMP = "letter-jump"
WANTED = "letter-wanted"
SETTINGS = "screens/settings.py"
OF_SENDER = ("check.brand_missing", "check.no_reply", "check.no_phone")
"""Remarks that are mended in the settings."""
LANGUAGE = "letter-language"
AS_WRITTEN = "letter-whole"
SCRIPT = "/assets/ui/letters.js"
TITLES = {
    "title": N_("Title in the list of letters"),
    "about": N_("When to send it"),
    "subject": N_("Subject"),
    "preheader": N_("Words after the subject"),
    "purpose": N_("Who may get it"),
    "priority": N_("How much it matters"),
    "register": N_("How near it is"),
    "benefit": N_("What the reader gains"),
    "designs": N_("Designs, which take turns"),
    "image": N_("Address of the picture"),
    "image_alt": N_("The picture in words"),
    "testimonial": N_("Words of a customer"),
    "button.text": N_("Words on the button"),
    "button.link": N_("Where it leads"),
    "offer.name": N_("What is offered"),
    "offer.before": N_("Price before"),
    "offer.now": N_("Price now"),
    "offer.until": N_("Valid through"),
    "offer.terms": N_("Conditions"),
    "offer.link": N_("Page of the offer"),
}
WHOLE_TEXT = {
    "check.subject_long": "subject",
    "check.no_preheader": "preheader",
    "check.no_benefit": "benefit",
    "check.button_incomplete": "button.text",
    "check.testimonial_purpose": "purpose",
}
"""Remarks on no line, and the field that they are about."""


@dataclass(frozen=True, slots=True)
class Target:
    """A field of the editor and the part of it to select."""

    key: str
    """A key of the head, ``BODY`` or ``WHOLE``."""
    start: int = 0
    end: int = 0


def place_of(work: Work, one: Finding) -> Place:
    """Return what the place of a remark is called, and the line that stands there."""
    if one.code in OF_SENDER:
        return Place(_("Settings"))
    source = work.text(one.language, one.number)
    lines = source.split("\n")
    line = lines[one.line - 1] if 0 < one.line <= len(lines) else ""
    draft = work.draft(one.language, one.number)
    target = target_of(draft, one, source)
    if target.key == BODY and draft and one.line:
        return Place(_("line {line}", line=one.line - draft.body_line + 1), line)
    if target.key in (BODY, WHOLE):
        return Place(_("Text") if target.key == BODY else _("Whole text"), line)
    return Place(title_of(target.key))


def title_of(key: str) -> str:
    """Return what the field of a key of the head is called."""
    if key.startswith("questions."):
        return _("Question {number}", number=key.partition(".")[2])
    return _(TITLES[key]) if key in TITLES else key


def target_of(draft: Draft | None, one: Finding, source: str) -> Target:
    """Return where in the editor a remark belongs."""
    if draft is None:
        return Target(WHOLE, *_span(source, one.line, one))
    if one.line >= draft.body_line:
        return Target(BODY, *_span(draft.body, one.line - draft.body_line + 1, one))
    key = _key_at(draft, one.line) or _key_told(one)
    if key is None:
        return Target(BODY)
    value = draft.values.get(key, "")
    words = one.excerpt if one.excerpt in value else value
    return Target(key, value.index(words), value.index(words) + len(words))


def go_to(work: Work, one: Finding) -> Callable[[], None]:
    """Return what opens the place of a remark: the text, the language, the field, the words."""
    return lambda: jump(work, one)


def follow() -> None:
    """Turn to the page that a remark leads to."""
    if page := st.session_state.pop(WANTED, None):
        st.switch_page(page)


def jump(work: Work, one: Finding) -> None:
    """Open the place of a remark on the next run of the page."""
    if one.code in OF_SENDER:
        st.session_state[WANTED] = SETTINGS
        return
    target = target_of(
        work.draft(one.language, one.number), one, work.text(one.language, one.number)
    )
    work.number = one.number
    st.session_state[LANGUAGE] = one.language
    st.session_state[AS_WRITTEN] = target.key == WHOLE
    open_section(target.key)
    once = target.key in SHARED
    number = 0 if once else 1 if target.key in ("title", "about") else one.number
    name = field_key(None if once else one.language, number, target.key)
    turn = st.session_state.get(JUMP, {}).get("turn", 0) + 1
    st.session_state[JUMP] = {"field": name, "start": target.start, "end": target.end, "turn": turn}


def mend_at(work: Work, one: Finding) -> Callable[[], None] | None:
    """Return what puts a suggestion in, None where its place is not certain."""
    better = mended(work.text(one.language, one.number), one)
    if better is None:
        return None
    return lambda: work.change(one.language, better, one.number)


def show_script() -> None:
    """Bring the script that puts marks at the cursor and goes to places, and the place asked for."""
    asked = st.session_state.get(JUMP, {})
    data = " ".join(
        f'data-{name}="{html.escape(str(value), quote=True)}"' for name, value in asked.items()
    )
    with st.container(height=1, border=False, key="letter-script"):
        st.html(f'<script src="{SCRIPT}"></script>', unsafe_allow_javascript=True)
        st.html(f'<i class="letter-jump" {data}></i>')


def _key_at(draft: Draft, line: int) -> str | None:
    return next((key for key, at in draft.lines.items() if at == line), None)


def _key_told(one: Finding) -> str | None:
    """Return the field that a remark on no line is about."""
    told = str(one.facts.get("field", ""))
    if told in GROUPS:
        return f"{told}.{GROUPS[told][0]}"
    return told if told in TITLES else WHOLE_TEXT.get(one.code)


def _span(text: str, line: int, one: Finding) -> tuple[int, int]:
    """Return the characters of a text that a remark is about: its words, else its line."""
    lines = text.split("\n")
    if not 0 < line <= len(lines):
        return 0, 0
    before = sum(len(other) + 1 for other in lines[: line - 1])
    begin, end = fault_in(lines[line - 1], one)
    return (before + begin, before + end) if end else (before, before + len(lines[line - 1]))

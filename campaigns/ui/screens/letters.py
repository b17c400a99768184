"""Letters: read and change the words in each language, and see them as the customer will."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from campaigns.clock import utcnow
from campaigns.delivery.recipients import sample_values as sample_of_customer
from campaigns.errors import N_
from campaigns.letters import library
from campaigns.letters.check import findings
from campaigns.letters.fields import Values
from campaigns.letters.finding import Finding
from campaigns.letters.library import Letter, LetterInfo, load, save
from campaigns.letters.preview import longest_values, sample_values, unknown_values
from campaigns.letters.render import compile_text
from campaigns.model.language import Language
from campaigns.store.contacts import find
from campaigns.store.operators import OWNER
from campaigns.store.options import Brand, read_brand
from campaigns.ui.choice import choose
from campaigns.ui.guard import guarded
from campaigns.ui.letter_findings import show_findings
from campaigns.ui.letter_frame import show_letter
from campaigns.ui.letter_help import show_letter_help
from campaigns.ui.notes import note, show_note
from campaigns.ui.resources import workspace
from campaigns.ui.words import _, label, language, letter_name

CHOICE = "letter-choice"
READERS = {
    "sample": N_("An invented customer"),
    "unknown": N_("A customer of whom nothing is known"),
    "longest": N_("A customer with a very long name"),
    "customer": N_("One of our customers…"),
}
INVENTED = {"sample": sample_values, "unknown": unknown_values, "longest": longest_values}
EDITOR_HEIGHT = 420


def page() -> None:
    with workspace().database.read() as connection:
        known = {info.name: info for info in library.names(connection)}
        brand = read_brand(connection)
    show_note()
    st.write(
        _("Shipped letters are ready to use. Change one and save it under a name of your own.")
    )
    chosen = choose(
        _("Letter"), list(known), key=CHOICE, name=lambda name: _shown_name(known[name])
    )
    with workspace().database.read() as connection:
        letter = load(connection, chosen)
    show_letter_help()
    with guarded():
        texts = _edit(letter, known[chosen], brand)
        _show_saving(letter, texts)


def _shown_name(info: LetterInfo) -> str:
    origin = _("shipped") if info.shipped else _("yours, version {version}", version=info.version)
    return f"{letter_name(info.name)} · {origin}"


def _edit(letter: Letter, info: LetterInfo, brand: Brand) -> dict[Language, str]:
    languages = list(Language)
    found: dict[Language, list[Finding]] = {}
    tabs = st.tabs(
        [label(f"language.{one}") for one in languages],
        default=label(f"language.{language()}"), key=f"tabs-{letter.name}",
    )  # fmt: skip
    key = f"text-{letter.name}-{info.version}"
    texts: dict[Language, str] = {}
    beside: dict[Language, DeltaGenerator] = {}
    for tab, one in zip(tabs, languages, strict=True):
        with tab:
            text, beside[one] = st.columns([3, 2], gap="medium")
            with text:
                texts[one] = _edit_text(letter, one, f"{key}-{one}")
    for finding in findings({one: [text] for one, text in texts.items() if text.strip()}, brand):
        found.setdefault(finding.language, []).append(finding)
    for tab, one in zip(tabs, languages, strict=True):
        with beside[one]:
            show_findings(found.get(one, []), written=bool(texts[one].strip()))
        with tab:
            if any(map(_stops_rendering, found.get(one, []))):
                st.caption(_("The letter is shown here as soon as that is mended."))
            else:
                _show_preview(letter, one, texts[one], brand)
    return texts


def _stops_rendering(finding: Finding) -> bool:
    """Say whether there can be no preview: of a letter that is only written badly there is one."""
    return finding.severity == "error" and not finding.code.startswith("proof.")


def _edit_text(letter: Letter, one: Language, key: str) -> str:
    return st.text_area(
        _("Text"), letter.texts.get(one, [""])[0], height=EDITOR_HEIGHT, key=key,
        persist_state="session",
    ) or ""  # fmt: skip


def _show_preview(letter: Letter, one: Language, text: str, brand: Brand) -> None:
    if not text.strip():
        return
    st.header(_("As the customer sees it"), anchor=False)
    with guarded():
        rendered = compile_text(text, one, brand).render(_reader(letter, one))
        show_letter(rendered, key=f"letter-{one}")


def _reader(letter: Letter, one: Language) -> Values:
    """Return the person for whom the letter is shown: invented, or the customer asked for."""
    kind = choose(
        _("For whom?"), list(READERS), key=f"reader-{one}", name=lambda kind: _(READERS[kind])
    )
    if kind in INVENTED:
        return INVENTED[kind](one)
    key = st.text_input(
        _("Customer number or e-mail address"), key=f"customer-{one}", persist_state="session"
    )
    with workspace().database.read() as connection:
        row = find(connection, key) if key else None
        if row is not None:
            return sample_of_customer(
                workspace(), connection, [row.id], language=one, purpose=letter.purpose,
                now=utcnow(),
            )[0]  # fmt: skip
    if key:
        st.info(_("There is no such customer; this is an invented one."))
    return sample_values(one)


def _show_saving(letter: Letter, texts: dict[Language, str]) -> None:
    st.divider()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input(
            _("Save under this name"), "" if letter.shipped else letter.name, max_chars=60,
            key=f"save-{letter.name}", width=340,
        )  # fmt: skip
        if st.button(_("Save"), type="primary", disabled=not (name or "").strip()):
            kept = {one: [text] for one, text in texts.items() if text.strip()}
            with workspace().database.begin() as connection:
                save(connection, (name or "").strip(), kept, actor=OWNER, now=utcnow())
            _go_on_with((name or "").strip(), letter)


def _go_on_with(saved: str, origin: Letter) -> None:
    """Show the saved letter, and the one it came from as it was before."""
    for key in [key for key in st.session_state if str(key).startswith(f"text-{origin.name}-")]:
        del st.session_state[key]
    st.session_state[CHOICE] = saved
    note(_("Saved."))
    st.rerun()


page()

"""The letter that is being written, as a reader gets it: an invented one, or a customer of ours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from campaigns.clock import utcnow
from campaigns.delivery.recipients import sample_values as sample_of_customer
from campaigns.errors import N_, RenderError
from campaigns.letters.design import DESIGN, designs, designs_for
from campaigns.letters.fields import Values
from campaigns.letters.parse import parse_text
from campaigns.letters.preview import longest_values, sample_values, unknown_values
from campaigns.letters.quotes import Quote
from campaigns.letters.render import compile_text
from campaigns.letters.source import read_purpose
from campaigns.model.language import Language
from campaigns.store.contacts import find
from campaigns.store.options import Brand
from campaigns.ui.choice import choose
from campaigns.ui.guard import guarded
from campaigns.ui.letter_fields import beside
from campaigns.ui.letter_form import design_name
from campaigns.ui.letter_frame import choose_view, show_rendered
from campaigns.ui.letter_work import Work
from campaigns.ui.resources import workspace
from campaigns.ui.words import _, label

READERS = {
    "sample": N_("An invented customer of whom everything is known"),
    "unknown": N_("A customer of whom nothing is known"),
    "longest": N_("A customer with a very long name"),
    "customer": N_("One of our customers…"),
}
INVENTED = {"sample": sample_values, "unknown": unknown_values, "longest": longest_values}


def show_preview(
    work: Work, languages: Sequence[Language], brand: Brand, quotes: Mapping[str, Quote]
) -> None:
    """Show the text that is looked at in each language, for the same reader and design."""
    st.header(_("As the customer sees it"), anchor=False)
    with st.grid(2, min_column_width=200):
        kind = choose(_("For whom?"), list(READERS), key="reader", name=lambda one: _(READERS[one]))
        design = choose(
            _("Design"), _designs(work, languages, brand, quotes), key="design", name=design_name
        )
    key = ""
    if kind == "customer":
        key = st.text_input(
            _("Customer number or e-mail address"), key="customer", persist_state="session"
        ) or ""  # fmt: skip
    view = choose_view("letter")
    for language, place in beside(languages):
        with place:
            if len(languages) > 1:
                st.markdown(f"**{label(f'language.{language}')}**")
            _show_one(work, language, brand, quotes, (kind, key, design, view), languages)


def _show_one(
    work: Work, language: Language, brand: Brand, quotes: Mapping[str, Quote],
    chosen: tuple[str, str, str, str], languages: Sequence[Language],
) -> None:  # fmt: skip
    kind, key, design, view = chosen
    source = work.text(language)
    if not source.strip():
        st.caption(_("There is no text in this language yet."))
        return
    with guarded():
        try:
            compiled = compile_text(source, language, brand, design=design, quotes=quotes)
        except RenderError:
            st.info(_("The letter is shown here as soon as its errors are mended."))
            return
        values = INVENTED[kind](language) if kind in INVENTED else _customer(source, language, key)
        shown = compiled.render(values)
        show_rendered(shown, view, key=f"{language}", beside=languages)


def _designs(
    work: Work, languages: Sequence[Language], brand: Brand, quotes: Mapping[str, Quote]
) -> list[str]:
    """Return the designs that the text takes turns in, then the others that there are."""
    fitting: list[str] = []
    for language in languages:
        try:
            fitting += designs_for(parse_text(work.text(language), language, brand, quotes))
        except RenderError:
            continue
    known = [one for one in designs() if one in fitting]
    return known or [DESIGN]


def _customer(source: str, language: Language, key: str) -> Values:
    """Return what is known of a customer; an invented one where there is no such customer."""
    with workspace().database.read() as connection:
        row = find(connection, key) if key else None
        if row is not None:
            return sample_of_customer(
                workspace(), connection, [row.id], language=language,
                purpose=read_purpose(source), now=utcnow(),
            )[0]  # fmt: skip
    if key:
        st.info(_("There is no such customer; this is an invented one."))
    return sample_values(language)

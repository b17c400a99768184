"""How a letter is written, beside its text: the lines at its top, and what can be filled in."""

from __future__ import annotations

from functools import lru_cache

import streamlit as st

from campaigns.errors import N_
from campaigns.letters.fields import FIELDS
from campaigns.letters.preview import sample_values
from campaigns.letters.render import compile_text
from campaigns.model.language import Language
from campaigns.store.options import Brand
from campaigns.ui.words import _, label, language

HEAD = {
    "subject: …": N_("The subject, as the inbox shows it"),
    "preheader: …": N_("The words that the inbox shows beside the subject"),
    "purpose: offers": N_("Goes to those who agreed to get offers"),
    "purpose: testimonials": N_("Goes to those who agreed to be asked for an opinion"),
    "register: warm": N_("How near the letter is: neutral, warm, or formal, with a title"),
    "button: text, link": N_("The words on the button, and where it leads"),
}
BODY = {
    "{{ button }}": N_("Here stands the button"),
    '{{ city | default("…") }}': N_("The city, or the words in quotes where it is not known"),
    "{% if city %} … {% endif %}": N_("Shown only to those whose city is known"),
}
FILTERS = {
    "{{ contact | greeting }}": N_("The whole greeting, with the name where it is known"),
    "{{ contact | vocative }}": N_("What one calls the reader"),
    "{{ contact | dative }}": N_("To whom: a name or another word in the dative"),
    "{{ contact | genitive }}": N_("Whose: in the genitive"),
    "{{ contact | definite }}": N_("In Armenian with -ը or -ն, as the next word asks"),
    "{{ contact | ergative }}": N_("Who did it: in Georgian in the ergative"),
    "{{ contact | instrumental }}": N_("By whom or with what: in the instrumental"),
    "{{ contact | ablative }}": N_("From whom or from where"),
    "{{ contact | for_whom }}": N_("For whom; with_whom says together with whom"),
    "{{ city | locative }}": N_("In which place"),
    "{{ last_product | quoted }}": N_("In quotation marks, so that no ending is needed"),
    "{{ orders | counted(…) }}": N_("A number with its noun"),
    "{{ last_order_at | on_date }}": N_("On which day"),
    "{{ first_order_at | from_date }}": N_("From which day"),
    '{{ "2026-12-31" | until_date }}': N_("Until which day"),
    "{{ closing }}": N_("The words that close the letter"),
}
NOUNS = {Language.HY: '"պատվեր"', Language.KA: '"შეკვეთა"', Language.EN: '"order", "orders"'}


def show_letter_help() -> None:
    """Explain in a fold what the marks in a letter's text mean."""
    with st.expander(_("What the marks in the text mean"), icon=":material/help:"):
        st.write(_(
            "Between the two lines --- stands what surrounds the letter; change only what follows"
            " the colon. Below them you write freely; an empty line starts a new paragraph."
        ))  # fmt: skip
        _show({mark: _(text) for mark, text in {**HEAD, **BODY}.items()})
        st.write(_(
            "Names and words take the ending that the sentence needs. Where the right form is not"
            " sure, the place stays empty: so add other words, {mark}.",
            mark='`{{ contact | dative | default("…") }}`',
        ))  # fmt: skip
        _show_examples()
        st.write(_("These are filled in for each reader:"))
        _show({f"{{{{ {one.name} }}}}": label(one.label_code) for one in FIELDS.values()})


@lru_cache(maxsize=100)
def example(mark: str, reader: Language) -> str:
    """Return what a mark becomes in a letter to an invented reader of that language."""
    source = f"---\nsubject: {mark}\npurpose: offers\n---\n"
    return compile_text(source, reader, Brand()).render(sample_values(reader)).subject


def _show_examples() -> None:
    reader = language()
    marks = {mark.replace("…", NOUNS[reader]): text for mark, text in FILTERS.items()}
    rows = [
        {_("In the text"): mark, _("Meaning"): _(text), _("Example"): example(mark, reader)}
        for mark, text in marks.items()
    ]
    st.dataframe(rows, hide_index=True, height="content", alt=_("Names and words in their case"))


def _show(marks: dict[str, str]) -> None:
    rows = [{_("In the text"): mark, _("Meaning"): text} for mark, text in marks.items()]
    st.dataframe(rows, hide_index=True, height="content", alt=_("What the marks in the text mean"))

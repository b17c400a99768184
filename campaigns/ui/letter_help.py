"""How a letter is written, beside its text: the lines at its top, and what can be filled in."""

from __future__ import annotations

import streamlit as st

from campaigns.errors import N_
from campaigns.letters.fields import FIELDS
from campaigns.ui.words import _, label

HEAD = {
    "subject: …": N_("The subject, as the inbox shows it"),
    "preheader: …": N_("The words that the inbox shows beside the subject"),
    "purpose: offers": N_("Goes to those who agreed to get offers"),
    "purpose: testimonials": N_("Goes to those who agreed to be asked for an opinion"),
    "button: text, link": N_("The words on the button, and where it leads"),
}
BODY = {
    "{{ button }}": N_("Here stands the button"),
    "{{ given_name | greeting }}": N_("The whole greeting, with the name where it is known"),
    '{{ city | default("…") }}': N_("The city, or the words in quotes where it is not known"),
    "{% if city %} … {% endif %}": N_("Shown only to those whose city is known"),
}


def show_letter_help() -> None:
    """Explain in a fold what the marks in a letter's text mean."""
    with st.expander(_("What the marks in the text mean"), icon=":material/help:"):
        st.write(_(
            "Between the two lines --- stands what surrounds the letter; change only what follows"
            " the colon. Below them you write freely; an empty line starts a new paragraph."
        ))  # fmt: skip
        _show({mark: _(text) for mark, text in {**HEAD, **BODY}.items()})
        st.write(_("These are filled in for each reader:"))
        _show({f"{{{{ {one.name} }}}}": label(one.label_code) for one in FIELDS.values()})


def _show(marks: dict[str, str]) -> None:
    rows = [{_("In the text"): mark, _("Meaning"): text} for mark, text in marks.items()]
    st.dataframe(rows, hide_index=True, height="content", alt=_("What the marks in the text mean"))

"""What can be put into a text: fields, blocks, conditions, cases, each with what it gives.

The marks are pressed in the page itself (``static/ui/letters.js``), because only there is it
known where the cursor stands.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

import streamlit as st

from campaigns.errors import N_, CampaignsError
from campaigns.letters.fields import FIELDS, Field, brand_values
from campaigns.letters.preview import sample_values
from campaigns.letters.render import compile_text
from campaigns.model.language import Language
from campaigns.store.options import Brand
from campaigns.ui.words import _, begun, label, language

OPEN_PLACE = "⟨…⟩"
"""Stands for words that the marketer has yet to write; no letter leaves with it."""
UNUSED = ("contact", "contact_id", "language", "attributes", "recommendations", "unsubscribe_url",
          "web_url", "contact_url")  # fmt: skip
"""Fields that the footer has, or that another mark gives better."""
FIELD_FILTERS = {"birthday": "on_date", "last_order_at": "on_date", "first_order_at": "from_date",
                 "points_expire_at": "until_date", "consent_at": "on_date", "discount": "percent",
                 "next_discount": "percent", "last_product": "quoted", "tier": "quoted",
                 "next_tier": "quoted"}  # fmt: skip
NAMES = {
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
    "{{ orders | counted(…) }}": N_("A number with its noun"),
    "{{ last_order_at | in_month }}": N_("In which month"),
    '{{ "2026-12-31" | through_date }}': N_("Until which day"),
    "{{ revenue | money_in_words }}": N_("An amount in words"),
}
SURE = ("greeting", "2026-12-31")
"""Filters that have an answer for everybody."""
NOUNS = {Language.HY: '"պատվեր"', Language.KA: '"შეკვეთა"', Language.EN: '"order", "orders"'}
BLOCKS = {
    "button": N_("The button"),
    "offer": N_("The offer: price before and now, until when, conditions"),
    "products": N_("What may suit the reader"),
    "statement": N_("What the card has brought the reader"),
    "questions": N_("The three questions"),
    "contact_card": N_("Phone, hours and address of the shop"),
    "loyalty_card": N_("The number of the reader's card"),
    "testimonial": N_("Published words of a customer"),
    "signature": N_("The closing words and who signs"),
}
CONDITIONS = {
    "{% if city %}\n…\n{% endif %}": N_("Only for those whose city is known"),
    "{% if last_product %}\n…\n{% else %}\n…\n{% endif %}": N_(
        "For those whose last purchase is known, and other words for the rest"
    ),
    "{% if orders > 1 %}\n…\n{% endif %}": N_("Only for those who bought more than once"),
    "{% if points %}\n…\n{% endif %}": N_("Only for those who have points"),
    "{% if days_since_last > 180 %}\n…\n{% endif %}": N_("Only for those who were long away"),
}
GROUPS = {
    "names": N_("Names and forms"),
    "fields": N_("Of the reader and the shop"),
    "blocks": N_("Blocks"),
    "conditions": N_("Conditions"),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """Something to put in: what it is called, what is written, what an invented reader sees."""

    title: str
    written: str
    example: str = ""


def show_marks(languages: list[Language], brand: Brand) -> None:
    """Show what can be put in; the examples are in the language that is written."""
    with st.expander(_("Put something in"), icon=":material/add_circle:", key="letter-marks"):
        st.caption(_(
            "Place the cursor in the text, then press what should stand there. Where a reader lacks"
            " it, other words must be ready: write them instead of {mark}.", mark=OPEN_PLACE,
        ))  # fmt: skip
        _choose_marks(languages, brand)


@st.fragment
def _choose_marks(languages: list[Language], brand: Brand) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        sought = st.text_input(
            _("Search"), type="search", live=True, key="letter-marks-sought", width=260
        )
        reader = languages[0]
        if len(languages) > 1:
            names = {one: label(f"language.{one}") for one in languages}
            name = f"letter-marks-{language()}"
            st.session_state.setdefault(name, language())
            st.segmented_control(
                _("Examples in"), languages, format_func=names.__getitem__, key=name, required=True
            )
            reader = Language(st.session_state[name])
    said = tuple(brand_values(brand.told_in(reader)).items())
    with st.container(key="letter-marks-list"):
        st.html(marks_html(reader, sought or "", language(), said))


@lru_cache(maxsize=200)
def marks_html(
    reader: Language, sought: str, _shown_in: Language, said: tuple[tuple[str, str], ...]
) -> str:
    """Return the marks that match what is sought, in their groups, as buttons.

    Args:
        reader: whose language the examples are in.
        sought: words of a mark's name, its writing or its example.
        said: what the shop says of itself, by field.
    """
    out: list[str] = []
    for group, title in GROUPS.items():
        found = [one for one in _marks(group, reader, dict(said)) if _matches(one, sought)]
        if found:
            out.append(f'<h4 class="marks-title">{html.escape(_(title))}</h4>')
            out.append(f'<div class="marks">{"".join(map(_button, found))}</div>')
    return "".join(out) or f"<p>{html.escape(_('Nothing of that kind.'))}</p>"


def _marks(group: str, reader: Language, said: Mapping[str, str]) -> Iterator[Mark]:
    match group:
        case "names":
            for written, title in NAMES.items():
                shown = written.replace("…", NOUNS[reader])
                yield Mark(_(title), _with_default(shown), example(shown, reader))
        case "fields":
            for field in FIELDS.values():
                if field.name not in UNUSED:
                    yield _of_field(field, reader, said)
        case "blocks":
            for name, title in BLOCKS.items():
                yield Mark(_(title), f"\n\n{{{{ {name} }}}}\n\n")
            yield Mark(_("What the reader gains"), "{{ benefit }}")
        case _:
            for written, title in CONDITIONS.items():
                yield Mark(_(title), f"\n{written.replace('…', OPEN_PLACE)}\n")


def _of_field(field: Field, reader: Language, said: Mapping[str, str]) -> Mark:
    turned = f" | {FIELD_FILTERS[field.name]}" if field.name in FIELD_FILTERS else ""
    written = f"{{{{ {field.name}{turned} }}}}"
    shown = said.get(field.name) or ("" if field.kind == "link" else example(written, reader))
    if field.name in said and shown.startswith("⟨"):  # the settings do not say it yet
        shown = ""
    safe = written if field.always else _with_default(written)
    return Mark(begun(label(field.label_code)), safe, shown)


def _with_default(written: str) -> str:
    if any(sure in written for sure in SURE):
        return written
    return f'{written.removesuffix(" }}")} | default("{OPEN_PLACE}") }}}}'


def _matches(one: Mark, sought: str) -> bool:
    wanted = sought.casefold().strip()
    return wanted in f"{one.title} {one.written} {one.example}".casefold()


def _button(one: Mark) -> str:
    title, written, shown = (
        html.escape(text, quote=True) for text in (one.title, one.written, one.example)
    )
    example = f"<span>{shown}</span>" if shown else ""
    name = html.escape(one.written.strip(), quote=True)
    return (
        f'<button type="button" class="mark" data-mark="{written}" title="{name}">'
        f"<b>{title}</b>{example}</button>"
    )


@lru_cache(maxsize=500)
def example(mark: str, reader: Language) -> str:
    """Return what a mark becomes in a letter to an invented reader, nothing where it has none."""
    source = f"---\nsubject: x\npurpose: offers\n---\n{mark}\n"
    try:
        shown = compile_text(source, reader, Brand()).render(sample_values(reader)).text
    except CampaignsError:
        return ""
    return shown.partition("———")[0].strip()

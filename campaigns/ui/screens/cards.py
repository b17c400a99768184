"""Cards: whom to ask, and the member's own, looked at and taken to the printer."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from campaigns.clock import utcnow
from campaigns.delivery.cards import contact_cards, shop_card
from campaigns.letters.cards.data import Card
from campaigns.letters.cards.pdf import COLUMNS, ROWS, Face, card_pdf, sheet_pdf
from campaigns.letters.cards.picture import png
from campaigns.letters.cards.vcard import vcard
from campaigns.model.language import Language
from campaigns.store.options import read_brand
from campaigns.ui.choice import choose
from campaigns.ui.guard import guarded
from campaigns.ui.resources import workspace
from campaigns.ui.words import _, label, language

PDF, VCARD = "application/pdf", "text/vcard"
SHOWN_PIXELS = 480


def page() -> None:
    with workspace().database.read() as connection:
        brand = read_brand(connection)
    st.write(
        _("Hand a card out with every purchase, and to those who only looked: it says whom to ask.")
    )
    if not (brand.shop_name and (brand.phone or brand.reply_to or brand.from_address)):
        st.info(_("First fill in the name of the shop and its phone or e-mail in Settings."))
        return
    logo = _ask_logo()
    tabs = st.tabs([_("Support card"), _("Loyalty card")])
    with tabs[0]:
        _show_support(logo)
    with tabs[1]:
        _show_loyalty(logo)


def _ask_logo() -> bytes | None:
    with st.expander(_("Logo on the cards")):
        file = st.file_uploader(
            _("PNG or JPEG"), type=["png", "jpg", "jpeg"], max_upload_size=2, key="card-logo"
        )
    return file.getvalue() if file is not None else None


def _show_support(logo: bytes | None) -> None:
    asked, shown = st.columns([2, 3], gap="medium")
    with asked, guarded():
        chosen = _choose_language("support")
        product = st.text_input(
            _("Product that the person asked about"), max_chars=120, key="card-product",
            help=_("The card then says whom to ask about it. May stay empty."),
        )  # fmt: skip
        with workspace().database.read() as connection:
            made = shop_card(connection, chosen, product=product or "")
    with shown, guarded():
        _show(made, "support", logo)
        st.download_button(
            _("For address books (vCard)"), data=vcard(made).encode(), mime=VCARD,
            file_name=f"support-{chosen}.vcf", icon=":material/contacts:", on_click="ignore",
            key=f"card-vcf-{chosen}",
        )  # fmt: skip


def _show_loyalty(logo: bytes | None) -> None:
    asked, shown = st.columns([2, 3], gap="medium")
    with asked:
        chosen = _choose_language("loyalty")
        key = st.text_input(_("Customer number or e-mail address"), key="card-customer")
        gives = st.text_input(
            _("What the card gives"), max_chars=120, key="card-gives",
            help=_("One line, such as: 10% off all wines. May stay empty."),
        )  # fmt: skip
    if not key:
        return
    with shown, guarded():
        with workspace().database.read() as connection:
            (made,) = contact_cards(
                workspace(), connection, [key], chosen, now=utcnow(), gives=gives or ""
            )
        _show(made, "loyalty", logo)


def _choose_language(face: Face) -> Language:
    return choose(
        _("Language of the card"), sorted(Language, key=lambda one: one is not language()),
        key=f"card-language-{face}", name=lambda one: label(f"language.{one}"),
    )  # fmt: skip


def _show(card: Card, face: Face, logo: bytes | None) -> None:
    """Show a card, and hand it out: alone, for a printing house, and to be cut at home."""
    st.image(png(card_pdf([card], face, logo=logo)), width=SHOWN_PIXELS, alt=_("The card"))
    full = [card] * (COLUMNS * ROWS)
    forms: dict[str, tuple[str, Callable[[], bytes]]] = {
        "card": (_("Card, 85 × 55 mm (PDF)"), partial(card_pdf, [card], face, logo=logo)),
        "bleed": (
            _("For a printing house, with 3 mm bleed (PDF)"),
            partial(card_pdf, [card], face, logo=logo, bleed=True),
        ),
        "sheet": (_("Ten on a sheet of A4 (PDF)"), partial(sheet_pdf, full, face, logo=logo)),
    }
    for name, (words, make) in forms.items():
        st.download_button(
            words, data=make, mime=PDF, file_name=f"{face}-{card.language}-{name}.pdf",
            icon=":material/download:", on_click="ignore", key=f"card-{face}-{card.language}-{name}",
        )  # fmt: skip


page()

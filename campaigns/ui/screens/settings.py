"""Settings: who writes. All of it stands in each letter, so the law's part must be filled in."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from campaigns.clock import utcnow
from campaigns.delivery.plan import mailbox
from campaigns.errors import N_, NotAllowedError
from campaigns.language.time_zones import city_of_zone, zone_names
from campaigns.letters.design import OFFER, designs
from campaigns.letters.preview import sample_values
from campaigns.letters.render import compile_text
from campaigns.model.language import Language
from campaigns.model.money import EXPONENTS
from campaigns.store.operators import OWNER
from campaigns.store.options import NAMES, Brand, read_brand, save_brand
from campaigns.store.pictures import MAX_BYTES, keep_picture, rebased
from campaigns.ui.choice import choose
from campaigns.ui.guard import guarded
from campaigns.ui.limits_form import show_limits
from campaigns.ui.notes import note, show_note
from campaigns.ui.preview import preview_path
from campaigns.ui.ramp_form import show_ramp
from campaigns.ui.rates_table import show_rates
from campaigns.ui.resources import workspace
from campaigns.ui.words import _, label, language, list_of, names
from campaigns.ui.workers_table import show_workers

# name → label, help; in the order in which a person fills them in
FIELDS = {
    "shop_name": (N_("Name of the shop"), N_("As customers know it.")),
    "legal_name": (N_("Legal name"), N_("As in the state register. It stands under each letter.")),
    "postal_address": (N_("Postal address"), N_("The law asks for it under each letter.")),
    "website": (N_("Website"), N_("Starts with https://")),
    "from_name": (N_("Sender's name"), N_("Empty: the name of the shop.")),
    "from_address": (N_("Sender's e-mail address"), N_("At your own domain, not at gmail.com.")),
    "reply_to": (N_("Address for replies"), N_("A mailbox that a person reads.")),
    "phone": (N_("Phone"), N_("Under each letter, when filled in.")),
    "hours": (N_("Working hours"), N_("When somebody answers the phone.")),
    "signer": (N_("Who signs the letters"), N_("For example: Anna and the team.")),
    "signer_role": (N_("Role of the signer"), N_("Under the name, when filled in.")),
    "logo_url": (N_("Address of the logo"), N_("On top of letters. Starts with https://")),
    "photo_url": (
        N_("Address of the signer's photo"),
        N_("By the signature. Starts with https://"),
    ),
}
PICTURES = {
    "logo_url": N_("Or upload the logo"),
    "photo_url": N_("Or upload the photo"),
}
DESIGN_KEY, CARD = "sample-design", "card"
KINDS = ["png", "jpg", "jpeg", "webp"]
SAMPLE = """---
subject: -
purpose: offers
---
{{ contact | greeting }}

{{ contact_card }}

{{ signature }}
"""
SHOP = ("shop_name", "legal_name", "postal_address", "website")
SENDER = ("from_name", "from_address", "reply_to", "phone", "hours", "signer", "signer_role")


def page() -> None:
    with workspace().database.read() as connection:
        brand = read_brand(connection)
    show_note()
    tabs = st.tabs([_("The shop and its letters"), _("How often letters leave"), _("Exchange rates"),
                    _("The program")])  # fmt: skip
    with tabs[0]:
        _show_shop(brand)
    with tabs[1]:
        show_limits()
        show_ramp()
    with tabs[2]:
        show_rates(brand.currency)
    with tabs[3]:
        show_workers()


def _show_shop(brand: Brand) -> None:
    _show_missing(brand)
    with st.form("brand"):
        left, right = st.columns(2, gap="medium")
        with left:
            st.header(_("The shop"), anchor=False)
            shop = {name: _field(name, brand) for name in SHOP}
        with right:
            st.header(_("The sender"), anchor=False)
            sender = {name: _field(name, brand) for name in SENDER}
        looks = _looks(brand)
        choices = _choices(brand)
        told = _in_languages(brand)
        if st.form_submit_button(_("Save"), type="primary"):
            with guarded():
                pictures = _kept({name: looks[name] for name in PICTURES})
                given = {**shop, **sender, **looks, **pictures, **choices, "in_languages": told}
                _save(_changed(brand, given))
    _show_sample(brand)


def _show_missing(brand: Brand) -> None:
    missing = [_(FIELDS[name][0]) for name in brand.missing()]
    if missing:
        st.info(
            _("Still needed before a letter can leave: {names}.", names=list_of(missing)),
            icon=":material/edit_note:",
        )
    else:
        st.success(_("Everything that a letter needs is filled in."), icon=":material/check:")


def _field(name: str, brand: Brand) -> str:
    text, explanation = FIELDS[name]
    value = st.text_input(_(text), getattr(brand, name), help=_(explanation), max_chars=300)
    return (value or "").strip()


def _looks(brand: Brand) -> dict[str, Any]:
    """Ask how letters and cards look, and whether they say where AI helped."""
    st.header(_("The look"), anchor=False)
    left, right = st.columns(2, gap="medium")
    with left:
        colour = st.color_picker(
            _("Colour of letters and cards"), brand.colour,
            help=_("Words on it become dark or light, so that they can be read."),
        )  # fmt: skip
        tells = st.checkbox(_("Say in letters where AI helped"), brand.tells_ai)
    with right:
        pictures = {name: _picture(name, brand) for name in PICTURES}
    return {"colour": colour, "tells_ai": tells, **pictures}


def _picture(name: str, brand: Brand) -> str | bytes:
    """Ask for a picture: its address, or the file itself."""
    address = _field(name, brand)
    file = st.file_uploader(
        _(PICTURES[name]), KINDS, key=f"file-{name}", max_upload_size=MAX_BYTES // 1_000_000
    )
    return file.getvalue() if file else address


def _kept(pictures: dict[str, str | bytes]) -> dict[str, str]:
    """Return the addresses of pictures; files that came with the form are kept first."""
    files, base_url = workspace().files, workspace().settings.base_url
    return {
        name: keep_picture(files, given, base_url) if isinstance(given, bytes) else rebased(given, base_url)
        for name, given in pictures.items()
    }  # fmt: skip


def _show_sample(brand: Brand) -> None:
    """Show how letters begin and end, in the reader's language of this page."""
    st.header(_("How letters look"), anchor=False)
    st.session_state.setdefault(DESIGN_KEY, CARD)  # it shows both logo and colour
    design = choose(
        _("Design"), [one for one in designs() if one != OFFER], key=DESIGN_KEY,
        name=lambda one: label(f"design.{one}"), widget=st.segmented_control, required=True,
        label_visibility="collapsed",
    )  # fmt: skip
    compiled = compile_text(SAMPLE, language(), _named(brand), design=design)
    html = compiled.render(sample_values(language())).html
    st.iframe(preview_path(html, workspace().signer), width=640, height=560, alt=_("The letter"))


def _named(brand: Brand) -> Brand:
    """Return the brand with the names of its fields where it lacks what stands in each letter."""
    texts: dict[str, Any] = {name: f"⟨{_(FIELDS[name][0])}⟩" for name in brand.missing()}
    return replace(brand, **texts)


def _choices(brand: Brand) -> dict[str, str]:
    left, right = st.columns(2, gap="medium")
    currencies, languages = list(EXPONENTS), list(Language)
    currency = left.selectbox(
        _("Currency"), currencies, index=currencies.index(brand.currency),
        help=_("In which you report sums."),
    )  # fmt: skip
    default = right.selectbox(
        _("Letters to people whose language is not known"), languages,
        index=languages.index(Language(brand.default_language)),
        format_func=names(Language, lambda choice: label(f"language.{choice}")),
    )  # fmt: skip
    zones = sorted({*zone_names(), brand.local_zone})
    zone = left.selectbox(
        _("Time zone of the shop"), zones, index=zones.index(brand.local_zone),
        format_func=names(zones, _zone_name),
        help=_("The shop's day begins by it, and readers whose own is not known are taken to live in it."),
    )  # fmt: skip
    kept = (
        brand.zone if zone == brand.local_zone else zone
    )  # what was not chosen follows the currency
    return {
        "currency": currency or brand.currency, "default_language": str(default), "zone": kept,
    }  # fmt: skip


def _zone_name(zone: str) -> str:
    return f"{city_of_zone(zone, language())} · {zone}"


def _in_languages(brand: Brand) -> dict[str, dict[str, str]]:
    """Ask how names are written for readers of each language; return what is filled in."""
    told: dict[str, dict[str, str]] = {}
    with st.expander(_("The same names for readers of each language")):
        st.caption(_("What stays empty is written as above."))
        for one, tab in zip(
            Language, st.tabs([label(f"language.{one}") for one in Language]), strict=True
        ):
            known = brand.in_languages.get(one, {})
            given = {
                name: tab.text_input(
                    _(FIELDS[name][0]), known.get(name, ""), key=f"told-{one}-{name}", max_chars=300
                ) or ""
                for name in NAMES
            }  # fmt: skip
            told[one] = {name: text.strip() for name, text in given.items() if text.strip()}
    return {str(one): names for one, names in told.items() if names}


def _changed(brand: Brand, texts: dict[str, Any]) -> Brand:
    """Return the brand with what this page asks for; what others set stays."""
    website = texts["website"]
    if website and "://" not in website:
        texts = {**texts, "website": f"https://{website}"}
    return replace(brand, **texts)


def _require_mailboxes(brand: Brand) -> None:
    """Refuse now what approval would refuse, while the person still looks at the field."""
    for name in ("from_address", "reply_to"):
        written = getattr(brand, name)
        if written and mailbox(written) == (None, None):
            raise NotAllowedError("campaign.sender_address", field=name)


def _save(brand: Brand) -> None:
    _require_mailboxes(brand)
    with workspace().database.begin() as connection:
        save_brand(connection, brand, actor=OWNER, now=utcnow())
    note(_("Saved."))
    st.rerun()


page()

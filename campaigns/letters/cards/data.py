"""What stands on a card, from what the shop says of itself and what is known of a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from campaigns.errors import N_, InputError, RenderError
from campaigns.language.address import mention
from campaigns.language.catalogue import translate
from campaigns.language.people.person import Person
from campaigns.language.people.scripts import visible
from campaigns.language.phones import REGIONS, e164, international
from campaigns.language.roles import Role
from campaigns.letters.escape import clean, link
from campaigns.letters.filters import quoted
from campaigns.model.language import Language
from campaigns.store.options import Brand

MAX_NUMBER = 64
"""Characters of a card number; tills and their readers take far fewer."""
Kind = Literal["phone", "hours", "email", "website", "address"]

_ALIKE = str.maketrans("‑‒―ʼ", "-–—’")
_SAID: dict[Kind, str] = {
    "phone": N_("Phone: {phone}"),
    "hours": N_("Hours: {hours}"),
    "email": N_("E-mail: {reply_to}"),
    "website": N_("Website: {website}"),
    "address": N_("Address: {postal_address}"),
}
_PLACES: dict[Kind, str] = {
    "phone": "phone", "hours": "hours", "email": "reply_to", "website": "website",
    "address": "postal_address",
}  # fmt: skip
NUMBER = N_("Card number: {card_number}")
"""A line of its own in letters, where the number is a merge field."""
_CALL = N_("Questions? Call us.")
_CALL_ABOUT = N_("Questions about {product}? Call us.")
_WRITE = N_("Questions? Write to us.")
_WRITE_ABOUT = N_("Questions about {product}? Write to us.")
_SUPPORT = N_("Customer support")
_LOYALTY = N_("Loyalty card")
_SAVE = N_("Scan to save our contact")
_GIVES = N_("Show this card at every purchase.")


@dataclass(frozen=True, slots=True)
class Card:
    """What cards say to readers of one language. What is not known is empty, and is left out.

    ``phone`` is as readers of any country dial it, ``phone_number`` in E.164 where it is a number;
    ``website`` is as people read it, ``website_link`` absolute; ``number`` as a till reads it.
    """

    language: Language
    shop: str
    colour: str
    logo_url: str
    signer: str
    role: str
    phone: str
    phone_number: str
    hours: str
    email: str
    website: str
    website_link: str
    address: str
    product: str
    member: str
    number: str
    gives: str


@dataclass(frozen=True, slots=True)
class Line:
    """One way to reach the shop: itself, the same with its name, and where it leads or ``""``."""

    kind: Kind
    text: str
    said: str
    link: str = ""


def card_of(
    brand: Brand, language: Language, values: Mapping[str, object] | None = None, *, gives: str = ""
) -> Card:
    """Return the card of a shop, and of a person where ``values`` (fields of a letter) tells of one.

    The product is ``last_product``. ``gives`` says in one line what the loyalty card is good for.
    """
    told, known = brand.told_in(language), values or {}
    phone, website = clean(told.phone), clean(told.website)
    return Card(
        language=language, shop=_text(told.shop_name), colour=told.colour,
        logo_url=_link(told.logo_url), signer=_text(told.signer),
        role=_text(told.signer_role) or translate("mail", _SUPPORT, language),
        phone=international(phone, REGIONS.get(language, "AM")),
        phone_number=e164(phone, REGIONS.get(language, "AM")) or "",
        hours=_text(told.hours), email=clean(told.reply_to or told.from_address),
        website=_bare(website), website_link=_link(website), address=_text(told.postal_address),
        product=_text(str(known.get("last_product") or "")),
        member=_member(known, language), number=_number(known), gives=_text(gives),
    )  # fmt: skip


def contact_lines(card: Card) -> tuple[Line, ...]:
    """Return the ways to reach the shop, the quickest first, as every form of the card has them."""
    phone = f"tel:{card.phone_number}" if card.phone_number else ""
    found: dict[Kind, tuple[str, str]] = {
        "phone": (card.phone, phone),
        "hours": (card.hours, ""),
        "email": (card.email, f"mailto:{card.email}" if card.email else ""),
        "website": (card.website, card.website_link),
        "address": (card.address, ""),
    }
    return tuple(
        Line(kind, text, translate("mail", _SAID[kind], card.language, **{_PLACES[kind]: text}), to)
        for kind, (text, to) in found.items()
        if text
    )


def question(card: Card) -> str:
    """Return the line that asks the reader to ask, about the product of interest where it is known.

    Practice 41.
    """
    plain, about = (_CALL, _CALL_ABOUT) if card.phone else (_WRITE, _WRITE_ABOUT)
    if not card.product:
        return translate("mail", plain, card.language)
    return translate("mail", about, card.language, product=quoted(card.product, card.language))


def loyalty_name(language: Language) -> str:
    """Return what a loyalty card is called."""
    return translate("mail", _LOYALTY, language)


def saving(language: Language) -> str:
    """Return what stands at the code that brings the shop into a phone's address book."""
    return translate("mail", _SAVE, language)


def promise(card: Card) -> str:
    """Return what the loyalty card gives, or what to do with it."""
    return card.gives or translate("mail", _GIVES, card.language)


def require_reachable(card: Card) -> None:
    """Raise InputError where a support card would tell nobody whom to ask."""
    if not card.shop:
        raise InputError("card.missing", field="shop_name")
    if not (card.phone or card.email):
        raise InputError("card.missing", field="phone")


def require_number(card: Card) -> None:
    """Raise InputError where a loyalty card would be nobody's."""
    if not card.shop:
        raise InputError("card.missing", field="shop_name")
    if not card.number:
        raise InputError("card.no_number")


def _member(known: Mapping[str, object], language: Language) -> str:
    """Return the name as its bearer reads it: in the script of the card, else as it was given."""
    person = known.get("contact")
    named = mention(person, Role.NOMINATIVE, language) if isinstance(person, Person) else None
    if named:
        return _text(named)
    if isinstance(person, Person) and not person.usable:
        return ""
    written = (str(known.get(name) or "") for name in ("given_name", "family_name"))
    return _text(" ".join(written))


def _number(known: Mapping[str, object]) -> str:
    number = _text(str(known.get("card_number") or ""))
    if len(number) > MAX_NUMBER:
        raise InputError("input.too_long", field="card_number", got=len(number), limit=MAX_NUMBER)
    return number


def _text(value: str) -> str:
    """Return one line without what nobody sees, in marks that the fonts of the cards have."""
    return clean(visible(value)).translate(_ALIKE)


def _link(text: str) -> str:
    """Return an absolute link, or nothing for what is none: it is then read, not followed."""
    try:
        return link(text) if text else ""
    except RenderError:
        return ""


def _bare(website: str) -> str:
    """Return an address as one writes it on paper.

    >>> _bare("https://www.nur.example.am/")
    'nur.example.am'
    """
    bare = website.partition("://")[2] or website
    return bare.removeprefix("www.").rstrip("/")

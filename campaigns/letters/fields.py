"""What a letter may say about its reader and its sender: the declared fields, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from campaigns.language.grammar import Kind as WordKind
from campaigns.model.money import Money
from campaigns.store.options import Brand

Values = Mapping[str, object]
"""One recipient: field → value, None where it is not known."""

Kind = Literal["text", "number", "money", "date", "link", "person", "attributes", "list", "token"]
MANY = ("attributes", "list")
"""Kinds that hold several values, of which a letter names one."""
MAX_ITEMS = 6
"""Items of a list that a letter can show."""


@dataclass(frozen=True, slots=True)
class Field:
    """A merge field. ``always`` says that it is never empty, so it needs no default.

    ``word`` says what its values name, for fields that can be put into a case.
    """

    name: str
    kind: Kind
    always: bool = False
    word: WordKind | None = None

    @property
    def label_code(self) -> str:
        """Code of its name for ``campaigns.language.labels.label``."""
        return f"letter_field.{self.name}"


@dataclass(frozen=True, slots=True)
class Item:
    """Something that a list field tells of: a product. Hashable, as lists are compared."""

    name: str
    price: Money | None = None
    url: str | None = None


ITEM_FIELDS = {
    one.name: one
    for one in (
        Field("name", "text", always=True, word=WordKind.NOUN),
        Field("price", "money"),
        Field("url", "link"),
    )
}

_DECLARED = (
    Field("contact_id", "text", always=True),
    Field("contact", "person", word=WordKind.PERSON),
    Field("given_name", "text", word=WordKind.GIVEN),
    Field("family_name", "text", word=WordKind.SURNAME),
    Field("language", "text", always=True),
    Field("city", "text", word=WordKind.TOPONYM),
    Field("orders", "number"),
    Field("revenue", "money"),
    Field("first_order_at", "date"),
    Field("last_order_at", "date"),
    Field("days_since_last", "number"),
    Field("last_product", "text", word=WordKind.NOUN),
    Field("attributes", "attributes", word=WordKind.NOUN),
    Field("recommendations", "list"),
    Field("birthday", "date"),
    Field("years_with_us", "number"),
    Field("card_number", "text"),
    Field("points", "number"),
    Field("points_expiring", "number"),
    Field("points_expire_at", "date"),
    Field("tier", "text", word=WordKind.NOUN),
    Field("next_tier", "text", word=WordKind.NOUN),
    Field("to_next_tier", "money"),
    Field("discount", "number"),
    Field("next_discount", "number"),
    Field("to_next_discount", "money"),
    Field("savings", "money"),
    Field("consent_source", "text"),
    Field("consent_at", "date"),
    Field("unsubscribe_url", "link", always=True),
    Field("testimonial_url", "link", always=True),
    Field("referral_url", "link"),
    Field("web_url", "link"),
    Field("contact_url", "link"),
    Field("shop_name", "text", always=True, word=WordKind.ORGANISATION),
    Field("closing", "text", always=True),
    Field("signer", "text", always=True, word=WordKind.PERSON),
    Field("signer_role", "text"),
    Field("legal_name", "text", always=True, word=WordKind.ORGANISATION),
    Field("postal_address", "text", always=True),
    Field("phone", "text"),
    Field("hours", "text"),
    Field("reply_to", "text", always=True),
    Field("website", "text"),
)
FIELDS: dict[str, Field] = {field.name: field for field in _DECLARED}
LISTS = [name for name, field in FIELDS.items() if field.kind == "list"]


def brand_values(brand: Brand) -> dict[str, str]:
    """Return the fields that are the same in every message: who writes.

    What the law demands and nobody has filled in yet shows as ``⟨its name⟩``, so that a preview
    works before the settings are complete; approval refuses such a brand (``Brand.missing``).
    """
    shop = brand.shop_name or "⟨shop_name⟩"
    return {
        "shop_name": shop,
        "signer": brand.signer or brand.from_name or shop,
        "legal_name": brand.legal_name or "⟨legal_name⟩",
        "postal_address": brand.postal_address or "⟨postal_address⟩",
        "phone": brand.phone.replace(" ", "\N{NO-BREAK SPACE}"),
        "hours": brand.hours,
        "signer_role": brand.signer_role,
        "reply_to": brand.reply_to or brand.from_address or "⟨reply_to⟩",
        "website": brand.website,
    }

"""What a marketer sets in the interface: the sender, the currency, the name of the shop."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import available_timezones

import sqlalchemy as sa

from campaigns.errors import InputError
from campaigns.store.journal import record
from campaigns.store.pictures import OWN
from campaigns.store.tables import setting

BRAND = "brand"
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
NAMES = (
    "shop_name", "legal_name", "postal_address", "from_name", "signer", "signer_role", "hours",
)  # fmt: skip
"""What a shop writes differently for readers of another language."""
ZONE = "Asia/Yerevan"
ZONES = {"GEL": "Asia/Tbilisi"}
"""The time zone of a shop that has not said another, by its currency."""


@dataclass(frozen=True, slots=True)
class Brand:
    """Who writes. All of it stands in the footer of each letter, so none may be empty at approval.

    Law: Georgia 3144-XIმს art. 12; CAN-SPAM (a valid postal address); Armenia HO-49-N art. 8.
    """

    shop_name: str = ""
    legal_name: str = ""
    postal_address: str = ""
    from_name: str = ""
    from_address: str = ""
    reply_to: str = ""
    phone: str = ""
    signer: str = ""
    signer_role: str = ""
    hours: str = ""
    """When somebody answers the phone."""
    website: str = ""
    logo_url: str = ""
    photo_url: str = ""
    """Of the signer."""
    colour: str = "#0f766e"
    """Of buttons, links and bars; what stands on it is made dark or light enough to read."""
    tells_ai: bool = False
    """Letters say where a language model helped to write them."""
    currency: str = "AMD"
    default_language: str = "hy"
    zone: str = ""
    """The shop's time zone (IANA); empty: where its currency is paid with."""
    in_languages: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Language → one of ``NAMES`` → how it is written for readers of that language."""

    def told_in(self, language: str) -> Brand:
        """Return the brand as a reader of ``language`` sees it; what is not given stays."""
        told: dict[str, Any] = dict(self.in_languages.get(language, {}))
        given = {name: words for name, words in told.items() if words.strip()}
        return replace(self, in_languages={}, **given) if given else self

    @property
    def local_zone(self) -> str:
        """The shop's time zone: its days begin by it, and readers whose own is not known have it.

        >>> Brand(currency="GEL").local_zone
        'Asia/Tbilisi'
        """
        return self.zone or ZONES.get(self.currency, ZONE)

    def missing(self) -> list[str]:
        """Return the names of what the law demands and is not filled in."""
        needed = ("shop_name", "legal_name", "postal_address", "from_address", "reply_to")
        return [name for name in needed if not getattr(self, name).strip()]


def read_brand(connection: sa.Connection) -> Brand:
    """Return the brand as it was last saved, or an empty one."""
    saved = connection.execute(
        sa.select(setting.c.value).where(setting.c.name == BRAND)
    ).scalar_one_or_none()
    known = {f.name for f in fields(Brand)}
    return Brand(**{k: v for k, v in (saved or {}).items() if k in known})


def save_brand(connection: sa.Connection, brand: Brand, *, actor: str, now: datetime) -> None:
    """Keep ``brand``.

    Raises:
        InputError: a value holds a line break, which could forge a mail header; the colour is not
            written ``#rrggbb``; a picture has no address that mail clients load; the time zone is
            none.
    """
    if brand.zone and brand.zone not in available_timezones():
        raise InputError("settings.value", name="zone", got=brand.zone, expected=ZONE)
    if not _COLOUR.fullmatch(brand.colour):
        raise InputError("brand.colour", got=brand.colour)
    for name, value in _texts(brand):
        if "\n" in value or "\r" in value:
            raise InputError("brand.line_break", field=name)
    for name in ("logo_url", "photo_url"):
        url = getattr(brand, name)
        if url and not _is_loadable(url):
            raise InputError("brand.picture", field=name, got=url)
    connection.execute(sa.delete(setting).where(setting.c.name == BRAND))
    connection.execute(
        setting.insert().values(name=BRAND, value=asdict(brand), updated_at=now, updated_by=actor)
    )
    record(connection, actor=actor, verb="brand.save", subject=f"setting:{BRAND}", now=now)


def _is_loadable(url: str) -> bool:
    """An uploaded picture may wait for the shop's https address; preflight says so."""
    parts = urlsplit(url)
    return (parts.scheme == "https" and bool(parts.hostname)) or OWN.fullmatch(url) is not None


def _texts(brand: Brand) -> Iterator[tuple[str, str]]:
    for name, value in asdict(brand).items():
        if isinstance(value, str):
            yield name, value
    for language, names in brand.in_languages.items():
        for name, value in names.items():
            if name not in NAMES:
                raise InputError("settings.value", name=f"brand.{language}", got=name,
                                 expected=", ".join(NAMES))  # fmt: skip
            yield f"{name}.{language}", value

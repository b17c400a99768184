"""Which languages a letter may be written in."""

from __future__ import annotations

from enum import StrEnum


class Language(StrEnum):
    """A language we write in. Values are BCP 47 tags, stored as such."""

    HY = "hy"
    KA = "ka"
    EN = "en"

    @property
    def og_locale(self) -> str:
        """Name with its country, as Open Graph and CLDR want it."""
        return {"hy": "hy_AM", "ka": "ka_GE", "en": "en_US"}[self]

    @property
    def hreflang(self) -> str:
        """Tag for ``hreflang`` links."""
        return {"hy": "hy-AM", "ka": "ka-GE", "en": "en"}[self]

    @property
    def own_name(self) -> str:
        """The language's name in itself, for a switch."""
        return {"hy": "Հայերեն", "ka": "ქართული", "en": "English"}[self]

"""Colours, fonts and manners of a letter: from one colour of the shop, so that all can be read.

Contrast is that of WCAG 2.2 (1.4.3): at least 4.5 : 1 for text of any size, on whichever ground of
the letter it stands, by day and by night (dark mode).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from campaigns.errors import InputError
from campaigns.model.language import Language

READABLE = 4.5
VISIBLE = 3.0
"""The edge of a button against its ground (WCAG 2.2, 1.4.11)."""
INK = "#1f2430"
PAPER = "#ffffff"
DEEP = "#050505"
"""Dark enough that every colour can carry either it or ``PAPER``; ``INK`` would fail mid-tones."""
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")

# Mail clients have hardly any web fonts: Android has Noto, Windows Segoe UI or Sylfaen (a serif,
# so the layout must stand that), Apple picks by itself.
FONTS = {
    Language.HY: "'Noto Sans Armenian', 'Segoe UI', Sylfaen, Mshtakan, 'Helvetica Neue', Arial, sans-serif",
    Language.KA: "'Noto Sans Georgian', 'Segoe UI', Sylfaen, 'Helvetica Neue', Arial, sans-serif",
    Language.EN: "'Segoe UI', 'Helvetica Neue', Arial, sans-serif",
}
SERIFS = {
    Language.HY: "'Noto Serif Armenian', Sylfaen, Mshtakan, Georgia, serif",
    Language.KA: "'Noto Serif Georgian', Sylfaen, Georgia, serif",
    Language.EN: "Georgia, 'Times New Roman', serif",
}


@dataclass(frozen=True, slots=True)
class Shades:
    """What stands on what, at one time of the day: every ink can be read on every ground."""

    desk: str
    """Around the letter."""
    sheet: str
    panel: str
    line: str
    ink: str
    soft: str
    """Of what matters less."""
    link: str = ""
    """The shop's colour, made dark or light enough."""
    on_link: str = ""
    """Of words on a ground of that colour."""

    @property
    def grounds(self) -> tuple[str, ...]:
        return self.desk, self.sheet, self.panel


DAY = Shades("#f4f4f2", PAPER, "#f7f7f5", "#dcdad6", INK, "#535a66")
NIGHT = Shades("#15181c", "#1e2227", "#282d34", "#454c56", "#eceef1", "#b9c0ca")


@dataclass(frozen=True, slots=True)
class Manner:
    """How a design speaks: its letters and boxes. The frame itself is the design's own file."""

    size: str = "16px"
    leading: str = "1.6"
    serif: bool = False
    panel: str = "border-left:3px solid {edge};padding:2px 0 2px 18px;"
    """Style of a panel; colours in braces are those of ``Look``."""
    button: str = "background-color:{accent};border:1px solid {edge};border-radius:8px;"
    on_button: str = "{on_accent}"
    hero: bool = False
    """The offer stands on the shop's colour, its price large."""


MANNERS = {
    "note": Manner(button="border:1px solid {link};border-radius:6px;", on_button="{link}"),
    "card": Manner(
        panel="background-color:{panel};border:1px solid {line};border-radius:10px;padding:18px 20px 10px;"
    ),
    "story": Manner(
        size="18px", leading="1.7", serif=True,
        panel="border-top:1px solid {line};border-bottom:1px solid {line};padding:22px 0 14px;",
        button="background-color:{accent};border:1px solid {edge};border-radius:28px;",
    ),
    "offer": Manner(
        panel="background-color:{tint};border-radius:12px;padding:20px 22px 12px;", hero=True
    ),
}  # fmt: skip
"""The manners of our designs; a design that a shop added has those of a card."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a letter is painted with. Colours are ``#rrggbb``."""

    fonts: str
    accent: str
    """Of buttons and bars."""
    on_accent: str
    """Of the words on them."""
    edge: str
    """Of a button's border: keeps one of a pale colour visible on paper."""
    link: str
    """The accent, made dark enough to be read on every light ground."""
    tint: str
    """A breath of the accent on white: a ground."""
    night: Shades
    manner: Manner
    ink: str = INK
    soft: str = DAY.soft
    line: str = DAY.line
    panel: str = DAY.panel
    desk: str = DAY.desk
    sheet: str = DAY.sheet

    def over_accent(self) -> Look:
        """Return the look of what stands on the shop's colour."""
        on = self.on_accent
        return replace(self, ink=on, soft=on, link=on, line=on, panel=self.accent)


@lru_cache(maxsize=256)
def look(language: Language, colour: str, design: str = "card") -> Look:
    """Return the look of a shop's letters in a design.

    Raises:
        InputError: the colour is not written ``#rrggbb``.
    """
    accent = checked(colour)
    manner = MANNERS.get(design, MANNERS["card"])
    tint = mixed(accent, PAPER, 0.07)
    link = readable_on((*DAY.grounds, tint), accent)
    fonts = (SERIFS if manner.serif else FONTS)[language]
    edge = accent if contrast(PAPER, accent) >= VISIBLE else link
    return Look(fonts, accent, text_on(accent), edge, link, tint, _night(accent), manner)


def checked(colour: str) -> str:
    """Return a colour in small letters.

    Raises:
        InputError: it is not written ``#rrggbb``.
    """
    if not _COLOUR.fullmatch(colour):
        raise InputError("brand.colour", got=colour)
    return colour.lower()


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2.2).

    >>> round(contrast("#000000", "#ffffff"))
    21
    """
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def text_on(ground: str) -> str:
    """Return white or nearly black, whichever is read better on ``ground``."""
    return max((PAPER, DEEP), key=lambda one: contrast(one, ground))


def readable_on(grounds: Iterable[str], colour: str, towards: str = DEEP) -> str:
    """Return ``colour``, moved ``towards`` dark or light until it can be read on all ``grounds``.

    >>> readable_on(["#ffffff"], "#0f766e"), readable_on(["#ffffff"], "#ffd400")
    ('#0f766e', '#8c7502')
    """
    grounds = tuple(grounds)
    for share in range(0, 101, 2):
        shade = mixed(towards, colour, share / 100)
        if all(contrast(ground, shade) >= READABLE for ground in grounds):
            return shade
    return towards


def mixed(one: str, other: str, share: float) -> str:
    """Return a colour of which ``share`` (0 to 1) is ``one``, the rest ``other``."""
    parts = zip(_parts(one), _parts(other), strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in parts)


def _night(accent: str) -> Shades:
    link = readable_on(NIGHT.grounds, accent, PAPER)
    parts = (NIGHT.desk, NIGHT.sheet, NIGHT.panel, NIGHT.line, NIGHT.ink, NIGHT.soft)
    return Shades(*parts, link, text_on(link))


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)

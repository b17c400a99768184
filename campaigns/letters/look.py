"""Colours and fonts of a letter: from one colour of the shop, so that everything can be read.

Contrast is that of WCAG 2.2 (1.4.3): at least 4.5 : 1 for text of any size.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from campaigns.errors import InputError
from campaigns.model.language import Language

READABLE = 4.5
INK = "#111827"
PAPER = "#ffffff"
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")

# Mail clients have hardly any web fonts: Android has Noto, Windows Segoe UI or Sylfaen (a serif,
# so the layout must stand that), Apple picks by itself.
FONTS = {
    Language.HY: "'Noto Sans Armenian', 'Segoe UI', Sylfaen, Mshtakan, 'Helvetica Neue', Arial, sans-serif",
    Language.KA: "'Noto Sans Georgian', 'Segoe UI', Sylfaen, 'Helvetica Neue', Arial, sans-serif",
    Language.EN: "'Segoe UI', 'Helvetica Neue', Arial, sans-serif",
}


@dataclass(frozen=True, slots=True)
class Look:
    """What a letter is painted with. Colours are ``#rrggbb``."""

    fonts: str
    accent: str
    """Of buttons and bars."""
    on_accent: str
    """Of the words on them."""
    link: str
    """The accent, made dark enough to be read on white."""
    ink: str = INK
    soft: str = "#4b5563"
    """Of what matters less; it too can be read on white and on ``panel``."""
    line: str = "#d6d3d1"
    panel: str = "#f6f7f9"


@lru_cache(maxsize=64)
def look(language: Language, colour: str) -> Look:
    """Return the look of a shop's letters.

    Raises:
        InputError: the colour is not written ``#rrggbb``.
    """
    if not _COLOUR.fullmatch(colour):
        raise InputError("brand.colour", got=colour)
    on_accent = max((PAPER, INK), key=lambda one: contrast(one, colour))
    return Look(FONTS[language], colour.lower(), on_accent, readable_on(PAPER, colour))


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2.2).

    >>> round(contrast("#000000", "#ffffff"))
    21
    """
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def readable_on(ground: str, colour: str) -> str:
    """Return ``colour``, darkened until it can be read on a light ``ground``.

    >>> readable_on("#ffffff", "#0f766e"), contrast("#ffffff", readable_on("#ffffff", "#ffd400")) >= READABLE
    ('#0f766e', True)
    """
    red, green, blue = _parts(colour)
    for share in range(100, -1, -4):
        shade = f"#{red * share // 100:02x}{green * share // 100:02x}{blue * share // 100:02x}"
        if contrast(ground, shade) >= READABLE:
            return shade
    return INK


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)

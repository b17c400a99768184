"""The two fonts of printed cards: what they hold, how wide words are in them."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from campaigns.errors import InputError

FOLDER = Path(__file__).parents[3] / "templates" / "cards" / "fonts"
"""Made by ``tools/card_fonts.py``; the licence lies beside them."""
REGULAR, BOLD = "noto-sans-regular", "noto-sans-bold"


@lru_cache(maxsize=2)
def font(name: str) -> TTFont:
    """Return a font, known to the PDF library from now on."""
    found = TTFont(name, str(FOLDER / f"{name}.ttf"))
    pdfmetrics.registerFont(found)
    return found


def width(text: str, name: str, size: float) -> float:
    """Return how wide ``text`` is, in points."""
    return float(font(name).stringWidth(text, size))


def has_letters(text: str) -> bool:
    """Say whether every character of ``text`` can be printed."""
    return not _missing(text)


def require_letters(text: str, field: str) -> None:
    """Raise InputError where ``text`` would be printed with empty boxes in it."""
    if missing := _missing(text):
        raise InputError("card.letters", field=field, got=" ".join(missing[:5]))


def _missing(text: str) -> list[str]:
    known = font(REGULAR).face.charToGlyph
    return sorted({letter for letter in text if ord(letter) not in known})

"""Cards as PDF: one a page at its exact size, or ten on a sheet of A4 to be cut.

Fonts are embedded and the words can be searched. The page is the cut card, 85 × 55 mm; with bleed it
is 3 mm larger on each side, and ``TrimBox`` says where to cut (ISO 32000, 14.11.2).
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Literal

from PIL import Image, UnidentifiedImageError
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from campaigns.errors import InputError
from campaigns.letters.cards.data import Card, loyalty_name
from campaigns.letters.cards.faces import BLEED, HEIGHT, WIDTH, draw_loyalty, draw_support
from campaigns.letters.cards.fonts import REGULAR, font

Face = Literal["support", "loyalty"]
COLUMNS, ROWS = 2, 5
MAX_LOGO_BYTES = 2_000_000
MAX_LOGO_SIDE = 4_000
"""Pixels: more than any printer shows, and little enough to unpack."""
_FACES: dict[Face, Callable[[Canvas, Card, ImageReader | None], None]] = {
    "support": draw_support,
    "loyalty": draw_loyalty,
}


def card_pdf(
    cards: Sequence[Card], face: Face, *, bleed: bool = False, logo: bytes | None = None
) -> bytes:
    """Return a document with one card a page; ``logo`` is a PNG or JPEG.

    Raises:
        InputError: a card lacks what it is for, holds too much or letters that no font has; or
            the logo is no picture.
    """
    edge = BLEED if bleed else 0.0
    size = ((WIDTH + 2 * edge) * mm, (HEIGHT + 2 * edge) * mm)
    file, canvas, picture = *_opened(cards, face, size), _picture(logo)
    trim = (edge * mm, edge * mm, (edge + WIDTH) * mm, (edge + HEIGHT) * mm)
    for card in cards:
        canvas.setTrimBox(trim)
        canvas.setBleedBox((0, 0, *size))
        canvas.translate(edge * mm, edge * mm)
        _FACES[face](canvas, card, picture)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def sheet_pdf(cards: Sequence[Card], face: Face, *, logo: bytes | None = None) -> bytes:
    """Return sheets of A4 with ten cards each, marks for the knife in the margins.

    Raises:
        InputError: as ``card_pdf``.
    """
    file, canvas, picture = *_opened(cards, face, A4), _picture(logo)
    left = (A4[0] - COLUMNS * WIDTH * mm) / 2
    low = (A4[1] - ROWS * HEIGHT * mm) / 2
    for first in range(0, len(cards), COLUMNS * ROWS):
        _draw_marks(canvas, left, low)
        for place, card in enumerate(cards[first : first + COLUMNS * ROWS]):
            row, column = divmod(place, COLUMNS)
            canvas.saveState()
            canvas.translate(left + column * WIDTH * mm, low + (ROWS - 1 - row) * HEIGHT * mm)
            _clip(canvas)
            _FACES[face](canvas, card, picture)
            canvas.restoreState()
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _opened(
    cards: Sequence[Card], face: Face, size: tuple[float, float]
) -> tuple[io.BytesIO, Canvas]:
    """Return a document that is the same each time it is made."""
    file, first = io.BytesIO(), cards[0]
    # Without a first font of our own the file would name Helvetica, which is not inside.
    canvas = Canvas(
        file, pagesize=size, invariant=1, pageCompression=1, lang=str(first.language),
        initialFontName=font(REGULAR).fontName,
    )  # fmt: skip
    canvas.setTitle(first.shop if face == "support" else loyalty_name(first.language))
    canvas.setAuthor(first.shop)
    canvas.setCreator("Campaigns")
    return file, canvas


def _clip(canvas: Canvas) -> None:
    path = canvas.beginPath()
    path.rect(0, 0, WIDTH * mm, HEIGHT * mm)
    canvas.clipPath(path, stroke=0, fill=0)


def _draw_marks(canvas: Canvas, left: float, low: float) -> None:
    """Draw where to cut: outside of the cards, so that no line is left on them."""
    right, high = left + COLUMNS * WIDTH * mm, low + ROWS * HEIGHT * mm
    canvas.setLineWidth(0.25)
    for column in range(COLUMNS + 1):
        x = left + column * WIDTH * mm
        for edge, away in ((low, -1), (high, 1)):
            canvas.line(x, edge + away * 2 * mm, x, edge + away * 7 * mm)
    for row in range(ROWS + 1):
        y = low + row * HEIGHT * mm
        for edge, away in ((left, -1), (right, 1)):
            canvas.line(edge + away * 2 * mm, y, edge + away * 7 * mm, y)


def _picture(logo: bytes | None) -> ImageReader | None:
    """Return a logo that can be drawn, made small enough and unpacked only when it is no bomb."""
    if logo is None:
        return None
    try:
        image = Image.open(io.BytesIO(logo), formats=("PNG", "JPEG"))
        if len(logo) > MAX_LOGO_BYTES or max(image.size) > MAX_LOGO_SIDE:
            raise InputError("card.logo")
        return ImageReader(image.convert("RGBA"))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as cause:
        raise InputError("card.logo") from cause

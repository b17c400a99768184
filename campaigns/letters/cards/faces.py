"""How the two cards look. Lengths are millimetres from the lower left corner of the cut card."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reportlab.lib.colors import HexColor, black, linearlyInterpolatedColor, white
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from campaigns.letters.cards.codes import BAR_QUIET, LEAST_BAR, draw_bars, draw_square
from campaigns.letters.cards.data import (
    Card,
    contact_lines,
    loyalty_name,
    promise,
    question,
    require_number,
    require_reachable,
    saving,
)
from campaigns.letters.cards.fonts import has_letters, require_letters
from campaigns.letters.cards.layout import Line, Words, set_in_box, set_in_middle
from campaigns.letters.cards.vcard import short_vcards
from campaigns.letters.look import PAPER, Look, look

WIDTH, HEIGHT = 85.0, 55.0
BLEED = 3.0
MARGIN = 5.5
PANEL = 29.0
"""Width of the coloured side of the support card."""
BAND = 21.0
"""Height of the white foot of the loyalty card, where the codes stand."""
TILE = 23.0
_PRINTED = {"shop": "shop_name", "signer": "signer", "role": "signer_role", "phone": "phone",
            "hours": "hours", "email": "reply_to", "website": "website", "address": "postal_address",
            "product": "last_product", "number": "card_number", "gives": "benefit"}  # fmt: skip
"""What is printed as it was given, and what that is called in an error."""


def draw_support(canvas: Canvas, card: Card, logo: ImageReader | None) -> None:
    """Draw whom to ask. Raises InputError where nobody could be asked, or there is too much."""
    require_reachable(card)
    _require_letters(card)
    paint = look(card.language, card.colour)
    left = WIDTH - PANEL
    _fill(canvas, white, (-BLEED, -BLEED, left + BLEED, HEIGHT + 2 * BLEED))
    _colour(canvas, paint, (left, -BLEED, PANEL + BLEED, HEIGHT + 2 * BLEED))
    top, bottom = _support_words(card, paint)
    _write(
        canvas, set_in_box, (top, bottom), (MARGIN, MARGIN, left - MARGIN - 4, HEIGHT - 2 * MARGIN)
    )
    tile = left + (PANEL - TILE) / 2
    if draw_square(canvas, short_vcards(card), tile * mm, MARGIN * mm, TILE * mm):
        caption = Words(saving(card.language), 6, paint.on_accent, lines=2, least=5)
        _write(canvas, set_in_box, ((), (caption,)), (tile, MARGIN + TILE + 1, TILE, 7))
    if logo is not None:
        _logo(canvas, logo, (tile, HEIGHT - MARGIN - 13, TILE, 13))


def _support_words(card: Card, paint: Look) -> tuple[list[Words], list[Words]]:
    """Return who this is, and how to reach them: the quickest way large, the others below."""
    lines = {line.kind: line.text for line in contact_lines(card)}
    first = lines.pop("phone", "") or lines.pop("email", "")
    top = [Words(card.shop, 14, paint.link, bold=True, lines=2, least=9)]
    if card.signer:
        top.append(Words(card.signer, 7.5, paint.ink, least=6.5, above=3))
    top.append(Words(card.role, 7, paint.soft, lines=2, above=1 if card.signer else 3))
    bottom = [
        Words(question(card), 7.5, paint.ink, lines=2, least=6.5),
        Words(first, 12.5, paint.ink, bold=True, least=8, above=3),
    ]
    if hours := lines.pop("hours", ""):
        bottom.append(Words(hours, 7, paint.soft, lines=2, above=1.5))
    for number, text in enumerate(lines.values()):
        bottom.append(Words(text, 7, paint.soft, lines=2, above=1.5 if number else 5))
    return top, bottom


def draw_loyalty(canvas: Canvas, card: Card, logo: ImageReader | None) -> None:
    """Draw the card of a member. Raises InputError where it has no number, or there is too much."""
    require_number(card)
    _require_letters(card)
    paint = look(card.language, card.colour)
    _colour(canvas, paint, (-BLEED, BAND, WIDTH + 2 * BLEED, HEIGHT - BAND + BLEED))
    _fill(canvas, white, (-BLEED, -BLEED, WIDTH + 2 * BLEED, BAND + BLEED))
    wide = WIDTH - 2 * MARGIN - (24 if logo is not None else 0)
    box = (MARGIN, BAND + 4.5, wide, HEIGHT - BAND - 4.5 - MARGIN)
    _write(canvas, set_in_box, _loyalty_words(card, paint.on_accent), box)
    if logo is not None:
        _logo(canvas, logo, (WIDTH - MARGIN - 20, HEIGHT - MARGIN - 12, 20, 12))
    _draw_number(canvas, card, paint.ink)


def _loyalty_words(card: Card, ink: str) -> tuple[list[Words], list[Words]]:
    """Return whose shop and whose card it is. A name that no font has is better left out."""
    member = card.member if has_letters(card.member) else ""
    top = [
        Words(card.shop, 14, ink, bold=True, lines=2, least=9),
        Words(loyalty_name(card.language), 7.5, ink, above=2),
    ]
    named = [Words(member, 10.5, ink, bold=True, lines=2, least=8)] if member else []
    return top, [*named, Words(promise(card), 7.5, ink, lines=2, least=6.5, above=2)]


def _draw_number(canvas: Canvas, card: Card, ink: str) -> None:
    """Draw the number for cameras, for tills and for people."""
    side = BAND - 3
    squared = draw_square(canvas, [card.number], (WIDTH - 3 - side) * mm, 1.5 * mm, side * mm)
    room = WIDTH - MARGIN - (3 + side if squared else MARGIN)
    box = (room * mm - BAR_QUIET * LEAST_BAR, 9 * mm)
    if draw_bars(canvas, card.number, MARGIN * mm, 8.2 * mm, box):
        words = Words(card.number, 9, ink, bold=True, least=5)
        _write(canvas, set_in_box, ((words,), ()), (MARGIN, 3, room - 2, 4.2))
        return
    words = Words(card.number, 13, ink, bold=True, lines=2, least=6)
    _write(canvas, set_in_middle, (words,), (MARGIN, 3, room - 2, BAND - 6))


def _require_letters(card: Card) -> None:
    for name, field in _PRINTED.items():
        require_letters(getattr(card, name), field)


def _fill(canvas: Canvas, colour: object, box: tuple[float, float, float, float]) -> None:
    canvas.setFillColor(colour)
    canvas.rect(*(side * mm for side in box), stroke=0, fill=1)


def _colour(canvas: Canvas, paint: Look, box: tuple[float, float, float, float]) -> None:
    """Fill a box with the shop's colour, and two large rounds of a shade that reads even better."""
    left, low, wide, high = (side * mm for side in box)
    _fill(canvas, HexColor(paint.accent), box)
    canvas.saveState()
    path = canvas.beginPath()
    path.rect(left, low, wide, high)
    canvas.clipPath(path, stroke=0, fill=0)
    away = black if paint.on_accent == PAPER else white
    for shade, share, size in ((0.07, 0.95, 26 * mm), (0.12, 1.0, 15 * mm)):
        canvas.setFillColor(linearlyInterpolatedColor(HexColor(paint.accent), away, 0, 1, shade))
        canvas.circle(left + wide * share, low + high, size, stroke=0, fill=1)
    canvas.restoreState()


def _write(
    canvas: Canvas,
    setting: Callable[..., list[Line]],
    words: Sequence[object],
    box: tuple[float, float, float, float],
) -> None:
    """Write words, set by a function of ``layout``, into a box: left, lower edge, width, height."""
    left, low, wide, high = (side * mm for side in box)
    for line in setting(*words, (wide, high)):
        canvas.setFillColor(HexColor(line.colour))
        canvas.setFont(line.font, line.size)
        canvas.drawString(left, low + high - line.y, line.text)


def _logo(canvas: Canvas, logo: ImageReader, box: tuple[float, float, float, float]) -> None:
    """Draw a logo on a white tile, so that it can be seen on any colour."""
    left, low, wide, high = (side * mm for side in box)
    canvas.setFillColor(HexColor(PAPER))
    canvas.roundRect(left, low, wide, high, 1.2 * mm, stroke=0, fill=1)
    pad = 1.5 * mm
    canvas.drawImage(logo, left + pad, low + pad, wide - 2 * pad, high - 2 * pad,
                     mask="auto", preserveAspectRatio=True, anchor="c")  # fmt: skip

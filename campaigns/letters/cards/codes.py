"""Codes that a phone's camera or a till reads: squares (QR) and bars (Code 128)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import segno
from reportlab.graphics.barcode.code128 import Code128
from reportlab.lib.colors import black, white
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from segno.encoder import DataOverflowError

Matrix = Sequence[Sequence[int]]

QUIET = 4
"""Modules of white around a QR code (ISO/IEC 18004)."""
LEAST_MODULE = 0.33 * mm
"""Side of a square that the camera of a cheap phone still tells apart in print."""
BAR, LEAST_BAR = 0.33 * mm, 0.19 * mm
"""Width of the thinnest bar: as one likes it, and the least that hand scanners read."""
BAR_QUIET = 10
"""Modules of white beside bars (ISO/IEC 15417)."""


def draw_square(canvas: Canvas, texts: Iterable[str], x: float, y: float, side: float) -> bool:
    """Draw a QR code on a white tile, of the first text whose squares are large enough.

    Return whether there was one.
    """
    matrix = next(filter(None, (_squares(text, side) for text in texts)), None)
    if matrix is None:
        return False
    module = side / (len(matrix) + 2 * QUIET)
    canvas.setFillColor(white)
    canvas.roundRect(x, y, side, side, 1.2 * mm, stroke=0, fill=1)
    path = canvas.beginPath()
    for down, row in enumerate(matrix):
        for across, is_dark in enumerate(row):
            if is_dark:
                left = x + (across + QUIET) * module
                path.rect(left, y + side - (down + 1 + QUIET) * module, module, module)
    canvas.setFillColor(black)
    canvas.drawPath(path, stroke=0, fill=1)
    return True


def _squares(text: str, side: float) -> Matrix | None:
    """Return the squares of a text, dark ones above 0; None where they would be too small."""
    try:
        matrix = segno.make_qr(text, error="l", encoding="utf-8").matrix
    except DataOverflowError:
        return None
    return matrix if side / (len(matrix) + 2 * QUIET) >= LEAST_MODULE else None


def draw_bars(canvas: Canvas, text: str, x: float, y: float, box: tuple[float, float]) -> bool:
    """Draw ``text`` as bars from the left end of a box (width, height); say whether it could be.

    Bars know ASCII only, and too many of them would be too thin.
    """
    wide, high = box
    if not (text.isascii() and text.isprintable()):
        return False
    modules = Code128(text, barWidth=1, barHeight=high, quiet=False).width
    bar = min(BAR, wide / modules)
    if bar < LEAST_BAR:
        return False
    canvas.setFillColor(black)
    Code128(text, barWidth=bar, barHeight=high, quiet=False).drawOn(canvas, x, y)
    return True

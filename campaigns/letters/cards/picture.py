"""A card as a picture for the screen: its PDF, drawn."""

from __future__ import annotations

import io

import pypdfium2

INCH_POINTS = 72


def png(document: bytes, *, dots_per_inch: int = 200) -> bytes:
    """Return the first page of a PDF that we made, as PNG."""
    pdf = pypdfium2.PdfDocument(document)
    try:
        image = pdf[0].render(scale=dots_per_inch / INCH_POINTS).to_pil()
    finally:
        pdf.close()
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()

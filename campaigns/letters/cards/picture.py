"""A card as a picture for the screen: its PDF, drawn."""

from __future__ import annotations

import io
from threading import Lock

import pypdfium2
from PIL import ImageOps

INCH_POINTS = 72
EDGE = "#d6d3d1"
"""A line around it: on a white page one must see where a white card ends."""
_one_at_a_time = Lock()
"""PDFium must not be called by two threads at once, and each session of the interface is one."""


def png(document: bytes, *, dots_per_inch: int = 200) -> bytes:
    """Return the first page of a PDF that we made, as PNG."""
    with _one_at_a_time:
        pdf = pypdfium2.PdfDocument(document)
        try:
            image = pdf[0].render(scale=dots_per_inch / INCH_POINTS).to_pil()
        finally:
            pdf.close()
    file = io.BytesIO()
    ImageOps.expand(image, border=2, fill=EDGE).save(file, "PNG")
    return file.getvalue()

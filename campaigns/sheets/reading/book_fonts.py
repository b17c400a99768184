"""Which columns of an .xlsx are drawn in a font that puts other letters in the places of Latin."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice

from campaigns.sheets.reading.book_cells import column_number
from campaigns.sheets.reading.book_marks import contents
from campaigns.sheets.reading.package import Package

FAMILIES = {
    "acadnusx": re.compile(r"(acad|lit)[ _]?(nusx|mtavr)|chveulebrivi"),
    "armscii-8": re.compile(
        r"(arial|times|courier|baltica|aramian|dallak)\b.*\barm(enian)?\b|lat-?arm"
    ),
    "geostd8": re.compile(r"geo_(times|arial)|^sp ?(academi|literaturuly|grotesk)"),
}
"""Names of fonts, in small letters → which of LEGACY_FONTS they are."""
MOST_PIECES = 4
"""So many megabytes of a sheet tell how its columns are drawn."""
_CELL = re.compile(rb"<c\s([^>]*)>")
_PLACE = re.compile(rb'\br="([A-Z]+)')
_STYLE = re.compile(rb'\bs="(\d+)')


def drawn_fonts(package: Package) -> dict[str, dict[int, str]]:
    """Return sheet → column → font, for the columns that are mostly drawn in such a font.

    Raises:
        InputError: the package is damaged.
    """
    book = contents(package)
    fonts = _fonts_of_styles(package, book.styles) if book.styles in package else {}
    if not fonts:
        return {}
    pages = [page for page in book.pages if page.part in package]
    return {page.name: _columns(package, page.part, fonts) for page in pages}


def _fonts_of_styles(package: Package, part: str) -> dict[int, str]:
    """Number of a cell's style → font, of the styles that have such a font."""
    root = package.root(part)
    names = [
        next((name.get("val", "") for name in font.iter("name")), "")
        for font in next(root.iter("fonts"), ())
    ]
    kinds = {str(number): kind for number, name in enumerate(names) if (kind := _kind(name))}
    styles = enumerate(next(root.iter("cellXfs"), ()))
    return {n: kinds[font] for n, style in styles if (font := style.get("fontId", "")) in kinds}


def _kind(name: str) -> str | None:
    return next((kind for kind, names in FAMILIES.items() if names.search(name.lower())), None)


def _columns(package: Package, part: str, fonts: dict[int, str]) -> dict[int, str]:
    drawn: dict[int, Counter[str]] = {}
    for piece in islice(package.pieces(part), MOST_PIECES):
        for cell in _CELL.finditer(piece):
            place, style = _PLACE.search(cell[1]), _STYLE.search(cell[1])
            if place:
                font = fonts.get(int(style[1]), "") if style else ""
                drawn.setdefault(column_number(place[1].decode()), Counter())[font] += 1
    most = {column: fonts.most_common(1)[0][0] for column, fonts in drawn.items()}
    return {column: font for column, font in most.items() if font}

"""Words set into a box: smaller first, then on more lines, never over the edge and never cut off.

Lengths are points (1/72 inch); ``y`` counts downwards from the top of the box.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from campaigns.errors import InputError
from campaigns.letters.cards.fonts import BOLD, REGULAR, width

LEADING = 1.3
"""From one line to the next, in sizes of the font."""
ABOVE, BELOW = 0.76, 0.26
"""How far letters reach above and below their line, in sizes of the font."""
LEAST = 4.5
"""Points; smaller print nobody reads."""
STEPS = tuple(step / 100 for step in range(100, 40, -4))
_AFTER = "@./-_"


@dataclass(frozen=True, slots=True)
class Words:
    """A text to be set. It shrinks to ``least`` before it takes more than ``lines`` lines.

    ``above`` is the space before it; the first of a box has none.
    """

    text: str
    size: float
    colour: str
    bold: bool = False
    lines: int = 1
    least: float = 6.0
    above: float = 0.0

    @property
    def font(self) -> str:
        return BOLD if self.bold else REGULAR


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it is printed: its left end stands at the box's, its foot at ``y``."""

    text: str
    y: float
    size: float
    font: str
    colour: str


def set_in_box(
    top: Sequence[Words], bottom: Sequence[Words], box: tuple[float, float]
) -> list[Line]:
    """Return the lines of a box (width, height): ``top`` hangs from its top, ``bottom`` stands below.

    Raises:
        InputError: there is too much to read, even in the smallest print.
    """
    wide, high = box
    for step in STEPS:
        upper, lower = (
            _column([_scaled(one, step) for one in part], wide) for part in (top, bottom)
        )
        used = upper.height + lower.height + (6 * step if top and bottom else 0)
        if used <= high:
            return [*upper.lines, *_moved(lower.lines, high - lower.height)]
    raise InputError("card.too_long")


def set_in_middle(words: Words, box: tuple[float, float]) -> list[Line]:
    """Return the lines of one text, halfway up its box."""
    lines = set_in_box([words], (), box)
    return _moved(lines, (box[1] - lines[-1].y - BELOW * lines[-1].size) / 2)


@dataclass(frozen=True, slots=True)
class _Column:
    lines: list[Line]
    height: float


def _scaled(words: Words, step: float) -> Words:
    size, least = max(words.size * step, LEAST), max(words.least * step, LEAST)
    return replace(words, size=size, least=min(size, least), above=words.above * step)


def _column(parts: Sequence[Words], wide: float) -> _Column:
    lines: list[Line] = []
    y = 0.0
    for words in parts:
        y += words.above if lines else 0
        size, rows = _fitted(words, wide)
        for number, row in enumerate(rows):
            foot = y + size * (ABOVE + number * LEADING)
            lines.append(Line(row, foot, size, words.font, words.colour))
        y += size * (ABOVE + BELOW + (len(rows) - 1) * LEADING)
    return _Column(lines, y)


def _moved(lines: list[Line], down: float) -> list[Line]:
    return [replace(line, y=line.y + down) for line in lines]


def _fitted(words: Words, wide: float) -> tuple[float, list[str]]:
    """Return the greatest size at which the text takes its number of lines, and the lines."""
    size = words.size
    while size >= words.least:
        rows = list(_rows(words, size, wide))
        if len(rows) <= words.lines and all(width(row, words.font, size) <= wide for row in rows):
            return size, _balanced(words, size, wide, rows)
        size -= 0.25
    rows = list(_rows(words, words.least, wide))
    whole = _balanced(words, words.least, wide, rows)
    return words.least, [piece for row in whole for piece in _broken(row, words, words.least, wide)]


def _rows(words: Words, size: float, wide: float) -> Iterator[str]:
    """Yield lines broken between words; a word that is wider than the box stands alone."""
    row = ""
    for word in words.text.split(" "):
        longer = f"{row} {word}" if row else word
        if row and width(longer, words.font, size) > wide:
            yield row
            row = word
        else:
            row = longer
    yield row


def _balanced(words: Words, size: float, wide: float, rows: list[str]) -> list[str]:
    """Return as many lines of about the same length, so that no word is left alone on the last."""
    narrower = int(wide)
    while len(rows) > 1 and narrower > wide / 2:
        tried = list(_rows(words, size, narrower))
        if len(tried) > len(rows) or any(width(row, words.font, size) > wide for row in tried):
            break
        rows = tried
        narrower -= 2
    return rows


def _broken(row: str, words: Words, size: float, wide: float) -> Iterator[str]:
    """Yield a row in pieces that fit: an address after its marks, a word anywhere."""
    while width(row, words.font, size) > wide:
        fits = max(
            1, next(n for n in range(len(row), -1, -1) if width(row[:n], words.font, size) <= wide)
        )
        at = next((n for n in range(fits, fits // 2, -1) if row[n - 1] in _AFTER), fits)
        yield row[:at]
        row = row[at:]
    yield row

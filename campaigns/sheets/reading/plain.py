"""Text files: which alphabet they are written in, what separates the cells, and the cells."""

from __future__ import annotations

import codecs as standard
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from campaigns.errors import InputError
from campaigns.sheets.reading.codecs import UNKNOWN, decode

SAMPLE_BYTES = 200_000
MARKS = {
    standard.BOM_UTF8: "utf-8-sig",
    standard.BOM_UTF16_LE: "utf-16",
    standard.BOM_UTF16_BE: "utf-16",
}
DELIMITERS = (";", "\t", "|", ",")
SAMPLE_ROWS = 200
LONGEST_CELL = 1_000_000
END = "\x1c"
"""Put behind the last row: a cell that swallows it was never closed."""
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Script:
    """Letters of one script, to judge whether a decoding gives words."""

    encoding: str
    letters: re.Pattern[str]
    vowels: frozenset[str]


SCRIPTS = (
    Script("cp1251", re.compile("[А-Яа-яЁёІіЇїЄє]"), frozenset("аеёиоуыэюя")),
    Script("armscii-8", re.compile("[Ա-Ֆա-և]"), frozenset("աեէըիոօւ")),
    Script("geostd8", re.compile("[ა-ჰ]"), frozenset("აეიოუ")),
    Script("cp1252", re.compile("[À-ÖØ-öø-ÿŒœŠšŽžŸ]"), frozenset()),
)


def text_of(data: bytes, encoding: str | None = None) -> str:
    """Return what a text file says, whatever alphabet it was written in.

    Args:
        data: the file.
        encoding: what a person says it is written in.

    Raises:
        InputError: it is no text, or in an alphabet that we do not know.
    """
    text = decode(data, encoding) if encoding else _decoded(data)
    if _CONTROL.search(text[:SAMPLE_BYTES]):
        raise InputError("sheet.not_a_workbook")
    return text


def rows_of(text: str, *, whole: bool = True) -> Iterator[list[str]]:
    """Yield the rows of a text file, blank ones included, so that row numbers are the sheet's.

    Args:
        text: what the file says.
        whole: the text ends where the file ends, so that a cell still open there is a mistake.

    Raises:
        InputError: a cell is too long, or a quotation mark is never closed, so that the rows after
            it would all be one cell.
    """
    csv.field_size_limit(LONGEST_CELL)
    ended = text + ("" if text.endswith(("\n", "\r")) else "\n") + END
    reader = csv.reader(
        io.StringIO(ended if whole else text, newline=""), delimiter=delimiter(text)
    )
    number, last = 0, None
    try:
        for number, row in enumerate(reader, 1):  # noqa: B007 - said when it ends badly
            if last is not None:
                yield last
            last = row
    except csv.Error as cause:
        raise InputError("sheet.text", row=number + 1) from cause
    if whole and last != [END]:
        raise InputError("sheet.text", row=number)
    if not whole and last is not None:
        yield last


def delimiter(text: str) -> str:
    """Return the sign that separates the cells: the one that gives most rows the same width."""
    sample = "".join(islice(io.StringIO(text, newline=""), SAMPLE_ROWS))
    return max(DELIMITERS, key=lambda sign: _evenness(sample, sign))


def _evenness(sample: str, sign: str) -> tuple[int, int]:
    try:
        widths = [len(row) for row in csv.reader(io.StringIO(sample, newline=""), delimiter=sign)]
    except csv.Error:
        return (0, 0)
    wide = [width for width in widths if width > 1]
    usual = max(set(wide), key=wide.count, default=1)
    return (wide.count(usual), usual)


def _decoded(data: bytes) -> str:
    for mark, encoding in MARKS.items():
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    try:
        return _unmarked_utf16(data) or data.decode("utf-8")
    except UnicodeDecodeError:
        return decode(data, _single_byte(data))


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 without a mark shows itself by the zero bytes of its line ends and separators."""
    sample = data[:SAMPLE_BYTES]
    for encoding, offset in (("utf-16-le", 1), ("utf-16-be", 0)):
        if sample[offset::2].count(0) > len(sample) // 20:
            return data.decode(encoding, "replace")
    return None


def _single_byte(data: bytes) -> str:
    sample = data[:SAMPLE_BYTES]
    scores = {script.encoding: _plausible(sample, script) for script in SCRIPTS}
    best = max(scores, key=lambda encoding: scores[encoding])
    if scores[best] < 0.3:
        raise InputError("sheet.encoding")
    return best


def _plausible(sample: bytes, script: Script) -> float:
    """Say, 0 to 1, how much the text looks like words of this script.

    A wrong decoding gives itself away by capitals inside words, by signs among the letters, and by
    too few or too many vowels.
    """
    foreign = [sign for sign in decode(sample, script.encoding) if sign > "\x7f"]
    letters = [sign for sign in foreign if script.letters.match(sign)]
    if not letters:
        return 0.0
    share = len(letters) / len(foreign) - foreign.count(UNKNOWN) / len(foreign)
    words = _WORD.findall(decode(sample, script.encoding))
    return share * (1 - _broken(words, script)) * _vowel_balance(letters, script.vowels)


def _broken(words: list[str], script: Script) -> float:
    """The share of words with a capital inside, or with Latin letters among the script's."""
    foreign = [word for word in words if len(word) > 1 and not word.isascii()]
    broken = [
        word
        for word in foreign
        if (word[1:] != word[1:].lower() and not word.isupper())
        or (script.vowels and any(sign.isascii() for sign in word))
    ]
    return len(broken) / len(foreign) if foreign else 0.0


def _vowel_balance(letters: list[str], vowels: frozenset[str]) -> float:
    if not vowels:
        return 0.5  # Latin text is mostly ASCII, so its few accents say little: the last resort
    share = sum(letter.lower() in vowels for letter in letters) / len(letters)
    return max(0.0, 1 - 2 * abs(share - 0.42))

"""What a machine can see wrong in an Armenian or Georgian text: marks, letters, capitals.

Sources of the rules: Unicode 15 code charts (Armenian, Georgian, Georgian Extended); the Armenian
full stop is U+0589, not a colon; Mtavruli is what a computer makes of Georgian "upper case", and
mail programs show it as boxes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

ARMENIAN = "\u0531-\u0556\u0561-\u0587"
GEORGIAN = "\u10a0-\u10ff"
MTAVRULI = re.compile("[\u1c90-\u1cbf]")
# Names of companies and taxes that are written in capitals in Armenian.
ABBREVIATIONS = frozenset({"ՍՊԸ", "ՓԲԸ", "ԲԲԸ", "ԱԱՀ", "ՀՎՀՀ", "ՀԴՄ"})

_NOT_TEXT = re.compile(
    r"`[^`]*`"  # code
    r"|\{\{.*?\}\}|\{%.*?%\}"  # fields and tags of a letter
    r"|\{[^{}]*\}|%\(\w+\)[sd]"  # places of a catalogue
    r"|</?[a-zA-Z][^>]*>"  # markup
    r"|https?://\S+|\S+@\S+",
    re.DOTALL,
)
_COLON = re.compile(f"[{ARMENIAN}]:(?=$|[\\s»])")
_CAPITALS = re.compile("[\u0531-\u0556]{3,}")
_FOREIGN_QUOTED = re.compile(f'"[^"{ARMENIAN}{GEORGIAN}]*"')
_WORD = re.compile(r"[^\W\d_]+")


def faults(text: str) -> Iterator[str]:
    """Yield what is wrong in ``text``, each with what to write instead.

    >>> list(faults("Բարև:"))
    ['a colon ends the sentence; write ։ (U+0589)']
    """
    words = _NOT_TEXT.sub(" ", text)
    if _COLON.search(words):
        yield "a colon ends the sentence; write ։ (U+0589)"
    if '"' in _FOREIGN_QUOTED.sub(" ", words):
        yield 'straight quotes; write « » in Armenian, „ “ in Georgian, "…" only around code'
    if MTAVRULI.search(words):
        yield "Georgian capitals (Mtavruli); many phones show boxes: write the common letters"
    for word in _CAPITALS.findall(words):
        if word not in ABBREVIATIONS:
            yield f"{word}: capitals shout; write small letters"
    for word in _WORD.findall(words):
        if _is_mixed(word):
            yield f"{word}: holds letters of two alphabets; type the word again, or put a hyphen"


def _is_mixed(word: str) -> bool:
    scripts = {unicodedata.name(letter, "?").split()[0] for letter in word}
    return bool(scripts & {"ARMENIAN", "GEORGIAN"}) and bool(scripts & {"LATIN", "CYRILLIC"})

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
_QUOTED_CODE = re.compile(f'"[^"{ARMENIAN}{GEORGIAN}]*"')
_CAPITALS = re.compile("[\u0531-\u0556]{3,}")
_WORD = re.compile(r"[^\W\d_]+")
_MARKS = {
    f"[{ARMENIAN}]:(?=$|[\\s»])": "a colon ends the sentence; write ։ (U+0589)",
    f"\\s[։՝]|[{ARMENIAN}]`": "write ։ and ՝ (U+055D, not `) at the word, with no space before them",
    '"': 'straight quotes; write « » in Armenian, „ “ in Georgian, "…" only around code',
    f"«[^»]*[{GEORGIAN}]": "Armenian quotes in a Georgian text; write „ “",
    f"„[^“]*[{ARMENIAN}]": "Georgian quotes in an Armenian text; write « »",
    "[\u1c90-\u1cbf]": "Georgian capitals (Mtavruli), boxes on many phones; write the common letters",
}
# What a word-for-word translation writes to a customer, and what to write.
_CALQUES = {
    r"\bտառեր": "տառեր are letters of the alphabet; write նամակներ",
    r"\bլոյալ": "լոյալ… is Russian; write հավատարիմ, հավատարմություն",
    r"\bվկայությ": "վկայություն is given in court; write հաճախորդի կարծիք",
    r"\bლოიალურობ": "ლოიალურობა is heavy; write ლოიალობა or ერთგულება",
    r"\bსაჩუქარ(?:ის|ად|ით)\b": "the noun loses a vowel: საჩუქრის, საჩუქრად, საჩუქრით",
}


def faults(text: str, *, to_customers: bool = False) -> Iterator[str]:
    """Yield what is wrong in ``text``, each with what to write instead.

    Texts to customers are held to more: in them a calque is a fault, whatever it means elsewhere.

    >>> list(faults("Բարև:"))
    ['a colon ends the sentence; write ։ (U+0589)']
    """
    words = _QUOTED_CODE.sub("0", _NOT_TEXT.sub("0", text))
    rules = _MARKS | _CALQUES if to_customers else _MARKS
    yield from (advice for pattern, advice in rules.items() if re.search(pattern, words))
    for word in _CAPITALS.findall(words):
        if word not in ABBREVIATIONS:
            yield f"{word}: capitals shout; write small letters"
    for word in _WORD.findall(words):
        if _is_mixed(word):
            yield f"{word}: holds letters of two alphabets; type the word again, or put a hyphen"


def _is_mixed(word: str) -> bool:
    scripts = {unicodedata.name(letter, "?").split()[0] for letter in word}
    return bool(scripts & {"ARMENIAN", "GEORGIAN"}) and bool(scripts & {"LATIN", "CYRILLIC"})

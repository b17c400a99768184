"""A word in which letters of several scripts are mixed, read in the one script it is meant in.

Letters are replaced by those that look the same (Cyrillic а for Latin a), and, where that makes no
name, by those that sound the same, if just one reading is then a known name. Else nothing is done.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import product
from math import prod

from campaigns.language.people.listed import given_name, is_surname
from campaigns.language.people.scripts import Script, script, script_of

MOST_READINGS = 64
_WORD = re.compile(r"[^\W\d_]+")

Letters = dict[str, str]


def _pairs(ours: str, theirs: str) -> Letters:
    return dict(zip(theirs, ours, strict=True))


_LATIN_CYRILLIC = ("ABEKMHOPCTYXaeopcyxkmt", "АВЕКМНОРСТУХаеорсухкмт")
_LATIN_GREEK = ("ABEZHIKMNOPTYXovaiptk", "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοναιρτκ")
_LATIN_ARMENIAN = ("ohungOULSj", "օհսոցՕՍԼՏյ")
SHAPES: dict[Script, Letters] = {
    "latin": _pairs(*_LATIN_CYRILLIC)
    | _pairs("SIJsijhqw", "ЅІЈѕіјһԛԝ")
    | _pairs(*_LATIN_GREEK)
    | _pairs(*_LATIN_ARMENIAN),
    "cyrillic": _pairs(*reversed(_LATIN_CYRILLIC)) | _pairs("АВЕКМНОРТУХоар", "ΑΒΕΚΜΗΟΡΤΥΧοαρ"),
    "hy": _pairs(*reversed(_LATIN_ARMENIAN)) | _pairs("օՕհօՕ", "оОһοΟ"),
    "ka": {},
}
"""For each script: a letter of another one that looks like one of its own."""

_SOUNDS: dict[Script, tuple[str, str, str]] = {
    "hy": (
        "ա բ գ դ ե|է զ ի լ կ|ք մ ն ո|օ պ|փ ր|ռ ս տ|թ ու վ ֆ խ",
        "a b g d e z i l k m n o p r s t u v f x",
        "а б г д е з и л к м н о п р с т у в ф х",
    ),
    "ka": (
        "ა ბ გ დ ე ზ ი ლ კ|ქ|ყ მ ნ ო პ|ფ რ ს თ|ტ უ ვ ფ ხ",
        "a b g d e z i l k m n o p r s t u v f x",
        "а б г д е з и л к м н о п р с т у в ф х",
    ),
    "cyrillic": ("а б г д е з и л к м н о п р с т у в ф", "a b g d e z i l k m n o p r s t u v f", ""),
    "latin": ("a b g d e z i l k m n o p r s t u v f", "", "а б г д е з и л к м н о п р с т у в ф"),
}  # fmt: skip


def _sounds(target: Script) -> dict[str, tuple[str, ...]]:
    ours, *others = _SOUNDS[target]
    return {
        theirs: tuple(options.split("|"))
        for letters in others
        if letters
        for options, theirs in zip(ours.split(), letters.split(), strict=True)
    }


SOUNDS = {target: _sounds(target) for target in _SOUNDS}
"""For each script: its letters that sound like one of another script."""


def unmixed(text: str) -> str | None:
    """Return ``text`` with each word in one script, or None where a word has no single reading.

    >>> unmixed("Аni"), unmixed("Lուսինե"), unmixed("Лuсине"), unmixed("Xкჯ")
    ('Ani', 'Լուսինե', 'Лусине', None)
    """
    if script_of(text) != "mixed":
        return text
    readings = {word: _reading(word) for word in _WORD.findall(text)}
    if None in readings.values():
        return None
    return _WORD.sub(lambda found: readings[found.group()] or "", text)


def _reading(word: str) -> str | None:
    if script_of(word) != "mixed":
        return word
    scripts = Counter(script(letter) for letter in word)
    targets = [each for each in SHAPES if scripts[each]]
    for by_sound in (False, True):
        readings = {one: list(_readings(word, one, by_sound=by_sound)) for one in targets}
        known = {one: list(filter(_is_known, found)) for one, found in readings.items()}
        if any(known.values()):
            return _meant(known, scripts)
    shaped = {one: list(_readings(word, one, by_sound=False)) for one in targets}
    return _of_most_letters(shaped, scripts)


def _is_known(reading: str) -> bool:
    return given_name(reading) is not None or is_surname(reading)


def _meant(known: dict[Script, list[str]], scripts: Counter[Script]) -> str | None:
    """The only known reading, or the only one in the script of more than half of the letters."""
    found = [reading for readings in known.values() for reading in readings]
    return found[0] if len(found) == 1 else _of_most_letters(known, scripts)


def _of_most_letters(readings: dict[Script, list[str]], scripts: Counter[Script]) -> str | None:
    (first, count), *_ = scripts.most_common()
    found = readings.get(first, [])
    return found[0] if len(found) == 1 and 2 * count > scripts.total() else None


def _readings(word: str, target: Script, *, by_sound: bool) -> Iterator[str]:
    options = [_options(letter, target, by_sound=by_sound) for letter in word]
    if 0 < prod(map(len, options)) <= MOST_READINGS:
        for letters in product(*options):
            yield _spelt("".join(letters), target)


def _options(letter: str, target: Script, *, by_sound: bool) -> list[str]:
    if script(letter) == target:
        return [letter]
    shape = SHAPES[target].get(letter)
    sounds = SOUNDS[target].get(letter.lower(), ()) if by_sound or _unlike(shape, letter) else ()
    if letter.isupper():
        sounds = tuple(sound.capitalize() if target != "ka" else sound for sound in sounds)
    return list(dict.fromkeys([*([shape] if shape else []), *sounds]))


def _unlike(shape: str | None, letter: str) -> bool:
    """Armenian has many letters that look like a Latin one of another sound; either is meant."""
    return shape is not None and script(shape) == "hy" and letter not in "hoOоОοΟһ"


def _spelt(word: str, target: Script) -> str:
    """Armenian writes the sound o as օ at the beginning only, and the digraph ու with ո."""
    if target != "hy":
        return word
    return word[:1] + re.sub("օւ", "ու", word[1:]).replace("օ", "ո")

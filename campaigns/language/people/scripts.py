"""In which script a word is written, and what of its writing can be mended without a guess.

Mended are only the ways to write the same letters: composition (NFC), fullwidth letters, Georgian
capitals (Mtavruli, which many fonts lack), invisible characters. Letters of another script that
only look alike are the business of ``lookalikes``.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Literal

from campaigns.model.language import Language

CACHED = 50_000
LETTERS = 2_000
Script = Literal["hy", "ka", "latin", "cyrillic", "mixed", "other"]
SCRIPTS: dict[Language, Script] = {Language.HY: "hy", Language.KA: "ka", Language.EN: "latin"}
"""The script that each language is written in."""

INVISIBLE = re.compile(
    "[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5"
    "\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb]"
)
"""Controls, joiners, direction marks, soft hyphens, variation selectors, byte-order marks."""
HIDDEN = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
"""Those of them that change what a reader sees or a program compares, and nobody types."""
_MTAVRULI = re.compile("[\u1c90-\u1cbf]")
_STYLED = re.compile("[\ufb00-\ufb17\uff01-\uff5e\U0001d400-\U0001d7ff]+")
"""Ligatures, fullwidth letters, mathematical letters: other shapes of plain ones."""


@lru_cache(maxsize=CACHED)
def script_of(text: str) -> Script:
    """Return the one script of the letters in ``text``; ``other`` when it has none that we know.

    >>> script_of("Անի"), script_of("Лուsine"), script_of("12")
    ('hy', 'mixed', 'other')
    """
    found = scripts_of(text)
    if len(found) > 1:
        return "mixed"
    return found.pop() if found else "other"


def reads(language: Language, text: str) -> bool:
    """Say whether a reader of ``language`` can read ``text``, such as the name of a product.

    All read Latin letters and figures; no other script but their own is expected of them.

    >>> reads(Language.HY, "Սուրճ Nero, 250 գ"), reads(Language.HY, "მთის ჩაი"), reads(Language.KA, "Чай")
    (True, False, False)
    """
    return scripts_of(text) <= {SCRIPTS[language], "latin"}


def scripts_of(text: str) -> set[Script]:
    """Return the scripts of the letters in ``text``."""
    return {script(letter) for letter in text if letter.isalpha()}


@lru_cache(maxsize=LETTERS)
def script(letter: str) -> Script:
    """Return the script of one letter."""
    code = ord(letter)
    if 0x530 <= code <= 0x58F or 0xFB13 <= code <= 0xFB17:
        return "hy"
    if 0x10A0 <= code <= 0x10FF or 0x1C90 <= code <= 0x1CBF or 0x2D00 <= code <= 0x2D2F:
        return "ka"
    if 0x400 <= code <= 0x52F:
        return "cyrillic"
    return "latin" if unicodedata.name(letter, "").startswith("LATIN") else "other"


def is_georgian_of_today(word: str) -> bool:
    """Say whether Georgian ``word`` is in the letters that one writes today (Mkhedruli).

    Asomtavruli and Nuskhuri are of the church and of decoration; nobody's name is kept in them.
    """
    return all("\u10d0" <= letter <= "\u10f0" for letter in word if letter.isalpha())


def visible(text: str) -> str:
    """Return ``text`` without invisible characters and with single plain spaces, in NFC."""
    spaced = " ".join(INVISIBLE.sub("", text).split())
    return unicodedata.normalize("NFC", spaced)


def plain(text: str) -> str:
    """Return visible ``text`` in the plain shapes of its letters.

    >>> plain("ᲒᲘᲝᲠᲒᲘ"), plain("Ａｎｉ")
    ('გიორგი', 'Ani')
    """
    shaped = _STYLED.sub(lambda part: unicodedata.normalize("NFKC", part.group()), text)
    return _MTAVRULI.sub(lambda letter: letter.group().lower(), shaped)

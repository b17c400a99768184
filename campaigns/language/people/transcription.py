"""A name as it is written in another script: looked up, never guessed.

Sounds alone do not tell the spelling: t is տ or թ, k is კ, ქ or ყ. So the name is found in the lists
by its sound (``spellings``), or the answer is None and a letter greets in another way. Only into
Latin letters every letter of Armenian and Georgian has its standard one (BGN/PCGN; the national
system of Georgia), so there the answer is certain without a list.
"""

from __future__ import annotations

from functools import cache, lru_cache

from campaigns.language.grammar import Kind
from campaigns.language.people.listed import given_name, pairs
from campaigns.language.people.scripts import SCRIPTS, script_of
from campaigns.language.people.spellings import armenian, georgian, latin
from campaigns.model.language import Language

CACHED = 50_000
LONGEST_NAME = 60


@lru_cache(maxsize=CACHED)
def in_script(name: str, language: Language, *, kind: Kind = Kind.GIVEN) -> str | None:
    """Return ``name`` in the letters of ``language``, or None where no list tells its spelling.

    Georgian first names come as their stem, which is what one calls and writes before a surname.

    Args:
        name: as ``read_person`` gives it: one script, capitals right.
        language: whose letters are asked for.
        kind: a given name, a surname, or a full name in the order of letters.

    >>> in_script("Giorgi", Language.KA), in_script("Анаит", Language.HY), in_script("Tm", Language.KA)
    ('გიორგი', 'Անահիտ', None)
    """
    if script_of(name) == SCRIPTS[language]:
        return name
    if not name or len(name) > LONGEST_NAME or kind not in (Kind.GIVEN, Kind.SURNAME, Kind.PERSON):
        return None
    words = name.split(" ")
    last = len(words) - 1
    kinds = [
        Kind.SURNAME if kind is Kind.PERSON and place == last > 0 else kind
        for place in range(len(words))
    ]
    written = [
        _word(word, language, Kind.GIVEN if one is Kind.PERSON else one)
        for word, one in zip(words, kinds, strict=True)
    ]
    return None if None in written else " ".join(word for word in written if word)


def _word(word: str, language: Language, kind: Kind) -> str | None:
    parts = [_part(part, language, kind) for part in word.split("-")]
    return None if None in parts else "-".join(part for part in parts if part)


def _part(part: str, language: Language, kind: Kind) -> str | None:
    if kind is Kind.GIVEN and (paired := _paired().get((part.lower(), language))):
        return paired
    if language is Language.EN:
        return latin(part) if script_of(part) in ("hy", "ka") else None
    romanised = latin(part)
    return _of_sound(part, romanised, language, kind) if romanised else None


def _of_sound(part: str, romanised: str, language: Language, kind: Kind) -> str | None:
    """The listed spelling; a man's name is not spelt as the woman's that sounds like it."""
    look_up = armenian if language is Language.HY else georgian
    found = look_up(romanised, kind)
    if found is None or kind is Kind.SURNAME:
        return found
    theirs, ours = given_name(part), given_name(found)
    genders = {one.gender for one in (theirs, ours) if one and one.gender}
    return found if len(genders) < 2 else None


@cache
def _paired() -> dict[tuple[str, Language], str]:
    """The names whose spelling in several scripts was written down by hand."""
    found: dict[tuple[str, Language], str] = {}
    for _, hy, ka, romanised, cyrillic in pairs():
        spellings = [one for one in (hy, ka, *romanised, *cyrillic) if one != "-"]
        for language, spelling in ((Language.HY, hy), (Language.KA, ka)):
            if spelling != "-":
                found |= {(one.lower(), language): spelling for one in spellings}
    return found

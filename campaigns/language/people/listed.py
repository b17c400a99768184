"""What is known of a word as a given name or a surname, in whatever letters it is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from campaigns.language.grammar import Gender, Kind
from campaigns.language.lexicon import armenian_names, georgian_names, rows
from campaigns.language.people.scripts import script_of
from campaigns.language.people.spellings import armenian, armenian_given, georgian, latin

CACHED = 50_000


@dataclass(frozen=True, slots=True)
class Given:
    """A given name of our lists; ``gender`` is None where men and women bear it."""

    gender: Gender | None


@lru_cache(maxsize=CACHED)
def given_name(word: str) -> Given | None:
    """Return what the lists say of ``word`` as a given name; None where it stands in none.

    >>> given_name("ԱՆԻ"), given_name("Zurab"), given_name("beridze")
    (Given(gender='f'), Given(gender='m'), None)
    """
    small = _key(word)
    if small in _given():
        return _given()[small]
    if "-" in word:
        return _double(word.split("-"))
    if script_of(word) == "ka":
        return _of_nominative(small)
    return _by_sound(word) if script_of(word) in ("latin", "cyrillic") else None


def is_listed_given(word: str) -> bool:
    """Say whether ``word`` stands in a list of given names in these very letters."""
    return _key(word) in _given()


def is_surname(word: str) -> bool:
    """Say whether ``word`` stands in a list of surnames, in its own letters.

    >>> is_surname("Սարգսյան"), is_surname("ანი")
    (True, False)
    """
    return word.lower() in _surnames()


def pairs() -> Iterator[tuple[str, str, str, list[str], list[str]]]:
    """Yield the names that are known in several scripts: gender, hy, ka, Latin, Cyrillic."""
    for gender, hy, ka, romanised, cyrillic in rows("paired_names.txt"):
        yield gender, hy, ka, _spellings(romanised), _spellings(cyrillic)


def _spellings(cell: str) -> list[str]:
    return [] if cell == "-" else cell.split(",")


def _double(parts: list[str]) -> Given | None:
    """Anna-Maria: a name of listed names."""
    found = [given_name(part) for part in parts]
    known = [one for one in found if one]
    return _agreed({one.gender for one in known}) if len(known) == len(found) else None


def _of_nominative(small: str) -> Given | None:
    """დავითი is the name დავით with its ending."""
    stem = georgian_names().get(small.removesuffix("ი"))
    return _given()[stem.stem] if stem and stem.stem_class == "C" else None


def _by_sound(word: str) -> Given | None:
    romanised = latin(word)
    if romanised is None:
        return None
    meant = (armenian(romanised, Kind.GIVEN), georgian(romanised, Kind.GIVEN))
    found = [_given()[_key(name)] for name in meant if name]
    return _agreed({each.gender for each in found}) if found else None


@cache
def _given() -> dict[str, Given]:
    """The given names; what we wrote by hand outranks what was counted."""
    by_hand = _gathered([*_paired(), *_more()])
    counted = _gathered([*_armenian(), *_georgian(), *_others()])
    return counted | by_hand | _unisex(by_hand)


def _unisex(by_hand: dict[str, Given]) -> dict[str, Given]:
    """Latin names that are a man's here and a woman's elsewhere, such as Karen."""
    foreign = _gathered(list(_others()))
    return {
        name: Given(None)
        for name, known in by_hand.items()
        if name in foreign and {foreign[name].gender, known.gender} == {"m", "f"}
    }


def _key(name: str) -> str:
    """Пётр is mostly written Петр, and Գևորգ was once Գեւորգ."""
    return name.lower().replace("ё", "е").replace("եւ", "և")


def _gathered(names: list[tuple[str, str]]) -> dict[str, Given]:
    genders: dict[str, set[Gender | None]] = defaultdict(set)
    for name, gender in names:
        genders[_key(name)].add({"m": "m", "f": "f"}.get(gender))  # type: ignore[arg-type]
    return {name: _agreed(found) for name, found in genders.items()}


def _agreed(genders: set[Gender | None]) -> Given:
    return Given(next(iter(genders))) if len(genders) == 1 else Given(None)


def _paired() -> Iterator[tuple[str, str]]:
    for gender, hy, ka, romanised, cyrillic in pairs():
        yield from ((name, gender) for name in (hy, ka, *romanised, *cyrillic) if name != "-")


def _more() -> Iterator[tuple[str, str]]:
    for gender, names in rows("more_names.txt"):
        yield from ((name, gender) for name in names.split())


def _armenian() -> Iterator[tuple[str, str]]:
    yield from ((known.name, known.gender or "-") for known in armenian_given())


def _georgian() -> Iterator[tuple[str, str]]:
    for known in georgian_names().values():
        yield known.stem, known.gender or "-"


def _others() -> Iterator[tuple[str, str]]:
    yield from ((name, sex) for name, kind, sex in rows("other_names.txt") if kind == "G")


@cache
def _surnames() -> frozenset[str]:
    georgian_ones = {name for (name,) in rows("ka_surnames.txt")}
    armenian_ones = {known.name.lower() for known in armenian_names().values() if known.is_surname}
    others = {name.lower() for name, kind, _ in rows("other_names.txt") if kind == "S"}
    return frozenset(georgian_ones | armenian_ones | others)

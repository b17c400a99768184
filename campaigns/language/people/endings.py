"""What the ending of a word tells: a surname, a father's name.

An ending alone never makes a surname of a listed given name (Марина, მაია, Ryan).
"""

from __future__ import annotations

import re
from functools import lru_cache

from campaigns.language.grammar import Gender
from campaigns.language.people.listed import given_name, is_listed_given, is_surname

CACHED = 50_000
SHORTEST_SURNAME = 5
SURE = 3
LIKELY = 1
GIVEN = -2

_SURE = tuple(
    """
    յան եան յանց եանց ունց ենց օղլի ձե շվիլի ძე შვილი იანი ოღლი
    yan yants iants dze shvili oghlu oglu ян янц дзе швили оглы
    """.split()  # noqa: SIM905
)
_LIKELY = tuple(
    """
    ունի ովա ևա եվա սկի սկայա ով եվ և ինա ենկո
    ია ავა უა ური ული ელი სკი ცკი ოვი ევი ოვა ევა ენკო
    ian iani ia ava ua uri uli eli ov ev ova eva sky ski skiy skaya enko ez son
    ов ев ёв ин ова ева ёва ина ский цкий ская цкая енко ия иани ава уа ури ули ели
    """.split()  # noqa: SIM905
)
_WOMENS = re.compile("(ов|ев|ёв)а$|(ск|цк)ая$|[oe]va$|skaya$|(ով|եվ|և)ա$|(ოვ|ევ)ა$|(სკაია)$")
_FATHERS: dict[Gender, re.Pattern[str]] = {
    "m": re.compile("[оеё]вич$|[oe]vich$|ովիչ$|[եևէ]վիչ$|[ოე]ვიჩი?$|^(иль|фом|лук|кузьм|никит)ич$"),
    "f": re.compile("[оеё]вна$|ична$|[oe]vna$|ichna$|[ոե]վնա$|ևնա$|[ოე]ვნა$"),
}
_GENITIVES = re.compile(r"(ի|ის|i|is|и)$")
_REDUCED = {
    "դավթ": "դավիթ",
    "սարգս": "սարգիս",
    "մկրտչ": "մկրտիչ",
    "davt": "davit",
    "sargs": "sargis",
}


@lru_cache(maxsize=CACHED)
def surnameness(word: str) -> int:
    """Return how much speaks for a surname (above zero) or a given name (below) in ``word``.

    >>> surnameness("Պետրոսյան"), surnameness("ნინო"), surnameness("Quark")
    (3, -2, 0)
    """
    last = word.lower().rpartition(" ")[2].rpartition("-")[2]
    ending = _of_ending(last)
    if ending == SURE and not is_listed_given(word):
        return SURE
    if given_name(word):
        return GIVEN + (LIKELY if is_surname(last) else 0)
    return SURE if is_surname(last) else ending


def _of_ending(word: str) -> int:
    if len(word) < SHORTEST_SURNAME:
        return 0
    return SURE if word.endswith(_SURE) else LIKELY if word.endswith(_LIKELY) else 0


@lru_cache(maxsize=CACHED)
def is_womans_surname(word: str) -> bool:
    """Say whether a surname has the Russian ending of a woman's: Иванова, Petrova."""
    return _WOMENS.search(word.lower()) is not None and given_name(word) is None


@lru_cache(maxsize=CACHED)
def fathers_gender(word: str) -> Gender | None:
    """Return whether a Russian father's name is a man's or a woman's, None when it is none.

    >>> fathers_gender("Иванович"), fathers_gender("Петровна"), fathers_gender("Иванов")
    ('m', 'f', None)
    """
    small = word.lower()
    return next((gender for gender, ending in _FATHERS.items() if ending.search(small)), None)


def is_fathers_genitive(word: str) -> bool:
    """Say whether ``word`` is the genitive of a man's name: Վարդանի, გიორგის, Vardani.

    >>> is_fathers_genitive("Վարդանի"), is_fathers_genitive("Դավթի"), is_fathers_genitive("Անի")
    (True, True, False)
    """
    small = word.lower()
    if not _GENITIVES.search(small) or (is_listed_given(word) and not small.endswith("ის")):
        return False
    return any(_is_man(stem) for stem in _stems(small))


def _stems(genitive: str) -> list[str]:
    stem = _GENITIVES.sub("", genitive)
    return [
        _REDUCED.get(stem, stem),
        stem.removesuffix("յ").removesuffix("y"),
        stem + "ი",
        stem + "i",
    ]


def _is_man(word: str) -> bool:
    known = given_name(word)
    return known is not None and known.gender != "f"

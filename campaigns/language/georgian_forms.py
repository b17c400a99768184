"""Which listed word a Georgian form may come from: endings of nouns, particles, persons of verbs.

Only for recognising words, so it takes rather too much than too little: what letters lose is put
back in every way that the language knows, and the word list decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

_POSTPOSITIONS = ("თვის", "გან", "კენ", "ათვის", "აგან", "აკენ")
_KEPT = ("მა", "ს", "ო", "ში", "ზე", "თან", "ივით", "თა", "თათვის", "სა")
"""Endings before which a stem in a consonant keeps its vowel."""
_LOSING = (
    "ის",
    "ით",
    "ად",
    "ისა",
    "ითა",
    "ამდე",
    "იდან",
    "ისას",
    *("ის" + one for one in _POSTPOSITIONS),
)
"""Endings before which it may lose it: საჩუქარი, საჩუქრის; and before which -ა and -ე go."""
_OF_VOWEL = (
    "მ", "ს", "ვ", "დ", "თ", "თი", "ში", "ზე", "სთან", "სავით", "ვით", "მდე", "დან", "თა",
    "სა", "სი", "სას", *("ს" + one for one in _POSTPOSITIONS),
)  # fmt: skip
_PARTICLES = {"ც": "აეიოუ", "აც": "სთდმნრლ", "ვე": "აეიოუს", "ა": "აეიუ"}
"""Particles at the end of a word, and after which letters: ისინიც, რომლითაც, იქვე, კლიენტია."""

_PREVERBS = (
    "გადმო", "გადა", "გამო", "გა", "წარმო", "წამო", "წა", "შემო", "შე", "ჩამო", "ჩა", "ამო", "ა",
    "და", "მო", "მი", "",
)  # fmt: skip
_PERSONS = ("", "ვ", "მ", "გ", "გვ")
_VERSIONS = ("", "ი", "უ", "ა", "ე")
_FAMILIES = (
    ("ა", "ე", "ეს", "ეთ", "ათ", "ო", "ოს", "ოთ", "ონ"),
    ("და", "დი", "დით", "დეს", "დე", "დეთ", "დნენ"),
    ("ებს", "ებ", "ებთ", "ებენ", "ება", "ები", "ებით", "ებდა", "ებოდა", "ებიან"),
    ("ავს", "ავ", "ავთ", "ავენ"),
    ("ევს", "ევ", "ევთ", "ევენ", "ევდა"),
    ("ობს", "ობ", "ობთ", "ობენ", "ობდა"),
    ("ის", "ი", "ით", "იან"),
)
"""Endings of one series of a verb: who has one has the others."""
_MIN_ROOT = 3
_MIN_REST = 5
_SHORT = ("", "ა", "და", "მო", "მი")
_ONLY_OF_VERBS = (
    "ეთ", "ათ", "ოთ", "ეს", "ოს", "ონ", "დით", "დეს", "დეთ", "დნენ", "ებს", "ებთ", "ებენ", "ებდა",
    "ებოდა", "ებიან", "ავს", "ავთ", "ავენ", "ევს", "ევთ", "ევენ", "ობთ", "ობენ", "იან", "დათ", "ლით",
)  # fmt: skip
"""After short preverbs, with which many nouns begin, only these endings tell a verb."""


def of_noun(word: str) -> Iterator[str]:
    """Yield what must be listed for ``word`` to be a noun in a case, with or without a particle.

    >>> "საჩუქარი" in of_noun("საჩუქრებისთვისაც")
    True
    """
    for shorter in _without_particle(word):
        yield shorter
        yield from _singular(shorter)
        yield from _plural(shorter)


def of_verb(word: str) -> Iterator[str]:
    """Yield what must be listed for ``word`` to be the same verb in another person or tense.

    >>> "გაასწორა" in of_verb("გაასწორეთ")
    True
    """
    for shorter in _without_particle(word):
        for preverb in _PREVERBS:
            if shorter.startswith(preverb):
                rest = shorter[len(preverb) :]
                yield from (f"ა{root}{one}" for root in _becoming(rest) for one in _FAMILIES[2])
                yield from _conjugated(preverb, rest)
                if len(rest) >= _MIN_REST and len(preverb) > 1:
                    yield from (other + rest for other in _PREVERBS)


def _without_particle(word: str) -> Iterator[str]:
    yield word
    for particle, after in _PARTICLES.items():
        shorter = word.removesuffix(particle)
        if len(shorter) > 2 and word.endswith(particle) and shorter[-1] in after:
            yield shorter


def _singular(word: str) -> Iterator[str]:
    for ending in _KEPT:
        if word.endswith(ending):
            yield word.removesuffix(ending) + "ი"
    for ending in _LOSING:
        if word.endswith(ending):
            stem = word.removesuffix(ending)
            yield from (stem + "ი", stem + "ა", stem + "ე")
            yield from _with_vowel(stem)
    for ending in _OF_VOWEL:
        stem = word.removesuffix(ending)
        if word.endswith(ending) and (stem[-1:] in tuple("აეოუ") or _in_vowel_and_i(stem)):
            yield stem


def _in_vowel_and_i(stem: str) -> bool:
    return stem[-1:] == "ი" and stem[-2:-1] in tuple("აეოუ")  # ჩაი, ტრამვაი


def _plural(word: str) -> Iterator[str]:
    for ending in ("ი", *_KEPT, *_LOSING):
        if word.endswith("ებ" + ending):
            stem = word.removesuffix("ებ" + ending)
            yield from (stem + "ი", stem + "ა")
            yield from _with_vowel(stem)
            if stem[-1:] in tuple("ეოუ"):
                yield stem


def _with_vowel(stem: str) -> Iterator[str]:
    if len(stem) > 2 and stem[-1] in "ლმნრვ" and stem[-2] not in "აეიოუ":
        for vowel in "აეო":
            yield f"{stem[:-1]}{vowel}{stem[-1]}ი"
            yield f"{stem[:-1]}{vowel}{stem[-1]}ა"


def _conjugated(preverb: str, rest: str) -> Iterator[str]:
    """Yield the same verb in other persons and versions, or with other endings.

    The present has no preverb where other tenses have one: ვაუმჯობესებთ, გააუმჯობესა.
    """
    is_passive = rest.startswith("ი") and rest.endswith(("ება", "ა"))
    if (
        preverb in _SHORT
        and not rest.endswith(_ONLY_OF_VERBS)
        and not (is_passive or rest.startswith(("გვი", "გვა", "გვე")))
    ):
        return
    for person, version in product(_PERSONS, _VERSIONS):
        root = rest.removeprefix(person + version)
        if not rest.startswith(person + version) or not _is_root(root, person, version):
            continue
        roots = [root, *_other_endings(root)]
        for other, another in product(_PERSONS, _VERSIONS):
            if len(roots) > 1 and _is_root(root, other, another):
                forms = (preverb + other + another + one for one in roots)
                yield from (form for form in forms if _preverb(form) == preverb)
        if not preverb:
            yield from (
                one + another + form for one in _PREVERBS for another in _VERSIONS for form in roots
            )


def _becoming(rest: str) -> Iterator[str]:
    """Yield the root of what becomes so of itself: ქირავდება, beside აქირავებს."""
    for ending in ("დება", "დებოდა", "დებიან", "დებოდნენ", "დეს", "და"):
        root = rest.removesuffix(ending)
        if rest.endswith(ending) and len(root) >= _MIN_ROOT:
            yield root


def _preverb(form: str) -> str:
    return next(one for one in _PREVERBS if form.startswith(one))


def _is_root(root: str, person: str, version: str) -> bool:
    if len(root) < _MIN_ROOT or (version and root[0] in "აეიუ"):
        return False
    return not (person and not version and root[0] == person[-1])


def _other_endings(root: str) -> Iterator[str]:
    for family in _FAMILIES:
        for ending in family:
            if root.endswith(ending) and len(root) > len(ending):
                stem = root.removesuffix(ending)
                yield from (stem + other for other in family if other != ending)

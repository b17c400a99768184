"""Is this a word? And if not, which word was meant?

Armenian words are stems with their sets of endings, Georgian ones forms of a list with the endings
of nouns and verbs that are made by rule; English ones are in ``english_spelling``. What a list does not know is no mistake yet: names,
brands and new words are in no list. So a word is called misspelt only where it is unknown and one
slip of the finger away from a word that is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache, lru_cache

from campaigns.language import english_spelling, lexicon
from campaigns.language.georgian_forms import of_noun, of_verb
from campaigns.model.language import Language

MIN_LETTERS = 4
"""Shorter words are one slip away from too many others to guess at."""
_SUFFIX = re.compile("(?P<base>[ա-և]{3,})(?:(?P<noun>ությ[ա-և]+)|որեն|աբար|ային|ական)")
_VERBAL = re.compile(
    "(?P<base>[ա-և]{3,})(?:ում(?:ը|ն|ից|ով|ս|դ|ներ(?:ը|ն|ի|ին|ից|ով|ում)?)|ման(?:ը|ն)?|մամբ)"
)
_PREFIXES = ("", "կ", "չ", "ամենա")
_COMPOUNDED = 3
"""Letters of the shortest part of a compound that is not listed itself."""
_RUN = 5
_RARE = 6
"""Letters from which an English word that is not common is doubted."""
_LONG = 8
"""Letters that a word must have before a verb is guessed from it."""
SURE = 2
SURE_LETTERS = {Language.HY: 6, Language.KA: 5, Language.EN: 6}
"""Shorter words are called misspelt only beside a common word: of short Armenian loan words
(վեգան, կեֆիր) every other one is a slip away from some rare word."""
_ONE_SOUND = str.maketrans("էօ", "եո")

_LETTERS = {
    Language.HY: "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքևօֆ",
    Language.KA: "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ",
    Language.EN: "abcdefghijklmnopqrstuvwxyz",
}
_ALIKE = {
    Language.HY: (
        "ղխ",
        "օո",
        "էե",
        "թտդ",
        "փպբ",
        "քկգ",
        "ցծձ",
        "չճջ",
        "րռ",
        "սզ",
        "ըե",
        "հյ",
        "ևե",
    ),
    Language.KA: ("ქკგყ", "თტდ", "ფპბ", "ჩჭჯ", "ცწძ", "ზსძ", "ღხგ", "ყხ", "შჟ", "ვუ"),
    Language.EN: ("aeiou", "sc", "ck", "yi"),
}
"""Letters that are taken for one another, by ear or on the keyboard."""

CLOSE = 0.82
"""Share of letters that a word has in common with the common one that was meant: wensday."""
_ENGLISH_ENDINGS = ("", "s", "es", "ed", "d", "ing", "ly", "er")
_MARKS = re.compile("[՛՜՞\u00ad\u200b-\u200d]")


def is_known(word: str, language: Language) -> bool:
    """Say whether ``word`` is one that we know, in any of its forms.

    >>> is_known("նամակներից", Language.HY), is_known("წერილებისთვის", Language.KA)
    (True, True)
    """
    plain = _MARKS.sub("", word).lower()
    match language:
        case Language.HY:
            return _known_armenian(plain) or _is_compound(plain)
        case Language.KA:
            return _known_georgian(plain)
        case Language.EN:
            return english_spelling.is_word(plain)


def suggestions(word: str, language: Language, *, limit: int = 3) -> list[str]:
    """Return the known words that are one slip away from ``word``, the likeliest first.

    >>> suggestions("հաճախրդներ", Language.HY, limit=1), suggestions("საჩქუარი", Language.KA)
    (['հաճախորդներ'], ['საჩუქარი'])
    """
    plain = _MARKS.sub("", word).lower()
    near = [one for one in _neighbours(plain, language) if one != plain]
    found = dict.fromkeys(one for one in near if _is_likely(one, language))
    if (
        not found and language is Language.KA and len(plain) >= _LONG
    ):  # perhaps a verb; the rules for them are slow
        found = dict.fromkeys(one for one in near if _has_known_runs(one) and _trust(one) > 0)
    if language is Language.EN:
        found = dict.fromkeys(english_spelling.with_other_doubles(plain)) | found
    if language is Language.EN and not found:
        common = sorted(_common(language))
        close = (
            get_close_matches(plain, common, n=1, cutoff=CLOSE) if len(plain) > MIN_LETTERS else []
        )
        found = dict.fromkeys([*english_spelling.with_other_vowels(plain), *close])
    ranked = sorted(found, key=lambda near: not is_common(near, language))
    return ranked[:limit]


@lru_cache(maxsize=20_000)
def misspelt(word: str, language: Language) -> tuple[str, ...]:
    """Return what ``word`` was meant to be, nothing where it is right or cannot be judged.

    A short word is judged only beside a common one. So is a doubtful one, and then only of letters
    too many, too few or swapped: Georgian forms of which the list holds no relatives may be words,
    or slips that somebody counted.
    """
    plain = _MARKS.sub("", word).lower()
    if len(plain) < MIN_LETTERS or _is_sure(plain, language):
        return ()
    near = [one for one in suggestions(plain, language) if not _other_person(one, plain)]
    if is_known(plain, language):
        near = [one for one in near if _is_slip(plain, one, language)]
    elif len(plain) >= SURE_LETTERS[language]:
        return tuple(near)
    sounds = plain.translate(_ONE_SOUND)
    return tuple(
        one for one in near if is_common(one, language) or one.translate(_ONE_SOUND) == sounds
    )


def _is_sure(word: str, language: Language) -> bool:
    """Say whether a word is beyond doubt: no guess at a Georgian verb, no rare English word.

    A rare English word is doubtful beside a common one of which two letters are swapped or one of
    a pair is lost: regrads, addres.
    """
    if language is Language.KA:
        forms = _georgian()
        return any(forms.get(form) == SURE for form in (word, *of_noun(word)))
    if not is_known(word, language):
        return False
    return language is Language.HY or len(word) < _RARE or is_common(word, language)


def _other_person(one: str, other: str) -> bool:
    """Say whether two Georgian verbs differ by whom they are done to: გიმასპინძლებთ, გვი…."""
    return one != other and one.replace("გვ", "გ") == other.replace("გვ", "გ")


def _is_slip(word: str, meant: str, language: Language) -> bool:
    """Say whether letters are too many, too few or swapped, and so no other word was chosen."""
    if word.startswith(meant):  # only its ending is another
        return False
    if sorted(word) == sorted(meant):
        return True
    if language is Language.EN:
        return (
            len(word) < len(meant) and bool(re.search(r"(.)\1", meant)) and set(word) == set(meant)
        )
    return len(word) != len(meant)


def _neighbours(word: str, language: Language) -> Iterator[str]:
    """Yield the words at one slip: letters alike, swapped, one too many, one missing, another."""
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    for group in _ALIKE[language]:
        for before, after in cuts:
            if after[:1] and after[0] in group:
                yield from (before + other + after[1:] for other in group if other != after[0])
    yield from (a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1 and b[0] != b[1])
    yield from (a + b[1:] for a, b in cuts if b)
    yield from (a + letter + b for a, b in cuts for letter in _LETTERS[language])
    yield from (a + letter + b[1:] for a, b in cuts if b for letter in _LETTERS[language])


@lru_cache(maxsize=20_000)
def is_common(word: str, language: Language) -> bool:
    """Say whether ``word`` is one of those that letters of shops are mostly made of."""
    common = _common(language)
    if language is Language.HY:
        return any(word[:cut] in common for cut in range(3, len(word) + 1)) and is_known(
            word, language
        )
    if language is Language.EN:
        return any(word.removesuffix(ending) in common for ending in _ENGLISH_ENDINGS)
    return word in common or any(form in common for form in of_noun(word))


def is_listed(word: str) -> bool:
    """Say whether a Georgian word is listed in just this form."""
    return word in _georgian()


def is_form(word: str) -> bool:
    """Say whether a Georgian word is listed in just this form, and surely a word."""
    return _georgian().get(word) == SURE


def armenian_endings(word: str) -> set[str]:
    """Return every way to read an Armenian word, each as "prefix.ending" at a listed stem.

    >>> sorted(armenian_endings("կգնաս")), armenian_endings("քարտդ")
    (['կ.աս'], {'.դ'})
    """
    plain = _MARKS.sub("", word).lower()
    stems, endings = _armenian()
    return {
        ending
        for prefix in _PREFIXES
        if plain.startswith(prefix)
        for cut in range(len(prefix) + 1, len(plain) + 1)
        for number in stems.get(plain[len(prefix) : cut], ())
        if (ending := f"{prefix}.{plain[cut:]}") in endings[number]
    }


def stems(word: str) -> set[str]:
    """Return the listed stems with whose endings an Armenian word can be read, its prefix off.

    >>> stems("քարտերով")
    {'քարտ'}
    """
    listed, endings = _armenian()
    return {
        word[len(prefix) : cut]
        for prefix in _PREFIXES
        if word.startswith(prefix)
        for cut in range(len(prefix) + 1, len(word) + 1)
        for number in listed.get(word[len(prefix) : cut], ())
        if f"{prefix}.{word[cut:]}" in endings[number]
    }


def _is_likely(word: str, language: Language) -> bool:
    """Say whether ``word`` may be what was meant: for Georgian, without guessing at verbs."""
    if language is Language.HY:
        return _known_armenian(word)
    if language is Language.EN:
        return english_spelling.is_plain_word(word)
    forms = _georgian()
    return any(forms.get(form) == SURE for form in (word, *of_noun(word)))


@lru_cache(maxsize=20_000)
def _known_armenian(word: str) -> bool:
    return bool(armenian_endings(word)) or _is_derived(word)


def _is_derived(word: str) -> bool:
    """Say whether an Armenian word is made of a listed one as all its like are: -ություն, -ում."""
    stems, endings = _armenian()
    verbal = _VERBAL.fullmatch(word)
    if verbal and any(".ել" in endings[number] for number in stems.get(verbal["base"], ())):
        return True
    found = _SUFFIX.fullmatch(word)
    if not found or found["base"] not in stems:
        return False
    noun = found["noun"]
    return noun is None or any(
        f".{noun[len(stem) :]}" in endings[number]
        for stem in ("ություն", "ության", "ությամ")
        if noun.startswith(stem)
        for number in stems["ծառայ" + stem]
    )


def _is_compound(word: str) -> bool:
    """Say whether an Armenian word is two listed nouns joined by -ա-: թեյ, վճար, թեյավճար."""
    listed, endings = _armenian()
    return any(
        word[at] == "ա"
        and any(".ը" in endings[number] for number in listed.get(word[:at], ()))
        and _is_noun_form(word[at + 1 :])
        for at in range(_COMPOUNDED, len(word) - _COMPOUNDED)
    )


def _is_noun_form(word: str) -> bool:
    listed, endings = _armenian()
    return any(
        f".{word[cut:]}" in endings[number] and {".ը", ".ն"} & endings[number]
        for cut in range(_COMPOUNDED, len(word) + 1)
        for number in listed.get(word[:cut], ())
    )


def _has_known_runs(word: str) -> bool:
    """Say whether every few letters of a Georgian word stand so in some listed word."""
    runs = _runs()
    return all(word[at : at + _RUN] in runs for at in range(len(word) - _RUN + 1))


@cache
def _runs() -> frozenset[str]:
    return frozenset(
        word[at : at + _RUN] for word in _georgian() for at in range(len(word) - _RUN + 1)
    )


def _known_georgian(word: str) -> bool:
    return _trust(word) > 0


@lru_cache(maxsize=20_000)
def _trust(word: str) -> int:
    """Return how sure it is that a Georgian word is one: 2 sure, 1 perhaps, 0 unknown."""
    forms = _georgian()
    found = [forms[form] for form in (word, *of_noun(word), *of_verb(word)) if form in forms]
    return max(found, default=0)


@cache
def _armenian() -> tuple[dict[str, tuple[int, ...]], list[frozenset[str]]]:
    """Return the sets of endings by number, and the numbers by stem."""
    stems: dict[str, tuple[int, ...]] = {}
    endings: list[frozenset[str]] = []
    for line in lexicon.packed("hy_words.txt.xz"):
        if line.startswith("="):
            endings.append(frozenset(line[1:].split(" ")))
        else:
            stem, *numbers = line.split(" ")
            stems[stem] = tuple(map(int, numbers))
    endings.append(frozenset("."))
    for model, words in _extra(Language.HY):
        like = stems[model] if model != "-" else (len(endings) - 1,)
        stems.update({word: (*stems.get(word, ()), *like) for word in words})
    return stems, endings


@cache
def _georgian() -> dict[str, int]:
    """Return the listed forms, SURE or, where they may be slips themselves, 1."""
    names = (name for name, entry in lexicon.georgian_names().items() if entry.voters >= 100)
    more = [word for _, words in _extra(Language.KA) for word in words]
    listed = {
        line.rstrip("?"): 1 if line[-1] == "?" else SURE
        for line in lexicon.packed("ka_words.txt.xz")
    }
    return listed | dict.fromkeys([*names, *more, *_common(Language.KA)], SURE)


@cache
def _common(language: Language) -> frozenset[str]:
    rows = lexicon.rows("words_common.txt")
    return frozenset(word for code, words in rows if code == language for word in words.split(" "))


def _extra(language: Language) -> Iterator[tuple[str, list[str]]]:
    """Yield a model and the words that are inflected like it; "-" for words in one form."""
    for code, model, words in lexicon.rows("words_extra.txt"):
        if code == language:
            yield model, words.split(" ")

"""The cell of a sheet where a name should stand: its words, or why it is no one person's name."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache

from campaigns.language.people.case import cased
from campaigns.language.people.listed import given_name, is_surname
from campaigns.language.people.lookalikes import unmixed
from campaigns.language.people.notes import Note
from campaigns.language.people.scripts import (
    HIDDEN,
    is_georgian_of_today,
    plain,
    script_of,
    visible,
)
from campaigns.language.people.vocabulary import (
    AND,
    BESIDE,
    COMPANIES,
    PARTICLES,
    PLACEHOLDERS,
    TITLES,
)

LONGEST_CELL = 100
LONGEST_WORD = 30
CACHED = 50_000
MOST_WORDS = 6
NO_NAMES = COMPANIES | PLACEHOLDERS
_OTHER_WORDS = AND | PARTICLES | NO_NAMES | BESIDE | TITLES.keys()
VOWELS = frozenset("աեէըիոօևւаეიოუაaeiouyøæœıаеиоуыэюя")

_PLAIN = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)*")
"""Words of letters alone: most names, and nothing of what is looked for in the others."""
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\{[^{}]*\}|[(\[{].*$")
_NICKNAME = re.compile(r"(?<=\S )[\"«“„'‘][^\"«»“”„']+[\"»”“'’](?= \S)")
_AROUND = "\"«»“”„‘’'`,.:;!?՝՛՜՞։*#_~|-–—/\\+=<>^ "
_AT_ENDS = _AROUND.replace(".", "")
_WITHIN_WORD = re.compile("[՛՜՞՟ՙ]")
_SEVERAL = re.compile("[;&+]")
_OTHERWISE = re.compile(r"\s*[/|\\]\s*")
_NAME_WORD = re.compile(r"[^\W\d_]+(?:[’'ʼ՚-][^\W\d_]+)*\.?")
_INITIALS = re.compile(r"(?:[^\W\d_]{1,2}\.)+-?(?:[^\W\d_]{1,2}\.)*|[^\W\d_]{3,5}\.")
_GLUED = re.compile(r"(?<=\.)(?=[^\W\d_]{2,})")
_SIGNS = re.compile(r"[^\w\s.,;:&+/|\\()\[\]{}\"«»“”„‘’'`ʼ՚՛՜՝՞՟ՙ։!?*#~<>^=@–—-]+")
_REPEATED = re.compile(r"(..?)\1\1")
_ADDRESS = re.compile(r"@|https?:|www\.", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell holds. ``problem`` tells why it is no name; then there are no words.

    ``before_comma`` counts the words that a comma sets apart as the surname.
    """

    words: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    before_comma: int = 0
    notes: frozenset[Note] = field(default_factory=frozenset)
    problem: Note | None = None


@lru_cache(maxsize=CACHED)
def read_cell(written: str) -> Cell:
    """Return the words of the name in a cell, repaired, or the reason that there is none.

    >>> read_cell("Nino (Tbilisi)").words, read_cell("n/a").problem.value
    (('Nino',), 'name_placeholder')
    """
    return _of_tidy_words(written) or _of_any(written)


def _of_tidy_words(written: str) -> Cell | None:
    """Return the words of a cell that holds nothing else, which is most: each is judged once."""
    words = [tidy(word) for word in written.split(" ", MOST_WORDS)]
    if None in words:
        return None
    found = tuple(word for word in words if word)
    recased = " ".join(found) != written
    return Cell(found, notes=frozenset({Note.CASE}) if recased else frozenset())


@lru_cache(maxsize=CACHED)
def tidy(word: str) -> str | None:
    """Return a word that can only be a name, cased; None for any other."""
    small = word.lower()
    if not _PLAIN.fullmatch(word) or plain(visible(word)) != word or small in _OTHER_WORDS:
        return None
    return cased(word) if _is_sayable(word) else None


def _of_any(written: str) -> Cell:
    seen = visible(written[: 4 * LONGEST_CELL])
    shaped = plain(seen)
    notes = {Note.INVISIBLE} if HIDDEN.search(written) else set[Note]()
    if shaped.lower() != seen.lower():
        notes.add(Note.LETTERS)
    if not shaped:
        return Cell()
    problem = Note.UNREADABLE if len(shaped) > LONGEST_CELL else _problem(shaped)
    if problem:
        return Cell(problem=problem)
    return _worded(shaped, notes, recased=shaped != seen)


def _problem(text: str) -> Note | None:
    """Return why the text as a whole is no name."""
    small = text.lower()
    words = {word.strip(_AROUND) for word in (small.replace("/", " / ") + " " + small).split()}
    if not COMPANIES.isdisjoint(words):
        return Note.COMPANY
    if not PLACEHOLDERS.isdisjoint(words) or text.lower().strip(_AROUND) in PLACEHOLDERS:
        return Note.PLACEHOLDER
    return None if _PLAIN.fullmatch(text) else _problem_of_signs(text)


def _problem_of_signs(text: str) -> Note | None:
    bare = _BRACKETS.sub("", text)
    if _ADDRESS.search(text):
        return Note.ADDRESS
    if any(letter.isdigit() for letter in bare):
        return Note.NUMBER
    return None if any(letter.isalpha() for letter in bare) else Note.PLACEHOLDER


def _worded(text: str, notes: set[Note], *, recased: bool) -> Cell:
    if _PLAIN.fullmatch(text):
        first, others = text, list[str]()
    else:
        bare = _without_signs(text)
        if _letters(bare) != _letters(_WITHIN_WORD.sub("", text)):
            notes.add(Note.EXTRA)
        first, *others = _OTHERWISE.split(bare)
    if _is_several(first) or (others and _are_two([first, *others])):
        return Cell(problem=Note.SEVERAL)
    if others:
        notes.add(Note.EXTRA)
    return _repaired(first, notes, recased=recased)


def _without_signs(text: str) -> str:
    bare = _WITHIN_WORD.sub("", _NICKNAME.sub("", _BRACKETS.sub(" ", text)))
    return " ".join(_SIGNS.sub(" ", bare).split()).strip(_AT_ENDS)


def _letters(text: str) -> str:
    return "".join(letter for letter in text if not letter.isspace() and letter not in _AROUND)


def _is_several(text: str) -> bool:
    """Say whether people are listed: Zaza;Lia, Անի և Տիգրան."""
    joined = any(map(_is_and, text.split()[1:-1]))
    return joined or _SEVERAL.search(text) is not None or _lists_people(text)


def _is_and(word: str) -> bool:
    """Say whether a word joins names; a capital И is an initial, Or a name."""
    return word in AND or (len(word) > 1 and word.isupper() and word.lower() in AND)


def _lists_people(text: str) -> bool:
    """Say whether given names stand between commas: Anna, Maria."""
    parts = [part.strip() for part in text.split(",")] if "," in text else []
    return len(parts) > 1 and all(given_name(part) for part in parts)


def _are_two(names: list[str]) -> bool:
    """Say whether a slash stands between people: Zaza/Lia, not between spellings: Eka/Ekaterine."""
    genders = {known.gender for name in names if (known := given_name(name))}
    return {"m", "f"} <= genders


def _repaired(text: str, notes: set[Note], *, recased: bool) -> Cell:
    meant = unmixed(text)
    if meant is None:
        return Cell(problem=Note.UNREADABLE)
    if meant != text:
        notes.add(Note.LETTERS)
    return _sorted(meant, notes | ({Note.CASE} if recased else set()))


def _sorted(text: str, notes: set[Note]) -> Cell:
    """Return the words without titles, cased; a surname before a comma is counted."""
    before, comma, after = text.partition(",")
    heads, tails = _split(before), _split(after)
    titles = [word for word in (*heads, *tails) if _title(word) in TITLES]
    if any(_title(word) in BESIDE for word in (*heads, *tails)):
        notes.add(Note.EXTRA)
    heads, tails = _plain_words(heads), _plain_words(tails)
    if titles:
        notes.add(Note.TITLE)
    if any(not _is_word(word) for word in (*heads, *tails)) or "," in after:
        return Cell(titles=tuple(titles), problem=Note.UNREADABLE)
    words = tuple(cased(word) for word in (*heads, *tails))
    if words != (*heads, *tails):
        notes.add(Note.CASE)
    return Cell(words, tuple(titles), len(heads) if comma and tails else 0, frozenset(notes))


def _split(text: str) -> list[str]:
    words = _GLUED.sub(" ", text).split()
    return [word if is_initial(word) else word.strip(_AROUND) for word in words]


def _title(word: str) -> str:
    return word.lower().rstrip(".")


def _plain_words(words: list[str]) -> list[str]:
    """Drop titles, what stands beside names and empty words, and join what is part of a surname: van der Berg."""
    found: list[str] = []
    parts: list[str] = []
    names = [word for word in words if word and _title(word) not in TITLES.keys() | BESIDE]
    for place, word in enumerate(names):
        if _begins_surname(names[place : place + 2], is_first=not found):
            parts.append(word)
        else:
            found.append(" ".join([*parts, word]))
            parts = []
    return found


def _begins_surname(words: list[str], *, is_first: bool) -> bool:
    """Say whether the first of two words is part of the second: van der Berg; at the head of a name
    Van may be a given name, but van and Տեր (of priests' families) are not.
    """
    word = words[0].lower()
    return (
        word in PARTICLES
        and len(words) > 1
        and not is_initial(words[1])
        and (not is_first or words[0].islower() or word in {"տեր", "ter", "тер", "ტერ"})
    )


def _is_word(word: str) -> bool:
    return all(map(_is_sayable, word.split(" "))) or is_initial(word)


@lru_cache(maxsize=CACHED)
def _is_sayable(word: str) -> bool:
    """Say whether a word can be a name: one script, a vowel, not one letter again and again."""
    small = word.lower()
    return (
        0 < len(word) <= LONGEST_WORD
        and _NAME_WORD.fullmatch(word) is not None
        and (
            len(word) == 1
            or (len(set(small)) > 1 and not VOWELS.isdisjoint(unicodedata.normalize("NFD", small)))
        )
        and _REPEATED.search(small) is None
        and small not in NO_NAMES
        and script_of(word) not in ("mixed", "other")
        and (script_of(word) != "ka" or is_georgian_of_today(word))
    )


@lru_cache(maxsize=CACHED)
def is_initial(word: str) -> bool:
    """Say whether a word only stands for a name: Ա., A, Հովհ., not the name Ia at the end."""
    bare = word.rstrip(".")
    alone = word.isalpha() or given_name(bare) is not None or is_surname(bare)
    return (len(word) == 1 and word.isalpha()) or (
        not alone and _INITIALS.fullmatch(word) is not None
    )

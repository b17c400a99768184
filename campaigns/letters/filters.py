"""What each filter of the merge language takes, and what it makes of a value in a language.

Three families: values written for a reader (money, dates, quotes), forms of address, and words in
the part that they play in a sentence (``campaigns.language.roles``). A filter of the last gives
nothing where the form is not sure; the letter then says something else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial

from campaigns.errors import RenderError
from campaigns.language import address, formats
from campaigns.language.grammar import Kind as WordKind
from campaigns.language.people.person import Person, read_person
from campaigns.language.people.scripts import SCRIPTS, reads, script_of
from campaigns.language.people.transcription import in_script
from campaigns.language.roles import Role, in_role
from campaigns.letters.fields import Kind
from campaigns.model.language import Language
from campaigns.model.money import Money
from campaigns.model.register import Register

Change = Callable[[object], object]

CACHED = 20_000
"""Values whose written form is remembered: dates, names and products come again and again."""

ROLES: Mapping[str, Role] = {str(role): role for role in Role}
"""Filters that put a name or another word into its part of the sentence."""

_QUOTES = {Language.HY: ("«", "»"), Language.KA: ("„", "“"), Language.EN: ("“", "”")}
_INNER_QUOTES = {Language.HY: ("“", "”"), Language.KA: ("«", "»"), Language.EN: ("‘", "’")}
_ANY_QUOTE = '«»„“”"‟'
_NOT_SET = "⟨"
"""Begins what stands for a setting that is not filled in yet; it has no cases."""
# The word after the field, past emphasis and an opening quote. An empty line ends the sentence.
_NEXT_WORD = re.compile(r"[*_]{0,3}(?:[ \t\u00a0]+|[ \t]*\n[ \t]*(?!\s))[*_«„“\"(]{0,4}([^\W\d_]+)")


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter. ``abstains_on``: kinds of which it may give nothing though there is a value."""

    takes: tuple[Kind, ...]
    change: Change
    abstains_on: tuple[Kind, ...] = ()
    never_empty: bool = False


def filters(language: Language, register: Register) -> dict[str, Filter]:
    """Return the filters by name, apart from ``default``, ``counted`` and those of ``ROLES``."""
    shown = partial(show, language=language)
    return {
        **{name: _of_money(write, language) for name, write in _MONEY.items()},
        "number": Filter(("number",), shown),
        **{name: _of_number(write, language) for name, write in _PER_CENTS.items()},
        "ordinal": Filter(("number",), lambda value: formats.ordinal(_number(value), language)),
        **{name: _of_date(write, language) for name, write in _DATES.items()},
        "quoted": Filter(("text",), lambda value: quoted(shown(value), language)),
        "greeting": Filter(
            ("person", "text"),
            lambda value: _salutation(value, language, register),
            never_empty=True,
        ),
        "address_line": Filter(
            ("person",),
            lambda value: address.address_line(_known(value), language, register),
            abstains_on=("person",),
        ),
    }


def counted(nouns: Sequence[str], language: Language) -> Filter:
    """Return the filter that puts a noun behind a number; English has its plural beside it.

    >>> counted(["պատվեր"], Language.HY).change(3).replace(formats.NO_BREAK, "~")
    '3~պատվեր'
    """
    one, *more = nouns
    plural = more[0] if more else None

    def change(value: object) -> str:
        return formats.counted(_number(value), one, language, plural=plural)

    return Filter(("number",), change)


def role_filter(
    role: Role, word: WordKind, language: Language, register: Register, following: str | None
) -> Filter:
    """Return the filter that puts a value into its part of the sentence.

    Args:
        role: the part.
        word: what the field's values name.
        language: of the letter.
        register: of the letter; it tells how one calls somebody.
        following: the next word of the letter, where the letter itself gives it.
    """

    def change(value: object) -> object:
        if isinstance(value, str) and value.startswith(_NOT_SET):
            return value
        person = _person(value, word)
        if person is None:
            return _word(str(value), role, word, language, following)
        if role is Role.VOCATIVE:
            return address.called(person, language, register)
        return address.mention(person, role, language, following)

    return Filter(("person", "text"), change, abstains_on=("person", "text"))


def next_word(following: str) -> str | None:
    """Return the word with which the words behind a field begin; None before a mark or an end.

    >>> next_word(" է մեզ"), next_word(", որ"), next_word("** «Նուռ»")
    ('է', None, 'Նուռ')
    """
    found = _NEXT_WORD.match(following)
    return found.group(1) if found else None


def show(value: object, language: Language) -> str:
    """Return a value as a reader of ``language`` expects it; nothing for None."""
    if isinstance(value, str):
        return value
    return "" if value is None else _shown(value, language)


@lru_cache(maxsize=CACHED)
def quoted(text: str, language: Language) -> str:
    """Return ``text`` in the quotation marks of the language, so that it needs no case ending.

    >>> quoted('Գինի "Արենի"', Language.HY)
    '«Գինի “Արենի”»'
    """
    opening, closing = _QUOTES[language]
    bare = text.strip()
    if len(bare) > 2 and bare[0] in _ANY_QUOTE and bare[-1] in _ANY_QUOTE:
        bare = bare[1:-1]
    return opening + _inner_quotes(bare, language) + closing


@lru_cache(maxsize=CACHED)
def _shown(value: object, language: Language) -> str:
    match value:
        case Money():
            return formats.money(value, language)
        case date():
            return formats.date_long(value, language)
        case int():
            return formats.number(value, language)
        case Person():
            return address.mention(value, Role.NOMINATIVE, language) or ""
    return str(value)


@lru_cache(maxsize=CACHED)
def _salutation(value: object, language: Language, register: Register) -> str:
    return address.salutation(_person(value, WordKind.GIVEN), language, register)


def _of_money(write: Callable[[Money, Language], str], language: Language) -> Filter:
    @lru_cache(maxsize=CACHED)
    def change(value: object) -> str:
        return write(value, language) if isinstance(value, Money) else show(value, language)

    return Filter(("money",), change)


def _of_number(write: Callable[[int, Language], str], language: Language) -> Filter:
    return Filter(("number",), lambda value: write(_number(value), language))


def _of_date(write: Callable[[date, Language], str], language: Language) -> Filter:
    @lru_cache(maxsize=CACHED)
    def change(value: object) -> str | None:
        day = _day(value)
        return write(day, language) if day else None

    return Filter(("date", "text"), change, abstains_on=("text",))


def _in_month(day: date, language: Language) -> str:
    return formats.month_in(day.month, language, year=day.year)


def _weekday(day: date, language: Language) -> str:
    return formats.weekday(day.weekday(), language)


_DATES: Mapping[str, Callable[[date, Language], str]] = {
    "date": formats.date_long,
    "on_date": formats.date_on,
    "from_date": formats.date_from,
    "until_date": formats.date_until,
    "through_date": formats.date_through,
    "in_month": _in_month,
    "weekday": _weekday,
}
"""Filters of a day: of a field that holds one, or of a text such as "2026-12-31"."""
_MONEY: Mapping[str, Callable[[Money, Language], str]] = {
    "money": formats.money,
    "money_in_words": formats.money_in_words,
    "from_money": formats.money_from,
    "up_to_money": formats.money_up_to,
    "for_money": formats.money_for,
    "by_money": formats.money_by,
}
"""Filters of an amount: with its sign, or with a word that takes the ending of the sentence."""


_PER_CENTS: Mapping[str, Callable[[int, Language], str]] = {
    "percent": formats.percent,
    "percent_off": formats.percent_off,
    "percent_by": formats.percent_by,
    "percent_up_to": formats.percent_up_to,
}
"""Filters of a number of hundredths."""


def _person(value: object, word: WordKind) -> Person | None:
    """Return whom a value names; None where it names no person."""
    if isinstance(value, Person) or value is None:
        return value
    match word:
        case WordKind.GIVEN:
            return read_person(given=str(value))
        case WordKind.SURNAME:
            return read_person(family=str(value))
        case WordKind.PERSON:
            return read_person(full=str(value))
    return None


def _known(value: object) -> Person:
    if not isinstance(value, Person):
        raise RenderError("letter.value_kind", expected="person")
    return value


@lru_cache(maxsize=CACHED)
def _word(
    text: str, role: Role, word: WordKind, language: Language, following: str | None
) -> str | None:
    """Put a word that names no person into its part; a name of a place in the letter's script."""
    if script_of(text) != SCRIPTS[language]:
        text = in_script(text, language, kind=word) or text
    if not reads(language, text):
        return None
    return in_role(text, role, language, kind=word, next_word=following)


def _inner_quotes(text: str, language: Language) -> str:
    pair = _INNER_QUOTES[language]
    out, is_open = [], False
    for letter in text:
        out.append(pair[is_open] if letter in _ANY_QUOTE else letter)
        is_open ^= letter in _ANY_QUOTE
    return "".join(out)


def _day(value: object) -> date | None:
    """Return the day that a value is or spells: 2026-12-31 or 31.12.2026."""
    if isinstance(value, date):
        return value
    text = str(value).strip()[:10]
    if text[2:3] == ".":
        text = f"{text[6:]}-{text[3:5]}-{text[:2]}"
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _number(value: object) -> int:
    if not isinstance(value, int):
        raise RenderError("letter.value_kind", expected="number")
    return value

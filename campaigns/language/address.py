"""How a letter calls its reader, and names people. A wrong form is worse than none: what is unsure
has no name in it.

Sources: Armenian shops and banks write «Հարգելի Անի» without the mark ՛, and «Հարգելի պարոն
Շահվերդյան» with a surname; Georgian puts the title before the first name, „ბატონო დავით“, and
without a known gender takes none, „გამარჯობა, ნინო!“.
"""

from __future__ import annotations

import re
from functools import lru_cache

from campaigns.language import formats
from campaigns.language.grammar import Gender, Kind
from campaigns.language.people.notes import Note
from campaigns.language.people.person import Person, read_person
from campaigns.language.people.scripts import SCRIPTS, script_of
from campaigns.language.people.transcription import in_script
from campaigns.language.roles import Role, in_role
from campaigns.model.language import Language
from campaigns.model.register import Register

CACHED = 50_000
"""People whose forms are remembered: a letter names the same reader in several places."""

_AND = re.compile(r"\s+(?:և|եւ|და|and|и)\s+|\s*[,&]\s*")
_TITLES: dict[Language, dict[Gender, str]] = {
    Language.HY: {"m": "պարոն", "f": "տիկին"},
    Language.KA: {"m": "ბატონო", "f": "ქალბატონო"},
    Language.EN: {"m": "Mr", "f": "Ms"},
}
_ON_ENVELOPES: dict[Language, dict[Gender, str]] = {
    Language.HY: {"m": "Պարոն", "f": "Տիկին"},
    Language.KA: {"m": "ბატონ", "f": "ქალბატონ"},
    Language.EN: _TITLES[Language.EN],
}
_NAMED: dict[Language, dict[Register, str]] = {
    Language.HY: dict.fromkeys(Register, "Հարգելի {}") | {Register.WARM: "Սիրելի {}"},
    Language.KA: dict.fromkeys(Register, "გამარჯობა, {}!") | {Register.WARM: "ძვირფასო {}"},
    Language.EN: dict.fromkeys(Register, "Dear {}"),
}
_TITLED = {Language.HY: "Հարգելի {}", Language.KA: "{}", Language.EN: "Dear {}"}
_NAMELESS: dict[Language, dict[Register, str]] = {
    Language.HY: dict.fromkeys(Register, "Հարգելի հաճախորդ") | {Register.WARM: "Սիրելի հաճախորդ"},
    Language.KA: dict.fromkeys(Register, "ძვირფასო მომხმარებელო")
    | {Register.FORMAL: "პატივცემულო მომხმარებელო"},
    Language.EN: dict.fromkeys(Register, "Dear customer"),
}
_CLOSINGS: dict[Language, dict[Register, str]] = {
    Language.HY: dict.fromkeys(Register, "Հարգանքով՝") | {Register.WARM: "Սիրով՝"},
    Language.KA: dict.fromkeys(Register, "პატივისცემით,")
    | {Register.WARM: "საუკეთესო სურვილებით,"},
    Language.EN: dict.fromkeys(Register, "Kind regards,") | {Register.WARM: "Warm regards,"},
}


def greeting(
    person: Person | None, language: Language, register: Register = Register.NEUTRAL
) -> str:
    """Return the words that open a letter, by name where the name can be said rightly.

    Of two people in one cell («Անի և Տիգրան») both are named, or neither.

    >>> ani = Person("Անի", "Սարգսյան", None, None, "f", "list", (), True)
    >>> greeting(ani, Language.HY), greeting(ani, Language.HY, Register.FORMAL)
    ('Հարգելի Անի', 'Հարգելի տիկին Սարգսյան')
    >>> greeting(None, Language.KA)
    'ძვირფასო მომხმარებელო'
    """
    people = _each(person)
    said = [name for one in people if (name := called(one, language, register))]
    if not said or len(said) < len(people):
        return _NAMELESS[language][register]
    titled = all(_titled(one, language, register) for one in people)
    frame = _TITLED[language] if titled else _NAMED[language][register]
    return frame.format(formats.list_of(said, language))


def salutation(
    person: Person | None, language: Language, register: Register = Register.NEUTRAL
) -> str:
    """Return the greeting as a line of its own, closed with its mark: a comma unless it has one."""
    words = greeting(person, language, register)
    return words if words.endswith("!") else words + ","


def called(person: Person, language: Language, register: Register = Register.NEUTRAL) -> str | None:
    """Return what one calls the person; None when it cannot be said rightly.

    >>> called(Person("დავითი", None, None, None, "m", "list", (), True), Language.KA)
    'დავით'
    """
    family = person.family if _is_titled(person, register) else None  # or it is not said
    return _called(person.given, family, person.gender, person.usable, language, register)


@lru_cache(maxsize=CACHED)
def mention(
    person: Person, role: Role, language: Language, next_word: str | None = None
) -> str | None:
    """Return the person's name, whole as far as it is known, in its part of a sentence.

    One calls somebody by the first name alone. ``next_word`` is what follows in the sentence.

    >>> ani = Person("Անի", "Սարգսյան", None, None, "f", "list", (), True)
    >>> mention(ani, Role.DATIVE, Language.HY)
    'Անի Սարգսյանին'
    """
    if role is Role.VOCATIVE:
        return _vocative(person, language)
    name, kind = _whole(person, language)
    return name and in_role(
        name, role, language, kind=kind, gender=person.gender, next_word=next_word
    )


def address_line(
    person: Person, language: Language, register: Register = Register.NEUTRAL
) -> str | None:
    """Return the line on an envelope: to whom, in the dative, with a title where it is formal.

    Source: „ქალბატონ მანანა ცინაძეს“, the title without its -ო, from public letters.

    >>> manana = Person("მანანა", "ცინაძე", None, None, "f", "list", (), True)
    >>> address_line(manana, Language.KA, Register.FORMAL)
    'ქალბატონ მანანა ცინაძეს'
    """
    name = mention(person, Role.DATIVE, language)
    if name is None or register is not Register.FORMAL or person.gender is None:
        return name
    return f"{_ON_ENVELOPES[language][person.gender]} {name}"


def closing(language: Language, register: Register = Register.NEUTRAL) -> str:
    """Return the words that close a letter, with their mark; the signer stands below.

    >>> closing(Language.HY), closing(Language.EN, Register.WARM)
    ('Հարգանքով՝', 'Warm regards,')
    """
    return _CLOSINGS[language][register]


@lru_cache(maxsize=CACHED)
def _called(
    given: str | None,
    family: str | None,
    gender: Gender | None,
    usable: bool,  # noqa: FBT001 - as a person has it
    language: Language,
    register: Register,
) -> str | None:
    """A million people have a few thousand first names: what is not said must not tell them apart."""
    person = Person(given, family, None, None, gender, None, (), usable)
    return _titled(person, language, register) or _vocative(person, language)


def _is_titled(person: Person, register: Register) -> bool:
    formal = register is Register.FORMAL or (person.given is None and register is Register.NEUTRAL)
    return formal and person.gender is not None


def _titled(person: Person, language: Language, register: Register) -> str | None:
    """Title and name: Georgian takes the first name, Armenian and English the surname.

    Where only the surname is known, a title is the one way to say it politely.
    """
    if person.gender is None or not _is_titled(person, register):
        return None
    if language is Language.KA:
        name = _vocative(person, language)
    else:
        name = _written(person, person.family, Kind.SURNAME, language)
    return name and f"{_TITLES[language][person.gender]} {name}"


def _each(person: Person | None) -> list[Person]:
    """Return who is meant; both of a couple. A list of more than two is not greeted by name."""
    if person is None or Note.SEVERAL not in person.notes:
        return [person] if person else []
    names = _AND.split(person.given or "")
    return [read_person(given=name) for name in names] if len(names) == 2 else []


def _vocative(person: Person, language: Language) -> str | None:
    name = _written(person, person.given, Kind.GIVEN, language)
    return name and in_role(name, Role.VOCATIVE, language, kind=Kind.GIVEN, gender=person.gender)


def _whole(person: Person, language: Language) -> tuple[str | None, Kind]:
    """Return the full name in the order of letters, or the part of it that there is."""
    given = _written(person, person.given, Kind.GIVEN, language)
    family = _written(person, person.family, Kind.SURNAME, language)
    if given and family:
        return f"{given} {family}", Kind.PERSON
    # Half of a name that is known in full would be a rude way to name somebody: a surname alone.
    if given:
        return given, Kind.GIVEN
    return (None if person.given else family), Kind.SURNAME


def _written(person: Person, name: str | None, kind: Kind, language: Language) -> str | None:
    """Return a part of the name in the letter's script; a spelling is looked up, never guessed."""
    if not name or not person.usable:
        return None
    script = script_of(name)
    if script == SCRIPTS[language]:
        return name
    if script == SCRIPTS[Language.KA] and kind is Kind.GIVEN:  # დავითი is Davit, not Daviti
        name = in_role(name, Role.VOCATIVE, Language.KA, kind=kind) or name
    return in_script(name, language, kind=kind)

"""Who does it, and the verb: «մենք … են» for «մենք … ենք».

Looked for only where the two stand in one clause with nothing between that could be another
subject: a pronoun, or a noun at the beginning whose predicate is one of the few that letters use.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

from campaigns.language import spelling
from campaigns.language.proofreading.findings import Finding
from campaigns.language.proofreading.text import Text, Word
from campaigns.model.language import Language

_PERSONS = ("եմ", "ես", "է", "ենք", "եք", "են")
"""«To be» for I, thou, he, we, you, they."""
_ROWS = (
    _PERSONS,
    ("էի", "էիր", "էր", "էինք", "էիք", "էին"),
    ("չեմ", "չես", "չէ", "չենք", "չեք", "չեն"),
    ("չէի", "չէիր", "չէր", "չէինք", "չէիք", "չէին"),
    ("ունեմ", "ունես", "ունի", "ունենք", "ունեք", "ունեն"),
    ("չունեմ", "չունես", "չունի", "չունենք", "չունեք", "չունեն"),
    ("գիտեմ", "գիտես", "գիտի", "գիտենք", "գիտեք", "գիտեն"),
)
"""«To be», «to have» and «to know», whose forms no ending tells."""
_FORMS = {form: at for row in _ROWS for at, form in enumerate(row)} | {"չի": 2}
_SUBJECTS = {"մենք": 3, "դուք": 4, "նրանք": 5}

_BREAKS = frozenset(
    [
        "և",
        "ու",
        "կամ",
        "որ",
        "որը",
        "որն",
        "որոնք",
        "որի",
        "որին",
        "եթե",
        "երբ",
        "թե",
        "բայց",
        "սակայն",
        "իսկ",
        "քան",
        "ինչ",
        "ինչն",
        "ինչը",
        "ինչպես",
        "որտեղ",
        "քանի",
        "որովհետև",
        "մինչ",
        "մինչև",
        "ով",
        "ովքեր",
        "ում",
        "որպեսզի",
        "հետո",
        "նաև",
        "էլ",
        "ոչ",
        "թեև",
        "թեպետ",
    ]
)
_IMPERSONAL = frozenset(
    ["պետք", "հարկ", "հնարավոր", "անհրաժեշտ", "հայտնի", "պարզ", "կարևոր", "բնական"]
)
"""Before է they are no verb of the subject: «մենք պետք է գնանք»."""
_MOST_BETWEEN = 7
_ENDINGS = (
    re.compile(r"կ\.\w*[եա]մ|\.(?:եց|աց)ի"),
    re.compile(r"կ\.\w*[եա]ս|\.(?:եց|աց)իր"),
    re.compile(r"կ\.\w*(?:ի|ա)|\.եց"),
    re.compile(r"կ\.\w*[եա]նք|\.(?:եց|աց)ինք"),
    re.compile(r"կ\.\w*[եա]ք|\.(?:եց|աց)իք"),
    re.compile(r"կ\.\w*[եա]ն|\.(?:եց|աց)ին"),
)
_PREDICATE = (
    "պատրաստ|ուրախ|շնորհակալ|գոհ|հասանելի|անվճար|բաց|փակ|վճարված|հաստատված|ուղարկված|ընդունված"
    "|[ա-և]{3,}վ(?:ում|ել|ած|ելու)|(?:սպաս|աշխատ|գտնվ|գործ)ում|Ձեզ (?:համար|սպասում|հետ|մոտ)"
)
_SUBJECT = (
    r"(?:(?<=[։,\n«])\s*|\A|^)(?:(?:Ձեր|Մեր|Այս|Այդ|Բոլոր|մեր|այս|բոլոր) )?(?P<noun>[ա-ևԱ-Ֆ]{3,}[ըն]) "
    r"(?:(?:արդեն|միշտ|այժմ|հիմա|լիովին|դեռ|այսօր|շուտով|վաղը|երեկ) )*"
)
_PREDICATED = re.compile(
    rf"{_SUBJECT}(?:{_PREDICATE}) (?P<verb>է|են)(?![ա-և՞])",
    re.MULTILINE,
)
_DONE = re.compile(
    rf"{_SUBJECT}(?P<verb>(?:կ?[ա-և]{{3,}}վ|կ(?:զանգ|զանգահար|պատասխան|օգն|սպաս|աշխատ|լին))"
    r"(?P<ending>ի|են|եց|եցին))(?![ա-և՞-])",
    re.MULTILINE,
)
"""Verbs that take no object, so that what stands before them does not suffer but does."""
_OTHER_NUMBER = {"ի": "են", "են": "ի", "եց": "եցին", "եցին": "եց"}
_DOUBLED = re.compile(
    r"(?<![ա-և])չ(?:եմ|ի|ենք|եք|են) [ա-և]{2,}(?:ում|ել|ած|ալ) (?P<verb>է|եմ|ենք|եք|են)(?![ա-և])"
)
_MANY = re.compile(r"\.ն?եր[ըն]")
_ONE = re.compile(r"\.[ըն]")
_OPENING = re.compile(
    r"(?:^|(?<=[։.\n])\s*)(?:Շնորհակալ|Ուրախ|Հուսով|Շնորհավորում|Հրավիրում|Խնդրում|Կարոտել|Ներողություն)"
    r" (?P<verb>են|եք)(?= (?:Ձե[րզ]|որ|խնդրում|տեղեկացնել|հիշեցնել)\b)",
    re.MULTILINE,
)


def verbs(text: Text) -> Iterator[Finding]:
    """A verb that does not agree with the pronoun before it."""
    if text.language is not Language.HY:
        return
    words = text.words
    for at, word in enumerate(words):
        person = _person(text, words[at - 1] if at else None, word)
        if person is not None:
            yield from _disagreeing(text, _clause(text, words[at : at + _MOST_BETWEEN + 2]), person)


def predicates(text: Text) -> Iterator[Finding]:
    """«Պատվերը պատրաստ են», «գները հասանելի է», «Շնորհակալ են Ձեզ»."""
    if text.language is not Language.HY:
        return
    for found in _PREDICATED.finditer(text.plain):
        right = "են" if found["verb"] == "է" else "է"
        if _is_of_number(found["noun"], many=right == "են"):
            yield text.finding(*found.span("verb"), "proof.agreement", right)
    for found in _DONE.finditer(text.plain):
        right = _OTHER_NUMBER[found["ending"]]
        if _is_of_number(found["noun"], many=right.startswith(("են", "եցի"))):
            verb = found["verb"].removesuffix(found["ending"])
            yield text.finding(*found.span("verb"), "proof.agreement", verb + right)
    for found in _DOUBLED.finditer(text.plain):
        yield text.finding(*found.span("verb"), "proof.agreement")
    for found in _OPENING.finditer(text.plain):
        yield text.finding(*found.span("verb"), "proof.agreement", "ենք")


def _is_of_number(noun: str, *, many: bool) -> bool:
    readings = spelling.armenian_endings(noun)
    return bool(readings) and all(map((_MANY if many else _ONE).fullmatch, readings))


def _person(text: Text, before: Word | None, word: Word) -> int | None:
    """Return whom ``word`` names as the only subject of its clause."""
    joined = before is not None and text.plain[before.end : word.start].isspace()
    if before and joined and before.bare.lower() in ("և", "ու", "կամ", "քան", "ինչպես", "որպես"):
        return None
    if word.bare.lower() in _SUBJECTS:
        return _SUBJECTS[word.bare.lower()]
    return 0 if word.bare == "Ես" and not joined else None


def _clause(text: Text, words: Sequence[Word]) -> list[Word]:
    """Return the words behind the first one, as far as its clause surely reaches."""
    pairs = pairwise(words)
    near = takewhile(
        lambda pair: (
            text.plain[pair[0].end : pair[1].start] in (" ", "\u00a0", "\n")
            and pair[1].bare.lower() not in _BREAKS
        ),
        pairs,
    )
    return [after for _, after in near]


def _disagreeing(text: Text, clause: Sequence[Word], person: int) -> Iterator[Finding]:
    before = ""
    for word in clause:
        bare = word.bare.lower()
        if bare in _FORMS and not (bare == "է" and before in _IMPERSONAL):
            if _FORMS[bare] != person:
                yield text.finding(word.start, word.end, "proof.agreement", _right(bare, person))
            return
        said = _said_of(bare)
        if said is not None:
            if said != person:
                yield text.finding(word.start, word.end, "proof.agreement")
            return
        before = bare


def _right(form: str, person: int) -> str:
    if form == "չի":
        return f"չ{_PERSONS[person]}"
    return next(row[person] for row in _ROWS if form in row)


def _said_of(word: str) -> int | None:
    """Return whom a verb is said of, None for what may be no verb: կսպասենք is of us."""
    said = {_person_of(one) for one in spelling.armenian_endings(word)}
    return said.pop() if len(said) == 1 else None


def _person_of(reading: str) -> int | None:
    found = (at for at, ending in enumerate(_ENDINGS) if ending.fullmatch(reading))
    return next(found, None)


RULES = (verbs, predicates)

"""Choice of words and forms: what is said twice over, in a wrong number, in a wrong case.

Sources: singular after numerals in both languages (CLDR has plural categories, the nouns do not
change); Georgian nouns that lose a vowel, `campaigns.language.georgian`; dates as people write
them, `campaigns.language.formats`. Listed words and phrases: `phrases`; address: `informal`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from campaigns.language import georgian, lexicon, spelling
from campaigns.language.grammar import Case, Kind
from campaigns.language.proofreading import (
    english,
    georgian_cases,
    informal,
    misspelling,
    phrases,
)
from campaigns.language.proofreading.findings import Finding
from campaigns.language.proofreading.text import Text, matches
from campaigns.model.language import Language

_TWINS: dict[Language, tuple[tuple[str, str], ...]] = {
    Language.HY: (
        ("ապրանքանիշ", "բրենդ"),
        ("մարքեթինգ", "շուկայավար"),
        ("հավատարմությ", "լոյալությ"),
        ("բոնուսային քարտ", "հավատարմության քարտ"),
        ("էլփոստ", "էլ. փոստ"),
    ),
    Language.KA: (
        ("ლოიალობ", "ერთგულების პროგრამ"),
        ("ელფოსტა", "ელ. ფოსტა"),
        ("ელფოსტა", "იმეილ"),
        ("პრომოკოდ", "პრომო-კოდ"),
        ("საიტ", "ვებგვერდ"),
    ),
    Language.EN: (("e-mail", "email"), ("loyalty card", "bonus card"), ("organis", "organiz")),
}
"""Two names of one thing; a text holds to one of them. The second is reported."""

_NUMERAL = {
    Language.HY: r"\d+|(?:տասն|քսան|երեսուն|քառասուն|հիսուն|վաթսուն|յոթանասուն|ութսուն|իննսուն)?"
    r"(?:մեկ|երկու|երեք|չորս|հինգ|վեց|յոթ|ութ|ինը?)|տասներ(?:կու|եք)|տասը?|քսան|երեսուն|քառասուն"
    r"|հիսուն|վաթսուն|յոթանասուն|ութսուն|իննսուն|հարյուր|հազար|մի քանի|քանի",
    Language.KA: r"\d+|ორი|სამი|ოთხი|ხუთი|ექვსი|შვიდი|რვა|ცხრა|ათი|ოცი|ორმოცი|ასი|ათასი|თხუთმეტი"
    r"|რამდენიმე|ბევრი|ორ|სამ|ოთხ|ხუთ|ათ|ოც|ას",
}
_COUNTED = {
    language: re.compile(
        rf"(?<![\w.,:/-])(?<!ից )(?:{numeral})(?:[ \u00a0](?:հազար|միլիոն|ათასი|მილიონი))?[ \u00a0]"
        r"(?:(?:նոր|անվճար|[ա-և]{3,}(?:ված|ային|ական|ավոր))[ \u00a0])?"
        rf"(?P<noun>[ա-և]{{4,}}|[ა-ჰ]{{4,}})",
        re.IGNORECASE,
    )
    for language, numeral in _NUMERAL.items()
}
_PLURAL_HY = re.compile(r"\.ն?եր")
_PLURAL_KA = re.compile(
    r"(?P<stem>[ა-ჰ]{2,})ებ(?P<ending>ი|ს|ის|ით|ზე|ში|თან|მა|ისთვის|იდან|ამდე|ად|იც)"
)
_YEARS = ("წლებ", "թվական")
_LOSING = re.compile(
    "(?P<stem>[ა-ჰ]{3,}?)(?P<ending>ის|ით|ად|ისთვის|ისგან|ისკენ|იდან|ამდე|ები|ებს|ების|ებით|ებზე"
    "|ებში|ებთან|ებისთვის|ებად|ებიდან|ებმა|ისა|ისას)"
)
_MONTHS_HY = (
    "հունվար|փետրվար|մարտ|ապրիլ|մայիս|հունիս|հուլիս|օգոստոս|սեպտեմբեր|հոկտեմբեր|նոյեմբեր|դեկտեմբեր"
)
_MONTHS_KA = "იანვარი|თებერვალი|მარტი|აპრილი|მაისი|ივნისი|ივლისი|აგვისტო|სექტემბერი|ოქტომბერი|ნოემბერი|დეკემბერი"
_DAY_FIRST = re.compile(
    rf"(?P<until>մինչև[ \u00a0])?(?<![\d.,-])0?(?P<day>[12]?\d|3[01])[ \u00a0](?P<month>{_MONTHS_HY})(?:ի(?P<article>ն|ը)?)?\b(?![ \u00a0]\d{{1,2}}\b)",
    re.IGNORECASE,
)
_UNTIL_DAY = re.compile(
    rf"(?:մինչև[ \u00a0])(?P<date>(?:{_MONTHS_HY})ի[ \u00a0]\d{{1,2}})(?![-\d\u2011])",
    re.IGNORECASE,
)
_PADDED_DAY = re.compile(rf"\b(?P<month>(?:{_MONTHS_HY})ի)[ \u00a0]0(?P<day>[1-9])\b")
_ON_DAY = re.compile(
    rf"(?<![\d.,–-])(?:[12]?\d|3[01])[ \u00a0](?P<month>{_MONTHS_KA})[ \u00a0]"
    r"(?:[ა-ჰ]+(?:ეთ|ათ|ოთ|ავთ|ებთ|ებით|დით|ება|ებს)\b|გელით\b|გაიმართება|იწყება|დასრულდება|გაიხსნება)"
)
_COMMON_NAME = 200
"""Voters who bear a name that is surely one."""
_NAMED_HY = re.compile(
    r"(?:Հարգելի|Սիրելի|Թանկագին)[՛]? (?P<name>[Ա-Ֆ][ա-և]+[նըից])(?=[,՝։!՜]|\s*$)", re.MULTILINE
)
_NAMED_KA = re.compile(
    r"(?:ბატონო|ქალბატონო|ძვირფასო|პატივცემულო|გამარჯობა,) (?P<name>[ა-ჰ]{3,}[ისამო])(?=[,!.:]|\s*$)",
    re.MULTILINE,
)


def two_words(text: Text) -> Iterator[Finding]:
    """One thing under two names in one text."""
    plain = text.plain.lower()
    for one, other in _TWINS[text.language]:
        second = re.search(rf"\b{re.escape(other)}[\w-]*", plain)
        if second and re.search(rf"\b{re.escape(one)}", plain):
            yield text.finding(*second.span(), "proof.two_words", other=one)


def plural_after_number(text: Text) -> Iterator[Finding]:
    """5 քարտեր, 150 ქულები: the noun stays in the singular."""
    pattern = _COUNTED.get(text.language)
    for found in matches(text, pattern) if pattern else ():
        singular = _singular(found["noun"].lower(), text.language)
        if singular:
            yield text.finding(*found.span("noun"), "proof.plural_after_number", singular)


def _singular(noun: str, language: Language) -> str | None:
    if noun.startswith(_YEARS):
        return None
    if language is Language.HY:
        readings = spelling.armenian_endings(noun)
        plural = [_PLURAL_HY.fullmatch(one) for one in readings]
        if not readings or None in plural:
            return None
        return _armenian_singular(noun.removesuffix(max(one[1:] for one in readings)))
    bare = noun.removesuffix("ა") if noun.endswith("ებია") else noun  # ქულებია: they are points
    found = _PLURAL_KA.fullmatch(bare)
    if found is None:
        return None
    # დავალების is also the genitive of the singular დავალება.
    if found["ending"] not in ("ი", "იც") and spelling.is_form(f"{found['stem']}ება"):
        return None
    return _georgian_singular(found["stem"], found["ending"])


def _armenian_singular(stem: str) -> str:
    """Return the nominative of a stem that may have lost a vowel: տեղեկագր, տեղեկագիր."""
    for whole in (stem, *(f"{stem[:-1]}{vowel}{stem[-1:]}" for vowel in ("ի", "ու"))):
        if "." in spelling.armenian_endings(whole):
            return whole
    return stem


def _georgian_singular(stem: str, ending: str) -> str | None:
    for lemma in (stem + "ი", stem + "ა", stem, *(f"{stem[:-1]}{v}{stem[-1:]}ი" for v in "აეო")):
        if spelling.is_form(lemma) and lemma[-1] in "იაეოუ":
            plain = ending in ("ს", "ზე", "ში", "თან", "მა") and lemma.endswith("ი")
            return lemma[:-1] + ending if plain else lemma
    return None


def lost_vowels(text: Text) -> Iterator[Finding]:
    """Georgian nouns that keep a vowel which they lose: საჩუქარის, მომხმარებელებს."""
    for word in text.words if text.language is Language.KA else ():
        found = _LOSING.fullmatch(word.bare.removesuffix("ც"))
        oblique = _oblique(found["stem"]) if found else None
        if found and oblique and oblique != found["stem"]:
            instead = oblique + word.bare[len(found["stem"]) :]
            yield text.finding(word.start, word.end, "proof.lost_vowel", instead)


@cache
def _oblique(stem: str) -> str | None:
    """Return the stem before -ის of the noun whose nominative is ``stem`` and -ი or -ა."""
    for lemma in (stem + "ი", stem + "ა"):
        if spelling.is_form(lemma):
            form = georgian.inflect(lemma, Case.GENITIVE, kind=Kind.NOUN)
            is_sure = form.text and form.certainty != "likely"
            return form.text.removesuffix("ის") if is_sure and form.text else None
    return None


def days(text: Text) -> Iterator[Finding]:
    """31 դեկտեմբերի for դեկտեմբերի 31-ը, and „8 მარტი გელოდებით“ for 8 მარტს."""
    if text.language is Language.HY:
        for found in matches(text, _DAY_FIRST):
            until = found["until"] or ""
            ending = "-ը" if until else "-ին" if found["article"] else ""
            yield text.finding(
                *found.span(), "proof.day_first", f"{until}{found['month']}ի {found['day']}{ending}"
            )
        for found in matches(text, _PADDED_DAY):
            yield text.finding(*found.span(), "proof.day_first", f"{found['month']} {found['day']}")
        for found in matches(text, _UNTIL_DAY):
            yield text.finding(*found.span("date"), "proof.until_day", found["date"] + "-ը")
    if text.language is Language.KA:
        for found in matches(text, _ON_DAY):
            month = found["month"].removesuffix("ი") + "ს"
            yield text.finding(*found.span("month"), "proof.on_day", month)


def names(text: Text) -> Iterator[Finding]:
    """«Հարգելի Անին», „ბატონო დავითი“: a person is called by the bare name."""
    if text.language is Language.HY:
        for found in matches(text, _NAMED_HY):
            if bare := _bare_armenian(found["name"]):
                yield text.finding(*found.span("name"), "proof.called_name", bare)
    if text.language is Language.KA:
        for found in matches(text, _NAMED_KA):
            if called := _called(found["name"]):
                yield text.finding(*found.span("name"), "proof.called_name", called)


def _bare_armenian(name: str) -> str | None:
    known = lexicon.armenian_names()
    shorter = (name.removesuffix(one) for one in ("ին", "ն", "ը", "ի", "ից"))
    return None if name in known else next((one for one in shorter if one in known), None)


def _called(name: str) -> str | None:
    """Return the bare Georgian name of which ``name`` is a case, None where it is bare already."""
    known = lexicon.georgian_names()
    if name in known and known[name].voters >= _COMMON_NAME:
        return None
    for ending in ("ის", "მა", "ი", "ს", "მ", "ო"):
        entry = known.get(name.removesuffix(ending)) if name.endswith(ending) else None
        if entry and entry.voters >= _COMMON_NAME and (ending in "სმ" or entry.stem_class == "C"):
            return entry.stem
    return None


RULES = (
    *informal.RULES, *phrases.RULES, plural_after_number, lost_vowels, days, names, two_words,
    *georgian_cases.RULES, *english.RULES, *misspelling.RULES,
)  # fmt: skip

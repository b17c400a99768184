"""Georgian nouns in the wrong case: after thanks, wishes and postpositions, and in dates.

Sources: -თვის and the postpositions of `_GENITIVE` take the genitive; what one wishes joy of is a
dative (გილოცავთ დაბადების დღეს); a day is a dative (8 მარტს), as a year is (2026 წელს).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from campaigns.language import georgian, lexicon, spelling
from campaigns.language.grammar import Case, Kind
from campaigns.language.proofreading.findings import Finding
from campaigns.language.proofreading.text import Text, matches
from campaigns.model.language import Language

_CLAUSE_END = r"(?=[ \u00a0]*(?:[.,!;:–—]|\Z|\n))"
_NOUN = r"(?P<noun>[ა-ჰ]{3,}[იაეს])"
_THANKS = re.compile(
    rf"(?P<what>გმადლობთ|მადლობა|მადლობას (?:გიხდით|მოგახსენებთ)|ბოდიშს გიხდით)[ \u00a0](?P<between>(?:[ა-ჰ]+[ \u00a0]){{0,2}}?){_NOUN}{_CLAUSE_END}"
)
_WISHES = re.compile(
    rf"გილოცავთ[ \u00a0](?:[ა-ჰ]+[ \u00a0]){{0,2}}?(?P<noun>[ა-ჰ]{{2,}}[იაე]){_CLAUSE_END}"
)
_GENITIVE = re.compile(
    r"(?<![ა-ჰ])(?P<noun>[ა-ჰ]{3,}[იაე])[ \u00a0](?:შესახებ|გამო|მიერ|განმავლობაში|მიმართ|გარეშე|ნაცვლად|საშუალებით|მეშვეობით"
    r"|ფარგლებში|შედეგად|მიხედვით|თანახმად)(?![ა-ჰ])"
)
_MONTHS = "იანვარ|თებერვალ|მარტ|აპრილ|მაის|ივნის|ივლის|აგვისტო|სექტემბერ|ოქტომბერ|ნოემბერ|დეკემბერ"
_DAY_LAST = re.compile(
    r"(?:ებთ|ავთ|ება|ებით|ავართ|ვართ|გელით|ველით)[ \u00a0](?:(?:2\d{3} წლის )?(?<![\d.,–-])(?:[12]?\d|3[01]))[ \u00a0]"
    rf"(?P<month>(?:{_MONTHS})ი?)(?=[ \u00a0]*(?:[.!;]|,[ \u00a0]*\d|\Z|\n))"
)
_DAY_ZE = re.compile(rf"(?<![\d.,–-])(?:[12]?\d|3[01])[ \u00a0](?P<month>(?:{_MONTHS})ზე)(?![ა-ჰ])")
_MOVED = re.compile("გადა|დაინიშნ|ინიშნ|დანიშნ|გავ?და|ჯავშნ|ჯავშან|ადრე|გვიან|თანხმდ")
"""To a day, not on a day: 8 მარტზე გადავიტანეთ."""
_IN_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d[ \u00a0](?P<noun>წელში|წელზე)(?![ა-ჰ])")
_PRONOUNS = frozenset(
    {"ყველა", "ვინმე", "რამე", "კიდევ", "ყველაფერი", "ისინი", "არაფერი", "არის", "დღეს", "ხშირად"}
)
_POINTING = frozenset(
    [
        "რამეს",
        "ამას",
        "იმას",
        "მას",
        "ვინმეს",
        "ყველას",
        "ამან",
        "იმან",
        "ეს",
        "ის",
        "თქვენ",
        "ჩვენ",
        "მე",
        "ცხადი",
    ]
)
"""Pronouns, and an adjective, that often open a clause before რომ."""
_OWN = (
    "მისი",
    "მათი",
    "ჩემი",
    "ჩვენი",
    "თქვენი",
    "შენი",
    "თავისი",
    "იმისი",
    "ვისი",
    "რისი",
    "ორივე",
)
"""Possessives stand before postpositions as they are: მისი მეშვეობით."""
_NO_CAUSES = ("თვის", "თან", "გან", "ებს")
_SCIENCE = re.compile(
    "(?:ლოგ|გრაფ|ნომ|მეტრ|ფილ|ქიმ|ატრ|ფობ|კრატ|სოფ|ფონ|სკოპ|გოგ|პევტ|რქ|ტექნიკ|ეგ|მანიაკ|მპან)ი$"
)
"""Persons of a trade in -ია: ფოტოგრაფი and ფოტოგრაფია."""
_CALLED = re.compile(r"(?:ძვირფასო|პატივცემულო|საყვარელო)[ \u00a0](?P<noun>[ა-ჰ]{3,}ი)(?=[,!.])")
_COMMON_NAME = 200
_TWO_VOWELS = re.compile("(?P<lemma>[ა-ჰ]{2,}[აეიოუ])(?P<ending>ისთვის|ისგან|ისკენ|ის|ით|ას|ადან)")


def thanks(text: Text) -> Iterator[Finding]:
    """„გმადლობთ შეკვეთა“, „ბოდიშს გიხდით შეფერხებას“: one thanks and apologises for something."""
    for found in matches(text, _THANKS) if text.language is Language.KA else ():
        noun = found["noun"]
        if noun in _PRONOUNS:
            continue
        lemma = noun if _is_noun(noun) else _lemma_of(noun)
        if noun.endswith("ს") and not noun.endswith("ის") and not found["what"].startswith("ბ"):
            continue  # მადლობა სტუმრებს
        if lemma and "თვის" not in found["between"] and (genitive := _genitive(lemma)):
            yield text.finding(*found.span("noun"), "proof.wrong_case", genitive + "თვის")


def wishes(text: Text) -> Iterator[Finding]:
    """„გილოცავთ შობა“: what one wishes joy of stands in the dative."""
    for found in matches(text, _WISHES) if text.language is Language.KA else ():
        if _is_noun(found["noun"]):
            dative = georgian.inflect(found["noun"], Case.DATIVE, kind=Kind.NOUN).text
            yield text.finding(*found.span("noun"), "proof.wrong_case", dative)


def callings(text: Text) -> Iterator[Finding]:
    """„ძვირფასო მეგობარი“: whom one calls stands in the vocative."""
    for found in matches(text, _CALLED) if text.language is Language.KA else ():
        noun = found["noun"]
        name = lexicon.georgian_names().get(noun)
        if not (name and name.voters >= _COMMON_NAME) and spelling.is_form(noun):
            called = georgian.inflect(noun, Case.VOCATIVE, kind=Kind.NOUN).text
            yield text.finding(*found.span("noun"), "proof.wrong_case", called)


def postpositions(text: Text) -> Iterator[Finding]:
    """„შეკვეთა შესახებ“: these words take the genitive."""
    for found in matches(text, _GENITIVE) if text.language is Language.KA else ():
        noun = found["noun"]
        known = noun not in _PRONOUNS and spelling.is_form(noun)
        if known and not noun.endswith(_OWN) and (genitive := _genitive(noun)):
            yield text.finding(*found.span("noun"), "proof.wrong_case", genitive)


def dates(text: Text) -> Iterator[Finding]:
    """„გელოდებით 8 მარტი“ and „8 მარტზე“ for 8 მარტს; „2026 წელში“ for 2026 წელს."""
    if text.language is not Language.KA:
        return
    for found in matches(text, _DAY_LAST):
        if found["month"].endswith("ი"):
            yield text.finding(*found.span("month"), "proof.on_day", found["month"][:-1] + "ს")
    for found in matches(text, _DAY_ZE):
        if not _MOVED.search(text.plain[max(found.start() - 60, 0) : found.end() + 60]):
            on_day = found["month"].removesuffix("ზე") + "ს"
            yield text.finding(*found.span("month"), "proof.on_day", on_day)
    for found in matches(text, _IN_YEAR):
        yield text.finding(*found.span("noun"), "proof.wrong_case", "წელს")


def two_vowels(text: Text) -> Iterator[Finding]:
    """„შვილიის“, „მაღაზიაის“, „კვირაას“: an ending set behind the whole nominative."""
    for word in text.words if text.language is Language.KA else ():
        found = _TWO_VOWELS.fullmatch(word.bare)
        right = _declined(found["lemma"], found["ending"]) if found else None
        if right not in (None, word.bare):  # დროის is right
            yield text.finding(word.start, word.end, "proof.wrong_case", right)


@cache
def _declined(lemma: str, ending: str) -> str | None:
    if not spelling.is_form(lemma) or spelling.is_listed(lemma + ending):
        return None
    name = lexicon.georgian_names().get(lemma)
    if name and name.stem_class == "I" and ending == "ის":
        return lemma + "ს"
    if lemma.endswith("ი") and _may_be_of_a(lemma):
        return None
    if ending in ("ას", "ადან"):
        return None if lemma[-1] != "ა" else lemma + ending[1:]
    genitive = _genitive(lemma)
    case = ending.removeprefix("ის") if ending.startswith("ის") else None
    return genitive and (genitive + case if case is not None else _instrumental(lemma))


def _may_be_of_a(lemma: str) -> bool:
    """Say whether -იის is rather of a noun in -ია: ფოტოგრაფიის is of ფოტოგრაფია."""
    if spelling.is_listed(lemma[:-1] + "ები") and not _SCIENCE.search(lemma):
        return False
    further = (lemma + one for one in ("ას", "აში", "აზე", "ები", "ების", "ებს", "ამ", "ული"))
    rare = spelling.is_form(lemma + "ა") and not spelling.is_common(lemma, Language.KA)
    return rare or any(map(spelling.is_listed, further))


def _instrumental(lemma: str) -> str | None:
    return georgian.inflect(lemma, Case.INSTRUMENTAL, kind=Kind.NOUN).text


@cache
def _genitive(lemma: str) -> str | None:
    return georgian.inflect(lemma, Case.GENITIVE, kind=Kind.NOUN).text


@cache
def names(word: str) -> bool:
    """Say whether ``word`` is a noun or a pronoun in a plain case, and no verb."""
    if word.endswith("ია"):  # იმედია, ცნობილია: a predicate
        return False
    singular = word.removesuffix("ებს") + "ი" if word.endswith("ებს") else word
    return word in _POINTING or _is_noun(singular) or bool(_lemma_of(word))


@cache
def _is_noun(word: str) -> bool:
    """Say whether a listed word is a noun in the nominative: it has a genitive that is listed too."""
    if word in _PRONOUNS or not spelling.is_form(word) or word.endswith(("ისა", "ებსა")):
        return False
    genitive = _genitive(word) or ""
    oblique = genitive.removesuffix("ის")
    forms = (genitive, genitive + "თვის", oblique + "ების", oblique + "ებით")
    return spelling.is_common(word, Language.KA) or any(map(spelling.is_listed, forms))


@cache
def _lemma_of(word: str) -> str | None:
    """Return the noun of which ``word`` is the genitive or the dative; None where it has a -თვის."""
    if word.endswith(_NO_CAUSES):
        return None
    for ending, vowels in (("ის", "იაე"), ("ს", "იაეოუ")):
        stem = word.removesuffix(ending)
        if word.endswith(ending):
            for lemma in (stem, *(stem + vowel for vowel in vowels)):
                if lemma[-1:] in tuple("იაე") and _is_noun(lemma):
                    return lemma
    return None


RULES = (thanks, wishes, callings, postpositions, dates, two_vowels)

"""What a letter to a customer has: a greeting, thanks, a closing, a name; and nothing left over.

Source: the practices that the letters follow (human tone: greeting, thanks, named signer; a title
only where the gender is known).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from campaigns.language.proofreading.findings import Finding
from campaigns.language.proofreading.masking import OBJECT, head_end, head_line
from campaigns.language.proofreading.text import Text
from campaigns.model.language import Language

_I = re.IGNORECASE
_GREETING = {
    Language.HY: re.compile(r"^\W{0,20}(?:Հարգել[իո]|Սիրել[իո]|Թանկագին|Մեծարգո|Ողջո[՛՜]?ւյն|Բար[եէ]?[՛՜]?և|Բարի (?:լույս|օր|երեկո))", _I | re.MULTILINE),
    Language.KA: re.compile(r"ძვირფასო|პატივცემულო|გამარჯობა|მოგესალმებ|გესალმებ|სალამი|ბატონო|ქალბატონო|(?:დილა|საღამო) მშვიდობისა", _I),
    Language.EN: re.compile(r"^\W{0,20}(?:Dear|Hello|Hi|Hey|Greetings|Good (?:morning|afternoon|evening|day)|Welcome)\b", _I | re.MULTILINE),
}  # fmt: skip
_THANKS = {
    Language.HY: re.compile(r"շնորհակալ|երախտ[աի]", _I),
    Language.KA: re.compile("მადლობ|მადლიერ", _I),
    Language.EN: re.compile(r"\bthank|\bgrateful|\bappreciate|\bgratitude", _I),
}
_CLOSING = {
    Language.HY: re.compile(r"^\W{0,20}(?:Հարգանք(?:ով|ներով)|Ջերմորեն|Սիրով|Անկեղծորեն|Լավագույն մաղթանք|Ջերմ ողջույն|Բարեմաղթանք|Ձեր (?=[^\n։:]{1,40}$))", re.MULTILINE),
    Language.KA: re.compile(r"^\W{0,20}(?:პატივისცემ|საუკეთესო სურვილ|კეთილი სურვილ|თბილი სურვილ|სიყვარულით|სითბოთი|თბილად|გულთბილად|გულითადად|გულწრფელად|თქვენი (?=[^\n.!?]{1,40}$))", re.MULTILINE),
    Language.EN: re.compile(r"^\W{0,20}(?:(?:kind|best|warm(?:est)?|with)?\s*(?:kind |warm |best )?(?:regards|wishes)|yours|sincerely|warmly|respectfully|cheers|with (?:love|thanks|gratitude)|your (?=[^\n.!?]{1,40}$))", _I | re.MULTILINE),
}  # fmt: skip
_GREETS = re.compile(r"\|\s*(?:greeting|salutation|vocative)\b|\{\{\s*(?:greeting|salutation)\b")
_CLOSES = re.compile(r"(?:\|\s*closing\b|\{\{\s*(?:closing|signature)\b)[^}]*\}\}")
_SIGNS = re.compile(r"\{\{\s*(?:signer|signature)\b")
_STRESS = re.compile("[՛՜՞]")
_YOURS = re.compile(r"\b(?:Ձեր|თქვენი|your) \Z", _I)
"""A closing that names the signer on its own line: «Ձեր «Համով» խանութ»."""
_MANY = 3
_LEFT_OVER = re.compile(
    r"\[\[[^\[\]\n]+\]\]|\[[^\W\d][^\[\]\n]{1,40}\]|<<(?:[A-Za-z_]{2,30}|[^<>\n]*(?:[Աա]նուն|სახელ)[^<>\n]*)>>|\*?\|[A-Z_:]{2,30}\|\*?|%[A-Z_]{3,}%|\#\#\w+\#\#|\$\{\w+\}|\$[a-z_]{3,}\b"
    r"|@@\w+@@|%\(\w+\)[sd]|%[sd](?!\w)|\{\{|\}\}|\{%|%\}|\{[^{}\n]{0,40}\}|_{3,}"
    r"|\b[XХ]{2}[./][XХ]{2}\b|\bXX(?=[ \u00a0]?(?:[%₾֏]|ლარ|დრამ|մարտ|հունվար|դեկտեմբեր|დეკემბ|იანვ|მარტ|March|May|GEL|AMD|am\b|pm\b))|\b(?:X{3,8}|x{3,8}|Х{3,8}|х{3,8})\b|\b(?:TO[D]O|TBD|FIX[M]E|TBA)\b|\b(?:undefined|null|NaN|N/A)\b|(?<=Dear )None\b|\[object Object\]"
    r"|(?i:\blorem ipsum\b|\bdolor sit amet\b|\byour text here\b|\binsert (?:text|name|link|date)(?: here)?\b|\b(?:sample|placeholder|dummy) text\b"
    r"|\b(?:text|name|link) here\b|\bfirst name last name\b|\bname surname\b|(?:տեքստ|անուն|հղում)[նըի]* այստեղ|անուն[,]? ազգանուն(?=[,։!]|\s*$)"
    r"|(?:ტექსტი|სახელი|ბმული) აქ\b|სახელი,? გვარი(?=[,.!]|\s*$)|нажмите здесь)"
    r"|\bՏԵՔՍՏ\b|\bԱՆՈՒՆ\b|\bՀՂՈՒՄ\b|\bԱՄՍԱԹԻՎ\b|\bՓՈԽԱՐԻՆԵԼ\b",
    re.MULTILINE,
)
_TAG_LEFT_OVER = re.compile(
    r"(?<!<)<(?:(?:first|last|full|given|customer|client|company|shop)?[ _-]?(?:name|date|product|amount|link|customer)|[Ա-Ֆա-ևა-ჿ][^<>\n]{0,30})>",
    _I,
)
_TITLES = re.compile(
    r"(?:պարոն|տիկին)\s*(?:/|\(|կամ )\s*(?:տիկին|պարոն)\)?|(?:ბატონო|ქალბატონო)\s*(?:/|\(|ან )\s*(?:ქალბატონო|ბატონო)\)?"
    r"|\bMr\.?\s*/\s*M(?:r)?s\.?|\bSir\s*(?:/|or)\s*Madam\b|\b(?:he/she|his/her|him/her|s/he)\b",
    _I,
)


def is_letter(source: str, language: Language) -> bool:
    """Say whether a text is a letter: it greets at its beginning, or it closes as letters do."""
    begin, end = source.lstrip()[:60], source.rstrip()[-120:]
    return bool(_GREETING[language].match(begin) or _CLOSING[language].search(end))


def parts(text: Text) -> Iterator[Finding]:
    """Greeting, thanks, closing and a name."""
    if text.genre != "letter" or not text.words:
        return
    language, plain = text.language, text.plain[text.nearest(head_end(text.source)) :]
    if not (_GREETING[language].search(_STRESS.sub("", plain)) or _GREETS.search(text.source)):
        yield text.about("proof.no_greeting")
    if not _THANKS[language].search(plain):
        yield text.about("proof.no_thanks")
    closing = list(_CLOSING[language].finditer(plain))
    closes = bool(closing) or _CLOSES.search(text.source) is not None
    is_signed = _signed(text, plain, _closed(plain, closing))
    if not closes and not (is_signed and "\n\n" in plain.strip()):
        yield text.about("proof.no_closing")
    if not is_signed:
        yield text.about("proof.no_signer")


def head(text: Text) -> Iterator[Finding]:
    """The subject says something, and the preheader something else."""
    subject, preheader = head_line(text.source, "subject"), head_line(text.source, "preheader")
    if text.genre != "letter" or subject is None:
        return
    if not re.search(r"\w|\{\{", subject):
        yield text.about("proof.empty_subject")
    elif preheader and _folded(subject) == _folded(preheader):
        at = text.nearest(text.source.find(preheader, text.source.find("preheader:")))
        yield text.finding(at, at + len(preheader), "proof.same_preheader")


def exclamations(text: Text) -> Iterator[Finding]:
    """More of them than one letter bears."""
    places = [at for at, mark in enumerate(text.plain) if mark in "!՜"]
    if text.genre != "interface" and len(places) >= _MANY:
        at = places[_MANY - 1]
        found = text.finding(*text.around(at, at + 1), "proof.many_exclamations", count=len(places))
        yield replace(found, span=(at, at))


def left_over(text: Text) -> Iterator[Finding]:
    """A place in the text that somebody wanted to fill in."""
    if text.genre == "interface":
        return
    for found in _LEFT_OVER.finditer(text.plain):
        yield text.finding(*found.span(), "proof.leftover")
    for found in _TAG_LEFT_OVER.finditer(text.source):
        at = text.nearest(found.start())
        yield replace(text.finding(at, at, "proof.leftover"), excerpt=found.group())


def titles(text: Text) -> Iterator[Finding]:
    """«պարոն/տիկին»: whoever reads it knows that we do not know who reads it."""
    if text.genre == "interface":
        return
    for found in _TITLES.finditer(text.plain):
        yield text.finding(*found.span(), "proof.title_choice")


def _closed(plain: str, closing: list[re.Match[str]]) -> int | None:
    """Return where the closing ends; in “Kind regards, Your bank” the second line is the name."""
    if not closing:
        return None
    *_, before, last = [closing[0], *closing]
    is_name = "\n" not in plain[before.end() : last.start()].strip() and before is not last
    is_near = plain[before.end() : last.start()].count("\n") <= 1
    return before.end() if is_name and is_near else last.end()


def _signed(text: Text, plain: str, closed: int | None) -> bool:
    """Say whether a name follows the closing, or the last line is short as a name is."""
    if _SIGNS.search(text.source):
        return True
    if closes := _CLOSES.search(text.source):
        return re.search(r"\w", text.source[closes.end() :]) is not None
    if closed is not None:
        line, _, below = plain[closed:].partition("\n")
        name = line + below if _YOURS.search(plain[:closed]) else below
        return re.search(rf"\w|{OBJECT}", name) is not None
    last = plain.rstrip().rpartition("\n")[2]
    return len(last.split()) <= 4 and re.search(r"[.!?։:…,՝]\Z", last) is None


def _folded(text: str) -> str:
    return re.sub(r"\W", "", text).casefold()


RULES = (left_over, parts, head, titles, exclamations)

"""The languages of one letter say the same: figures, links, fields and conditions.

Figures are compared by what they mean: «12 500 ֏» and “12,500 AMD” are one price, «մարտի 8» and
„8 მარტს“ one day, „15%-იანი“ and “15 percent” one percentage.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from campaigns.language.proofreading.findings import Finding, Severity
from campaigns.language.proofreading.text import Text
from campaigns.model.language import Language

_MONTHS = (
    ("հունվար", "იანვ", "jan"), ("փետրվար", "თებერვ", "feb"), ("մարտ", "მარტ", "mar"),
    ("ապրիլ", "აპრილ", "apr"), ("մայիս", "მაის", "may"), ("հունիս", "ივნის", "jun"),
    ("հուլիս", "ივლის", "jul"), ("օգոստոս", "აგვისტ", "aug"), ("սեպտեմբեր", "სექტემბ", "sep"),
    ("հոկտեմբեր", "ოქტომბ", "oct"), ("նոյեմբեր", "ნოემბ", "nov"), ("դեկտեմբեր", "დეკემბ", "dec"),
)  # fmt: skip
_MONTH = "(?:" + "|".join(name for names in _MONTHS for name in names) + r")[^\W\d_]*"
_S = r"[ \u00a0]"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_TO = rf"(?:-?[^\W\d_]{{1,4}})?(?:{_S}?[–-]{_S}?|{_S}+(?:to|and|until|through|մինչև|და)?{_S}*)"
_FIGURE = re.compile(
    rf"(?P<phone>\+\d[\d\s\u00a0()-]{{7,}}\d|(?<!\d)0\d{{2}}[ -]\d[\d -]{{4,}}\d)"
    r"|(?P<code>(?-i:(?<![\w-])(?=[A-Z0-9-]*\d)(?=[A-Z0-9-]*[A-Z]{2})[A-Z0-9][A-Z0-9-]{2,}[A-Z0-9](?![\w-])))"
    r"|(?P<iso>\d{4}-\d{2}-\d{2})|(?P<numeric>(?<!\d)\d{1,2}[./]\d{1,2}[./](?:\d{4}|\d{2})(?!\d))"
    rf"|(?P<md>\b{_MONTH}{_S}+{_DAY}(?!\d|:|{_S}?%)(?:{_TO}\d{{1,2}}(?=-(?:ը|ն|ին)\b|(?<=[–-]\d)(?!\d)|(?<=[–-]\d\d)(?!\d)))?)"
    rf"|(?P<dm>(?<![\d.,:])(?:\d{{1,2}}{_TO})?{_DAY}(?:{_S}+of)?{_S}+{_MONTH})"
    rf"|(?P<time>\b(?:საღამოს|երեկոյան){_S}(?:ժամը{_S})?\d{{1,2}}(?::\d{{2}})?(?!\d)|(?<!\d)\d{{1,2}}:\d{{2}}(?!\d)(?:{_S}?[ap]\.?m\b)?|(?<!\d)\d{{1,2}}{_S}?[ap]\.?m\b)"
    rf"|(?P<percent>\d+(?:[.,]\d+)?(?=[ \u00a0]?%|{_S}(?:տոկոս|პროცენტ|per ?cent)))"
    r"|(?P<number>(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d+)*)"
    rf"(?:{_S}(?:հազար|ათას|thousand|մլն|միլիոն|მლნ|მილიონ|million))?)",
    re.IGNORECASE,
)
_TIMES = (
    (("հազար", "ათას", "thousand"), 1_000),
    (("մլն", "միլիոն", "მლნ", "მილიონ", "million"), 1_000_000),
)
_HREF = re.compile(
    r"\]\(\s*([^()\s]+)|href=[\"']([^\"']+)|(?<![(\"'\w/])(https?://[^\s<>)\]]+)"
    r"|^\s*link:\s*[\"']?([^\s\"']+)|(?<![\w.+/-])([\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+)"
    r"|(?<![\w@./-])((?:[a-z0-9-]+\.)+(?:am|ge|com|org|net|ru|io|eu|info|shop|example)\b(?:/[^\s<>)\]]*)?)",
    re.MULTILINE,
)
_LANGUAGE_PART = re.compile(
    r"(?<=[/=])(?:hy|am|arm|hye|ka|ge|geo|kat|en|eng)(?=[/?&.#]|$)", re.IGNORECASE
)
"""A part of a link that only names its language, in a path, a query or before the site's name."""
_BEHIND = "/.,;:!?։՝»”“\"'"
"""What closes a link's sentence, and is no part of the link."""
_FIELD = re.compile(r"\{\{\s*([A-Za-z_][\w.]*)")
_DEFAULT = re.compile(r"\b(?:default|d)\(\s*([A-Za-z_][\w.]*)\s*\)")
_CONDITION = re.compile(r"\{%-?\s*(?:el)?if\s+(.*?)\s*-?%\}")
_CASE = re.compile(r" ?\| ?\w+")
"""A filter without words of its own: each language puts a word into another case."""
_FEW = 12
"""Up to here a figure may be a word in another language: «2 րոպե», “two minutes”."""


@dataclass(frozen=True, slots=True)
class _Said:
    """Something that all languages must say, and where one says it first."""

    value: str
    at: int


def differences(texts: Mapping[Language, Text]) -> dict[Language, list[Finding]]:
    """Return what each language says that others do not, or leaves out."""
    found: dict[Language, list[Finding]] = {language: [] for language in texts}
    if len(texts) < 2:
        return found
    aspects = (
        ("proof.figures_differ", _comparable(texts)),
        ("proof.links_differ", {one: list(_links(text)) for one, text in texts.items()}),
        ("proof.fields_differ", {one: list(_fields(text)) for one, text in texts.items()}),
    )
    for code, said in aspects:
        for language, finding in _compare(code, texts, said):
            found[language].append(finding)
    return found


def _compare(
    code: str, texts: Mapping[Language, Text], said: Mapping[Language, list[_Said]]
) -> Iterator[tuple[Language, Finding]]:
    values = {language: {one.value for one in all_of} for language, all_of in said.items()}
    everything = set().union(*values.values())
    disputed = sorted(one for one in everything if any(one not in has for has in values.values()))
    if not disputed:
        return
    where = "; ".join(
        f"{value} ({', '.join(language for language in values if value in values[language])})"
        for value in disputed
    )
    for language in _deviating(values):
        extra = [one.at for one in said[language] if one.value in disputed]
        text = texts[language]
        severity = _gravity(code, disputed)
        at = min(extra, default=None)
        finding = text.about(code, severity=severity, where=where) if at is None else (
            text.finding(at, at, code, severity=severity, where=where))  # fmt: skip
        yield language, finding


def _deviating(values: Mapping[Language, set[str]]) -> list[Language]:
    """Return the languages that are not of one mind with most; all of them when there is no most."""
    votes = Counter(frozenset(has) for has in values.values())
    (most, count), *_ = votes.most_common(1)
    if count == 1:
        return list(values)
    return [language for language, has in values.items() if has != most]


def _gravity(code: str, disputed: list[str]) -> Severity | None:
    """A link may lead to another page of the same site in each language; another site is a fault."""
    if code != "proof.links_differ":
        return None
    hosts = {urlsplit(link).netloc or link.partition("/")[0] for link in disputed}
    return "warning" if len(hosts) == 1 and len(disputed) > 1 else "error"


def _comparable(texts: Mapping[Language, Text]) -> dict[Language, list[_Said]]:
    """Return the figures; small bare ones only where each language writes as many."""
    figures = {language: list(_figures(text)) for language, text in texts.items()}
    small = {
        one: [said for said in all_of if _is_small(said.value)] for one, all_of in figures.items()
    }
    if len({len(all_of) for all_of in small.values()}) == 1:
        return figures
    return {
        language: [said for said in all_of if not _is_small(said.value)]
        for language, all_of in figures.items()
    }


def _is_small(value: str) -> bool:
    return value.isdigit() and int(value) <= _FEW


def _figures(text: Text) -> Iterator[_Said]:
    for found in _FIGURE.finditer(text.plain):
        kind = found.lastgroup or "number"
        for value in _meaning(kind, found.group()):
            yield _Said(value, found.start())


def _meaning(kind: str, shown: str) -> Iterator[str]:
    """Yield what a figure stands for, the same in all languages."""
    digits = re.findall(r"\d+", shown)
    if kind == "phone":
        yield "+" + "".join(digits).removeprefix("00") if shown.startswith("+") else "".join(digits)
    elif kind == "code":
        yield shown
    elif kind in ("md", "dm"):
        yield from (f"{int(day):02}.{_month(shown):02}" for day in digits)
    elif kind == "iso":
        yield from (f"{digits[2]}.{digits[1]}", digits[0])
    elif kind == "numeric":
        year = digits[2] if len(digits[2]) == 4 else f"20{digits[2]}"
        yield from (f"{int(digits[0]):02}.{int(digits[1]):02}", year)
    elif kind == "time":
        yield _time(digits, shown)
    elif kind == "percent":
        yield f"{shown.replace(',', '.')}%"
    else:
        yield _plain_number(shown)


def _month(shown: str) -> int:
    small = shown.lower()
    return next(n for n, names in enumerate(_MONTHS, 1) if any(name in small for name in names))


def _time(digits: list[str], shown: str) -> str:
    hour, minute = int(digits[0]), digits[1] if len(digits) > 1 else "00"
    small = shown.lower()
    if small.startswith(("საღამოს", "երեկոյան")) or "p" in small:
        hour += 12 if hour < 12 else 0
    hour = 0 if "a" in small and hour == 12 else hour
    return f"{hour}:{minute}" if minute != "00" else str(hour)


def _plain_number(shown: str) -> str:
    """Return a number without its groups: 12 500, 12,500 and 12.500 are one; 49,90 is 49.9."""
    word = re.search(r"[^\W\d_]+$", shown)
    times = next((n for words, n in _TIMES if word and word.group().lower() in words), 1)
    bare = re.sub("[ \u00a0\u202f]", "", shown[: word.start()] if word else shown)
    bare = re.sub(r"[.,](?=\d{3}(?:\D|$))", "", bare).replace(",", ".")
    if times > 1 and re.fullmatch(r"\d+(?:\.\d+)?", bare):
        return f"{float(bare) * times:.0f}"
    return bare.rstrip("0").rstrip(".") if re.fullmatch(r"\d+\.\d+", bare) else bare


def _links(text: Text) -> Iterator[_Said]:
    for found in _HREF.finditer(text.source):
        link = next(group for group in found.groups() if group)
        if not link.startswith("{{"):
            same = _LANGUAGE_PART.sub("…", link.replace("&amp;", "&").rstrip(_BEHIND))
            yield _Said(same, text.nearest(found.start()))


def _fields(text: Text) -> Iterator[_Said]:
    for pattern in (_FIELD, _DEFAULT, _CONDITION):
        for found in pattern.finditer(text.source):
            yield _Said(_CASE.sub("", " ".join(found[1].split())), text.nearest(found.start()))

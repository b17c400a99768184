"""Figures: how prices, percents, dates and endings after digits are written.

Source: CLDR 46 formats of hy and ka (no-break space in groups, decimal comma, sign behind), and
`campaigns.language.formats`, which writes them so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from campaigns.language.proofreading.findings import Finding
from campaigns.language.proofreading.text import Text
from campaigns.model.language import Language

NBSP = "\u00a0"
_SIGNS = "֏₾€₽$"
_UNIT = rf"(?:[{_SIGNS}]|AMD|GEL|USD|EUR|RUB|դրամ|դր\b|լարի|ռուբլի|եվրո|դոլար|ლარ|დრამ|ევრო|დოლარ|drams?\b|lari\b)"
_NUMBER = r"(?<![\w.,:/+-])(?P<number>\d[\d.,\u00a0\u202f ]{0,20}\d|\d)"
_PRICE = re.compile(rf"{_NUMBER}(?P<space>[ \u00a0\u202f]?)(?P<unit>{_UNIT})")
_PERCENT = re.compile(r"\d(?P<space> )%")
_PERCENT_WORD = re.compile(r"\d[ \u00a0]?%(?=[ա-ևა-ჿA-Za-z]{4,})")
_SIGN_FIRST = re.compile(
    rf"(?P<sign>[{_SIGNS}]|\b(?:AMD|GEL|USD|EUR|RUB))[ \u00a0]?(?P<number>\d[\d.,\u00a0 ]{{0,20}}\d|\d)(?![\d.,]*[ \u00a0]?[{_SIGNS}])"
)
_SLASHED = re.compile(r"(?<![\d/])\d{1,2}/\d{1,2}/(?:\d{4}|\d{2})(?![\d/])")
_DOTTED = re.compile(r"(?<![\d.])\d{1,2}\.\d{1,2}\.\d{2}(?![\d.])")
_HOUSES = ("ა", "ბ", "გ")
"""A house has such a letter behind its number: ქ. 13ა."""
_ENDING = re.compile(r"(?<![\w-])\d+(?P<ending>[ա-և]{1,12}|[ა-ჰ]{1,12})(?!\w)")
_APART = re.compile(
    r"(?<=[\d%»“\"])[ \u00a0](?=(?:ին|ից|ում|րդ|ը|ի|მდე|დან|თან|ში|ზე|მა|იანი|მდეა)(?![\w-]))"
)
"""An ending that stands apart from its figure or its quoted name."""
_ORDINAL_KA = re.compile(r"(?<![\w-])მე(?=\d)")
_HYPHENATED = re.compile(
    "ին?|ից|ով|ը|ն|րդ(?:ը|ի|ին|ում|ից|ով)?|ում|ական(?:ներ.*)?|ամյա.*|օրյա|ժամյա|անոց.*|ակ|տոկոս.*"
    "|ს|ის|ით|ად|მა|მდე|დან|ზე|ში|იან.*|ე|წლიან.*|დღიან.*|ჯერ.*|ვე|თან"
)
_GROUPED_WRONG = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?")
_COUNT_GROUPED = re.compile(
    r"(?<![\w.,:/+-])[1-9]\d{0,2}(?P<mark>[.,])\d{3}(?:(?P=mark)\d{3})*(?=[ \u00a0][ա-ևა-ჰ]{3})"
)
"""A count with the marks of English: 3,200 քայլ."""
_POINT = re.compile(r"\d+\.\d{1,2}")


def prices(text: Text) -> Iterator[Finding]:
    """How the number is grouped, and the space before the sign of the currency."""
    for found in _PRICE.finditer(text.plain):
        number, unit = found["number"], found["unit"]
        right = _number(number, text.language)
        if right != number and (_spaced(number) != right or unit in _SIGNS):
            mended = _price(right, unit, text.language)
            yield text.finding(
                *found.span(), _fault(number, right), mended,
                severity="error" if _misread(number, text.language) else "warning",
            )  # fmt: skip
        elif unit in _SIGNS and found["space"] not in (NBSP, "\u202f"):
            yield text.finding(*found.span(), "proof.space_before_sign", f"{number}{NBSP}{unit}")
        elif not found["space"] and unit.isascii() and unit.isupper():
            mended = _price(number, unit, text.language)
            yield text.finding(*found.span(), "proof.space_before_sign", mended)
    for found in _PERCENT.finditer(text.plain):
        yield text.instead(*found.span("space"), "proof.space_before_sign", NBSP)


def counts(text: Text) -> Iterator[Finding]:
    """A number of things, grouped as English or German group it."""
    for found in _COUNT_GROUPED.finditer(text.plain):
        right = _number(found.group(), text.language)
        yield text.finding(*found.span(), "proof.grouping", right, severity="warning")


def signs_first(text: Text) -> Iterator[Finding]:
    """A currency before its number; Armenian and Georgian write it behind."""
    for found in _SIGN_FIRST.finditer(text.plain):
        if text.language is not Language.EN or found["sign"] == "֏":
            right = f"{_number(found['number'], text.language)}{NBSP}{found['sign']}"
            yield text.finding(*found.span(), "proof.sign_first", right)
        elif (grouped := _number(found["number"], Language.EN)) != found["number"]:
            yield text.instead(*found.span("number"), "proof.grouping", grouped)


def dates(text: Text) -> Iterator[Finding]:
    """03/08/2026 is August for some readers and March for others."""
    for found in _SLASHED.finditer(text.plain):
        yield text.finding(*found.span(), "proof.slashed_date")
    for found in _DOTTED.finditer(text.plain) if text.language is Language.EN else ():
        yield text.finding(*found.span(), "proof.slashed_date")


def endings(text: Text) -> Iterator[Finding]:
    """A letter that follows a digit at once: 5-րդ, 2026 թ., 8-ე."""
    if text.language is Language.EN:
        return
    for found in _ENDING.finditer(text.plain):
        if found["ending"] in _HOUSES:
            continue
        sign = "-" if _HYPHENATED.fullmatch(found["ending"]) else NBSP
        at = found.start("ending")
        yield text.finding(
            *found.span(), "proof.ending_at_digit",
            f"{text.plain[found.start() : at]}{sign}{found['ending']}",
        )  # fmt: skip
    for found in _APART.finditer(text.plain):
        yield text.instead(*found.span(), "proof.ending_at_digit", "-")
    for found in _ORDINAL_KA.finditer(text.plain):
        yield text.instead(found.end(), found.end(), "proof.ending_at_digit", "-")
    for found in _PERCENT_WORD.finditer(text.plain):
        yield text.instead(found.end(), found.end(), "proof.percent_word", " ")


def _number(number: str, language: Language) -> str:
    r"""Return a number as the language groups it; what cannot be understood stays.

    >>> _number("12500", Language.KA), _number("12,500.00", Language.HY), _number("49.90", Language.HY)
    ('12\xa0500', '12\xa0500,00', '49,90')
    """
    whole, point, part = _parts(number)
    if whole is None:
        return number
    if language is Language.EN:
        grouped = f"{int(whole):,}" if len(whole) > 3 else whole
        return f"{grouped}.{part}" if point else grouped
    grouped = (
        f"{int(whole):,}".replace(",", NBSP)
        if len(whole) > 4 or re.search(r"[^\d]", number)
        else whole
    )
    return f"{grouped},{part}" if point else grouped


def _parts(number: str) -> tuple[str | None, bool, str]:
    """Return the digits before the decimal mark, whether there is one, and those behind."""
    bare = re.sub("[ \u00a0\u202f]", "", number)
    if bare.isdigit():
        return bare, False, ""
    grouped = re.fullmatch(r"(\d{1,3}(?:[.,]\d{3})+)(?:([.,])(\d{1,2}))?", bare)
    if grouped and (grouped[2] is None or grouped[2] not in grouped[1]):
        return re.sub(r"\D", "", grouped[1]), grouped[2] is not None, grouped[3] or ""
    if found := re.fullmatch(r"(\d+)[.,](\d{1,2})", bare):
        return found[1], True, found[2]
    return None, False, ""


def _fault(number: str, right: str) -> str:
    if _spaced(number) == right:
        return "proof.space_before_sign"
    return "proof.point_for_comma" if _POINT.fullmatch(number) else "proof.grouping"


def _spaced(number: str) -> str:
    return re.sub("[ \u202f]", NBSP, number)


def _misread(number: str, language: Language) -> bool:
    """Say whether a reader takes the number for another one: 12,500 is twelve and a half."""
    return (
        language is not Language.EN
        and "," in number
        and _GROUPED_WRONG.fullmatch(number) is not None
    )


def _price(number: str, unit: str, language: Language) -> str:
    return f"{number}{' ' if language is Language.EN and len(unit) > 1 else NBSP}{unit}"


RULES = (signs_first, prices, counts, dates, endings)

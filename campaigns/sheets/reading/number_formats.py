"""What a number format makes of a number, as far as it says more than the number itself does.

A cell that shows ``12 500 ֏``, ``00042``, ``15%`` or ``02.03.2026`` holds 12500, 42, 0.15 or 46083.
What a person sees and the number does not tell is put back: currency, leading zeros, masks,
percent, dates. Rounding, thousands and colours are not: the value stays whole.

Source: ECMA-376, part 1, 18.8.30 and 18.8.31 (number formats and those with a number only).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache


class Look(StrEnum):
    """How the text of a number is made."""

    PLAIN = "plain"
    DATE = "date"
    TIME = "time"
    DURATION = "duration"
    PERCENT = "percent"
    SIGN = "sign"
    MASK = "mask"


@dataclass(frozen=True, slots=True)
class Format:
    """A number format, read."""

    look: Look = Look.PLAIN
    sign: str = ""
    """Put behind the number: a currency."""
    masks: tuple[tuple[str, float, str], ...] = ()
    """Conditions (operator, number; operator empty: always), each with its mask: ``0``, ``#`` and
    ``?`` take a digit, a character behind a backslash stands as it is."""


PLAIN = Format()
BUILT_IN = {
    **dict.fromkeys((5, 6, 7, 8, 42, 44), '"$"#,##0'),
    **dict.fromkeys((9, 10), "0%"),
    **dict.fromkeys((*range(14, 18), 22, *range(27, 37), *range(50, 59)), "yyyy-mm-dd"),
    **dict.fromkeys((18, 19, 20, 21, 45, 47), "hh:mm:ss"),
    46: "[h]:mm:ss",
}
"""Formats that a workbook names by number alone; the rest of those say no more than the number."""

CURRENCY_WORDS = frozenset(
    [
        "դր",
        "դրամ",
        "др",
        "драм",
        "лари",
        "ларі",
        "ლარი",
        "ლ",
        "руб",
        "рубль",
        "рублей",
        "р",
        "грн",
        "тг",
        "тенге",
        "сом",
        "лв",
        "ден",
        "дин",
        "eur",
        "euro",
        "usd",
        "gbp",
        "rub",
        "rur",
        "amd",
        "gel",
        "try",
        "tl",
        "uah",
        "kzt",
        "azn",
        "byn",
        "irr",
        "aed",
        "ils",
        "chf",
        "cny",
        "jpy",
        "zł",
        "kč",
        "kr",
        "ft",
        "lei",
        "dram",
        "lari",
        "lv",
    ]
)
_BARE_CODE = re.compile(
    r"(?i)(?<![\w\"\\$])(AMD|GEL|USD|EUR|GBP|RUB|RUR|TRY|UAH|KZT|dram|lari)(?!\w)"
)
"""A currency that a program wrote without quotation marks; its letters would mean day and month."""
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|(?P<blank>_.|\*.)|\[(?P<bracket>[^\]]*)\]?'
    r"|(?P<general>general)|(?P<noon>am/pm|a/p)|(?P<power>e[+-])|(?P<sign>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[\d.]+)")
_DURATION = re.compile(r"h+|m+|s+", re.IGNORECASE)
DIGITS = "0#?"
_AMOUNT = re.compile(r"[\d\s,'’()+-]|\.(?=\d)|(?<=\d)\.")
_SPACES = " \u00a0\u202f"


@dataclass(frozen=True, slots=True)
class _Token:
    """``kind``: digit, point, group, percent, letter, literal, duration, condition, or other."""

    kind: str
    text: str


@lru_cache(maxsize=4096)
def read(code: str) -> Format:
    """Return what a number format says.

    >>> read('#,##0 "֏"'), read("00000").masks, read("0.0%").look
    (Format(look=<Look.SIGN: 'sign'>, sign=' ֏', masks=()), (('', 0.0, '00000'),), <Look.PERCENT: 'percent'>)
    """
    if "0" in code or "#" in code:
        code = _BARE_CODE.sub(r'"\1"', code)
    sections = [list(_tokens(section)) for section in _sections(code)]
    first = sections[0] if sections else []
    kinds = {token.kind for token in first}
    if kinds & {"duration", "letter"}:
        return Format(_moment(first))
    if "percent" in kinds:
        return Format(Look.PERCENT, "%")
    sign = next((found for token in first if (found := _currency(token))), "")
    if sign and "digit" in kinds | {token.kind for token in sections[-1]}:
        return Format(Look.SIGN, sign if sign == "%" else f" {sign}")
    masks = tuple(_mask(section) for section in sections)
    return Format(Look.MASK, masks=masks) if _is_mask(first) else PLAIN


def sign_of(text: str) -> str:
    """Return the currency (or percent sign) that stands beside digits, or nothing.

    >>> sign_of("12 500,00 դր."), sign_of("00042 шт.")
    ('դր.', '')
    """
    rest = _AMOUNT.sub("", text)
    return rest if _is_currency(rest) else ""


def _is_currency(text: str) -> bool:
    known = text == "%" or text.casefold().strip(".") in CURRENCY_WORDS
    return known or any(unicodedata.category(sign) == "Sc" for sign in text)


def _currency(token: _Token) -> str:
    """Return the currency that a token of a format is, or nothing."""
    text = token.text.strip(_SPACES)
    if token.kind == "currency":
        return text
    return text if token.kind == "literal" and _is_currency(text) else ""


def masked(digits: str, masks: tuple[tuple[str, float, str], ...]) -> str:
    r"""Return a whole number the way a mask shows it.

    >>> masked("91234567", (("", 0.0, r"\+\3\7\4 00 000000"),))
    '+374 91 234567'
    """
    mask = next((mask for sign, than, mask in masks if _holds(sign, float(digits), than)), "")
    left, shown = list(digits), []
    signs = signs_of(mask)
    first = next((place for place, sign in enumerate(signs) if sign in DIGITS), len(signs))
    for place in range(len(signs) - 1, -1, -1):
        if signs[place] not in DIGITS:
            shown.append(signs[place][-1])
        elif left:
            shown.append("".join(left) if place == first else left.pop())
        elif signs[place] == "0":
            shown.append("0")
    return "".join(reversed(shown)).strip()


@lru_cache(maxsize=256)
def signs_of(mask: str) -> tuple[str, ...]:
    """Return the signs of a mask; one that stands as it is keeps its backslash."""
    return tuple(re.findall(r"\\?.", mask, re.DOTALL))


def _sections(code: str) -> list[str]:
    return ["".join(part) for part in _split(code)]


def _split(code: str) -> Iterator[list[str]]:
    section: list[str] = []
    for token in _TOKEN.finditer(code):
        if token["sign"] == ";":
            yield section
            section = []
        else:
            section.append(token[0])
    yield section


def _tokens(section: str) -> Iterator[_Token]:
    """Yield the tokens of a section; literals side by side are one."""
    literal = ""
    for found in _TOKEN.finditer(section):
        token = _token(found)
        if token.kind == "literal":
            literal += token.text
            continue
        if literal:
            yield _Token("literal", literal)
            literal = ""
        yield token
    if literal:
        yield _Token("literal", literal)


def _token(found: re.Match[str]) -> _Token:
    if (text := found["quoted"] if found["quoted"] is not None else found["escaped"]) is not None:
        return _Token("literal", text)
    if found["bracket"] is not None:
        return _bracket(found["bracket"])
    if found["noon"]:
        return _Token("letter", "h")
    if found["sign"] is None:
        return _Token("other", found[0])
    return _Token(_KINDS.get(found["sign"].lower(), "literal"), found["sign"])


_KINDS = {
    **dict.fromkeys(DIGITS, "digit"), **dict.fromkeys("ymdhs", "letter"),
    ".": "point", ",": "group", "%": "percent", "@": "other", "/": "other",
}  # fmt: skip


def _bracket(text: str) -> _Token:
    if text.startswith("$"):
        return _Token("currency", text[1:].partition("-")[0])
    if _DURATION.fullmatch(text):
        return _Token("duration", text)
    return _Token("condition" if _CONDITION.match(text) else "other", text)


def _moment(tokens: list[_Token]) -> Look:
    if any(token.kind == "duration" for token in tokens):
        return Look.DURATION
    letters = {token.text.lower() for token in tokens if token.kind == "letter"}
    return Look.TIME if letters & {"h", "s"} and not letters & {"y", "d"} else Look.DATE


def _is_mask(tokens: list[_Token]) -> bool:
    """Say whether a format shows digits that the number lacks, or signs among its digits."""
    if {"point", "group", "other"} & {token.kind for token in tokens}:
        return False
    digits = [place for place, token in enumerate(tokens) if token.kind == "digit"]
    if not digits:
        return False
    shape = "".join("#" if token.kind == "digit" else token.text for token in tokens[digits[0] :])
    zeros = sum(token.text == "0" for token in tokens)
    before = "".join(token.text for token in tokens[: digits[0]] if token.kind == "literal")
    if before.strip(" -(\u00a0"):
        return True
    if tokens[digits[0]].text != "0" and re.fullmatch(r"#{1,3}([ \u00a0'’]###)+", shape.strip()):
        return False  # thousands
    return zeros > 1 or len(digits) != digits[-1] - digits[0] + 1


def _mask(tokens: list[_Token]) -> tuple[str, float, str]:
    condition = next(
        (_CONDITION.match(token.text) for token in tokens if token.kind == "condition"), None
    )
    mask = "".join(
        token.text if token.kind == "digit" else "".join(f"\\{sign}" for sign in token.text)
        for token in tokens
        if token.kind in ("digit", "literal")
    )
    return (condition[1], float(condition[2]), mask) if condition else ("", 0.0, mask)


def _holds(sign: str, number: float, than: float) -> bool:
    return {
        "": True, "<": number < than, ">": number > than, "=": number == than,
        "<=": number <= than, ">=": number >= than, "<>": number != than,
    }[sign]  # fmt: skip

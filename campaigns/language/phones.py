"""Telephone numbers: read as people write them, shown as each country writes its own.

Numbering plans are those of ``phonenumbers`` (Google's libphonenumber). Two corrections over it:
codes without their plus (``37491…``) are understood, and an Armenian subscriber number is shown in
pairs, «091 23-45-67», where the library leaves six figures in one piece.
"""

from __future__ import annotations

import re
from functools import cache

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat

from campaigns.language.formats.amounts import NO_BREAK
from campaigns.model.language import Language

REGIONS = {Language.HY: "AM", Language.KA: "GE"}
"""The country whose numbers a text in a language writes without a code."""
NEIGHBOURS = ("AM", "GE")
"""Countries tried when a number without a code is none of the home country."""

# A country's code and as many figures as its numbers have; Russia's and Kazakhstan's begin with 7.
_CODE_WITHOUT_PLUS = re.compile(r"(374\d{8}|995\d{9}|7\d{10})")
_IN_PAIRS = re.compile(r"(?<!\d)(\d{1,2})(\d\d)(\d\d)$")


def e164(written: str, home: str = "AM") -> str | None:
    """Return one number as it is kept, or None where the text is no number of any country.

    Args:
        written: with any spaces, brackets and hyphens; +, 00 or nothing before the code.
        home: ISO country of a number without a code.

    >>> e164("091 23-45-67"), e164("37491234567"), e164("555 12 34 56", "GE")
    ('+37491234567', '+37491234567', '+995555123456')
    """
    number = _read(written, home)
    return phonenumbers.format_number(number, PhoneNumberFormat.E164) if number else None


def country_of(written: str, default_region: str | None) -> str | None:
    """Return the ISO country of a number; None when it is no number, or one of no country.

    Args:
        written: as people write it.
        default_region: ISO country of a number without a code; None: such a number says nothing.

    >>> country_of("+995 599 12 34 56", "AM"), country_of("091 23-45-67", None)
    ('GE', None)
    """
    number = _read(written, default_region)
    return phonenumbers.region_code_for_number(number) if number else None


@cache
def national_pattern(region: str) -> str:
    """Return a pattern of the whole valid numbers of a country, without its code and its 0."""
    plan = _plan(region)
    assert plan is not None  # noqa: S101 - asked for known countries only
    kinds = (
        plan.fixed_line, plan.mobile, plan.toll_free, plan.premium_rate, plan.shared_cost,
        plan.personal_number, plan.voip, plan.pager, plan.uan, plan.voicemail,
    )  # fmt: skip
    patterns = [kind.national_number_pattern for kind in kinds if kind is not None]
    whole = "|".join(f"(?:{pattern})" for pattern in patterns if pattern)
    return whole.replace(r"\d", "[0-9]")


@cache
def possible_pattern(region: str) -> str:
    """Return a pattern that every valid number with the code of a country fits, the code first.

    Other countries may share the code; and some write the 0 of their own numbers after it.
    """
    code = country_code(region)
    regions = phonenumbers.region_codes_for_country_code(code)
    prefixes = {plan.national_prefix_for_parsing for one in regions if (plan := _plan(one))}
    before = "|".join(prefix for prefix in sorted(filter(None, prefixes)))
    whole = "|".join(national_pattern(one) for one in regions)
    return rf"{code}(?:{before})?(?:{whole})".replace(r"\d", "[0-9]")


def _plan(region: str) -> phonenumbers.PhoneMetadata | None:
    return phonenumbers.PhoneMetadata.metadata_for_region(region)


def country_code(region: str) -> int:
    """Return the code that stands before the numbers of a country: 374 for AM."""
    return phonenumbers.country_code_for_region(region)


def international(written: str, home: str = "AM") -> str:
    """Return a number for readers of any country; a text that is no number stays as it is.

    >>> international("+37491234567").replace(NO_BREAK, "~")
    '+374~91~23-45-67'
    """
    return _shown(written, home, PhoneNumberFormat.INTERNATIONAL)


def national(written: str, home: str = "AM") -> str:
    """Return a number for readers of its own country, without the country's code.

    >>> national("+995599123456").replace(NO_BREAK, "~")
    '599~12~34~56'
    """
    return _shown(written, home, PhoneNumberFormat.NATIONAL)


def _shown(written: str, home: str, form: int) -> str:
    number = _read(written, home)
    if number is None:
        return written
    shown = phonenumbers.format_number(number, form)
    if number.country_code == phonenumbers.country_code_for_region("AM"):
        shown = _IN_PAIRS.sub(r"\1-\2-\3", re.sub(r"[()]", "", shown))
    return shown.replace(" ", NO_BREAK)


def _read(written: str, home: str | None) -> PhoneNumber | None:
    figures = _figures(written)
    regions = (home, *(each for each in NEIGHBOURS if each != home)) if home else (None,)
    for region in regions:
        try:
            number = phonenumbers.parse(figures, region)
        except phonenumbers.NumberParseException:
            return None
        if phonenumbers.is_valid_number(number):
            return number
    return None


def _figures(written: str) -> str:
    """Return the figures alone, behind a plus where there is a country's code."""
    figures = re.sub(r"[^\d+]", "", written)
    if figures.startswith("00"):
        return f"+{figures[2:]}"
    return f"+{figures}" if _CODE_WITHOUT_PLUS.fullmatch(figures) else figures

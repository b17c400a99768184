"""The time zone of a place: told by a country's name, a telephone number, or an IANA name.

Zones of numbers are those of ``phonenumbers`` (Google's libphonenumber), zones and names of
countries those of CLDR (Babel). A country with several zones gets the one that most of its people
live in: to miss by an hour or two is better than to take the shop's own hour.
"""

from __future__ import annotations

from functools import cache
from zoneinfo import available_timezones

import phonenumbers
from babel import Locale
from babel.core import get_global
from babel.dates import get_timezone_location
from phonenumbers import timezone

from campaigns.model.language import Language

NAMED_IN = ("en", "hy", "ka", "ru")
"""Languages in which sheets of our shops name countries."""
MOST_PEOPLE = (
    "Europe/Moscow", "America/New_York", "America/Toronto", "America/Sao_Paulo", "Australia/Sydney",
    "Asia/Almaty", "Europe/London", "Europe/Berlin", "Europe/Madrid", "Europe/Lisbon",
    "Europe/Kyiv", "Asia/Shanghai",
)  # fmt: skip
"""Of the zones of one country the one to take."""
SHARED_CODES = {"+76": "Asia/Almaty", "+77": "Asia/Almaty"}
"""Numbers of Kazakhstan, whose code is Russia's."""
OTHER_NAMES = {
    "usa": "US", "u.s.a.": "US", "uk": "GB", "england": "GB", "great britain": "GB",
    "сша": "US", "англия": "GB", "ամն": "US", "რუსეთის ფედერაცია": "RU", "рф": "RU",
}  # fmt: skip


def is_zone(name: str) -> bool:
    """Say whether ``name`` is an IANA time zone of a place.

    >>> is_zone("Asia/Tbilisi"), is_zone("Tbilisi")
    (True, False)
    """
    return name in zone_names()


@cache
def zone_names() -> tuple[str, ...]:
    """Return the IANA zones of places, in the order of the alphabet."""
    return tuple(sorted(name for name in available_timezones() if name in _territories()))


def zone_of_number(number: str) -> str | None:
    """Return the zone of a number that begins with its country's code.

    >>> zone_of_number("+37491234567"), zone_of_number("+79161234567")
    ('Asia/Yerevan', 'Europe/Moscow')
    """
    if shared := SHARED_CODES.get(number[:3]):
        return shared
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return None
    return _one_of([zone for zone in timezone.time_zones_for_number(parsed) if is_zone(zone)])


def zone_of_place(told: str) -> str | None:
    """Return the zone that a cell tells: a zone, or a country by its ISO code or its name.

    >>> zone_of_place(" Georgia "), zone_of_place("Հայաստան"), zone_of_place("europe/berlin")
    ('Asia/Tbilisi', 'Asia/Yerevan', 'Europe/Berlin')
    """
    key = told.strip().casefold()
    if zone := _by_key().get(key):
        return zone
    code = _countries().get(key)
    return _one_of(list(get_global("territory_zones").get(code, ()))) if code else None


def country_of_zone(zone: str) -> str | None:
    """Return the ISO country that a zone lies in.

    >>> country_of_zone("Asia/Yerevan")
    'AM'
    """
    return _territories().get(zone)


def city_of_zone(zone: str, language: Language) -> str:
    """Return the city that a zone is known by, in a reader's language.

    >>> city_of_zone("Asia/Tbilisi", Language.HY), city_of_zone("Europe/Berlin", Language.EN)
    ('Թբիլիսի', 'Berlin')
    """
    return get_timezone_location(zone, locale=str(language), return_city=True)


def only_code_of(zone: str) -> str | None:
    """Return the code of a country's numbers (``+374``) where all of it keeps ``zone``."""
    country = country_of_zone(zone)
    if country is None or list(get_global("territory_zones").get(country, ())) != [zone]:
        return None
    code = phonenumbers.country_code_for_region(country)
    return f"+{code}" if phonenumbers.region_codes_for_country_code(code) == (country,) else None


def _one_of(zones: list[str]) -> str | None:
    main = [zone for zone in MOST_PEOPLE if zone in zones]
    return main[0] if main else zones[len(zones) // 2] if zones else None


@cache
def _territories() -> dict[str, str]:
    return dict(get_global("zone_territories"))


@cache
def _by_key() -> dict[str, str]:
    return {zone.casefold(): zone for zone in zone_names()}


@cache
def _countries() -> dict[str, str]:
    """Every way to write a country → its ISO code."""
    named = {
        name.casefold(): code
        for language in NAMED_IN
        for code, name in Locale(language).territories.items()
        if len(code) == 2
    }
    codes = {code.casefold(): code for code in named.values()}
    return {**named, **codes, **OTHER_NAMES}

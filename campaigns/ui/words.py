"""Words, numbers and dates in the language that the marketer reads.

The language is chosen in the sidebar and stands in the address (``?lang=hy``). Numbers and dates
are formatted here: Chromium knows neither Armenian nor Georgian formats.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from campaigns.errors import N_
from campaigns.language import formats, labels, phones
from campaigns.language.catalogue import translate, translate_counted
from campaigns.letters import library
from campaigns.model.language import Language
from campaigns.model.money import Money

T = TypeVar("T")
KEY = "language"
TRANSPORTS = {
    "outbox": N_("A folder on this computer (for trying)"),
    "smtp": N_("Our mail server (SMTP)"),
    "sendgrid": N_("SendGrid"),
}


def language() -> Language:
    """Return the interface language of this session."""
    return Language(st.session_state.get(KEY, Language.EN))


def _(text: str, /, **facts: object) -> str:
    """Return ``text`` of the interface in the marketer's language, its places filled."""
    return translate("ui", text, language(), **facts)


def ngettext(one: str, many: str, count: int, /, **facts: object) -> str:
    """Return the text of the interface that fits ``count``, its places filled."""
    return translate_counted("ui", one, many, count, language(), **facts)


def names(options: Iterable[T], name: Callable[[T], str]) -> Callable[[T], str]:
    """Return what a list calls its options, fixed now: Streamlit asks again outside of a run,
    when it no longer knows whose language counts.
    """
    fixed = {option: name(option) for option in options}
    return fixed.__getitem__


def label(code: str) -> str:
    """Return what a code (``campaign.running``) is called."""
    return labels.label(code, language())


def begun(text: str) -> str:
    """Return ``text`` as it begins a sentence; Georgian has no capital letters there.

    >>> begun("վիճակ"), begun("ვის")
    ('Վիճակ', 'ვის')
    """
    return text[:1].title() + text[1:]


def letter_name(name: str) -> str:
    """Return what a letter is called: a shipped one by its title, another by its own name."""
    return library.shipped_title(name, language()) or name


def segment_name(name: str) -> str:
    """Return what a segment is called: everyone in words, another by its own name."""
    return _("Everyone") if name == "everyone" else name


def transport_name(name: str) -> str:
    """Return by which way letters leave, in words."""
    return _(TRANSPORTS[name])


def number(value: int | Decimal) -> str:
    """Return a number with its groups."""
    return formats.number(value, language())


def list_of(items: list[str]) -> str:
    """Return the items as one phrase."""
    return formats.list_of(items, language())


def share(part: int, whole: int) -> str:
    """Return ``part`` of ``whole`` in percent, without decimals."""
    return formats.percent(round(100 * part / whole) if whole else 0, language())


def money(value: Money) -> str:
    """Return an amount with its currency."""
    return formats.money(value, language())


def phone(value: str | None) -> str:
    """Return a telephone number as its country writes it, or a dash."""
    return phones.international(value) if value else "—"


def day(value: date | None) -> str:
    """Return a date in words, or a dash."""
    return formats.date_long(value, language()) if value else "—"


def moment(value: datetime | None) -> str:
    """Return a date and time in the time zone of the browser, or a dash."""
    if value is None:
        return "—"
    return formats.moment(value.astimezone(_zone()), language())


def _zone() -> ZoneInfo:
    try:
        return ZoneInfo(st.context.timezone or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")

"""What other currencies are worth in the shop's: a list, and a form for the next rate."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from campaigns.clock import utcnow
from campaigns.errors import InputError
from campaigns.model.language import Language
from campaigns.model.money import EXPONENTS
from campaigns.store.operators import OWNER
from campaigns.store.rates import list_rates, save_rate
from campaigns.ui.guard import guarded
from campaigns.ui.notes import note
from campaigns.ui.resources import workspace
from campaigns.ui.words import _, day, language

FORMATS = ("%d.%m.%Y", "%d/%m/%Y", "%Y-%m-%d")


def show_rates(home: str) -> None:
    """Show the exchange rates of a shop whose currency is ``home``, and take new ones."""
    st.header(_("Exchange rates"), anchor=False)
    st.caption(_(
        "An order in another currency is converted at the rate of its day when it is taken in."
        " Without a rate the order is refused, never guessed."
    ))  # fmt: skip
    with workspace().database.read() as connection:
        rates = list_rates(connection, home)
    if rates:
        rows = [
            {_("Currency"): one.currency, _("From which day"): day(one.day),
             _("Worth in {home}", home=home): _figure(one.value)}
            for one in rates
        ]  # fmt: skip
        st.dataframe(rows, hide_index=True, width="content", alt=_("Exchange rates"))
    _ask(home)


def _figure(value: Decimal) -> str:
    """All decimals of a rate, with the sign that the reader's language has before them."""
    written = f"{value.normalize():f}"
    return written if language() is Language.EN else written.replace(".", ",")


def _ask(home: str) -> None:
    with st.form("rate", clear_on_submit=True), _in_line():
        others = [code for code in EXPONENTS if code != home]
        currency = st.selectbox(_("Currency"), others, key="rate-currency")
        worth = st.text_input(_("One is worth, in {home}", home=home), key="rate-value",
                              max_chars=20)  # fmt: skip
        since = st.text_input(_("From which day"), placeholder="01.03.2026", key="rate-day",
                              max_chars=10)  # fmt: skip
        if st.form_submit_button(_("Add the rate")):
            with guarded():
                _save(home, currency or "", worth or "", _date(since or ""))


def _in_line() -> DeltaGenerator:
    return st.container(horizontal=True, vertical_alignment="bottom")


def _save(home: str, currency: str, worth: str, since: date) -> None:
    with workspace().database.begin() as connection:
        save_rate(
            connection, currency, worth, home=home, day=since, actor=OWNER, now=utcnow()
        )  # fmt: skip
    note(_("Saved."))
    st.rerun()


def _date(text: str) -> date:
    """Read a day as people here write it.

    Raises:
        InputError: it is none.
    """
    for form in FORMATS:
        try:
            return datetime.strptime(text.strip(), form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise InputError("rate.day", got=text)

"""When a campaign leaves: chosen on a form, shown while it waits, taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from campaigns.clock import utcnow
from campaigns.delivery.campaigns import Status, send
from campaigns.delivery.status import row_of
from campaigns.delivery.timing import leaving, ramp, windows
from campaigns.delivery.timing.schedule import schedule, unschedule
from campaigns.language import formats
from campaigns.language.time_zones import city_of_zone
from campaigns.model.options import Schedule, options_of
from campaigns.model.priority import Priority
from campaigns.store.operators import OWNER
from campaigns.store.options import read_brand
from campaigns.ui.guard import guarded
from campaigns.ui.notes import note
from campaigns.ui.resources import workspace
from campaigns.ui.words import _, begun, language, names, number

TIMES = [f"{minutes // 60:02}:{minutes % 60:02}" for minutes in range(0, 24 * 60, 30)]
USUAL, LAST = "10:00", "20:00"
DAYS = "1234567"
AHEAD_DAYS = 90
"""So many days are offered; the command line takes any."""


def show_later(now: Status) -> None:
    """Ask when a campaign is to leave by itself."""
    with workspace().database.read() as connection:
        row, shop = row_of(connection, now.name), read_brand(connection).local_zone
    before = options_of(row.options).schedule
    title = _("Choose another time") if before.at else _("Send later, or at certain hours")
    with st.expander(title), st.form(f"later-{now.name}", border=False):
        changes = _asked(before, utcnow().astimezone(ZoneInfo(shop)).date())
        if row.rank == Priority.SERVICE:
            st.caption(_(
                "This letter is about what its reader bought or asked for, so it leaves on any day;"
                " the hours hold for it, too."
            ))  # fmt: skip
        if st.form_submit_button(_("Send at this time"), type="primary"):
            with guarded():
                schedule(workspace(), now.name, actor=OWNER, now=utcnow(), **changes)
                note(_("It leaves by itself."))
                st.rerun()


def _asked(before: Schedule, today: date) -> dict[str, Any]:
    """Return the fields of a schedule as the person fills them in."""
    st.caption(_("All hours and days here are by each reader's own clock, wherever they live."))
    day, at = _ask_moment(
        (_("Day"), _("As soon as the hours below allow")), _("Time"), before.at,
        (today, today + timedelta(days=1), USUAL),
    )  # fmt: skip
    opens, closes = st.slider(
        _("Hours in which letters leave"), 0, 24, (before.opens, before.closes), format="%d:00"
    )
    weekdays = st.pills(
        _("Days on which letters leave"), list(DAYS), selection_mode="multi",
        default=list(before.weekdays), format_func=names(DAYS, _weekday),
    )  # fmt: skip
    holidays = st.checkbox(_("Also on public holidays of the reader's country"), before.holidays)
    best = st.checkbox(
        _("To each reader at the hour at which they usually read"), before.best_hour,
        help=_("Learnt from what they opened and bought; within the day that follows the chosen time."),
    )  # fmt: skip
    until, last = _ask_moment(
        (_("Not after this day"), _("No limit of time")), _("Not after this time"), before.deadline,
        (today, None, LAST), about=_("Whoever cannot be written to before it gets nothing."),
    )  # fmt: skip
    return {
        "at": f"{day}T{at}" if day else "",
        "opens": opens % 24, "closes": closes, "weekdays": "".join(weekdays),
        "holidays": holidays, "best_hour": best,
        "deadline": f"{until}T{last}" if until else "",
    }  # fmt: skip


def _ask_moment(
    words: tuple[str, str],
    time: str,
    told: str,
    usual: tuple[date, date | None, str],
    *,
    about: str | None = None,
) -> tuple[str, str]:
    """Ask for a day, of a list in the reader's language, or none of them; and for a time."""
    title, none = words
    today, suggested, hour = usual
    day = suggested.isoformat() if suggested else ""
    if told[:10] >= today.isoformat():
        day, hour = told[:10], told[11:16]
    offered = [(today + timedelta(days=ahead)).isoformat() for ahead in range(AHEAD_DAYS)]
    days, times = ["", *sorted({*offered, day} - {""})], sorted({*TIMES, hour})
    left, right = st.columns(2, gap="medium")
    chosen = left.selectbox(
        title, days, days.index(day), help=about,
        format_func=names(days, lambda one: _day(one, today) if one else none),
    )  # fmt: skip
    return chosen or "", right.selectbox(time, times, times.index(hour)) or hour


def _day(written: str, today: date) -> str:
    day = date.fromisoformat(written)
    near = {0: _("today"), 1: _("tomorrow")}.get((day - today).days)
    called = near or formats.weekday(day.weekday(), language())
    return f"{formats.date_long(day, language())}, {called}"


def _weekday(day: str) -> str:
    return begun(formats.weekday(int(day) - 1, language()))


def show_scheduled(now: Status) -> None:
    """Show when the letters leave by themselves, by the shop's clock and by the readers'."""
    with workspace().database.read() as connection:
        row = row_of(connection, now.name)
        found, shop = leaving.departures(connection, row), read_brand(connection).local_zone
    st.info(
        _("It leaves by itself. The first letters: {at}.", at=_in(shop, now.starts_at)),
        icon=":material/schedule_send:",
    )
    rows = [
        {
            _("Where readers live"): city_of_zone(one.zone, language()),
            _("By their clock"): formats.moment(one.at.astimezone(ZoneInfo(one.zone)), language()),
            _("By the shop's clock"): formats.moment(one.at.astimezone(ZoneInfo(shop)), language()),
            _("Letters"): number(one.letters),
        }
        for one in found
    ]
    st.dataframe(rows, hide_index=True, alt=_("When the letters leave"))
    with st.container(horizontal=True):
        if st.button(_("Send now instead"), key=f"now-{now.name}"):
            with guarded():
                send(workspace(), now.name, actor=OWNER, now=utcnow())
                note(_("The campaign has begun."))
                st.rerun()
        if st.button(_("Do not send yet"), key=f"back-{now.name}"):
            with guarded():
                unschedule(workspace(), now.name, actor=OWNER, now=utcnow())
                note(_("It waits for you again."))
                st.rerun()


def show_waiting(now: Status) -> None:
    """Say why nothing leaves at this moment, when that is by plan."""
    moment = utcnow()
    with workspace().database.read() as connection:
        shop = read_brand(connection).local_zone
        share = ramp.today(connection, now.transport, now=moment)
    if now.leaves_from and now.leaves_from > moment:
        st.info(
            _("The letters wait for the hours in which they may leave. The next ones: {at}. To"
              " choose other hours, press “Pause” first.", at=_in(shop, now.leaves_from)),
            icon=":material/bedtime:",
        )  # fmt: skip
    if share:
        st.caption(
            _("Your domain is new: {used} of today's {limit} letters are used. What is over leaves"
              " on the following days.", used=number(share.used), limit=number(share.limit))
        )  # fmt: skip


def show_hours(now: Status) -> None:
    """Say when the letters would leave if they were sent at this moment, unless that is at once."""
    moment = utcnow()
    with workspace().database.read() as connection:
        row, shop = row_of(connection, now.name), read_brand(connection).local_zone
    schedule = replace(leaving.binding(row), at="")
    begins = windows.departure(moment, shop, schedule)
    if begins and begins > moment:
        st.info(
            _("At this hour no letters leave: readers get them from {opens} to {closes} by their own"
              " clock. If the campaign begins now, the first ones leave: {at}. Other hours can be"
              " chosen below.", opens=f"{schedule.opens}:00", closes=f"{schedule.closes}:00",
              at=_in(shop, begins)),
            icon=":material/bedtime:",
        )  # fmt: skip


def told_start(now: Status) -> str:
    """Return when a scheduled campaign begins, by the shop's clock."""
    with workspace().database.read() as connection:
        return _in(read_brand(connection).local_zone, now.starts_at)


def _in(zone: str, at: datetime | None) -> str:
    if at is None:
        return "—"
    shown = formats.moment(at.astimezone(ZoneInfo(zone)), language())
    return f"{shown} ({city_of_zone(zone, language())})"

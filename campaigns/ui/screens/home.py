"""Home: what to do next, how many people there are, and how the last campaigns went."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
import streamlit as st

from campaigns.delivery.account import read_account
from campaigns.delivery.campaigns import Status, all_campaigns
from campaigns.delivery.inbox.reply_rows import count_unread
from campaigns.errors import CampaignsError
from campaigns.model.states import CampaignState
from campaigns.segments.verbs import named
from campaigns.store.contacts import Totals, totals
from campaigns.store.options import read_brand
from campaigns.ui.campaign_plan import NEXT
from campaigns.ui.campaign_timing import told_start
from campaigns.ui.figures import show_languages
from campaigns.ui.notes import show_note
from campaigns.ui.resources import workspace
from campaigns.ui.safe import plain
from campaigns.ui.words import _, label, number

LAST = 5


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do on the way to the first letter, and whether it is done."""

    page: str
    title: str
    why: str
    done: bool


def page() -> None:
    with workspace().database.read() as connection:
        people = totals(connection)
        campaigns = all_campaigns(connection)
        steps = _steps(connection, people, campaigns)
    show_note()
    if people.contacts:
        _show_numbers(people)
    _show_steps(steps)
    _show_scheduled(campaigns)
    _show_waiting_for_you(campaigns[:LAST])
    if campaigns:
        _show_campaigns(campaigns[:LAST])


def _steps(connection: sa.Connection, people: Totals, campaigns: list[Status]) -> list[Step]:
    sent = any(campaign.state == CampaignState.DONE for campaign in campaigns)
    return [
        Step("settings", _("Fill in the shop's details"),
             _("Name, address and sender stand under each letter, as the law asks."),
             done=not read_brand(connection).missing()),
        Step("contacts", _("Upload a customer spreadsheet"),
             _("Excel or CSV, as the till or the accountant exports it."),
             done=people.contacts > 0),
        Step("segments", _("Choose the people"),
             _("For example: those who have not bought for three months."),
             done=bool(named(connection)) or bool(campaigns)),
        Step("letters", _("Pick a letter"),
             _("Read it in each language, and change the words if you like."),
             done=bool(campaigns)),
        Step("connect", _("Connect SendGrid"),
             _("Letters leave by it. To try first, send into a folder on this computer."),
             done=sent or _is_connected()),
        Step("campaigns", _("Check, approve and send"),
             _("See who gets the letter and who is left out and why, then send."),
             done=sent),
    ]  # fmt: skip


def _is_connected() -> bool:
    settings = workspace().settings
    try:
        return bool(settings.smtp_url or read_account(workspace()).api_key)
    except CampaignsError:  # the page of the step tells it
        return False


def _show_steps(steps: list[Step]) -> None:
    following = next((step for step in steps if not step.done), None)
    if following is None:
        if st.button(_("A new campaign…"), type="primary", icon=":material/add:"):
            st.switch_page("screens/campaigns.py")
        return
    st.header(_("What to do next"), anchor=False)
    for place, step in enumerate(steps, start=1):
        _show_step(place, step, primary=step is following)


def _show_step(place: int, step: Step, *, primary: bool) -> None:
    with st.container(border=True, key=f"step-{step.page}"):
        words, action = st.columns([3, 1], vertical_alignment="center")
        mark = ":green[:material/check_circle:]" if step.done else f"{place}."
        words.markdown(f"**{mark} {step.title}**  \n{step.why}")
        text = _("Done. Look again") if step.done else _("Open")
        if action.button(
            text, key=f"go-{step.page}", type="primary" if primary else "tertiary",
            width="stretch", wrap=True,
        ):  # fmt: skip
            st.switch_page(f"screens/{step.page}.py")


def _show_numbers(people: Totals) -> None:
    with st.grid(2, min_column_width=150):
        st.metric(_("Contacts"), number(people.contacts), border=True, height="stretch")
        st.metric(
            _("May be written to"), number(people.mailable), border=True, height="stretch",
            help=_("They gave consent, have an e-mail address and have not unsubscribed."),
        )  # fmt: skip
    show_languages(people.by_language)


def _show_scheduled(campaigns: list[Status]) -> None:
    for campaign in campaigns:
        if campaign.state == CampaignState.SCHEDULED:
            st.info(
                _("**{name}** leaves by itself: {at}.", name=plain(campaign.name),
                  at=told_start(campaign)),
                icon=":material/schedule_send:",
            )  # fmt: skip


def _show_waiting_for_you(campaigns: list[Status]) -> None:
    """Name what does not go on without a person, each with a way to it."""
    for campaign in campaigns:
        words = _waits(campaign)
        if words:
            st.warning(words, icon=":material/front_hand:")
            if st.button(_("Open this campaign"), key=f"open-{campaign.name}"):
                st.session_state[NEXT] = campaign.name
                st.switch_page("screens/campaigns.py")
    with workspace().database.read() as connection:
        unread = count_unread(connection)
    if unread:
        st.info(_("Answers not read yet: {count}.", count=number(unread)), icon=":material/forum:")
        st.page_link("screens/replies.py", label=_("Read the answers"), icon=":material/forum:")


def _waits(campaign: Status) -> str:
    name = plain(campaign.name)
    if campaign.state == CampaignState.PAUSED:
        return _("**{name}** is paused: nothing leaves until you go on.", name=name)
    if campaign.state != CampaignState.DONE:
        return ""
    if campaign.unknown:
        return _("**{name}** is finished, but of {count} letters nobody knows.", name=name,
                 count=number(campaign.unknown))  # fmt: skip
    return ""


def _show_campaigns(campaigns: list[Status]) -> None:
    st.header(_("Last campaigns"), anchor=False)
    rows = [
        {
            _("Campaign"): campaign.name,
            _("State"): label(f"campaign.{campaign.state}"),
            _("Planned"): number(campaign.planned),
            _("Accepted"): number(campaign.accepted),
            _("Refused"): number(campaign.failed),
            _("Outcome unknown"): number(campaign.unknown),
        }
        for campaign in campaigns
    ]
    st.dataframe(rows, hide_index=True, alt=_("Last campaigns"))


page()

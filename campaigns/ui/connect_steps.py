"""The steps of connecting SendGrid: what each looks like, done and not done."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from campaigns.clock import utcnow
from campaigns.delivery.account import (
    EUROPE,
    GLOBAL,
    HOSTS,
    Account,
    forget_account,
    keep_webhook_key,
)
from campaigns.delivery.connecting import (
    Right,
    SenderReport,
    SenderState,
    connect,
    hook_url,
    set_up_webhook,
)
from campaigns.errors import N_
from campaigns.store.operators import OWNER
from campaigns.store.secrets import MAX_CHARACTERS, tail
from campaigns.ui.choice import choose
from campaigns.ui.guard import guarded
from campaigns.ui.notes import note
from campaigns.ui.resources import workspace
from campaigns.ui.safe import plain
from campaigns.ui.words import _, list_of

KEY_FIELD, REGION = "connect-key", "connect-region"
REGIONS = {GLOBAL: N_("Worldwide (most accounts)"), EUROPE: N_("European Union")}
RIGHTS = {
    Right.SENDERS: N_("see which senders are verified (Sender Authentication, read)"),
    Right.WEBHOOKS: N_("set up the reports (Mail Settings → Event Notification, full)"),
    Right.SUPPRESSIONS: N_("exchange unsubscribed addresses (Suppressions, full)"),
    Right.RECALL: N_("take back letters that nobody knows the fate of (Scheduled Sends, full)"),
}
SENDER_WORDS = {
    SenderState.DOMAIN: N_("SendGrid has verified {domain}. Letters leave in its name."),
    SenderState.ADDRESS: N_(
        "SendGrid has verified this one address. Letters leave, but Gmail, Yahoo and Outlook trust a verified domain more; have {domain} authenticated before you write to many."
    ),
    SenderState.WAITING: N_(
        "{domain} is entered in SendGrid and not verified yet. Add the records below where your domain is kept, then press “Verify” in SendGrid."
    ),
    SenderState.MISSING: N_(
        "SendGrid does not know {domain} yet, so it would refuse every letter."
    ),
}

_YES, _NO = ":green[:material/check:]", ":gray[:material/remove:]"


@contextmanager
def step(number: int, title: str, *, done: bool, key: str) -> Iterator[None]:
    """Frame one step, with a tick where it is done."""
    with st.container(border=True, key=f"connect-step-{key}"):
        mark = ":green[:material/check_circle:]" if done else f"{number}."
        st.header(f"{mark} {title}", anchor=False)
        yield


def ask_key(account: Account) -> None:
    """Say where to find a key, and take it."""
    st.markdown(_(
        "1. Open [SendGrid]({url}) → Settings → API Keys → “Create API Key”.\n"
        "2. Choose “Restricted Access” and switch on “Mail Send”; “Full Access” works too.\n"
        "3. Press “Create & View”, copy the key and paste it here. SendGrid shows it only once.",
        url="https://app.sendgrid.com/settings/api_keys",
    ))  # fmt: skip
    host = choose(
        _("Region of the account"), _hosts(account), key=REGION, name=_region, widget=st.radio,
        horizontal=True,
    )  # fmt: skip
    with st.form("connect", border=False, clear_on_submit=True):
        key = st.text_input(
            _("The key"), type="password", key=KEY_FIELD, max_chars=MAX_CHARACTERS,
            autocomplete="off",
        )  # fmt: skip
        if st.form_submit_button(_("Check the key and keep it"), type="primary"):
            with guarded(), st.spinner(_("SendGrid is being asked…")):
                connect(workspace(), key or "", host, actor=OWNER, now=utcnow())
                note(_("The key works."))
                st.rerun()


def _hosts(account: Account) -> list[str]:
    return list(dict.fromkeys([account.host, *HOSTS]))


def _region(host: str) -> str:
    return _(REGIONS[host]) if host in REGIONS else host


def show_key(account: Account, rights: frozenset[Right] | None, *, may_send: bool) -> None:
    """Show which key is in use and what it may do."""
    end, region = tail(account.api_key), _region(account.host)
    st.text(_("Key: {end} · region: {region}", end=end, region=region))
    if rights is not None:
        st.write(_("What this key lets the program do:"))
        allowed = {_("send letters (Mail Send, full)"): may_send}
        allowed |= {_(text): right in rights for right, text in RIGHTS.items()}
        for text, is_allowed in allowed.items():
            st.markdown(f"{_YES if is_allowed else _NO} {text}")
        if len(rights) < len(RIGHTS):
            st.caption(
                _("What is not ticked you can do by hand, or allow under Settings → API Keys.")
            )
    if account.is_fixed:
        st.caption(_("The key is set by whoever runs the program, so it cannot be changed here."))
        return
    with st.popover(_("Forget the key"), type="tertiary"):
        st.write(_("No letter leaves by SendGrid until another key is entered."))
        if st.button(_("Yes, forget it"), key="connect-forget"):
            with guarded():
                forget_account(workspace(), actor=OWNER, now=utcnow())
                note(_("Forgotten."))
                st.rerun()


def show_sender(report: SenderReport, from_address: str) -> None:
    """Show what SendGrid thinks of the sender, and exactly what to do."""
    words = _(SENDER_WORDS[report.state], domain=plain(report.domain))
    st.text(_("Sender: {address}", address=from_address))
    if report.state is SenderState.DOMAIN:
        st.success(words, icon=":material/check:")
        return
    (st.info if report.state is SenderState.ADDRESS else st.warning)(words, icon=":material/dns:")
    if report.known:
        st.caption(_("Verified there: {names}.", names=plain(list_of(list(report.known)))))
    if report.records:
        show_records(report.records)
    if report.state is not SenderState.WAITING:
        how_to_verify()


def how_to_verify() -> None:
    """Say where a domain is authenticated in SendGrid."""
    st.markdown(_(
        "1. Open [SendGrid]({url}) → Settings → Sender Authentication → “Authenticate Your Domain”.\n"
        "2. Choose where your domain is kept, and enter the domain of the sender's address.\n"
        "3. Add the records that SendGrid shows where your domain is kept. Whoever made your website"
        " knows how.\n"
        "4. Come back to SendGrid and press “Verify”. It may take a day.",
        url="https://app.sendgrid.com/settings/sender_auth",
    ))  # fmt: skip


def show_records(records: tuple[tuple[str, str, str], ...]) -> None:
    """Show DNS records to be added, each ready to be copied."""
    st.caption(_("Of each record: its name, its type and its value, each on a line."))
    for name, kind, value in records:
        st.code(f"{name}\n{kind}\n{value}", language=None, wrap_lines=True)


def show_webhook(account: Account, *, may_set_up: bool, reachable: bool) -> None:
    """Show where SendGrid is to report, and set that up."""
    st.write(_("SendGrid tells this address which letters arrived, bounced or were unsubscribed:"))
    st.code(hook_url(workspace()), language=None, wrap_lines=True)
    if not reachable:
        st.warning(_(
            "This address does not answer from here, so reports would get lost. Whoever runs the"
            " program sets CAMPAIGNS_PUBLIC_URL to an https address that leads to it."
        ), icon=":material/link_off:")  # fmt: skip
    if account.webhook_keys:
        st.success(
            _("Reports are signed, and the key to check them is known."),
            icon=":material/verified_user:",
        )
    if may_set_up and st.button(
        _("Set it up for me"), type="secondary" if account.webhook_keys else "primary",
        key="connect-hook", disabled=not hook_url(workspace()).startswith("https://"),
    ):  # fmt: skip
        with guarded(), st.spinner(_("SendGrid is being asked…")):
            set_up_webhook(workspace(), actor=OWNER, now=utcnow())
            note(_("SendGrid will report here."))
            st.rerun()
    with st.expander(_("By hand"), expanded=not (may_set_up or account.webhook_keys)):
        _by_hand()


def _by_hand() -> None:
    st.markdown(_(
        "1. Open [SendGrid]({url}) → Settings → Mail Settings → Event Webhooks → “Create new webhook”.\n"
        "2. Paste the address above as “Post URL” and tick every event.\n"
        "3. Switch on “Signature Verification” and save.\n"
        "4. Open the webhook again, copy “Verification Key” and paste it here.",
        url="https://app.sendgrid.com/settings/mail_settings/webhook_settings",
    ))  # fmt: skip
    with st.form("connect-hook-key", border=False, clear_on_submit=True):
        key = st.text_input(_("Verification key"), max_chars=1000)
        if st.form_submit_button(_("Keep the verification key")):
            with guarded():
                keep_webhook_key(workspace(), key or "", actor=OWNER, now=utcnow())
                note(_("Saved."))
                st.rerun()

"""Connect SendGrid: step by step, each checked at once, until a letter came back to its sender."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import streamlit as st

from campaigns.delivery import trial_rows
from campaigns.delivery.account import Account, read_account
from campaigns.delivery.connecting import (
    Right,
    SenderReport,
    SenderState,
    look_at_sender,
    rights_of,
)
from campaigns.delivery.reach import prober
from campaigns.delivery.transports.sendgrid_account import MAIL_SEND, scopes_of
from campaigns.delivery.trial import try_letter
from campaigns.errors import CampaignsError, DeliveryError
from campaigns.letters import library
from campaigns.store.operators import OWNER
from campaigns.store.options import Brand, read_brand
from campaigns.ui.choice import choose
from campaigns.ui.connect_steps import (
    ask_key,
    how_to_verify,
    show_key,
    show_sender,
    show_webhook,
    step,
)
from campaigns.ui.guard import guarded, show_error
from campaigns.ui.notes import show_note
from campaigns.ui.resources import workspace
from campaigns.ui.trial_form import ask_trial, show_hearing
from campaigns.ui.words import _, letter_name

T = TypeVar("T")
LEARNED = "connect-learned"
"""What SendGrid said in this session: asked once, and again when the person wants it."""
PATIENCE_S = 5.0


def page() -> None:
    show_note()
    with workspace().database.read() as connection:
        brand = read_brand(connection)
    account = _account()
    fingerprint = account.fingerprint(brand.from_address)
    with workspace().database.read() as connection:
        tried = trial_rows.was_accepted(connection, fingerprint)
        newest = trial_rows.newest(connection, fingerprint)
    heard = newest is not None and newest.heard_at is not None
    if tried and account.webhook_keys:
        st.success(
            _("SendGrid is connected. Campaigns can be approved."), icon=":material/check_circle:"
        )
    else:
        st.write(
            _(
                "Five steps, about a quarter of an hour. Each is checked at once, and you can stop and come back."
            )
        )
    rights = _key_step(account, fingerprint)
    _sender_step(account, brand, fingerprint)
    _webhook_step(account, rights)
    _trial_step(account, brand, done=tried)
    _report_step(newest, done=heard)
    st.page_link("screens/deliverability.py", label=_("Deliverability"),
                 icon=":material/health_and_safety:")  # fmt: skip


def _account() -> Account:
    try:
        return read_account(workspace())
    except CampaignsError as error:
        show_error(error)
        return Account()


def _key_step(account: Account, fingerprint: str) -> frozenset[Right]:
    scopes = _learned(
        "scopes", fingerprint, account, lambda: scopes_of(account, timeout_s=PATIENCE_S)
    )
    may_send = isinstance(scopes, frozenset) and MAIL_SEND in scopes
    rights = rights_of(scopes) if isinstance(scopes, frozenset) else None
    with step(1, _("The key"), done=may_send, key="key"):
        if not account.api_key:
            ask_key(account)
            return frozenset()
        if isinstance(scopes, CampaignsError):
            show_error(scopes)
        elif not may_send:
            show_error(DeliveryError("sendgrid.scope"))
        show_key(account, rights, may_send=may_send)
        _offer_again("scopes", fingerprint)
    return rights or frozenset()


def _sender_step(account: Account, brand: Brand, fingerprint: str) -> None:
    report: SenderReport | CampaignsError | None = None
    if brand.from_address:
        report = _learned(
            "sender", fingerprint, account, lambda: look_at_sender(account, brand.from_address)
        )
    verified = isinstance(report, SenderReport) and report.state in (
        SenderState.DOMAIN, SenderState.ADDRESS,
    )  # fmt: skip
    with step(2, _("The sender"), done=verified, key="sender"):
        if not brand.from_address:
            st.write(_("Fill in the sender's address first."))
            st.page_link(
                "screens/settings.py", label=_("Open the settings"), icon=":material/settings:"
            )
        elif isinstance(report, SenderReport):
            show_sender(report, brand.from_address)
            _offer_again("sender", fingerprint)
        elif report is not None and report.code == "sendgrid.forbidden":
            st.info(
                _("The key may not see whether the sender is verified, so please look yourself:")
            )
            how_to_verify()
        elif report is not None:
            show_error(report)
            _offer_again("sender", fingerprint)
        else:
            st.caption(_("This opens after the first step."))


def _webhook_step(account: Account, rights: frozenset[Right]) -> None:
    with step(3, _("The reports"), done=bool(account.webhook_keys), key="webhook"):
        url = workspace().settings.base_url
        reachable = url.startswith("https://") and _reachable(url)
        show_webhook(account, may_set_up=Right.WEBHOOKS in rights, reachable=reachable)


@st.cache_data(ttl=60, show_spinner=False)
def _reachable(url: str) -> bool:
    return prober(workspace().signer, timeout_s=PATIENCE_S)(url)


def _trial_step(account: Account, brand: Brand, *, done: bool) -> None:
    with step(4, _("A letter to yourself"), done=done, key="trial"):
        if not account.api_key:
            st.caption(_("This opens after the first step."))
            return
        st.write(_(
            "It leaves the very way that all letters will. Without it no campaign is approved; after"
            " a change of key, region or sender it is asked for again."
        ))  # fmt: skip
        if brand.missing():
            st.page_link("screens/settings.py", label=_("Fill in the shop's details"))
        with workspace().database.read() as connection:
            letters = {one.name: one.languages for one in library.names(connection)}
        letter = choose(_("Which letter"), list(letters), key="connect-letter", name=letter_name)
        ask_trial(
            "connect-trial", letters[letter],
            lambda to, one, own: try_letter(
                workspace(), letter, to=to, language=one, is_own=own, actor=OWNER
            ),
            waits=False,
        )  # fmt: skip


def _report_step(newest: Any, *, done: bool) -> None:
    with step(5, _("The report comes back"), done=done, key="report"):
        if newest is None:
            st.caption(_("This opens after the letter to yourself."))
            return
        show_hearing(newest)
        if not done:
            st.caption(_(
                "If nothing comes within ten minutes, look at step 3: the address, the signature and"
                " the ticked events."
            ))  # fmt: skip


def _learned(
    what: str, fingerprint: str, account: Account, ask: Callable[[], T]
) -> T | CampaignsError | None:
    """Return what SendGrid says of an account, asked once a session; an error is an answer, too."""
    if not account.api_key:
        return None
    known: dict[tuple[str, str], Any] = st.session_state.setdefault(LEARNED, {})
    if (what, fingerprint) not in known:
        with st.spinner(_("SendGrid is being asked…")):
            try:
                known[what, fingerprint] = ask()
            except CampaignsError as error:
                known[what, fingerprint] = error
    found: T | CampaignsError = known[what, fingerprint]
    return found


def _offer_again(what: str, fingerprint: str) -> None:
    if st.button(_("Look again"), key=f"again-{what}", type="tertiary", icon=":material/refresh:"):
        with guarded():
            st.session_state[LEARNED].pop((what, fingerprint), None)
            st.rerun()


page()

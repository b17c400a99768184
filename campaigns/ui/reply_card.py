"""One answer of a customer: who they are, what they wrote, what was said before, what to do."""

from __future__ import annotations

from urllib.parse import quote

import streamlit as st

from campaigns.clock import utcnow
from campaigns.delivery.inbox.answers import ReplyKind
from campaigns.delivery.inbox.reply_rows import Reply, is_left, mark_seen, stop_letters, thread
from campaigns.model.money import EXPONENTS, Money
from campaigns.store.operators import OWNER
from campaigns.ui.guard import guarded
from campaigns.ui.notes import note
from campaigns.ui.resources import workspace
from campaigns.ui.safe import plain
from campaigns.ui.words import _, begun, day, label, list_of, moment, money, number

QUOTED_CHARACTERS = 1_000
"""Of an answer that stand in the address of a new mail: programs take some 2,000 in all."""


def show_reply(reply: Reply, *, first: bool) -> None:
    """Show one answer as a card; the ``first`` one is the next to be answered."""
    with st.container(border=True, key=f"reply-{reply.reply_id}"):
        _show_head(reply)
        st.text(reply.text or _("(no text)"))
        if reply.attachments:
            names = [
                f"{one['name'] or one['kind']} ({_kilobytes(one['bytes'])})"
                for one in reply.attachments
            ]
            st.caption(_("Attached, and kept only by whoever has the mail: {names}",
                         names=plain(list_of(names), limit=400)))  # fmt: skip
        if reply.full_text.strip() != reply.text.strip():
            with st.expander(_("The whole mail")):
                st.text(reply.full_text)
        if reply.contact_id is not None:
            with st.expander(_("Conversation")):
                _show_thread(reply.contact_id)
        _show_actions(reply, first=first)


def _show_head(reply: Reply) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if reply.is_unread:
            st.badge(_("new"), color="green")
        if reply.kind is not ReplyKind.PERSON:
            st.badge(label(f"reply.{reply.kind}"), color="orange")
        st.markdown(f"**{plain(reply.name or reply.address, limit=80)}**", width="content")
        st.caption(moment(reply.at), width="content")
    st.markdown(f":small[{' · '.join(_facts(reply))}]")  # a caption is too faint for an address
    if reply.subject:
        st.markdown(plain(reply.subject, limit=200))


def _facts(reply: Reply) -> list[str]:
    """Return what is known of whoever wrote, as Markdown."""
    facts = [plain(reply.address)]
    if reply.campaign:
        facts.append(plain(reply.campaign, limit=60))
    if reply.contact_id is None:
        return [*facts, _("not among the contacts")]
    if reply.language:
        facts.append(label(f"language.{reply.language}"))
    if reply.city:
        facts.append(plain(reply.city, limit=40))
    if reply.orders:
        facts.append(_("orders: {count}", count=number(reply.orders)))
        if reply.currency in EXPONENTS:
            facts.append(plain(money(Money(reply.revenue_minor, str(reply.currency)))))
    if reply.last_order_at:
        facts.append(_("last order: {day}", day=day(reply.last_order_at.date())))
    return facts


def _show_thread(contact_id: int) -> None:
    """Show what was written on both sides, the oldest first."""
    with workspace().database.read() as connection:
        turns = thread(connection, contact_id)
    for turn in turns:
        with st.chat_message("human" if turn.kind else "ai", avatar=_avatar(turn.kind)):
            who = label(f"reply.{turn.kind}") if turn.kind else _("our letter")
            campaign = f" · {plain(turn.campaign, limit=60)}" if turn.campaign else ""
            st.caption(f"{begun(who)}{campaign} · {moment(turn.at)}")
            if turn.text:
                st.text(turn.text)


def _avatar(kind: ReplyKind | None) -> str:
    return ":material/person:" if kind else ":material/mail:"


def _show_actions(reply: Reply, *, first: bool) -> None:
    leads = first and reply.is_unread
    wants_none = reply.kind is ReplyKind.UNSUBSCRIBE
    with st.container(horizontal=True):
        if wants_none:
            _offer_to_stop(reply, primary=leads)
        st.link_button(
            _("Answer by mail"), mail_to(reply), icon=":material/reply:",
            type="primary" if leads and not wants_none else "secondary",
        )  # fmt: skip
        if reply.is_unread and st.button(
            _("Mark as read"), key=f"seen-{reply.reply_id}", icon=":material/done:"
        ):
            with guarded():
                mark_seen(workspace(), [reply.reply_id], now=utcnow())
                st.rerun()


def _offer_to_stop(reply: Reply, *, primary: bool) -> None:
    with workspace().database.read() as connection:
        left = is_left(connection, reply)
    if left:
        st.caption(_("Gets no more letters."))
    elif st.button(_("Send them no more letters"), key=f"stop-{reply.reply_id}",
                   icon=":material/unsubscribe:", type="primary" if primary else "secondary"):  # fmt: skip
        with guarded():
            stop_letters(workspace(), reply.reply_id, actor=OWNER, now=utcnow())
            note(_("They get no more letters."))
            st.rerun()


def mail_to(reply: Reply) -> str:
    """Return a link that opens a mail to whoever wrote, with their subject and words."""
    subject = reply.subject if reply.subject.lower().startswith("re:") else f"Re: {reply.subject}"
    words = "\n".join(f"> {line}" for line in reply.text[:QUOTED_CHARACTERS].splitlines())
    return (
        f"mailto:{quote(reply.address, safe='@')}?subject={quote(subject.strip())}"
        f"&body={quote(chr(10) * 2 + words)}"
    )


def _kilobytes(count: int) -> str:
    return _("{count} kB", count=number(max(1, round(count / 1000))))

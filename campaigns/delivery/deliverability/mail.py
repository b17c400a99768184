"""What a received mail, or one of our own, says of itself: the headers for one-click, and DKIM."""

from __future__ import annotations

from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import default
from email.utils import parseaddr

from campaigns.delivery.deliverability import Check, Light
from campaigns.delivery.deliverability.dkim import tags_of
from campaigns.errors import InputError

ONE_CLICK, SIGNED = "one_click", "signed"
HEADERS = ("list-unsubscribe", "list-unsubscribe-post")
PROMISE = "list-unsubscribe=one-click"


def read_mail(content: bytes) -> Message:
    """Return a mail as it lies in a file.

    Raises:
        InputError: this is no mail.
    """
    mail = message_from_bytes(content, policy=default)
    if not mail.keys():
        raise InputError("deliverability.mail")
    return mail


def one_click(mail: Message | EmailMessage) -> Check:
    """Say whether a mailbox may show its own button to unsubscribe (RFC 8058)."""
    link, post = (str(mail.get(name, "")) for name in HEADERS)
    if "<https://" not in link.lower():
        return Check(ONE_CLICK, Light.BAD, "one_click.link" if link else "one_click.none")
    if post.strip().lower() != PROMISE:
        return Check(ONE_CLICK, Light.BAD, "one_click.promise")
    return Check(ONE_CLICK, Light.GOOD, "one_click.good")


def signatures(mail: Message) -> list[Check]:
    """Say of each DKIM signature whether it covers both headers for one-click.

    A mailbox believes the headers only if a signature covers them (RFC 8058, section 4).
    """
    found = [tags_of(" ".join(str(one).split())) for one in mail.get_all("DKIM-Signature", [])]
    if not found:
        return [Check(SIGNED, Light.BAD, "signed.none")]
    sender = parseaddr(str(mail.get("From", "")))[1].rpartition("@")[2].lower()
    return [_covered(tags, sender) for tags in found]


def _covered(tags: dict[str, str], sender: str) -> Check:
    domain = tags.get("d", "").lower()
    facts = {"domain": domain or "-", "selector": tags.get("s", "-")}
    if not aligned(domain, sender):
        return Check(SIGNED, Light.UNKNOWN, "signed.other", {**facts, "sender": sender or "-"})
    signed = {one.lower() for one in tags.get("h", "").split(":")}
    lacking = [name for name in HEADERS if name not in signed]
    if lacking:
        return Check(SIGNED, Light.BAD, "signed.lacks", {**facts, "got": ", ".join(lacking)})
    return Check(SIGNED, Light.GOOD, "signed.good", facts)


def aligned(domain: str, sender: str) -> bool:
    """Say whether a signature of ``domain`` speaks for ``sender`` (relaxed: one above the other)."""
    return bool(domain) and (
        domain == sender or sender.endswith(f".{domain}") or domain.endswith(f".{sender}")
    )

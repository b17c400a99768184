"""One addressee's letter as a mail with both parts, for the transports that send whole mails."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from campaigns.delivery.transports import Request
from campaigns.delivery.transports.reply_address import LEAVE, REPLY, letter_id, own_address
from campaigns.letters import mime
from campaigns.letters.render import Rendered
from campaigns.store.options import Brand


def mail(
    request: Request, index: int, brand: Brand, now: datetime, reply_domain: str = ""
) -> bytes:
    """Return the mail of one addressee as it goes on the wire.

    With a ``reply_domain``, answers to it and mails that ask to leave have an address of their
    own, so that whoever writes from another mailbox is still known.

    Raises:
        RenderError: a name or an address cannot stand in a header.
    """
    addressee = request.addressee(index)
    subject, html, text = request.filled(index)
    domain = brand.from_address.rpartition("@")[2]
    leave = ""
    if reply_domain:
        answers = own_address(REPLY, addressee.unsubscribe_url, reply_domain)
        brand = replace(brand, reply_to=answers)
        leave = f"mailto:{own_address(LEAVE, addressee.unsubscribe_url, reply_domain)}"
    made = mime.message(
        Rendered(subject=subject, preheader="", html=html, text=text),
        brand=brand,
        to_address=addressee.address,
        to_name=addressee.name,
        language=request.language,
        message_id=f"<{letter_id(addressee.unsubscribe_url)}@{domain}>",
        unsubscribe_url=addressee.unsubscribe_url,
        date=now,
    )
    if leave:
        headers = mime.unsubscribe_headers(addressee.unsubscribe_url, leave)
        made.replace_header("List-Unsubscribe", headers["List-Unsubscribe"])
    return made.as_bytes()

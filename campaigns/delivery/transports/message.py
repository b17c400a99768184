"""One addressee's letter as a mail with both parts, for the transports that send whole mails."""

from __future__ import annotations

from datetime import datetime

from campaigns.delivery.transports import Request
from campaigns.letters import mime
from campaigns.letters.render import Rendered
from campaigns.store.options import Brand


def mail(request: Request, index: int, brand: Brand, now: datetime) -> bytes:
    """Return the mail of one addressee as it goes on the wire.

    Raises:
        RenderError: a name or an address cannot stand in a header.
    """
    addressee = request.addressee(index)
    subject, html, text = request.filled(index)
    domain = brand.from_address.rpartition("@")[2]
    made = mime.message(
        Rendered(subject=subject, preheader="", html=html, text=text),
        brand=brand,
        to_address=addressee.address,
        to_name=addressee.name,
        language=request.language,
        message_id=f"<{addressee.token}@{domain}>",
        unsubscribe_url=addressee.unsubscribe_url,
        date=now,
    )
    return made.as_bytes()

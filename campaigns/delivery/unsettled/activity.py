"""What SendGrid says it has of one attempt: its Email Activity, which an account must have bought.

Source: SendGrid's reference of ``GET /v3/messages``. The list is minutes late. So an absence counts
only when the list already shows an attempt that was made after the one in doubt had ended: then it
has reached past the moment at which ours would stand in it. Where no such attempt exists, nobody
knows yet.
"""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from campaigns.delivery.account import Account
from campaigns.delivery.transports import Fate
from campaigns.delivery.transports.choice import SENDGRID
from campaigns.delivery.transports.sendgrid_calls import call
from campaigns.errors import DeliveryError
from campaigns.store.suppressions import address_key
from campaigns.store.tables import attempt, batch, campaign
from campaigns.store.workspace import Workspace

LIMIT = 1000
"""Messages in one answer at most, and addressees of one attempt at most."""


class NotAskable(Exception):
    """The account has no Email Activity, or our key may not read it."""


def addresses(account: Account, key: str) -> set[str]:
    """Return the keys of the addresses that the provider has of attempt ``key``.

    Raises:
        NotAskable: it does not let us ask.
        DeliveryError: it cannot be asked now.
    """
    query = {"query": f"unique_args['x_k']=\"{key}\"", "limit": LIMIT}
    try:
        answer = call(account.host, account.api_key, "get", "messages", query=query)
    except DeliveryError as error:
        if error.code == "sendgrid.unreachable":
            raise
        raise NotAskable from None
    found = answer.get("messages") if isinstance(answer, dict) else None
    if not isinstance(found, list):
        raise DeliveryError("sendgrid.unreachable", host=account.host, reason="messages")
    return {address_key(str(one["to_email"])) for one in found if one.get("to_email")}


def is_past(workspace: Workspace, account: Account, moment: datetime) -> bool:
    """Say whether the provider's list shows anything that was sent after ``moment``.

    Raises:
        NotAskable, DeliveryError: as ``addresses``.
    """
    query = (
        sa.select(attempt.c.key)
        .join(batch, batch.c.id == attempt.c.batch_id)
        .join(campaign, campaign.c.id == batch.c.campaign_id)
        .where(
            attempt.c.intent_at > moment, attempt.c.outcome == Fate.ACCEPTED,
            campaign.c.transport == SENDGRID,
        )
        .order_by(attempt.c.intent_at)
        .limit(1)
    )  # fmt: skip
    with workspace.database.read() as connection:
        later = connection.execute(query).scalar_one_or_none()
    return later is not None and bool(addresses(account, later))

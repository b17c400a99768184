"""What SendGrid lets our key do: asked when it is entered, and before a campaign is approved."""

from __future__ import annotations

from campaigns.delivery.account import Account
from campaigns.delivery.transports.sendgrid_calls import TIMEOUT_S, call
from campaigns.errors import DeliveryError, NotAllowedError

MAIL_SEND = "mail.send"
"""The scope without which ``/v3/mail/send`` answers 403."""


def require_right_to_send(account: Account, name: str, *, timeout_s: float = TIMEOUT_S) -> None:
    """Refuse campaign ``name`` unless SendGrid says that our key may send.

    Raises:
        NotAllowedError: the key is wrong, may not send, or SendGrid cannot be reached.
    """
    try:
        scopes = scopes_of(account, timeout_s=timeout_s)
    except DeliveryError as error:
        if error.code in ("sendgrid.key", "sendgrid.forbidden"):
            raise NotAllowedError("campaign.sendgrid_key", name=name) from None
        why = error.facts.get("reason", error.code)
        raise NotAllowedError(
            "campaign.sendgrid_unreachable", name=name, host=account.host, reason=why
        ) from None
    if MAIL_SEND not in scopes:
        raise NotAllowedError("campaign.sendgrid_scope", name=name)


def scopes_of(account: Account, *, timeout_s: float = TIMEOUT_S) -> frozenset[str]:
    """Return what the key may do. Source: SendGrid's reference of ``GET /v3/scopes``.

    Raises:
        DeliveryError: as ``sendgrid_calls.call``.
    """
    answer = call(account.host, account.api_key, "get", "scopes", timeout_s=timeout_s)
    scopes = answer.get("scopes") if isinstance(answer, dict) else None
    return frozenset(map(str, scopes)) if isinstance(scopes, list) else frozenset()

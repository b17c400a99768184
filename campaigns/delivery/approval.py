"""What must be in order before anybody is written to. The first thing that is not, is raised."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import sqlalchemy as sa

from campaigns.delivery import trial_rows
from campaigns.delivery.account import Account, read_account
from campaigns.delivery.plan import mailbox
from campaigns.delivery.status import row_of
from campaigns.delivery.transports.choice import OUTBOX, SENDGRID, lacking
from campaigns.errors import NotAllowedError
from campaigns.letters.finding import Finding
from campaigns.model.language import Language
from campaigns.model.permission import Denial
from campaigns.store.options import Brand, read_brand
from campaigns.store.tables import contact, left_out
from campaigns.store.workspace import Workspace


def require_audience(connection: sa.Connection, row: sa.Row[Any]) -> None:
    """Refuse a campaign to nobody, or one whose letter lacks a language that readers need.

    Raises:
        NotAllowedError: with the languages and how many contacts read them.
    """
    missing = missing_languages(connection, row.id)
    if missing:
        languages = ", ".join(
            f"{language.own_name} ({count})" for language, count in missing.items()
        )
        raise NotAllowedError("campaign.languages_missing", name=row.name, languages=languages)
    if not row.planned:
        raise NotAllowedError("campaign.nobody", name=row.name)


def missing_languages(connection: sa.Connection, campaign_id: int) -> dict[Language, int]:
    """Return the languages that people were left out for, and how many they are."""
    query = (
        sa.select(contact.c.language, sa.func.count())
        .join(left_out, left_out.c.contact_id == contact.c.id)
        .where(
            left_out.c.campaign_id == campaign_id,
            left_out.c.reason == Denial.LANGUAGE_MISSING,
        )
        .group_by(contact.c.language)
    )
    return {Language(language): count for language, count in connection.execute(query)}


def require_sender(brand: Brand) -> None:
    """Refuse a sender without what the law demands.

    Raises:
        NotAllowedError: with the fields.
    """
    if missing := brand.missing():
        raise NotAllowedError("campaign.brand_missing", fields=", ".join(missing))
    for field in ("from_address", "reply_to"):
        if mailbox(getattr(brand, field)) == (None, None):
            raise NotAllowedError("campaign.sender_address", field=field)


def require_green(letter: str, found: Iterable[Finding]) -> None:
    """Refuse a campaign in which preflight found an error.

    Raises:
        NotAllowedError: with language and line of the first error.
    """
    errors = [finding for finding in found if finding.severity == "error"]
    if errors:
        raise _letter_error(letter, errors[0])


def _letter_error(letter: str, finding: Finding) -> NotAllowedError:
    language = str(finding.language)
    if finding.line:
        return NotAllowedError("campaign.letter_error", name=letter, language=language,
                               line=finding.line)  # fmt: skip
    return NotAllowedError("campaign.letter_error_whole", name=letter, language=language)


def require_reach(
    workspace: Workspace,
    transport: str,
    name: str,
    *,
    probe: Callable[[str], bool],
    account: Callable[[Account, str], None],
) -> None:
    """Refuse real mail without the transport's settings, an https address or the right to send.

    Raises:
        NotAllowedError: with the setting's name or the address.
    """
    settings = workspace.settings
    if unset := lacking(settings, transport):
        raise NotAllowedError("campaign.transport_settings", name=name, settings=", ".join(unset))
    if transport == OUTBOX:
        return
    known = read_account(workspace) if transport == SENDGRID else None
    if known and not known.api_key:
        raise NotAllowedError("campaign.sendgrid_missing", name=name)
    if not settings.public_url.startswith("https://"):
        raise NotAllowedError("campaign.public_url", name=name)
    if not probe(settings.base_url):
        raise NotAllowedError("campaign.unreachable", name=name, url=settings.base_url)
    if known:
        account(known, name)
        _require_trial(workspace, known, name)


def require_tried(workspace: Workspace, name: str) -> None:
    """Refuse to begin by another account than the one that was tried before the approval.

    Raises:
        NotAllowedError: key, region or sender were changed since.
        NotFoundError: there is no such campaign.
    """
    with workspace.database.read() as connection:
        row = row_of(connection, name)
    if row.transport == SENDGRID:
        _require_trial(workspace, read_account(workspace), name)


def _require_trial(workspace: Workspace, account: Account, name: str) -> None:
    """Refuse the first letters by an account that has not taken one of ours for ourselves."""
    with workspace.database.read() as connection:
        fingerprint = account.fingerprint(read_brand(connection).from_address)
        if not trial_rows.was_accepted(connection, fingerprint):
            raise NotAllowedError("campaign.trial", name=name)

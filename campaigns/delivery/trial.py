"""Send to me: one letter to the marketer's own mailbox, on the very way of a bulk send.

The letter is compiled, filled by column, compared with the plain path, turned into a request with
substitutions and given to the transport of the campaign. So what arrives is what customers get,
and what fails, fails here first. Its links belong to nobody: they carry the trial's own token, and
those that a campaign counts lead straight to where they go.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import polars as pl
import sqlalchemy as sa

from campaigns.delivery import trial_rows
from campaigns.delivery.account import read_account
from campaigns.delivery.bestsellers import bestsellers
from campaigns.delivery.heard import clicks
from campaigns.delivery.plan import mailbox
from campaigns.delivery.recipients import LINKS, Reader, links, values
from campaigns.delivery.requests import Occasion, compose
from campaigns.delivery.run import SYSTEM, Clock
from campaigns.delivery.status import row_of
from campaigns.delivery.transports import PEOPLE, Addressee, Request, Verdict
from campaigns.delivery.transports.choice import SENDGRID, lacking, open_transport
from campaigns.errors import DeliveryError, InputError, NotAllowedError
from campaigns.letters import library, quotes
from campaigns.letters.columns import Column, Columns
from campaigns.letters.fields import Values
from campaigns.letters.preview import longest_values, sample_values
from campaigns.letters.render import compile_text
from campaigns.model.language import Language
from campaigns.model.permission import Purpose
from campaigns.store.journal import record
from campaigns.store.options import Brand, read_brand
from campaigns.store.suppressions import address_hash, suppressed_keys
from campaigns.store.tables import message
from campaigns.store.workspace import Workspace

PER_ADDRESS = 10
PER_DAY = 50
"""Trials within a day: enough to polish a letter, too few to write to customers by it."""
DAY = timedelta(days=1)
TIME_S = 60.0
COMPANION = "companion@example.com"
"""Of the second reader of the request, who only makes the first one's values substitutions."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Which letter is tried, and as whose."""

    letter: str
    campaign: str
    campaign_id: int
    transport: str
    purpose: Purpose
    language: Language
    source: str
    design: str
    contact_id: int | None = None
    """A reader whose data it shows; None: an invented one."""
    counts_opens: bool = False


@dataclass(frozen=True, slots=True)
class Trial:
    """What became of a trial. ``token`` tells it from others in what the provider reports."""

    token: str
    transport: str
    language: Language
    subject: str
    substitutions: int
    """Values that the provider put in; the rest of the letter all readers share."""
    verdict: Verdict


def try_campaign(
    workspace: Workspace,
    name: str,
    *,
    to: str,
    language: Language | None = None,
    is_own: bool = False,
    actor: str,
    clock: Clock = SYSTEM,
) -> Trial:
    """Send the letter of a campaign to ``to`` by the campaign's transport.

    A planned campaign shows its first reader of the language, any other an invented one.

    Args:
        workspace: where the rows lie.
        name: of the campaign.
        to: the marketer's own mailbox.
        language: of the letter; None: the first that it has.
        is_own: the person says that ``to`` is theirs; the shop's own addresses need no word.
        actor: who tries.
        clock: where time and ids come from.

    Raises:
        NotFoundError: there is no such campaign.
        InputError: ``to`` is no address, or the letter lacks the language.
        NotAllowedError: ``to`` is not confirmed or suppressed, too many were sent, the sender is
            not complete, or the transport is not set up.
        RenderError: the letter cannot be written.
    """
    with workspace.database.read() as connection:
        subject = _of_campaign(connection, workspace, name, language)
    return _send(workspace, subject, to=to, is_own=is_own, actor=actor, clock=clock)


def try_letter(
    workspace: Workspace,
    letter: str,
    *,
    to: str,
    language: Language,
    transport: str = SENDGRID,
    is_own: bool = False,
    actor: str,
    clock: Clock = SYSTEM,
) -> Trial:
    """Send a letter of the library to ``to``, with the data of an invented reader.

    Raises:
        NotFoundError: there is no such letter.
        InputError, NotAllowedError, RenderError: as ``try_campaign``.
    """
    with workspace.database.read() as connection:
        found = library.load(connection, letter)
    source = _source(found.texts, letter, language)
    subject = Subject(letter, letter, 0, transport, found.purpose, language, source, "note")
    return _send(workspace, subject, to=to, is_own=is_own, actor=actor, clock=clock)


def _of_campaign(
    connection: sa.Connection, workspace: Workspace, name: str, language: Language | None
) -> Subject:
    row = row_of(connection, name)
    texts = {Language(one): sources for one, sources in row.texts.items()}
    texts = texts or dict(library.load(connection, row.letter).texts)
    chosen = language or next(iter(texts))
    _source(texts, row.letter, chosen)
    reader = connection.execute(
        sa.select(message.c.contact_id, message.c.text, message.c.design)
        .where(message.c.campaign_id == row.id, message.c.language == chosen)
        .order_by(message.c.id)
        .limit(1)
    ).first()
    number, design = (reader.text, reader.design) if reader else (1, "note")
    return Subject(
        row.letter, row.name, row.id, row.transport, Purpose(row.purpose), chosen,
        texts[chosen][number - 1], design, reader.contact_id if reader else None,
        counts_opens=clicks.links_of(connection, workspace.settings, row) is not None,
    )  # fmt: skip


def _source(texts: Mapping[Language, Sequence[str]], letter: str, language: Language) -> str:
    if not texts.get(language):
        raise InputError("trial.language", name=letter, language=language)
    return texts[language][0]


def _send(
    workspace: Workspace, subject: Subject, *, to: str, is_own: bool, actor: str, clock: Clock
) -> Trial:
    now, token, key = clock.utcnow(), clock.new_token(), clock.new_token()
    with workspace.database.read() as connection:
        brand = read_brand(connection)
        address, address_key = _own_address(brand, to, is_own=is_own)
        _require_ready(workspace, brand, subject)
        request = _request(workspace, connection, brand, subject, address, token, now)
    row = {
        "token": token, "transport": subject.transport, "letter": subject.letter,
        "account": account_of(workspace, subject.transport, brand), "language": subject.language,
        "key": key, "address_hash": address_hash(address_key), "at": now, "actor": actor,
    }  # fmt: skip
    with workspace.database.begin() as connection:
        _require_allowed(connection, address_key, now)
        trial_rows.intend(connection, row)
        record(connection, actor=actor, verb="trial.send", subject=f"trial:{token}", now=now,
               letter=subject.letter, transport=subject.transport, confirmed=is_own)  # fmt: skip
    verdict = _ask(workspace, subject, brand, request, key, clock)
    words = request.filled(0)[0]
    return Trial(token, subject.transport, subject.language, words, request.tags.width, verdict)


def _ask(
    workspace: Workspace, subject: Subject, brand: Brand, request: Request, key: str, clock: Clock
) -> Verdict:
    transport = open_transport(workspace, subject.transport, brand)
    try:
        outcome = transport.send(request, key, now=clock.utcnow(), time_left_s=TIME_S)
    finally:
        transport.close()
    [verdict] = outcome.verdicts
    verdict = replace(verdict, error=verdict.error or outcome.error)
    with workspace.database.begin() as connection:
        trial_rows.conclude(
            connection, _token(request), outcome=verdict.fate, provider_id=outcome.provider_id,
            error=verdict.error,
        )  # fmt: skip
    return verdict


def account_of(workspace: Workspace, transport: str, brand: Brand) -> str:
    """Return the fingerprint of what a letter leaves by."""
    if transport != SENDGRID:
        return transport
    return read_account(workspace).fingerprint(brand.from_address)


def _own_address(brand: Brand, to: str, *, is_own: bool) -> tuple[str, str]:
    address, key = mailbox(to)
    if address is None or key is None:
        raise InputError("trial.address")
    shop = {mailbox(one)[1] for one in (brand.from_address, brand.reply_to)}
    if key not in shop and not is_own:
        raise NotAllowedError("trial.not_own")
    return address, key


def _require_ready(workspace: Workspace, brand: Brand, subject: Subject) -> None:
    if missing := brand.missing():
        raise NotAllowedError("trial.brand", fields=", ".join(missing))
    if unset := lacking(workspace.settings, subject.transport):
        raise NotAllowedError(
            "campaign.transport_settings", name=subject.campaign, settings=", ".join(unset)
        )
    if subject.transport == SENDGRID and not read_account(workspace).api_key:
        raise DeliveryError("sendgrid.missing")


def _require_allowed(connection: sa.Connection, address_key: str, now: datetime) -> None:
    """Look once more where the intent is committed, as for every letter."""
    if suppressed_keys(connection, [address_key]):
        raise NotAllowedError("trial.suppressed")
    for limit, hashed in ((PER_ADDRESS, address_hash(address_key)), (PER_DAY, None)):
        count = trial_rows.count_since(connection, now - DAY, hashed)
        if count >= limit:
            raise NotAllowedError("trial.limit", count=count, limit=limit)


def _request(
    workspace: Workspace,
    connection: sa.Connection,
    brand: Brand,
    subject: Subject,
    address: str,
    token: str,
    now: datetime,
) -> Request:
    """Return the bulk request of two readers, for the first of them alone."""
    compiled = compile_text(
        subject.source, subject.language, brand, design=subject.design,
        quotes=quotes.published(connection),
    )  # fmt: skip
    tokens = [token, f"{token}x"]
    readers = _readers(workspace, connection, subject, tokens, now)
    people = _people(readers, [address, COMPANION], tokens)
    occasion = Occasion(
        subject.campaign_id, subject.campaign, subject.language, counts_opens=subject.counts_opens
    )
    made = compose(
        occasion, compiled, people, by_column(readers),
        lambda rows: [readers[row] for row in rows], window=len(readers),
    )  # fmt: skip
    [mine] = [
        one.only([place])
        for one in made.requests
        for place, whose in enumerate(one.people["token"])
        if whose == token
    ]
    return mine


def _readers(
    workspace: Workspace,
    connection: sa.Connection,
    subject: Subject,
    tokens: Sequence[str],
    now: datetime,
) -> list[Values]:
    """Return what is known of the reader, and of one who differs in name and links alone."""
    if subject.contact_id is None:
        first: Values = dict(sample_values(subject.language))
    else:
        reader = Reader(subject.contact_id, subject.language, tokens[0])
        [first] = values(
            workspace, connection, [reader], purpose=subject.purpose, now=now,
            bestsellers=bestsellers(workspace, connection, now=now),
        )  # fmt: skip
    other = longest_values(subject.language)
    named = {name: other[name] for name in ("given_name", "contact")} if first["given_name"] else {}
    signed = {field: links(workspace, field, pl.Series(tokens)) for field in LINKS}
    return [
        {**first, **more, **{field: of[place] for field, of in signed.items()}}
        for place, more in enumerate(({}, named))
    ]


def _people(
    readers: Sequence[Values], addresses: Sequence[str], tokens: Sequence[str]
) -> pl.DataFrame:
    rows = [
        Addressee(0, token, address, _name(known), unsubscribe_url=str(known["unsubscribe_url"]))
        for known, address, token in zip(readers, addresses, tokens, strict=True)
    ]
    shape: dict[str, Any] = {name: [getattr(one, name) for one in rows] for name in PEOPLE}
    return pl.DataFrame(shape, schema=PEOPLE)


def _name(known: Values) -> str:
    return " ".join(str(one) for one in (known["given_name"], known["family_name"]) if one)


def by_column(readers: Sequence[Values]) -> Columns:
    """Return readers as the bulk path takes them."""
    codes = np.arange(len(readers), dtype=np.int32)
    names = readers[0].keys()
    return Columns(
        len(readers), {name: Column(codes, [one[name] for one in readers]) for name in names}
    )


def _token(request: Request) -> str:
    found: str = request.people["token"][0]
    return found

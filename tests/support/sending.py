"""A shop that can send: a brand, a letter in three languages, people who agreed."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

import polars as pl
import sqlalchemy as sa

from campaigns.clock import new_token
from campaigns.delivery import campaigns
from campaigns.delivery.account import read_account
from campaigns.delivery.transports import PEOPLE, Addressee
from campaigns.letters import library
from campaigns.model.language import Language
from campaigns.model.limits import Limits
from campaigns.model.options import CampaignOptions, Schedule, stored
from campaigns.model.permission import Purpose
from campaigns.store.limits import save_limits
from campaigns.store.options import Brand, read_brand, save_brand
from campaigns.store.tables import attempt, batch, campaign, message, trial
from campaigns.store.workspace import Workspace
from tests.support.factory import a_consent, a_contact
from tests.support.made_once import made_once

BRAND = Brand(
    shop_name="Արևիկ",
    legal_name="«Արևիկ» ՍՊԸ",
    postal_address="Աբովյան 1, Երևան",
    from_name="Արևիկ",
    from_address="shop@arevik.example",
    reply_to="hello@arevik.example",
)
LETTER = "spring"
TEXTS = {
    Language.HY: "Բարև, {{ given_name | default('ընկեր') }}։",
    Language.KA: "გამარჯობა, {{ given_name | default('მეგობარო') }}!",
    Language.EN: "Hello {{ given_name | default('friend') }}!",
}
LANGUAGES = ("hy", "ka", "en")
AT_ANY_HOUR = Schedule(opens=0, closes=0, holidays=True)


def source(body: str) -> str:
    """A whole text with ``body`` in it."""
    head = "subject: Spring\npreheader: News\npurpose: offers\ndesigns: note\nbenefit: 5 %"
    return f"---\n{head}\n---\n{body} {{{{ benefit }}}}\n"


@made_once
def a_shop(workspace: Workspace, now: datetime) -> None:
    """Save the brand and the letter."""
    with workspace.database.begin() as connection:
        save_brand(connection, BRAND, actor="anna", now=now)
        save_limits(connection, Limits(caps=()), actor="anna", now=now)  # tests send all day long
        texts = {language: [source(body)] for language, body in TEXTS.items()}
        library.save(connection, LETTER, texts, actor="anna", now=now)


@made_once
def people(
    workspace: Workspace, now: datetime, count: int, *, languages: tuple[str, ...] = LANGUAGES
) -> list[int]:
    """Insert contacts who agreed to offers; return their ids."""
    with workspace.database.begin() as connection:
        return [_person(connection, now, languages[i % len(languages)]) for i in range(count)]


def _person(connection: sa.Connection, now: datetime, language: str) -> int:
    contact_id = a_contact(connection, now=now, language=language)
    a_consent(connection, contact_id, now=now, purpose=Purpose.OFFERS)
    return contact_id


def a_running_campaign(
    workspace: Workspace,
    now: datetime,
    *,
    name: str = "Spring",
    transport: str = "outbox",
    schedule: Schedule = AT_ANY_HOUR,
) -> int:
    """Create, plan, approve and start a campaign to everyone; return its id.

    Tests run at night, too, and with the machine's clock where processes are killed: by default
    letters leave at any hour, and nobody asks how long they have been waiting since ``now``.
    """
    campaign_id = _running(workspace, now, name, transport, schedule)
    _use_this_account(workspace)
    return campaign_id


@made_once
def _running(
    workspace: Workspace, now: datetime, name: str, transport: str, schedule: Schedule
) -> int:
    campaign_id = an_approved_campaign(
        workspace, now, name=name, transport=transport, schedule=schedule
    )
    campaigns.send(workspace, name, actor="anna", now=now)
    if schedule is AT_ANY_HOUR:
        with workspace.database.begin() as connection:
            connection.execute(batch.update().values(not_before=None))
    return campaign_id


def an_approved_campaign(
    workspace: Workspace,
    now: datetime,
    *,
    name: str = "Spring",
    transport: str = "outbox",
    schedule: Schedule = AT_ANY_HOUR,
) -> int:
    """Create, plan and approve a campaign to everyone; return its id."""
    campaign_id = _approved(workspace, now, name, transport, schedule)
    _use_this_account(workspace)
    return campaign_id


def _use_this_account(workspace: Workspace) -> None:
    """Let trials be of this test's own SendGrid, whoever made them."""
    with workspace.database.begin() as connection:
        fingerprint = read_account(workspace).fingerprint(read_brand(connection).from_address)
        connection.execute(trial.update().values(account=fingerprint))


@made_once
def _approved(
    workspace: Workspace, now: datetime, name: str, transport: str, schedule: Schedule
) -> int:
    campaign_id = campaigns.create(
        workspace, name, segment="everyone", letter=LETTER, transport=transport, actor="anna",
        now=now,
    )  # fmt: skip
    leaves(workspace, campaign_id, schedule)
    campaigns.plan(workspace, name, actor="anna", now=now)
    an_accepted_trial(workspace, now)
    campaigns.approve(
        workspace, name, actor="anna", now=now, probe=lambda _url: True,
        account=lambda _settings, _name: None,
    )  # fmt: skip
    return campaign_id


def leaves(workspace: Workspace, campaign_id: int, schedule: Schedule = AT_ANY_HOUR) -> None:
    """Set the hours of a campaign that is not planned yet."""
    told = stored(CampaignOptions(schedule=schedule))
    with workspace.database.begin() as connection:
        connection.execute(
            campaign.update().where(campaign.c.id == campaign_id).values(options=told)
        )


def an_accepted_trial(workspace: Workspace, now: datetime) -> None:
    """Let SendGrid have taken a letter to ourselves, which it must before the first campaign."""
    with workspace.database.begin() as connection:
        fingerprint = read_account(workspace).fingerprint(read_brand(connection).from_address)
        connection.execute(
            trial.insert().values(
                token=new_token(), transport="sendgrid", account=fingerprint, letter=LETTER,
                language="hy", key="k", address_hash="a", outcome="accepted", at=now, actor="anna",
            )
        )  # fmt: skip


def people_of(addressees: list[Addressee]) -> pl.DataFrame:
    """The addressees of a request, as it has them."""
    return pl.DataFrame([asdict(one) for one in addressees], schema=PEOPLE)


def states(workspace: Workspace) -> dict[str, int]:
    """How many messages are in each state."""
    return _count(workspace, message.c.state)


def batch_states(workspace: Workspace) -> dict[str, int]:
    return _count(workspace, batch.c.state)


def attempt_outcomes(workspace: Workspace) -> dict[str | None, int]:
    return _count(workspace, attempt.c.outcome)


def _count(workspace: Workspace, column: sa.Column[str]) -> dict[str, int]:
    query = sa.select(column, sa.func.count()).group_by(column)
    with workspace.database.read() as connection:
        return dict(iter(connection.execute(query)))

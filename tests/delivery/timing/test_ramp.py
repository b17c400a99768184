"""A new domain sends so many a day, whoever sends them."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from campaigns.clock import new_owner
from campaigns.delivery.dispatch import Clock, send_campaign
from campaigns.delivery.status import status
from campaigns.delivery.timing import gate, ramp
from campaigns.errors import InputError
from campaigns.model.options import CampaignOptions, Schedule, stored
from campaigns.store.tables import batch, campaign
from tests.delivery.conftest import use_sendgrid
from tests.support.sending import AT_ANY_HOUR, a_running_campaign, a_shop, people

DAY = datetime(2026, 3, 3, 6, tzinfo=UTC)  # Tuesday, 10:00 in Yerevan
TOMORROW = timedelta(days=1)


@pytest.fixture
def real_shop(sqlite_shop, sendgrid):
    use_sendgrid(sqlite_shop, sendgrid.address)
    return sqlite_shop


def _ramp(workspace, now, first=4, growth=1.5):
    ramp.save_ramp(workspace, first=first, growth=growth, actor="ani", now=now)


def _send(workspace, campaign_id, now):
    clock = replace(Clock(), utcnow=lambda: now)
    return send_campaign(workspace, campaign_id, owner="w", clock=clock).accepted


def _today(workspace, now):
    with workspace.database.read() as connection:
        found = ramp.today(connection, "sendgrid", now=now)
    return found and (found.limit, found.used)


def _status(workspace, name="Spring"):
    with workspace.database.read() as connection:
        return status(connection, name)


@pytest.mark.slow
def test_each_day_sends_its_share_and_the_rest_leaves_when_the_next_one_opens(real_shop):
    people(real_shop, DAY, 13, languages=("en",))
    _ramp(real_shop, DAY)
    campaign_id = a_running_campaign(real_shop, DAY, transport="sendgrid", schedule=Schedule())

    sent = [_send(real_shop, campaign_id, DAY)]
    waiting = _status(real_shop)
    sent += [_send(real_shop, campaign_id, DAY + timedelta(hours=9))]
    sent += [_send(real_shop, campaign_id, DAY + n * TOMORROW) for n in (1, 2)]

    assert sent == [4, 0, 6, 3]
    assert waiting.leaves_from == datetime(2026, 3, 4, 5, tzinfo=UTC)
    assert _status(real_shop).state == "done"
    assert _today(real_shop, DAY + 2 * TOMORROW) == (9, 3)


@pytest.mark.slow
def test_two_campaigns_share_the_day_and_a_refusal_uses_nothing_up(real_shop, sendgrid):
    people(real_shop, DAY, 3, languages=("en",))
    _ramp(real_shop, DAY)
    first = a_running_campaign(real_shop, DAY, transport="sendgrid")
    sendgrid.faults = ["429"]
    _send(real_shop, first, DAY)

    refused = _today(real_shop, DAY)
    later = DAY + timedelta(hours=1)
    _send(real_shop, first, later)
    people(real_shop, DAY, 3, languages=("en",))
    second = a_running_campaign(real_shop, DAY, name="Summer", transport="sendgrid")

    assert (refused, _today(real_shop, later)) == ((4, 0), (4, 3))
    assert _send(real_shop, second, later) == 1
    assert _today(real_shop, later) == (4, 4)


@pytest.mark.slow
def test_the_outbox_and_a_sandbox_use_nothing_up(real_shop):
    people(real_shop, DAY, 6)
    _ramp(real_shop, DAY)
    box = a_running_campaign(real_shop, DAY, name="Outbox")
    sand = a_running_campaign(real_shop, DAY, name="Sandbox", transport="sendgrid")
    options = stored(CampaignOptions(schedule=AT_ANY_HOUR, sandbox=True))
    with real_shop.database.begin() as connection:
        connection.execute(campaign.update().where(campaign.c.id == sand).values(options=options))

    assert (_send(real_shop, box, DAY), _send(real_shop, sand, DAY)) == (6, 6)
    assert _today(real_shop, DAY) == (4, 0)


def test_a_day_without_letters_warms_nothing_up_and_a_warm_domain_is_not_counted(real_shop):
    began = ramp.Ramp(200).on(DAY.date())

    assert began.on(DAY.date()).limit == 200
    assert began.on(DAY.date() + 9 * TOMORROW).limit == 300
    _ramp(real_shop, DAY, first=ramp.WARM)
    assert _today(real_shop, DAY) is None
    _ramp(real_shop, DAY, first=0)
    assert _today(real_shop, DAY) is None


@pytest.mark.parametrize(("first", "growth"), [(-1, 1.5), (200, 1.0), (200, 3.1)])
def test_a_ramp_that_makes_no_sense_is_refused(sqlite_shop, first, growth):
    with pytest.raises(InputError):
        _ramp(sqlite_shop, DAY, first, growth)


@pytest.mark.slow
def test_workers_that_claim_at_once_keep_the_share_together(postgres_workspace, now):
    """Eight of them, each with a connection of its own, until nothing more may be claimed."""
    shop, lease_s = postgres_workspace, 60
    object.__setattr__(shop.settings, "batch_size", 7)
    a_shop(shop, now)
    people(shop, now, 200, languages=("en",))
    campaign_id = a_running_campaign(shop, now)
    with shop.database.begin() as connection:
        connection.execute(campaign.update().values(transport="sendgrid"))
    _ramp(shop, now, first=100)
    together = threading.Barrier(8)

    def work():
        together.wait()
        owner = new_owner()
        while True:
            with shop.database.begin() as connection:
                if not gate.claim(connection, campaign_id, owner, now=now, lease_s=lease_s):
                    return

    workers = [threading.Thread(target=work) for _ in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    with shop.database.read() as connection:
        sizes = sa.select(batch.c.state, sa.func.sum(batch.c.size)).group_by(batch.c.state)
        assert dict(iter(connection.execute(sizes))) == {"claimed": 100, "ready": 100}

"""A backup taken in the middle of a send, put back after its end: nobody gets a second letter."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

import pytest
import sqlalchemy as sa

from campaigns.clock import utcnow
from campaigns.delivery import campaigns
from campaigns.delivery.dispatch import send_campaign
from campaigns.delivery.heard import events
from campaigns.delivery.unsettled import doubt, restored
from campaigns.store.tables import attempt, batch, campaign, message
from campaigns.store.workspace import open_workspace
from tests.support.sending import a_running_campaign, people, states

READERS = 8


@pytest.fixture
def shop(sqlite_shop):
    return sqlite_shop


@pytest.fixture
def campaign_id(sendgrid_shop, now):
    object.__setattr__(sendgrid_shop.settings, "batch_size", 2)
    people(sendgrid_shop, now, READERS, languages=("hy",))
    return a_running_campaign(sendgrid_shop, now, transport="sendgrid")


@pytest.fixture
def old(sendgrid_shop, sendgrid, campaign_id):
    """The workspace as it was after the second request, though all were made."""
    path = sendgrid_shop.settings.data / "campaigns.sqlite"
    copy = path.with_suffix(".backup")
    passed = []

    def checkpoint(point):
        passed.append(point)
        if passed.count("intended") == 3 and point == "intended":
            with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
                source.backup(target)

    send_campaign(sendgrid_shop, campaign_id, owner="w", checkpoint=checkpoint)
    assert states(sendgrid_shop) == {"accepted": READERS}
    sendgrid_shop.database.close()
    for extra in ("-wal", "-shm"):
        path.with_name(path.name + extra).unlink(missing_ok=True)
    copy.replace(path)
    workspace = open_workspace(sendgrid_shop.settings)
    yield workspace
    workspace.database.close()


@pytest.mark.slow
def test_after_a_restore_nobody_is_sent_to_and_all_who_waited_are_unknown(
    old, sendgrid, campaign_id, now
):
    assert states(old) == {"accepted": 4, "in_flight": 2, "pending": 2}

    found = restored.doubt(old, actor="anna", now=now)
    send_campaign(old, campaign_id, owner="w")

    assert found == restored.Restored(["Spring"], 4)
    assert states(old) == {"accepted": 4, "unknown": 4}
    assert status(old) == "paused"
    assert set(sendgrid.received().values()) == {1}


@pytest.mark.slow
def test_what_was_restored_is_settled_by_events_and_the_rest_by_a_person(
    old, sendgrid, campaign_id, now
):
    restored.doubt(old, actor="anna", now=now)
    told = [sendgrid.event(one, "delivered") for one in sendgrid.messages[:7]]
    events.keep_body(old, "sendgrid", json.dumps(told).encode(), now=now)
    events.ingest(old, now=now)
    assert states(old) == {"accepted": 7, "unknown": 1}

    campaigns.resume(old, "Spring", actor="anna", now=now)
    send_campaign(old, campaign_id, owner="w")
    assert status(old) == "done"
    campaigns.settle(old, "Spring", decision="assume_sent", actor="anna", now=now)

    assert states(old) == {"accepted": READERS}
    assert set(sendgrid.received().values()) == {1}


@pytest.mark.slow
@pytest.mark.parametrize("policy", ["reconcile", "resend"])
def test_no_policy_sends_again_what_a_restore_left_in_doubt(old, sendgrid, now, policy):
    restored.doubt(old, actor="anna", now=now)
    with old.database.begin() as connection:
        connection.execute(
            sa.text("UPDATE campaign SET options = :it"), {"it": json.dumps({"policy": policy})}
        )

    doubt.settle_unknown(old, now=utcnow() + 2 * doubt.GRACE)

    assert states(old) == {"accepted": 4, "unknown": 4}
    assert len(sendgrid.messages) == READERS


@pytest.mark.slow
@pytest.mark.parametrize(("was", "then"), [("unknown", "unknown"), ("recalling", "recalled")])
def test_nor_does_a_doubt_that_is_as_old_as_the_backup(old, now, was, then):
    """It was decided since, and the letters may have left in another attempt."""
    with old.database.begin() as connection:
        connection.execute(message.update().values(state="unknown"))
        connection.execute(batch.update().values(state="unknown", unknown=2))
        long_ago = utcnow() - doubt.GRACE * 2
        connection.execute(
            attempt.update().values(
                outcome=was, result_at=long_ago, recall_id="R", send_at=utcnow() + doubt.GRACE
            )
        )
        connection.execute(campaign.update().values(state="done", options={"policy": "resend"}))

    restored.doubt(old, actor="anna", now=now)

    with old.database.read() as connection:
        assert not doubt.is_due(connection, utcnow())
        assert set(connection.scalars(sa.select(attempt.c.outcome))) == {then}


@pytest.mark.slow
def test_a_second_word_of_it_changes_nothing(old, now):
    restored.doubt(old, actor="anna", now=now)

    assert restored.doubt(old, actor="anna", now=now).messages == 0
    with old.database.read() as connection:
        counted = connection.execute(sa.select(sa.func.sum(batch.c.unknown))).scalar()
        silent = sa.select(attempt.c.id).where(attempt.c.outcome.is_(None))
        assert (counted, connection.execute(silent).all()) == (4, [])


def status(shop):
    with shop.database.read() as connection:
        return campaigns.status(connection, "Spring").state

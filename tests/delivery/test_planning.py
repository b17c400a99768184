"""A plan is there as a whole or not at all, whenever its process dies."""

from __future__ import annotations

import os
import signal
import sys
from subprocess import DEVNULL, PIPE, Popen

import polars as pl
import pytest
import sqlalchemy as sa

from campaigns.delivery import campaigns, plan
from campaigns.store.suppressions import (
    SuppressionReason,
    suppress,
    suppressed_among,
)
from campaigns.store.tables import batch, campaign, left_out, message
from tests.support.factory import a_contact
from tests.support.sending import LETTER, people

DYING = """
import sys
from pathlib import Path
from campaigns.clock import utcnow
from campaigns.delivery import campaigns, plan
from campaigns.settings import Settings
from campaigns.store import bulk
from campaigns.store.workspace import open_workspace

def telling(insert):
    def told(connection, table, *rows, **more):
        insert(connection, table, *rows, **more)
        if table.name == sys.argv[2]:
            print("written", flush=True)
            sys.stdin.read()
    return told

bulk.insert = telling(bulk.insert)
settings = Settings(data=Path(sys.argv[1]), database_url=sys.argv[3])
campaigns.plan(open_workspace(settings), "Spring", actor="a", now=utcnow())
"""


def rows(shop):
    with shop.database.read() as connection:
        return [
            connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
            for table in (batch, message, left_out)
        ] + [connection.execute(sa.select(campaign.c.state, campaign.c.planned)).one()]


@pytest.mark.slow
@pytest.mark.parametrize("table", ["left_out", "message"])
def test_a_plan_whose_process_is_killed_leaves_what_was_there(shop, now, table):
    people(shop, now, 7)
    with shop.database.begin() as connection:
        a_contact(connection, now=now, address=None)
    campaigns.create(shop, "Spring", segment="everyone", letter=LETTER, actor="a", now=now)
    nothing = rows(shop)
    die_planning(shop, table)
    assert rows(shop) == nothing

    campaigns.plan(shop, "Spring", actor="a", now=now)
    whole = rows(shop)
    assert whole == [3, 7, 1, ("planned", 7)]
    people(shop, now, 2)
    die_planning(shop, table)
    assert rows(shop) == whole

    assert campaigns.plan(shop, "Spring", actor="a", now=now).planned == 9


def die_planning(shop, table):
    """Plan in another process, and kill it when it has written ``table`` and committed nothing."""
    url = shop.settings.database_url or ""
    words = [sys.executable, "-c", DYING, str(shop.settings.data), table, url]
    with Popen(words, stdin=PIPE, stdout=PIPE, stderr=DEVNULL) as process:
        assert process.stdout.readline() == b"written\n"
        os.kill(process.pid, signal.SIGKILL)
        process.wait()


@pytest.mark.parametrize("audience", [2, 6], ids=["shorter than the list", "longer"])
def test_suppressions_are_found_from_either_side(workspace, now, audience):
    with workspace.database.begin() as connection:
        for number in (0, 1, 100, 101):
            suppress(connection, f"p{number}@x.am", reason=SuppressionReason.OPERATOR,
                     source="t", actor="t", now=now)  # fmt: skip
        keys = pl.Series("key", [f"p{number}@x.am" for number in range(1, audience)] + [None])
        found = suppressed_among(connection, keys)

    assert found == {"p1@x.am"}


def test_an_audience_that_holds_an_address_twice_is_never_written(sqlite_shop, now):
    audience = pl.DataFrame({"key": ["ani@example.am"] * 2, "denial": [None, None],
                             "contact_id": [1, 2]}, schema_overrides={"denial": pl.String})  # fmt: skip

    with sqlite_shop.database.begin() as connection, pytest.raises(RuntimeError, match="twice"):
        plan.freeze(connection, 1, audience, batch_size=9, new_tokens=lambda _count: [])

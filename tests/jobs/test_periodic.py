"""What comes round by itself comes once a turn."""

from datetime import timedelta

from campaigns.jobs import periodic, rows
from campaigns.store import work

EVERY = {"tidy": timedelta(days=1)}


def due(workspace, now):
    with workspace.database.read() as connection:
        return periodic.due(connection, now=now, every=EVERY)


def done(workspace, now):
    with workspace.database.begin() as connection:
        job_id = work.ask(connection, "tidy", "tidy", actor="worker", now=now)
        mine = rows.claim(connection, job_id, "host:1:a", lease_s=30, now=now)
        rows.finish(connection, mine, None, now=now)


def test_a_turn_is_due_at_first_and_then_when_its_time_has_passed(sqlite_workspace, now):
    first = due(sqlite_workspace, now)
    done(sqlite_workspace, now)

    assert first == ["tidy"]
    assert due(sqlite_workspace, now + timedelta(hours=23)) == []
    assert due(sqlite_workspace, now + timedelta(hours=25)) == ["tidy"]


def test_what_waits_is_not_asked_for_again(sqlite_workspace, now):
    with sqlite_workspace.database.begin() as connection:
        work.ask(connection, "tidy", "tidy", actor="worker", now=now)

    assert due(sqlite_workspace, now + timedelta(days=3)) == []

"""Asking for work: once, however many ask."""

from __future__ import annotations

import threading

import sqlalchemy as sa

from campaigns.model.states import JobState
from campaigns.store.tables import job
from campaigns.store.work import ask


def wanted(workspace, now, **args):
    with workspace.database.begin() as connection:
        return ask(connection, "send_campaign", "send:1", actor="anna", now=now, **args)


def test_a_second_wish_for_the_same_work_is_the_first(workspace, now):
    first = wanted(workspace, now)

    assert wanted(workspace, now) == first
    with workspace.database.read() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(job)).scalar_one() == 1


def test_finished_work_is_asked_for_anew_and_running_work_is_left_alone(workspace, now):
    first = wanted(workspace, now, campaign_id=1)
    for state, then in ((JobState.RUNNING, 1), (JobState.DONE, 2), (JobState.FAILED, 3)):
        with workspace.database.begin() as connection:
            connection.execute(job.update().values(state=state))

        assert wanted(workspace, now, campaign_id=then) == first

        with workspace.database.read() as connection:
            row = connection.execute(sa.select(job)).one()
        assert row.args == {"campaign_id": then}
        assert row.state == (JobState.RUNNING if state is JobState.RUNNING else JobState.QUEUED)


def test_two_who_ask_at_the_same_moment_get_the_same_work(workspace, now):
    barrier, found = threading.Barrier(4), []

    def one():
        barrier.wait()
        found.append(wanted(workspace, now))

    threads = [threading.Thread(target=one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(found) == 4
    assert len(set(found)) == 1

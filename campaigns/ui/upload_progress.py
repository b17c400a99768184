"""How far files and sheets are: a bar for each, drawn anew every second until one of them ends."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import streamlit as st

from campaigns.clock import utcnow
from campaigns.jobs.progress import Told, told
from campaigns.model.states import JobState
from campaigns.store.work import find_job
from campaigns.ui.resources import workspace
from campaigns.ui.safe import plain
from campaigns.ui.words import _, label, ngettext, number
from campaigns.ui.worker_state import is_worker_running

SOON_S = 2.0
"""A rate measured over less says nothing, and a wait of less need not be told."""
OPEN = (JobState.QUEUED, JobState.RUNNING)


def show_running(names: Mapping[str, str]) -> None:
    """Show the progress of jobs (key → name of the file or sheet); ends by drawing the page anew.

    What is under way stands in the store, so that a page loaded again goes on where it was.
    """

    @st.fragment(run_every=1.0)
    def live() -> None:
        still = [_show_one(key, name) for key, name in names.items()]
        if not all(still):
            st.rerun()

    live()


def is_open(key: str) -> bool:
    """Say whether the job of ``key`` waits or runs."""
    with workspace().database.read() as connection:
        job = find_job(connection, key)
    return job is not None and job.state in OPEN


def _show_one(key: str, name: str) -> bool:
    with workspace().database.read() as connection:
        job = find_job(connection, key)
    if job is None or job.state not in OPEN:
        return False
    now = told(workspace().files, job.id, now=utcnow())
    words = [plain(name, limit=60), *(_course(now, utcnow() - now.started) if now else _waiting())]
    st.progress(_share(now), text=" · ".join(words))
    return True


def _waiting() -> list[str]:
    if is_worker_running():
        return [label("upload.queued")]
    return [_("it waits, because the worker is not running")]


def _course(now: Told, elapsed: timedelta) -> list[str]:
    """What the job is at, how far it is, how fast it goes, and how long it still takes.

    The last two only once they can be told: the first rows of a stage say little.
    """
    words = [label(f"stage.{now.stage}")] if now.stage else []
    if now.total:
        words.append(ngettext("{done} of {total} row", "{done} of {total} rows", now.total,
                              done=number(now.done), total=number(now.total)))  # fmt: skip
    seconds = elapsed.total_seconds()
    if now.done and seconds >= SOON_S:
        rate = now.done / seconds
        words.append(_("{count} rows a second", count=number(round(rate))))
        words += _left((now.total - now.done) / rate)
    return words


def _left(seconds: float) -> list[str]:
    if seconds < SOON_S:
        return []
    if seconds < 90:
        count = round(seconds)
        return [ngettext("about {count} second left", "about {count} seconds left", count,
                         count=number(count))]  # fmt: skip
    count = round(seconds / 60)
    return [ngettext("about {count} minute left", "about {count} minutes left", count,
                     count=number(count))]  # fmt: skip


def _share(now: Told | None) -> float:
    return min(now.done / now.total, 1.0) if now and now.total else 0.0

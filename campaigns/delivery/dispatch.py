"""Sending a campaign: batch after batch, each message at most once.

A worker works in several lanes (``delivery.lane``): while one waits for the provider, another writes
the next request. The committed rows between the steps are in ``ledger``; what a process may lose by
dying at any point, and what happens then, stands in docs/decisions/0005-rows-are-the-truth.md.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa

from campaigns.delivery import batches, course, throttle
from campaigns.delivery.heard import clicks
from campaigns.delivery.lane import Lane
from campaigns.delivery.run import SYSTEM, Clock, Run
from campaigns.delivery.transports import problem
from campaigns.delivery.transports.choice import lanes_of, open_transport
from campaigns.delivery.unsettled import recall
from campaigns.letters import quotes
from campaigns.model.options import options_of
from campaigns.store.journal import record
from campaigns.store.options import read_brand
from campaigns.store.tables import campaign
from campaigns.store.workspace import Workspace

__all__ = ["Clock", "SendReport", "send_campaign", "send_due"]

GLANCE_S = 0.2
"""How often a worker that sends looks whether something more urgent is due."""
AWAY = (sa.exc.OperationalError, sa.exc.InterfaceError)
"""What the database raises when it is locked, restarts or cannot be reached."""


@dataclass(frozen=True, slots=True)
class SendReport:
    """What one run of ``send_campaign`` did."""

    batches: int
    accepted: int
    one_by_one: int = 0
    """Readers whose letters the bulk path did not make as the plain path does."""


def send_due(
    workspace: Workspace,
    *,
    owner: str,
    stop: Callable[[], bool] = lambda: False,
    clock: Clock = SYSTEM,
    checkpoint: Callable[[str], None] = lambda _point: None,
) -> None:
    """Send what is due, the most urgent campaign first, until nothing is or ``stop`` says so.

    A campaign gives way, between two requests, to one of a higher priority that becomes due.
    """
    while not stop() and (due := _due(workspace, clock)):
        for campaign_id in due:
            gives_way = _gives_way(workspace, campaign_id, stop, clock)
            try:
                report = send_campaign(
                    workspace, campaign_id, owner=owner, stop=gives_way, clock=clock,
                    checkpoint=checkpoint,
                )  # fmt: skip
            except AWAY:
                raise
            except Exception:
                _halt(workspace, campaign_id, clock)  # or it would be the first again and again
                raise
            if report.batches:
                break  # time has passed: look again what comes first
        else:
            return  # others have what is left


def _due(workspace: Workspace, clock: Clock) -> list[int]:
    with workspace.database.read() as connection:
        return batches.due_campaigns(connection, now=clock.utcnow())


def _gives_way(
    workspace: Workspace, campaign_id: int, stop: Callable[[], bool], clock: Clock
) -> Callable[[], bool]:
    """Return what says that a campaign is to be left: asked to stop, or something outranks it."""
    with workspace.database.read() as connection:
        query = sa.select(campaign.c.rank).where(campaign.c.id == campaign_id)
        rank: int = connection.execute(query).scalar_one()
    looked_s = clock.monotonic_s()

    def says() -> bool:
        nonlocal looked_s
        if stop():
            return True
        if clock.monotonic_s() - looked_s < GLANCE_S:
            return False
        looked_s = clock.monotonic_s()
        with workspace.database.read() as connection:
            return batches.is_outranked(connection, rank, now=clock.utcnow())

    return says


def _halt(workspace: Workspace, campaign_id: int, clock: Clock) -> None:
    with workspace.database.begin() as connection:
        course.halt(connection, campaign_id, problem("campaign.unexpected"), now=clock.utcnow())


def send_campaign(
    workspace: Workspace,
    campaign_id: int,
    *,
    owner: str,
    stop: Callable[[], bool] = lambda: False,
    clock: Clock = SYSTEM,
    checkpoint: Callable[[str], None] = lambda _point: None,
) -> SendReport:
    """Send the batches of a running campaign that are due, until none is left or ``stop`` says so.

    Args:
        workspace: where the rows and the letters lie.
        campaign_id: which campaign; nothing happens unless it runs.
        owner: this worker's own name (``clock.new_owner``).
        stop: asked between two requests.
        clock: time and ids.
        checkpoint: told the name of each step that was just passed; crash tests die there.
    """
    run = open_run(workspace, campaign_id, owner, stop, clock, checkpoint)
    single = options_of(run.campaign.options).single
    transport = open_transport(workspace, run.campaign.transport, run.brand, single=single)
    number = lanes_of(workspace.settings, run.campaign.transport)
    try:
        _work(run, [Lane(run, transport) for _ in range(number)])
    finally:
        transport.close()
    with workspace.database.begin() as connection:
        course.finish(connection, now=clock.utcnow())
        if run.one_by_one:
            record(
                connection, actor=course.WORKER, verb="campaign.one_by_one",
                subject=f"campaign:{campaign_id}", now=clock.utcnow(), readers=run.one_by_one,
            )  # fmt: skip
    return SendReport(run.batches, run.accepted, run.one_by_one)


def _work(run: Run, lanes: list[Lane]) -> None:
    """Let all lanes work until each is done; raise what broke one of them."""
    others = [threading.Thread(target=_lane, args=(run, lane)) for lane in lanes[1:]]
    for other in others:
        other.start()
    _lane(run, lanes[0])
    for other in others:
        other.join()
    if run.broken is not None:
        raise run.broken


def _lane(run: Run, lane: Lane) -> None:
    try:
        lane.work()
    except BaseException as error:  # noqa: BLE001 - raised again once every lane has ended
        run.broken = run.broken or error


def open_run(
    workspace: Workspace,
    campaign_id: int,
    owner: str,
    stop: Callable[[], bool],
    clock: Clock,
    checkpoint: Callable[[str], None],
) -> Run:
    """Return what the lanes share: the campaign as it was frozen, and what its letters need."""
    with workspace.database.read() as connection:
        row = connection.execute(sa.select(campaign).where(campaign.c.id == campaign_id)).one()
        brand, quoted = read_brand(connection), quotes.published(connection)
        links = clicks.links_of(connection, workspace.settings, row)
    prepare = recall.preparing(workspace, row, clock.utcnow)
    pace = throttle.pace_of(workspace, row.transport)
    return Run(workspace, row, brand, quoted, owner, stop, clock, checkpoint, links, prepare, pace)

"""Where SendGrid reports events: check the signature, keep the body, answer, understand later.

Any answer but 2xx makes SendGrid post the same events again for 24 hours, so 200 is said only
when the body is kept, and a signature that is not right gets 403 without a reason.
"""

from __future__ import annotations

import logging
from datetime import datetime
from functools import partial

import sqlalchemy as sa
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from campaigns.delivery.account import read_webhook_keys
from campaigns.delivery.heard import events
from campaigns.store import work
from campaigns.store.workspace import Workspace
from campaigns.web.guard import HOOK_BYTES, log_unexpected
from campaigns.web.pages import Site

SIGNATURE = "X-Twilio-Email-Event-Webhook-Signature"
TIMESTAMP = "X-Twilio-Email-Event-Webhook-Timestamp"
RETRY_AFTER_S = 60

_log = logging.getLogger("campaigns.web")


def routes(site: Site) -> list[Route]:
    """Return the routes of this area."""
    endpoint = partial(sendgrid, site)
    return [Route("/hooks/sendgrid", endpoint, methods=["POST"], max_body_size=HOOK_BYTES)]


async def sendgrid(site: Site, request: Request) -> Response:
    """Keep what SendGrid reports, if it really was SendGrid."""
    body = await request.body()
    try:
        keys = await run_in_threadpool(read_webhook_keys, site.workspace)
    except sa.exc.SQLAlchemyError as error:
        return _later(error)
    signature = request.headers.get(SIGNATURE, "")
    timestamp = request.headers.get(TIMESTAMP, "")
    if not any(events.verify_sendgrid(key, signature, timestamp, body) for key in keys):
        _log.warning("webhook refused provider=sendgrid bytes=%d keys=%d", len(body), len(keys))
        return PlainTextResponse("forbidden", 403)
    return await run_in_threadpool(_keep, site.workspace, body, site.now())


def _keep(workspace: Workspace, body: bytes, now: datetime) -> Response:
    try:
        events.keep_body(workspace, "sendgrid", body, now=now)
    except (sa.exc.SQLAlchemyError, OSError) as error:
        return _later(error)
    _ask_for_ingestion(workspace, now)
    return PlainTextResponse("kept")


def _later(error: Exception) -> Response:
    """Ask SendGrid to post once more: the database is away, or the disk is full."""
    log_unexpected(error)
    return PlainTextResponse("try again", 503, {"Retry-After": str(RETRY_AFTER_S)})


def _ask_for_ingestion(workspace: Workspace, now: datetime) -> None:
    """Ask the worker. It looks by itself every second, too, so a failure here loses nothing."""
    try:
        with workspace.database.begin() as connection:
            work.ask(connection, "ingest_events", "ingest_events", actor="sendgrid", now=now)
    except sa.exc.SQLAlchemyError as error:
        log_unexpected(error)

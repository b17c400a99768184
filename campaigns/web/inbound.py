"""Where SendGrid brings the mail that comes to the domain for answers (Inbound Parse).

The address holds a secret, since what it posts is not signed by default. 200 is said only when
the mail is kept: SendGrid tries again for three days after any 5xx, and then drops it silently.
"""

from __future__ import annotations

import hmac
import logging
from datetime import datetime
from functools import partial

import sqlalchemy as sa
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from campaigns.delivery.inbox import inbound_form, replies
from campaigns.delivery.inbox.mail_parts import MAIL_BYTES
from campaigns.store import work
from campaigns.store.workspace import Workspace
from campaigns.web.guard import log_unexpected
from campaigns.web.pages import Site

FORM_BYTES = MAIL_BYTES + 1_000_000
"""A mail of 30 MB, and the form around it."""
CONTENT_TYPE_CHARACTERS = 500
RETRY_AFTER_S = 60

_log = logging.getLogger("campaigns.web")


def routes(site: Site) -> list[Route]:
    """Return the routes of this area."""
    endpoint = partial(inbound, site)
    return [Route("/hooks/inbound/{key}", endpoint, methods=["POST"], max_body_size=FORM_BYTES)]


async def inbound(site: Site, request: Request) -> Response:
    """Keep a mail, if the address is the secret one."""
    key = site.workspace.settings.inbound_key
    given = request.path_params["key"]
    if not key or not hmac.compare_digest(key.encode(), given.encode("utf-8", "replace")):
        _log.warning("inbound refused key=%s", bool(key))
        return PlainTextResponse("forbidden", 403)
    content_type = request.headers.get("content-type", "")[:CONTENT_TYPE_CHARACTERS]
    body = inbound_form.kept(content_type, await request.body())
    return await run_in_threadpool(_keep, site.workspace, body, site.now())


def _keep(workspace: Workspace, body: bytes, now: datetime) -> Response:
    try:
        replies.keep_mail(workspace, replies.INBOUND, body, now=now)
    except (sa.exc.SQLAlchemyError, OSError) as error:
        log_unexpected(error)
        return PlainTextResponse("try again", 503, {"Retry-After": str(RETRY_AFTER_S)})
    try:  # the worker looks by itself every second, too, so a failure here loses nothing
        with workspace.database.begin() as connection:
            work.ask(connection, "ingest_events", "ingest_events", actor="sendgrid", now=now)
    except sa.exc.SQLAlchemyError as error:
        log_unexpected(error)
    return PlainTextResponse("kept")

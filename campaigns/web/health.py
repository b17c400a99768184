"""Is this site alive, and is it ours?

Approving a campaign asks ``/health?nonce=…`` at the public address: only a process that holds our
key can answer, so the links in the letters will work.
"""

from __future__ import annotations

import re
from functools import partial

import sqlalchemy as sa
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from campaigns.web.pages import Site

_NONCE = re.compile(r"[A-Za-z0-9_-]{1,64}")


def routes(site: Site) -> list[Route]:
    """Return the routes of this area."""
    return [Route("/health", partial(health, site), methods=["GET"])]


def health(site: Site, request: Request) -> Response:
    """Answer the nonce, signed; without one, say whether the database answers."""
    nonce = request.query_params.get("nonce")
    if nonce is None:
        return _alive(site)
    if not _NONCE.fullmatch(nonce):
        raise HTTPException(400)
    signed = site.workspace.signer.sign("health", nonce)
    return PlainTextResponse(signed, headers={"Cache-Control": "no-store"})


def _alive(site: Site) -> Response:
    with site.workspace.database.read() as connection:
        connection.execute(sa.select(1))
    return PlainTextResponse("ok", headers={"Cache-Control": "no-store"})

"""Leaving: one press for a person, one request for a mail program (RFC 8058).

A GET never acts, because scanners and previews open every link of a letter. A POST acts whatever
its body is: the address itself is the proof, and a request to leave is not refused over its form.
"""

from __future__ import annotations

from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from campaigns.delivery import unsubscribe
from campaigns.errors import InputError, NotFoundError
from campaigns.web.guard import FORM_BYTES
from campaigns.web.pages import Site, chosen_language

ONE_CLICK = b"List-Unsubscribe=One-Click"
MULTIPART_ONE_CLICK = b'name="List-Unsubscribe"'


def routes(site: Site) -> list[Route]:
    """Return the routes of this area."""
    endpoint = partial(leave, site)
    return [Route("/u/{signed}", endpoint, methods=["GET", "POST"], max_body_size=FORM_BYTES)]


async def leave(site: Site, request: Request) -> Response:
    """Show who would leave which letters; on POST, let them leave."""
    if request.method != "POST":
        return await run_in_threadpool(_show, site, request)
    body = await request.body()
    one_click = ONE_CLICK in body or MULTIPART_ONE_CLICK in body
    source = "one-click" if one_click else "page"
    return await run_in_threadpool(_act, site, request, source)


def _show(site: Site, request: Request) -> Response:
    return _page(site, request, token_of(site, request), done=False)


def _act(site: Site, request: Request, source: str) -> Response:
    token = token_of(site, request)
    try:
        unsubscribe.unsubscribe(site.workspace, token, source=source, now=site.now())
    except NotFoundError as cause:
        raise HTTPException(404) from cause
    return _page(site, request, token, done=True)


def _page(site: Site, request: Request, token: str, *, done: bool) -> Response:
    try:
        with site.workspace.database.read() as connection:
            person = unsubscribe.who(connection, token)
    except NotFoundError as cause:
        raise HTTPException(404) from cause
    language = chosen_language(request, person.language)
    path = f"/u/{request.path_params['signed']}"
    return site.page("unsubscribe.html", language, address=person.address, done=done, path=path)


def token_of(site: Site, request: Request) -> str:
    """Return the message's token of a signed address.

    Raises:
        HTTPException: 404, nobody signed it.
    """
    try:
        return site.workspace.signer.check("unsubscribe", request.path_params["signed"])
    except InputError as cause:
        raise HTTPException(404) from cause

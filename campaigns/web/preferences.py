"""Choosing: which letters a reader wants, and in which language. A GET changes nothing."""

from __future__ import annotations

from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from campaigns.delivery import preferences
from campaigns.errors import NotAllowedError, NotFoundError
from campaigns.model.language import Language
from campaigns.model.permission import Purpose
from campaigns.web.forms import posted
from campaigns.web.guard import FORM_BYTES
from campaigns.web.pages import Site, chosen_language, language_named
from campaigns.web.unsubscribe import token_of


def routes(site: Site) -> list[Route]:
    """Return the routes of this area."""
    endpoint = partial(choice, site)
    path = "/u/{signed}/choice"
    return [Route(path, endpoint, methods=["GET", "POST"], max_body_size=FORM_BYTES)]


async def choice(site: Site, request: Request) -> Response:
    """Show what a reader gets; on POST, keep what they chose."""
    if request.method != "POST":
        return await run_in_threadpool(_page, site, request, saved=False)
    fields = await posted(request)
    return await run_in_threadpool(_keep, site, request, fields)


def _keep(site: Site, request: Request, fields: dict[str, str]) -> Response:
    wanted = frozenset(purpose for purpose in Purpose if fields.get(purpose))
    language = language_named(fields.get("letters", "")) or Language(site.brand().default_language)
    try:
        preferences.choose(
            site.workspace, token_of(site, request), wanted=wanted, language=language,
            now=site.now(),
        )  # fmt: skip
    except NotFoundError as cause:
        raise HTTPException(404) from cause
    except NotAllowedError:
        return _page(site, request, saved=False)
    return _page(site, request, saved=True)


def _page(site: Site, request: Request, *, saved: bool) -> Response:
    try:
        with site.workspace.database.read() as connection:
            person = preferences.read(connection, token_of(site, request))
    except NotFoundError as cause:
        raise HTTPException(404) from cause
    return site.page(
        "preferences.html", chosen_language(request, person.language), person=person, saved=saved,
        purposes=list(Purpose), path=f"/u/{request.path_params['signed']}",
    )  # fmt: skip

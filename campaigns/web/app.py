"""The public site: its routes and what stands around them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from campaigns.clock import utcnow
from campaigns.store.workspace import Workspace
from campaigns.web import (
    cards,
    clicks,
    health,
    hooks,
    inbound,
    pictures,
    preferences,
    published,
    testimonials,
    unsubscribe,
)
from campaigns.web.guard import HOOK_BYTES, LastResort, SecurityHeaders, on_http_error
from campaigns.web.pages import STATIC, Site
from campaigns.web.patience import Patience


def create_app(workspace: Workspace, *, now: Callable[[], datetime] = utcnow) -> Starlette:
    """Return the site of ``workspace``.

    Serve it without an access log: addresses of private pages hold people's own links.
    """
    site = Site(workspace, now)
    areas = (
        health,
        hooks,
        inbound,
        clicks,
        unsubscribe,
        preferences,
        testimonials,
        published,
        cards,
        pictures,
    )
    app = Starlette(
        routes=[
            Mount("/static", StaticFiles(directory=STATIC)),
            *(route for area in areas for route in area.routes(site)),
        ],
        middleware=[Middleware(SecurityHeaders), Middleware(LastResort), Middleware(Patience)],
        exception_handlers={HTTPException: on_http_error},
        max_body_size=HOOK_BYTES,
    )
    app.router.redirect_slashes = False  # it would send the visitor to whatever Host says
    return app

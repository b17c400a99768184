"""Pictures of letters: anybody's mail client may load them, and keep them for ever."""

from __future__ import annotations

from functools import partial

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse
from starlette.routing import Route

from campaigns.store.pictures import FOLDER, TYPES, find_picture
from campaigns.web.pages import Site

FOREVER = {"Cache-Control": "public, max-age=31536000, immutable"}
"""Its name is the hash of what it holds, so it never changes."""


def routes(site: Site) -> list[Route]:
    """Return the routes of this area."""
    return [Route(f"/{FOLDER}/{{name}}", partial(picture, site), methods=["GET"])]


def picture(site: Site, request: Request) -> FileResponse:
    """Answer with an uploaded picture."""
    name = request.path_params["name"]
    path = find_picture(site.workspace.files, name)
    if path is None:
        raise HTTPException(404)
    return FileResponse(path, media_type=TYPES[name.rpartition(".")[2]], headers=FOREVER)

"""Letters shown in a frame that runs no script and loads nothing but the letter's own pictures.

``st.iframe`` with HTML inside would run a script of the letter in the page. A route of its own
answers with ``Content-Security-Policy: sandbox`` instead. What is shown is kept in this process
(the interface is exactly one), named by the signed hash of what it holds.
"""

from __future__ import annotations

import hashlib
import re
from collections import OrderedDict
from threading import Lock

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response

from campaigns.errors import InputError
from campaigns.store.pictures import FOLDER, OWN, TYPES, find_picture
from campaigns.store.signing import Signer
from campaigns.ui.resources import workspace

PURPOSE = "preview"
KEPT = 200
HEADERS = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex"}
POLICY = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src {pictures};"
    " frame-ancestors 'self'"
)
_DARK = re.compile(r"@media\s*\(prefers-color-scheme:\s*dark\)")


class Previews:
    """The newest letters that sessions look at, at most ``limit`` of them."""

    def __init__(self, limit: int = KEPT) -> None:
        self._pages: OrderedDict[str, tuple[str, bool]] = OrderedDict()
        self._limit = limit
        self._lock = Lock()

    def keep(self, html: str, *, pictures: bool = True) -> str:
        """Keep ``html`` and return its name; the same text has the same name."""
        name = hashlib.sha256(f"{pictures}{html}".encode()).hexdigest()[:32]
        with self._lock:
            self._pages[name] = html, pictures
            self._pages.move_to_end(name)
            while len(self._pages) > self._limit:
                self._pages.popitem(last=False)
        return name

    def find(self, name: str) -> tuple[str, bool] | None:
        """Return what was kept under ``name``, and whether with pictures, if it still is."""
        with self._lock:
            return self._pages.get(name)


previews = Previews()


def preview_path(html: str, signer: Signer, *, pictures: bool = True) -> str:
    """Keep ``html`` and return the path of the route that shows it, with its pictures or without.

    Uploaded pictures come from here: the public address may not be there yet.
    """
    here = OWN.sub(lambda found: f"/{FOLDER}/{found['name']}", html)
    return f"/preview/{signer.sign(PURPOSE, previews.keep(here, pictures=pictures))}"


def darkened(html: str) -> str:
    """Return a letter as it looks to who reads in the dark, whatever this computer is set to."""
    return _DARK.sub("@media all", html)


def answer_preview(request: Request) -> HTMLResponse:
    """Answer with a kept letter; a name that we did not sign is not looked up."""
    try:
        name = workspace().signer.check(PURPOSE, request.path_params["signed"])
    except InputError:
        return _answer("", 404, pictures=False)
    found = previews.find(name)
    return _answer(found[0], 200, pictures=found[1]) if found else _answer("", 404, pictures=False)


def answer_picture(request: Request) -> Response:
    """Answer with a picture that the shop uploaded."""
    name = request.path_params["name"]
    path = find_picture(workspace().files, name)
    if path is None:
        return Response(status_code=404)
    return FileResponse(path, media_type=TYPES[name.rpartition(".")[2]])


def _answer(html: str, status: int, *, pictures: bool) -> HTMLResponse:
    """A letter names its pictures itself; no value of a customer can name one."""
    policy = POLICY.format(pictures="'self' https: data:" if pictures else "'none'")
    return HTMLResponse(html, status, {**HEADERS, "Content-Security-Policy": policy})

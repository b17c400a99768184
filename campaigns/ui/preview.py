"""Letters shown in a frame that runs no script and loads nothing foreign.

``st.iframe`` with HTML inside would run a script of the letter in the page. A route of its own
answers with ``Content-Security-Policy: sandbox`` instead. What is shown is kept in this process
(the interface is exactly one), named by the signed hash of what it holds.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from threading import Lock

from starlette.requests import Request
from starlette.responses import HTMLResponse

from campaigns.errors import InputError
from campaigns.store.signing import Signer
from campaigns.ui.resources import workspace

PURPOSE = "preview"
KEPT = 200
HEADERS = {
    "Content-Security-Policy": (
        "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:;"
        " frame-ancestors 'self'"
    ),
    "Cache-Control": "private, no-store",
    "X-Robots-Tag": "noindex",
}


class Previews:
    """The newest letters that sessions look at, at most ``limit`` of them."""

    def __init__(self, limit: int = KEPT) -> None:
        self._pages: OrderedDict[str, str] = OrderedDict()
        self._limit = limit
        self._lock = Lock()

    def keep(self, html: str) -> str:
        """Keep ``html`` and return its name; the same text has the same name."""
        name = hashlib.sha256(html.encode("utf-8")).hexdigest()[:32]
        with self._lock:
            self._pages[name] = html
            self._pages.move_to_end(name)
            while len(self._pages) > self._limit:
                self._pages.popitem(last=False)
        return name

    def find(self, name: str) -> str | None:
        """Return what was kept under ``name``, if it still is."""
        with self._lock:
            return self._pages.get(name)


previews = Previews()


def preview_path(html: str, signer: Signer) -> str:
    """Keep ``html`` and return the path of the route that shows it."""
    return f"/preview/{signer.sign(PURPOSE, previews.keep(html))}"


def answer_preview(request: Request) -> HTMLResponse:
    """Answer with a kept letter; a name that we did not sign is not looked up."""
    try:
        name = workspace().signer.check(PURPOSE, request.path_params["signed"])
    except InputError:
        return HTMLResponse("", status_code=404, headers=HEADERS)
    html = previews.find(name)
    return HTMLResponse(html or "", status_code=200 if html else 404, headers=HEADERS)

"""The public pages as files, asked of the very program that serves them, without a port."""

from __future__ import annotations

import asyncio
import importlib
import posixpath
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from campaigns.errors import NotFoundError
from campaigns.feedback import testimonials
from campaigns.model.language import Language
from campaigns.store.workspace import Workspace

STATIC = re.compile(r'(?:href|src)="(/static/[^"?#]+)')
_LINK = re.compile(r'((?:href|src)=")(/[^"]*)"')


def site_of(workspace: Workspace) -> Any:
    """Return the public site: another program, so it is named and not imported."""
    return importlib.import_module("campaigns.web.app").create_app(workspace)


def export_pages(workspace: Workspace, folder: Path) -> list[Path]:
    """Write list and single pages in each language, and the files they need; return the pages."""
    site = site_of(workspace)
    with workspace.database.read() as connection:
        slugs = [one.slug for one in testimonials.published(connection)]
    addresses = [
        f"/{language}/testimonials{tail}"
        for language in Language
        for tail in ("", *(f"/{slug}" for slug in slugs))
    ]
    pages = {address: fetch(site, address) for address in addresses}
    for asset in sorted(
        {name for page in pages.values() for name in STATIC.findall(page.decode())}
    ):
        _write(folder / asset.lstrip("/"), fetch(site, asset))
    return [_write_page(folder, address, page, pages) for address, page in pages.items()]


def fetch(site: Any, address: str) -> bytes:
    """Return the body that the site answers to a GET.

    Raises:
        NotFoundError: the site has no such page.
    """
    status, body = asyncio.run(_get(site, address))
    if status != 200:
        raise NotFoundError("not_found", kind="page", name=address)
    return body


async def _get(site: Any, address: str) -> tuple[int, bytes]:
    sent: list[dict[str, Any]] = []
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET",
        "scheme": "http", "path": address, "raw_path": address.encode(), "query_string": b"",
        "root_path": "", "headers": [(b"host", b"localhost")], "client": ("127.0.0.1", 0),
        "server": ("127.0.0.1", 80),
    }  # fmt: skip

    asked = False

    async def receive() -> dict[str, Any]:
        nonlocal asked
        if asked:  # the site waits for us to hang up, which we never do
            await asyncio.Event().wait()
        asked = True
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    await site(scope, receive, send)
    body = b"".join(part.get("body", b"") for part in sent if part["type"].endswith("body"))
    return sent[0]["status"], body


def _write_page(folder: Path, address: str, page: bytes, known: Iterable[str]) -> Path:
    """Write a page; links to pages and files that are written too become relative."""
    path = _file_of(address)

    def relative(match: re.Match[str]) -> str:
        target = match.group(2)
        if target in known or target.startswith("/static/"):
            name = _file_of(target) if target in known else target.lstrip("/")
            target = posixpath.relpath(name, posixpath.dirname(path))
        return f'{match.group(1)}{target}"'

    return _write(folder / path, _LINK.sub(relative, page.decode()).encode())


def _file_of(address: str) -> str:
    return f"{address.lstrip('/')}.html"


def _write(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path

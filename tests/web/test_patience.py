"""Visitors who take their time, against a real server on the loopback."""

import socket
import threading
from contextlib import contextmanager
from functools import partial

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from campaigns.web.patience import Connection, Patience

HEAD = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n"


class Hasty(Connection):
    head_s = 0.1


async def size_of(request):
    return PlainTextResponse(str(len(await request.body())))


SITE = Starlette(routes=[Route("/", size_of, methods=["POST"])])


@contextmanager
def served(**limits):
    """A server; what it gives sends something, and reads to the end."""
    app = Starlette(routes=SITE.routes, middleware=[Middleware(partial(Patience, **limits))])
    config = uvicorn.Config(app, http=Hasty, ws="none", log_config=None, access_log=False)
    with socket.create_server(("127.0.0.1", 0)) as door:
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [door]})
        thread.start()
        try:
            yield partial(_said, door.getsockname())
        finally:
            server.should_exit = True
            thread.join()


def _said(address, sent):
    with socket.create_connection(address, timeout=20) as visitor:
        visitor.sendall(sent)
        return b"".join(iter(partial(visitor.recv, 4096), b""))


@pytest.mark.slow
def test_who_sends_too_slowly_is_told_so_and_let_go():
    with served(body_s=0.3) as said:
        assert said(b"POST / HTTP/1.1\r\nX-Half: a") == b""
        assert said(b"") == b""
        assert said(HEAD % 100 + b"half").startswith(b"HTTP/1.1 408 ")
        assert said(HEAD % 4 + b"half").endswith(b"\r\n\r\n4")


def test_a_small_body_is_taken_in_while_others_fill_the_memory():
    patience = Patience(SITE, held_bytes=500_000)
    visitor = TestClient(patience)
    patience.held = 450_000

    assert visitor.post("/", content=b"x" * 64_000).text == "64000"
    refused = visitor.post("/", content=b"x" * 70_000)

    assert (refused.status_code, refused.headers["retry-after"]) == (503, "60")
    assert patience.held == 450_000

from __future__ import annotations

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from campaigns.delivery.reach import answers, prober
from campaigns.store.signing import Signer

SIGNER = Signer(["secret"])


@contextmanager
def a_site(reply):
    """A site whose answer to a nonce is ``reply(nonce)``: status, headers, text."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self):
            nonce = parse_qs(urlsplit(self.path).query).get("nonce", [""])[0]
            status, headers, text = reply(nonce)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_args):
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def test_our_own_site_answers_as_us():
    with a_site(lambda nonce: (200, {}, SIGNER.sign("health", nonce) + "\n")) as url:
        assert answers(url + "/", SIGNER, nonce="abc")
        assert prober(SIGNER)(url)


@pytest.mark.parametrize(
    "reply",
    [
        pytest.param(lambda _nonce: (200, {}, "ok"), id="another-program"),
        pytest.param(lambda nonce: (200, {}, Signer(["x"]).sign("health", nonce)), id="other-key"),
        pytest.param(lambda _nonce: (200, {}, SIGNER.sign("health", "old")), id="an-old-answer"),
        pytest.param(lambda nonce: (500, {}, SIGNER.sign("health", nonce)), id="an-error"),
        pytest.param(lambda _nonce: (302, {"Location": "/other"}, ""), id="a-redirect"),
    ],
)
def test_anything_else_is_not_us(reply):
    with a_site(reply) as url:
        assert not answers(url, SIGNER, nonce="abc")


@pytest.mark.parametrize("url", ["http://127.0.0.1:9", "https://", "nonsense", ""])
def test_an_address_that_leads_nowhere_is_not_us(url):
    assert not answers(url, SIGNER, nonce="abc", timeout_s=1)

from __future__ import annotations

import base64
import hashlib

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from campaigns.errors import SettingsError
from campaigns.ui.headers import SecurityHeaders, content_security_policy, require_loopback


@pytest.mark.parametrize("address", ["127.0.0.1", "localhost", "::1"])
def test_this_machine_may_be_listened_on(address):
    assert require_loopback(address) is None


@pytest.mark.parametrize("address", ["0.0.0.0", "192.168.1.4", "", None])  # noqa: S104
def test_any_other_address_is_refused(address):
    with pytest.raises(SettingsError, match=r"127\.0\.0\.1"):
        require_loopback(address)


def test_inline_scripts_are_allowed_by_what_they_are_and_nothing_else_is():
    page = '<script>let a = 1;</script><script type="module" src="./x.js"></script>'

    policy = content_security_policy(page)

    digest = base64.b64encode(hashlib.sha256(b"let a = 1;").digest()).decode()
    assert f"script-src 'self' 'sha256-{digest}';" in policy
    assert "unsafe-eval" not in policy
    assert "frame-ancestors 'none'" in policy


def test_the_installed_streamlit_has_one_inline_script():
    assert content_security_policy().count("'sha256-") == 1


def test_each_answer_carries_the_headers_and_an_answer_s_own_outrank_them():
    own = {"Content-Security-Policy": "sandbox"}
    app = Starlette(
        routes=[
            Route("/", lambda _: PlainTextResponse("")),
            Route("/own", lambda _: PlainTextResponse("", headers=own)),
        ],
        middleware=[Middleware(SecurityHeaders, policy="default-src 'self'")],
    )
    with TestClient(app) as client:
        plain, special = client.get("/"), client.get("/own")

    assert plain.headers["content-security-policy"] == "default-src 'self'"
    assert plain.headers["x-content-type-options"] == "nosniff"
    assert special.headers.get_list("content-security-policy") == ["sandbox"]

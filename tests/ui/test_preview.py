from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from campaigns.ui import preview
from campaigns.ui.preview import Previews, answer_preview, preview_path

LETTER = "<!doctype html><p>Բարև</p><script>alert(1)</script>"


@pytest.fixture
def client(sqlite_workspace, monkeypatch):
    monkeypatch.setattr(preview, "workspace", lambda: sqlite_workspace)
    app = Starlette(routes=[Route("/preview/{signed}", answer_preview)])
    with TestClient(app) as client:
        yield client


def test_a_letter_is_shown_in_a_sandbox_that_runs_no_script(client, sqlite_workspace):
    answer = client.get(preview_path(LETTER, sqlite_workspace.signer))

    policy = answer.headers["content-security-policy"]
    assert answer.text == LETTER
    assert policy.startswith("sandbox; default-src 'none'")
    assert "allow-scripts" not in policy
    assert answer.headers["cache-control"] == "private, no-store"


def test_the_same_letter_keeps_its_address(sqlite_workspace):
    signer = sqlite_workspace.signer

    assert preview_path(LETTER, signer) == preview_path(LETTER, signer)
    assert preview_path(LETTER, signer) != preview_path(LETTER + " ", signer)


@pytest.mark.parametrize("name", ["x", "0" * 32, "0" * 32 + "~forged"])
def test_an_address_that_we_did_not_sign_shows_nothing(client, name):
    answer = client.get(f"/preview/{name}")

    assert (answer.status_code, answer.text) == (404, "")


def test_a_signature_for_another_purpose_shows_nothing(client, sqlite_workspace):
    name = preview_path(LETTER, sqlite_workspace.signer).rpartition("/")[2].partition("~")[0]

    answer = client.get(f"/preview/{sqlite_workspace.signer.sign('unsubscribe', name)}")

    assert (answer.status_code, answer.text) == (404, "")


def test_only_the_newest_letters_are_kept():
    kept = Previews(limit=2)
    names = [kept.keep(text) for text in ("one", "two", "three")]

    assert [kept.find(name) for name in names] == [None, ("two", True), ("three", True)]

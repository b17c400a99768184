"""Where SendGrid brings mail: only by the secret address, kept before it is answered."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from campaigns.delivery.inbox import replies
from campaigns.store.tables import job, reply, webhook_body
from campaigns.web.app import create_app
from tests.delivery.mails import an_answer
from tests.web.conftest import ON_BOTH

KEY = "k3y-of-the-inbound-address"


@pytest.fixture
def site(workspace, now):
    settings = replace(workspace.settings, inbound_key=KEY)
    return TestClient(create_app(replace(workspace, settings=settings), now=lambda: now))


def kept(workspace):
    with workspace.database.read() as connection:
        return list(connection.execute(sa.select(webhook_body.c.body)).scalars())


@ON_BOTH
def test_a_mail_is_kept_before_it_is_answered_and_read_afterwards(site, workspace, now):
    files = {"email": (None, an_answer("Շնորհակալություն")), "charsets": (None, b"{}")}

    answer = site.post(f"/hooks/inbound/{KEY}", files=files)

    assert answer.status_code == 200
    assert len(kept(workspace)) == 1
    with workspace.database.read() as connection:
        assert connection.execute(sa.select(job.c.key)).scalar_one() == "ingest_events"
    assert replies.ingest(workspace, now=now).new == 1
    with workspace.database.read() as connection:
        assert connection.execute(sa.select(reply.c.text)).scalar_one() == "Շնորհակալություն"


@pytest.mark.parametrize("key", ["wrong", KEY[:-1], KEY + "x", "կ", "%FF"])
def test_any_other_address_is_refused_and_nothing_kept(site, workspace, key):
    assert site.post(f"/hooks/inbound/{key}", content=b"x").status_code == 403
    assert kept(workspace) == []


def test_without_a_secret_everything_is_refused(light):
    assert light.post("/hooks/inbound/x", content=b"x").status_code == 403


@pytest.mark.slow
def test_a_mail_of_thirty_megabytes_is_kept_and_a_greater_one_refused(site, workspace):
    url = f"/hooks/inbound/{KEY}"

    assert site.post(url, content=b"x" * 30_000_000).status_code == 200
    assert site.post(url, content=b"x" * 32_000_000).status_code == 413
    assert len(kept(workspace)) == 1


def test_what_cannot_be_kept_is_asked_for_again(site, workspace, caplog):
    with workspace.database.begin() as connection:
        connection.exec_driver_sql("DROP TABLE webhook_body")

    answer = site.post(f"/hooks/inbound/{KEY}", content=an_answer("private words"))

    assert (answer.status_code, bool(answer.headers["retry-after"])) == (503, True)
    assert "private words" not in caplog.text
    assert KEY not in caplog.text

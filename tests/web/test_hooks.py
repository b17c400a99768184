import base64
from dataclasses import replace

import pytest
import sqlalchemy as sa
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from starlette.testclient import TestClient

from campaigns.store.tables import job, webhook_body
from campaigns.web.app import create_app
from tests.web.conftest import ON_BOTH

KEY = ec.generate_private_key(ec.SECP256R1())
OTHER_KEY = ec.generate_private_key(ec.SECP256R1())
PUBLIC = base64.b64encode(
    KEY.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
).decode()
BODY = b'[{"email":"a@example.am","event":"delivered","timestamp":1,"sg_event_id":"e1"}]\r\n'
STAMP = "1767225600"


def signature(body, key=KEY, stamp=STAMP):
    return base64.b64encode(key.sign(stamp.encode() + body, ec.ECDSA(hashes.SHA256()))).decode()


def headers(body=BODY, **changes):
    return {
        "X-Twilio-Email-Event-Webhook-Signature": signature(body),
        "X-Twilio-Email-Event-Webhook-Timestamp": STAMP,
    } | changes


def kept(workspace):
    with workspace.database.read() as connection:
        return list(connection.execute(sa.select(webhook_body.c.body)).scalars())


def site(workspace, now, key=PUBLIC):
    settings = replace(workspace.settings, sendgrid_webhook_key=key)
    return TestClient(create_app(replace(workspace, settings=settings), now=lambda: now))


@pytest.fixture
def hook(workspace, now):
    return site(workspace, now)


@ON_BOTH
def test_what_sendgrid_signed_is_kept_byte_for_byte_and_its_reading_asked_for(hook, workspace):
    answer = hook.post("/hooks/sendgrid", content=BODY, headers=headers())

    assert answer.status_code == 200
    assert kept(workspace) == [BODY]
    with workspace.database.read() as connection:
        row = connection.execute(sa.select(job)).one()
    assert (row.kind, row.key, row.state) == ("ingest_events", "ingest_events", "queued")


@ON_BOTH
def test_many_posts_ask_once(hook, workspace):
    for _ in range(3):
        assert hook.post("/hooks/sendgrid", content=BODY, headers=headers()).status_code == 200

    assert len(kept(workspace)) == 3
    with workspace.database.read() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(job)) == 1


def test_a_signed_body_that_is_no_text_is_kept_all_the_same(hook, workspace):
    body = b"\xff\xfe not json"

    assert hook.post("/hooks/sendgrid", content=body, headers=headers(body)).status_code == 200
    assert kept(workspace) == [body]


SIGNATURE = "X-Twilio-Email-Event-Webhook-Signature"
TIMESTAMP = "X-Twilio-Email-Event-Webhook-Timestamp"


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({SIGNATURE: ""}, id="empty"),
        pytest.param({SIGNATURE: "not base64!"}, id="not-base64"),
        pytest.param({SIGNATURE: signature(BODY)[:-8]}, id="truncated"),
        pytest.param({SIGNATURE: signature(BODY, OTHER_KEY)}, id="another-key"),
        pytest.param({SIGNATURE: signature(BODY[:-2])}, id="without-the-line-end"),
        pytest.param({SIGNATURE: "\xff\xfe".encode("latin-1")}, id="not-ascii"),
        pytest.param({TIMESTAMP: "1767225601"}, id="another-time"),
        pytest.param({TIMESTAMP: ""}, id="no-time"),
        pytest.param({TIMESTAMP: b"\xff"}, id="time-not-ascii"),
    ],
)
def test_a_wrong_signature_is_refused_and_nothing_kept(sqlite_workspace, now, changes):
    answer = site(sqlite_workspace, now).post(
        "/hooks/sendgrid", content=BODY, headers=headers(**changes)
    )

    assert answer.status_code == 403
    assert kept(sqlite_workspace) == []


def test_without_headers_it_is_refused(sqlite_workspace, now):
    assert site(sqlite_workspace, now).post("/hooks/sendgrid", content=BODY).status_code == 403


@pytest.mark.parametrize("key", ["", "nonsense", "AAAA"])
def test_without_a_usable_key_everything_is_refused(sqlite_workspace, now, key):
    answer = site(sqlite_workspace, now, key).post(
        "/hooks/sendgrid", content=BODY, headers=headers()
    )

    assert answer.status_code == 403


def test_a_body_beyond_the_limit_is_refused(sqlite_workspace, now):
    body = b"x" * 1_600_000
    answer = site(sqlite_workspace, now).post(
        "/hooks/sendgrid", content=body, headers=headers(body)
    )

    assert answer.status_code == 413
    assert kept(sqlite_workspace) == []


def test_what_cannot_be_kept_is_asked_for_again(sqlite_workspace, now, caplog):
    with sqlite_workspace.database.begin() as connection:
        connection.exec_driver_sql("DROP TABLE webhook_body")

    answer = site(sqlite_workspace, now).post("/hooks/sendgrid", content=BODY, headers=headers())

    assert answer.status_code == 503
    assert answer.headers["retry-after"]
    assert "a@example.am" not in caplog.text


def test_reading_is_not_what_the_hook_is_for(sqlite_workspace, now):
    assert site(sqlite_workspace, now).get("/hooks/sendgrid").status_code == 405

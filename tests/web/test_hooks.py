import base64
import gzip
from dataclasses import replace

import pytest
import sqlalchemy as sa
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from starlette.testclient import TestClient

from campaigns.delivery.account import keep_webhook_key
from campaigns.delivery.heard.events import ingest
from campaigns.delivery.heard.sendgrid_events import MAX_UNPACKED
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


@ON_BOTH
def test_a_verification_key_that_was_entered_counts_at_once(workspace, now):
    hook = site(workspace, now, key="")
    assert hook.post("/hooks/sendgrid", content=BODY, headers=headers()).status_code == 403

    keep_webhook_key(workspace, PUBLIC, actor="anna", now=now)

    assert hook.post("/hooks/sendgrid", content=BODY, headers=headers()).status_code == 200


# --- what an attacker, or a bad day, sends ---------------------------------------------------------


def events_of(workspace, now):
    report = ingest(workspace, now=now)
    return report.new, report.unreadable


@ON_BOTH
def test_what_is_posted_again_and_in_any_order_counts_once(hook, workspace, now):
    bodies = [b'[{"event":"delivered","sg_event_id":"e%d","timestamp":%d}]' % (n, n)
              for n in (3, 1, 2, 1, 3)]  # fmt: skip
    for body in bodies:
        assert hook.post("/hooks/sendgrid", content=body, headers=headers(body)).status_code == 200

    assert events_of(workspace, now) == (3, 0)
    hook.post("/hooks/sendgrid", content=bodies[0], headers=headers(bodies[0]))
    assert events_of(workspace, now) == (0, 0)


def test_an_old_signature_with_a_later_time_is_refused_and_with_its_own_counts_nothing_new(
    hook, workspace, now
):
    stale = {SIGNATURE: signature(BODY, stamp="1000000000")}
    assert hook.post("/hooks/sendgrid", content=BODY, headers=headers(**stale)).status_code == 403
    old = stale | {TIMESTAMP: "1000000000"}

    codes = [hook.post("/hooks/sendgrid", content=BODY, headers=headers(**old)).status_code
             for _ in range(3)]  # fmt: skip

    assert codes == [200] * 3  # SendGrid repeats for a day, and each event counts once anyway
    assert events_of(workspace, now) == (1, 0)


@pytest.mark.parametrize("key", ["rsa", "ed25519", "p384"])
def test_a_key_of_another_kind_verifies_nothing(sqlite_workspace, now, key):
    made = {"rsa": lambda: rsa.generate_private_key(65537, 2048),
            "ed25519": ed25519.Ed25519PrivateKey.generate,
            "p384": lambda: ec.generate_private_key(ec.SECP384R1())}[key]()  # fmt: skip
    spki = made.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    site_with_it = site(sqlite_workspace, now, base64.b64encode(spki).decode())

    answer = site_with_it.post("/hooks/sendgrid", content=BODY, headers=headers())

    assert answer.status_code == 403


ODD_BODIES = {
    "not-utf-8": b'[{"event":"open","sg_event_id":"\xff\xfe"}]',
    "deep": b"[" * 100_000 + b"]" * 100_000,
    "truncated": BODY[:30],
    "a-number": b"9" * 100_000,
    "text": b'"text"',
    "empty": b"",
    "a-damaged-archive": b"\x1f\x8b\x08\x00rubbish",
    "millions-of-nothing": gzip.compress(b"[" + b"{}," * 3_000_000 + b"{}]", 1),
    "a-part-of-an-archive": gzip.compress(BODY * 99)[:-9],
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", ODD_BODIES)
def test_a_signed_body_that_makes_no_sense_is_kept_and_holds_up_nothing(hook, workspace, now, kind):
    odd = ODD_BODIES[kind]
    for body in (odd, BODY):
        assert hook.post("/hooks/sendgrid", content=body, headers=headers(body)).status_code == 200

    assert events_of(workspace, now) == (1, 1)


@pytest.mark.slow
def test_what_unpacks_to_more_than_anybody_posts_is_kept_and_not_read(hook, workspace, now):
    bomb = gzip.compress(b" " * (MAX_UNPACKED + 1), 1)

    assert hook.post("/hooks/sendgrid", content=bomb, headers=headers(bomb)).status_code == 200

    assert events_of(workspace, now) == (0, 1)


@pytest.mark.slow
def test_a_packed_body_and_one_of_a_hundred_thousand_events_are_read(hook, workspace, now):
    many = b"[" + b",".join(b'{"event":"x%d"}' % n for n in range(80_000)) + b"]"
    packed = gzip.compress(many)

    assert hook.post("/hooks/sendgrid", content=packed, headers=headers(packed)).status_code == 200

    assert events_of(workspace, now) == (80_000, 0)


def test_after_a_body_beyond_the_limit_the_next_is_taken(hook, workspace, now):
    body = b"x" * 1_600_000
    assert hook.post("/hooks/sendgrid", content=body, headers=headers(body)).status_code == 413
    assert hook.post("/hooks/sendgrid", content=BODY, headers=headers()).status_code == 200
    assert events_of(workspace, now) == (1, 0)


def test_a_body_that_comes_drop_by_drop_is_verified_whole(hook, workspace):
    drops = (BODY[place : place + 1] for place in range(len(BODY)))

    assert hook.post("/hooks/sendgrid", content=drops, headers=headers()).status_code == 200
    assert kept(workspace) == [BODY]


def test_while_the_database_is_locked_sendgrid_is_asked_to_come_again(
    hook, workspace, now, monkeypatch
):
    monkeypatch.setattr("campaigns.store.database.BUSY_TIMEOUT_MS", 20)
    with workspace.database.begin():
        answer = hook.post("/hooks/sendgrid", content=BODY, headers=headers())
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "60")

    assert hook.post("/hooks/sendgrid", content=BODY, headers=headers()).status_code == 200
    assert events_of(workspace, now) == (1, 0)


def test_a_full_disk_is_no_reason_to_say_kept(hook, monkeypatch):
    def full(*_args, **_more):
        raise sa.exc.OperationalError("INSERT", {}, Exception("database or disk is full"))

    monkeypatch.setattr("campaigns.delivery.heard.events.keep_body", full)

    assert hook.post("/hooks/sendgrid", content=BODY, headers=headers()).status_code == 503

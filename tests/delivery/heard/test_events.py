from __future__ import annotations

import base64
import json
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaigns.delivery import campaigns
from campaigns.delivery.dispatch import send_campaign
from campaigns.delivery.heard import events
from campaigns.delivery.heard.events import settled_state, verify_sendgrid
from campaigns.delivery.heard.sendgrid_events import read_events
from campaigns.errors import InputError
from campaigns.model.permission import Purpose
from campaigns.model.states import EventKind, MessageState
from campaigns.store.suppressions import suppressed_keys
from campaigns.store.tables import consent, event, message, webhook_body
from tests.support.sending import a_running_campaign, people, states


@pytest.fixture
def sent(sendgrid_shop, sendgrid, now):
    """Four people got a letter."""
    people(sendgrid_shop, now, 4, languages=("hy",))
    campaign_id = a_running_campaign(sendgrid_shop, now, transport="sendgrid")
    send_campaign(sendgrid_shop, campaign_id, owner="w")
    return sendgrid_shop


def post(shop, now, made):
    events.keep_body(shop, "sendgrid", json.dumps(made).encode(), now=now)
    return events.ingest(shop, now=now)


def suppressed(shop, address):
    with shop.database.read() as connection:
        return bool(suppressed_keys(connection, [address]))


def delivery_of(shop, address):
    with shop.database.read() as connection:
        return connection.execute(
            sa.select(message.c.delivery).where(message.c.address == address)
        ).scalar_one()


def counts(shop):
    with shop.database.read() as connection:
        return campaigns.status(connection, "Spring").events


def test_an_event_counts_once_however_often_it_comes(sent, sendgrid, now):
    made = [sendgrid.event(one, "delivered") for one in sendgrid.messages]

    first = post(sent, now, made + made)
    again = post(sent, now, made[::-1])

    assert (first.new, again.new) == (4, 0)
    assert counts(sent) == {"delivered": 4}


def test_delivery_is_the_newest_thing_said_whatever_came_first(sent, sendgrid, now):
    one = sendgrid.messages[0]
    made = [
        sendgrid.event(one, kind, timestamp=moment)
        for moment, kind in ((30, "open"), (10, "processed"), (20, "delivered"))
    ]

    for single in made:
        post(sent, now, [single])

    assert delivery_of(sent, one["to"]) == EventKind.OPENED


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "more"),
    [
        pytest.param("bounce", {"type": "bounce", "reason": "550 no such user"}, id="bounce"),
        pytest.param("spamreport", {}, id="complaint"),
        pytest.param("unsubscribe", {}, id="unsubscribe"),
        pytest.param("dropped", {"reason": "Bounced Address"}, id="dropped-bounced"),
    ],
)
def test_what_ends_all_mail_to_an_address_does_so_at_once(sent, sendgrid, now, kind, more):
    one, other = sendgrid.messages[:2]

    report = post(sent, now, [sendgrid.event(one, kind, **more)])

    assert report.suppressed == 1
    assert suppressed(sent, one["to"])
    assert not suppressed(sent, other["to"])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "more", "withdrawn"),
    [
        pytest.param("spamreport", {}, 1, id="complaint"),
        pytest.param("unsubscribe", {}, 1, id="unsubscribe"),
        pytest.param("bounce", {"type": "bounce"}, 0, id="bounce"),
    ],
)
def test_what_a_person_says_ends_their_consent_too(sent, sendgrid, now, kind, more, withdrawn):
    post(sent, now, [sendgrid.event(sendgrid.messages[0], kind, **more)])

    query = sa.select(sa.func.count()).where(consent.c.given.is_(False))
    with sent.database.read() as connection:
        assert connection.execute(query).scalar() == withdrawn


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "more"),
    [
        pytest.param("bounce", {"type": "blocked"}, id="blocked"),
        pytest.param("deferred", {"response": "451 later"}, id="deferred"),
        pytest.param("dropped", {"reason": "Spam Content"}, id="our-own-fault"),
        pytest.param("something_new", {}, id="unknown-word"),
    ],
)
def test_what_is_not_against_the_address_suppresses_nothing(sent, sendgrid, now, kind, more):
    one = sendgrid.messages[0]

    report = post(sent, now, [sendgrid.event(one, kind, **more)])

    assert (report.new, report.suppressed) == (1, 0)
    assert not suppressed(sent, one["to"])


def test_an_unsubscription_by_the_provider_withdraws_the_consent_too(sent, sendgrid, now):
    post(sent, now, [sendgrid.event(sendgrid.messages[0], "unsubscribe")])

    with sent.database.read() as connection:
        withdrawn = connection.execute(
            sa.select(consent.c.purpose, consent.c.actor).where(~consent.c.given)
        ).all()
    assert withdrawn == [(Purpose.OFFERS, "sendgrid")]


def test_a_dropped_message_failed_with_the_reason_and_no_address(sent, sendgrid, now):
    one = sendgrid.messages[0]
    reason = f"550 <{one['to']}> unknown"

    post(sent, now, [sendgrid.event(one, "dropped", reason=reason)])

    with sent.database.read() as connection:
        row = connection.execute(
            sa.select(message.c.state, message.c.error).where(message.c.address == one["to"])
        ).one()
    assert row.state == MessageState.FAILED
    assert row.error["facts"]["reason"] == "550 <…@…> unknown"


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["processed", "delivered", "open", "bounce"])
def test_any_sign_of_a_message_settles_an_unknown_outcome(sendgrid_shop, sendgrid, now, kind):
    people(sendgrid_shop, now, 2, languages=("hy",))
    sendgrid.faults = ["accept-then-drop"]
    campaign_id = a_running_campaign(sendgrid_shop, now, transport="sendgrid")
    send_campaign(sendgrid_shop, campaign_id, owner="w")
    assert states(sendgrid_shop) == {"unknown": 2}

    report = post(sendgrid_shop, now, [sendgrid.event(one, kind) for one in sendgrid.messages])

    assert report.settled == 2
    assert states(sendgrid_shop) == {"accepted": 2}
    with sendgrid_shop.database.read() as connection:
        found = campaigns.status(connection, "Spring")
    assert (found.accepted, found.unknown) == (2, 0)


@pytest.mark.slow
def test_a_proof_that_comes_after_a_resend_was_asked_for_stops_the_second_letter(
    sendgrid_shop, sendgrid, now
):
    people(sendgrid_shop, now, 2, languages=("hy",))
    sendgrid.faults = ["accept-then-drop"]
    campaign_id = a_running_campaign(sendgrid_shop, now, transport="sendgrid")
    send_campaign(sendgrid_shop, campaign_id, owner="w")
    campaigns.settle(sendgrid_shop, "Spring", decision="resend", actor="anna", now=now)

    post(sendgrid_shop, now, [sendgrid.event(sendgrid.messages[0], "processed")])
    send_campaign(sendgrid_shop, campaign_id, owner="w")

    assert sorted(sendgrid.received().values()) == [1, 2]
    assert states(sendgrid_shop) == {"accepted": 2}


def test_a_late_bounce_without_ids_is_found_by_its_address(sent, sendgrid, now):
    one = sendgrid.messages[0]
    late = {"event": "bounce", "type": "bounce", "email": one["to"].upper(), "timestamp": 1}

    report = post(sent, now, [late])

    assert report.suppressed == 1
    assert delivery_of(sent, one["to"]) == EventKind.BOUNCED


def test_a_bounce_of_an_address_that_we_never_wrote_to_is_suppressed_too(sent, now):
    report = post(sent, now, [{"event": "spamreport", "email": "else@example.am"}])

    assert report.suppressed == 1
    assert suppressed(sent, "else@example.am")


@pytest.mark.slow
@pytest.mark.parametrize(
    "body", [b"", b"\xff\xfe", b"no json", b'"text"', b"3", b'{"a":', b"[" * 5000]
)
def test_a_body_that_cannot_be_read_is_kept_with_its_error_and_blocks_nothing(
    sent, sendgrid, now, body
):
    events.keep_body(sent, "sendgrid", body, now=now)

    report = post(sent, now, [sendgrid.event(sendgrid.messages[0], "delivered")])

    assert (report.bodies, report.unreadable, report.new) == (2, 1, 1)
    with sent.database.read() as connection:
        kept = connection.execute(
            sa.select(webhook_body.c.body, webhook_body.c.error).order_by(webhook_body.c.id)
        ).first()
    assert (kept.body, kept.error["code"]) == (body, "events.unreadable")


def test_events_keep_neither_address_nor_network_of_the_person(sent, sendgrid, now):
    made = sendgrid.event(sendgrid.messages[0], "open", ip="10.0.0.1", useragent="Mail\x00er")

    post(sent, now, [made])

    with sent.database.read() as connection:
        raw = connection.execute(sa.select(event.c.raw)).scalar_one()
    assert "email" not in raw
    assert "ip" not in raw
    assert raw["useragent"] == "Mailer"


def test_a_file_of_one_event_a_line_goes_the_same_way(sent, sendgrid, now, tmp_path):
    path = tmp_path / "events.ndjson"
    lines = [json.dumps(sendgrid.event(one, "delivered")) for one in sendgrid.messages]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    assert events.ingest_file(sent, path, now=now).new == 4
    with pytest.raises(InputError):
        events.ingest_file(sent, tmp_path / "missing.json", now=now)


@pytest.mark.parametrize("timestamp", [None, "soon", 1e300, -1e300, True, [], {}])
def test_an_impossible_time_is_the_time_of_receipt(now, timestamp):
    body = json.dumps([{"event": "open", "timestamp": timestamp}]).encode()

    (found,) = read_events(body, now)

    assert found.at in (now, datetime.fromtimestamp(1, UTC))


@pytest.mark.slow
@settings(deadline=None)
@given(
    items=st.lists(
        st.recursive(
            st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.text(max_size=20),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(
                    st.sampled_from(["event", "email", "timestamp", "sg_event_id", "x_m", "type"])
                    | st.text(max_size=5),
                    inner,
                    max_size=5,
                )
            ),
        ),
        max_size=5,
    )
)
def test_no_list_that_a_provider_could_post_breaks_the_reader(items):
    body = json.dumps(items, ensure_ascii=True).encode()
    try:
        found = read_events(body, datetime(2026, 1, 1, tzinfo=UTC))
    except InputError:
        return  # a lone surrogate
    assert len(found) == sum(isinstance(item, dict) for item in items)


@settings(deadline=None)
@given(order=st.permutations([EventKind.PROCESSED, EventKind.DROPPED, EventKind.DEFERRED]))
def test_processed_and_dropped_end_in_failed_in_any_order(order):
    state = MessageState.UNKNOWN
    for kind in order:
        state = settled_state(state, kind, doubtful=True, current=True) or state

    assert state is MessageState.FAILED


@pytest.mark.parametrize(
    "state", [MessageState.PENDING, MessageState.IN_FLIGHT, MessageState.UNKNOWN]
)
@pytest.mark.parametrize("kind", [EventKind.PROCESSED, EventKind.DROPPED])
def test_an_echo_of_an_earlier_attempt_settles_nothing(state, kind):
    assert settled_state(state, kind, doubtful=False, current=False) is None


def test_a_letter_that_was_sent_again_outlives_the_drop_of_the_first(sendgrid_shop, sendgrid, now):
    people(sendgrid_shop, now, 2, languages=("hy",))
    sendgrid.faults = ["accept-then-drop"]
    campaign_id = a_running_campaign(sendgrid_shop, now, transport="sendgrid")
    send_campaign(sendgrid_shop, campaign_id, owner="w")
    campaigns.settle(sendgrid_shop, "Spring", decision="resend", actor="anna", now=now)
    send_campaign(sendgrid_shop, campaign_id, owner="w")

    post(sendgrid_shop, now, [sendgrid.event(one, "dropped") for one in sendgrid.messages[:2]])

    assert states(sendgrid_shop) == {"accepted": 2}
    assert campaigns.retry(sendgrid_shop, "Spring", actor="anna", now=now) == 0


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["dropped", "delivered", "open", "processed"])
def test_other_mail_of_the_account_says_nothing_of_our_letter(sent, sendgrid, now, kind):
    receipt = {"event": kind, "email": sendgrid.messages[0]["to"], "sg_event_id": "receipt"}

    report = post(sent, now, [receipt])

    assert (report.new, report.settled) == (1, 0)
    assert states(sent) == {"accepted": 4}
    assert delivery_of(sent, sendgrid.messages[0]["to"]) is None


@pytest.mark.parametrize("said", ["550 \\u0000", "550 \\\u0000\\", "\x00\x00a\\\\u0000"])
def test_what_a_foreign_mail_server_says_breaks_nothing(sent, sendgrid, now, said):
    bounce = sendgrid.event(sendgrid.messages[0], "bounce", type="bounce", reason=said)

    report = post(sent, now, [bounce])

    assert (report.unreadable, report.suppressed) == (0, 1)
    with sent.database.read() as connection:
        raw = connection.execute(sa.select(event.c.raw)).scalar_one()
    assert raw["reason"] == said.replace("\x00", "")


def test_a_body_that_nobody_foresaw_blocks_no_other(sent, sendgrid, now, monkeypatch):
    def read(body, received_at):
        return {}["unforeseen"] if body == b"odd" else read_events(body, received_at)

    monkeypatch.setattr(events, "READERS", {"sendgrid": read})
    events.keep_body(sent, "sendgrid", b"odd", now=now)

    report = post(sent, now, [sendgrid.event(sendgrid.messages[0], "delivered")])

    assert (report.bodies, report.unreadable, report.new) == (2, 1, 1)


def odd_event(sendgrid, kind):
    """An event that is right in what matters and hostile in the rest."""
    event = json.dumps(sendgrid.event(sendgrid.messages[0], "bounce", type="bounce"))
    return event[:-1] + ODD[kind] + "}"


ODD = {
    "deep": ', "x": ' + "[" * 400 + "]" * 400,
    "half-a-character": r', "x": "\ud83d", "\udc00": 1',
    "giant-number": ', "x": ' + "9" * 5000,
    "giant-text": ', "x": "' + "a" * 300_000 + '"',
    "giant-id": ', "sg_event_id": "' + "a" * 20_000 + '"',
    "twice-a-key": ', "x": 1, "x": 2',
    "far-future": ', "timestamp": 99999999999',
    "far-past": ', "timestamp": -99999999999',
    "zero-byte": r', "x\u0000": "\u0000"',
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", ODD)
def test_what_is_odd_in_one_event_costs_neither_it_nor_its_neighbours(sent, sendgrid, now, kind):
    other = json.dumps(sendgrid.event(sendgrid.messages[1], "delivered"))
    body = f"[{odd_event(sendgrid, kind)},{other}, 3, null]".encode()
    events.keep_body(sent, "sendgrid", body, now=now)

    first = events.ingest(sent, now=now)
    events.keep_body(sent, "sendgrid", body, now=now)

    assert (first.unreadable, first.new, first.suppressed) == (0, 2, 1)
    assert events.ingest(sent, now=now).new == 0
    assert counts(sent) == {"delivered": 1, "bounced": 1}


# --- the signature -----------------------------------------------------------------------------

BODY = b'[{"email":"ani@example.am","event":"open"}]\r\n'


def test_a_true_signature_holds_and_one_changed_byte_does_not(sendgrid):
    signature = sendgrid.sign(BODY, "1700000000")

    assert verify_sendgrid(sendgrid.public_key, signature, "1700000000", BODY)
    assert not verify_sendgrid(sendgrid.public_key, signature, "1700000001", BODY)
    assert not verify_sendgrid(sendgrid.public_key, signature, "1700000000", BODY.strip())
    assert not verify_sendgrid(sendgrid.public_key, signature, "1700000000", b"x" + BODY)


def test_a_body_that_is_no_text_can_be_signed(sendgrid):
    assert verify_sendgrid(sendgrid.public_key, sendgrid.sign(b"\xff\x00", "1"), "1", b"\xff\x00")


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None
)
@given(key=st.none() | st.text(), signature=st.none() | st.text(), stamp=st.none() | st.text())
def test_nonsense_is_never_a_signature_and_never_an_exception(sendgrid, key, signature, stamp):
    assert not verify_sendgrid(key, signature, stamp, BODY)
    assert not verify_sendgrid(sendgrid.public_key, signature, stamp, BODY)


def test_a_key_of_another_kind_verifies_nothing():
    assert not verify_sendgrid(base64.b64encode(b"no key").decode(), "AAAA", "1", BODY)

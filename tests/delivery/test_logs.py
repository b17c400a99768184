"""Whatever is logged, at the noisiest: no address, no name, no secret, no key to anybody's page."""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from campaigns.clock import monotonic_s, sleep_s
from campaigns.delivery import campaigns
from campaigns.delivery.dispatch import send_campaign
from campaigns.delivery.heard import events
from campaigns.delivery.inbox import replies
from campaigns.store.tables import contact, message
from tests.delivery.conftest import use_sendgrid
from tests.support.fake_sendgrid import API_KEY
from tests.support.mail_servers import Postbox, smtp_server
from tests.support.sending import a_running_campaign, people, states

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
GIVEN, FAMILY = "Շուշանիկ", "Ծատուրյան"
PASSWORD = "tell-nobody"
PATIENCE_S = 60
NOISY = ("sqlalchemy", "sqlalchemy.engine", "sqlalchemy.engine.Engine", "sqlalchemy.pool", "aiohttp",
         "asyncio", "huey", "urllib3", "psycopg", "python_http_client", "campaigns")  # fmt: skip


@pytest.fixture
def noisy(caplog):
    """All loggers at DEBUG, also those that were quieted on purpose."""
    before = {name: logging.getLogger(name).level for name in NOISY}
    caplog.set_level(logging.DEBUG)
    for name in NOISY:
        logging.getLogger(name).setLevel(logging.DEBUG)
    yield caplog
    for name, level in before.items():
        logging.getLogger(name).setLevel(level)


def readers(shop, now, count=6):
    people(shop, now, count, languages=("hy", "ka"))
    with shop.database.begin() as connection:
        connection.execute(contact.update().values(given_name=GIVEN, family_name=FAMILY))


def secrets_of(shop):
    """Everything that belongs into no log: addresses, names, keys, tokens."""
    with shop.database.read() as connection:
        people_ = connection.execute(sa.select(contact.c.address, contact.c.address_key)).all()
        tokens = connection.execute(sa.select(message.c.token)).scalars()
        found = {text for row in people_ for text in row} | set(tokens)
    key = (shop.settings.data / "secret.key").read_text().split()
    return found | {GIVEN, FAMILY, API_KEY, PASSWORD, *key, "example.am", "stranger@"}


def told(shop, text):
    return sorted(one for one in secrets_of(shop) if one in text)


def test_a_campaign_by_sendgrid_tells_nobody_whatever_goes_wrong(
    sendgrid_shop, sendgrid, now, noisy
):
    readers(sendgrid_shop, now)
    sendgrid.faults = ["500", "", "400:0", "400", "429", "drop-before-body"]
    sendgrid.weather.refuses = [("*", "quoted")]
    campaign_id = a_running_campaign(sendgrid_shop, now, transport="sendgrid")
    send_campaign(sendgrid_shop, campaign_id, owner="w")
    sendgrid.weather.refuses = []
    campaigns.retry(sendgrid_shop, "Spring", actor="anna", now=now)
    send_campaign(sendgrid_shop, campaign_id, owner="w")
    hear(sendgrid_shop, sendgrid, now)

    assert sendgrid.requests > 1
    assert "campaign=" in noisy.text
    assert told(sendgrid_shop, noisy.text) == []


def hear(shop, sendgrid, now):
    """Events with reasons that name people, one that is no JSON, and a reply."""
    made = [
        sendgrid.event(one, kind, reason=f"550 <{one['to']}> {GIVEN} unknown", response=one["to"])
        for one in sendgrid.messages for kind in ("processed", "bounce", "spamreport")
    ]  # fmt: skip
    for body in (json.dumps(made).encode(), b"[{", b'["stranger@example.am"]'):
        events.keep_body(shop, "sendgrid", body, now=now)
    mail = f"From: {GIVEN} <stranger@example.am>\r\nSubject: {FAMILY}\r\n\r\n{GIVEN}".encode()
    replies.keep_mail(shop, "mailbox", mail, now=now)
    replies.ingest(shop, now=now)
    events.ingest(shop, now=now)


def test_a_campaign_by_mail_server_tells_nobody_whatever_goes_wrong(sqlite_shop, now, noisy):
    readers(sqlite_shop, now)
    box = Postbox(replies={
        "RCPT": lambda said, _n: f"550 no such user {said}" if "1" in said else None,
        ".": lambda _said, number: "451 later" if number == 2 else None,
    })  # fmt: skip
    with smtp_server(box) as plain:
        url = plain.replace("//", f"//robot:{PASSWORD}@")
        for name, value in {"smtp_url": url, "public_url": "https://shop.example"}.items():
            object.__setattr__(sqlite_shop.settings, name, value)
        campaign_id = a_running_campaign(sqlite_shop, now, transport="smtp")
        send_campaign(sqlite_shop, campaign_id, owner="w")

    assert box.commands
    assert told(sqlite_shop, noisy.text) == []


def test_a_campaign_into_the_outbox_tells_nobody(sqlite_shop, now, noisy):
    readers(sqlite_shop, now)
    send_campaign(sqlite_shop, a_running_campaign(sqlite_shop, now), owner="w")

    assert states(sqlite_shop) == {"accepted": 6}
    assert told(sqlite_shop, noisy.text) == []


def test_a_worker_process_at_debug_tells_nobody(sqlite_shop, sendgrid, now, tmp_path):
    use_sendgrid(sqlite_shop, sendgrid.address)
    readers(sqlite_shop, now)
    sendgrid.faults = ["500", "400:0", "400"]
    a_running_campaign(sqlite_shop, now, transport="sendgrid")
    hear(sqlite_shop, sendgrid, now)
    environ = {
        "CAMPAIGNS_DATA": str(sqlite_shop.settings.data), "CAMPAIGNS_LOG_LEVEL": "DEBUG",
        "CAMPAIGNS_SENDGRID_HOST": sendgrid.address, "CAMPAIGNS_SENDGRID_API_KEY": API_KEY,
        "CAMPAIGNS_PUBLIC_URL": "https://shop.example", "PATH": os.environ["PATH"],
    }  # fmt: skip
    said = tmp_path / "said.log"
    with said.open("wb") as sink, subprocess.Popen(
        [sys.executable, "-m", "campaigns.cli", "worker"], cwd=ROOT, env=environ, stdout=sink,
        stderr=sink,
    ) as process:  # fmt: skip
        until = monotonic_s() + PATIENCE_S
        while states(sqlite_shop).keys() & {"pending", "in_flight"} and monotonic_s() < until:
            sleep_s(0.05)
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE_S)

    text = said.read_text() + (sqlite_shop.settings.data / "campaigns.log").read_text()
    assert "campaign=" in text
    assert " DEBUG " in text
    assert told(sqlite_shop, text) == []

"""A worker's own turns with mail: what it tells is known in the same turn."""

from __future__ import annotations

import threading

import pytest
import sqlalchemy as sa

from campaigns.clock import monotonic_s, sleep_s
from campaigns.delivery.inbox import replies
from campaigns.delivery.transports.reply_address import letter_id
from campaigns.jobs.worker import run_worker
from campaigns.store.tables import reply, suppression
from tests.delivery import mails
from tests.support.factory import a_recipient
from tests.support.mail_servers import Mailbox, imap_server

PATIENCE_S = 20


@pytest.mark.slow
def test_returned_mail_in_a_mailbox_ends_the_mail_to_its_reader(sqlite_workspace, now):
    known = a_recipient(sqlite_workspace, now=now)
    link = f"https://s.example/u/{sqlite_workspace.signer.sign('unsubscribe', known.token)}"
    returned = mails.postfix().replace(mails.ID.encode(), letter_id(link).encode())
    replies.keep_mail(sqlite_workspace, replies.FILE, mails.an_answer("Hi"), now=now)
    stop = threading.Event()
    with imap_server(Mailbox({1: returned})) as address:
        url = f"imap://shop:secret@{address}/INBOX"
        object.__setattr__(sqlite_workspace.settings, "mailbox_url", url)
        running = threading.Thread(
            target=run_worker, args=(sqlite_workspace,), kwargs={"stop": stop}
        )
        running.start()
        try:
            until = monotonic_s() + PATIENCE_S
            while _known(sqlite_workspace) != (["bounce", "person"], ["bounced"]):
                assert monotonic_s() < until, _known(sqlite_workspace)
                sleep_s(0.05)
        finally:
            stop.set()
            running.join(PATIENCE_S)


def _known(workspace):
    with workspace.database.read() as connection:
        kinds = connection.execute(sa.select(reply.c.kind).order_by(reply.c.kind)).scalars().all()
        reasons = connection.execute(sa.select(suppression.c.reason)).scalars().all()
    return kinds, reasons

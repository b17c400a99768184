"""Mails that come back, as servers and programs of these years write them. Made up by hand."""

from __future__ import annotations

TOKEN = "Abc_DEF-0123456789xy"
ID = f"{TOKEN}~{24 * '0'}"
"""Of the letter, as it stands in its Message-ID."""
LINK = f"{TOKEN}~mark"
"""End of its link to leave."""
TO = "ani@example.am"


def crlf(text: str) -> bytes:
    return text.strip("\n").replace("\n", "\r\n").encode()


def _report(status: str, prose: str, returned: str, sender: str) -> bytes:
    return crlf(f"""
Return-Path: <>
From: {sender}
To: shop@arevik.example
Subject: Undelivered Mail Returned to Sender
Message-ID: <20260302.42@mx.example.am>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="A1B2/mx.example.am"

This is a MIME-encapsulated message.

--A1B2/mx.example.am
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

{prose}

--A1B2/mx.example.am
Content-Description: Delivery report
Content-Type: message/delivery-status

{status}

--A1B2/mx.example.am
{returned}

--A1B2/mx.example.am--
""")


HEADERS = f"""Content-Type: text/rfc822-headers

Return-Path: <shop@arevik.example>
From: Shop <shop@arevik.example>
To: {TO}
Subject: Spring
Message-ID: <{ID}@arevik.example>"""


def postfix(action="failed", status="5.1.1", said="550 5.1.1 <ani@example.am>: Recipient address"
            " rejected: User unknown in virtual mailbox table", returned=HEADERS):  # fmt: skip
    return _report(
        f"""Reporting-MTA: dns; mx.example.am
X-Postfix-Queue-ID: 4F2B1C0
Arrival-Date: Mon,  2 Mar 2026 12:00:00 +0400 (+04)

Final-Recipient: rfc822; {TO}
Original-Recipient: rfc822;{TO}
Action: {action}
Status: {status}
Remote-MTA: dns; mail.example.am
Diagnostic-Code: smtp; {said}""",
        f"This is the mail system at host mx.example.am.\n\n<{TO}>: {said}",
        returned,
        "MAILER-DAEMON@mx.example.am (Mail Delivery System)",
    )


EXCHANGE = _report(
    f"""Reporting-MTA: dns;AM6PR0.eurprd.prod.outlook.example
Received-From-MTA: dns;sender.example
Arrival-Date: Mon, 2 Mar 2026 08:00:00 +0000
Original-Envelope-Id: {ID}

Final-Recipient: rfc822;{TO}
Action: failed
Status: 5.1.10
Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient {TO} not found by SMTP
 address lookup""",
    "Delivery has failed to these recipients or groups:\n\nani@example.am\nThe email address you"
    " entered couldn't be found.",
    "Content-Type: text/rfc822-headers\n\nSubject: Spring",
    "postmaster@outlook.example",
)
GMAIL = _report(
    f"""Reporting-MTA: dns; googlemail.com
Arrival-Date: Mon, 02 Mar 2026 00:00:00 -0800 (PST)
X-Original-Message-ID: <{ID}@arevik.example>

Final-Recipient: rfc822; {TO}
Action: failed
Status: 5.2.2
Remote-MTA: dns; gmail-smtp-in.l.google.example
Diagnostic-Code: smtp; 552-5.2.2 The recipient's inbox is out of storage space and inactive.
 552 5.2.2 Learn more at https://support.google.example/mail/?p=OverQuotaPerm""",
    "** Delivery incomplete **",
    f"Content-Type: message/rfc822\n\nMessage-ID: <{ID}@arevik.example>\nSubject: Spring\n\nHi",
    "Mail Delivery Subsystem <mailer-daemon@googlemail.example>",
)
QMAIL = crlf(f"""
Return-Path: <>
From: MAILER-DAEMON@ns.example.am
To: shop@arevik.example
Subject: failure notice
Date: 2 Mar 2026 08:00:00 -0000

Hi. This is the qmail-send program at ns.example.am.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<{TO}>:
Sorry, no mailbox here by that name. (#5.1.1)

--- Below this line is a copy of the message.

Return-Path: <shop@arevik.example>
Subject: We were blocked by spam policy in the copy, which tells nothing
Message-ID: <{ID}@arevik.example>

Hello
""")
MAIL_RU = crlf(f"""
Return-Path: <>
From: mailer-daemon@corp.mail.example
To: shop@arevik.example
Subject: Mail failure.
X-Failed-Recipients: {TO}
Auto-Submitted: auto-replied
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  {TO}
    SMTP error from remote mail server after end of data:
    host mxs.mail.example: 550 spam message rejected. Please visit
    https://help.mail.example/notspam-support/id?c=1

------ This is a copy of the message, including all the headers. ------

Message-ID: <{ID}@arevik.example>
Subject: Spring
""")
YANDEX = crlf(f"""
Return-Path: <>
From: mailer-daemon@yandex.example
To: shop@arevik.example
Subject: =?utf-8?B?0J3QtdC00L7RgdGC0LDQstC70LXQvdC90L7QtSDRgdC+0L7QsdGJ0LXQvdC40LU=?=
Content-Type: text/plain; charset=koi8-r
Content-Transfer-Encoding: quoted-printable

=EE=C5 =D5=C4=C1=CC=CF=D3=D8 =C4=CF=D3=D4=C1=D7=C9=D4=D8: 550 =EE=C5=D4 =D4=C1=CB=CF=C7=CF =D0=CF=CC=D8=DA=CF=D7=C1=D4=C5=CC=D1

List-Unsubscribe: <https://s.example/u/{LINK}>
""")
EXIM_DELAY = crlf(f"""
Return-Path: <>
From: Mail Delivery System <Mailer-Daemon@host.example.ge>
To: shop@arevik.example
Subject: Warning: message 1abcDE-0000 delayed 24 hours
X-Failed-Recipients: {TO}

This message was created automatically by mail delivery software.
A message that you sent has not yet been delivered to one or more of its
recipients after more than 24 hours on the queue on host.example.ge.

  {TO}
    host mx.example.am: 451 4.7.1 Greylisted
    Delay reason: SMTP error from remote mail server

No action is required on your part. Delivery attempts will continue.

Message-ID: <{ID}@arevik.example>
""")


def feedback(kind="abuse"):
    return crlf(f"""
From: <complaints@mail.example>
To: <shop@arevik.example>
Subject: FW: Spring
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="part"

--part
Content-Type: text/plain; charset="US-ASCII"

This is an email abuse report for a message received from IP 192.0.2.1.

--part
Content-Type: message/feedback-report

Feedback-Type: {kind}
User-Agent: SomeGenerator/1.0
Version: 1
Original-Mail-From: <shop@arevik.example>
Original-Rcpt-To: <{TO}>

--part
Content-Type: message/rfc822
Content-Disposition: inline

From: <shop@arevik.example>
Message-ID: <{ID}@arevik.example>
Subject: Spring

Spam Spam Spam
--part--
""")


def an_answer(text: str, *, to="hello@arevik.example", sender="Ani <ani@example.am>", message_id="",
              more="", subject="Re: Spring") -> bytes:  # fmt: skip
    """A person's plain answer."""
    known = f"Message-ID: <{message_id or abs(hash((text, to, sender, subject)))}@mail.example>"
    return crlf(f"""
From: {sender}
To: {to}
Subject: {subject}
Date: Mon, 02 Mar 2026 15:30:00 +0400
{known}
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit{chr(10) + more if more else ""}

{text}
""")

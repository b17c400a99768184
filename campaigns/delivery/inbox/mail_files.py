"""Mails in files: one mail (.eml), a file of mails (mbox), or a folder of them (maildir).

For what a mail program or an older system kept, on the same way as every other mail.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from campaigns.delivery.inbox.mail_parts import MAIL_BYTES
from campaigns.delivery.inbox.replies import FILE, RepliesReport, ingest, keep_mail
from campaigns.errors import InputError
from campaigns.store.workspace import Workspace

_BEGINS = b"From "


def ingest_files(workspace: Workspace, path: Path, *, now: datetime) -> RepliesReport:
    """Take in the mails at ``path``; what is known already counts no second time.

    Raises:
        InputError: there is no mail, or it cannot be read.
    """
    count = 0
    try:
        for mail in mails_at(path):
            keep_mail(workspace, FILE, mail, now=now)
            count += 1
    except OSError as cause:
        raise InputError("replies.unreadable") from cause
    if not count:
        raise InputError("replies.unreadable")
    return ingest(workspace, now=now)


def mails_at(path: Path) -> Iterator[bytes]:
    """Yield the mails of a file or a folder, one at a time, each within the limit of a mail."""
    if path.is_dir():
        folders = [one for name in ("cur", "new") if (one := path / name).is_dir()] or [path]
        for folder in folders:
            for file in sorted(one for one in folder.iterdir() if one.is_file()):
                yield from _mails_in(file)
    else:
        yield from _mails_in(path)


def _mails_in(file: Path) -> Iterator[bytes]:
    """An mbox parts its mails by lines that begin with "From " (RFC 4155)."""
    with file.open("rb") as lines:
        first = lines.read(len(_BEGINS))
        lines.seek(0)
        if first != _BEGINS:
            if content := lines.read(MAIL_BYTES):
                yield content
            return
        mail: list[bytes] = []
        size, after_blank = 0, True
        for line in lines:
            if after_blank and line.startswith(_BEGINS):
                if mail:
                    yield b"".join(mail)
                mail, size = [], 0
            elif size < MAIL_BYTES:
                mail.append(line.removeprefix(b">") if line.startswith(b">From ") else line)
                size += len(line)
            after_blank = line in (b"\n", b"\r\n")
        if mail:
            yield b"".join(mail)

"""``campaigns replies``: mails from files of three kinds, listed and shown."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from campaigns.cli import main
from campaigns.delivery.inbox.mail_files import mails_at
from tests.delivery.mails import an_answer

pytestmark = pytest.mark.slow


@pytest.fixture
def run(tmp_path):
    """Return a function that runs a command on a data folder and returns its answer."""

    def ran(*words, code=0):
        found = CliRunner().invoke(main, [*words, "--data", str(tmp_path / "data"), "--json"])
        assert found.exit_code == code, found.output
        return json.loads(found.stdout) if code == 0 else found.output

    return ran


def test_mails_of_a_file_of_mails_and_of_a_folder_are_taken_in_once(run, tmp_path):
    one, two = an_answer("one", message_id="1"), an_answer("two\n>From me", message_id="2")
    (tmp_path / "one.eml").write_bytes(one)
    (tmp_path / "box").write_bytes(b"From a@b.am x\n" + one + b"\n\nFrom c@d.am y\n" + two + b"\n")
    (tmp_path / "dir" / "cur").mkdir(parents=True)
    (tmp_path / "dir" / "new").mkdir()
    (tmp_path / "dir" / "new" / "1").write_bytes(an_answer("three", message_id="3"))

    new = [
        run("replies", "ingest", str(tmp_path / name))["new"] for name in ("one.eml", "box", "dir")
    ]

    assert new == [1, 1, 1]
    found = run("replies", "list")["replies"]
    assert sorted(one["text"] for one in found) == ["one", "three", "two\nFrom me"]
    assert run("replies", "show", str(found[0]["reply_id"]))["full_text"] == found[0]["text"]
    assert run("replies", "list", "--kind", "bounce")["replies"] == []


def test_what_is_no_mail_is_refused(run, tmp_path):
    (tmp_path / "empty").write_bytes(b"")

    assert "mail" in run("replies", "ingest", str(tmp_path / "empty"), code=1)
    assert "no such thing" in run("replies", "show", "7", code=1)


def test_a_file_is_read_a_mail_at_a_time_and_none_beyond_the_limit(tmp_path, monkeypatch):
    monkeypatch.setattr("campaigns.delivery.inbox.mail_files.MAIL_BYTES", 1_000)
    path = tmp_path / "box"
    path.write_bytes(b"From x\n" + b"long line\n" * 1_000 + b"\nFrom y\nhi\n")

    sizes = [len(mail) for mail in mails_at(path)]

    assert sizes == [1_000, 3]

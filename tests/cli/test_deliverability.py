"""``campaigns deliverability``: a document for scripts, words for people, exit 1 when red."""

from __future__ import annotations

import json
import sys
from functools import partial

import pytest
from click.testing import CliRunner

from campaigns.cli import main
from campaigns.delivery.deliverability.names import asker
from tests.delivery.deliverability.test_mail import BOTH, HEADERS, SIGNATURE
from tests.support.name_server import SILENCE, name_server


@pytest.fixture
def run(tmp_path):
    def run(*words, server=None):
        words = [*words, "--data", str(tmp_path / "data")]
        if server:
            words += ["--server", "127.0.0.1", "--port", str(server)]
        return CliRunner().invoke(main, ["deliverability", *words])

    return run


def test_a_domain_is_looked_at_and_red_is_exit_1(run):
    with name_server({("shop.am", "TXT"): ['"v=spf1 -all"']}) as (port, asked):
        found = run("shop.am", "--json", "--selector", "k1", server=port)

    document = json.loads(found.stdout)
    assert found.exit_code == 1
    assert (document["domain"], document["offline"]) == ("shop.am", False)
    by_topic = {one["topic"]: one for one in document["checks"]}
    assert by_topic["spf"]["code"] == "spf.without_sendgrid"
    assert by_topic["dmarc"]["add"][0]["name"] == "_dmarc.shop.am"
    assert "k1._domainkey.shop.am" in asked
    assert {one["demand"] for one in document["demands"]} >= {"spf", "dkim", "dmarc", "one_click"}


@pytest.mark.slow
def test_a_silent_name_server_is_said_to_be_no_connection(run, monkeypatch):
    quick = partial(asker, timeout_s=0.05)
    monkeypatch.setattr(sys.modules["campaigns.cli.deliverability"], "asker", quick)
    zone = {(name, "TXT"): SILENCE for name in ("shop.am", "s1._domainkey.shop.am")}
    with name_server(zone) as (port, _asked):
        found = run("shop.am", "--json", server=port)

    assert json.loads(found.stdout)["offline"] is True


@pytest.mark.parametrize(("covered", "exit_code"), [(BOTH, 0), ("date", 1)])
def test_a_received_mail_is_looked_at(run, tmp_path, covered, exit_code):
    path = tmp_path / "mail.eml"
    path.write_text(SIGNATURE.format(d="nur.example", h=covered) + HEADERS)

    found = run("--mail", str(path), "--lang", "en")
    assert found.exit_code == exit_code
    assert ("list-unsubscribe, list-unsubscribe-post" in found.stdout) == bool(exit_code)


def test_what_is_no_mail_is_refused_with_words(run, tmp_path):
    found = run("--mail", str(tmp_path / "missing.eml"))

    assert found.exit_code == 1
    assert ".eml" in found.stderr

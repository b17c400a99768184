"""The command line on PostgreSQL: the same words, the same answers."""

from __future__ import annotations

import pytest

from tests.cli.conftest import BRAND, Run

pytestmark = pytest.mark.slow


@pytest.fixture
def run(postgres_workspace, monkeypatch):
    settings = postgres_workspace.settings
    monkeypatch.setenv("CAMPAIGNS_DATABASE_URL", settings.database_url)
    return Run(settings.data)


@pytest.mark.slow
def test_the_main_job(run, sheets):
    run.json("brand", "set", *BRAND)
    uploads = run.json("import", *sheets)["uploads"]
    run.json("campaign", "create", "Spring", "--segment", "everyone", "--letter", "thank_you")
    run.json("campaign", "plan", "Spring")
    run.json("campaign", "approve", "Spring")
    sent = run.json("campaign", "send", "Spring")

    assert [one["stored"] for one in uploads] == [4, 3]
    assert run.json("segment", "count", 'orders >= 1 and city = "ԵՐԵՎԱՆ"')["count"] == 1
    assert (sent["state"], sent["accepted"]) == ("done", 3)
    assert len(list((run.data / "outbox").rglob("*.eml"))) == 3


def test_a_dry_run_leaves_the_server_alone(run, sheets):
    found = run.json("import", *sheets, "--dry-run")["uploads"]

    assert [one["stored"] for one in found] == [4, 3]
    assert run.json("segment", "count", "everyone")["count"] == 0

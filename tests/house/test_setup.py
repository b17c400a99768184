"""Setting up takes what is there, and where nothing works it fails and says what to install."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.house.source import ROOT
from tests.support.browser import find_chromium


def _set_up(environment):
    command = [sys.executable, "-m", "tools.setup_tests", "--without-browser"]
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


def test_a_database_that_is_given_is_taken():
    done = _set_up({**os.environ, "TEST_POSTGRES_URL": "postgresql+psycopg://somewhere/else"})

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_browser_that_is_given_outranks_the_ones_found(monkeypatch):
    monkeypatch.setenv("TEST_CHROMIUM", "given")

    assert find_chromium() == "given"


@pytest.mark.parametrize("target", ["run", "demo", "test", "test-fast", "lint", "format", "lock"])
def test_make_lists_what_it_can_make(target):
    listed = subprocess.run(["make", "-s"], cwd=ROOT, capture_output=True, text=True, check=True)

    assert f"make {target} " in listed.stdout

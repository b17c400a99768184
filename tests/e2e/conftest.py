"""The whole program as an operator starts it, a provider beside it, and a browser before it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import pytest
import trustme
from playwright.sync_api import expect, sync_playwright

from tests.support import fake_sendgrid
from tests.support.browser import chromium_path
from tests.support.ports import free_port
from tools.screenshots import FLAGS

ROOT = Path(__file__).parents[2]
START_S = 60
PATIENCE_MS = 30_000
FAILED = pytest.StashKey[bool]()


@dataclass(frozen=True)
class Running:
    """Addresses and folder of a program that is up."""

    ui: str
    web: str
    data: Path
    environ: dict[str, str]
    log: Path


@pytest.fixture(scope="session")
def authority(tmp_path_factory):
    """A certificate authority of our own, and a certificate for localhost."""
    folder = tmp_path_factory.mktemp("tls")
    authority = trustme.CA()
    certificate = authority.issue_cert("localhost", "127.0.0.1")
    authority.cert_pem.write_to_path(str(folder / "ca.pem"))
    certificate.private_key_pem.write_to_path(str(folder / "key.pem"))
    for number, blob in enumerate(certificate.cert_chain_pems):
        blob.write_to_path(str(folder / "cert.pem"), append=number > 0)
    return folder


def start(environ: dict[str, str], log: Path) -> subprocess.Popen[bytes]:
    """Start `campaigns up` in a session of its own, so that one signal ends all of it."""
    command = [sys.executable, "-m", "campaigns.cli", "up"]
    with log.open("ab") as sink:
        return subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environ}, stdout=sink,
                                stderr=subprocess.STDOUT, start_new_session=True)  # fmt: skip


def stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)


def wait_until_up(process: subprocess.Popen[bytes], addresses: list[str], log: Path) -> None:
    deadline = time.monotonic() + START_S
    for address in addresses:
        while not _answers(address):
            assert process.poll() is None, log.read_text(errors="replace")
            assert time.monotonic() < deadline, log.read_text(errors="replace")
            time.sleep(0.2)


def _answers(address: str) -> bool:
    import ssl  # noqa: PLC0415 - only here

    context = ssl._create_unverified_context()  # noqa: S323 - only asks whether it is up
    try:
        with urllib.request.urlopen(address, timeout=2, context=context) as reply:  # noqa: S310
            return reply.status == 200
    except OSError:
        return False


@pytest.fixture
def browser():
    """A browser for one test: while Playwright runs, no other test could run an event loop."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def context(browser):
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, locale="en-US", timezone_id="Asia/Yerevan",
        reduced_motion="reduce", color_scheme="light", ignore_https_errors=True,
        accept_downloads=True,
    )  # fmt: skip
    context.set_default_timeout(PATIENCE_MS)
    expect.set_options(timeout=PATIENCE_MS)
    yield context
    context.close()


@pytest.fixture
def page(context, request, tmp_path):
    """A fresh page; what it showed is kept beside the test's files when the test fails."""
    page = context.new_page()
    yield page
    if request.node.stash.get(FAILED, False):
        page.screenshot(path=tmp_path / "failed.png", full_page=True)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    report = yield
    if report.when == "call" and report.failed:
        item.stash[FAILED] = True
    return report


@pytest.fixture
def folder(tmp_path) -> Path:
    """A data folder that is gone afterwards."""
    path = tmp_path / "data"
    path.mkdir()
    yield path
    shutil.rmtree(path, ignore_errors=True)


@pytest.fixture
def provider():
    """A SendGrid on this machine: its account and its address."""
    with fake_sendgrid.running() as found:
        yield found


@pytest.fixture
def up(folder, provider, authority, tmp_path):
    """The three processes, with https in front of the customers' pages."""
    account, address = provider
    ui, web = free_port(), free_port()
    environ = {
        "CAMPAIGNS_DATA": str(folder),
        "CAMPAIGNS_UI_PORT": str(ui),
        "CAMPAIGNS_WEB_PORT": str(web),
        "CAMPAIGNS_PUBLIC_URL": f"https://localhost:{web}",
        "CAMPAIGNS_TLS_CERT": str(authority / "cert.pem"),
        "CAMPAIGNS_TLS_KEY": str(authority / "key.pem"),
        "CAMPAIGNS_SENDGRID_HOST": address,
        "CAMPAIGNS_SENDGRID_API_KEY": fake_sendgrid.API_KEY,
        "CAMPAIGNS_SENDGRID_WEBHOOK_KEY": account.public_key,
        "SSL_CERT_FILE": str(authority / "ca.pem"),
    }
    log = tmp_path / "up.log"
    process = start(environ, log)
    try:
        running = Running(
            f"http://127.0.0.1:{ui}", f"https://localhost:{web}", folder, environ, log
        )
        wait_until_up(process, [f"{running.ui}/_stcore/health", f"{running.web}/health"], log)
        yield running
    finally:
        stop(process)

"""Connections that are kept open: what is used again, and what of a failed request is known."""

from __future__ import annotations

import contextlib
import socket
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from campaigns.clock import monotonic_s, sleep_s
from campaigns.delivery.transports.line import ANSWER_BYTES, Line, NoAnswer, NotSent

ACCEPTED = b"HTTP/1.1 202 Accepted\r\nX-Message-Id: a\r\nContent-Length: 0\r\n\r\n"
PATIENCE_S = 10


@contextlib.contextmanager
def serving(*connections):
    """A server that treats its connections by one function each, the last one for all further."""
    listener = socket.create_server(("127.0.0.1", 0))
    seen = []

    def serve():
        with contextlib.suppress(OSError):
            while True:
                one, _ = listener.accept()
                seen.append(one)
                treat = connections[min(len(seen), len(connections)) - 1]
                threading.Thread(target=_treated, args=(treat, one), daemon=True).start()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/", seen
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(PATIENCE_S)


def _treated(treat, one):
    with contextlib.suppress(OSError), one:
        treat(one)


def _request(one):
    """Read one request of ours, whose content is ``{}``."""
    got = b""
    while not got.endswith(b"\r\n\r\n{}"):
        part = one.recv(65_536)
        if not part:
            raise OSError
        got += part


def accepts(one):
    while True:
        _request(one)
        one.sendall(ACCEPTED)


def accepts_once(one):
    _request(one)
    one.sendall(ACCEPTED)  # and ends the connection without a word about it


def hangs_up(one):
    _request(one)


def says_nothing(one):
    _request(one)
    one.recv(1)


def refuses_and_breaks(one):
    _request(one)
    one.sendall(b'HTTP/1.1 400 Bad\r\nContent-Length: 99\r\n\r\n{"errors": [')


def talks_for_ever(one):
    _request(one)
    one.sendall(b"HTTP/1.1 500 Oh\r\n\r\n")
    while True:
        one.sendall(b"x" * 65_536)


@pytest.fixture
def line():
    made = Line(calls=4)
    yield made
    made.close()
    assert "line" not in {thread.name for thread in threading.enumerate()}


def post(line, url, total_s=PATIENCE_S):
    return line.post(url, b"{}", {"Content-Type": "application/json"}, total_s=total_s)


def test_one_connection_carries_many_requests(line):
    with serving(accepts) as (url, connections):
        found = [post(line, url).status for _ in range(20)]

    assert (found, len(connections)) == ([202] * 20, 1)


def test_many_threads_have_no_more_connections_than_calls(line):
    with serving(accepts) as (url, connections), ThreadPoolExecutor(16) as threads:
        found = list(threads.map(lambda _: post(line, url).headers["X-Message-Id"], range(64)))

    assert found == ["a"] * 64
    assert len(connections) <= 4


def test_a_kept_connection_that_the_server_closed_is_not_used_again(line):
    with serving(accepts_once, accepts) as (url, connections):
        assert post(line, url).status == 202
        until_s = monotonic_s() + PATIENCE_S
        while _is_kept(line) and monotonic_s() < until_s:
            sleep_s(0.005)
        assert post(line, url).status == 202

    assert len(connections) == 2


def _is_kept(line):
    kept = line._session.connector._conns.values()
    return any(protocol.is_connected() for pool in kept for protocol, _ in pool)


def test_a_host_that_cannot_be_reached_got_nothing(line):
    with pytest.raises(NotSent, match="ClientConnectorError"):
        post(line, "http://127.0.0.1:9/")


def test_a_host_whose_certificate_is_wrong_got_nothing(line):
    with serving(lambda one: one.recv(1)) as (url, _), pytest.raises(NotSent):
        post(line, url.replace("http:", "https:"))


def test_no_connection_within_the_time_left_is_nothing_sent(line):
    with pytest.raises(NotSent, match="Timeout"):
        post(line, "http://127.0.0.1:9/", total_s=1e-9)


@pytest.mark.parametrize("treat", [hangs_up, says_nothing])
def test_once_a_request_began_to_leave_nobody_knows(line, treat):
    with serving(treat) as (url, _), pytest.raises(NoAnswer):
        post(line, url, total_s=0.1)


def test_the_head_of_an_answer_counts_though_the_rest_is_lost(line):
    with serving(refuses_and_breaks) as (url, _):
        found = post(line, url)

    assert (found.status, found.content) == (400, b'{"errors": [')


def test_of_an_endless_answer_little_is_read(line):
    with serving(talks_for_ever) as (url, _):
        found = post(line, url)

    assert found.status == 500
    assert ANSWER_BYTES <= len(found.content) < 100 * ANSWER_BYTES


def test_what_was_closed_opens_again(line):
    with serving(accepts) as (url, connections):
        post(line, url)
        line.close()
        post(line, url)

    assert len(connections) == 2

"""Ports of this machine for servers that cannot be told to take any that is free."""

from __future__ import annotations

import socket
from random import SystemRandom

_BELOW_THOSE_GIVEN_AWAY = range(20_000, 32_000)
"""The system itself gives higher ones to whoever asks for any: it may do so before ours is up."""
_chance = SystemRandom()  # the tests' own chance begins alike in each process, to meet there


def free_port() -> int:
    """Return a port that nothing listens on and the system gives to nobody."""
    while True:
        port = _chance.choice(_BELOW_THOSE_GIVEN_AWAY)
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port

"""Records of domains, asked of name servers. A failure is an answer, too."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import dns.exception
import dns.name
import dns.resolver

from campaigns.delivery.deliverability import Answer, Ask

TIMEOUT_S = 4.0


def asker(servers: Sequence[str] = (), *, port: int = 53, timeout_s: float = TIMEOUT_S) -> Ask:
    """Return what asks ``servers``; none: those that this computer uses.

    Args:
        servers: addresses of name servers.
        port: on which they listen.
        timeout_s: after which a question counts as unanswered.
    """
    try:
        resolver = dns.resolver.Resolver(configure=not servers)
    except dns.exception.DNSException:  # a computer that knows no name server
        return lambda _name, _kind: Answer(failure="offline")
    if servers:
        resolver.nameservers = list(servers)
    resolver.port = port
    resolver.lifetime = timeout_s
    return lambda name, kind: _asked(resolver, name, kind)


def impatient(ask: Ask, patience: int = 2) -> Ask:
    """Return the same, until ``patience`` questions in a row met silence: then nothing is asked.

    Without a connection a person would otherwise wait for each question anew.
    """
    silent = 0

    def asked(name: str, kind: str) -> Answer:
        nonlocal silent
        if silent >= patience:
            return Answer(failure="offline")
        found = ask(name, kind)
        silent = silent + 1 if found.failure in ("timeout", "offline") else 0
        return found

    return asked


def _asked(resolver: dns.resolver.Resolver, name: str, kind: str) -> Answer:
    try:
        found = resolver.resolve(name, kind, search=False)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return Answer()
    except dns.exception.Timeout:
        return Answer(failure="timeout")
    except dns.resolver.NoNameservers:  # each of them failed: SERVFAIL, REFUSED, broken answers
        return Answer(failure="servfail")
    except (dns.exception.DNSException, UnicodeError, OSError) as error:
        return Answer(failure=type(error).__name__)
    return Answer(tuple(sorted(_text(one, kind) for one in found)))


def _text(record: Any, kind: str) -> str:
    """Return a record as text; the pieces of a long one belong together (RFC 7208, 3.3)."""
    if kind == "TXT":
        return b"".join(record.strings).decode("utf-8", "replace")
    if kind == "MX":
        return f"{record.preference} {_name(record.exchange)}"
    return _name(record.target) if kind == "CNAME" else str(record.to_text())


def _name(name: dns.name.Name) -> str:
    return name.to_text(omit_final_dot=True).lower()

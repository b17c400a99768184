"""A name server on this machine: answers what it is given, over UDP, and fails on demand."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset

SILENCE, FAULT, REFUSAL = "silence", "servfail", "refused"
Zone = Mapping[tuple[str, str], list[str] | str]
"""(name, kind) → records in the form of a zone file, or one of the faults."""


@contextmanager
def name_server(zone: Zone) -> Iterator[tuple[int, list[str]]]:
    """Serve ``zone``; yield the port and the names that are asked for."""
    asked: list[str] = []

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            content, at = self.request
            question = dns.message.from_wire(content)
            asked.append(str(question.question[0].name).rstrip("."))
            if answer := _answer(zone, question):
                at.sendto(answer.to_wire(max_size=65_000), self.client_address)

    server = socketserver.ThreadingUDPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server.server_address[1], asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _answer(zone: Zone, question: dns.message.Message) -> dns.message.Message | None:
    [query] = question.question
    name, kind = str(query.name).rstrip("."), dns.rdatatype.to_text(query.rdtype)
    found = zone.get((name, kind), [])
    if found == SILENCE:
        return None
    answer = dns.message.make_response(question, recursion_available=True)
    if isinstance(found, str):
        answer.set_rcode(dns.rcode.SERVFAIL if found == FAULT else dns.rcode.REFUSED)
        return answer
    for alias in zone.get((name, "CNAME"), []):
        answer.answer.append(dns.rrset.from_text(query.name, 300, "IN", "CNAME", f"{alias}."))
        if kind != "CNAME" and (further := zone.get((alias, kind), [])):
            answer.answer.append(dns.rrset.from_text(f"{alias}.", 300, "IN", kind, *further))
    if found and kind != "CNAME":
        answer.answer.append(dns.rrset.from_text(query.name, 300, "IN", kind, *found))
    if not answer.answer and not any(one == name for one, _ in zone):
        answer.set_rcode(dns.rcode.NXDOMAIN)
    return answer

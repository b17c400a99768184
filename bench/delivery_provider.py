"""A provider that takes everything: counts letters, reads a sample of them, answers when told.

.venv/bin/python -m bench.delivery_provider [DELAY_S] prints its port, serves until its input ends,
and then prints what it got as JSON.
"""

from __future__ import annotations

import asyncio
import json
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass

LIMIT = 1 << 23
SAMPLED = 20
"""One body in so many is parsed: that costs as much as all the work that made it."""


@dataclass(slots=True)
class Got:
    """What came: requests, letters, bytes of bodies, letters that were parsed,
    connections."""

    requests: int = 0
    letters: int = 0
    bytes: int = 0
    parsed: int = 0
    connections: int = 0


async def _main(delay_s: float) -> None:
    got = Got()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        got.connections += 1
        with suppress(asyncio.IncompleteReadError, ConnectionError):  # the client is done
            while True:
                await answer(reader, writer)
        writer.close()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(
            int(line.split(b":")[1])
            for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")
        )  # fmt: skip
        body = await reader.readexactly(length)
        got.requests += 1
        got.bytes += length
        got.letters += body.count(b'"to":[{') or body.count(b'"to": [{')
        if got.requests % SAMPLED == 1:
            got.parsed += len(json.loads(body)["personalizations"])
        if delay_s:
            await asyncio.sleep(delay_s)
        ends = b"Connection: close\r\n" if b"connection: close" in head.lower() else b""
        writer.write(
            b"HTTP/1.1 202 Accepted\r\nX-Message-Id: %d\r\nContent-Length: 0\r\n%b\r\n"
            % (got.requests, ends)
        )
        await writer.drain()
        if ends:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, limit=LIMIT)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.to_thread(sys.stdin.read)
    print(json.dumps(asdict(got)), flush=True)


if __name__ == "__main__":
    asyncio.run(_main(float(sys.argv[1]) if len(sys.argv) > 1 else 0.0))

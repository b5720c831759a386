"""The site that is polled, a process of its own: as cheap as a server can be, so that what is measured is who polls it.

    python -m tests.bench.fetcher.site --hosts 200 --entries 20 --bytes 50000

Listens on so many ports, each a server of its own to a polite client; prints them; on each of them serves ``/feeds/N.xml`` with an ETag and 304, and ends when its standard input does.
"""

import argparse
import asyncio
import json
import sys
from collections import Counter
from collections.abc import Sequence

from tests.bench.fetcher.documents import Documents

_KEEP = b"\r\nConnection: keep-alive\r\n\r\n"
_NOT_FOUND = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0" + _KEEP


class Site:
    """What the site holds, and how it is told to change: ``POST /control/open`` and ``/control/add``."""

    def __init__(self, documents: Documents) -> None:
        self.version = 0
        self.counts: Counter[str] = Counter()
        self._documents = documents
        self._waiting: list[tuple[asyncio.Transport, bytes]] | None = []
        """Answers held back until the site is opened; None: it is open."""

    def answer(self, transport: asyncio.Transport, head: bytes) -> None:
        """Answer one request, now or when the site opens."""
        path = head.split(b" ", 2)[1]
        if path.startswith(b"/control/"):
            transport.write(self._control(path[9:].decode()))
        elif self._waiting is not None:
            self._waiting.append((transport, head))
        else:
            transport.write(self._feed(path, head))

    def _control(self, verb: str) -> bytes:
        if verb == "add":
            self.version += 1
        elif verb == "open":
            held, self._waiting = self._waiting or [], None
            for transport, head in held:
                self.answer(transport, head)
        body = json.dumps(self.counts).encode()
        return b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d" % len(body) + _KEEP + body

    def _feed(self, path: bytes, head: bytes) -> bytes:
        if not path.startswith(b"/feeds/"):
            self.counts["404"] += 1
            return _NOT_FOUND
        number = int(path[7:-4])
        etag = b'"v%d-%d"' % (self.version, number)
        if etag in head:  # nobody but If-None-Match says it
            self.counts["304"] += 1
            return b"HTTP/1.1 304 Not Modified\r\nETag: " + etag + _KEEP
        self.counts["200"] += 1
        body = self._documents.render(number, self.version)
        fields = b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nETag: %b\r\nContent-Length: %d" % (etag, len(body))
        return fields + _KEEP + body


def feed_url(ports: Sequence[int], number: int) -> str:
    """Return where a feed is: the feeds are spread evenly over the ports."""
    return f"http://127.0.0.1:{ports[number % len(ports)]}/feeds/{number}.xml"


class Connection(asyncio.Protocol):
    """One connection, kept alive; requests without a body."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        *heads, self._buffer = (self._buffer + data).split(b"\r\n\r\n")
        for head in heads:
            self._site.answer(self._transport, head)


async def serve(documents: Documents, hosts: int) -> None:
    """Serve until standard input ends."""
    loop = asyncio.get_running_loop()
    ended = asyncio.Event()
    site = Site(documents)
    servers = [await loop.create_server(lambda: Connection(site), "127.0.0.1", 0) for _ in range(hosts)]
    print(*(server.sockets[0].getsockname()[1] for server in servers), flush=True)
    loop.add_reader(sys.stdin, lambda: None if sys.stdin.buffer.read1(100) else ended.set())
    await ended.wait()
    for server in servers:
        server.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hosts", type=int, default=200)
    parser.add_argument("--entries", type=int, default=20)
    parser.add_argument("--bytes", type=int, default=50_000)
    given = parser.parse_args()
    asyncio.run(serve(Documents(entries=given.entries, size_bytes=given.bytes), given.hosts))


if __name__ == "__main__":
    main()

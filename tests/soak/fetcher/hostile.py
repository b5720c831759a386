"""Servers that behave as badly as servers can, each kind on an address of its own; they note when each feed was asked."""

import asyncio
import contextlib
import gzip
import os
import socket
import struct
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import brotli

RETRY_AFTER_S = 45
ITEM = b"<item><link>http://hostile.example/%d</link><title>T%d</title><description>D</description></item>"
FEED = b"<rss version='2.0'><channel><title>x</title>" + b"".join(ITEM % (n, n) for n in range(20)) + b"</channel></rss>"
LAUGHS = (
    b"<?xml version='1.0'?><!DOCTYPE lolz [<!ENTITY lol0 'lol'>"
    + b"".join(b"<!ENTITY lol%d '%s'>" % (n, b"&lol%d;" % (n - 1) * 10) for n in range(1, 10))
    + b"]><rss version='2.0'><channel><title>x</title><item><title>&lol9;</title></item></channel></rss>"
)
XXE = b"<?xml version='1.0'?><!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><rss version='2.0'><channel><item><title>a &x;</title></item></channel></rss>"
PAGE = b"<!DOCTYPE html><html><head><title>Welcome</title></head><body>" + b"<p>Please enable cookies.</p>" * 50 + b"</body></html>"
WALL = b"<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>Checking your browser before accessing</body></html>"


@dataclass
class Visit:
    """What a misbehaving server knows of one connection."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    path: str
    own: str
    """Its own address, for redirects."""
    admin: str
    """Address of a server that must not be reached."""

    async def send(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()

    async def answer(self, status: str, body: bytes = b"", *headers: str, length: int | None = None) -> None:
        lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body) if length is None else length}", "Connection: close", *headers]
        await self.send("\r\n".join(lines).encode() + b"\r\n\r\n" + body)

    async def redirect(self, to: str, status: str = "302 Found") -> None:
        await self.answer(status, b"", f"Location: {to}")

    async def begin(self, *headers: str) -> None:
        await self.send("\r\n".join(["HTTP/1.1 200 OK", "Content-Type: text/xml", "Connection: close", *headers]).encode() + b"\r\n\r\n")

    def reset(self) -> None:
        """Cut the connection off without a word (RST)."""
        self.writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()


Act = Callable[[Visit], Awaitable[object]]


async def _drip(visit: Visit, data: bytes, every_s: float) -> None:
    while True:
        for byte in data:
            await visit.send(bytes([byte]))
            await asyncio.sleep(every_s)


async def header_drip(visit: Visit) -> None:
    await visit.send(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    await _drip(visit, b"abcdefgh", 1.0)


async def header_flood(visit: Visit) -> None:
    await visit.send(b"HTTP/1.1 200 OK\r\n")
    while True:
        await visit.send(b"X-More: " + b"a" * 4000 + b"\r\n")


async def body_drip(visit: Visit) -> None:
    await visit.begin()
    await _drip(visit, FEED, 0.5)


async def reset_in_the_middle(visit: Visit) -> None:
    await visit.begin(f"Content-Length: {len(FEED)}")
    await visit.send(FEED[: len(FEED) // 2])
    await asyncio.sleep(0.05)
    visit.reset()


async def reset_at_once(visit: Visit) -> None:
    visit.reset()


async def hang(visit: Visit) -> None:
    await asyncio.Event().wait()


async def garbage(visit: Visit) -> None:
    await visit.send(os.urandom(5000))


async def garbage_body(visit: Visit) -> None:
    await visit.answer("200 OK", os.urandom(200_000), "Content-Type: application/rss+xml")


async def endless(visit: Visit) -> None:
    await visit.begin()
    await visit.send(FEED[:200])
    while True:
        await visit.send(ITEM * 800)
        await asyncio.sleep(0.02)


async def big_announced(visit: Visit) -> None:
    await visit.begin("Content-Length: 50000000")
    await _big(visit)


async def big_unannounced(visit: Visit) -> None:
    await visit.begin()
    await _big(visit)


async def _big(visit: Visit) -> None:
    for _ in range(500):
        await visit.send(b" " * 100_000)


GZIP_BOMB = gzip.compress(gzip.compress(bytes(100_000_000), 9), 9)
BROTLI_BOMB = brotli.compress(bytes(100_000_000), quality=5)


async def gzip_bomb(visit: Visit) -> None:
    await visit.answer("200 OK", GZIP_BOMB, "Content-Encoding: gzip, gzip", "Content-Type: text/xml")


async def brotli_bomb(visit: Visit) -> None:
    await visit.answer("200 OK", BROTLI_BOMB, "Content-Encoding: br", "Content-Type: text/xml")


async def redirect_loop(visit: Visit) -> None:
    await visit.redirect(f"{visit.own}/hop/{time.monotonic_ns()}")


async def redirect_to_itself(visit: Visit) -> None:
    await visit.redirect(visit.path, "301 Moved Permanently")


async def redirect_inside(visit: Visit) -> None:
    await visit.redirect(f"{visit.admin}/admin")


async def redirect_inside_permanently(visit: Visit) -> None:
    await visit.redirect(f"{visit.admin}/admin", "308 Permanent Redirect")


async def redirect_to_file(visit: Visit) -> None:
    await visit.redirect("file:///etc/passwd")


async def redirect_to_metadata(visit: Visit) -> None:
    await visit.redirect("http://169.254.169.254/latest/meta-data/")


async def limited_in_seconds(visit: Visit) -> None:
    await visit.answer("429 Too Many Requests", b"", f"Retry-After: {RETRY_AFTER_S}")


async def limited_until(visit: Visit) -> None:
    until = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=RETRY_AFTER_S + 1)
    await visit.answer("429 Too Many Requests", b"", f"Retry-After: {format_datetime(until, usegmt=True)}")


async def unavailable_for(visit: Visit) -> None:
    await visit.answer("503 Service Unavailable", b"", f"Retry-After: {RETRY_AFTER_S}")


async def unavailable(visit: Visit) -> None:
    await visit.answer("503 Service Unavailable", PAGE)


async def length_too_long(visit: Visit) -> None:
    await visit.answer("200 OK", FEED, "Content-Type: text/xml", length=len(FEED) + 1000)


async def length_too_short(visit: Visit) -> None:
    await visit.answer("200 OK", FEED, "Content-Type: text/xml", length=len(FEED) // 2)


async def html_page(visit: Visit) -> None:
    await visit.answer("200 OK", PAGE, "Content-Type: text/html")


async def bot_wall(visit: Visit) -> None:
    await visit.answer("403 Forbidden", WALL, "Content-Type: text/html")


async def always_not_modified(visit: Visit) -> None:
    await visit.send(b"HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n")


async def billion_laughs(visit: Visit) -> None:
    await visit.answer("200 OK", LAUGHS, "Content-Type: text/xml")


async def external_entity(visit: Visit) -> None:
    await visit.answer("200 OK", XXE, "Content-Type: text/xml")


async def deep_nest(visit: Visit) -> None:
    await visit.answer("200 OK", b"<rss><channel>" + b"<a>" * 200_000, "Content-Type: text/xml")


async def empty(visit: Visit) -> None:
    await visit.answer("200 OK", b"")


@dataclass(frozen=True)
class Kind:
    """A way to misbehave.

    Attributes:
        scheme: What the feed's address begins with.
        wait_s: What the server asks to wait.
        may_be_read: What it sends holds usable entries: a poll of it need not fail.
    """

    act: Act | None
    scheme: str = "http"
    wait_s: float = 0
    may_be_read: bool = False


KINDS: dict[str, Kind] = {
    **{act.__name__: Kind(act) for act in (
        header_drip, header_flood, body_drip, reset_in_the_middle, reset_at_once, hang, garbage, garbage_body, endless, big_announced,
        big_unannounced, gzip_bomb, brotli_bomb, redirect_loop, redirect_to_itself, redirect_inside, redirect_inside_permanently,
        redirect_to_file, redirect_to_metadata, unavailable, length_too_long, html_page, bot_wall, always_not_modified, deep_nest, empty,
    )},
    **{act.__name__: Kind(act, wait_s=RETRY_AFTER_S) for act in (limited_in_seconds, limited_until, unavailable_for)},
    **{act.__name__: Kind(act, may_be_read=True) for act in (length_too_short, billion_laughs, external_entity)},
    "tls_to_a_plain_port": Kind(html_page, scheme="https"),
    "nobody_listens": Kind(None),
    "never_accepts": Kind(None),
}  # fmt: skip
SLOW = (hang, body_drip, header_drip)
"""What the many slow servers do, in turn: each holds a visitor as long as it will stay."""
ROBOTS_TOO = ("hang", "body_drip", "garbage")
"""Kinds of which robots.txt is no better; the others have none, and so let their pages be read."""
PAGES = (
    "hang",
    "header_drip",
    "body_drip",
    "garbage",
    "gzip_bomb",
    "brotli_bomb",
    "endless",
    "reset_in_the_middle",
    "redirect_inside",
    "deep_nest",
)
"""What is put behind links of entries, too."""


@dataclass
class HostileServers:
    """One server a kind. Feeds of a kind are ``/feed/0``, ``/feed/1``, …

    Attributes:
        asked: When each feed was asked, monotonic seconds, by (kind, path).
        inside: Requests that reached the server that must not be reached.
    """

    slow: int = 0
    """So many slow servers more, each on an address of its own."""
    network: str = "127.0.2"
    slow_network: str = "127.0.4"
    asked: dict[tuple[str, str], list[float]] = field(default_factory=lambda: defaultdict(list))
    inside: list[str] = field(default_factory=list)
    _servers: list[asyncio.Server] = field(default_factory=list)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _ports: dict[str, int] = field(default_factory=dict)
    _sockets: list[socket.socket] = field(default_factory=list)
    _slow_ports: list[int] = field(default_factory=list)
    _admin: str = ""

    async def start(self) -> None:
        """Listen, each kind on its own address; the server inside on 127.0.0.1."""
        admin = await asyncio.start_server(self._note_inside, "127.0.0.1", 0)
        self._admin = f"http://127.0.0.1:{admin.sockets[0].getsockname()[1]}"
        self._servers.append(admin)
        for number, (name, kind) in enumerate(KINDS.items(), 1):
            if kind.act is None:
                self._ports[name] = self._fill_up(f"{self.network}.{number}") if name == "never_accepts" else 9
                continue
            server = await asyncio.start_server(self._behave(name, kind.act), f"{self.network}.{number}", 0)
            self._servers.append(server)
            self._ports[name] = server.sockets[0].getsockname()[1]
        for number in range(1, self.slow + 1):
            server = await asyncio.start_server(self._behave("slow", SLOW[number % len(SLOW)]), f"{self.slow_network}.{number}", 0)
            self._servers.append(server)
            self._slow_ports.append(server.sockets[0].getsockname()[1])

    def _fill_up(self, host: str) -> int:
        """Return a port where whoever connects waits: its queue is full, and nobody ever takes from it."""
        queue = socket.create_server((host, 0), backlog=0)
        self._sockets.append(queue)
        for _ in range(3):
            waiting = socket.socket()
            waiting.setblocking(False)
            waiting.connect_ex(queue.getsockname())
            self._sockets.append(waiting)
        return int(queue.getsockname()[1])

    async def stop(self) -> None:
        """Listen no more, and cut off whoever is still there."""
        for held in self._sockets:
            held.close()
        for server in self._servers:
            server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def slow_urls(self) -> list[str]:
        """Return the addresses of the feeds of the slow servers."""
        return [f"http://{self.slow_network}.{number}:{port}/feed/{number}" for number, port in enumerate(self._slow_ports, 1)]

    def url(self, kind: str, path: str) -> str:
        """Return an address of a kind's server."""
        number = list(KINDS).index(kind) + 1
        return f"{KINDS[kind].scheme}://{self.network}.{number}:{self._ports[kind]}{path}"

    def _behave(self, name: str, act: Act) -> Callable[[asyncio.StreamReader, asyncio.StreamWriter], None]:
        def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.ensure_future(self._act(name, act, reader, writer))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

        return connected

    async def _act(self, name: str, act: Act, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        began = time.monotonic()
        async with _closing(writer):
            path = await _asked_for(reader, is_tls=name in KINDS and KINDS[name].scheme == "https")
            self.asked[name, path].append(began)
            visit = Visit(reader, writer, path, self.url(name, "") if name in KINDS else "", self._admin)
            is_tame = path == "/robots.txt" and name not in ROBOTS_TOO
            acting = asyncio.ensure_future(visit.answer("404 Not Found") if is_tame else act(visit))
            leaving = asyncio.ensure_future(reader.read())
            _, unfinished = await asyncio.wait((acting, leaving), return_when=asyncio.FIRST_COMPLETED)
            if acting in unfinished:  # the visitor has had enough
                acting.cancel()
            leaving.cancel()
            await asyncio.gather(acting, leaving, return_exceptions=True)

    async def _note_inside(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async with _closing(writer):
            self.inside.append((await reader.read(1000)).decode(errors="replace"))


async def _asked_for(reader: asyncio.StreamReader, *, is_tls: bool) -> str:
    """Return the path that is asked for; who greets by TLS does not say, and gets the answer of one that does not know it."""
    if is_tls:
        await reader.read(1)
        return "/feed/0"
    head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 120)
    return head.split(b" ", 2)[1].decode(errors="replace")


@contextlib.asynccontextmanager
async def _closing(writer: asyncio.StreamWriter) -> AsyncIterator[None]:
    with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, TimeoutError, IndexError):
        try:
            yield
        finally:
            writer.close()

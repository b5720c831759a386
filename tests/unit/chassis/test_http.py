"""Against real servers on loopback."""

import asyncio
import gzip
import socket
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import brotli
import httpx
import pytest
from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult

from services.chassis.http import BodyTooLarge, DnsError, RefusedAddress, TlsError, inflate, new_client, read_body

LOOPBACK = ("127.0.0.0/8",)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class FakeResolver(AbstractResolver):
    """Answers with the addresses of each turn, the last for ever."""

    def __init__(self, *turns: tuple[str, ...]) -> None:
        self.turns, self.asked = list(turns), 0

    async def resolve(self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET) -> list[ResolveResult]:
        turn = self.turns[min(self.asked, len(self.turns) - 1)]
        self.asked += 1
        if not turn:
            raise OSError(None, "no such name")
        return [
            ResolveResult(hostname=host, host=a, port=port, family=socket.AF_INET6 if ":" in a else socket.AF_INET, proto=0, flags=0)
            for a in turn
        ]

    async def close(self) -> None:
        pass


@asynccontextmanager
async def serving(handler: Handler) -> AsyncIterator[int]:
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", handler)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


@asynccontextmanager
async def answering_raw(answer: bytes) -> AsyncIterator[int]:
    async def answer_once(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1000)
        writer.write(answer)
        await writer.drain()
        writer.close()
        await writer.wait_closed()

    server = await asyncio.start_server(answer_once, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]


async def hello(request: web.Request) -> web.Response:
    return web.Response(
        text=f"{request.host} {request.headers.get('User-Agent')} {request.headers.get('Cookie', '-')}", headers={"Set-Cookie": "a=b"}
    )


async def test_a_literal_loopback_address_is_refused_unless_it_is_allowed() -> None:
    async with serving(hello) as port, new_client(timeout_s=5) as guarded, new_client(timeout_s=5, allow=LOOPBACK) as allowed:
        with pytest.raises(RefusedAddress):
            await guarded.get(f"http://127.0.0.1:{port}/")

        assert (await allowed.get(f"http://127.0.0.1:{port}/")).status_code == 200


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost/", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://2130706433/", "http://0x7f000001/", "http://0x7f.1/", "http://127.1/",
        "http://[fe80::1%25lo]/", "http://169.254.169.254/latest/meta-data/", "http://user:pass@8.8.8.8/", "http://8.8.8.8\\@127.0.0.1/", "http://127。0。0。1/",
        "ftp://8.8.8.8/", "file:///etc/passwd", "http:///nohost",
    ],
)  # fmt: skip
async def test_a_disguised_address_is_refused(url: str) -> None:
    async with new_client(timeout_s=5) as client:
        with pytest.raises((RefusedAddress, httpx.InvalidURL, httpx.UnsupportedProtocol)):
            await client.get(url)


async def test_a_name_with_one_bad_address_among_good_ones_is_refused() -> None:
    async with new_client(timeout_s=5, resolver=FakeResolver(("8.8.8.8", "10.0.0.1"))) as client:
        with pytest.raises(RefusedAddress, match=r"mixed\.example"):
            await client.get("http://mixed.example/")


async def test_an_answer_that_changes_between_check_and_connection_is_not_asked_for() -> None:
    """The address that was checked is the one that is used; the second answer would have been refused."""
    resolver = FakeResolver(("127.0.0.1",), ("10.0.0.1",))
    async with serving(hello) as port, new_client(timeout_s=5, allow=LOOPBACK, resolver=resolver) as client:
        response = await client.get(f"http://rebind.example:{port}/")

    assert response.text.startswith("rebind.example")
    assert resolver.asked == 1


async def test_a_host_allowed_by_name_may_be_at_any_address() -> None:
    async with serving(hello) as port, new_client(timeout_s=5, allow=["feeds.internal"], resolver=FakeResolver(("127.0.0.1",))) as client:
        assert (await client.get(f"http://feeds.internal:{port}/")).status_code == 200
        with pytest.raises(RefusedAddress):
            await client.get(f"http://other.internal:{port}/")


async def test_redirects_are_not_followed_and_cookies_are_not_kept() -> None:
    async def redirect(request: web.Request) -> web.Response:
        return web.Response(
            status=302, headers={"Location": "http://10.0.0.1/", "Set-Cookie": "a=b"}, text=request.headers.get("Cookie", "-")
        )

    async with serving(redirect) as port, new_client(timeout_s=5, allow=LOOPBACK, user_agent="Test/1") as client:
        await client.get(f"http://127.0.0.1:{port}/")
        response = await client.get(f"http://127.0.0.1:{port}/")

    assert (response.status_code, response.text) == (302, "-")


async def test_proxy_variables_are_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    async with serving(hello) as port, new_client(timeout_s=5, allow=LOOPBACK, user_agent="Test/1") as client:
        assert "Test/1" in (await client.get(f"http://127.0.0.1:{port}/")).text


async def test_a_name_without_address_a_closed_port_and_a_hang_up_are_told_apart() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        closed = unused.getsockname()[1]
    async with new_client(timeout_s=5, allow=LOOPBACK, resolver=FakeResolver(())) as client, answering_raw(b"") as port:
        with pytest.raises(DnsError):
            await client.get("http://nowhere.example/")
        with pytest.raises(httpx.ConnectError):
            await client.get(f"http://127.0.0.1:{closed}/")
        with pytest.raises(httpx.RemoteProtocolError):
            await client.get(f"http://127.0.0.1:{port}/")


async def test_an_answer_that_is_no_http_is_a_protocol_error() -> None:
    async with answering_raw(b"SSH-2.0-OpenSSH\r\n\r\n") as port, new_client(timeout_s=5, allow=LOOPBACK) as client:
        with pytest.raises(httpx.RemoteProtocolError):
            await client.get(f"http://127.0.0.1:{port}/")


async def test_plain_http_behind_https_is_a_tls_error() -> None:
    async with answering_raw(b"HTTP/1.1 400 Bad Request\r\n\r\n") as port, new_client(timeout_s=5, allow=LOOPBACK) as client:
        with pytest.raises(TlsError):
            await client.get(f"https://127.0.0.1:{port}/")


async def test_a_server_that_never_answers_times_out() -> None:
    never = asyncio.Event()

    async def silence(_: web.Request) -> web.Response:
        await never.wait()
        return web.Response()

    async with serving(silence) as port:
        async with new_client(timeout_s=0.2, allow=LOOPBACK) as client:
            with pytest.raises(httpx.TimeoutException):
                await client.get(f"http://127.0.0.1:{port}/")
        never.set()


async def in_chunks(data: bytes, size: int = 1000) -> AsyncIterator[bytes]:
    for start in range(0, len(data), size):
        yield data[start : start + size]


TEXT = b"<item>word</item>" * 5000
RAW_DEFLATE = zlib.compressobj(wbits=-zlib.MAX_WBITS)
ENCODED = {
    "plain": ("", TEXT),
    "identity": ("identity", TEXT),
    "gzip": ("gzip", gzip.compress(TEXT)),
    "gzip in two members": ("gzip", gzip.compress(TEXT[:100]) + gzip.compress(TEXT[100:])),
    "gzip with padding": ("x-gzip", gzip.compress(TEXT) + b"\0" * 50),
    "deflate": ("deflate", zlib.compress(TEXT)),
    "deflate without header": ("deflate", RAW_DEFLATE.compress(TEXT) + RAW_DEFLATE.flush()),
    "brotli": ("br", brotli.compress(TEXT)),
    "two layers": ("gzip, br", brotli.compress(gzip.compress(TEXT))),
}


@pytest.mark.parametrize(("encodings", "data"), ENCODED.values(), ids=ENCODED.keys())
@pytest.mark.parametrize("size", [7, 1000, 10**6])
async def test_a_body_is_decompressed_whatever_the_chunks(encodings: str, data: bytes, size: int) -> None:
    assert await inflate(in_chunks(data, size), encodings=encodings, limit_bytes=len(TEXT)) == TEXT


@pytest.mark.parametrize("name", [name for name in ENCODED if name not in ("plain", "identity")])
async def test_a_body_cut_short_is_a_decoding_error(name: str) -> None:
    encodings, data = ENCODED[name]
    whole = len(data) - (50 if "padding" in name else 0)

    with pytest.raises(httpx.DecodingError):
        await inflate(in_chunks(data[: whole - 5]), encodings=encodings, limit_bytes=10**6)


@pytest.mark.parametrize("encodings", ["gzip", "deflate", "br", "zstd"])
async def test_garbage_and_unknown_encodings_are_decoding_errors(encodings: str) -> None:
    with pytest.raises(httpx.DecodingError):
        await inflate(in_chunks(b"\xff<rss>not compressed at all</rss>" * 10), encodings=encodings, limit_bytes=10**6)


BOMB = b"\0" * 200_000_000
BOMBS = {
    "gzip": lambda: gzip.compress(BOMB, 1),
    "br": lambda: brotli.compress(BOMB, quality=1),
    "deflate": lambda: zlib.compress(BOMB, 1),
    "gzip, gzip": lambda: gzip.compress(gzip.compress(BOMB, 1)),
}


@pytest.mark.parametrize("encodings", BOMBS)
async def test_a_bomb_is_refused_at_the_cap_and_memory_stays_flat(encodings: str) -> None:
    import tracemalloc

    data = BOMBS[encodings]()
    tracemalloc.start()
    with pytest.raises(BodyTooLarge):
        await inflate(in_chunks(data, 16_384), encodings=encodings, limit_bytes=1_000_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 8_000_000


async def test_an_announced_length_over_the_cap_is_refused_before_reading() -> None:
    async with (
        answering_raw(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\nabc") as port,
        new_client(timeout_s=5, allow=LOOPBACK) as client,
    ):
        async with client.stream("GET", f"http://127.0.0.1:{port}/") as response:
            with pytest.raises(BodyTooLarge, match="5000"):
                await read_body(response, limit_bytes=4999)


async def test_a_compressed_answer_is_read_through_the_client() -> None:
    async def compressed(request: web.Request) -> web.Response:
        assert "br" in request.headers["Accept-Encoding"]
        return web.Response(body=brotli.compress(TEXT), headers={"Content-Encoding": "br"})

    async with serving(compressed) as port, new_client(timeout_s=5, allow=LOOPBACK) as client:
        async with client.stream("GET", f"http://127.0.0.1:{port}/") as response:
            assert await read_body(response, limit_bytes=10**6) == TEXT

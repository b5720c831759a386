"""The one import point for outgoing HTTP: httpx clients that only reach permitted addresses, and bodies read within a cap.

Underneath is aiohttp, whose resolver is where an address can be checked and pinned: what was checked is what is connected to.
"""

import re
import ssl
import zlib
from collections.abc import AsyncIterator, Sequence
from functools import lru_cache
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Protocol, TypeVar

import aiohttp
import brotli
import httpx
from aiohttp.abc import AbstractResolver
from httpx_aiohttp import AiohttpTransport
from yarl import URL

from services.chassis.addresses import AllowList
from services.chassis.resolver import MAX_THREADS, GuardedResolver, RefusedAddress, ThreadedResolver, check_address

__all__ = [
    "BodyTooLarge", "DnsError", "RefusedAddress", "TlsError", "check_url", "inflate", "new_client", "read_body",
]  # fmt: skip

DEFAULT_USER_AGENT = "Claimwatch/0.1"
ACCEPT_ENCODING = "gzip, deflate, br"
KNOWN_ADDRESSES = 20_000
INFLATE_STEP = 256 * 1024
B = TypeVar("B", bytes, bytearray)


class DnsError(httpx.ConnectError):
    """The host's name has no address."""


class TlsError(httpx.ConnectError):
    """The server's certificate or its TLS is not acceptable."""


class BodyTooLarge(httpx.TransportError):
    """The body is longer than the cap, as sent or when decompressed."""


_NAME = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*\.?", re.IGNORECASE | re.ASCII)
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*", re.IGNORECASE)


def _is_numeric(host: str) -> bool:
    """Tell whether a host ends in a number, so that somebody will read it as an address (WHATWG URL, 3.5)."""
    return ":" in host or _NUMBER.fullmatch(host.rstrip(".").rpartition(".")[2]) is not None


def check_url(url: httpx.URL, allow: AllowList) -> None:
    """Check what can be told without resolving.

    Raises:
        RefusedAddress: For schemes other than http and https, credentials in the URL, what is no host name, port 0, and
            literal addresses that are not permitted, have a zone, or are not in their plain form (2130706433, 0x7f.1, 127.1).
    """
    if url.scheme not in ("http", "https"):
        raise RefusedAddress(f"scheme {url.scheme or 'none'} is not http or https")
    if url.userinfo:
        raise RefusedAddress("credentials in a URL are not accepted")
    try:
        host = URL(str(url)).raw_host or ""  # as the connection will read it, should the two readings differ
    except ValueError as error:
        raise RefusedAddress("the URL cannot be read") from error
    if not host or url.port == 0:
        raise RefusedAddress("port 0 is no port" if host else "the URL has no host")
    if "%" in host or (":" not in host and not _NAME.fullmatch(host)):
        raise RefusedAddress("the host is neither a name nor a public address")  # escapes, zones, other characters
    if _is_numeric(host) and not allow.has_host(host):
        check_address(host, allow, host=host)


class _GuardedTransport(AiohttpTransport):
    """Checks each request, and names failures by what they were (the parent calls most of them a connect time-out)."""

    def __init__(self, allow: AllowList, *, resolver: AbstractResolver | None, max_connections: int) -> None:
        context = _ssl_context()
        names = GuardedResolver(allow, resolver or ThreadedResolver(threads=max_connections or MAX_THREADS))

        def new_session() -> aiohttp.ClientSession:
            connector = aiohttp.TCPConnector(resolver=names, ssl=context, limit=max_connections)
            return aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar(), auto_decompress=False)

        super().__init__(verify=context, client=new_session)
        self._names = names
        # What can be told of an address from its text alone stays so; feeds are asked again and again.
        self._check = lru_cache(maxsize=KNOWN_ADDRESSES)(lambda url: check_url(url, allow))

    async def aclose(self) -> None:
        await super().aclose()
        await self._names.close()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self._check(request.url)
        try:
            response: httpx.Response = await super().handle_async_request(request)
        except httpx.HTTPError as error:
            raise _by_cause(error, error.__cause__) from error
        except TimeoutError as error:
            raise httpx.ConnectTimeout("no answer in time") from error
        except aiohttp.ClientError as error:
            raise _by_cause(httpx.RemoteProtocolError(type(error).__name__), error) from error
        return response


def _by_cause(error: httpx.HTTPError, cause: BaseException | None) -> httpx.HTTPError:
    if isinstance(cause, aiohttp.ClientConnectorDNSError):
        return DnsError("the host's name has no address")
    if isinstance(cause, aiohttp.ClientSSLError | aiohttp.ClientConnectorCertificateError | ssl.SSLError):
        return TlsError(type(cause).__name__)
    if isinstance(cause, aiohttp.ClientConnectorError):
        return httpx.ConnectError(cause.os_error.strerror or type(cause.os_error).__name__)
    if isinstance(cause, aiohttp.ServerTimeoutError) or not isinstance(cause, aiohttp.ClientConnectionError):
        return error
    return httpx.RemoteProtocolError("the server closed the connection without an answer")


@lru_cache
def _ssl_context() -> ssl.SSLContext:
    return httpx.create_ssl_context(trust_env=True)  # honours SSL_CERT_FILE, for a private authority


class _PlainClient(httpx.AsyncClient):
    """A client whose requests go straight to its transport: no cookies, redirects, authentication or hooks.

    The parent goes through all of them though they are switched off, which takes longer than the request itself.
    """

    async def send(self, request: httpx.Request, *, stream: bool = False, **_: object) -> httpx.Response:
        if self.is_closed:
            raise RuntimeError("the client has been closed")
        try:
            response = await self._transport.handle_async_request(request)
        except httpx.RequestError as error:
            error.request = request
            raise
        response.request = request
        if not stream:
            try:
                await response.aread()
            finally:
                await response.aclose()
        return response


def new_client(
    *,
    timeout_s: float,
    allow: Sequence[str] = (),
    user_agent: str = DEFAULT_USER_AGENT,
    max_connections: int = 100,
    resolver: AbstractResolver | None = None,
) -> httpx.AsyncClient:
    """Return a client that reaches public addresses only, follows no redirect, keeps no cookie and reads no proxy variable.

    Args:
        timeout_s: For connecting, and for each silence while reading. Bound the whole request with ``asyncio.timeout``.
        allow: Hosts, addresses and CIDR networks that are permitted although they are not public.
        resolver: Instead of the system's; its answers are checked all the same.
    """
    return _PlainClient(
        transport=_GuardedTransport(AllowList(allow), resolver=resolver, max_connections=max_connections),
        timeout=timeout_s,
        follow_redirects=False,
        trust_env=False,
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
        headers={"User-Agent": user_agent, "Accept-Encoding": ACCEPT_ENCODING},
    )


class _Inflater(Protocol):
    def feed(self, data: bytes, limit: int) -> bytes:
        """Return decompressed bytes; may stop at any length from ``limit`` on, when there is more."""
        ...

    def is_complete(self) -> bool: ...


class _Zlib:
    """gzip (with further members) and deflate (with and without its zlib header)."""

    def __init__(self, wbits: int) -> None:
        self._wbits = wbits
        self._inner = zlib.decompressobj(wbits)
        self._begun = False

    def feed(self, data: bytes, limit: int) -> bytes:
        out = bytearray()
        while data and len(out) < limit:
            if self._inner.eof:
                if data[:1] != b"\x1f":  # padding behind the last member
                    break
                self._inner = zlib.decompressobj(self._wbits)
            out += self._step(data, limit - len(out))
            data = self._inner.unconsumed_tail or self._inner.unused_data
        return bytes(out)

    def _step(self, data: bytes, limit: int) -> bytes:
        try:
            return self._inner.decompress(data, limit)
        except zlib.error:
            if self._begun or self._wbits != zlib.MAX_WBITS:
                raise
            self._wbits, self._inner = -zlib.MAX_WBITS, zlib.decompressobj(-zlib.MAX_WBITS)
            return self._inner.decompress(data, limit)
        finally:
            self._begun = True

    def is_complete(self) -> bool:
        return self._inner.eof


class _Brotli:
    def __init__(self) -> None:
        self._inner = brotli.Decompressor()

    def feed(self, data: bytes, limit: int) -> bytes:
        out = bytearray(self._inner.process(data, output_buffer_limit=min(limit, INFLATE_STEP)))
        while len(out) < limit and not self._inner.can_accept_more_data():
            out += self._inner.process(b"", output_buffer_limit=min(limit, INFLATE_STEP))
        return bytes(out)

    def is_complete(self) -> bool:
        return bool(self._inner.is_finished())


def _inflaters(encodings: str) -> list[_Inflater]:
    found: list[_Inflater] = []
    for encoding in reversed([part.strip().lower() for part in encodings.split(",")]):
        if encoding in ("", "identity"):
            continue
        if encoding in ("gzip", "x-gzip"):
            found.append(_Zlib(zlib.MAX_WBITS | 16))
        elif encoding == "deflate":
            found.append(_Zlib(zlib.MAX_WBITS))
        elif encoding == "br":
            found.append(_Brotli())
        else:
            raise httpx.DecodingError(f"content encoding {encoding!r} was not asked for")
    return found


def _checked(data: B, limit_bytes: int) -> B:
    if len(data) > limit_bytes:
        raise BodyTooLarge(f"body is longer than {limit_bytes} bytes")
    return data


async def read_body(response: httpx.Response, *, limit_bytes: int) -> bytes:
    """Return the decompressed body of a streamed response; memory stays near the cap whatever the body inflates to.

    Raises:
        BodyTooLarge: If the body, or what it inflates to, is longer than ``limit_bytes``.
        httpx.DecodingError: If the compression is broken, cut short or unknown.
    """
    length = response.headers.get("content-length", "")
    if length.isdecimal() and int(length) > limit_bytes:
        raise BodyTooLarge(f"body of {length} bytes is longer than {limit_bytes}")
    return await inflate(response.aiter_raw(), encodings=response.headers.get("content-encoding", ""), limit_bytes=limit_bytes)


async def inflate(chunks: AsyncIterator[bytes], *, encodings: str, limit_bytes: int) -> bytes:
    """Return what the chunks hold when decompressed; see ``read_body``."""
    inflaters = _inflaters(encodings)
    body = bytearray()
    async for chunk in chunks:
        try:
            for inflater in inflaters:
                chunk = _checked(inflater.feed(chunk, limit_bytes + 1), limit_bytes)
        except (zlib.error, brotli.error) as error:
            raise httpx.DecodingError("the compressed body is broken") from error
        body += chunk
        _checked(body, limit_bytes)
    if body and not all(inflater.is_complete() for inflater in inflaters):
        raise httpx.DecodingError("the compressed body is cut short")
    return bytes(body)

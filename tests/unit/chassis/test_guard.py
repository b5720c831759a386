"""Behaviour 19: the table of places that no request reaches, as they are written, by name, and behind a redirect."""

import asyncio
import socket
from collections.abc import Iterator
from datetime import UTC, datetime

import httpx
import pytest
from aiohttp.abc import AbstractResolver, ResolveResult

from schemas.words import PollReason
from services.chassis.addresses import AllowList
from services.chassis.http import RefusedAddress, check_url, new_client
from services.chassis.resolver import GuardedResolver, ThreadedResolver
from services.fetcher.adapters.feeds.feed_errors import FeedError
from services.fetcher.adapters.polling.feed_client import FeedClient
from services.fetcher.domain.polling.polls import Validators
from tests.harness.closed_places import CLOSED_ADDRESSES, CLOSED_URLS

REFUSALS = (RefusedAddress, httpx.InvalidURL, httpx.UnsupportedProtocol)


class Names(AbstractResolver):
    """Answers with the same addresses for every name."""

    def __init__(self, *addresses: str) -> None:
        self.addresses, self.asked = addresses, []

    async def resolve(self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET) -> list[ResolveResult]:
        self.asked.append(host)
        kinds = [(socket.AF_INET6 if ":" in address else socket.AF_INET, address) for address in self.addresses]
        return [ResolveResult(hostname=host, host=address, port=port, family=kind, proto=0, flags=0) for kind, address in kinds]

    async def close(self) -> None:
        pass


@pytest.fixture(autouse=True)
def nothing_is_connected_to(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Make any connection an error of the test, whatever the client makes of it."""
    tried: list[object] = []

    async def refuse(_: object, address: object) -> None:
        tried.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(asyncio.SelectorEventLoop, "sock_connect", refuse)
    yield
    assert not tried


@pytest.mark.parametrize("url", CLOSED_URLS.values(), ids=CLOSED_URLS.keys())
async def test_a_closed_place_is_refused_however_it_is_written(url: str) -> None:
    names = Names("127.0.0.1")
    async with new_client(timeout_s=5, resolver=names) as client:
        with pytest.raises(REFUSALS):
            await client.get(url)

    assert not names.asked


DISGUISES = (
    "decimal", "octal", "octal, whole", "hexadecimal", "hexadecimal in parts", "short", "short and hexadecimal", "trailing dot",
    "mapped loopback", "mapped, written out", "compatible loopback", "NAT64 of loopback", "6to4 of loopback", "fullwidth digits",
    "escaped digits", "backslash", "name as user", "port 0", "file",
)  # fmt: skip


@pytest.mark.parametrize("kind", DISGUISES)
def test_who_allows_loopback_has_not_allowed_its_disguises(kind: str) -> None:
    with pytest.raises(REFUSALS):
        check_url(httpx.URL(CLOSED_URLS[kind]), AllowList(["127.0.0.0/8"]))


@pytest.mark.parametrize("address", CLOSED_ADDRESSES.values(), ids=CLOSED_ADDRESSES.keys())
@pytest.mark.parametrize("others", [(), ("8.8.8.8", "2606:4700::1111")], ids=["alone", "behind good ones"])
async def test_a_name_that_leads_to_a_closed_address_is_refused(address: str, others: tuple[str, ...]) -> None:
    async with new_client(timeout_s=5, resolver=Names(*others, address)) as client:
        with pytest.raises(RefusedAddress, match=r"news\.example"):
            await client.get("http://news.example/")


@pytest.mark.parametrize("written", ["fe80::1%2", "2130706433", "127.1", "0x7f.1", "", "news.example"])
async def test_a_resolver_that_answers_with_what_is_no_plain_address_is_not_believed(written: str) -> None:
    guarded = GuardedResolver(AllowList(), Names(written))

    with pytest.raises(RefusedAddress):
        await guarded.resolve("news.example")


HOPS = {kind: url for kind, url in CLOSED_URLS.items() if kind != "no scheme"}  # there a redirect keeps the scheme, rightly


@pytest.mark.parametrize("url", HOPS.values(), ids=HOPS.keys())
async def test_a_redirect_to_a_closed_place_is_not_followed(url: str) -> None:
    async def redirect(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/feed":
            return httpx.Response(301, headers={"Location": url.encode()})
        check_url(request.url, AllowList())  # what the guarded transport does with each hop
        return httpx.Response(500)

    async with httpx.AsyncClient(transport=httpx.MockTransport(redirect)) as mocked:
        client = FeedClient(mocked, timeout_s=5, max_body_bytes=1000)
        with pytest.raises(FeedError) as caught:
            await client.fetch("https://news.example/feed", validators=Validators(), now=datetime.now(UTC))

    assert caught.value.reason is not PollReason.HTTP_5XX


async def test_the_systems_resolver_answers_in_threads_of_its_own() -> None:
    resolver = ThreadedResolver(threads=1)
    try:
        found = await resolver.resolve("localhost", 80)
    finally:
        await resolver.close()

    assert {result["host"] for result in found} == {"127.0.0.1"}


async def test_names_that_hang_do_not_keep_others_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """The event loop's own pool has few threads, and they do other work as well."""
    import threading

    release = threading.Event()
    real = socket.getaddrinfo

    def look_up(host: str, *arguments: object, **more: object) -> object:
        if host.startswith("hangs"):
            release.wait(20)
            raise OSError("no answer")
        return real(host, *arguments, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    resolver = ThreadedResolver(threads=1)
    hanging = [asyncio.ensure_future(resolver.resolve(f"hangs-{number}.example")) for number in range(20)]
    try:
        async with asyncio.timeout(5):
            await resolver.resolve("localhost")
            await asyncio.to_thread(int)
    finally:
        release.set()
        assert all(isinstance(result, OSError) for result in await asyncio.gather(*hanging, return_exceptions=True))
        await resolver.close()

"""Behaviour 19 against a name server that changes its mind: a real one on loopback, and a victim that counts its visitors."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult
from dnslib import AAAA, QTYPE, RR, A, DNSRecord
from dnslib.server import BaseResolver, DNSServer

from schemas.words import PollReason
from services.chassis.http import RefusedAddress, new_client
from services.fetcher.adapters.feeds.feed_errors import FeedError
from services.fetcher.adapters.polling.feed_client import FeedClient
from services.fetcher.domain.polling.polls import Validators

PUBLIC, VICTIM = "127.0.0.2", "127.0.0.1"
"""Both on this machine; the first one is allowed, and so stands for a public address."""


class TurningNames(BaseResolver):
    """Answers each question of a kind with the next of its answers, the last for ever; nothing is to be kept (TTL 0)."""

    def __init__(self, *turns: tuple[str, ...]) -> None:
        self.turns, self.asked = turns, 0

    def resolve(self, request: DNSRecord, handler: Any) -> DNSRecord:
        reply = request.reply()
        kind = QTYPE[request.q.qtype]
        turn = self.turns[min(self.asked, len(self.turns) - 1)]
        self.asked += kind == "AAAA"  # asked second, in pairs
        for address in turn:
            if (":" in address) == (kind == "AAAA"):
                data = AAAA(address) if ":" in address else A(address)
                reply.add_answer(RR(request.q.qname, request.q.qtype, rdata=data, ttl=0))
        return reply


class AskingResolver(AbstractResolver):
    """Asks one name server for both kinds of addresses, and keeps nothing."""

    def __init__(self, port: int) -> None:
        self._port = port

    async def resolve(self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET) -> list[ResolveResult]:
        found = [address for kind in ("A", "AAAA") for address in await asyncio.to_thread(self._ask, host, kind)]
        if not found:
            raise OSError(None, "no such name")
        kinds = [(socket.AF_INET6 if ":" in address else socket.AF_INET, address) for address in found]
        return [ResolveResult(hostname=host, host=address, port=port, family=kind, proto=0, flags=0) for kind, address in kinds]

    def _ask(self, host: str, kind: str) -> list[str]:
        answer = DNSRecord.parse(DNSRecord.question(host, kind).send("127.0.0.1", self._port, timeout=5))
        return [str(record.rdata) for record in answer.rr]

    async def close(self) -> None:
        pass


@dataclass
class Places:
    """A public server and a victim on one port, each with its hits."""

    port: int
    hits: dict[str, list[str]] = field(default_factory=lambda: {PUBLIC: [], VICTIM: []})


async def _serve(places: Places, address: str, headers: dict[str, str]) -> web.AppRunner:
    async def answer(request: web.Request) -> web.Response:
        places.hits[address].append(request.host)
        return web.Response(text=address, headers=headers, status=302 if "Location" in headers else 200)

    app = web.Application()
    app.router.add_get("/{path:.*}", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, address, places.port).start()
    places.port = runner.addresses[0][1]
    return runner


@asynccontextmanager
async def places(**headers: str) -> AsyncIterator[Places]:
    made = Places(0)
    runners = [await _serve(made, PUBLIC, headers), await _serve(made, VICTIM, {})]
    try:
        yield made
    finally:
        for runner in runners:
            await runner.cleanup()


@pytest.fixture
def names() -> Iterator[Any]:
    """Return a function that starts a name server with these turns and returns it with its port."""
    started: list[DNSServer] = []

    def start(*turns: tuple[str, ...]) -> tuple[TurningNames, int]:
        turning = TurningNames(*turns)
        server = DNSServer(turning, address="127.0.0.1", port=0, logger=_Silence())
        server.start_thread()
        started.append(server)
        return turning, server.server.server_address[1]

    yield start
    for server in started:
        server.stop()
        server.server.server_close()


class _Silence:
    def __getattr__(self, _: str) -> Any:
        return lambda *_: None


def client_for(dns_port: int) -> httpx.AsyncClient:
    return new_client(timeout_s=5, allow=[PUBLIC], resolver=AskingResolver(dns_port))


def forget_names(client: httpx.AsyncClient) -> None:
    """Do at once what the connector does some seconds after it has asked."""
    client._transport.client.connector.clear_dns_cache()  # type: ignore[attr-defined]


async def test_a_name_that_turns_to_loopback_never_reaches_it(names: Any) -> None:
    turning, dns_port = names((PUBLIC,), (VICTIM,))
    async with places(Connection="close") as there, client_for(dns_port) as client:
        url = f"http://rebind.example:{there.port}/"
        answers = [(await client.get(url)).text for _ in range(3)]
        forget_names(client)
        for _ in range(3):
            with pytest.raises(RefusedAddress):
                await client.get(url)

    assert answers == [PUBLIC] * 3
    assert turning.asked > 1, "the second answer was never given, and nothing was shown"
    assert there.hits == {PUBLIC: [f"rebind.example:{there.port}"] * 3, VICTIM: []}


async def test_an_open_connection_stays_with_the_address_that_was_checked(names: Any) -> None:
    _, dns_port = names((PUBLIC,), (VICTIM,))
    async with places() as there, client_for(dns_port) as client:
        for _ in range(3):
            assert (await client.get(f"http://rebind.example:{there.port}/")).text == PUBLIC
            forget_names(client)

    assert there.hits[VICTIM] == []


@pytest.mark.parametrize("turn", [(PUBLIC, VICTIM), (VICTIM, PUBLIC), (PUBLIC, "::1"), (PUBLIC, "::ffff:7f00:1")])
async def test_one_bad_address_among_good_ones_refuses_the_name(names: Any, turn: tuple[str, ...]) -> None:
    _, dns_port = names(turn)
    async with places() as there, client_for(dns_port) as client:
        for _ in range(2):
            with pytest.raises(RefusedAddress):
                await client.get(f"http://mixed.example:{there.port}/")

    assert there.hits == {PUBLIC: [], VICTIM: []}


async def test_a_name_that_flips_with_every_answer_never_reaches_loopback(names: Any) -> None:
    turning, dns_port = names(*[(PUBLIC,), (VICTIM,)] * 10)
    async with places(Connection="close") as there, client_for(dns_port) as client:
        results = []
        for _ in range(10):
            results.append(await _outcome(client, f"http://flip.example:{there.port}/"))
            forget_names(client)

    assert results == [PUBLIC, "refused"] * 5
    assert (turning.asked, there.hits[VICTIM]) == (10, [])


async def _outcome(client: httpx.AsyncClient, url: str) -> str:
    try:
        return (await client.get(url)).text
    except RefusedAddress:
        return "refused"


async def test_many_requests_at_once_to_a_turning_name_never_reach_loopback(names: Any) -> None:
    _, dns_port = names((PUBLIC,), (VICTIM,))
    async with places(Connection="close") as there, client_for(dns_port) as client:
        url = f"http://rebind.example:{there.port}/"
        outcomes = set(await asyncio.gather(*(_outcome(client, url) for _ in range(30))))

    assert PUBLIC in outcomes
    assert there.hits[VICTIM] == []


async def test_a_redirect_to_a_name_at_loopback_is_refused_at_its_hop(names: Any) -> None:
    """The first name is asked once (public); the name that the redirect leads to is asked next (the victim)."""
    _, dns_port = names((PUBLIC,), (VICTIM,))
    async with places(Location="/") as there:
        pass  # only for a free port
    async with places(Location=f"http://inside.example:{there.port}/admin") as there, client_for(dns_port) as client:
        feeds = FeedClient(client, timeout_s=5, max_body_bytes=1000)
        with pytest.raises(FeedError) as caught:
            await feeds.fetch(f"http://outside.example:{there.port}/feed", validators=Validators(), now=datetime.now(UTC))

    assert caught.value.reason is PollReason.REFUSED_ADDRESS
    assert (len(there.hits[PUBLIC]), there.hits[VICTIM]) == (1, [])

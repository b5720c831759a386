"""What hubs may do to us, over real HTTP on loopback (behaviour 38)."""

import asyncio
import hmac
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import timedelta

import aiohttp
import pytest
from prometheus_client import REGISTRY

from schemas.feeds_state import HubState
from services.fetcher.adapters.websub import server as websub_server
from services.fetcher.adapters.websub.server import CallbackServer
from tests.unit.fetcher.samples import NOW
from tests.unit.fetcher.websub_desk import KEYS, TOPIC, FakeDesk, SetClock

HUB = "https://hub.example/"
HOUR = timedelta(hours=1)
BODY = b"<rss><channel><item><title>Leader killed</title></item></channel></rss>"
PENDING = HubState(hub=HUB, topic=TOPIC, requested_at=NOW, unanswered=1)
LEASED = HubState(hub=HUB, topic=TOPIC, requested_at=NOW, since=NOW, lease_until=NOW + HOUR, ask_at=NOW + HOUR / 2)


def signed(body: bytes = BODY, *, hub: str = HUB, feed_id: str = "news") -> dict[str, str]:
    secret = KEYS.secret(feed_id, hub=hub, topic=TOPIC)
    return {"X-Hub-Signature": "sha256=" + hmac.digest(secret.encode(), body, "sha256").hex(), "Content-Type": "application/rss+xml"}


def counted(result: str) -> float:
    return REGISTRY.get_sample_value("claimwatch_fetcher_pushes_total", {"result": result}) or 0.0


@dataclass
class Callbacks:
    """A server, and a hub's way of speaking to it."""

    desk: FakeDesk
    base: str
    http: aiohttp.ClientSession

    def address(self, feed_id: str = "news", token: str | None = None) -> str:
        return f"{self.base}/{feed_id}/{KEYS.token(feed_id) if token is None else token}"

    async def verify(self, *, at: str | None = None, **more: str) -> tuple[int, str]:
        given = {"mode": "subscribe", "topic": TOPIC, "challenge": "Ünguessable <b>1</b>", "lease_seconds": "3600"} | more
        async with self.http.get(at or self.address(), params={f"hub.{name}": value for name, value in given.items()}) as answer:
            return answer.status, await answer.text()

    async def send(self, body: bytes = BODY, headers: dict[str, str] | None = None, *, at: str | None = None) -> tuple[int, str]:
        async with self.http.post(at or self.address(), data=body, headers=signed(body) if headers is None else headers) as answer:
            return answer.status, answer.headers.get("Retry-After", "")

    async def until(self, is_so: Callable[[], object]) -> None:
        async with asyncio.timeout(5), self.desk.happened:
            await self.desk.happened.wait_for(is_so)


@pytest.fixture
async def callbacks() -> AsyncIterator[Callbacks]:
    desk = FakeDesk()
    server = CallbackServer(desk, keys=KEYS, clock=SetClock(), host="127.0.0.1", port=0, max_body_bytes=10_000)
    await server.start()
    try:
        async with aiohttp.ClientSession() as http:
            yield Callbacks(desk, f"http://127.0.0.1:{server.port}/websub", http)
    finally:
        await server.stop()


async def test_a_hub_that_verifies_what_was_asked_gets_its_challenge_back_and_the_lease_counts(callbacks: Callbacks) -> None:
    callbacks.desk.add(hub=PENDING)

    assert await callbacks.verify() == (200, "Ünguessable <b>1</b>")
    await callbacks.until(lambda: callbacks.desk.hub() != PENDING)
    found = callbacks.desk.hub()
    assert found is not None
    assert (found.lease_until, found.unanswered) == (NOW + HOUR, 0)


async def test_a_challenge_comes_back_as_plain_text(callbacks: Callbacks) -> None:
    callbacks.desk.add(hub=PENDING)
    params = {"hub.mode": "subscribe", "hub.topic": TOPIC, "hub.challenge": "<script>"}
    async with callbacks.http.get(callbacks.address(), params=params) as answer:
        assert (answer.content_type, answer.headers["X-Content-Type-Options"]) == ("text/plain", "nosniff")


async def test_any_path_before_the_feed_will_do(callbacks: Callbacks) -> None:
    callbacks.desk.add(hub=PENDING)
    root = callbacks.base.removesuffix("/websub")
    places = [f"{root}/news/{KEYS.token('news')}", f"{root}/a/b/c/news/{KEYS.token('news')}"]

    assert [(await callbacks.verify(at=place))[0] for place in places] == [200, 200]


UNASKED: dict[str, tuple[HubState | None, dict[str, str]]] = {
    "another topic": (PENDING, {"topic": TOPIC + "/2"}),
    "no topic": (PENDING, {"topic": ""}),
    "an end that we did not ask for": (LEASED, {"mode": "unsubscribe"}),
    "no mode": (PENDING, {"mode": ""}),
    "before we asked": (HubState(hub=HUB, topic=TOPIC), {}),
    "a feed without hub": (None, {}),
}


@pytest.mark.parametrize(("hub", "more"), UNASKED.values(), ids=UNASKED)
async def test_what_was_not_asked_for_is_not_verified(callbacks: Callbacks, hub: HubState | None, more: dict[str, str]) -> None:
    callbacks.desk.add(hub=hub)

    assert (await callbacks.verify(**more))[0] == 404
    assert callbacks.desk.hub() == hub


async def test_nothing_is_known_to_whoever_has_no_token(callbacks: Callbacks) -> None:
    callbacks.desk.add(hub=PENDING)
    before = counted("unknown")
    places = [callbacks.address(token="0" * 32), callbacks.address(token="%C3%A9"), f"{callbacks.base}/other/{KEYS.token('news')}"]

    for place in places:
        assert (await callbacks.verify(at=place))[0] == 404
        assert (await callbacks.send(at=place))[0] == 404
    assert counted("unknown") == before + len(places)
    assert not callbacks.desk.pushes


async def test_a_denial_ends_the_subscription(callbacks: Callbacks) -> None:
    callbacks.desk.add(hub=LEASED)

    assert await callbacks.verify(mode="denied", reason="closed") == (200, "")
    await callbacks.until(lambda: callbacks.desk.hub() != LEASED)
    found = callbacks.desk.hub()
    assert found is not None
    assert found.lease_until is None


async def test_a_signed_push_is_taken_as_it_was_sent(callbacks: Callbacks) -> None:
    callbacks.desk.add(hub=LEASED)
    before = counted("taken")

    assert (await callbacks.send())[0] == 202
    assert callbacks.desk.pushes == [("news", BODY, "application/rss+xml")]
    assert counted("taken") == before + 1


async def test_a_push_that_cannot_be_read_is_a_word_that_there_is_news(callbacks: Callbacks) -> None:
    callbacks.desk.add(hub=LEASED)
    callbacks.desk.is_readable = False
    before = counted("unreadable")
    await callbacks.send(b"")
    await callbacks.until(lambda: callbacks.desk.hub() != LEASED)

    assert counted("unreadable") == before + 1
    found = callbacks.desk.hub()
    assert found is not None
    assert found.pinged_at == NOW


FORGED: dict[str, dict[str, str]] = {
    "no signature": {},
    "a signature of nothing": {"X-Hub-Signature": "sha256="},
    "of another body": signed(BODY + b" "),
    "with another hub's secret": signed(hub="https://other.example/"),
    "with another feed's secret": signed(feed_id="other"),
}


@pytest.mark.parametrize("headers", FORGED.values(), ids=FORGED)
async def test_a_forged_push_is_acknowledged_ignored_and_counted(callbacks: Callbacks, headers: dict[str, str]) -> None:
    callbacks.desk.add(hub=LEASED)
    before = counted("forged")

    assert (await callbacks.send(headers=headers))[0] == 202
    assert counted("forged") == before + 1
    assert not callbacks.desk.pushes
    assert callbacks.desk.hub() == LEASED


async def test_what_a_hub_without_tls_sends_is_only_a_word_that_there_is_news(callbacks: Callbacks) -> None:
    plain = LEASED.model_copy(update={"hub": "http://hub.example/"})
    callbacks.desk.add(hub=plain)

    assert (await callbacks.send(headers=signed(hub=plain.hub)))[0] == 202
    await callbacks.until(lambda: callbacks.desk.hub() != plain)
    found = callbacks.desk.hub()
    assert found is not None
    assert found.pinged_at == NOW
    assert not callbacks.desk.pushes


async def test_a_hub_that_reaches_the_wrong_process_is_told_to_come_back(callbacks: Callbacks) -> None:
    before = counted("not_ours")

    assert (await callbacks.verify())[0] == 503
    assert await callbacks.send() == (503, "30")
    assert counted("not_ours") == before + 1


@pytest.mark.parametrize("more", [{"paused": True}, {"websub": False}, {"url": "https://news.example/other"}], ids=str)
async def test_a_push_to_a_feed_that_wants_none_is_told_that_it_is_gone(callbacks: Callbacks, more: dict[str, object]) -> None:
    callbacks.desk.add("news", LEASED, **more)

    assert (await callbacks.send())[0] == 410
    await callbacks.until(lambda: callbacks.desk.hub() == HubState(hub=HUB, topic=TOPIC))
    assert not callbacks.desk.pushes


async def test_a_body_over_the_cap_or_packed_is_refused_unread(callbacks: Callbacks) -> None:
    callbacks.desk.add(hub=LEASED)
    long, before = b"x" * 10_001, counted("refused")

    assert (await callbacks.send(long))[0] == 413
    assert (await callbacks.send(BODY, signed() | {"Content-Encoding": "gzip"}))[0] == 415
    assert counted("refused") == before + 2


async def test_a_body_that_drips_is_cut_off(callbacks: Callbacks, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(websub_server, "BODY_TIMEOUT_S", 0.05)
    callbacks.desk.add(hub=LEASED)
    never = asyncio.Event()

    async def drip() -> AsyncIterator[bytes]:
        yield b"<rss>"
        await never.wait()

    async with callbacks.http.post(callbacks.address(), data=drip(), headers=signed()) as answer:
        assert answer.status == 408


async def test_a_push_behind_a_long_poll_is_acknowledged_and_then_taken_and_too_many_are_put_off(
    callbacks: Callbacks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(websub_server, "ANSWER_WITHIN_S", 0.01)
    monkeypatch.setattr(websub_server, "PUSHES_AT_ONCE", 3)
    callbacks.desk.add(hub=LEASED)
    callbacks.desk.gate.clear()

    assert [(await callbacks.send())[0] for _ in range(5)] == [202, 202, 202, 503, 503]
    callbacks.desk.gate.set()
    await callbacks.until(lambda: len(callbacks.desk.pushes) == 3)


async def test_a_port_that_is_taken_is_named(callbacks: Callbacks) -> None:
    port = int(callbacks.base.split(":")[2].split("/")[0])
    second = CallbackServer(callbacks.desk, keys=KEYS, clock=SetClock(), host="127.0.0.1", port=port, max_body_bytes=1)

    with pytest.raises(SystemExit, match=f"port {port} on 127.0.0.1 is taken"):
        await second.start()
    await second.stop()

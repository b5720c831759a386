"""When hubs are asked, and what of (behaviour 38): a clock that is set by hand, feeds in memory, a hub that answers as it is told."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from urllib.parse import parse_qs

import httpx
import pytest

from schemas.feeds_state import HubState
from services.fetcher.adapters.websub import subscriber as websub_module
from services.fetcher.adapters.websub.request import HubClient
from services.fetcher.adapters.websub.subscriber import Subscriptions
from services.fetcher.domain.websub.subscription import verified
from tests.unit.fetcher.samples import NOW
from tests.unit.fetcher.websub_desk import KEYS, TOPIC, FakeDesk, SetClock

HUB = "https://hub.example/"
FOUND = HubState(hub=HUB, topic=TOPIC)
S, M, H = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


@dataclass
class World:
    desk: FakeDesk
    clock: SetClock
    answer: httpx.Response | Exception = field(default_factory=lambda: httpx.Response(202))
    asked: list[tuple[str, dict[str, list[str]]]] = field(default_factory=list)
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    """Not set: hubs take their time."""

    async def respond(self, request: httpx.Request) -> httpx.Response:
        self.asked.append((str(request.url), parse_qs(request.content.decode())))
        async with self.changed:
            self.changed.notify_all()
        await self.gate.wait()
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    async def until(self, is_so: Callable[[], object]) -> None:
        async with asyncio.timeout(5), self.changed:
            await self.changed.wait_for(is_so)

    def was_asked(self, times: int) -> bool:
        return len(self.asked) >= times

    def hub(self, feed_id: str = "news") -> HubState:
        found = self.desk.hub(feed_id)
        assert found is not None
        return found

    async def verify(self, *, lease: timedelta) -> None:
        now = self.clock.now()
        await self.desk.change_hub("news", lambda hub: verified(hub, feed_id="news", lease=lease, now=now))


@pytest.fixture
async def world() -> AsyncIterator[World]:
    made = World(FakeDesk(), SetClock())
    made.gate.set()
    async with httpx.AsyncClient(transport=httpx.MockTransport(made.respond)) as http:
        made.desk.subscriptions = Subscriptions(made.desk, keys=KEYS, client=HubClient(http, timeout_s=60), clock=made.clock)
        task = asyncio.ensure_future(made.desk.subscriptions.run())
        try:
            yield made
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


async def test_a_feed_with_a_hub_is_subscribed_to_at_once_and_the_request_is_noted_before_it_goes_out(world: World) -> None:
    world.gate.clear()
    world.desk.add(hub=FOUND)
    await world.until(lambda: world.asked)

    address, form = world.asked[0]
    assert (address, form["hub.topic"], form["hub.callback"]) == (HUB, [TOPIC], [KEYS.callback("news")])
    assert form["hub.secret"] == [KEYS.secret("news", hub=HUB, topic=TOPIC)]
    assert (world.hub().requested_at, world.hub().unanswered) == (NOW, 1)


async def test_a_lease_is_renewed_before_it_ends(world: World) -> None:
    world.desk.add(hub=FOUND)
    await world.until(lambda: world.asked)
    await world.verify(lease=3 * H)
    await world.clock.set(NOW + 1.6 * H)
    assert len(world.asked) == 1
    await world.clock.set(NOW + 2.1 * H)
    await world.until(lambda: len(world.asked) == 2)

    assert (world.hub().lease_until, world.hub().since) == (NOW + 3 * H, NOW)


@pytest.mark.parametrize("answer", [httpx.Response(500), httpx.Response(404), httpx.ConnectError("x"), httpx.Response(202)], ids=str)
async def test_a_hub_that_does_not_verify_is_asked_ever_more_rarely(world: World, answer: httpx.Response | Exception) -> None:
    world.answer = answer
    world.desk.add(hub=FOUND)
    await world.until(lambda: world.asked)
    gaps = []
    for _ in range(9):
        number, before = len(world.asked), world.hub().ask_at
        assert before is not None
        await world.clock.set(max(before, world.clock.now() + websub_module.HUB_AWAY))
        await world.until(partial(world.was_asked, number + 1))
        assert world.hub().ask_at is not None
        gaps.append((world.hub().ask_at - world.clock.now()) / H)  # type: ignore[operator]

    assert gaps == sorted(gaps)
    assert 4 < gaps[-1] <= 6.6
    assert world.hub().lease_until is None


async def test_a_wait_that_the_hub_asks_for_is_kept(world: World) -> None:
    world.answer = httpx.Response(429, headers={"Retry-After": "7200"})
    world.desk.add(hub=FOUND)
    async with asyncio.timeout(5), world.desk.happened:
        await world.desk.happened.wait_for(lambda: world.hub().ask_at == NOW + 2 * H)


async def test_a_hub_that_is_away_is_asked_once_for_all_its_feeds(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(websub_module, "REQUESTS_AT_ONCE", 1)
    world.answer = httpx.ConnectError("x")
    other = FOUND.model_copy(update={"hub": "https://other.example/"})
    subscriptions = world.desk.subscriptions
    assert subscriptions is not None
    subscriptions._room = asyncio.Semaphore(1)
    for number in range(20):
        world.desk.add(f"feed-{number}", hub=FOUND)
    world.desk.add("other", hub=other)
    await world.until(lambda: "https://other.example/" in [address for address, _ in world.asked])
    assert [address for address, _ in world.asked].count(HUB) == 1

    world.answer = httpx.Response(202)
    await world.clock.set(NOW + 6 * M)
    await world.until(lambda: [address for address, _ in world.asked].count(HUB) >= 21)


async def test_a_feed_that_changes_while_it_waits_for_its_turn_is_asked_for_once(world: World) -> None:
    subscriptions = world.desk.subscriptions
    assert subscriptions is not None
    subscriptions._room = asyncio.Semaphore(1)
    world.gate.clear()
    world.desk.add("first", hub=FOUND)
    world.desk.add(hub=FOUND)
    await world.until(lambda: world.asked)
    subscriptions.plan("news")  # it is due, and waits for the first
    world.gate.set()
    world.gate.clear()
    await world.until(lambda: len(world.asked) == 2)
    async with asyncio.timeout(5):
        while "news" in subscriptions._timetable._times:
            await asyncio.sleep(0)
    world.gate.set()
    world.desk.add("last", hub=FOUND)
    await world.until(lambda: len(world.asked) == 3)

    assert [form["hub.callback"] for _, form in world.asked] == [[KEYS.callback(name)] for name in ("first", "news", "last")]


NOT_WANTED = [{"paused": True}, {"websub": False}, {"url": "https://news.example/other"}]


@pytest.mark.parametrize("more", NOT_WANTED, ids=str)
async def test_a_feed_that_is_to_have_no_hub_is_not_subscribed_to(world: World, more: dict[str, object]) -> None:
    world.desk.add("unwanted", hub=FOUND, **more)
    world.desk.add("without")
    world.desk.add(hub=FOUND)
    await world.until(lambda: world.asked)
    await world.clock.set(NOW + H)
    await world.until(lambda: len(world.asked) == 2)

    assert {tuple(form["hub.callback"]) for _, form in world.asked} == {(KEYS.callback("news"),)}


async def test_a_feed_that_moves_away_is_asked_for_no_more(world: World) -> None:
    world.desk.add("gone", hub=FOUND)
    world.desk.add(hub=FOUND)
    await world.until(lambda: len(world.asked) == 2)
    del world.desk.sources["gone"]
    assert world.desk.subscriptions is not None
    world.desk.subscriptions.plan("gone")
    await world.clock.set(NOW + H)
    await world.until(lambda: len(world.asked) == 3)

    assert world.asked[-1][1]["hub.callback"] == [KEYS.callback("news")]


async def test_a_lease_of_another_process_is_asked_for_anew_and_ones_own_is_kept(world: World) -> None:
    lease = {"requested_at": NOW, "since": NOW, "lease_until": NOW + 9 * H, "ask_at": NOW + 6 * H}
    world.desk.add("mine", hub=FOUND.model_copy(update=lease | {"callback": KEYS.callback_name}))
    world.desk.add(hub=FOUND.model_copy(update=lease | {"callback": "another"}))
    await world.until(lambda: world.asked)

    assert [form["hub.callback"] for _, form in world.asked] == [[KEYS.callback("news")]]
    assert (world.hub().lease_until, world.hub().callback) == (None, KEYS.callback_name)


async def test_no_log_shows_a_token_a_secret_or_a_query(world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    world.answer = httpx.ConnectError(f"to {HUB}?key=1")
    hub = FOUND.model_copy(update={"hub": HUB + "?key=1"})
    world.desk.add(hub=hub)
    await world.until(lambda: world.asked)
    async with asyncio.timeout(5):
        while "hub.asked" not in caplog.messages:
            await asyncio.sleep(0)

    everything = " ".join(str(vars(record)) for record in caplog.records if record.name.startswith("services"))
    for hidden in (KEYS.token("news"), KEYS.secret("news", hub=hub.hub, topic=TOPIC), "key=1"):
        assert hidden not in everything

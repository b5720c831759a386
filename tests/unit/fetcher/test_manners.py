"""Turns at servers, lanes, and behaviour 28: whom a Retry-After holds."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.fetcher.adapters.polling.host_pacer import HANGING_FACTOR, HANGS_AFTER_S, HostHeld, HostPacer, Turn
from services.fetcher.domain.polling.hosts import host_of, servers_of
from services.fetcher.domain.polling.lanes import Lanes, Waiting
from tests.unit.fetcher.samples import LATER, NOW, source

A, B = "a.example:443", "b.example:443"
PAGE = "https://a.example/story"


class FakeClock:
    def __init__(self) -> None:
        self.time = NOW

    def now(self) -> datetime:
        return self.time

    async def sleep_until(self, moment: datetime) -> None:
        raise AssertionError("the pacer does not wait by this clock")


class Seconds:
    """A monotonic clock that stands still."""

    def __init__(self) -> None:
        self.s = 100.0

    def __call__(self) -> float:
        return self.s


def pacer(
    *, per_host: int = 2, gap_s: float = 0.0, clock: FakeClock | None = None, monotonic: Callable[[], float] | None = None
) -> HostPacer:
    return HostPacer(clock or FakeClock(), per_host=per_host, gap_s=gap_s, monotonic=monotonic or Seconds())


HOSTS = {
    "https": ("https://News.example/feed", "news.example:443"),
    "http": ("http://news.example/feed", "news.example:80"),
    "port": ("http://127.0.0.1:8123/a", "127.0.0.1:8123"),
    "six": ("http://[::1]:8/a", "::1:8"),
    "www is another": ("https://www.news.example/", "www.news.example:443"),
    "none": ("news", ""),
    "odd port": ("http://news.example:port/", ""),
}


@pytest.mark.parametrize(("url", "host"), HOSTS.values(), ids=HOSTS.keys())
def test_a_server_is_a_host_and_port(url: str, host: str) -> None:
    assert host_of(url) == host


SCOPES = {
    "the same host": ({"url": "https://a.example/other"}, None, True),
    "another host": ({"url": "https://b.example/feed"}, None, False),
    "another port": ({"url": "http://a.example/feed"}, None, False),
    "another host of the group": ({"url": "https://b.example/feed", "group": "platform"}, None, True),
    "another host of another group": ({"url": "https://b.example/feed", "group": "other"}, None, False),
    "another host that leads there": ({"url": "https://b.example/feed"}, "https://a.example/real", True),
    "a group named like the host": ({"url": "https://b.example/feed", "group": A}, None, False),
}


@pytest.mark.parametrize(("feed", "found_at", "is_held"), SCOPES.values(), ids=SCOPES.keys())
def test_a_retry_after_holds_the_feeds_of_its_host_and_of_its_group(feed: dict[str, object], found_at: str | None, is_held: bool) -> None:
    clock = FakeClock()
    held = pacer(clock=clock)
    held.hold(servers_of(source(url="https://a.example/feed", group="platform")), LATER)
    servers = servers_of(source(**feed), found_at)

    assert (held.held_until(servers) == LATER) is is_held
    clock.time = LATER
    assert held.held_until(servers) is None


def test_a_shorter_hold_does_not_end_a_longer_one() -> None:
    held = pacer()
    for until in (LATER, LATER + timedelta(hours=1), LATER):
        held.hold((A,), until)

    assert held.held_until((A, B)) == LATER + timedelta(hours=1)


async def test_so_many_requests_at_once_and_no_more() -> None:
    paced, freed = pacer(per_host=2), list[str]()
    paced.on_room = freed.append
    first, second = paced.take(A), paced.take(A)

    assert first
    assert second
    assert paced.take(A) is None
    assert paced.take(B)
    first.end()
    first.end()
    assert freed == [A]
    assert paced.take(A)
    assert paced.take(A) is None


async def test_a_gap_lies_between_two_requests_and_room_is_told_when_it_is_over() -> None:
    seconds, freed = Seconds(), asyncio.Event()
    paced = pacer(per_host=9, gap_s=0.01, monotonic=seconds)
    paced.on_room = lambda _: freed.set()

    assert paced.take(A)
    assert paced.take(A) is None
    assert paced.take(B)
    seconds.s += 0.01
    await asyncio.wait_for(freed.wait(), 5)
    assert paced.take(A)


async def test_a_request_that_hangs_gives_its_place_to_the_next_but_not_for_ever() -> None:
    seconds = Seconds()
    paced = pacer(per_host=1, monotonic=seconds)
    taken = 0
    for _ in range(20):
        taken += paced.take(A) is not None
        assert paced.take(A) is None
        seconds.s += HANGS_AFTER_S

    assert taken == HANGING_FACTOR


async def test_pages_wait_for_their_turn_and_go_before_feeds() -> None:
    paced, order = pacer(per_host=1), list[str]()
    paced.on_room = lambda _: order.append("feeds")
    feed = paced.take(A)
    assert feed

    async def visit(name: str) -> None:
        async with paced.turn(PAGE):
            order.append(name)

    pages = [asyncio.ensure_future(visit(name)) for name in ("one", "two")]
    await asyncio.sleep(0)
    assert order == []
    assert paced.take(A) is None
    feed.end()
    await asyncio.gather(*pages)
    assert [name for name in order if name != "feeds"] == ["one", "two"]
    assert order[-1] == "feeds"
    assert paced.take(A)


async def test_a_page_that_gives_up_waiting_leaves_its_turn_to_others() -> None:
    paced = pacer(per_host=1)
    feed = paced.take(A)
    assert feed

    async def visit() -> None:
        async with paced.turn(PAGE):
            pass

    waiting, next_ = asyncio.ensure_future(visit()), asyncio.ensure_future(visit())
    await asyncio.sleep(0)
    waiting.cancel()
    feed.end()
    await asyncio.wait_for(next_, 5)
    assert paced.take(A)


async def test_no_page_is_asked_for_at_a_server_that_is_held() -> None:
    paced = pacer()
    paced.hold((A,), LATER)

    with pytest.raises(HostHeld):
        async with paced.turn(PAGE):
            pass


async def test_a_crawl_delay_spaces_pages_and_not_feeds() -> None:
    seconds = Seconds()
    paced = pacer(per_host=9, monotonic=seconds)
    paced.slow_down(PAGE, 10)
    async with paced.turn(PAGE):
        assert paced.take(A)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0), paced.turn(PAGE):
            pass
    seconds.s += 10
    async with paced.turn(PAGE):
        pass


def waiting(name: str, host: str) -> Waiting:
    return Waiting(name, NOW, host)


def test_a_server_without_room_keeps_no_feed_of_another_waiting() -> None:
    lanes = Lanes()
    for number in range(1000):
        lanes.add(waiting(f"slow{number}", A))
    lanes.add(waiting("other", B))

    assert lanes.next(lambda host: host != A or None) == (waiting("other", B), True)
    assert lanes.next(lambda _: True) is None
    lanes.wake(A)
    assert lanes.next(lambda _: True) == (waiting("slow0", A), True)
    assert len(lanes) == 999


def test_lanes_take_turns_and_are_first_come_first_served() -> None:
    lanes = Lanes()
    for name, host in [("a1", A), ("a2", A), ("b1", B), ("a1", A)]:
        lanes.add(waiting(name, host))

    assert [found[0].feed_id for found in iter(lambda: lanes.next(lambda _: True), None)] == ["a1", "b1", "a2"]
    assert "a1" not in lanes


@given(st.lists(st.tuples(st.integers(0, 30), st.sampled_from("xyz")), max_size=60), st.integers(1, 3), st.randoms())
def test_every_feed_has_its_turn_and_no_server_more_than_its_share(found: list[tuple[int, str]], limit: int, chance: object) -> None:
    lanes, running, served = Lanes(), list[str](), list[str]()
    names = {f"{number}": host for number, host in found}
    for name, host in names.items():
        lanes.add(waiting(name, host))

    def take(host: str) -> str | None:
        return host if running.count(host) < limit else None

    while len(served) < len(names):
        if taken := lanes.next(take):
            running.append(taken[1])
            served.append(taken[0].feed_id)
            assert names[taken[0].feed_id] == taken[1]
        else:
            assert running, "nobody runs, and nobody is served"
            ended = chance.choice(running)  # type: ignore[attr-defined]
            running.remove(ended)
            lanes.wake(ended)
        assert all(running.count(host) <= limit for host in "xyz")
    assert sorted(served) == sorted(names)


def test_a_turn_is_bound_to_its_host() -> None:
    turn = pacer().take(A)

    assert isinstance(turn, Turn)
    assert turn.host == A

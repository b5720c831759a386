"""One poll: moves, twins, health and pushes, with our own ports faked."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import httpx

from schemas.feeds_health import SourceHealth
from schemas.feeds_source import FeedSource
from schemas.feeds_state import FeedState, HubState
from schemas.news_article import Article
from schemas.words import FeedWarning, HealthChange, PollReason
from services.fetcher.adapters.article_publisher import Published
from services.fetcher.adapters.polling.feed_client import FeedClient
from services.fetcher.adapters.polling.poller import Poller
from services.fetcher.domain.polling.health import event_id
from services.fetcher.domain.polling.twins import Twins
from tests.unit.fetcher.samples import NOW, source
from tests.unit.fetcher.test_poller import FakeKafka, FeedOnly

OLD, NEW, HOME = "https://news.example/feed", "https://news.example/rss", "https://news.example/"
Answer = httpx.Response | Callable[[httpx.Request], httpx.Response]


class MovingClock:
    def __init__(self) -> None:
        self.time = NOW

    def now(self) -> datetime:
        return self.time

    async def sleep_until(self, moment: datetime) -> None:
        raise AssertionError("a poll does not wait")


def feed_of(*names: str, text: str = "text") -> bytes:
    items = "".join(
        f"<item><link>https://news.example/{name}</link><title>{name}</title><description>{text}</description></item>" for name in names
    )
    return f"<rss><channel>{items}</channel></rss>".encode()


class SlowKafka(FakeKafka):
    async def publish(self, articles: Sequence[Article]) -> Published:
        for _ in range(5):  # others have their turn meanwhile
            await asyncio.sleep(0)
        return await super().publish(articles)


class Bench:
    """A poller, the site it polls, and what it wrote."""

    def __init__(self, **settings: int) -> None:
        self.pages: dict[str, tuple[int, bytes, dict[str, str]]] = {}
        self.asked: list[httpx.Request] = []
        self.kafka, self.clock, self.told = SlowKafka(), MovingClock(), list[SourceHealth]()
        self.states: dict[str, FeedState] = {}
        http = httpx.AsyncClient(transport=httpx.MockTransport(self.answer))
        twins = Twins()
        twins.state_of = self.states.get
        self.poller = Poller(
            client=FeedClient(http, timeout_s=5, max_body_bytes=10**6), publisher=self.kafka, store=self.kafka, clock=self.clock,
            completion=FeedOnly(), health=self, twins=twins, **settings,
        )  # fmt: skip

    async def publish(self, health: SourceHealth) -> None:
        stored = [written.stale_since for written in self.kafka.written if isinstance(written, FeedState)]
        assert (stored[-1] is None) == (health.change is HealthChange.STALE), "the state was stored first"
        self.told.append(health)

    def put(self, url: str, body: bytes = b"", status: int = 200, **headers: str) -> None:
        self.pages[url] = (status, body, headers)

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        status, body, headers = self.pages.get(str(request.url), (404, b"", {}))
        if (etag := headers.get("ETag")) and request.headers.get("If-None-Match") == etag:
            return httpx.Response(304, headers=headers)
        return httpx.Response(status, stream=httpx.ByteStream(body), headers=headers)

    async def poll(self, feed: FeedSource, state: FeedState | None = None, *, times: int = 1) -> FeedState:
        for _ in range(times):
            self.clock.time += timedelta(minutes=20)
            state = self.states[feed.feed_id] = await self.poller.poll(feed, state)
        assert state
        return state

    @property
    def articles(self) -> list[str]:
        return [written.title for written in self.kafka.written if isinstance(written, Article)]


FEED = source(url=OLD)


async def test_a_feed_that_moved_is_asked_at_its_new_address_and_the_move_can_be_undone() -> None:
    bench = Bench(distrust_every=6)
    bench.put(OLD, status=301, Location="/rss")
    bench.put(NEW, feed_of("a"))
    moved = await bench.poll(FEED, times=3)

    assert (moved.resolved_url, moved.warnings, moved.url) == (NEW, (FeedWarning.MOVED,), OLD)
    bench.asked.clear()
    direct = await bench.poll(FEED, moved, times=2)
    assert [str(request.url) for request in bench.asked] == [NEW, NEW]
    bench.put(OLD, feed_of("a", "b"))
    undone = await bench.poll(FEED, direct)
    assert (undone.resolved_url, undone.warnings) == (None, ())
    assert bench.articles == ["a", "b"]


async def test_a_dead_old_address_does_not_undo_a_move_and_a_parked_one_neither() -> None:
    for status, body in ((404, b""), (200, b"<html><title>Domain for sale</title></html>")):
        bench = Bench(distrust_every=4)
        bench.put(OLD, status=308, Location=NEW)
        bench.put(NEW, feed_of("a"))
        moved = await bench.poll(FEED, times=3)
        bench.put(OLD, body, status=status)
        again = await bench.poll(FEED, moved)

        assert [str(request.url) for request in bench.asked[-2:]] == [OLD, NEW]
        assert (again.failures, again.resolved_url) == (0, NEW)


async def test_a_redirect_to_the_front_page_is_a_failure_with_its_warning() -> None:
    bench = Bench()
    bench.put(OLD, status=302, Location="/")
    bench.put(HOME, b"<html><title>News</title></html>")
    state = await bench.poll(FEED)

    assert (state.last_poll.reason, state.warnings) == (PollReason.NOT_A_FEED, (FeedWarning.HOME_PAGE,))


async def test_two_feeds_that_lead_to_one_address_publish_each_article_once_and_are_flagged() -> None:
    bench, one, two = Bench(), source(feed_id="one", url=OLD), source(feed_id="two", url=NEW)
    bench.put(OLD, status=302, Location=NEW)
    bench.put(NEW, feed_of("a"))
    first, second = await asyncio.gather(bench.poll(one), bench.poll(two))
    bench.put(NEW, feed_of("a", "b"))
    first, second = await bench.poll(one, first), await bench.poll(two, second)

    assert bench.articles == ["a", "b"]
    assert (first.warnings, second.warnings) == ((FeedWarning.MERGED,), (FeedWarning.MERGED,))
    bench.put(NEW, feed_of("a", "b", text="edited"))
    second, first = await bench.poll(two, second), await bench.poll(one, first)
    assert sorted(bench.articles[2:]) == ["a", "b"]


async def test_when_one_twin_fails_the_other_misses_nothing() -> None:
    bench, one, two = Bench(), source(feed_id="one", url=OLD), source(feed_id="two", url=NEW)
    bench.put(OLD, status=302, Location=NEW)
    bench.put(NEW, feed_of("a"))
    first, second = await bench.poll(one), await bench.poll(two)
    bench.put(OLD, status=500)
    bench.put(NEW, feed_of("a", "b"))
    await bench.poll(one, first)
    await bench.poll(two, second)

    assert bench.articles == ["a", "b"]


async def test_validators_that_stay_while_the_articles_change_are_believed_no_more() -> None:
    bench = Bench(distrust_every=3)
    bench.put(OLD, feed_of("a"), ETag='"for ever"')
    second = await bench.poll(FEED, times=2)
    bench.put(OLD, feed_of("a", "b"), ETag='"for ever"')
    assert second.last_poll.reason is PollReason.NOT_MODIFIED
    third = await bench.poll(FEED, second)
    bench.put(OLD, feed_of("a", "b", "c"), ETag='"for ever"')
    fourth = await bench.poll(FEED, third)

    assert (third.doubts_validators, fourth.last_poll.published) == (True, 1)
    assert "If-None-Match" not in bench.asked[-1].headers


async def test_a_not_modified_that_nobody_asked_for_is_a_failure_and_clears_none() -> None:
    bench = Bench()
    bench.put(OLD, status=304)
    state = await bench.poll(FEED, times=2)

    assert (state.last_poll.reason, state.failures) == (PollReason.HTTP_4XX, 2)


async def test_a_lost_feed_is_told_before_its_state_is_stored_once_and_so_is_its_return() -> None:
    bench = Bench()
    bench.put(OLD, feed_of("a"))
    good = await bench.poll(FEED)
    bench.put(OLD, status=500)
    lost = await bench.poll(FEED, good, times=9)
    bench.put(OLD, feed_of("a"))
    back = await bench.poll(FEED, lost)

    assert [(told.change, told.since) for told in bench.told] == [
        (HealthChange.STALE, good.last_success_at),
        (HealthChange.RECOVERED, good.last_success_at),
    ]
    assert (lost.stale_since, back.stale_since) == (good.last_success_at, None)


async def test_a_crash_between_the_word_and_the_state_tells_the_same_again_under_the_same_id() -> None:
    bench = Bench()
    bench.put(OLD, feed_of("a"))
    good = await bench.poll(FEED)
    bench.put(OLD, status=500)
    failed = await bench.poll(FEED, good)
    bench.clock.time += timedelta(hours=2)
    for _ in range(2):  # the second time from the state before: that of the first was never stored
        await bench.poller.poll(FEED, failed)
        bench.kafka.written.pop()
        bench.clock.time += timedelta(seconds=30)

    first, second = bench.told
    assert first.at < second.at
    assert event_id(first) == event_id(second)


async def test_a_pushed_document_is_read_as_if_polled_and_leaves_the_next_poll_as_it_was() -> None:
    bench = Bench()
    bench.put(OLD, feed_of("a"), ETag='"1"')
    polled = await bench.poll(FEED)
    hub = HubState(hub="https://hub.example/", topic=OLD, lease_until=NOW + timedelta(days=1), since=NOW)
    before = polled.model_copy(update={"hub": hub})
    bench.clock.time += timedelta(minutes=1)
    pushed = await bench.poller.take_push(FEED, before, feed_of("b"), "application/rss+xml")

    assert pushed
    assert bench.articles == ["a", "b"]
    assert (pushed.next_poll_at, pushed.etag, pushed.polls, pushed.last_poll) == (before.next_poll_at, '"1"', 1, before.last_poll)
    assert pushed.hub
    assert pushed.hub.pushes == 1
    assert await bench.poller.take_push(FEED, pushed, b"<html>sorry</html>", "text/html") is None


async def test_the_server_is_let_go_before_anything_is_published() -> None:
    bench, order = Bench(), list[str]()
    bench.put(OLD, feed_of("a"))
    await bench.poller.poll(FEED, None, on_fetched=lambda: order.append(f"{len(bench.kafka.written)} written"))

    assert order == ["0 written"]

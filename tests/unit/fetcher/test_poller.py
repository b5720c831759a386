"""One poll, with our own ports faked."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import httpx
import pytest
from aiokafka.errors import KafkaConnectionError

from schemas.feeds_source import FeedSource
from schemas.feeds_state import FeedState, SeenArticle
from schemas.news_article import Article
from schemas.words import PollReason
from services.fetcher.adapters.article_publisher import Published
from services.fetcher.adapters.polling import feed_visits
from services.fetcher.adapters.polling import poller as poller_module
from services.fetcher.adapters.polling.feed_client import FeedClient
from services.fetcher.adapters.polling.poller import Poller
from services.fetcher.domain.articles.articles import Harvest
from tests.unit.fetcher.samples import NOW, source

FEED = b"<rss><channel><item><link>https://news.example/1</link><title>Leader killed</title></item></channel></rss>"


class FakeClock:
    def now(self) -> datetime:
        return NOW

    async def sleep_until(self, moment: datetime) -> None:
        raise AssertionError("a poll does not wait")


@dataclass
class FakeKafka:
    """Takes articles and states, in the order they come."""

    written: list[Article | FeedState] = field(default_factory=list)
    failures: int = 0
    refuse: bool = False

    async def publish(self, articles: Sequence[Article]) -> Published:
        self._fail()
        if self.refuse:
            return Published(refused=frozenset(article.article_id for article in articles))
        self.written += articles
        return Published({article.article_id: f"0:{number}" for number, article in enumerate(articles)})

    async def save(self, state: FeedState) -> None:
        self._fail()
        self.written.append(state)

    def _fail(self) -> None:
        if self.failures:
            self.failures -= 1
            raise KafkaConnectionError


class FeedOnly:
    async def complete(self, source: FeedSource, found: Harvest, *, before: Iterable[SeenArticle], now: datetime) -> Harvest:
        return found


def poller_for(kafka: FakeKafka, *answers: httpx.Response) -> Poller:
    turns = iter(answers)
    http = httpx.AsyncClient(transport=httpx.MockTransport(lambda _: next(turns)))
    return Poller(
        client=FeedClient(http, timeout_s=5, max_body_bytes=10**6), publisher=kafka, store=kafka, clock=FakeClock(), completion=FeedOnly()
    )


def served(body: bytes = FEED, status: int = 200, **headers: str) -> httpx.Response:
    return httpx.Response(status, stream=httpx.ByteStream(body), headers=headers)


async def test_articles_are_published_before_the_state_is_stored() -> None:
    kafka = FakeKafka()
    await poller_for(kafka, served()).poll(source(), None)

    article, state = kafka.written
    assert isinstance(article, Article)
    assert isinstance(state, FeedState)
    assert state.last_poll.published == 1
    assert state.seen[0].article_id == article.article_id


async def test_a_crash_before_the_state_was_stored_publishes_the_same_ids_again() -> None:
    kafka = FakeKafka()
    poller = poller_for(kafka, served(), served())
    for _ in range(2):
        await poller.poll(source(), None)

    first, _, second, _ = kafka.written
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert (first.article_id, first.version) == (second.article_id, second.version)


async def test_the_same_bytes_are_not_parsed_again_and_still_leave_a_state(monkeypatch: pytest.MonkeyPatch) -> None:
    kafka = FakeKafka()
    poller = poller_for(kafka, served(), served())
    first = await poller.poll(source(), None)
    monkeypatch.setattr(feed_visits, "parse_feed", None)
    second = await poller.poll(source(), first)

    assert (second.polls, second.last_poll.reason, second.last_poll.published, second.last_poll.entries) == (2, PollReason.OK, 0, 1)
    assert second.seen == first.seen


async def test_a_reader_that_raises_is_a_parse_error_of_that_feed(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(feed_visits, "harvest", fail)
    state = await poller_for(FakeKafka(), served()).poll(source(), None)

    assert (state.last_poll.reason, state.failures) == (PollReason.PARSE_ERROR, 1)
    assert "ZeroDivisionError" in state.last_poll.detail


async def test_while_kafka_is_away_a_poll_waits_and_then_completes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(poller_module, "KAFKA_RETRY_S", 0)
    kafka = FakeKafka(failures=3)
    await asyncio.wait_for(poller_for(kafka, served()).poll(source(), None), 5)

    assert len(kafka.written) == 2


async def test_what_kafka_refuses_as_too_large_is_counted() -> None:
    state = await poller_for(FakeKafka(refuse=True), served()).poll(source(), None)

    assert (state.last_poll.published, state.last_poll.dropped) == (0, {"too_large": 1})


async def test_a_large_document_is_read_off_the_event_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    threads: list[object] = []

    async def to_thread(work: object) -> object:
        threads.append(work)
        return work()  # type: ignore[operator]

    monkeypatch.setattr(asyncio, "to_thread", to_thread)
    big = FEED.replace(b"<item>", b"<item>" + b" " * feed_visits.INLINE_BYTES)
    poller = poller_for(FakeKafka(), served(), served(big))
    for _ in range(2):
        await poller.poll(source(), None)

    assert len(threads) == 1


async def test_a_feed_at_another_address_starts_afresh() -> None:
    poller = poller_for(FakeKafka(), served(ETag='"1"'), served())
    first = await poller.poll(source(), None)
    moved = await poller.poll(source(url="https://other.example/feed"), first)

    assert (moved.polls, moved.last_poll.published) == (1, 1)

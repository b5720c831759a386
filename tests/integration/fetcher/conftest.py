"""A news site of one's own, and a fetcher of one's own, against real Kafka."""

import asyncio
import contextlib
import uuid
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from aiohttp import web
from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition

from schemas import feeds_health, feeds_source, feeds_state, news_article
from schemas.feeds_health import SourceHealth
from schemas.feeds_source import FeedSource
from schemas.feeds_state import FeedState
from schemas.news_article import Article
from services.chassis.kafka import new_consumer, new_producer
from services.chassis.records import decode, encode, headers_for
from services.fetcher.app import run
from services.fetcher.settings import FetcherSettings


@dataclass
class Page:
    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    etag: str | None = None
    hangs: bool = False
    hits: list[dict[str, str]] = field(default_factory=list)


class Site:
    """Serves what a test puts on it."""

    def __init__(self) -> None:
        self.pages: dict[str, Page] = {}
        self.base = ""
        self.release = asyncio.Event()
        """Set: what hangs goes on."""

    def put(self, path: str, body: bytes | str, **more: object) -> Page:
        page = self.pages.setdefault(path, Page())
        page.body = body.encode() if isinstance(body, str) else body
        for name, value in more.items():
            setattr(page, name, value)
        return page

    async def answer(self, request: web.Request) -> web.Response:
        page = self.pages.get(request.path)
        if page is None:
            return web.Response(status=404)
        page.hits.append(dict(request.headers))
        if page.hangs:
            await self.release.wait()
        headers = dict(page.headers) | ({"ETag": page.etag} if page.etag else {})
        if page.etag and request.headers.get("If-None-Match") == page.etag:
            return web.Response(status=304, headers=headers)
        return web.Response(status=page.status, body=page.body, headers=headers)


@contextlib.asynccontextmanager
async def serving() -> AsyncIterator[Site]:
    """Open a site on a port of its own."""
    made = Site()
    app = web.Application()
    app.router.add_get("/{path:.*}", made.answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.base = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield made
    finally:
        made.release.set()
        await runner.cleanup()


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with serving() as made:
        yield made


@pytest.fixture
async def other_site() -> AsyncIterator[Site]:
    """Another server, as it has another port."""
    async with serving() as made:
        yield made


def rss(*items: tuple[str, str, str]) -> str:
    """Return a feed of (path, title, description)."""
    inside = "".join(
        f"<item><link>https://news.example/{p}</link><title>{t}</title><description>{d}</description></item>" for p, t, d in items
    )
    return f'<rss version="2.0"><channel><title>News</title>{inside}</channel></rss>'


class Desk:
    """What a test asks of Kafka: feeds in, articles and states out. Everything bears the test's own name."""

    def __init__(self, bootstrap: str) -> None:
        self.bootstrap = bootstrap
        self.name = f"t{uuid.uuid4().hex[:10]}"
        self.articles: list[Article] = []
        self.states: list[FeedState] = []
        self.health: list[tuple[str, SourceHealth]] = []
        """Changes in the sight of feeds, with the id of each event."""
        self.records: list[ConsumerRecord] = []
        self._producer = new_producer(bootstrap, client_id="test")
        self._consumer: AIOKafkaConsumer = new_consumer(bootstrap=bootstrap, client_id="test", group=None)

    async def start(self) -> None:
        await self._producer.start()
        await self._consumer.start()
        counts = {topic.name: 8 for topic in (news_article.TOPIC, feeds_state.TOPIC, feeds_health.TOPIC)} | {
            feeds_source.TOPIC.dead_letter_name: 1
        }
        places = [TopicPartition(topic, number) for topic, count in counts.items() for number in range(count)]
        self._consumer.assign(places)
        await self._consumer.seek_to_end(*places)

    async def stop(self) -> None:
        await self._producer.stop()
        await self._consumer.stop()

    def feed_id(self, name: str) -> str:
        return f"{self.name}-{name}"

    def source(self, name: str, url: str, **more: object) -> FeedSource:
        return FeedSource.model_validate(
            {"feed_id": self.feed_id(name), "url": url, "outlet": {"name": "News"}, "poll_interval_s": 0.2} | more
        )

    async def add(self, *sources: FeedSource) -> None:
        for source in sources:
            headers = headers_for(
                feeds_source.TOPIC, event_id=uuid.uuid4().hex, subject=source.feed_id, source="test", at=datetime.now(UTC)
            )
            await self.send(source.feed_id, encode(source), headers)

    async def send(self, key: str, value: bytes | None, headers: list[tuple[str, bytes]] | None = None) -> None:
        await self._producer.send_and_wait(feeds_source.TOPIC.name, value=value, key=key.encode(), headers=headers or [])

    async def until(self, is_so: Callable[[], object], *, timeout_s: float = 30) -> None:
        """Read what comes until the condition holds."""
        async with asyncio.timeout(timeout_s):
            while not is_so():
                await self.read()

    async def read(self, *, for_ms: int = 100) -> None:
        for records in (await self._consumer.getmany(timeout_ms=for_ms)).values():
            for record in records:
                self._note(record)

    def _note(self, record: ConsumerRecord) -> None:
        if record.topic == feeds_source.TOPIC.dead_letter_name:
            self.records.append(record)
        elif record.topic == news_article.TOPIC.name:
            article = decode(Article, record.value)
            if article.feed_id.startswith(self.name):
                self.articles.append(article)
        elif record.topic == feeds_health.TOPIC.name:
            health = decode(SourceHealth, record.value)
            if health.feed_id.startswith(self.name):
                self.health.append((dict(record.headers)["ce_id"].decode(), health))
        elif record.value is not None and record.key.decode().startswith(self.name):
            self.states.append(decode(FeedState, record.value))

    def state(self, name: str) -> FeedState | None:
        return next((state for state in reversed(self.states) if state.feed_id == self.feed_id(name)), None)

    def polls(self, name: str) -> int:
        state = self.state(name)
        return state.polls if state else 0

    async def polled_again(self, *names: str, times: int = 2) -> None:
        """Return when each feed has been polled so many times more: what was on the site before has been read."""
        goals = {name: self.polls(name) + times for name in names}
        await self.until(lambda: all(self.polls(name) >= goal for name, goal in goals.items()))

    @contextlib.asynccontextmanager
    async def fetcher(self, **settings: object) -> AsyncIterator[asyncio.Event]:
        """Run a fetcher in this test's own consumer group."""
        given = {"kafka_bootstrap": self.bootstrap, "http_port": 0, "group": self.name, "allow": "127.0.0.0/8", "timeout_s": 2.0} | settings
        stop = asyncio.Event()
        task = asyncio.ensure_future(run(FetcherSettings.model_validate(given), stop))
        try:
            yield stop
        finally:
            stop.set()
            await task


@pytest.fixture
async def desk(kafka: str) -> AsyncIterator[Desk]:
    made = Desk(kafka)
    await made.start()
    yield made
    for state in {state.feed_id for state in made.states}:
        await made.send(state, None)  # other tests' fetchers need not poll a site that is gone
    await made.stop()

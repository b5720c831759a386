"""Wiring of the fetcher, and the loop that polls each feed when it is due."""

import asyncio
import contextlib
import logging
from collections.abc import Collection
from datetime import datetime, timedelta

from aiokafka import AIOKafkaProducer

from schemas.feeds_source import FeedSource
from schemas.feeds_state import FeedState, SeenArticle
from schemas.words import PageReason
from services.chassis.clock import Clock, clock_from
from services.chassis.dead_letters import DeadLetters
from services.chassis.http import new_client
from services.chassis.kafka import new_producer, wait_for_kafka
from services.chassis.server import OpsServer
from services.fetcher import telemetry
from services.fetcher.adapters.article_archive import KafkaArticleArchive
from services.fetcher.adapters.article_publisher import KafkaArticlePublisher
from services.fetcher.adapters.completion import Completion
from services.fetcher.adapters.feed_book import KafkaFeedBook
from services.fetcher.adapters.feed_client import FeedClient
from services.fetcher.adapters.feed_state_store import KafkaFeedStateStore
from services.fetcher.adapters.poller import Poller
from services.fetcher.domain.polls import due_at
from services.fetcher.domain.timetable import Timetable
from services.fetcher.domain.visits import Visit
from services.fetcher.settings import FetcherSettings

log = logging.getLogger(__name__)

RELEASE_GRACE_S = 4.0
"""How long polls may take to end by themselves when their feeds move to another process, or when this one stops."""


class Fetcher:
    """Polls the feeds of the book, each when due, so many at once, each feed one poll at a time."""

    def __init__(self, settings: FetcherSettings, *, producer: AIOKafkaProducer, poller: Poller, clock: Clock) -> None:
        store = KafkaFeedStateStore(producer)
        self._clock, self._poller = clock, poller
        self._room = asyncio.Semaphore(settings.concurrency)
        self._timetable = Timetable()
        self._polls: dict[str, asyncio.Task[object]] = {}
        self._failing: set[str] = set()
        self._changed = asyncio.Event()
        self._crash: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.book = KafkaFeedBook(
            bootstrap=settings.kafka_bootstrap,
            group=settings.group,
            dead_letters=DeadLetters(producer, service="fetcher"),
            on_change=self._plan,
            release=self._release,
            forget=store.forget,
        )

    async def run(self, stop: asyncio.Event) -> None:
        """Poll until told to stop; then let polls end and hand the feeds back."""
        tasks: set[asyncio.Future[object]] = set()
        try:
            await self.book.start()
            tasks |= {asyncio.ensure_future(work) for work in (self.book.follow(), self._keep_polling(), stop.wait(), self._crash)}
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()  # an unknown error stops the process
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await _ended(list(self._polls.values()), grace_s=RELEASE_GRACE_S)
            await self.book.stop()

    def _plan(self, feed_id: str) -> None:
        """Note when a feed is due, or that it is ours no more. While it is being polled that is done when the poll ends."""
        source = self.book.source(feed_id)
        state = self.book.state(feed_id)
        due = due_at(source, state, now=self._clock.now()) if source else None
        if due is None:
            self._timetable.remove(feed_id)
        elif feed_id not in self._polls:
            self._timetable.set(feed_id, due)
        (self._failing.add if source and state and state.failures else self._failing.discard)(feed_id)
        self._changed.set()

    async def _release(self, feed_ids: Collection[str]) -> None:
        await _ended([self._polls[feed_id] for feed_id in feed_ids if feed_id in self._polls], grace_s=RELEASE_GRACE_S)

    async def _keep_polling(self) -> None:
        while True:
            self._changed.clear()
            for feed_id, due in self._timetable.pop_due(self._clock.now()):
                await self._room.acquire()
                self._begin(feed_id, due)
            telemetry.FEEDS.set(self.book.feed_count)
            telemetry.FEEDS_FAILING.set(len(self._failing))
            await self._wait_for(self._timetable.next_at())

    def _begin(self, feed_id: str, due: datetime) -> None:
        if self.book.source(feed_id) is None or feed_id in self._polls:  # moved away while there was no room
            self._room.release()
            return
        telemetry.POLL_LATENESS_SECONDS.observe(max(0.0, (self._clock.now() - due).total_seconds()))
        task = asyncio.ensure_future(self._poll(feed_id))
        self._polls[feed_id] = task
        task.add_done_callback(lambda ended: self._end(feed_id, ended))
        telemetry.POLLS_IN_FLIGHT.set(len(self._polls))

    async def _poll(self, feed_id: str) -> FeedState | None:
        if (source := self.book.source(feed_id)) is None:
            return None
        state = await self._poller.poll(source, self.book.state(feed_id))
        self.book.remember(state)
        return state

    def _end(self, feed_id: str, task: "asyncio.Task[object]") -> None:
        self._room.release()
        self._polls.pop(feed_id, None)
        telemetry.POLLS_IN_FLIGHT.set(len(self._polls))
        if not task.cancelled() and (error := task.exception()):
            log.critical("feed.poll_crashed", extra={"feed_id": feed_id}, exc_info=error)
            if not self._crash.done():
                self._crash.set_exception(error)  # not known what it is: the process stops
        self._plan(feed_id)

    async def _wait_for(self, moment: datetime | None) -> None:
        """Return when the moment has come by the clock, or when something has changed."""
        waits: set[asyncio.Future[object]] = {asyncio.ensure_future(self._changed.wait())}
        if moment is not None:
            waits.add(asyncio.ensure_future(self._clock.sleep_until(moment)))
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()
            await asyncio.gather(*waits, return_exceptions=True)


async def _ended(tasks: Collection["asyncio.Task[object]"], *, grace_s: float) -> None:
    """Wait for polls to end; cancel those that take longer than the grace."""
    if not tasks:
        return
    _, late = await asyncio.wait(tasks, timeout=grace_s)
    for task in late:
        task.cancel()
    if late:
        await asyncio.wait(late)


class _NoPages:
    async def visit(self, url: str, *, source: FeedSource, seen: SeenArticle) -> Visit:
        return Visit(PageReason.UNREACHABLE)


async def run(settings: FetcherSettings, stop: asyncio.Event) -> None:
    """Run the service until the event is set."""
    clock = clock_from(settings.clock_file)
    await wait_for_kafka(settings.kafka_bootstrap)
    async with contextlib.AsyncExitStack() as stack:
        producer = new_producer(settings.kafka_bootstrap, client_id="claimwatch-fetcher")
        await producer.start()
        stack.push_async_callback(producer.stop)
        http = await stack.enter_async_context(
            new_client(
                timeout_s=settings.timeout_s, allow=settings.allowed, user_agent=settings.user_agent, max_connections=settings.concurrency
            )
        )
        client = FeedClient(http, timeout_s=settings.poll_timeout_s, max_body_bytes=settings.max_body_bytes)
        archive = KafkaArticleArchive(settings.kafka_bootstrap)
        stack.push_async_callback(archive.stop)
        completion = Completion(archive=archive, pages=_NoPages(), timeout_s=60, max_age=timedelta(days=3))
        publisher, store = KafkaArticlePublisher(producer), KafkaFeedStateStore(producer)
        poller = Poller(client=client, publisher=publisher, store=store, clock=clock, completion=completion)
        fetcher = Fetcher(settings, producer=producer, poller=poller, clock=clock)
        server = OpsServer(host=settings.http_host, port=settings.http_port, is_ready=lambda: fetcher.book.is_ready)
        await server.start()
        stack.push_async_callback(server.stop)
        log.info("fetcher.started", extra={"kafka": settings.kafka_bootstrap, "http_port": settings.http_port, "group": settings.group})
        await fetcher.run(stop)
    log.info("fetcher.stopped")

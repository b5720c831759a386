"""The feeds of this process at work: each polled when it is due and its server has room, one thing at a time happening to each."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection
from datetime import datetime, timedelta
from itertools import takewhile

from aiokafka import AIOKafkaProducer

from schemas.feeds_source import FeedSource
from schemas.feeds_state import FeedState, HubState
from services.chassis.clock import Clock
from services.chassis.dead_letters import DeadLetters
from services.fetcher import telemetry
from services.fetcher.adapters.polling.feed_book import KafkaFeedBook
from services.fetcher.adapters.polling.feed_state_store import KafkaFeedStateStore
from services.fetcher.adapters.polling.host_pacer import HostPacer, Turn
from services.fetcher.adapters.polling.poller import Poller
from services.fetcher.domain.polling.health import stale_since
from services.fetcher.domain.polling.hosts import group_of, host_of, servers_of
from services.fetcher.domain.polling.lanes import Lanes, Waiting
from services.fetcher.domain.polling.polls import due_at, is_of, with_hub
from services.fetcher.domain.polling.schedule import waited
from services.fetcher.domain.polling.timetable import Timetable
from services.fetcher.domain.polling.twins import Twins
from services.fetcher.settings import FetcherSettings

log = logging.getLogger(__name__)

RELEASE_GRACE_S = 4.0
"""How long polls may take to end by themselves when their feeds move to another process, or when this one stops."""
WORK_FACTOR = 4
"""Polls in all, with those that hang, read pages or wait for Kafka, as a multiple of the requests at once. Bounds memory."""
LOOK_AGAIN_S = 1.0
"""Where all places are taken, requests may have begun to hang by then."""
WATCH_EVERY = timedelta(minutes=1)
"""How often feeds that are not polled at present are looked at: one that its server holds off goes out of sight without a poll."""
Work = Callable[[FeedSource, FeedState | None], Awaitable[FeedState | None]]


class Fetcher:
    """Polls the feeds of the book, each when due, so many at once, each feed one poll at a time."""

    def __init__(
        self, settings: FetcherSettings, *, producer: AIOKafkaProducer, poller: Poller, clock: Clock, pacer: HostPacer, twins: Twins
    ) -> None:
        store = KafkaFeedStateStore(producer)
        self._clock, self._poller, self._pacer, self._twins = clock, poller, pacer, twins
        self._concurrency, self._holds_hosts = settings.concurrency, settings.retry_after_scope == "host"
        self._timetable, self._lanes = Timetable(), Lanes()
        self._work: dict[str, asyncio.Task[FeedState | None]] = {}
        self._polling: dict[str, Turn] = {}
        self._asking: dict[str, Turn] = {}
        """Of these, the ones whose server has not answered yet; who began first stands first."""
        self._failing: set[str] = set()
        self._stale: set[str] = set()
        self._changed = asyncio.Event()
        self._wakes_at: datetime | None = None
        self._is_starting = self._is_stopping = False
        self._later: asyncio.TimerHandle | None = None
        self._crash: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.on_change: list[Callable[[str], None]] = []
        """Called with a feed id whenever its source, its state or its ownership has changed."""
        self.book = KafkaFeedBook(
            bootstrap=settings.kafka_bootstrap,
            group=settings.group,
            dead_letters=DeadLetters(producer, service="fetcher"),
            on_change=self._plan,
            on_open=self._changed.set,
            release=self._release,
            forget=store.forget,
            uses_hubs=settings.public_url is not None,
        )
        pacer.on_room, twins.state_of = self._have_room, self.book.state

    async def run(self, stop: asyncio.Event) -> None:
        """Poll until told to stop; then let polls end and hand the feeds back."""
        tasks: set[asyncio.Future[object]] = set()
        try:
            await self.book.start()
            endless = (self.book.follow(), self._keep_polling(), self._keep_watch(), stop.wait(), self._crash)
            tasks |= {asyncio.ensure_future(work) for work in endless}
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()  # an unknown error stops the process
        finally:
            self._is_stopping = True
            if self._later:
                self._later.cancel()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await _ended(list(self._work.values()), grace_s=RELEASE_GRACE_S)
            await self.book.stop()

    def source(self, feed_id: str) -> FeedSource | None:
        """Return a feed if it is this process's."""
        return self.book.source(feed_id)

    def state(self, feed_id: str) -> FeedState | None:
        """Return the last known state of a feed, without its articles."""
        return self.book.outline(feed_id)

    async def push(self, feed_id: str, body: bytes, content_type: str) -> bool:
        """Take a document that was pushed as if it had been polled; False if it cannot be read or the feed is not ours (any more)."""

        async def take(source: FeedSource, state: FeedState | None) -> FeedState | None:
            if state is None or source.paused or not is_of(state, source):
                return None
            return await self._poller.take_push(source, state, body, content_type)

        return await self._alone(feed_id, take) is not None

    async def change_hub(self, feed_id: str, change: Callable[[HubState], HubState]) -> HubState | None:
        """Store and return the changed subscription of a feed; None if there is none to change."""

        async def keep(source: FeedSource, state: FeedState | None) -> FeedState | None:
            if state is None or state.hub is None or not is_of(state, source):
                return None
            changed = with_hub(state, change(state.hub))
            await self._poller.keep(source, state, changed, at=self._clock.now())
            return changed

        state = await self._alone(feed_id, keep)
        return state.hub if state else None

    async def _alone(self, feed_id: str, work: Work) -> FeedState | None:
        """Do something to a feed when nothing else happens to it; None if it is not ours."""
        while task := self._work.get(feed_id):
            await asyncio.wait({task})
        if self.book.source(feed_id) is None:
            return None
        task = self._do(feed_id, work)
        await asyncio.wait({task})
        return None if task.cancelled() else task.result()

    def _do(self, feed_id: str, work: Work) -> "asyncio.Task[FeedState | None]":
        task = asyncio.ensure_future(self._done(feed_id, work))
        self._work[feed_id] = task
        task.add_done_callback(lambda ended: self._end(feed_id, ended))
        return task

    async def _done(self, feed_id: str, work: Work) -> FeedState | None:
        if (source := self.book.source(feed_id)) is None:
            return None
        before = self.book.state(feed_id)
        state = await work(source, before)
        if state:
            self.book.remember(state, before)
        return state

    def _plan(self, feed_id: str) -> None:
        """Note when a feed is due, or that it is ours no more. While something happens to it that is done when it ends."""
        source, state = self.book.source(feed_id), self.book.outline(feed_id)
        self._learn(feed_id, source, state)
        due = due_at(source, state, now=self._clock.now()) if source else None
        if due is None:
            self._timetable.remove(feed_id)
        elif feed_id not in self._work and feed_id not in self._lanes:
            self._timetable.set(feed_id, due)
            if self._wakes_at is None or due < self._wakes_at:
                self._changed.set()
        for listener in self.on_change:
            listener(feed_id)

    def _learn(self, feed_id: str, source: FeedSource | None, state: FeedState | None) -> None:
        """Take from a feed what concerns others: where it is found, and which server has asked to be left alone."""
        (self._failing.add if source and state and state.failures else self._failing.discard)(feed_id)
        (self._stale.add if source and state and state.stale_since else self._stale.discard)(feed_id)
        if source is None or state is None or not is_of(state, source):
            self._twins.forget(feed_id)
            return
        if self._twins.address_of(feed_id) is None:
            self._twins.note(source, state.resolved_url or state.url)
        if state.blocked_until and state.blocked_until > self._clock.now():
            host = (state.blocked_host or host_of(state.url)) if self._holds_hosts else ""
            self._pacer.hold((host, group_of(source)), state.blocked_until)

    async def _release(self, feed_ids: Collection[str]) -> None:
        await _ended([self._work[feed_id] for feed_id in feed_ids if feed_id in self._work], grace_s=RELEASE_GRACE_S)

    async def _keep_polling(self) -> None:
        while True:
            self._changed.clear()
            if self.book.is_ready:  # before that, some feed's word about its server is not known yet
                for feed_id, due in self._timetable.pop_due(self._clock.now()):
                    self._queue(feed_id, due)
                self._start()
            self._wakes_at = self._timetable.next_at() if self.book.is_ready else None
            self._show()
            await self._wait_for(self._wakes_at)

    def _queue(self, feed_id: str, due: datetime) -> None:
        """Let a feed wait for room at its server; one whose server must not be asked yet is due when it may be."""
        if (source := self.book.source(feed_id)) is None:
            return
        state, found_at = self.book.outline(feed_id), self._twins.address_of(feed_id)
        if held := self._pacer.held_until(servers_of(source, found_at, state.resolved_url if state else None)):
            now = self._clock.now()
            self._timetable.set(feed_id, now + waited(held - now, feed_id=feed_id))
            return
        self._lanes.add(Waiting(feed_id, due, host_of(found_at or str(source.url))))

    def _have_room(self, host: str) -> None:
        self._lanes.wake(host)
        self._start()

    def _start(self) -> None:
        """Begin polls as long as there is room for them, here and at their servers."""
        if self._is_starting or self._is_stopping:  # the first: called back by what is done below
            return
        self._is_starting = True
        try:
            while self._has_room() and (found := self._lanes.next(self._pacer.take)):
                self._begin(*found)
        finally:
            self._is_starting = False
        if len(self._lanes) and self._later is None and not self._has_room():
            self._later = asyncio.get_running_loop().call_later(LOOK_AGAIN_S, self._start_later)

    def _start_later(self) -> None:
        self._later = None
        self._start()

    def _has_room(self) -> bool:
        """Requests that hang, and polls that read pages or write to Kafka, take no place from others, within bounds."""
        if len(self._polling) < self._concurrency:
            return True
        if len(self._polling) >= WORK_FACTOR * self._concurrency:
            return False
        hanging = sum(1 for _ in takewhile(lambda turn: not turn.is_busy, self._asking.values()))
        return len(self._asking) - hanging < self._concurrency

    def _begin(self, waiting: Waiting, turn: Turn) -> None:
        """Begin a poll, unless the feed has moved away, changed, or been read otherwise while it waited."""
        feed_id, now = waiting.feed_id, self._clock.now()
        source, state = self.book.source(feed_id), self.book.outline(feed_id)
        due = due_at(source, state, now=now) if source else None
        if feed_id in self._work or due is None or due > now:
            turn.end()
            self._plan(feed_id)
            return
        telemetry.POLL_LATENESS_SECONDS.observe(max(0.0, (now - waiting.due).total_seconds()))
        self._polling[feed_id] = self._asking[feed_id] = turn
        self._do(feed_id, lambda source, state: self._poller.poll(source, state, on_fetched=lambda: self._end_turn(feed_id, turn)))

    def _end_turn(self, feed_id: str, turn: Turn) -> None:
        self._asking.pop(feed_id, None)
        turn.end()

    def _end(self, feed_id: str, task: "asyncio.Task[FeedState | None]") -> None:
        self._work.pop(feed_id, None)
        if turn := self._polling.pop(feed_id, None):
            self._end_turn(feed_id, turn)
        if not task.cancelled() and (error := task.exception()):
            log.critical("feed.poll_crashed", extra={"feed_id": feed_id}, exc_info=error)
            if not self._crash.done():
                self._crash.set_exception(error)  # not known what it is: the process stops
        self._plan(feed_id)
        self._start()
        self._show()

    def _show(self) -> None:
        telemetry.POLLS_IN_FLIGHT.set(len(self._polling))
        telemetry.POLLS_WAITING.set(len(self._lanes))
        telemetry.FEEDS.set(self.book.feed_count)
        telemetry.FEEDS_FAILING.set(len(self._failing))
        telemetry.FEEDS_STALE.set(len(self._stale))

    async def _keep_watch(self) -> None:
        """Tell of feeds that go out of sight while nobody polls them: barred by their server, or far back in their back-off."""
        while True:
            await self._clock.sleep_until(self._clock.now() + WATCH_EVERY)
            for feed_id in self._unseen():
                await self._alone(feed_id, self._look)

    def _unseen(self) -> list[str]:
        """Return the feeds that are not due soon, and are out of sight without anybody having told so."""
        now = self._clock.now()
        found = []
        for source, state in self.book.read_feeds():
            due = self._timetable.at(source.feed_id)
            if state.stale_since or source.paused or due is None or due <= now or not is_of(state, source):
                continue
            if (state.failures or self._pacer.has_holds) and self._stale_since(source, state, now):
                found.append(source.feed_id)
        return found

    def _stale_since(self, source: FeedSource, state: FeedState, now: datetime) -> datetime | None:
        servers = servers_of(source, self._twins.address_of(source.feed_id), state.resolved_url)
        return stale_since(source, state, now, before=state.stale_since, is_held=self._pacer.held_until(servers) is not None)

    async def _look(self, source: FeedSource, state: FeedState | None) -> FeedState | None:
        if state is None or not (since := self._stale_since(source, state, self._clock.now())):
            return None
        stale = state.model_copy(update={"stale_since": since})
        await self._poller.keep(source, state, stale, at=self._clock.now())
        return stale

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


async def _ended(tasks: Collection["asyncio.Task[FeedState | None]"], *, grace_s: float) -> None:
    """Wait for polls to end; cancel those that take longer than the grace."""
    if not tasks:
        return
    _, late = await asyncio.wait(tasks, timeout=grace_s)
    for task in late:
        task.cancel()
    if late:
        await asyncio.wait(late)

"""WebSub subscriptions of this process's feeds: asked for when due, verified, ended, and what hubs push.

The HTTP side is in ``websub_server``, requests to hubs in ``websub_request``, the rules in ``domain.websub``.
"""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol
from urllib.parse import urlsplit

from schemas.feeds_source import FeedSource
from schemas.feeds_state import FeedState, HubState
from services.chassis.clock import Clock
from services.fetcher import telemetry
from services.fetcher.adapters.polling.feed_client import shown
from services.fetcher.adapters.websub.request import Answer, HubClient
from services.fetcher.domain.polling.polls import is_of
from services.fetcher.domain.polling.timetable import Timetable
from services.fetcher.domain.websub.keys import Keys
from services.fetcher.domain.websub.subscription import asked, asks_at, is_pushing, put_off

log = logging.getLogger(__name__)

REQUESTS_AT_ONCE = 8
"""Requests to hubs in flight. A thousand feeds may name one hub."""
HUB_AWAY = timedelta(minutes=5)
"""How long a hub that does not answer is left alone, for whichever feed: the others' hubs must not wait for it."""
HubChange = Callable[[HubState], HubState]


class FeedDesk(Protocol):
    """Whoever has the feeds: one thing at a time happens to each."""

    def source(self, feed_id: str) -> FeedSource | None:
        """Return a feed if it is this process's."""
        ...

    def state(self, feed_id: str) -> FeedState | None:
        """Return the last known state of a feed."""
        ...

    async def change_hub(self, feed_id: str, change: HubChange) -> HubState | None:
        """Store and return the changed subscription of a feed; None if there is none to change."""
        ...

    async def push(self, feed_id: str, body: bytes, content_type: str) -> bool:
        """Take a document that was pushed as if it had been polled; False if it cannot be read or the feed is not ours any more."""
        ...


def subscription(desk: FeedDesk, feed_id: str) -> HubState | None:
    """Return the subscription of a feed of ours that is to have one; None if it has none, or none any more."""
    source, state = desk.source(feed_id), desk.state(feed_id)
    if source is None or state is None or source.paused or not source.websub or not is_of(state, source):
        return None
    return state.hub


class Subscriptions:
    """Keeps the subscriptions of all feeds alive."""

    def __init__(self, desk: FeedDesk, *, keys: Keys, client: HubClient, clock: Clock) -> None:
        self._desk, self._keys, self._client, self._clock = desk, keys, client, clock
        self._timetable = Timetable()
        self._requests: dict[str, asyncio.Task[None]] = {}
        self._room = asyncio.Semaphore(REQUESTS_AT_ONCE)
        self._away: dict[str, datetime] = {}
        """Until when hubs are left alone, by host."""
        self._pushing: set[str] = set()
        self._changed = asyncio.Event()
        self._wakes_at: datetime | None = None

    def plan(self, feed_id: str) -> None:
        """Note when a feed's subscription is to be asked for; to be called when anything about the feed has changed."""
        hub = subscription(self._desk, feed_id)
        now = self._clock.now() if hub else None
        (self._pushing.add if now and is_pushing(hub, now) else self._pushing.discard)(feed_id)
        telemetry.HUBS_PUSHING.set(len(self._pushing))
        if hub is None or now is None:
            self._timetable.remove(feed_id)
        elif feed_id not in self._requests:  # else when the request has ended
            due = asks_at(hub, callback=self._keys.callback_name, now=now)
            due = max(due, self._away_until(hub) or due)
            self._timetable.set(feed_id, due)
            if self._wakes_at is None or due < self._wakes_at:
                self._changed.set()

    def _away_until(self, hub: HubState) -> datetime | None:
        until = self._away.get(urlsplit(hub.hub).netloc)
        return until if until and until > self._clock.now() else None

    def _leave_alone(self, hub: HubState) -> None:
        now = self._clock.now()
        self._away = {host: until for host, until in self._away.items() if until > now}
        self._away[urlsplit(hub.hub).netloc] = now + HUB_AWAY

    async def run(self) -> None:
        """Ask for subscriptions when they are due, for ever."""
        try:
            while True:
                self._changed.clear()
                for feed_id, _ in self._timetable.pop_due(self._clock.now()):
                    await self._room.acquire()
                    self._begin(feed_id)
                self._wakes_at = self._timetable.next_at()
                await self._wait_for(self._wakes_at)
        finally:
            await _cancelled(list(self._requests.values()))

    def _begin(self, feed_id: str) -> None:
        task = asyncio.ensure_future(self._ask(feed_id))
        self._requests[feed_id] = task
        task.add_done_callback(lambda ended: self._end(feed_id, ended))

    def _end(self, feed_id: str, task: "asyncio.Task[None]") -> None:
        self._room.release()
        self._requests.pop(feed_id, None)
        if task.cancelled():
            return
        if error := task.exception():  # polling goes on without the hub; it is asked again when the state says so
            log.error("hub.request_failed", extra={"feed_id": feed_id}, exc_info=error)
        self.plan(feed_id)

    async def _ask(self, feed_id: str) -> None:
        """Note the request before it goes out: a hub may verify before it answers, and a crash must not make for a second one at once."""
        name = self._keys.callback_name
        wanted, now = subscription(self._desk, feed_id), self._clock.now()
        if wanted is None or self._away_until(wanted) or asks_at(wanted, callback=name, now=now) > now:  # since it was due
            return
        hub = await self._desk.change_hub(feed_id, lambda hub: asked(hub, feed_id=feed_id, callback=name, now=self._clock.now()))
        if hub is None:
            return
        answer = await self._client.subscribe(
            hub.hub,
            topic=hub.topic,
            callback=self._keys.callback(feed_id),
            secret=self._keys.secret(feed_id, hub=hub.hub, topic=hub.topic),
            now=now,
        )
        _note(feed_id, hub, answer)
        if answer.is_away:
            self._leave_alone(hub)
        if wait := answer.wait:
            await self._desk.change_hub(feed_id, lambda latest: _put_off(latest, hub, wait=wait, now=self._clock.now()))

    async def _wait_for(self, moment: datetime | None) -> None:
        """Return when the moment has come by the clock, or when something has changed."""
        waits: list[asyncio.Future[object]] = [asyncio.ensure_future(self._changed.wait())]
        if moment is not None:
            waits.append(asyncio.ensure_future(self._clock.sleep_until(moment)))
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            await _cancelled(waits)


def _put_off(hub: HubState, when_asked: HubState, *, wait: timedelta, now: datetime) -> HubState:
    return put_off(hub, wait=wait, now=now) if hub.requested_at == when_asked.requested_at else hub


def _note(feed_id: str, hub: HubState, answer: Answer) -> None:
    telemetry.HUB_REQUESTS.labels(result="accepted" if answer.is_accepted else "failed").inc()
    level = logging.WARNING if not answer.is_accepted and hub.unanswered == 1 else logging.INFO
    fields = {"feed_id": feed_id, "hub": shown(hub.hub), "detail": answer.detail, "unanswered": hub.unanswered - 1}
    log.log(level, "hub.asked", extra=fields)


async def _cancelled(tasks: "list[asyncio.Task[None]] | list[asyncio.Future[object]]") -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)

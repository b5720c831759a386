"""Feeds with subscriptions, kept in memory, for the tests of what talks to hubs."""

import asyncio
from datetime import datetime

from schemas.feeds_source import FeedSource
from schemas.feeds_state import FeedState, HubState
from services.fetcher.adapters.websub.subscriber import HubChange, Subscriptions
from services.fetcher.domain.websub.keys import Keys
from tests.unit.fetcher.samples import NOW, source, state

TOPIC = "https://news.example/feed"
KEYS = Keys(secret=b"a secret of the operator", public_url="https://watch.example/websub")


class SetClock:
    """Stands until it is set."""

    def __init__(self) -> None:
        self._now = NOW
        self._moved = asyncio.Condition()

    def now(self) -> datetime:
        return self._now

    async def sleep_until(self, moment: datetime) -> None:
        async with self._moved:
            await self._moved.wait_for(lambda: self._now >= moment)

    async def set(self, to: datetime) -> None:
        async with self._moved:
            self._now = to
            self._moved.notify_all()


class FakeDesk:
    """Takes pushes and changes of subscriptions; whoever waits for something is woken by each."""

    def __init__(self) -> None:
        self.sources: dict[str, FeedSource] = {}
        self.states: dict[str, FeedState] = {}
        self.pushes: list[tuple[str, bytes, str]] = []
        self.is_readable = True
        self.gate = asyncio.Event()
        """Not set: a poll is under way, whatever is to be done waits."""
        self.gate.set()
        self.subscriptions: Subscriptions | None = None
        self.happened = asyncio.Condition()

    def add(self, feed_id: str = "news", hub: HubState | None = None, **more: object) -> None:
        self.sources[feed_id] = source(feed_id=feed_id, **more)
        self.states[feed_id] = state().model_copy(update={"feed_id": feed_id, "hub": hub})
        self._plan(feed_id)

    def _plan(self, feed_id: str) -> None:
        if self.subscriptions:
            self.subscriptions.plan(feed_id)

    def hub(self, feed_id: str = "news") -> HubState | None:
        return self.states[feed_id].hub

    def source(self, feed_id: str) -> FeedSource | None:
        return self.sources.get(feed_id)

    def state(self, feed_id: str) -> FeedState | None:
        return self.states.get(feed_id)

    async def change_hub(self, feed_id: str, change: HubChange) -> HubState | None:
        await self.gate.wait()
        known = self.states.get(feed_id)
        if known is None or known.hub is None:
            return None
        changed = change(known.hub)
        self.states[feed_id] = known.model_copy(update={"hub": changed})
        self._plan(feed_id)
        await self._tell()
        return changed

    async def push(self, feed_id: str, body: bytes, content_type: str) -> bool:
        await self.gate.wait()
        self.pushes.append((feed_id, body, content_type))
        await self._tell()
        return self.is_readable

    async def _tell(self) -> None:
        async with self.happened:
            self.happened.notify_all()

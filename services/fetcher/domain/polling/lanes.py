"""Feeds that are due and wait for their server, a lane for each: one slow server keeps no feed of another waiting."""

from collections import deque
from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple, TypeVar

T = TypeVar("T")


class Waiting(NamedTuple):
    """A feed that waits."""

    feed_id: str
    due: datetime
    host: str


class Lanes:
    """First come, first served in each lane; the lanes take turns. All steps take the same time however many wait."""

    def __init__(self) -> None:
        self._lanes: dict[str, deque[Waiting]] = {}
        self._open: deque[str] = deque()
        """Hosts of lanes that are worth a try; the others wait to be woken."""
        self._is_open: set[str] = set()
        self._feeds: set[str] = set()

    def __len__(self) -> int:
        return len(self._feeds)

    def __contains__(self, feed_id: str) -> bool:
        return feed_id in self._feeds

    def add(self, waiting: Waiting) -> None:
        """Put a feed at the end of its lane, unless it waits already."""
        if waiting.feed_id in self._feeds:
            return
        self._feeds.add(waiting.feed_id)
        if waiting.host not in self._lanes:
            self._lanes[waiting.host] = deque()
            self.wake(waiting.host)
        self._lanes[waiting.host].append(waiting)

    def wake(self, host: str) -> None:
        """Note that a host may have room again."""
        if host in self._lanes and host not in self._is_open:
            self._is_open.add(host)
            self._open.append(host)

    def next(self, take: Callable[[str], T | None]) -> tuple[Waiting, T] | None:
        """Take out the next feed whose host gives room; None if there is none.

        Args:
            take: Asked for room at a host. Where it gives None, the lane rests until it is woken.
        """
        while self._open:
            host = self._open.popleft()
            self._is_open.discard(host)
            if room := take(host):
                return self._taken(host), room
        return None

    def _taken(self, host: str) -> Waiting:
        lane = self._lanes[host]
        waiting = lane.popleft()
        self._feeds.discard(waiting.feed_id)
        if lane:
            self.wake(host)
        else:
            del self._lanes[host]
        return waiting

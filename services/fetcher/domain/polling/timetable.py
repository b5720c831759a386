"""Which feed is due when."""

import heapq
from datetime import datetime


class Timetable:
    """Feeds by the time they are due. Setting a feed again replaces its time."""

    def __init__(self) -> None:
        self._times: dict[str, datetime] = {}
        self._heap: list[tuple[datetime, str]] = []

    def __len__(self) -> int:
        return len(self._times)

    def set(self, feed_id: str, at: datetime) -> None:
        """Note when a feed is due."""
        if self._times.get(feed_id) != at:
            self._times[feed_id] = at
            heapq.heappush(self._heap, (at, feed_id))

    def remove(self, feed_id: str) -> None:
        """Forget a feed."""
        self._times.pop(feed_id, None)

    def at(self, feed_id: str) -> datetime | None:
        """Return when a feed is due; None if it is not in the table."""
        return self._times.get(feed_id)

    def next_at(self) -> datetime | None:
        """Return when the next feed is due; None if there is none."""
        while self._heap and self._times.get(self._heap[0][1]) != self._heap[0][0]:
            heapq.heappop(self._heap)
        return self._heap[0][0] if self._heap else None

    def pop_due(self, now: datetime) -> list[tuple[str, datetime]]:
        """Take out all feeds that are due, the longest overdue first, each with the time it was due."""
        due: list[tuple[str, datetime]] = []
        while (at := self.next_at()) is not None and at <= now:
            _, feed_id = heapq.heappop(self._heap)
            del self._times[feed_id]
            due.append((feed_id, at))
        return due

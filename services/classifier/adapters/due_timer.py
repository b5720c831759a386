"""Brings a claim back to the judge when time alone may move it: a timer cannot write a table, a record can."""

import asyncio
import heapq
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from schemas import claims_due
from schemas.claims_due import Due
from schemas.claims_status import ClaimStatus
from schemas.ids import derived_id
from services.chassis.clock import Clock
from services.chassis.records import encode, headers_for

FAR = timedelta(hours=1)


class DueTimer:
    """Sends a due record for each claim whose time has come."""

    def __init__(self, *, clock: Clock, due_topic: Any) -> None:
        self._clock, self._topic = clock, due_topic
        self._heap: list[tuple[datetime, str]] = []
        self._due: dict[str, datetime] = {}
        self._changed = asyncio.Event()

    def note(self, status: ClaimStatus) -> None:
        """Remember when this claim is due next, in place of what was remembered of it before."""
        self.set_due(status.claim_id, status.next_due_at)

    def set_due(self, claim_id: str, at: datetime | None) -> None:
        """Remember one claim's next due time; None forgets it."""
        if at is None:
            self._due.pop(claim_id, None)
        elif self._due.get(claim_id) != at:
            self._due[claim_id] = at
            heapq.heappush(self._heap, (at, claim_id))
            self._changed.set()

    async def send(self, claim_ids: Iterable[str], at: datetime) -> None:
        """Send a due record for each of these claims."""
        for claim_id in claim_ids:
            headers = headers_for(
                claims_due.TOPIC,
                event_id=derived_id("due", claim_id, at.isoformat()),
                subject=claim_id,
                source="classifier",
                at=at,
            )
            await self._topic.send(key=claim_id.encode(), value=encode(Due(claim_id=claim_id, at=at)), headers=headers)

    async def run(self) -> None:
        """Send what is due, for ever."""
        while True:
            await self._wait()
            while self._heap and self._heap[0][0] <= self._clock.now():
                at, claim_id = heapq.heappop(self._heap)
                if self._due.get(claim_id) == at:
                    del self._due[claim_id]
                    await self.send([claim_id], at)

    async def _wait(self) -> None:
        """Return when the first due time has come, or when an earlier one may have been noted."""
        self._changed.clear()
        moment = self._heap[0][0] if self._heap else self._clock.now() + FAR
        sleeping = asyncio.ensure_future(self._clock.sleep_until(moment))
        changing = asyncio.ensure_future(self._changed.wait())
        await asyncio.wait({sleeping, changing}, return_when=asyncio.FIRST_COMPLETED)
        for task in (sleeping, changing):
            task.cancel()

"""What comes of judging goes out once Kafka has the state that remembers it, and only then is the record done that caused it.

One wait for Kafka serves all that has been judged meanwhile, so the judge does not stand still at each change of a status.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from schemas import claims_status, claims_transition
from schemas.claims_status import ClaimStatus
from schemas.claims_transition import Transition
from schemas.ids import derived_id
from services.chassis.records import encode, headers_for
from services.classifier import telemetry

log = logging.getLogger(__name__)

MAX_WAITING = 1_000
"""Records and what comes of them that wait to go out; then the judge waits."""


@dataclass(frozen=True)
class Announcement:
    """What one record has led to.

    ``status`` None: the claim is watched no more, its status ends.
    """

    claim_id: str
    transitions: tuple[Transition, ...]
    status: ClaimStatus | None
    traceparent: str | None


class Announcer:
    """Sends announcements in the order in which they were made, and acknowledges records behind them."""

    def __init__(self, *, flush: Callable[[], Awaitable[None]], status_topic: Any, transition_topic: Any) -> None:
        """Prepare to send.

        Args:
            flush: Returns once Kafka has all that was written before.
        """
        self._flush, self._status_topic, self._transition_topic = flush, status_topic, transition_topic
        self._waiting: asyncio.Queue[Announcement | Callable[[], Awaitable[object]]] = asyncio.Queue(MAX_WAITING)

    async def put(self, announcement: Announcement) -> None:
        """Have it sent after all that was put before."""
        await self._waiting.put(announcement)

    async def then(self, done: Callable[[], Awaitable[object]]) -> None:
        """Have this called once all that was put before is on its way."""
        await self._waiting.put(done)

    async def run(self) -> None:
        """Send, for ever."""
        while True:
            batch = [await self._waiting.get()]
            while not self._waiting.empty():
                batch.append(self._waiting.get_nowait())
            if any(isinstance(one, Announcement) and one.transitions for one in batch):
                await self._flush()
            for one in batch:
                if isinstance(one, Announcement):
                    await self._send(one)
                else:
                    await one()

    async def _send(self, announcement: Announcement) -> None:
        for transition in announcement.transitions:
            await self._send_transition(transition, announcement.traceparent)
        if announcement.status is None:
            await self._status_topic.send(key=announcement.claim_id.encode(), value=None)
        else:
            await self._send_status(announcement.status, announcement.traceparent)

    async def _send_transition(self, transition: Transition, traceparent: str | None) -> None:
        headers = headers_for(
            claims_transition.TOPIC,
            event_id=transition.transition_id,
            subject=transition.claim_id,
            source="classifier",
            at=transition.occurred_at,
            traceparent=traceparent,
        )
        await self._transition_topic.send(key=transition.claim_id.encode(), value=encode(transition), headers=headers)
        telemetry.TRANSITIONS.labels(to_status=transition.to_status).inc()
        log.info(
            "status.changed",
            extra={
                "claim_id": transition.claim_id,
                "sequence": transition.sequence,
                "status": str(transition.to_status),
                "reason": str(transition.reason),
            },
        )

    async def _send_status(self, status: ClaimStatus, traceparent: str | None) -> None:
        event_id = derived_id("status", status.claim_id, str(status.readings), str(status.sequence), status.as_of.isoformat())
        headers = headers_for(
            claims_status.TOPIC,
            event_id=event_id,
            subject=status.claim_id,
            source="classifier",
            at=status.as_of,
            traceparent=traceparent,
        )
        await self._status_topic.send(key=status.claim_id.encode(), value=encode(status), headers=headers)

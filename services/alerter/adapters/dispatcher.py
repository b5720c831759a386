"""Sends what is due. Every endpoint has a lane of its own, so that a slow one delays nobody else."""

import asyncio
import logging
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from services.alerter import telemetry
from services.alerter.adapters import outbox
from services.alerter.adapters.database import Database, DatabaseAway
from services.alerter.adapters.ledger import Ledger
from services.alerter.adapters.webhook_sender import WebhookRequest, WebhookSender
from services.alerter.domain.deliveries import Answer, DeliveryState, next_step

log = logging.getLogger(__name__)
LAST_REQUESTS_S = 5.0
"""How long requests under way may take when the service stops; what is cut off is sent again after the start."""
AWAY_PAUSE_S = 1.0


@dataclass(frozen=True)
class Pace:
    """How deliveries are paced.

    Attributes:
        now: The machine's time. Waits are real ones even in a replay, as receivers live in real time.
        chance: Gives numbers from 0 to 1, for the jitter.
    """

    now: Callable[[], datetime]
    schedule_s: tuple[float, ...]
    concurrency: int
    chance: Callable[[], float]


class Dispatcher:
    """Keeps a lane for every endpoint that has something open."""

    def __init__(self, database: Database, sender: WebhookSender, pace: Pace) -> None:
        self._database, self._sender, self._pace = database, sender, pace
        self._ledger = Ledger(database)
        self._lanes: dict[str, _Lane] = {}
        self._group: asyncio.TaskGroup | None = None

    def wake(self, endpoint_ids: Iterable[str]) -> None:
        """Look at these endpoints again. Before ``run`` this does nothing, as it begins with everything that is open."""
        if self._group is None:
            return
        for endpoint_id in endpoint_ids:
            if endpoint_id not in self._lanes:
                lane = _Lane(endpoint_id, self)
                self._lanes[endpoint_id] = lane
                self._group.create_task(self._run_lane(lane), name=f"lane-{endpoint_id}")
            self._lanes[endpoint_id].wake()

    async def run(self, stop: asyncio.Event) -> None:
        """Send until told to stop; requests under way are then given a few seconds to end."""
        async with asyncio.TaskGroup() as self._group:
            await self._resume()
            await stop.wait()
            lanes = list(self._lanes.values())
            self._group = None
            for lane in lanes:
                lane.stop()

    async def _resume(self) -> None:
        while True:
            with suppress(DatabaseAway):
                return self.wake(await self._database.read(outbox.endpoints_with_work))
            await asyncio.sleep(AWAY_PAUSE_S)

    async def _run_lane(self, lane: "_Lane") -> None:
        await lane.run()
        while lane.has_news and self._group is not None:  # came while it was ending
            await lane.run()
        self._lanes.pop(lane.endpoint_id, None)

    async def look(self, endpoint_id: str) -> tuple[list[outbox.Due], datetime | None]:
        """Return what is due at an endpoint, and when there will be more to do."""
        now = self._pace.now()

        def work(connection: Connection) -> tuple[list[outbox.Due], datetime | None]:
            ready = outbox.due(connection, endpoint_id, now=now, limit=self._pace.concurrency)
            return ready, outbox.next_due_at(connection, endpoint_id, after=now)

        return await self._database.read(work)

    async def deliver(self, due: outbox.Due) -> None:
        """Try a delivery once and write down what became of it."""
        at = self._pace.now()
        request = WebhookRequest(due.webhook_id, due.url, due.body, (due.secret,), due.traceparent)
        answer = await self._sender.attempt(request)
        tried = self._judged(due, answer, at)
        await self._ledger.settle(tried)
        _report(tried)

    def _judged(self, due: outbox.Due, answer: Answer, at: datetime) -> outbox.Attempted:
        ended_at = self._pace.now()
        step = next_step(answer, attempt=due.attempts + 1, now=ended_at, schedule_s=self._pace.schedule_s, chance=self._pace.chance())
        return outbox.Attempted(due, at, ended_at, answer, step)

    @property
    def concurrency(self) -> int:
        """Requests that may be under way to one endpoint."""
        return self._pace.concurrency

    def seconds_until(self, moment: datetime) -> float:
        """Return how long it is until then."""
        return max((moment - self._pace.now()).total_seconds(), 0)


class _Lane:
    """Sends to one endpoint, up to its limit at a time and never two of one claim. Ends when nothing is open."""

    def __init__(self, endpoint_id: str, dispatcher: Dispatcher) -> None:
        self.endpoint_id = endpoint_id
        self._dispatcher = dispatcher
        self._under_way: dict[int, asyncio.Task[None]] = {}
        self._news = asyncio.Event()
        self._is_stopping = False

    @property
    def has_news(self) -> bool:
        return self._news.is_set()

    def wake(self) -> None:
        self._news.set()

    def stop(self) -> None:
        self._is_stopping = True
        self._news.set()

    async def run(self) -> None:
        async with asyncio.TaskGroup() as group:
            while not self._is_stopping:
                self._news.clear()
                next_at = await self._start_what_is_due(group)
                if next_at is None and not self._under_way and not self._news.is_set():
                    return
                await self._wait(next_at)
            await self._finish()

    async def _start_what_is_due(self, group: asyncio.TaskGroup) -> datetime | None:
        if len(self._under_way) >= self._dispatcher.concurrency:
            return None  # the first that ends brings news
        # What we see may be from before one of these was written down; should it be due again, its end brings news.
        busy = set(self._under_way)
        try:
            ready, next_at = await self._dispatcher.look(self.endpoint_id)
        except DatabaseAway as error:
            log.warning("database.away", extra={"reason": str(error)})
            await asyncio.sleep(AWAY_PAUSE_S)
            self._news.set()
            return None
        for due in ready:
            if due.delivery_id not in busy and len(self._under_way) < self._dispatcher.concurrency:
                self._under_way[due.delivery_id] = group.create_task(self._deliver(due), name=f"delivery-{due.delivery_id}")
        return next_at

    async def _deliver(self, due: outbox.Due) -> None:
        try:
            await self._dispatcher.deliver(due)
        finally:
            self._under_way.pop(due.delivery_id, None)
            self._news.set()

    async def _wait(self, next_at: datetime | None) -> None:
        wait_s = None if next_at is None else self._dispatcher.seconds_until(next_at)
        with suppress(TimeoutError):
            async with asyncio.timeout(wait_s):
                await self._news.wait()

    async def _finish(self) -> None:
        tasks = set(self._under_way.values())
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=LAST_REQUESTS_S)
            for task in late:
                task.cancel()


def _report(tried: outbox.Attempted) -> None:
    due, answer, step = tried.due, tried.answer, tried.step
    fields = {"webhook_id": due.webhook_id, "endpoint_id": due.endpoint_id, "claim_id": due.claim_id, "attempt": due.attempts + 1}
    fields |= {"reason": answer.reason, "status_code": answer.status_code, "duration_s": round(answer.duration_s, 4)}
    log.info("delivery.attempted", extra={**fields, "state": step.state, "next_attempt_at": step.next_attempt_at})
    telemetry.ATTEMPTS.labels(reason=answer.reason).inc()
    telemetry.ATTEMPT_S.observe(answer.duration_s)
    if step.state is DeliveryState.PENDING:
        return
    telemetry.DELIVERIES.labels(outcome=step.state).inc()
    if step.state is DeliveryState.DELIVERED:
        telemetry.DELAY_S.observe(max((tried.ended_at - due.occurred_at).total_seconds(), 0))
        telemetry.DWELL_S.observe(max((tried.ended_at - due.created_at).total_seconds(), 0))
    else:
        log.error("endpoint.disabled" if step.disables_endpoint else f"delivery.{step.state}", extra=fields)

"""Lanes: a slow endpoint hurts only itself, claims keep their order, what was open is picked up again."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from schemas.webhooks import StatusChanged
from services.alerter.adapters import outbox
from services.alerter.adapters.database import Database, DatabaseAway, deliveries
from services.alerter.adapters.dispatcher import Dispatcher, Pace
from services.alerter.adapters.outbox import Incoming
from services.alerter.adapters.webhook_sender import WebhookRequest
from services.alerter.domain.deliveries import Answer, Reason
from tests.unit.alerter.builders import add_endpoint, make_transition, open_database

PATIENCE_S = 10


class FakeSender:
    """Answers by script; notes what was sent where."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str, int]] = []
        self.answers: dict[str, Callable[[], Awaitable[Reason]]] = {}
        self.at_once: dict[str, int] = {}
        self.most_at_once: dict[str, int] = {}

    async def attempt(self, request: WebhookRequest) -> Answer:
        data = StatusChanged.model_validate_json(request.body).data
        self.sent.append((request.url, data.claim_id, data.sequence))
        self.at_once[request.url] = self.at_once.get(request.url, 0) + 1
        self.most_at_once[request.url] = max(self.most_at_once.get(request.url, 0), self.at_once[request.url])
        try:
            reason = await self.answers[request.url]() if request.url in self.answers else Reason.OK
        finally:
            self.at_once[request.url] -= 1
        return Answer(reason, 0.001, 200 if reason is Reason.OK else None)


async def hang() -> Reason:
    await asyncio.Event().wait()
    raise AssertionError


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    database = open_database(tmp_path)
    yield database
    database.close()


@asynccontextmanager
async def dispatching(
    database: Database, sender: FakeSender, *, schedule_s: tuple[float, ...] = (0.01,), concurrency: int = 4
) -> AsyncIterator[Dispatcher]:
    dispatcher = Dispatcher(database, sender, Pace(lambda: datetime.now(UTC), schedule_s, concurrency, lambda: 0.0))  # type: ignore[arg-type]
    stop = asyncio.Event()
    running = asyncio.create_task(dispatcher.run(stop))
    try:
        yield dispatcher
    finally:
        stop.set()
        await running


async def take_in(database: Database, *wanted: tuple[str, int]) -> set[str]:
    batch = [Incoming(make_transition(claim, sequence)) for claim, sequence in wanted]
    now = datetime.now(UTC)
    return (await database.write(lambda connection: outbox.take_in(connection, batch, offsets={}, now=now))).endpoint_ids


async def settled(database: Database, count: int) -> list[tuple[str, str, int, int]]:
    """Return endpoint, state, sequence and attempts of all deliveries, once so many are settled."""
    query = select(deliveries).order_by(deliveries.c.delivery_id)
    async with asyncio.timeout(PATIENCE_S):
        while True:
            rows = await database.read(lambda connection: list(connection.execute(query)))
            if sum(row.settled_at is not None for row in rows) >= count:
                return [(row.endpoint_id, row.state, row.sequence, row.attempts) for row in rows]
            await asyncio.sleep(0.005)


async def test_what_was_open_before_the_start_is_sent(database: Database) -> None:
    """Behaviour 16."""
    sender = FakeSender()
    await add_endpoint(database, "e1", "https://one.example")
    await take_in(database, ("a", 1))

    async with dispatching(database, sender):
        rows = await settled(database, 1)

    assert rows == [("e1", "delivered", 1, 1)]


async def test_an_endpoint_that_hangs_delays_no_other(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Behaviour 20."""
    monkeypatch.setattr("services.alerter.adapters.dispatcher.LAST_REQUESTS_S", 0.05)
    sender = FakeSender()
    sender.answers["https://hangs.example"] = hang
    await add_endpoint(database, "hangs", "https://hangs.example")
    await add_endpoint(database, "works", "https://works.example")

    async with dispatching(database, sender) as dispatcher:
        for number in range(20):
            dispatcher.wake(await take_in(database, (f"c{number}", 1)))
        rows = await settled(database, 20)

    assert {row[0] for row in rows if row[1] == "delivered"} == {"works"}
    assert sender.most_at_once["https://hangs.example"] == 4, "no more than its share"


async def test_a_look_from_before_an_answer_was_written_down_sends_nothing_twice(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    sender, go_on = FakeSender(), asyncio.Event()
    read = database.read

    async def slow_read(work):
        found = await read(work)
        if sender.sent and not go_on.is_set():
            await go_on.wait()  # what was found is old by the time it is looked at
        return found

    async def answers_when_looked_at() -> Reason:
        dispatcher.wake({"e1"})
        await asyncio.sleep(0.05)
        return Reason.OK

    sender.answers["https://one.example"] = answers_when_looked_at
    await add_endpoint(database, "e1", "https://one.example")
    await take_in(database, ("a", 1))
    monkeypatch.setattr(database, "read", slow_read)
    async with dispatching(database, sender) as dispatcher:
        async with asyncio.timeout(PATIENCE_S):
            while not await read(lambda connection: connection.execute(select(deliveries.c.settled_at)).scalar()):
                await asyncio.sleep(0.005)
        go_on.set()
        dispatcher.wake(await take_in(database, ("b", 1)))
        await settled(database, 2)

    assert [claim for _, claim, _ in sender.sent] == ["a", "b"]


async def test_a_claims_changes_arrive_in_order_while_one_is_tried_again(database: Database) -> None:
    sender = FakeSender()
    endings = iter([Reason.SERVER_ERROR, Reason.CONNECT])
    await add_endpoint(database, "e1", "https://one.example")

    async def fails_twice() -> Reason:
        return next(endings, Reason.OK)

    sender.answers["https://one.example"] = fails_twice
    await take_in(database, ("a", 1), ("a", 2), ("a", 3))

    async with dispatching(database, sender, schedule_s=(0.01, 0.01)):
        rows = await settled(database, 3)

    assert [sequence for _, _, sequence in sender.sent] == [1, 1, 1, 2, 3]
    assert [row[1:] for row in rows] == [("delivered", 1, 3), ("delivered", 2, 1), ("delivered", 3, 1)]


async def test_a_retry_that_waits_holds_up_its_own_claim_only(database: Database) -> None:
    sender = FakeSender()
    endings = iter([Reason.SERVER_ERROR])

    async def fails_first() -> Reason:
        return next(endings, Reason.OK)

    sender.answers["https://one.example"] = fails_first
    await add_endpoint(database, "e1", "https://one.example")
    await take_in(database, ("a", 1), ("a", 2))

    async with dispatching(database, sender, schedule_s=(3600,)) as dispatcher:
        async with asyncio.timeout(PATIENCE_S):
            while not sender.sent:
                await asyncio.sleep(0.005)
        dispatcher.wake(await take_in(database, ("b", 1)))
        await settled(database, 1)

    assert sender.sent == [("https://one.example", "a", 1), ("https://one.example", "b", 1)]


async def test_a_due_retry_is_not_missed_while_another_request_hangs(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.alerter.adapters.dispatcher.LAST_REQUESTS_S", 0.05)
    sender = FakeSender()
    endings = iter([hang, lambda: asyncio.sleep(0, Reason.SERVER_ERROR)])

    async def by_turn() -> Reason:
        return await next(endings, lambda: asyncio.sleep(0, Reason.OK))()

    sender.answers["https://one.example"] = by_turn
    await add_endpoint(database, "e1", "https://one.example")
    await take_in(database, ("a", 1), ("b", 1))

    async with dispatching(database, sender, schedule_s=(0.05,)):
        rows = await settled(database, 1)

    assert ("e1", "delivered", 1, 2) in rows


async def test_the_last_failure_of_the_schedule_leaves_it_dead(database: Database) -> None:
    sender = FakeSender()

    async def fails() -> Reason:
        return Reason.TIMEOUT

    sender.answers["https://one.example"] = fails
    await add_endpoint(database, "e1", "https://one.example")
    await take_in(database, ("a", 1))

    async with dispatching(database, sender, schedule_s=(0.01, 0.01)):
        rows = await settled(database, 1)

    assert rows == [("e1", "dead", 1, 3)]


async def test_a_request_cut_off_by_the_stop_is_sent_again_after_the_start(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.alerter.adapters.dispatcher.LAST_REQUESTS_S", 0.01)
    sender = FakeSender()
    sender.answers["https://one.example"] = hang
    await add_endpoint(database, "e1", "https://one.example")
    await take_in(database, ("a", 1))
    async with dispatching(database, sender), asyncio.timeout(PATIENCE_S):
        while not sender.sent:
            await asyncio.sleep(0.005)

    del sender.answers["https://one.example"]
    async with dispatching(database, sender):
        rows = await settled(database, 1)

    assert rows == [("e1", "delivered", 1, 1)]
    assert len(sender.sent) == 2


async def test_a_delivery_is_marked_once_the_database_is_back(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.alerter.adapters.ledger.AWAY_PAUSE_S", 0.01)
    sender = FakeSender()
    await add_endpoint(database, "e1", "https://one.example")
    await take_in(database, ("a", 1))
    write, failures = database.write, iter([DatabaseAway("full"), DatabaseAway("full")])

    async def failing_write(work):
        if (failure := next(failures, None)) is not None:
            raise failure
        return await write(work)

    monkeypatch.setattr(database, "write", failing_write)
    async with dispatching(database, sender):
        rows = await settled(database, 1)

    assert rows == [("e1", "delivered", 1, 1)]
    assert len(sender.sent) == 1, "sent once, whatever it took to write it down"

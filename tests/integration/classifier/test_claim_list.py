"""The claim list on real Kafka: whole at the start, changed within two seconds, unharmed by a record that cannot be read."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import uuid4

import pytest
from aiokafka import AIOKafkaConsumer

from schemas import claims_watch, feeds_source
from schemas.claims_watch import Subject, WatchedClaim
from schemas.feeds_source import FeedSource, Outlet
from services.chassis.dead_letters import DeadLetters
from services.chassis.kafka import new_producer
from services.chassis.records import encode
from services.classifier.adapters.claim_list import ClaimList
from tests.harness.topics import write

pytestmark = pytest.mark.integration


@asynccontextmanager
async def producing(kafka: str) -> AsyncIterator:
    producer = new_producer(kafka, client_id="test-claim-list")
    await producer.start()
    try:
        yield producer
    finally:
        await producer.stop()


@asynccontextmanager
async def following(watched: ClaimList) -> AsyncIterator[None]:
    await watched.start()
    running = asyncio.create_task(watched.run())
    try:
        yield
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await watched.stop()


def claim(claim_id: str) -> WatchedClaim:
    return WatchedClaim(claim_id=claim_id, statement="The dam failed", keywords=("dam failed",), subject=Subject(name="dam"))


async def test_what_was_written_before_is_there_at_the_start_and_changes_come_within_two_seconds(kafka: str) -> None:
    early, late, outlet = (f"list-{uuid4().hex[:8]}" for _ in range(3))
    changes: asyncio.Queue[frozenset[str]] = asyncio.Queue()
    watched = ClaimList(bootstrap=kafka, on_change=changes.put)

    async with producing(kafka) as producer:
        await write(producer, claims_watch.TOPIC, early, claim(early))
        source = FeedSource(feed_id=outlet, url="https://feeds.example/", outlet=Outlet(name=f"Outlet {outlet}"), paused=True)
        await write(producer, feeds_source.TOPIC, outlet, source)
        async with following(watched):
            assert early in watched.watch.claims
            assert watched.watch.outlets.find(f"Outlet {outlet}") is not None

            for record in (claim(late), None):
                await write(producer, claims_watch.TOPIC, late, record)
                async with asyncio.timeout(2):
                    while late not in await changes.get():
                        pass
                assert (late in watched.watch.claims) is (record is not None)
        await write(producer, claims_watch.TOPIC, early, None)
        await write(producer, feeds_source.TOPIC, outlet, None)


async def test_one_change_among_thousands_of_claims_comes_within_two_seconds_and_holds_nothing_up(kafka: str) -> None:
    """Adding, changing and removing one claim is seen soon, and the event loop that reads articles turns meanwhile."""
    run, turns = f"many-{uuid4().hex[:8]}", 0
    ids = [f"{run}-{number}" for number in range(3_000)]
    changes: asyncio.Queue[frozenset[str]] = asyncio.Queue()
    watched = ClaimList(bootstrap=kafka, on_change=changes.put)

    async def count_turns() -> None:
        nonlocal turns
        while True:
            await asyncio.sleep(0.001)
            turns += 1

    def dam_claim(claim_id: str, word: str) -> WatchedClaim:
        return claim(claim_id).model_copy(update={"keywords": (f"dam {word}",)})

    async with producing(kafka) as producer:
        await asyncio.gather(*(producer.send(claims_watch.TOPIC.name, encode(dam_claim(key, f"w{key[-4:]}")), key.encode()) for key in ids))
        await producer.flush()
        async with following(watched):
            counting = asyncio.create_task(count_turns())
            assert watched.watch.claims.keys() >= {*ids}
            for record in (dam_claim(run, "failed"), dam_claim(run, "burst"), None):
                turns_before = turns
                await write(producer, claims_watch.TOPIC, run, record)
                async with asyncio.timeout(2):
                    while run not in await changes.get():
                        pass
                assert watched.watch.claims.get(run) == record
                assert turns - turns_before > 20
            counting.cancel()
        await asyncio.gather(*(producer.send(claims_watch.TOPIC.name, None, key.encode()) for key in ids))
        await producer.flush()


async def test_an_unreadable_claim_goes_to_its_dead_letter_topic(kafka: str) -> None:
    key = f"list-{uuid4().hex[:8]}"
    letters = AIOKafkaConsumer(claims_watch.TOPIC.dead_letter_name, bootstrap_servers=kafka, auto_offset_reset="earliest")

    async with producing(kafka) as producer:
        watched = ClaimList(bootstrap=kafka, dead_letters=DeadLetters(producer, service="classifier"))
        await letters.start()
        try:
            async with following(watched), asyncio.timeout(20):
                await producer.send_and_wait(claims_watch.TOPIC.name, value=b'{"claim_id": 7}', key=key.encode())
                record = await letters.getone()
                while record.key != key.encode():
                    record = await letters.getone()
        finally:
            await letters.stop()
            await producer.send_and_wait(claims_watch.TOPIC.name, value=None, key=key.encode())

    assert key not in watched.watch.claims
    assert dict(record.headers)["__dlq.errors.reason"] == b"unreadable"

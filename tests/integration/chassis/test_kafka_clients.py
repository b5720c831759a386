"""The Kafka clients of the chassis against a real broker."""

import asyncio
from collections.abc import AsyncIterator
from uuid import uuid4

import pytest
from aiokafka import ConsumerRecord
from aiokafka.admin import AIOKafkaAdminClient, NewTopic

from services.chassis.dead_letters import DeadLetters
from services.chassis.kafka import MAX_RECORD_BYTES, TableReader, new_consumer, new_producer, wait_for_kafka
from services.chassis.records import header

pytestmark = pytest.mark.integration
PARTITIONS = 4


@pytest.fixture
async def topic(kafka: str) -> AsyncIterator[str]:
    """Return the name of a topic of this test's own, with a dead-letter topic beside it."""
    name = f"test-chassis-{uuid4().hex}"
    admin = AIOKafkaAdminClient(bootstrap_servers=kafka)
    await admin.start()
    await admin.create_topics([NewTopic(name, PARTITIONS, 1), NewTopic(f"dlq.{name}", 1, 1)])
    while not {name, f"dlq.{name}"} <= set(await admin.list_topics()):  # created is not yet known to every part of the broker
        await asyncio.sleep(0.02)
    yield name
    await admin.delete_topics([name, f"dlq.{name}"])
    await admin.close()


async def send(bootstrap: str, topic: str, pairs: list[tuple[str, bytes | None]]) -> None:
    async with new_producer(bootstrap, client_id="a-test") as producer:
        for key, value in pairs:
            await producer.send_and_wait(topic, value, key=key.encode())


async def test_waiting_for_a_broker_that_is_there_returns(kafka: str) -> None:
    await wait_for_kafka(kafka, timeout_s=10)


async def test_a_table_is_read_whole_from_every_partition_with_the_latest_per_key_last(kafka: str, topic: str) -> None:
    await send(kafka, topic, [(f"k{number}", b"old") for number in range(20)] + [("k7", b"new"), ("k8", None)])
    table: dict[bytes, bytes | None] = {}
    reader = TableReader(topic, bootstrap=kafka, client_id="a-test")
    await reader.start()

    count = await reader.read_to_end(lambda record: table.update({record.key: record.value}))

    await reader.stop()
    assert count == 22
    assert table == {f"k{number}".encode(): b"old" for number in range(20)} | {b"k7": b"new", b"k8": None}


async def test_an_empty_table_is_read_at_once(kafka: str, topic: str) -> None:
    reader = TableReader(topic, bootstrap=kafka, client_id="a-test")
    await reader.start()

    async with asyncio.timeout(20):
        count = await reader.read_to_end(lambda record: None)

    await reader.stop()
    assert count == 0


async def test_after_the_end_a_table_is_followed(kafka: str, topic: str) -> None:
    await send(kafka, topic, [("a", b"1")])
    reader = TableReader(topic, bootstrap=kafka, client_id="a-test")
    await reader.start()
    await reader.read_to_end(lambda record: None)

    await send(kafka, topic, [("b", b"2")])

    async with asyncio.timeout(20):
        record = await anext(reader.follow())
    await reader.stop()
    assert (record.key, record.value) == (b"b", b"2")


async def test_two_readers_of_a_table_both_see_all_of_it(kafka: str, topic: str) -> None:
    await send(kafka, topic, [(f"k{number}", b"v") for number in range(8)])

    counts = []
    for _ in range(2):
        reader = TableReader(topic, bootstrap=kafka, client_id="a-test")
        await reader.start()
        counts.append(await reader.read_to_end(lambda record: None))
        await reader.stop()

    assert counts == [8, 8]


async def test_a_table_that_does_not_exist_stops_the_start_with_a_line(kafka: str) -> None:
    reader = TableReader("test-chassis-never-made", bootstrap=kafka, client_id="a-test")

    with pytest.raises(SystemExit, match="topic test-chassis-never-made does not exist"):
        await reader.start()


async def read_one(bootstrap: str, topic: str, group: str, *, commit: bool) -> ConsumerRecord:
    async with new_consumer(topic, bootstrap=bootstrap, client_id="a-test", group=group) as consumer:
        async with asyncio.timeout(30):
            record = await consumer.getone()
        if commit:
            await consumer.commit()
        return record


async def test_a_record_comes_again_until_it_is_committed(kafka: str, topic: str) -> None:
    group = f"{topic}-group"
    await send(kafka, topic, [("a", b"1"), ("a", b"2")])

    reads = [(await read_one(kafka, topic, group, commit=commit)).value for commit in (False, True, False)]

    assert reads == [b"1", b"1", b"2"]


async def dead_letter(bootstrap: str, topic: str, *, key: bytes | None, value: bytes | None) -> ConsumerRecord:
    async with new_producer(bootstrap, client_id="a-test") as producer:
        letters = DeadLetters(producer, service="a-test")
        await letters.set_aside(ValueError("no"), topic=topic, partition=2, offset=9, key=key, value=value, headers=[("ce_id", b"x")])
    return await read_one(bootstrap, f"dlq.{topic}", f"{topic}-{uuid4().hex}", commit=False)


async def test_a_dead_letter_holds_the_bytes_as_they_came(kafka: str, topic: str) -> None:
    letter = await dead_letter(kafka, topic, key=b"\xff", value=b"\x00 no json")

    assert (letter.key, letter.value, header(letter.headers, "ce_id")) == (b"\xff", b"\x00 no json", "x")
    assert header(letter.headers, "__dlq.errors.offset") == "9"


@pytest.mark.parametrize(("key", "value"), [(None, None), (b"k", b"x" * (MAX_RECORD_BYTES + 1))], ids=["nothing in it", "too large"])
async def test_even_an_impossible_record_can_be_set_aside(kafka: str, topic: str, key: bytes | None, value: bytes | None) -> None:
    letter = await dead_letter(kafka, topic, key=key, value=value)

    assert header(letter.headers, "__dlq.errors.topic") == topic

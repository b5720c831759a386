"""Behaviour 34: keys are partitioned by Kafka's murmur2, so that every client finds the same partition.

The hash values are the ones that Kafka's own tests publish (``UtilsTest.testMurmur2``).
"""

import ctypes
from contextlib import AsyncExitStack
from uuid import uuid4

import faust
import pytest
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.partitioner import DefaultPartitioner, murmur2

from services.chassis.kafka import new_producer

PUBLISHED = [
    ("21", -973932308),
    ("foobar", -790332482),
    ("a-little-bit-long-string", -985981536),
    ("a-little-bit-longer-string", -1486304829),
    ("lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58897971),
    ("abc", 479470107),
]
PARTITIONS = list(range(8))


@pytest.mark.parametrize(("key", "value"), PUBLISHED)
def test_the_hash_is_the_one_that_kafka_publishes(key: str, value: int) -> None:
    assert ctypes.c_int32(murmur2(key.encode())).value == value


@pytest.mark.parametrize(("key", "value"), PUBLISHED)
def test_the_partition_is_the_positive_hash_modulo_the_partitions(key: str, value: int) -> None:
    assert DefaultPartitioner()(key.encode(), PARTITIONS, PARTITIONS) == (value & 0x7FFFFFFF) % 8


def test_keys_of_ours_stay_where_they_are() -> None:
    partitioner = DefaultPartitioner()

    places = {key: partitioner(key.encode(), PARTITIONS, PARTITIONS) for key in ("is-leader-killed", "albion-world", "bridge-closed")}

    assert places == {"is-leader-killed": 0, "albion-world": 5, "bridge-closed": 4}


def test_faust_uses_that_partitioner_too() -> None:
    app = faust.App("a-test", broker="kafka://127.0.0.1:1")

    assert app.conf.producer_partitioner is None
    assert isinstance(app.transport.create_producer().partitioner, DefaultPartitioner)


@pytest.mark.integration
async def test_records_of_our_producers_land_where_the_java_client_would_put_them(kafka: str) -> None:
    topic = f"test-partitioning-{uuid4().hex}"
    admin = AIOKafkaAdminClient(bootstrap_servers=kafka)
    producer = new_producer(kafka, client_id="a-test")

    async with AsyncExitStack() as stack:
        for client in (admin, producer):
            await client.start()
            stack.push_async_callback(client.close if client is admin else client.stop)
        await admin.create_topics([NewTopic(topic, num_partitions=8, replication_factor=1)])
        stack.push_async_callback(admin.delete_topics, [topic])
        landed = {key: (await producer.send_and_wait(topic, b"{}", key=key.encode())).partition for key, _ in PUBLISHED}

    assert landed == {key: (value & 0x7FFFFFFF) % 8 for key, value in PUBLISHED}

"""The local Kafka itself: what it holds survives, and it leaves nothing behind."""

import asyncio
import os
import socket
from pathlib import Path

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

from deploy.kafka_local import LocalKafka, answers
from deploy.topics import ensure_topics
from deploy.trouble import Trouble
from schemas.topic import Topic

pytestmark = pytest.mark.integration
TOPIC = Topic(name="test.kept.v1", key="any", clean_up="delete", value=None, writers=(), readers=(), partitions=1)


async def test_records_survive_a_kill_and_a_start_on_another_port(tmp_path: Path) -> None:
    first = await asyncio.to_thread(LocalKafka(tmp_path).start)
    await ensure_topics(first.bootstrap, [TOPIC])
    async with AIOKafkaProducer(bootstrap_servers=first.bootstrap, acks="all") as producer:
        await producer.send_and_wait(TOPIC.name, b"kept")
    pid = first.pid
    first.kill()

    second = await asyncio.to_thread(LocalKafka(tmp_path).start)
    async with AIOKafkaConsumer(TOPIC.name, bootstrap_servers=second.bootstrap, auto_offset_reset="earliest") as consumer:
        record = await asyncio.wait_for(consumer.getone(), 20)
    await asyncio.to_thread(second.stop)

    assert record.value == b"kept"
    assert not answers(first.port)
    assert not answers(second.port)
    with pytest.raises(ProcessLookupError):
        os.kill(pid or 0, 0)


def test_a_port_taken_in_the_meantime_is_told_and_no_process_stays(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        kafka = LocalKafka(tmp_path, port=other.getsockname()[1])

        with pytest.raises(Trouble, match="Kafka ended while it started"):
            kafka.start()

    assert kafka.pid is None

"""Kafka clients as every service uses them: idempotent producers, consumers that commit by hand, compacted topics read whole."""

import asyncio
from collections.abc import AsyncIterator, Callable

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, ConsumerRecord, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaConnectionError

MAX_RECORD_BYTES = 4_000_000
SESSION_TIMEOUT_MS = 10_000
HEARTBEAT_MS = 3_000
MAX_BATCH_BYTES = 256_000
"""Records of one partition that travel together, before compression. When a batch is full, everybody who waits for room is woken at
each that leaves: with the client's own 16 kB a poll of twenty long articles spent half its time on that."""


def new_producer(bootstrap: str, *, client_id: str) -> AIOKafkaProducer:
    """Return a producer that writes nothing twice by its own retries, and waits for all replicas."""
    return AIOKafkaProducer(
        bootstrap_servers=bootstrap,
        client_id=client_id,
        enable_idempotence=True,
        acks="all",
        max_request_size=MAX_RECORD_BYTES,
        max_batch_size=MAX_BATCH_BYTES,
        compression_type="zstd",  # as small as gzip, at a quarter of the processor time
        linger_ms=2,
    )


def new_consumer(
    *topics: str, bootstrap: str, client_id: str, group: str | None, from_start: bool = True, fetch_bytes: int = MAX_RECORD_BYTES
) -> AIOKafkaConsumer:
    """Return a consumer that commits only when told to; without a group it reads every partition and commits nothing.

    Args:
        fetch_bytes: Of one partition at a time; a batch of records that is larger comes whole all the same (KIP-74).
    """
    return AIOKafkaConsumer(
        *topics,
        bootstrap_servers=bootstrap,
        client_id=client_id,
        group_id=group,
        enable_auto_commit=False,
        auto_offset_reset="earliest" if from_start else "latest",
        session_timeout_ms=SESSION_TIMEOUT_MS,
        heartbeat_interval_ms=HEARTBEAT_MS,
        max_partition_fetch_bytes=fetch_bytes,
    )


async def wait_for_kafka(bootstrap: str, *, timeout_s: float = 60) -> None:
    """Return once a broker answers.

    Raises:
        SystemExit: If none does within the time, with a line that says what to do.
    """
    deadline = asyncio.get_running_loop().time() + timeout_s
    while True:
        producer = AIOKafkaProducer(bootstrap_servers=bootstrap)
        try:
            await producer.start()
        except KafkaConnectionError:
            if asyncio.get_running_loop().time() > deadline:
                raise SystemExit(f"kafka: no broker answers at {bootstrap}; start one there or set KAFKA_BOOTSTRAP") from None
            await asyncio.sleep(0.5)
        else:
            return
        finally:
            await producer.stop()


async def _require_topic(topic: str, *, bootstrap: str) -> None:
    """Ask first: a consumer waits for ever for a topic that is not there."""
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    await admin.start()
    try:
        if topic not in await admin.list_topics():
            raise SystemExit(f"kafka: topic {topic} does not exist; run `claimwatch topics create` first")
    finally:
        await admin.close()


class TableReader:
    """Reads a compacted topic whole, then follows it. Every reader sees every partition; no group, no commits."""

    def __init__(self, topic: str, *, bootstrap: str, client_id: str) -> None:
        self._topic, self._bootstrap = topic, bootstrap
        self._consumer = new_consumer(topic, bootstrap=bootstrap, client_id=client_id, group=None)

    async def start(self) -> None:
        """Connect and stand at the start of every partition.

        Raises:
            SystemExit: If the topic does not exist.
        """
        try:
            await _require_topic(self._topic, bootstrap=self._bootstrap)
        except BaseException:
            await self.stop()
            raise
        await self._consumer.start()  # without a group it is given every partition, each from its start

    async def stop(self) -> None:
        """Disconnect."""
        await self._consumer.stop()

    async def read_to_end(self, apply: Callable[[ConsumerRecord], None]) -> int:
        """Apply every record up to the end as it is now; return how many there were."""
        ends = await self._consumer.end_offsets(self._consumer.assignment())
        count = 0
        while not await self._is_at(ends):
            for records in (await self._consumer.getmany(timeout_ms=200)).values():
                for record in records:
                    apply(record)
                    count += 1
        return count

    async def _is_at(self, ends: dict[TopicPartition, int]) -> bool:
        return all([await self._consumer.position(partition) >= end for partition, end in ends.items()])

    async def follow(self) -> AsyncIterator[ConsumerRecord]:
        """Yield records as they come, for ever."""
        async for record in self._consumer:
            yield record

"""Follows topics of a running product from outside, and waits for what their records say."""

import asyncio
import contextlib
from collections.abc import Callable
from typing import Any, TypeVar

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from pydantic import ValidationError

from schemas.record import Record
from schemas.topic import Topic

R = TypeVar("R", bound=Record)


class TopicView:
    """Every record of some topics from now on, and the latest one by key. What is not of the topic's model is left out."""

    def __init__(self, bootstrap: str, *topics: Topic) -> None:
        self._topics = {topic.name: topic for topic in topics}
        self._consumer = AIOKafkaConsumer(
            bootstrap_servers=bootstrap,
            auto_offset_reset="latest",
            enable_auto_commit=False,
            fetch_max_wait_ms=50,
            max_partition_fetch_bytes=8_000_000,
        )
        self._changed = asyncio.Condition()
        self._task: asyncio.Task[None] | None = None
        self.latest: dict[tuple[str, str], Any] = {}
        self.records: dict[str, list[Any]] = {name: [] for name in self._topics}

    async def start(self) -> None:
        """Stand at the end of every partition and follow."""
        await self._consumer.start()
        await self._consumer._client.force_metadata_update()
        partitions = [TopicPartition(name, number) for name, topic in self._topics.items() for number in range(topic.partitions)]
        self._consumer.assign(partitions)
        await self._consumer.seek_to_end()
        for partition in partitions:
            await self._consumer.position(partition)
        self._task = asyncio.create_task(self._follow())

    async def stop(self) -> None:
        """Stop following."""
        if self._task:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
        await self._consumer.stop()

    async def _follow(self) -> None:
        async for record in self._consumer:
            model = self._topics[record.topic].value
            try:
                value = model.model_validate_json(record.value) if model and record.value is not None else None
            except ValidationError:  # garbage that a test wrote; the product has to bear it as well
                continue
            async with self._changed:
                self.latest[record.topic, (record.key or b"").decode(errors="replace")] = value
                self.records[record.topic].append(value)
                self._changed.notify_all()

    def get(self, topic: Topic, key: str) -> Any:
        """Return the latest record of a key; None if there is none."""
        return self.latest.get((topic.name, key))

    async def wait_until(self, condition: Callable[[], bool], *, what: str, timeout_s: float = 40) -> None:
        """Return once the condition holds of what has been read.

        Raises:
            TimeoutError: If it does not in time; says what was waited for.
        """
        try:
            async with asyncio.timeout(timeout_s), self._changed:
                await self._changed.wait_for(condition)
        except TimeoutError:
            raise TimeoutError(f"waited {timeout_s:.0f} s for {what}") from None


async def write(producer: AIOKafkaProducer, topic: Topic, key: str, record: Record | None) -> None:
    """Write one record, or a tombstone, as an operator does."""
    value = None if record is None else record.model_dump_json(by_alias=True).encode()
    await producer.send_and_wait(topic.name, value=value, key=key.encode())


async def wait_until_committed(bootstrap: str, topic: Topic, *, group: str, timeout_s: float) -> None:
    """Return once a group has committed all that a topic holds now: nothing of it will be read again after a crash.

    Raises:
        TimeoutError: If it does not.
    """
    consumer = AIOKafkaConsumer(bootstrap_servers=bootstrap, group_id=group, enable_auto_commit=False)
    await consumer.start()
    try:
        places = [TopicPartition(topic.name, number) for number in range(topic.partitions)]
        consumer.assign(places)  # without joining the group
        ends = await consumer.end_offsets(places)
        async with asyncio.timeout(timeout_s):
            while any([(await consumer.committed(place) or 0) < end for place, end in ends.items()]):
                await asyncio.sleep(0.1)
    finally:
        await consumer.stop()

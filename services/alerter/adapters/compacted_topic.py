"""A compacted topic as a table in memory: read whole at start, followed from then on, written by key."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime
from typing import Generic, TypeVar

from aiokafka import AIOKafkaProducer, ConsumerRecord

from schemas.ids import content_version, derived_id
from schemas.record import Record
from schemas.topic import Topic
from services.alerter import telemetry
from services.chassis.kafka import TableReader
from services.chassis.records import decode, encode, headers_for

log = logging.getLogger(__name__)
R = TypeVar("R", bound=Record)
Position = tuple[int, int]
"""Partition, and offset of a record in it."""


class RecordWriter:
    """Writes records of compacted topics, one per key, each with its CloudEvents headers."""

    def __init__(self, producer: AIOKafkaProducer, *, source: str, now: Callable[[], datetime]) -> None:
        self._producer, self._source, self._now = producer, source, now

    async def put(self, topic: Topic, key: str, record: Record) -> Position:
        """Write the record and return where it is, once the broker has it."""
        return await self._send(topic, key, encode(record))

    async def delete(self, topic: Topic, key: str) -> Position:
        """Write a tombstone, which ends the key."""
        return await self._send(topic, key, None)

    async def _send(self, topic: Topic, key: str, value: bytes | None) -> Position:
        event_id = derived_id(topic.event_type, key, content_version((value or b"").decode()))
        headers = headers_for(topic, event_id=event_id, subject=key, source=self._source, at=self._now())
        written = await self._producer.send_and_wait(topic.name, value=value, key=key.encode(), headers=headers)
        return written.partition, written.offset


class CompactedTopic(Generic[R]):
    """The latest record per key."""

    def __init__(self, topic: Topic, model: type[R], *, bootstrap: str, client_id: str = "claimwatch-alerter") -> None:
        self._topic, self._model = topic, model
        self._reader = TableReader(topic.name, bootstrap=bootstrap, client_id=client_id)
        self._rows: dict[str, R] = {}
        self._read_up_to: dict[int, int] = {}
        self._grown = asyncio.Condition()
        self.is_loaded = False

    async def load(self) -> None:
        """Read everything up to the end as it is now.

        Raises:
            SystemExit: If the topic does not exist.
        """
        await self._reader.start()
        await self._reader.read_to_end(self._apply)
        self.is_loaded = True

    async def follow(self) -> None:
        """Take in what comes, for ever."""
        async for record in self._reader.follow():
            self._apply(record)
            async with self._grown:
                self._grown.notify_all()

    async def close(self) -> None:
        """Disconnect."""
        await self._reader.stop()

    def get(self, key: str) -> R | None:
        """Return the latest record of a key; None if there is none."""
        return self._rows.get(key)

    def rows(self) -> list[R]:
        """Return the latest records by key."""
        return [self._rows[key] for key in sorted(self._rows)]

    async def caught_up(self, position: Position) -> None:
        """Return once the record there has been taken in, so that whoever wrote it reads it."""
        partition, offset = position
        async with self._grown:
            await self._grown.wait_for(lambda: self._read_up_to.get(partition, -1) >= offset)

    def _apply(self, record: ConsumerRecord) -> None:
        key = (record.key or b"").decode(errors="replace")
        self._read_up_to[record.partition] = record.offset
        if record.value is None:
            self._rows.pop(key, None)
            return
        try:
            self._rows[key] = decode(self._model, record.value)
        except ValueError as error:
            # The service that acts on the topic sets it aside; here the key keeps its last good record.
            telemetry.SKIPPED.labels(topic=self._topic.name).inc()
            log.warning("table.record_skipped", extra={"topic": self._topic.name, "key": key, "error": type(error).__name__})

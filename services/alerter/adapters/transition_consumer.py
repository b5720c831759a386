"""Reads ``claims.transition.v1`` into the outbox. The database holds the offsets, in the transaction that holds their effect."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime

from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition
from aiokafka.abc import ConsumerRebalanceListener
from aiokafka.errors import KafkaError

from schemas.claims_transition import TOPIC, Transition
from services.alerter import telemetry
from services.alerter.adapters import outbox
from services.alerter.adapters.database import Database, DatabaseAway
from services.chassis.dead_letters import DeadLetters
from services.chassis.kafka import new_consumer
from services.chassis.records import decode, header

log = logging.getLogger(__name__)
GROUP = "claimwatch-alerter"
MAX_BATCH = 500
POLL_MS = 250
AWAY_PAUSE_S = 1.0


class _SeekToStored(ConsumerRebalanceListener):  # type: ignore[misc]  # aiokafka has no types
    """Goes on where the database says, not where Kafka thinks: only the database knows what has taken effect."""

    def __init__(self, consumer: AIOKafkaConsumer, database: Database) -> None:
        self._consumer, self._database = consumer, database
        self.has_been_assigned = False

    async def on_partitions_revoked(self, revoked: set[TopicPartition]) -> None:
        pass

    async def on_partitions_assigned(self, assigned: set[TopicPartition]) -> None:
        stored = await self._stored()
        for partition in assigned:
            # Where the log begins later than this, the consumer goes on at its beginning.
            self._consumer.seek(partition, stored.get(partition.partition, 0))
        self.has_been_assigned = True

    async def _stored(self) -> dict[int, int]:
        while True:
            try:
                return await self._database.read(lambda connection: outbox.stored_offsets(connection, TOPIC.name))
            except DatabaseAway as error:
                log.warning("database.away", extra={"reason": str(error)})
                await asyncio.sleep(AWAY_PAUSE_S)


class TransitionConsumer:
    """Takes transitions in, batch by batch."""

    def __init__(self, database: Database, dead_letters: DeadLetters, *, bootstrap: str, now: Callable[[], datetime]) -> None:
        self._database, self._dead_letters, self._now = database, dead_letters, now
        self._consumer = new_consumer(bootstrap=bootstrap, client_id=GROUP, group=GROUP)
        self._listener = _SeekToStored(self._consumer, database)

    @property
    def is_ready(self) -> bool:
        """True once partitions have been assigned."""
        return self._listener.has_been_assigned

    async def run(self, stop: asyncio.Event, *, on_deliveries: Callable[[set[str]], None]) -> None:
        """Read until told to stop; the batch in hand is finished.

        Args:
            on_deliveries: Is told which endpoints have something to be sent, once it is durable.
        """
        self._consumer.subscribe([TOPIC.name], listener=self._listener)
        await self._consumer.start()
        try:
            while not stop.is_set():
                by_partition = await self._consumer.getmany(timeout_ms=POLL_MS, max_records=MAX_BATCH)
                records = [record for some in by_partition.values() for record in some]
                if records:
                    on_deliveries(await self._take_in(records))
                    await self._commit_for_lag(records)
        finally:
            await self._consumer.stop()

    async def _take_in(self, records: Sequence[ConsumerRecord]) -> set[str]:
        batch = [incoming for record in records if (incoming := await self._read(record))]
        try:
            return await self._store(batch, records)
        except Exception as error:  # not the database being away: something in the batch cannot be stored
            log.warning("transitions.one_by_one", extra={"error": type(error).__name__, "records": len(records)})
        endpoint_ids: set[str] = set()
        for record in records:
            endpoint_ids |= await self._take_in_one(record)
        return endpoint_ids

    async def _take_in_one(self, record: ConsumerRecord) -> set[str]:
        incoming = _incoming(record)
        if not isinstance(incoming, outbox.Incoming):
            return await self._store([], [record])  # has been set aside before
        try:
            return await self._store([incoming], [record])
        except Exception as error:
            await self._set_aside(record, error, reason="failed")
            return await self._store([], [record])

    async def _read(self, record: ConsumerRecord) -> outbox.Incoming | None:
        incoming = _incoming(record)
        if isinstance(incoming, outbox.Incoming):
            return incoming
        await self._set_aside(record, incoming, reason="unreadable")
        return None

    async def _set_aside(self, record: ConsumerRecord, error: Exception, *, reason: str) -> None:
        await self._dead_letters.set_aside(
            error, topic=record.topic, partition=record.partition, offset=record.offset, key=record.key, value=record.value,
            headers=record.headers, reason=reason,
        )  # fmt: skip

    async def _store(self, batch: Sequence[outbox.Incoming], records: Sequence[ConsumerRecord]) -> set[str]:
        offsets: dict[tuple[str, int], int] = {}
        for record in records:
            offsets[record.topic, record.partition] = record.offset + 1
        now = self._now()
        while True:
            try:
                taken = await self._database.write(lambda connection: outbox.take_in(connection, batch, offsets=offsets, now=now))
            except DatabaseAway as error:
                log.warning("database.away", extra={"reason": str(error)})
                await asyncio.sleep(AWAY_PAUSE_S)
            else:
                _report(taken)
                return taken.endpoint_ids

    async def _commit_for_lag(self, records: Sequence[ConsumerRecord]) -> None:
        """Tell Kafka too, so that its tools show the lag; nothing depends on it."""
        offsets = {TopicPartition(record.topic, record.partition): record.offset + 1 for record in records}
        with suppress(KafkaError):
            await self._consumer.commit(offsets)


def _incoming(record: ConsumerRecord) -> outbox.Incoming | Exception:
    try:
        if record.value is None:
            raise ValueError("the record has no value")
        return outbox.Incoming(decode(Transition, record.value), header(record.headers, "traceparent"))
    except ValueError as error:
        return error


def _report(taken: outbox.TakenIn) -> None:
    for kind in ("new", "history", "repeated"):
        telemetry.TRANSITIONS.labels(kind=kind).inc(getattr(taken, kind))
    if taken.new or taken.history:
        log.info("transitions.taken_in", extra={"new": taken.new, "history": taken.history, "repeated": taken.repeated})

"""``feeds.source.v1`` and ``feeds.state.v1`` as an operator sees them: all feeds as they are now, and changes written."""

import asyncio
import logging
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TypeVar

from aiokafka import AIOKafkaProducer, ConsumerRecord
from pydantic import ValidationError

from schemas import feeds_source, feeds_state
from schemas.feeds_source import FeedSource
from schemas.feeds_state import FeedState
from schemas.ids import derived_id
from schemas.record import Record
from services.chassis.kafka import TableReader, new_producer
from services.chassis.records import decode, encode, headers_for

log = logging.getLogger(__name__)

SOURCES = feeds_source.TOPIC.name
R = TypeVar("R", bound=Record)


async def read_sources(bootstrap: str) -> dict[str, FeedSource]:
    """Return all feeds as they are now, for the command line."""
    return await _read(SOURCES, FeedSource, bootstrap)


async def read_states(bootstrap: str) -> dict[str, FeedState]:
    """Return the last state of every feed, for the command line."""
    return await _read(feeds_state.TOPIC.name, FeedState, bootstrap)


async def _read(topic: str, model: type[R], bootstrap: str) -> dict[str, R]:
    reader = TableReader(topic, bootstrap=bootstrap, client_id="claimwatch-feeds")
    await reader.start()
    values: dict[str, ConsumerRecord] = {}
    try:
        await reader.read_to_end(lambda record: values.update({(record.key or b"").decode(errors="replace"): record}))
    finally:
        await reader.stop()
    found = {feed_id: _value(record, model) for feed_id, record in values.items() if record.value is not None}
    return {feed_id: value for feed_id, value in found.items() if value is not None}


def _value(record: ConsumerRecord, model: type[R]) -> R | None:
    try:
        return decode(model, record.value)
    except ValidationError:
        key = (record.key or b"").decode(errors="replace")
        log.warning("feed.unreadable", extra={"feed_id": key, "offset": record.offset})
        return None


async def write_sources(bootstrap: str, sources: Sequence[FeedSource], *, at: datetime, removed: Iterable[str] = ()) -> None:
    """Write feeds, then tombstones for those that are removed; return once the broker has all of them."""
    producer = new_producer(bootstrap, client_id="claimwatch-feeds")
    await producer.start()
    try:
        sent = [await _send(producer, source, at) for source in sources]
        sent += [await producer.send(SOURCES, value=None, key=feed_id.encode()) for feed_id in removed]
        await asyncio.gather(*sent)
    finally:
        await producer.stop()


async def _send(producer: AIOKafkaProducer, source: FeedSource, at: datetime) -> "asyncio.Future[object]":
    value = encode(source)
    event_id = derived_id("feed-source", source.feed_id, value.decode())
    headers = headers_for(feeds_source.TOPIC, event_id=event_id, subject=source.feed_id, source="operator", at=at)
    sent: asyncio.Future[object] = await producer.send(SOURCES, value=value, key=source.feed_id.encode(), headers=headers)
    return sent

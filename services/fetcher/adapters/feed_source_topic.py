"""``feeds.source.v1`` as an operator sees it: all feeds as they are now, and new ones written."""

import logging
from collections.abc import Sequence
from datetime import datetime

from aiokafka import ConsumerRecord
from pydantic import ValidationError

from schemas import feeds_source
from schemas.feeds_source import FeedSource
from schemas.ids import derived_id
from services.chassis.kafka import TableReader, new_producer
from services.chassis.records import decode, encode, headers_for

log = logging.getLogger(__name__)

SOURCES = feeds_source.TOPIC.name


async def read_sources(bootstrap: str) -> dict[str, FeedSource]:
    """Return all feeds as they are now, for the command line."""
    reader = TableReader(SOURCES, bootstrap=bootstrap, client_id="claimwatch-feeds")
    await reader.start()
    sources: dict[str, FeedSource] = {}
    try:
        await reader.read_to_end(lambda record: _apply_source(record, sources))
    finally:
        await reader.stop()
    return sources


def _apply_source(record: ConsumerRecord, sources: dict[str, FeedSource]) -> None:
    key = (record.key or b"").decode(errors="replace")
    sources.pop(key, None)
    try:
        if record.value is not None:
            sources[key] = decode(FeedSource, record.value)
    except ValidationError:
        log.warning("feed_source.unreadable", extra={"feed_id": key, "offset": record.offset})


async def write_sources(bootstrap: str, sources: Sequence[FeedSource], *, at: datetime) -> None:
    """Write feeds; return once the broker has all of them."""
    producer = new_producer(bootstrap, client_id="claimwatch-feeds")
    await producer.start()
    try:
        for source in sources:
            value = encode(source)
            event_id = derived_id("feed-source", source.feed_id, value.decode())
            headers = headers_for(feeds_source.TOPIC, event_id=event_id, subject=source.feed_id, source="operator", at=at)
            await producer.send_and_wait(SOURCES, value=value, key=source.feed_id.encode(), headers=headers)
    finally:
        await producer.stop()


async def remove_source(bootstrap: str, feed_id: str) -> None:
    """Write a tombstone: the feed is polled no more, and its state is forgotten."""
    producer = new_producer(bootstrap, client_id="claimwatch-feeds")
    await producer.start()
    try:
        await producer.send_and_wait(SOURCES, value=None, key=feed_id.encode())
    finally:
        await producer.stop()

"""States of feeds to ``feeds.state.v1``."""

import hashlib

from aiokafka import AIOKafkaProducer

from schemas import feeds_state
from schemas.feeds_state import FeedState
from schemas.ids import derived_id
from services.chassis.records import encode, headers_for


class KafkaFeedStateStore:
    """Writes the state of a feed after each poll."""

    def __init__(self, producer: AIOKafkaProducer) -> None:
        self._producer = producer

    async def save(self, state: FeedState) -> None:
        """Send the state and return once the broker has it.

        Raises:
            aiokafka.errors.KafkaError: If it cannot.
        """
        value = encode(state)
        event_id = derived_id("feed-state", state.feed_id, hashlib.sha256(value).hexdigest())
        headers = headers_for(feeds_state.TOPIC, event_id=event_id, subject=state.feed_id, source="fetcher", at=state.last_poll.at)
        await self._producer.send_and_wait(feeds_state.TOPIC.name, value=value, key=state.feed_id.encode(), headers=headers)

    async def forget(self, feed_id: str) -> None:
        """Write a tombstone: the feed is polled no more."""
        await self._producer.send_and_wait(feeds_state.TOPIC.name, value=None, key=feed_id.encode())

"""Changes in our sight of feeds to ``feeds.health.v1``."""

from aiokafka import AIOKafkaProducer

from schemas import feeds_health
from schemas.feeds_health import SourceHealth
from services.chassis.records import encode, headers_for
from services.fetcher.domain.polling.health import event_id


class KafkaHealthPublisher:
    """Publishes each change; the id of an event derives from the feed, the change and since when."""

    def __init__(self, producer: AIOKafkaProducer) -> None:
        self._producer = producer

    async def publish(self, health: SourceHealth) -> None:
        """Send it and return once the broker has it.

        Raises:
            aiokafka.errors.KafkaError: If it cannot.
        """
        headers = headers_for(feeds_health.TOPIC, event_id=event_id(health), subject=health.feed_id, source="fetcher", at=health.at)
        await self._producer.send_and_wait(feeds_health.TOPIC.name, value=encode(health), key=health.feed_id.encode(), headers=headers)

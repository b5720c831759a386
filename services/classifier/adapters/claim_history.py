"""One claim's past, read from Kafka by whoever asks: the claim, the outlets, and its readings in the order in which they came.

Readings are read from the start of the one partition that holds the claim, so it takes as long as that partition is. Nothing is written.
"""

from typing import TypeVar

from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition
from aiokafka.partitioner import DefaultPartitioner
from pydantic import ValidationError

from schemas import claims_evidence, claims_override, claims_watch, feeds_source
from schemas.claims_evidence import Reading
from schemas.claims_override import Override
from schemas.claims_watch import WatchedClaim
from schemas.feeds_source import FeedSource
from schemas.record import Record
from schemas.topic import Topic
from services.chassis.kafka import TableReader, new_consumer
from services.chassis.records import decode
from services.classifier.domain.classify import Watch
from services.classifier.domain.judging.registry import with_current_outlet

CLIENT = "claimwatch-history"
R = TypeVar("R", bound=Record)


async def watched(bootstrap: str, claim_id: str) -> Watch | None:
    """Return the watch of one claim, with all outlets; None if nobody watches it.

    Raises:
        SystemExit: If a topic does not exist.
    """
    claims: dict[str, WatchedClaim] = {}
    sources: dict[str, FeedSource] = {}

    def take_claim(record: ConsumerRecord) -> None:
        if record.key == claim_id.encode():
            claims.clear()
            if record.value is not None:
                claims[claim_id] = decode(WatchedClaim, record.value)

    def take_source(record: ConsumerRecord) -> None:
        feed_id = bytes(record.key or b"").decode(errors="replace")
        sources.pop(feed_id, None)
        if record.value is not None:
            sources[feed_id] = decode(FeedSource, record.value)

    for topic, take in ((claims_watch.TOPIC.name, take_claim), (feeds_source.TOPIC.name, take_source)):
        table = TableReader(topic, bootstrap=bootstrap, client_id=CLIENT)
        await table.start()
        try:
            await table.read_to_end(take)
        finally:
            await table.stop()
    return Watch.of(claims.values(), [source.outlet for source in sources.values()]) if claims else None


async def readings_of(bootstrap: str, watch: Watch, claim_id: str) -> list[Reading]:
    """Return all readings of a claim, under the families that the registry gives now, in the order of their topic."""
    found = await _records_of(bootstrap, claims_evidence.TOPIC, Reading, claim_id)
    return [with_current_outlet(reading, watch.outlets) for reading in found]


async def overrides_of(bootstrap: str, claim_id: str) -> list[Override]:
    """Return what people decided on a claim, the oldest first."""
    return await _records_of(bootstrap, claims_override.TOPIC, Override, claim_id)


async def _records_of(bootstrap: str, topic: Topic, model: type[R], claim_id: str) -> list[R]:
    """Return the records of one key from its partition, in their order; what cannot be read has been set aside by the judge as well."""
    consumer = new_consumer(topic.name, bootstrap=bootstrap, client_id=CLIENT, group=None)
    await consumer.start()  # without a group it is given every partition, each from its start
    try:
        here = _partition_of(claim_id, consumer)
        consumer.pause(*consumer.assignment() - {here})
        end = (await consumer.end_offsets([here]))[here]
        found: list[R] = []
        while await consumer.position(here) < end:
            for record in (await consumer.getmany(here, timeout_ms=200)).get(here, ()):
                if record.key == claim_id.encode() and (one := _decoded(record, model)):
                    found.append(one)
        return found
    finally:
        await consumer.stop()


def _decoded(record: ConsumerRecord, model: type[R]) -> R | None:
    try:
        return decode(model, record.value or b"")
    except ValidationError:
        return None


def _partition_of(claim_id: str, consumer: AIOKafkaConsumer) -> TopicPartition:
    """Return where the claim's readings are: by the producers' own way of choosing (murmur2 of the key)."""
    by_number = {place.partition: place for place in consumer.assignment()}
    numbers = sorted(by_number)
    return by_number[DefaultPartitioner()(claim_id.encode(), numbers, numbers)]

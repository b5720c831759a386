"""What lies on the dead-letter topics, and who it says could not read what."""

import asyncio
from dataclasses import dataclass

from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition

from schemas.topic import Topic

PREFIX = "__dlq.errors."
Origin = tuple[str, int, int, str]


@dataclass(frozen=True)
class DeadLetter:
    """One record that was set aside.

    Attributes:
        came_from: Topic, partition and offset that its headers name, and the service that set it aside.
        said: The headers of the dead letter, without their common beginning.
    """

    came_from: Origin
    said: dict[str, str]
    key: bytes | None
    value: bytes | None

    @classmethod
    def of(cls, record: ConsumerRecord) -> "DeadLetter":
        """Return the dead letter in a record."""
        said = {name.removeprefix(PREFIX): value.decode() for name, value in record.headers if name.startswith(PREFIX)}
        return cls((said["topic"], int(said["partition"]), int(said["offset"]), said["service"]), said, record.key, record.value)


async def read_until_found(bootstrap: str, topics: list[Topic], wanted: set[Origin], *, timeout_s: float) -> list[DeadLetter]:
    """Return what the dead-letter topics of these topics hold, once all that is wanted is there.

    Args:
        wanted: Which records must have been set aside, and by whom.

    Raises:
        TimeoutError: If some are not; names one of them.
    """
    consumer = AIOKafkaConsumer(bootstrap_servers=bootstrap, enable_auto_commit=False, max_partition_fetch_bytes=8_000_000)
    await consumer.start()
    found: list[DeadLetter] = []
    try:
        places = [TopicPartition(topic.dead_letter_name, 0) for topic in topics]
        await consumer._client.force_metadata_update()
        consumer.assign(places)
        await consumer.seek_to_beginning(*places)
        async with asyncio.timeout(timeout_s):
            while not wanted <= {letter.came_from for letter in found}:
                for records in (await consumer.getmany(timeout_ms=200)).values():
                    found += [DeadLetter.of(record) for record in records]
    except TimeoutError:
        missing = sorted(wanted - {letter.came_from for letter in found})
        raise TimeoutError(
            f"{len(missing)} of {len(wanted)} records were not set aside within {timeout_s:.0f} s, first {missing[0]}"
        ) from None
    finally:
        await consumer.stop()
    return found

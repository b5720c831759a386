"""How many partitions topics have on the cluster."""

from aiokafka.admin import AIOKafkaAdminClient


async def partition_counts(bootstrap: str, *topics: str) -> dict[str, int]:
    """Return the partition count of each topic.

    Raises:
        SystemExit: If one does not exist, with a line that says what to do.
    """
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    await admin.start()
    try:
        there = set(await admin.list_topics())
        for topic in topics:
            if topic not in there:
                raise SystemExit(f"kafka: topic {topic} does not exist; run `claimwatch topics create` first")
        return {found["topic"]: len(found["partitions"]) for found in await admin.describe_topics(list(topics))}
    finally:
        await admin.close()

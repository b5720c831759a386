"""The topic creator against a real broker."""

from uuid import uuid4

import pytest
from aiokafka.admin import AIOKafkaAdminClient, NewTopic

from deploy.topics import ensure_topics
from schemas.catalogue import TOPICS
from schemas.topic import Topic

pytestmark = pytest.mark.integration


def a_topic(**changes: object) -> Topic:
    name = f"test.{uuid4().hex}.v1"
    fields: dict = {"name": name, "key": "any", "clean_up": "compact", "value": None, "writers": (), "readers": (), "partitions": 2}
    return Topic(**{**fields, **changes})


async def test_every_topic_of_the_catalogue_is_there_as_the_catalogue_has_it(kafka: str) -> None:
    outcome = await ensure_topics(kafka)

    assert outcome.created == ()
    assert len(outcome.existing) == len(TOPICS)
    assert outcome.differences == ()


async def test_creating_twice_creates_once(kafka: str) -> None:
    topics = [a_topic(), a_topic(clean_up="delete", retention_ms=-1)]

    first, second = await ensure_topics(kafka, topics), await ensure_topics(kafka, topics)

    assert set(first.created) == {topic.name for topic in topics}
    assert second.created == ()
    assert second.differences == ()


async def test_a_topic_that_exists_otherwise_is_told_and_left_alone(kafka: str) -> None:
    topic = a_topic(clean_up="delete", partitions=3, retention_ms=1000)
    admin = AIOKafkaAdminClient(bootstrap_servers=kafka)
    await admin.start()
    await admin.create_topics([NewTopic(topic.name, 1, 1, topic_configs={"cleanup.policy": "compact"})])
    await admin.close()

    outcome = await ensure_topics(kafka, [topic])
    again = await ensure_topics(kafka, [topic])

    assert {(d.what, d.wanted) for d in outcome.differences} == {
        ("partitions", "3"),
        ("cleanup.policy", "delete"),
        ("retention.ms", "1000"),
    }
    assert again == outcome


async def test_a_check_creates_nothing(kafka: str) -> None:
    topic = a_topic()

    first, second = await ensure_topics(kafka, [topic], create=False), await ensure_topics(kafka, [topic], create=False)

    assert first.missing == second.missing == (topic.name,)

"""Creates the topics of the catalogue, and says what differs on a cluster that has them. Never changes what exists."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass

from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from aiokafka.errors import KafkaError, for_code

from deploy.trouble import Trouble
from schemas.catalogue import TOPICS
from schemas.topic import Topic

MAX_REPLICATION = 3
TOPIC_ALREADY_EXISTS = 36


@dataclass(frozen=True)
class Difference:
    """One property of a topic that is not as the catalogue has it."""

    topic: str
    what: str
    """``partitions``, or the name of a setting."""
    wanted: str
    found: str

    def __str__(self) -> str:
        return f"{self.topic}: {self.what} is {self.found}, the catalogue says {self.wanted}"


@dataclass(frozen=True)
class Outcome:
    """What the creator did and saw."""

    created: tuple[str, ...]
    existing: tuple[str, ...]
    missing: tuple[str, ...]
    """Not there, and not created because only a check was asked for."""
    differences: tuple[Difference, ...]


def wanted_config(topic: Topic) -> dict[str, str]:
    """Return the settings that a topic has to have on a cluster."""
    config = {"cleanup.policy": topic.clean_up, **topic.config}
    if "delete" in topic.clean_up:
        config["retention.ms"] = str(topic.retention_ms)
    return config


def differences_of(topic: Topic, *, partitions: int, config: dict[str, str]) -> list[Difference]:
    """Return what differs between a topic of the catalogue and what a cluster has under that name."""
    found = [Difference(topic.name, "partitions", str(topic.partitions), str(partitions))] if partitions != topic.partitions else []
    for name, wanted in wanted_config(topic).items():
        actual = config.get(name, "not set")
        if _as_set(actual) != _as_set(wanted):
            found.append(Difference(topic.name, name, wanted, actual))
    return found


async def ensure_topics(
    bootstrap: str, topics: Iterable[Topic] = TOPICS, *, replication: int | None = None, create: bool = True
) -> Outcome:
    """Create the topics that are missing, compare the ones that exist.

    Args:
        replication: Copies of each partition of a new topic; None: as many as there are brokers, three at most.
        create: False only looks.

    Raises:
        Trouble: If no broker answers, or one refuses to create a topic.
    """
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap, client_id="claimwatch-topics")
    try:
        await admin.start()
    except KafkaError as error:
        await admin.close()
        raise Trouble(
            f"no Kafka broker answers at {bootstrap}", "start one there, or name another by --bootstrap or KAFKA_BOOTSTRAP"
        ) from error
    try:
        return await _ensure(admin, {topic.name: topic for topic in topics}, replication, create)
    finally:
        await admin.close()


async def _ensure(admin: AIOKafkaAdminClient, wanted: dict[str, Topic], replication: int | None, create: bool) -> Outcome:
    present = set(await admin.list_topics())
    missing = [name for name in wanted if name not in present]
    existing = [name for name in wanted if name in present]
    if create and missing:
        await _create(admin, [wanted[name] for name in missing], replication or await _default_replication(admin))
        await _until_led(admin, missing)
    return Outcome(
        created=tuple(missing if create else ()),
        existing=tuple(existing),
        missing=tuple(() if create else missing),
        differences=tuple(await _compare(admin, [wanted[name] for name in existing])),
    )


async def _default_replication(admin: AIOKafkaAdminClient) -> int:
    cluster = await admin.describe_cluster()
    return min(MAX_REPLICATION, len(cluster["brokers"]))


async def _create(admin: AIOKafkaAdminClient, topics: list[Topic], replication: int) -> None:
    new = [
        NewTopic(name=topic.name, num_partitions=topic.partitions, replication_factor=replication, topic_configs=wanted_config(topic))
        for topic in topics
    ]
    answer = await admin.create_topics(new)
    for name, code, *rest in answer.topic_errors:
        if code not in (0, TOPIC_ALREADY_EXISTS):  # somebody else may have been quicker
            why = (rest[0] if rest else None) or for_code(code).__name__
            raise Trouble(f"the broker does not create {name}: {why}", "see that the user may create topics and that the replication fits")


async def _until_led(admin: AIOKafkaAdminClient, names: list[str]) -> None:
    """Return once every partition has a leader, so that who comes next finds the topics ready."""
    while True:
        found = await admin.describe_topics(names)
        if all(not t["error_code"] and all(p["leader"] >= 0 for p in t["partitions"]) for t in found):
            return
        await asyncio.sleep(0.1)


async def _compare(admin: AIOKafkaAdminClient, topics: list[Topic]) -> list[Difference]:
    if not topics:
        return []
    names = [topic.name for topic in topics]
    partitions = {t["topic"]: len(t["partitions"]) for t in await admin.describe_topics(names)}
    configs: dict[str, dict[str, str]] = {}
    for answer in await admin.describe_configs([ConfigResource(ConfigResourceType.TOPIC, name) for name in names]):
        for _code, _message, _kind, name, entries in answer.resources:
            configs[name] = {entry[0]: entry[1] for entry in entries}
    return [d for topic in topics for d in differences_of(topic, partitions=partitions[topic.name], config=configs.get(topic.name, {}))]


def _as_set(value: str) -> set[str]:
    return set(value.replace(" ", "").split(","))

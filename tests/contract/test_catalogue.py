"""Behaviour 34: names, keys, partitions and clean-up of every topic, as the design has them."""

import re

import pytest

from schemas.catalogue import CHANGELOG_TOPICS, CLASSIFIER_APP_ID, DEAD_LETTER_TOPICS, RECORD_TOPICS, TOPICS
from schemas.topic import FOR_EVER, Topic

BY_NAME = {topic.name: topic for topic in TOPICS}


def named(topic: Topic) -> str:
    return topic.name


DESIGN = [
    ("feeds.source.v1", "feed id", "compact"),
    ("feeds.state.v1", "feed id", "compact"),
    ("news.article.v1", "article id", "delete"),
    ("news.classified.v1", "article id", "delete"),
    ("claims.watch.v1", "claim id", "compact"),
    ("claims.evidence.v1", "claim id", "delete"),
    ("claims.status.v1", "claim id", "compact"),
    ("claims.transition.v1", "claim id", "delete"),
]
ADDED = {"feeds.health.v1", "claims.override.v1"}
"""What the design asks for without naming a topic: sources that went stale, or recovered."""


@pytest.mark.parametrize(("name", "key", "clean_up"), DESIGN, ids=[row[0] for row in DESIGN])
def test_a_topic_has_the_key_and_clean_up_of_the_design(name: str, key: str, clean_up: str) -> None:
    assert (BY_NAME[name].key, BY_NAME[name].clean_up) == (key, clean_up)


def test_topics_beyond_the_design_are_internal_or_named_here() -> None:
    assert {topic.name for topic in RECORD_TOPICS if not topic.internal} == {name for name, _, _ in DESIGN} | ADDED


@pytest.mark.parametrize("topic", RECORD_TOPICS, ids=named)
def test_a_name_is_domain_dataset_and_major_version(topic: Topic) -> None:
    assert re.fullmatch(r"[a-z]+\.[a-z]+\.v[1-9][0-9]*", topic.name)


@pytest.mark.parametrize("topic", RECORD_TOPICS, ids=named)
def test_the_key_is_a_required_field_of_the_record(topic: Topic) -> None:
    assert topic.value is not None

    field = topic.value.model_fields[topic.key.replace(" ", "_")]

    assert field.is_required()
    assert "Key of the record." in (field.description or "")


@pytest.mark.parametrize("topic", RECORD_TOPICS, ids=named)
def test_a_record_topic_says_who_writes_and_reads_it_and_what_its_events_are_called(topic: Topic) -> None:
    parties = {"fetcher", "classifier", "alerter", "operator", "downstream"}

    assert topic.writers
    assert topic.readers
    assert {*topic.writers, *topic.readers} <= parties
    assert re.fullmatch(r"claimwatch(\.[a-z]+){2,}", topic.event_type)


def test_no_two_topics_share_a_name_or_an_event_type() -> None:
    assert len(BY_NAME) == len(TOPICS)
    assert len({topic.event_type for topic in RECORD_TOPICS}) == len(RECORD_TOPICS)


def test_every_record_topic_has_its_dead_letters_kept_for_ever() -> None:
    assert {topic.name for topic in DEAD_LETTER_TOPICS} == {f"dlq.{topic.name}" for topic in RECORD_TOPICS}
    assert {(topic.clean_up, topic.retention_ms) for topic in DEAD_LETTER_TOPICS} == {("delete", FOR_EVER)}


def test_evidence_and_transitions_are_kept_for_ever() -> None:
    assert BY_NAME["claims.evidence.v1"].retention_ms == FOR_EVER
    assert BY_NAME["claims.transition.v1"].retention_ms == FOR_EVER


def test_what_the_classifier_reads_and_its_changelogs_are_partitioned_alike() -> None:
    read = [topic for topic in RECORD_TOPICS if "classifier" in topic.readers]

    assert {topic.partitions for topic in (*read, *CHANGELOG_TOPICS)} == {8}


@pytest.mark.parametrize("topic", CHANGELOG_TOPICS, ids=named)
def test_a_changelog_has_the_name_that_faust_gives_it(topic: Topic) -> None:
    assert re.fullmatch(rf"{CLASSIFIER_APP_ID}-[a-z]+-changelog", topic.name)
    assert topic.clean_up == "compact"
    assert topic.internal

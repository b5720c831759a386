"""The catalogue: every Kafka topic of the product. Topics are created from here and from nowhere else."""

from schemas import (
    claims_due,
    claims_evidence,
    claims_override,
    claims_status,
    claims_transition,
    claims_watch,
    feeds_health,
    feeds_source,
    feeds_state,
    news_article,
    news_classified,
)
from schemas.topic import FOR_EVER, Topic

CLASSIFIER_APP_ID = "claimwatch-classifier"
"""Faust application id; the names of its internal topics begin with it."""

RECORD_TOPICS: tuple[Topic, ...] = (
    feeds_source.TOPIC,
    feeds_state.TOPIC,
    feeds_health.TOPIC,
    news_article.TOPIC,
    news_classified.TOPIC,
    claims_watch.TOPIC,
    claims_evidence.TOPIC,
    claims_override.TOPIC,
    claims_status.TOPIC,
    claims_transition.TOPIC,
    claims_due.TOPIC,
)


def _dead_letters(source: Topic) -> Topic:
    return Topic(
        name=source.dead_letter_name,
        key="as in the source topic",
        clean_up="delete",
        value=None,
        partitions=1,
        writers=source.readers,
        readers=("operator",),
        retention_ms=FOR_EVER,
    )


def _changelog(table: str) -> Topic:
    return Topic(
        name=f"{CLASSIFIER_APP_ID}-{table}-changelog",
        key="as in the table",
        clean_up="compact",
        value=None,
        writers=("classifier",),
        readers=("classifier",),
        internal=True,
    )


DEAD_LETTER_TOPICS: tuple[Topic, ...] = tuple(_dead_letters(topic) for topic in RECORD_TOPICS)
CHANGELOG_TOPICS: tuple[Topic, ...] = (_changelog("articles"), _changelog("claims"))

TOPICS: tuple[Topic, ...] = RECORD_TOPICS + DEAD_LETTER_TOPICS + CHANGELOG_TOPICS
"""All of them. Topics that one Faust app reads together, and its changelogs, must have equal partition counts."""

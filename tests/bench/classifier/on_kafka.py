"""The classify agent on a real Kafka of this machine: a classifier as a process of its own, articles in, classified articles out."""

import asyncio
import logging
import random
import time
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import psutil
from aiokafka import AIOKafkaProducer

from deploy.kafka_local import LocalKafka
from deploy.topics import ensure_topics
from schemas import claims_evidence, claims_status, claims_watch, news_article, news_classified
from schemas.claims_watch import WatchedClaim
from schemas.news_article import Article
from schemas.topic import Topic
from tests.bench.classifier.reading import mixed, texts, watched_stories
from tests.harness.stack import Stack
from tests.harness.topics import TopicView

ARTICLES = 4_000
TIMEOUT_S = 240


def measure(folder: Path, claims: int, scratch: Path) -> dict[str, Any]:
    """Return how many articles a second come out classified, and what that costs the classifier's process.

    Args:
        folder: The workload, whose documents are the articles that mention nothing.
        scratch: Empty folder for Kafka and the service.
    """
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)  # what it says while a new broker finds its feet is no figure
    watched, stories = watched_stories(claims)
    articles = mixed(list(islice(texts(folder), ARTICLES)), stories, random.Random(2))
    kafka = LocalKafka(scratch / "kafka")
    kafka.start()
    try:
        return {"claims": len(watched)} | asyncio.run(_measured(kafka.bootstrap, watched, articles, scratch))
    finally:
        kafka.stop()


async def _measured(bootstrap: str, watched: Sequence[WatchedClaim], articles: Sequence[Article], scratch: Path) -> dict[str, Any]:
    await ensure_topics(bootstrap)
    view = TopicView(bootstrap, news_classified.TOPIC, claims_evidence.TOPIC, claims_status.TOPIC)
    async with AIOKafkaProducer(bootstrap_servers=bootstrap, linger_ms=5) as producer:
        await _write(producer, claims_watch.TOPIC, {claim.claim_id: claim for claim in watched})
        stack = Stack(scratch / "stack", bootstrap)
        stack.services = {"classifier": stack.services["classifier"]}
        await view.start()
        try:
            started = time.perf_counter()
            async with stack:
                ready_s = time.perf_counter() - started
                first = view.records[claims_status.TOPIC.name]  # each claim is judged once at first: not what is measured here
                await view.wait_until(lambda: len(first) >= len(watched), what="a status of each claim", timeout_s=TIMEOUT_S)
                return {"start_s": round(ready_s, 1)} | await _burst(stack, view, producer, articles)
        finally:
            await view.stop()


async def _burst(stack: Stack, view: TopicView, producer: AIOKafkaProducer, articles: Sequence[Article]) -> dict[str, Any]:
    classifier = stack.services["classifier"].process
    assert classifier is not None
    process = psutil.Process(classifier.pid)
    records = view.records[news_classified.TOPIC.name]
    before, started = sum(process.cpu_times()[:2]), time.perf_counter()
    await _write(producer, news_article.TOPIC, {article.article_id: article for article in articles})
    await view.wait_until(lambda: len(records) >= len(articles), what="every article to be classified", timeout_s=TIMEOUT_S)
    took, cpu = time.perf_counter() - started, sum(process.cpu_times()[:2]) - before
    return {
        "articles": len(articles), "readings": len(view.records[claims_evidence.TOPIC.name]), "seconds": round(took, 1),
        "articles_per_s": round(len(articles) / took), "articles_per_cpu_s": round(len(articles) / cpu),
        "classifier_mb": round(process.memory_info().rss / (1 << 20)),
    }  # fmt: skip


async def _write(producer: AIOKafkaProducer, topic: Topic, records: dict[str, Any]) -> None:
    for key, record in records.items():
        await producer.send(topic.name, value=record.model_dump_json(by_alias=True).encode(), key=key.encode())
    await producer.flush()

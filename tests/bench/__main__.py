"""``make bench``: how fast the running stack takes articles from their topic to a status, and how much memory each process needs.

Three services as processes of their own and a real Kafka on this machine. The articles are the texts of the public scenario book
with other names, so that every one mentions one of the watched claims: the expensive case.
"""

import argparse
import asyncio
import json
import logging
import random
import shutil
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from aiokafka import AIOKafkaProducer

from deploy.kafka_local import LocalKafka
from deploy.topics import ensure_topics
from schemas import claims_evidence, claims_status, claims_transition, claims_watch, news_article, news_classified
from schemas.claims_watch import WatchedClaim
from schemas.news_article import Article
from tests.bench.stories import story_variants
from tests.harness.receiver import SECRET, Receiver
from tests.harness.stack import Stack
from tests.harness.topics import TopicView, write

STEADY_RATE = 5
STEADY_S = 20


def _memory_mb(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024


def _cpu_s(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / 100


class Bench:
    """The running stack under load."""

    def __init__(self, stack: Stack, view: TopicView, producer: AIOKafkaProducer, receiver: Receiver, kafka_pid: int) -> None:
        self._stack, self._view, self._producer, self._receiver, self._kafka_pid = stack, view, producer, receiver, kafka_pid

    async def watch(self, claims: Sequence[WatchedClaim]) -> None:
        """Watch all claims and return once each has a status."""
        for claim in claims:
            await self._producer.send(
                claims_watch.TOPIC.name, value=claim.model_dump_json(by_alias=True).encode(), key=claim.claim_id.encode()
            )
        await self._producer.flush()
        await self._view.wait_until(
            lambda: all(self._view.get(claims_status.TOPIC, c.claim_id) for c in claims), what="first statuses", timeout_s=120
        )

    async def burst(self, articles: Sequence[Article]) -> dict[str, float]:
        """Publish all at once; return the rate from the topic to the last status."""
        cpu_before = self._cpu()
        started = time.perf_counter()
        for article in articles:
            await self._producer.send(
                news_article.TOPIC.name, value=article.model_dump_json(by_alias=True).encode(), key=article.article_id.encode()
            )
        await self._producer.flush()
        await self._view.wait_until(lambda: self._is_done(articles), what="every reading to be judged", timeout_s=540)
        took = time.perf_counter() - started
        cpu = {name: after - cpu_before[name] for name, after in self._cpu().items()}
        return {"articles": len(articles), "seconds": took, "articles_per_s": len(articles) / took} | {
            f"cpu_s_{name}": used for name, used in cpu.items()
        }

    def _is_done(self, articles: Sequence[Article]) -> bool:
        classified = self._view.records[news_classified.TOPIC.name]
        if len(classified) < len(articles):
            return False
        readings = {reading_id for article in classified for reading_id in article.reading_ids}
        statuses = self._view.records[claims_status.TOPIC.name]
        return len(readings - {status.last_reading_id for status in statuses if status}) == 0

    async def steady(self, articles: Sequence[Article]) -> dict[str, float]:
        """Publish a few articles a second; return the time from publishing to the webhook, for those that moved a status."""
        sent: dict[str, float] = {}
        arrived: dict[str, float] = {}
        watching = asyncio.create_task(self._note_arrivals(arrived))
        for article in articles:
            now = datetime.now(UTC)
            fresh = article.model_copy(update={"published_at": now, "first_seen_at": now, "version_seen_at": now})
            sent[fresh.url] = time.perf_counter()
            await write(self._producer, news_article.TOPIC, fresh.article_id, fresh)
            await asyncio.sleep(1 / STEADY_RATE)
        await asyncio.sleep(3)
        watching.cancel()
        waits = sorted(at - sent[url] for url, at in arrived.items() if url in sent)
        if len(waits) < 2:
            return {"webhooks": len(waits)}
        return {"webhooks": len(waits), "p50_ms": 1000 * statistics.median(waits), "p95_ms": 1000 * waits[int(0.95 * len(waits))]}

    async def _note_arrivals(self, arrived: dict[str, float]) -> None:
        known = set(self._receiver.events)
        while True:
            for webhook_id in self._receiver.events.keys() - known:
                known.add(webhook_id)
                latest = max(self._receiver.events[webhook_id].evidence, key=lambda e: e.said_at, default=None)
                if latest:
                    arrived.setdefault(latest.url, time.perf_counter())
            await asyncio.sleep(0.002)

    def _pids(self) -> dict[str, int]:
        services = {name: service.process.pid for name, service in self._stack.services.items() if service.process}
        return {**services, "kafka": self._kafka_pid}

    def _cpu(self) -> dict[str, float]:
        return {name: _cpu_s(pid) for name, pid in self._pids().items()}

    def memory(self) -> dict[str, float]:
        """Return the most memory each process has needed, MB."""
        return {name: _memory_mb(pid) for name, pid in self._pids().items()}


async def run(number_of_claims: int, folder: Path) -> dict[str, object]:
    """Run the whole benchmark and return its figures."""
    stories = list(story_variants(number_of_claims, random.Random(1)))
    claims = [claim for some, _ in stories for claim in some][:number_of_claims]
    articles = [article for _, some in stories for article in some]
    steady, burst = articles[: STEADY_RATE * STEADY_S], articles[STEADY_RATE * STEADY_S :]
    kafka = LocalKafka(folder / "kafka")
    await asyncio.to_thread(kafka.start)
    receiver = Receiver()
    await receiver.start()
    try:
        await ensure_topics(kafka.bootstrap)
        subscriptions = folder / "subscriptions.yaml"
        subscriptions.write_text(
            f"endpoints:\n- {{endpoint_id: bench, url: '{receiver.url}', secret: '{SECRET}'}}\n"
            "subscriptions:\n- {subscription_id: all, endpoint_id: bench, claims: []}\n"
        )
        async with (
            Stack(folder / "stack", kafka.bootstrap, subscriptions=subscriptions) as stack,
            AIOKafkaProducer(bootstrap_servers=kafka.bootstrap, linger_ms=5) as producer,
        ):
            view = TopicView(kafka.bootstrap, news_classified.TOPIC, claims_status.TOPIC, claims_evidence.TOPIC, claims_transition.TOPIC)
            await view.start()
            try:
                bench = Bench(stack, view, producer, receiver, kafka.pid or 0)
                await bench.watch(claims)
                latency = await bench.steady(steady)
                view.records[news_classified.TOPIC.name].clear()
                rate = await bench.burst(burst)
                readings = len(view.records[claims_evidence.TOPIC.name])
                return {"claims": len(claims), "readings": readings, "burst": rate, "steady": latency, "memory_mb": bench.memory()}
            finally:
                await view.stop()
    finally:
        await receiver.stop()
        await asyncio.to_thread(kafka.stop)


def main() -> None:
    """Run the benchmark and print its figures."""
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)  # what it says while a new broker finds its feet is no figure
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started is ended
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--claims", type=int, default=1000)
    folder = Path(tempfile.mkdtemp(prefix="claimwatch-bench-"))
    try:
        print(json.dumps(asyncio.run(run(parser.parse_args().claims, folder)), indent=2))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()

"""The test stand: the site, a Kafka, and the fetcher as it is delivered, each a process of its own; and the three phases."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
from aiokafka import AIOKafkaConsumer, TopicPartition

from deploy.kafka_local import free_port
from schemas import feeds_state, news_article
from schemas.feeds_source import FeedSource
from services.chassis.kafka import new_consumer
from services.fetcher.adapters.sources.feed_source_topic import read_sources, write_sources
from tests.bench.fetcher.site import feed_url
from tests.bench.fetcher.usage import Meter, Phase
from tests.harness.stack import ServiceProcess

INTERVAL_S = 3600.0
CLOCK_START = datetime(2026, 2, 1, 12, tzinfo=UTC)
STEP = timedelta(hours=2)
"""Far enough for every feed to be due once more, its jitter included."""
LOOK_EVERY_S = 0.1
COUNTED = (news_article.TOPIC, feeds_state.TOPIC)
TIMEOUT_S = 1200.0


class Ledger:
    """Counts what is in the topics by their end offsets: nothing of what arrives has to be read meanwhile."""

    def __init__(self, bootstrap: str) -> None:
        self._consumer: AIOKafkaConsumer = new_consumer(bootstrap=bootstrap, client_id="bench", group=None)
        self._places = [TopicPartition(topic.name, number) for topic in COUNTED for number in range(topic.partitions)]
        self._start: dict[TopicPartition, int] = {}

    async def start(self) -> None:
        await self._consumer.start()
        self._start = await self._consumer.end_offsets(self._places)

    async def stop(self) -> None:
        await self._consumer.stop()

    async def counts(self) -> dict[str, int]:
        """Return how many records each topic got since the start."""
        ends = await self._consumer.end_offsets(self._places)
        topics = (topic.name for topic in COUNTED)
        return {name: sum(ends[p] - self._start[p] for p in self._places if p.topic == name) for name in topics}

    async def distinct_articles(self) -> int:
        """Read all articles that came since the start and return how many differ."""
        places = [place for place in self._places if place.topic == news_article.TOPIC.name]
        ends = await self._consumer.end_offsets(places)
        self._consumer.assign(places)
        for place in places:
            self._consumer.seek(place, self._start[place])
        keys: set[bytes] = set()
        while not all([await self._consumer.position(place) >= end for place, end in ends.items()]):
            for records in (await self._consumer.getmany(timeout_ms=200)).values():
                keys.update(record.key for record in records)
        return len(keys)


class SiteControl:
    """Knows where the site is, and tells it what to do."""

    def __init__(self, ports: Sequence[int], client: httpx.AsyncClient) -> None:
        self.ports = ports
        self._client = client

    def feed_url(self, number: int) -> str:
        """Return the address of a feed; the feeds are spread over the ports."""
        return feed_url(self.ports, number)

    async def tell(self, verb: str) -> dict[str, int]:
        """Send a verb; return the answers so far by status."""
        return dict((await self._client.post(f"http://127.0.0.1:{self.ports[0]}/control/{verb}")).json())


@asynccontextmanager
async def site(*, hosts: int, entries: int, size_bytes: int) -> AsyncIterator[SiteControl]:
    """Run the site; it is closed at first: requests wait."""
    words = ["--hosts", str(hosts), "--entries", str(entries), "--bytes", str(size_bytes)]
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bench.fetcher.site", *words, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdin
    assert process.stdout
    try:
        ports = [int(port) for port in (await process.stdout.readline()).split()]
        async with httpx.AsyncClient(trust_env=False) as client:
            yield SiteControl(ports, client)
    finally:
        process.stdin.close()
        await process.wait()


def sources(control: SiteControl, feeds: int) -> list[FeedSource]:
    """Return feeds that are polled once per step of the clock, without their articles' pages."""
    common = {"poll_interval_s": INTERVAL_S, "max_poll_interval_s": INTERVAL_S, "pages": "never"}
    return [
        FeedSource.model_validate({"feed_id": f"bench-{n}", "url": control.feed_url(n), "outlet": {"name": f"Paper {n}"}} | common)
        for n in range(feeds)
    ]


class Stand:
    """A fetcher at work on the site, its clock in our hand."""

    def __init__(self, *, folder: Path, bootstrap: str, control: SiteControl, feeds: int, entries: int) -> None:
        self._feeds, self._entries = feeds, entries
        self._bootstrap, self._control = bootstrap, control
        self._clock_file, self._now = folder / "clock", CLOCK_START
        self._ledger = Ledger(bootstrap)
        port = free_port()
        kept = {key: os.environ[key] for key in ("PATH", "HOME", "LANG", "PYTHONPATH") if key in os.environ}
        own = {"FETCHER_ALLOW": "127.0.0.1/32", "FETCHER_HTTP_PORT": str(port), "FETCHER_GROUP": f"bench-{os.getpid()}"}
        shared = {"KAFKA_BOOTSTRAP": bootstrap, "CLOCK_FILE": str(self._clock_file)}
        self._fetcher = ServiceProcess("fetcher", {**kept, **own, **shared}, folder / "fetcher.log", port)

    async def __aenter__(self) -> "Stand":
        try:
            await self._start()
        except BaseException:
            await self.__aexit__()
            raise
        return self

    async def _start(self) -> None:
        self._set_clock(CLOCK_START)
        if there := len(await read_sources(self._bootstrap)):
            raise SystemExit(f"the cluster at {self._bootstrap} has {there} feeds already; the bench needs one without")
        await write_sources(self._bootstrap, sources(self._control, self._feeds), at=CLOCK_START)
        await self._ledger.start()
        self._fetcher.start()
        await self._fetcher.wait_until_ready()

    async def __aexit__(self, *_: object) -> None:
        await asyncio.to_thread(self._fetcher.stop)
        await self._ledger.stop()

    def _set_clock(self, moment: datetime) -> None:
        beside = self._clock_file.with_suffix(".new")
        beside.write_text(moment.isoformat())
        beside.replace(self._clock_file)
        self._now = moment

    async def phases(self) -> list[Phase]:
        """Poll all feeds three times: for the first time, with one new entry in each, and unchanged."""
        first = await self._phase("first", articles=self._feeds * self._entries)
        await self._control.tell("add")
        return [first, await self._phase("one new", articles=self._feeds), await self._phase("unchanged", articles=0)]

    async def _phase(self, name: str, *, articles: int) -> Phase:
        process = self._fetcher.process
        assert process
        before = await self._control.tell("counts")
        records = await self._ledger.counts()
        meter = Meter(process.pid)
        if name == "first":
            await self._control.tell("open")
        else:
            self._set_clock(self._now + STEP)
        goals = dict(zip(records, (articles, self._feeds), strict=True))
        got = await self._until({topic: records[topic] + goal for topic, goal in goals.items()})
        phase = meter.phase(name, feeds=self._feeds)
        answers = await self._control.tell("counts")
        counts = {status: count - before.get(status, 0) for status, count in answers.items()}
        return replace(phase, counts=counts | {topic: got[topic] - records[topic] for topic in got})

    async def _until(self, goals: dict[str, int]) -> dict[str, int]:
        counts = await self._ledger.counts()
        async with asyncio.timeout(TIMEOUT_S):
            while any(counts[topic] < goal for topic, goal in goals.items()):
                if self._fetcher.process and self._fetcher.process.poll() is not None:
                    raise RuntimeError(f"the fetcher ended:\n{self._fetcher.last_words()}")
                await asyncio.sleep(LOOK_EVERY_S)
                counts = await self._ledger.counts()
        return counts

    async def distinct_articles(self) -> int:
        """Return how many different articles are on the topic."""
        return await self._ledger.distinct_articles()

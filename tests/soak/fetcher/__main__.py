"""The fetcher under hostile fire: its own process, real Kafka, good feeds that must not notice, and servers that behave badly.

    python -m tests.soak.fetcher --minutes 30 [--good 200] [--slow 60] [--interval 10] [--out soak.json]

Everything is measured from outside: by the servers that are asked, by what arrives on Kafka, and by the process's memory and log.
Ends with 1 if something that is asked was not met.
"""

import argparse
import asyncio
import contextlib
import json
import logging
import os
import signal
import sys
import tempfile
import time
from collections import Counter, defaultdict
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from aiokafka import TopicPartition

from deploy.kafka_local import LocalKafka, free_port
from deploy.topics import ensure_topics
from schemas import feeds_source, feeds_state, news_article
from schemas.feeds_source import FeedSource
from services.chassis.kafka import new_consumer, new_producer
from services.chassis.records import encode
from tests.harness.stack import ServiceProcess
from tests.soak.fetcher.good import GoodFeeds
from tests.soak.fetcher.hostile import KINDS, PAGES, HostileServers
from tests.soak.fetcher.measure import (
    Memory,
    Verdict,
    delivery_verdict,
    early_polls,
    interval_verdicts,
    log_verdict,
    table,
)

GOOD_HOSTS = [f"127.0.1.{number}" for number in range(1, 21)]
PAGED_HOSTS = [f"127.0.3.{number}" for number in range(1, len(PAGES) + 1)]
SAMPLE_EVERY_S = 3.0
SAY_EVERY_S = 60.0


@dataclass
class Seen:
    """What has come on Kafka."""

    articles: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By (address, title)."""
    reasons: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    """How polls ended, by feed."""


async def follow(bootstrap: str, seen: Seen, ready: asyncio.Event) -> None:
    """Note every article and every state of a feed, for ever."""
    consumer = new_consumer(bootstrap=bootstrap, client_id="soak", group=None)
    await consumer.start()
    try:
        topics = (news_article.TOPIC, feeds_state.TOPIC)
        consumer.assign([TopicPartition(topic.name, number) for topic in topics for number in range(topic.partitions)])
        await consumer.seek_to_beginning()
        ready.set()
        async for record in consumer:
            value = json.loads(record.value) if record.value else {}
            if record.topic == news_article.TOPIC.name:
                seen.articles[value["url"], value["title"]] += 1
            elif value:
                seen.reasons[value["feed_id"]][value["last_poll"]["reason"]] += 1
    finally:
        await consumer.stop()


def sources(good: GoodFeeds, paged: GoodFeeds, hostile: HostileServers, *, interval_s: float, each: int) -> list[FeedSource]:
    """Return all feeds; of each hostile kind so many."""
    asked = {"poll_interval_s": interval_s, "max_poll_interval_s": interval_s}
    made = [("good", feed.number, good.url(feed), "never") for feed in good.feeds]
    made += [("paged", feed.number, paged.url(feed), "always") for feed in paged.feeds]
    for kind in KINDS:
        count = 1 if KINDS[kind].scheme == "https" else each
        made += [(f"hostile-{kind.replace('_', '-')}", number, hostile.url(kind, f"/feed/{number}"), "never") for number in range(count)]
    made += [("slow", number, url, "never") for number, url in enumerate(hostile.slow_urls())]
    made.append(("hostile-no-such-name", 0, "http://no-such-name.invalid/feed", "never"))
    return [
        FeedSource.model_validate({"feed_id": f"{name}-{number}", "url": url, "outlet": {"name": name}, "pages": pages} | asked)
        for name, number, url, pages in made
    ]


async def wait_for_groups(bootstrap: str) -> None:
    """Return when a new Kafka can have consumer groups: it makes their topic when the first one asks, and answers with errors until then."""
    consumer = new_consumer(feeds_source.TOPIC.name, bootstrap=bootstrap, client_id="soak", group="soak")
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)
    await consumer.start()
    await consumer.stop()
    logging.getLogger("aiokafka").setLevel(logging.NOTSET)


async def write_sources(bootstrap: str, feeds: list[FeedSource]) -> None:
    """Write the feeds as an operator does."""
    producer = new_producer(bootstrap, client_id="soak")
    await producer.start()
    try:
        sending = [await producer.send(feeds_source.TOPIC.name, value=encode(feed), key=feed.feed_id.encode()) for feed in feeds]
        await asyncio.gather(*sending)
    finally:
        await producer.stop()


def fetcher(folder: Path, bootstrap: str) -> ServiceProcess:
    """Return the service, not started: it may reach good and hostile servers, and not the one inside."""
    port = free_port()
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "PYTHONPATH") if name in os.environ}
    environment = kept | {name: value for name, value in os.environ.items() if name.startswith("FETCHER_")}
    environment |= {
        "KAFKA_BOOTSTRAP": bootstrap, "LOG_FORMAT": "json", "FETCHER_HTTP_PORT": str(port),
        "FETCHER_ALLOW": "127.0.1.0/24,127.0.2.0/24,127.0.3.0/24,127.0.4.0/24",
    }  # fmt: skip
    return ServiceProcess("fetcher", environment, folder / "fetcher.log", port)


@dataclass
class Soak:
    """One run."""

    arguments: argparse.Namespace
    bootstrap: str
    folder: Path
    _early: list[str] = field(default_factory=list)

    async def run(self) -> tuple[list[Verdict], dict[str, object]]:
        """Start everything, wait, and judge."""
        hostile = HostileServers(slow=self.arguments.slow)
        good = GoodFeeds(self.arguments.good, GOOD_HOSTS)
        await hostile.start()
        await good.start()
        links = [hostile.url(kind, "/page{path}") for kind in PAGES]
        paged = GoodFeeds(len(PAGES), PAGED_HOSTS, entry_links=links)
        await paged.start()
        try:
            return await self._with(good, paged, hostile)
        finally:
            await asyncio.gather(good.stop(), paged.stop(), hostile.stop())

    async def _with(self, good: GoodFeeds, paged: GoodFeeds, hostile: HostileServers) -> tuple[list[Verdict], dict[str, object]]:
        feeds = sources(good, paged, hostile, interval_s=self.arguments.interval, each=self.arguments.each)
        await write_sources(self.bootstrap, feeds)
        seen, ready = Seen(), asyncio.Event()
        following = asyncio.create_task(follow(self.bootstrap, seen, ready))
        await ready.wait()
        service = fetcher(self.folder, self.bootstrap)
        service.start()
        changing = [asyncio.create_task(feeds.keep_changing()) for feeds in (good, paged)]
        try:
            await service.wait_until_ready()
            assert service.process is not None
            memory = Memory(service.process.pid)
            began, began_at = time.monotonic(), datetime.now(UTC)
            print(
                f"{len(feeds)} feeds, {len(feeds) - len(good.feeds) - len(paged.feeds)} of them hostile; {self.arguments.minutes:g} minutes",
                flush=True,
            )
            is_alive = await self._watch(service, memory, good, began)
            ended = time.monotonic()
            for task in changing:
                task.cancel()
            await self._settle(good, seen, ended)
            stopping = time.monotonic()
            await asyncio.to_thread(service.stop)
            code, stopped_in = service.process.returncode, time.monotonic() - stopping
        finally:
            for task in (*changing, following):
                task.cancel()
            await asyncio.gather(*changing, following, return_exceptions=True)
            await asyncio.to_thread(service.stop)
        logged, warnings = log_verdict(service.log_file)
        verdicts = [
            Verdict("the process lives", "it does" if is_alive else service.last_words(), is_alive),
            *interval_verdicts(
                {good.url(feed): [at for at in feed.asked if at <= ended] for feed in good.feeds},
                interval_s=self.arguments.interval, began=began, ended=ended,
            ),
            *self._delivered(good, paged, seen, ended),
            *self._patience(hostile),
            Verdict("hostile pages are tried", f"{_page_visits(hostile)} visits", _page_visits(hostile) > 0),
            Verdict("nothing inside is reached", f"{len(hostile.inside)} requests", not hostile.inside),
            *memory.verdicts(minutes=self.arguments.minutes),
            *logged,
            Verdict("it stops when asked", f"code {code} after {stopped_in:.1f} s", code == 0),
        ]  # fmt: skip
        return verdicts, self._figures(good, hostile, seen, memory, warnings, began_at)

    async def _watch(self, service: ServiceProcess, memory: Memory, good: GoodFeeds, began: float) -> bool:
        """Sample until the time is over; return False as soon as the process is gone."""
        assert service.process is not None
        said = began
        while (now := time.monotonic()) < began + self.arguments.minutes * 60:
            if service.process.poll() is not None:
                return False
            memory.sample()
            if now - said >= SAY_EVERY_S:
                said = now
                asked = sum(len(feed.asked) for feed in good.feeds)
                print(f"{(now - began) / 60:5.1f} min  {asked} good polls  {memory.samples[-1][1]:.0f} MB", flush=True)
            await asyncio.sleep(SAMPLE_EVERY_S)
        return True

    async def _settle(self, good: GoodFeeds, seen: Seen, ended: float) -> None:
        """Give what was told before the end some time to arrive."""
        due = {entry for feed in good.feeds for entry, at in feed.told.items() if at <= ended}
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(3 * self.arguments.interval):
                while not due <= seen.articles.keys():
                    await asyncio.sleep(0.2)

    def _delivered(self, good: GoodFeeds, paged: GoodFeeds, seen: Seen, ended: float) -> list[Verdict]:
        told = {entry: at for feed in good.feeds for entry, at in feed.told.items()}
        arrived = {entry: count for entry, count in seen.articles.items() if entry[0].startswith("http://127.0.1.")}
        behind = {entry for feed in paged.feeds for entry, at in feed.told.items() if at <= ended - 60}
        missing = [entry for entry in behind if entry not in seen.articles]
        found = f"{len(behind) - len(missing)} of {len(behind)} are there with the feed's text"
        return [
            *delivery_verdict(told, arrived, before=ended),
            Verdict("entries with hostile pages arrive", found + (f", not e.g. {missing[0]}" if missing else ""), not missing),
        ]

    def _patience(self, hostile: HostileServers) -> list[Verdict]:
        early, polls = self._early, 0
        for name, kind in KINDS.items():
            asked = {key: moments for key, moments in hostile.asked.items() if key[0] == name and key[1].startswith("/feed/")}
            polls += sum(map(len, asked.values()))
            early += early_polls(asked, interval_s=self.arguments.interval, wait_s=kind.wait_s, may_be_read=kind.may_be_read)
        slow = {key: moments for key, moments in hostile.asked.items() if key[0] == "slow"}
        polls += sum(map(len, slow.values()))
        early += early_polls(slow, interval_s=self.arguments.interval, wait_s=0, may_be_read=False)
        found = f"{len(early)} of {polls} polls came before their time" + (f", e.g. {early[0]}" if early else "")
        return [Verdict("hostile feeds are not asked before their time", found, not early)]

    def _figures(
        self, good: GoodFeeds, hostile: HostileServers, seen: Seen, memory: Memory, warnings: Counter[str], began_at: datetime
    ) -> dict[str, object]:
        kinds = {feed_id: dict(counts) for feed_id, counts in sorted(seen.reasons.items()) if feed_id.startswith(("hostile", "paged"))}
        return {
            "began_at": began_at.isoformat(),
            "minutes": self.arguments.minutes,
            "good_feeds": len(good.feeds),
            "interval_s": self.arguments.interval,
            "good_answers": {str(status): count for status, count in good.answers.items()},
            "hostile_polls": {f"{kind}{path}": len(moments) for (kind, path), moments in sorted(hostile.asked.items()) if "/hop/" not in path and "/page" not in path},
            "hostile_page_visits": _page_visits(hostile),
            "how_hostile_polls_ended": kinds,
            "early_polls": self._early,
            "articles": seen.articles.total(),
            "memory_mb": [round(own, 1) for _, own, *_ in memory.samples],
            "files": [sample[3] for sample in memory.samples],
            "growth_mb_per_hour": round(memory.growth_per_hour(), 1),
            "warnings": dict(warnings),
        }  # fmt: skip


def _page_visits(hostile: HostileServers) -> int:
    return sum(len(moments) for (_, path), moments in hostile.asked.items() if path.startswith("/page/"))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.soak.fetcher", description="The fetcher under hostile fire.")
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--good", type=int, default=200, help="good feeds")
    parser.add_argument("--interval", type=float, default=10, help="seconds between polls of a feed")
    parser.add_argument("--each", type=int, default=2, help="feeds of each hostile kind")
    parser.add_argument("--slow", type=int, default=60, help="servers more that only hold their visitor, each on an address of its own")
    parser.add_argument("--out", type=Path, help="file for the figures, as JSON")
    parser.add_argument("--log", type=Path, help="keep the fetcher's log here")
    return parser.parse_args()


def main() -> None:
    for number in (signal.SIGTERM, signal.SIGINT):  # so that what was started is ended, in the background too
        signal.signal(number, signal.default_int_handler)
    arguments = _arguments()
    with tempfile.TemporaryDirectory(prefix="claimwatch-soak-") as folder, LocalKafka(Path(folder) / "kafka") as kafka:
        asyncio.run(ensure_topics(kafka.bootstrap))
        asyncio.run(wait_for_groups(kafka.bootstrap))
        verdicts, figures = asyncio.run(Soak(arguments, kafka.bootstrap, Path(folder)).run())
        if arguments.log:
            arguments.log.write_bytes((Path(folder) / "fetcher.log").read_bytes())
    for feed, reasons in figures["how_hostile_polls_ended"].items():  # type: ignore[attr-defined]
        print(f"      {feed}: {', '.join(f'{count} {reason}' for reason, count in reasons.items())}")
    for warning, count in figures["warnings"].items():  # type: ignore[attr-defined]
        print(f"      warning, {count} times: {warning}")
    print(table(verdicts))
    if arguments.out:
        arguments.out.write_text(json.dumps({"verdicts": [asdict(verdict) for verdict in verdicts]} | figures, indent=1))
    sys.exit(0 if all(verdict.is_met for verdict in verdicts) else 1)


if __name__ == "__main__":
    main()

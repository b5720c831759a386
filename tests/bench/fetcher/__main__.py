"""``make bench-fetcher``: how many feeds a second the fetcher polls, at what cost in processor time and memory.

A site of its own on the loopback, a real Kafka, and the fetcher as it is delivered, its clock moved on by hand. Three phases, each
over when its records are on the topics: the first poll of every feed, one new entry in each, and nothing new in any (HTTP 304).
Beside it, on the same machine and site: the loop of httpx and feedparser that everybody writes first (no Kafka, fewer feeds: the
rates count), and three parsers on the same documents. The feeds stay on a cluster named by --bootstrap: it should be one to throw away.
"""

import argparse
import asyncio
import json
import logging
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict
from pathlib import Path

from deploy.kafka_local import LocalKafka
from deploy.topics import ensure_topics
from tests.bench.fetcher.documents import Documents
from tests.bench.fetcher.parsers import entries_per_cpu_s
from tests.bench.fetcher.stand import Stand, site
from tests.bench.fetcher.usage import Phase

GOALS = {"first": 100.0, "one new": 400.0, "unchanged": 1000.0}
"""Feeds a second that the fetcher must reach."""
GOAL_MB = 300.0
Given = argparse.Namespace


@asynccontextmanager
async def _kafka(folder: Path, bootstrap: str | None) -> AsyncIterator[str]:
    """Yield a Kafka that has the topics: the one named, else one of its own."""
    if bootstrap:
        await ensure_topics(bootstrap)
        yield bootstrap
        return
    broker = LocalKafka(folder / "kafka")
    try:
        await asyncio.to_thread(broker.start)
        await ensure_topics(broker.bootstrap)
        yield broker.bootstrap
    finally:
        await asyncio.to_thread(broker.stop)


async def _naive(given: Given) -> list[Phase]:
    async with site(hosts=given.hosts, entries=given.entries, size_bytes=given.bytes) as control:
        await control.tell("open")
        command = [sys.executable, "-m", "tests.bench.fetcher.naive", ",".join(map(str, control.ports)), str(given.naive_feeds)]
        process = await asyncio.create_subprocess_exec(*command, stdout=subprocess.PIPE)
        try:
            out, _ = await process.communicate()
        finally:
            if process.returncode is None:
                process.kill()
    return [Phase(**phase) for phase in json.loads(out)]


async def _fetcher(given: Given, folder: Path) -> tuple[list[Phase], int]:
    async with (
        _kafka(folder, given.bootstrap) as bootstrap,
        site(hosts=given.hosts, entries=given.entries, size_bytes=given.bytes) as control,
    ):
        async with Stand(folder=folder, bootstrap=bootstrap, control=control, feeds=given.feeds, entries=given.entries) as stand:
            return await stand.phases(), await stand.distinct_articles()


def _figures(phases: Sequence[Phase]) -> dict[str, dict[str, object]]:
    return {p.name: asdict(p) | {"feeds_per_s": p.feeds_per_s, "cpu_ms_per_feed": p.cpu_ms_per_feed} for p in phases}


async def run(given: Given, folder: Path) -> dict[str, object]:
    """Run everything and return the figures."""
    parsers = entries_per_cpu_s(Documents(entries=given.entries, size_bytes=given.bytes), feeds=given.parsed_feeds)
    naive = await _naive(given) if given.naive_feeds else []
    phases, distinct = await _fetcher(given, folder)
    _print_phases(phases, naive, goals=GOALS)
    print(f"\ndifferent articles on the topic: {distinct}")
    print("entries parsed per second of one core: " + ", ".join(f"{name} {rate:,.0f}" for name, rate in parsers.items()))
    return {
        "feeds": given.feeds,
        "entries": given.entries,
        "bytes": given.bytes,
        "fetcher": _figures(phases),
        "naive": _figures(naive),
        "distinct_articles": distinct,
        "entries_per_cpu_s": parsers,
    }


def _print_phases(phases: Sequence[Phase], naive: Sequence[Phase], *, goals: Mapping[str, float]) -> None:
    print(f"{'phase':<12}{'feeds':>7}{'feeds/s':>9}{'goal':>6}{'CPU ms/feed':>13}{'peak MB':>9}{'now MB':>8}  {'counted'}")
    for who, some in (("fetcher", phases), ("naive loop, no Kafka", naive)):
        print(who)
        for phase in some:
            goal = f"{goals[phase.name]:.0f}" if who == "fetcher" else ""
            counts = ", ".join(f"{name} {count}" for name, count in phase.counts.items() if count)
            print(
                f"  {phase.name:<10}{phase.feeds:>7}{phase.feeds_per_s:>9.0f}{goal:>6}{phase.cpu_ms_per_feed:>13.2f}"
                f"{phase.peak_mb:>9.0f}{phase.rss_mb:>8.0f}  {counts}"
            )
    for ours, theirs in zip(phases, naive, strict=False):
        print(f"{ours.name}: {ours.feeds_per_s / theirs.feeds_per_s:.1f} times the naive loop's rate, ", end="")
        print(f"{theirs.cpu_ms_per_feed / ours.cpu_ms_per_feed:.1f} times less processor time a feed")


def arguments(words: Sequence[str] | None = None) -> Given:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="make bench-fetcher", description=__doc__)
    parser.add_argument("--feeds", type=int, default=5000)
    parser.add_argument("--hosts", type=int, default=200, help="ports over which the feeds are spread: servers to a polite client")
    parser.add_argument("--entries", type=int, default=20)
    parser.add_argument("--bytes", type=int, default=50_000, help="size of each feed")
    parser.add_argument("--naive-feeds", type=int, default=500, help="feeds for the naive loop; 0 leaves it out")
    parser.add_argument("--parsed-feeds", type=int, default=100, help="documents for each parser")
    parser.add_argument("--bootstrap", help="an empty cluster, HOST:PORT; default: one of its own")
    parser.add_argument("--small", action="store_true", help="ten feeds: only shows that the bench works")
    parser.add_argument("--out", type=Path, help="file for the figures, JSON")
    given = parser.parse_args(words)
    if given.small:
        given.feeds, given.hosts, given.naive_feeds, given.parsed_feeds = 10, 5, 5, 2
    return given


def main() -> None:
    """Run the bench, print its figures."""
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)  # what it says while a new broker finds its feet is no figure
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started is ended
    given = arguments()
    folder = Path(tempfile.mkdtemp(prefix="claimwatch-bench-"))
    try:
        figures = asyncio.run(run(given, folder))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if given.out:
        given.out.write_text(json.dumps(figures, indent=2) + "\n")


if __name__ == "__main__":
    main()

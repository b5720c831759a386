"""The loop that everybody writes first, as a process of its own: httpx, feedparser, fifty at once, no Kafka, nothing kept but etags.

    python -m tests.bench.fetcher.naive PORT,PORT,... FEEDS

Runs the three phases on a site that is open and prints them as JSON.
"""

import asyncio
import json
import os
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, replace

import feedparser
import httpx

from tests.bench.fetcher.site import feed_url
from tests.bench.fetcher.usage import Meter, Phase

AT_ONCE = 50


class NaiveLoop:
    """Polls feeds and keeps which entries it has seen."""

    def __init__(self, client: httpx.AsyncClient, ports: Sequence[int], feeds: int) -> None:
        self._client, self._ports, self._feeds = client, ports, feeds
        self._etags: dict[int, str] = {}
        self._seen: set[str] = set()
        self._room = asyncio.Semaphore(AT_ONCE)

    async def phase(self, name: str) -> Phase:
        """Poll every feed once."""
        meter, counts = Meter(os.getpid()), Counter[str]()
        await asyncio.gather(*(self._poll(feed, counts) for feed in range(self._feeds)))
        return replace(meter.phase(name, feeds=self._feeds), counts=dict(counts))

    async def _poll(self, feed: int, counts: Counter[str]) -> None:
        async with self._room:
            headers = {"If-None-Match": self._etags[feed]} if feed in self._etags else {}
            response = await self._client.get(feed_url(self._ports, feed), headers=headers)
            counts[str(response.status_code)] += 1
            if response.status_code != 200:
                return
            self._etags[feed] = response.headers["etag"]
            for entry in feedparser.parse(response.content).entries:
                if entry.id not in self._seen:
                    self._seen.add(entry.id)
                    counts["articles"] += 1


async def run(ports: Sequence[int], feeds: int) -> list[Phase]:
    """Run the three phases."""
    async with httpx.AsyncClient(trust_env=False) as client:
        loop = NaiveLoop(client, ports, feeds)
        first = await loop.phase("first")
        await client.post(f"http://127.0.0.1:{ports[0]}/control/add")
        return [first, await loop.phase("one new"), await loop.phase("unchanged")]


def main() -> None:
    phases = asyncio.run(run([int(port) for port in sys.argv[1].split(",")], int(sys.argv[2])))
    print(json.dumps([asdict(phase) for phase in phases]))


if __name__ == "__main__":
    main()

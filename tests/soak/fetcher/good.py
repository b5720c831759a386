"""Good feeds: they answer at once, change now and then, and note when they were asked and what they told."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from aiohttp import web

ENTRIES = 25
CHANGES_PER_S = 1 / 60
EDITED = 0.15
"""Share of changes that edit an entry; the others bring a new one."""
_TEXT = (
    "The ministry said on Thursday that its aircraft had struck a meeting near the city, and that it was checking who had been there. " * 8
)


@dataclass
class Entry:
    """An entry as it stands now."""

    path: str
    title: str
    at: datetime


@dataclass
class Feed:
    """One feed, and what was seen of its visitor.

    Attributes:
        asked: When it was asked, monotonic seconds.
        told: What stood in the documents that were sent: (address, title), and when it was first sent.
    """

    number: int
    host: str
    entries: list[Entry] = field(default_factory=list)
    edition: int = 0
    asked: list[float] = field(default_factory=list)
    told: dict[tuple[str, str], float] = field(default_factory=dict)


class GoodFeeds:
    """So many feeds over so many addresses of this machine, on one port."""

    def __init__(self, count: int, hosts: list[str], *, entry_links: Sequence[str] = ()) -> None:
        """Say what there is; nothing is started.

        Args:
            entry_links: Addresses of entries, one a feed, with ``{path}`` in them; empty: each feed's own site.
        """
        self._links = entry_links
        self._random = random.Random(7)
        self.port = 0
        self.feeds = [Feed(number, hosts[number % len(hosts)]) for number in range(count)]
        self.answers: Counter[int] = Counter()
        self._runner: web.AppRunner | None = None

    def url(self, feed: Feed) -> str:
        """Return the feed's address."""
        return f"http://{feed.host}:{self.port}/feed/{feed.number}"

    async def start(self) -> None:
        """Listen on all addresses."""
        app = web.Application()
        app.router.add_get("/feed/{number}", self._answer)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        for host in dict.fromkeys(feed.host for feed in self.feeds):
            await web.TCPSite(self._runner, host, self.port, backlog=1024).start()
            self.port = self.port or self._runner.addresses[0][1]
        for feed in self.feeds:
            for _ in range(ENTRIES):
                self._add(feed)

    async def stop(self) -> None:
        """Listen no more."""
        if self._runner:
            await self._runner.cleanup()

    async def keep_changing(self) -> None:
        """Change feeds now and then, for ever."""
        while True:
            await asyncio.sleep(0.5)
            for feed in self.feeds:
                if self._random.random() < CHANGES_PER_S / 2:
                    self._edit(feed) if self._random.random() < EDITED else self._add(feed)

    def _add(self, feed: Feed) -> None:
        feed.edition += 1
        path = f"/{feed.number}/{feed.edition}"
        feed.entries.insert(0, Entry(path, f"Story {feed.number}-{feed.edition}", datetime.now(UTC) - timedelta(seconds=1)))
        del feed.entries[ENTRIES:]

    def _edit(self, feed: Feed) -> None:
        feed.edition += 1
        entry = self._random.choice(feed.entries)
        entry.title = f"{entry.title.partition(',')[0]}, edition {feed.edition}"

    def _link(self, feed: Feed, entry: Entry) -> str:
        return self._links[feed.number].format(path=entry.path) if self._links else f"http://{feed.host}:{self.port}/page{entry.path}"

    async def _answer(self, request: web.Request) -> web.Response:
        now = time.monotonic()
        feed = self.feeds[int(request.match_info["number"])]
        feed.asked.append(now)
        etag = f'W/"{feed.edition}"'
        if request.headers.get("If-None-Match") == etag:
            self.answers[304] += 1
            return web.Response(status=304, headers={"ETag": etag})
        self.answers[200] += 1
        for entry in feed.entries:
            feed.told.setdefault((self._link(feed, entry), entry.title), now)
        return web.Response(body=self._document(feed), content_type="application/rss+xml", headers={"ETag": etag})

    def _document(self, feed: Feed) -> bytes:
        items = "".join(
            f"<item><link>{self._link(feed, entry)}</link><guid isPermaLink='false'>{entry.path}</guid><title>{entry.title}</title>"
            f"<description>{_TEXT}</description><pubDate>{format_datetime(entry.at)}</pubDate></item>"
            for entry in feed.entries
        )
        return f"<?xml version='1.0'?><rss version='2.0'><channel><title>Feed {feed.number}</title>{items}</channel></rss>".encode()

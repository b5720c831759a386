"""Finds the feeds of a site: what its page names, else what it links to, else where feeds usually stand. One request after the other."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta

from schemas.words import PollReason
from services.chassis.clock import Clock
from services.fetcher.adapters.feeds.feed_errors import FeedError
from services.fetcher.adapters.feeds.feed_parser import parse_feed
from services.fetcher.adapters.pages.robots import Robots
from services.fetcher.adapters.polling.feed_client import FeedClient, Fetched
from services.fetcher.adapters.sources.site_links import SiteLinks, site_links
from services.fetcher.domain.polling.polls import Validators
from services.fetcher.domain.sources.discovery import FoundBy, FoundFeed, found_feed, well_known_feeds

GAP = timedelta(seconds=1)
"""Between two requests, unless robots.txt asks for more."""
MAX_GAP = timedelta(seconds=10)
MAX_TRIES = 30


@dataclass
class Findings:
    """What a search came to."""

    feeds: list[FoundFeed] = field(default_factory=list)
    tried: list[tuple[str, str]] = field(default_factory=list)
    """Addresses that are no feeds, and why."""


class Discovery:
    """One search after another, over the clients it is given."""

    def __init__(self, client: FeedClient, robots: Robots, *, clock: Clock) -> None:
        self._client, self._robots, self._clock = client, robots, clock

    async def find(self, url: str) -> Findings:
        """Return the feeds of the site at an address; of an address that is a feed itself, this one.

        Raises:
            FeedError: If the address itself cannot be fetched.
        """
        page = await self._client.fetch(url, validators=Validators(), now=self._clock.now())
        search = _Search()
        if search.take(page, FoundBy.ITSELF):
            return search.findings
        links = site_links(page.body or b"", url=page.url, content_type=page.content_type)
        for found_by, urls in _stages(links):
            await self._try_all(urls, found_by, search)
            if search.findings.feeds:
                return search.findings
        await self._try_all(await self._allowed(well_known_feeds(page.url)), FoundBy.GUESSED, search, until_found=True)
        await self._try_all(await self._robots.sitemaps(page.url), FoundBy.SITEMAP, search)
        return search.findings

    async def _allowed(self, urls: Iterable[str]) -> list[str]:
        return [url for url in urls if await self._robots.allows(url)]

    async def _try_all(self, urls: Iterable[str], found_by: FoundBy, search: "_Search", *, until_found: bool = False) -> None:
        for url in search.new(urls):
            await self._wait(url)
            try:
                fetched = await self._client.fetch(url, validators=Validators(), now=self._clock.now())
            except FeedError as error:
                search.findings.tried.append((url, str(error)))
                continue
            if search.take(fetched, found_by) and until_found:
                return

    async def _wait(self, url: str) -> None:
        asked = await self._robots.crawl_delay(url) or GAP
        await self._clock.sleep_until(self._clock.now() + min(max(asked, GAP), MAX_GAP))


def _stages(links: SiteLinks) -> list[tuple[FoundBy, tuple[str, ...]]]:
    return [(FoundBy.DECLARED, links.declared), (FoundBy.LINKED, links.linked)]


class _Search:
    """Remembers what was tried, and tells the same feed under two addresses."""

    def __init__(self) -> None:
        self.findings = Findings()
        self._tried: set[str] = set()
        self._bodies: set[str] = set()

    def new(self, urls: Iterable[str]) -> Iterator[str]:
        for url in urls:
            if url not in self._tried and len(self._tried) < MAX_TRIES:
                self._tried.add(url)
                yield url

    def take(self, fetched: Fetched, found_by: FoundBy) -> bool:
        """Keep what was fetched if it is a feed; tell whether it is."""
        self._tried |= {fetched.url}
        if fetched.body_hash in self._bodies:
            self.findings.tried.append((fetched.url, "the same feed again"))
            return True
        try:
            feed = parse_feed(fetched.body or b"", url=fetched.url, content_type=fetched.content_type)
        except FeedError as error:
            if found_by is not FoundBy.ITSELF:
                self.findings.tried.append((fetched.url, str(error)))
            return False
        if not feed.entries and found_by in (FoundBy.GUESSED, FoundBy.SITEMAP):
            self.findings.tried.append((fetched.url, f"{PollReason.EMPTY.value}: no entries"))
            return False
        self._bodies.add(fetched.body_hash)
        self.findings.feeds.append(found_feed(feed, url=fetched.url, found_by=found_by))
        return True

"""Visits to the pages of articles: polite, within bounds, and each with its reason."""

import asyncio
import logging
from collections.abc import Iterable
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta
from typing import Protocol
from urllib.parse import urlsplit

import httpx

from schemas.feeds_source import FeedSource
from schemas.feeds_state import SeenArticle
from schemas.words import PageReason
from services.chassis.clock import Clock
from services.chassis.http import BodyTooLarge, RefusedAddress, read_body
from services.fetcher.adapters.polling.feed_client import shown
from services.fetcher.domain.pages.page import Page
from services.fetcher.domain.pages.visits import Visit
from services.fetcher.domain.polling.hosts import host_of
from services.fetcher.domain.polling.schedule import retry_after

log = logging.getLogger(__name__)

MAX_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_GONE = frozenset({404, 410})
_LATER = frozenset({429, 503})
_ACCEPT = "text/html, application/xhtml+xml;q=0.9, */*;q=0.1"


class PageReader(Protocol):
    """Bytes of a page to its text."""

    async def read(self, body: bytes, *, url: str, content_type: str) -> Page:
        """Return what the page holds."""
        ...


class Robots(Protocol):
    """What sites let us read (RFC 9309)."""

    async def allows(self, url: str) -> bool:
        """Tell whether the address may be read."""
        ...

    async def crawl_delay(self, url: str) -> timedelta | None:
        """Return the gap between requests that the host asks for; None if it asks for none."""
        ...


class Pacer(Protocol):
    """Spaces requests to one host."""

    def turn(self, url: str) -> AbstractAsyncContextManager[None]:
        """Wait for a turn at the host of the address."""
        ...

    def hold(self, servers: Iterable[str], until: datetime) -> None:
        """Leave servers alone until a time that they have named."""
        ...

    def slow_down(self, url: str, gap_s: float) -> None:
        """Leave at least this gap between pages of the host."""
        ...


class ArticlePages:
    """Visits pages over one HTTP client."""

    def __init__(
        self,
        client: httpx.AsyncClient,
        *,
        reader: PageReader,
        robots: Robots,
        pacer: Pacer,
        clock: Clock,
        timeout_s: float,
        max_body_bytes: int,
    ) -> None:
        self._clock = clock
        self._client, self._reader, self._robots, self._pacer = client, reader, robots, pacer
        self._timeout_s, self._max_body_bytes = timeout_s, max_body_bytes

    async def visit(self, url: str, *, source: FeedSource, seen: SeenArticle) -> Visit:
        """Return what a visit comes to. Never raises for what a page or its server does."""
        try:
            async with asyncio.timeout(self._timeout_s):
                return await self._follow(url, _conditions(seen), asks_robots=source.robots)
        except RefusedAddress as error:
            return Visit(PageReason.REFUSED_ADDRESS, detail=str(error))
        except BodyTooLarge as error:
            return Visit(PageReason.TOO_LARGE, detail=str(error))
        except (TimeoutError, httpx.HTTPError, httpx.InvalidURL) as error:
            return Visit(PageReason.UNREACHABLE, detail=f"{type(error).__name__}: {error}")
        except Exception as error:  # no page may stop the feed that links to it
            log.exception("page.visit_failed", extra={"url": shown(url)})
            return Visit(PageReason.FAILED, detail=type(error).__name__)

    async def _may_read(self, url: str) -> bool:
        if delay := await self._robots.crawl_delay(url):
            self._pacer.slow_down(url, delay.total_seconds())
        return await self._robots.allows(url)

    async def _follow(self, url: str, conditions: dict[str, str], *, asks_robots: bool) -> Visit:
        at = url
        for _ in range(MAX_REDIRECTS + 1):
            if asks_robots and not await self._may_read(at):  # at each hop: the next host has rules of its own
                return Visit(PageReason.ROBOTS, detail="robots.txt does not let us")
            async with self._pacer.turn(at), self._client.stream("GET", at, headers={"Accept": _ACCEPT} | conditions) as response:
                if response.status_code not in _REDIRECTS:
                    visit = await self._taken(response, at)
                    break
                target = response.headers.get("location", "").strip()
            at = str(httpx.URL(at).join(target).copy_with(fragment=None))
            if _is_front_page(at) and not _is_front_page(url):
                return Visit(PageReason.GONE, detail="a redirect to the front page")
        else:
            return Visit(PageReason.UNREACHABLE, detail=f"more than {MAX_REDIRECTS} redirects")
        return visit if isinstance(visit, Visit) else await self._read(visit, at)

    async def _taken(self, response: httpx.Response, url: str) -> "Visit | _Document":
        status = response.status_code
        if status == 304:
            return Visit(PageReason.NOT_MODIFIED)
        if status in _GONE:
            return Visit(PageReason.GONE, is_final=status == 410, detail=f"The page is gone (HTTP {status}).")
        if status in _LATER and (wait := retry_after(response.headers.get("retry-after"), now=self._clock.now())):
            self._pacer.hold((host_of(url),), self._clock.now() + wait)
        if status != 200:
            reason = PageReason.BOT_WALL if status in (401, 403, 429) else PageReason.UNREACHABLE
            return Visit(reason, detail=f"HTTP {status}")
        return _Document(response.headers, await read_body(response, limit_bytes=self._max_body_bytes))

    async def _read(self, document: "_Document", url: str) -> Visit:
        """Read outside the host's turn: others need not wait for our work."""
        page = await self._reader.read(document.body, url=url, content_type=document.headers.get("content-type", ""))
        return Visit(page.reason, page, document.headers.get("etag"), document.headers.get("last-modified"), detail=page.notice)


class _Document:
    def __init__(self, headers: httpx.Headers, body: bytes) -> None:
        self.headers, self.body = headers, body


def _conditions(seen: SeenArticle) -> dict[str, str]:
    """Make the request conditional only if the page was read before: a "not modified" says nothing of a page that could not be read."""
    page = seen.page
    if page is None or not page.was_read or page.missing:
        return {}
    conditions = {"If-None-Match": page.etag, "If-Modified-Since": page.last_modified}
    return {name: value for name, value in conditions.items() if value}


def _is_front_page(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path in ("", "/") and not parts.query

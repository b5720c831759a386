"""One visit to a feed: a conditional GET, redirects followed by hand, the body within its cap, and every failure with its reason."""

import asyncio
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Protocol
from urllib.parse import urlsplit

import httpx

from schemas.words import PollReason
from services.chassis.http import BodyTooLarge, DnsError, RefusedAddress, TlsError, read_body
from services.fetcher.adapters.feeds.feed_errors import FeedError
from services.fetcher.domain.polling.bot_walls import HEAD_BYTES, is_bot_wall, is_html
from services.fetcher.domain.polling.freshness import fresh_for_s
from services.fetcher.domain.polling.hosts import host_of
from services.fetcher.domain.polling.polls import Validators
from services.fetcher.domain.polling.redirects import REDIRECTS, Hop, Journey
from services.fetcher.domain.polling.schedule import http_date, retry_after

MAX_REDIRECTS = 5
_ACCEPT = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml, "
    "application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1"
)
_SAYS_WAIT = frozenset({429, 503})
_MAY_BE_WALL = frozenset({401, 403, 405, 429, 503})
_WALL_PATIENCE_S = 5.0
_NOTHING_SENT = Validators()


@dataclass(frozen=True)
class Fetched:
    """A document, or word that it has not changed.

    Attributes:
        url: Where it was found, after redirects.
        body: None if it was not modified.
        journey: The way there; None if it was not asked for but pushed.
        links: The Link header (RFC 8288), all of them joined by commas; empty if there is none.
        fresh_for_s: Seconds for which the server says that nothing will change; None if it does not.
    """

    url: str
    validators: Validators
    body: bytes | None = None
    content_type: str = ""
    journey: Journey | None = None
    links: str = ""
    fresh_for_s: float | None = None

    @property
    def body_hash(self) -> str:
        """SHA-256 of the body, hex."""
        return hashlib.sha256(self.body or b"").hexdigest()


class Holds(Protocol):
    """Which servers have asked to be left alone."""

    def held_until(self, servers: Iterable[str]) -> datetime | None:
        """Return until when one of these is not to be asked; None if all may be."""
        ...


class FeedClient:
    """Fetches feeds over one HTTP client."""

    def __init__(self, client: httpx.AsyncClient, *, timeout_s: float, max_body_bytes: int, holds: Holds | None = None) -> None:
        self._client = client
        self._timeout_s = timeout_s
        self.max_body_bytes = max_body_bytes
        self._holds = holds

    async def fetch(self, url: str, *, validators: Validators, now: datetime) -> Fetched:
        """Return what is at the address now.

        Args:
            validators: Sent back as they came; the answer is "not modified" only if there are any.
            now: To turn a Retry-After date into a wait.

        Raises:
            FeedError: With the reason, for everything that is not a document or "not modified".
        """
        hops: list[Hop] = []
        try:
            async with asyncio.timeout(self._timeout_s):
                return await self._follow(url, validators, now, hops)
        except TimeoutError as error:
            raise FeedError(PollReason.TIMEOUT, f"not read within {self._timeout_s:g} s", journey=Journey(url, tuple(hops))) from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise _feed_error(error, Journey(url, tuple(hops))) from error

    async def _follow(self, url: str, validators: Validators, now: datetime, hops: list[Hop]) -> Fetched:
        at = url
        for _ in range(MAX_REDIRECTS + 1):
            self._check_hold(at, now, Journey(url, tuple(hops)))
            async with self._client.stream("GET", _url(at), headers=_headers(validators)) as response:
                if response.status_code not in REDIRECTS:
                    return await self._read(response, Journey(url, tuple(hops)), validators, now)
                hops.append(_next_hop(response, at, Journey(url, tuple(hops))))
                at = hops[-1].to
        raise FeedError(PollReason.REDIRECT, f"more than {MAX_REDIRECTS} redirects", journey=Journey(url, tuple(hops)))

    def _check_hold(self, at: str, now: datetime, journey: Journey) -> None:
        """A redirect may lead to a server that has just told another feed to come back later."""
        if self._holds and journey.hops and (until := self._holds.held_until((host_of(at),))):
            detail = f"leads to {host_of(at)}, which has asked to come back later"
            raise FeedError(PollReason.RATE_LIMITED, detail, retry_after=until - now, journey=journey)

    async def _read(self, response: httpx.Response, journey: Journey, sent: Validators, now: datetime) -> Fetched:
        headers = response.headers
        found = Validators(headers.get("etag"), headers.get("last-modified"))
        fresh_s = fresh_for_s(
            cache_control=headers.get("cache-control", ""),
            expires=headers.get("expires", ""),
            date=headers.get("date", ""),
            age=headers.get("age", ""),
        )
        links = headers.get("link", "")
        if response.status_code == 304 and sent != _NOTHING_SENT:
            return Fetched(journey.end, found, journey=journey, links=links, fresh_for_s=fresh_s)
        if response.status_code != 200:
            raise await _refusal(response, journey, now)
        body = await read_body(response, limit_bytes=self.max_body_bytes)
        if is_html(body) and is_bot_wall(headers, body):
            raise FeedError(PollReason.BOT_WALL, "a challenge page in place of the feed", journey=journey)
        return Fetched(journey.end, found, body, headers.get("content-type", ""), journey, links, fresh_s)


@lru_cache(maxsize=20_000)
def _url(text: str) -> httpx.URL:
    """Return an address taken apart; that takes as long as a tenth of the request, and feeds keep theirs."""
    return httpx.URL(text)


def _headers(validators: Validators) -> dict[str, str]:
    conditions = {"If-None-Match": validators.etag, "If-Modified-Since": validators.last_modified}
    return {"Accept": _ACCEPT} | {name: value for name, value in conditions.items() if value}


def _next_hop(response: httpx.Response, url: str, journey: Journey) -> Hop:
    location = response.headers.get("location", "").strip()
    if not location:
        raise FeedError(PollReason.REDIRECT, f"HTTP {response.status_code} without a place to go to", journey=journey)
    target = str(httpx.URL(url).join(location).copy_with(fragment=None))
    if target == url or target == journey.asked or any(target == hop.to for hop in journey.hops):
        what = "a redirect to itself" if target == url else "redirects in a circle"
        raise FeedError(PollReason.REDIRECT, what, journey=journey)
    return Hop(response.status_code, url, target)


async def _refusal(response: httpx.Response, journey: Journey, now: datetime) -> FeedError:
    status = response.status_code
    detail = f"HTTP {status} {response.reason_phrase}".strip()
    if status < 400:
        detail = f"HTTP {status} in place of a document"
    asked = None
    if status in _SAYS_WAIT:
        asked = retry_after(response.headers.get("retry-after"), now=now, server_now=http_date(response.headers.get("date")))
    if is_bot_wall(response.headers, b"") or (asked is None and status in _MAY_BE_WALL and await _has_wall(response)):
        return FeedError(PollReason.BOT_WALL, f"{detail}: a challenge or block page", retry_after=asked, journey=journey)
    return FeedError(_reason_of(status), detail, retry_after=asked, journey=journey)


def _reason_of(status: int) -> PollReason:
    if status == 429:
        return PollReason.RATE_LIMITED
    if status == 410:
        return PollReason.GONE
    return PollReason.HTTP_5XX if status >= 500 else PollReason.HTTP_4XX


async def _has_wall(response: httpx.Response) -> bool:
    """Look at what a refusal says; if that takes long, is long or broken, its status says enough."""
    try:
        async with asyncio.timeout(_WALL_PATIENCE_S):
            body = await read_body(response, limit_bytes=HEAD_BYTES)
    except (httpx.HTTPError, TimeoutError):
        return False
    return is_bot_wall(response.headers, body)


_REASONS: tuple[tuple[type[Exception], PollReason], ...] = (
    (RefusedAddress, PollReason.REFUSED_ADDRESS),
    (BodyTooLarge, PollReason.TOO_LARGE),
    (httpx.DecodingError, PollReason.BAD_ENCODING),
    (DnsError, PollReason.DNS),
    (TlsError, PollReason.TLS),
    (httpx.TimeoutException, PollReason.TIMEOUT),
    (httpx.InvalidURL, PollReason.REDIRECT),
    (httpx.UnsupportedProtocol, PollReason.REDIRECT),
)


def _feed_error(error: Exception, journey: Journey) -> FeedError:
    reason = next((reason for kind, reason in _REASONS if isinstance(error, kind)), PollReason.CONNECT)
    return FeedError(reason, str(error) or type(error).__name__, journey=journey)


def shown(url: str) -> str:
    """Return an address for logs: without query, which may hold a key."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"

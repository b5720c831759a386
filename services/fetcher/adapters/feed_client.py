"""One visit to a feed: a conditional GET, redirects followed by hand, the body within its cap, and every failure with its reason."""

import asyncio
import hashlib
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

import httpx

from schemas.words import PollReason
from services.chassis.http import BodyTooLarge, DnsError, RefusedAddress, TlsError, read_body
from services.fetcher.adapters.feed_errors import FeedError
from services.fetcher.domain.polls import Validators
from services.fetcher.domain.schedule import retry_after

MAX_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_ACCEPT = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml, "
    "application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1"
)


@dataclass(frozen=True)
class Fetched:
    """A document, or word that it has not changed.

    Attributes:
        body: None if it was not modified.
        url: Where it was found, after redirects.
    """

    url: str
    validators: Validators
    body: bytes | None = None
    content_type: str = ""

    @property
    def body_hash(self) -> str:
        """SHA-256 of the body, hex."""
        return hashlib.sha256(self.body or b"").hexdigest()


class FeedClient:
    """Fetches feeds over one HTTP client."""

    def __init__(self, client: httpx.AsyncClient, *, timeout_s: float, max_body_bytes: int) -> None:
        self._client = client
        self._timeout_s = timeout_s
        self._max_body_bytes = max_body_bytes

    async def fetch(self, url: str, *, validators: Validators, now: datetime) -> Fetched:
        """Return what is at the address now.

        Args:
            validators: Sent back as they came; the answer is "not modified" only if there are any.
            now: To turn a Retry-After date into a wait.

        Raises:
            FeedError: With the reason, for everything that is not a document or "not modified".
        """
        try:
            async with asyncio.timeout(self._timeout_s):
                return await self._follow(url, validators, now)
        except TimeoutError as error:
            raise FeedError(PollReason.TIMEOUT, f"not read within {self._timeout_s:g} s") from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise _feed_error(error) from error

    async def _follow(self, url: str, validators: Validators, now: datetime) -> Fetched:
        at = url
        for _ in range(MAX_REDIRECTS + 1):
            async with self._client.stream("GET", at, headers=_headers(validators)) as response:
                if response.status_code not in _REDIRECTS:
                    return await self._read(response, at, validators, now)
                at = _next_hop(response, at)
        raise FeedError(PollReason.REDIRECT, f"more than {MAX_REDIRECTS} redirects")

    async def _read(self, response: httpx.Response, url: str, sent: Validators, now: datetime) -> Fetched:
        found = Validators(response.headers.get("etag"), response.headers.get("last-modified"))
        if response.status_code == 304 and (sent.etag or sent.last_modified):
            return Fetched(url, found)
        if response.status_code != 200:
            raise _refusal(response, now)
        body = await read_body(response, limit_bytes=self._max_body_bytes)
        return Fetched(url, found, body, response.headers.get("content-type", ""))


def _headers(validators: Validators) -> dict[str, str]:
    conditions = {"If-None-Match": validators.etag, "If-Modified-Since": validators.last_modified}
    return {"Accept": _ACCEPT} | {name: value for name, value in conditions.items() if value}


def _next_hop(response: httpx.Response, url: str) -> str:
    location = response.headers.get("location", "").strip()
    if not location:
        raise FeedError(PollReason.REDIRECT, f"HTTP {response.status_code} without a place to go to")
    target = str(httpx.URL(url).join(location).copy_with(fragment=None))
    if target == url:
        raise FeedError(PollReason.REDIRECT, "a redirect to itself")
    return target


def _refusal(response: httpx.Response, now: datetime) -> FeedError:
    status = response.status_code
    asked = retry_after(response.headers.get("retry-after"), now=now) if status in (429, 503) else None
    reason = PollReason.RATE_LIMITED if status == 429 else PollReason.HTTP_5XX if status >= 500 else PollReason.HTTP_4XX
    detail = f"HTTP {status} {response.reason_phrase}".strip()
    return FeedError(reason, detail if status >= 400 else f"HTTP {status} in place of a document", retry_after=asked)


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


def _feed_error(error: Exception) -> FeedError:
    reason = next((reason for kind, reason in _REASONS if isinstance(error, kind)), PollReason.CONNECT)
    return FeedError(reason, str(error) or type(error).__name__)


def shown(url: str) -> str:
    """Return an address for logs: without query, which may hold a key."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"

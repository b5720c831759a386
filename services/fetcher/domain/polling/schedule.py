"""When a feed may be polled again."""

import hashlib
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache

BACKOFF_CAP = timedelta(hours=6)
"""Longest wait after failures alone, unless the feed's own interval is longer. A broken feed is never given up."""
GONE_CAP = timedelta(days=1)
"""The same for a feed that its server calls gone for good (HTTP 410): servers err, and addresses come back."""
RETRY_AFTER_CAP = timedelta(days=1)
"""Longest wait that a server's Retry-After makes: some name years."""
JITTER = 0.1
"""Feeds of one interval are spread over this share of it, each always by the same amount."""


@lru_cache(maxsize=20_000)
def jitter_of(feed_id: str) -> float:
    """Return a number from 0 to below 1 that is the feed's own."""
    return int.from_bytes(hashlib.sha256(feed_id.encode()).digest()[:4]) / 2**32


def retry_after(header: str | None, *, now: datetime, server_now: datetime | None = None) -> timedelta | None:
    """Return the wait a server asked for, in seconds or until a date (RFC 9110, 10.2.3); None if it asked for none that can be read.

    Args:
        server_now: The time by the server's own clock (its Date header), if it said so: a date is meant by that clock.
    """
    text = (header or "").strip()
    if text.isascii() and text.isdecimal():
        return timedelta(seconds=min(int(text[:12]), RETRY_AFTER_CAP.total_seconds()))
    moment = http_date(text)
    if moment is None:
        return None
    return min(max(timedelta(0), moment - now, moment - (server_now or now)), RETRY_AFTER_CAP)


def http_date(text: str | None) -> datetime | None:
    """Return the date of an HTTP header, aware; None if it cannot be read."""
    try:
        moment = parsedate_to_datetime((text or "").strip())
    except (ValueError, OverflowError, IndexError):
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment


def back_off(interval: timedelta, *, failures: int, cap: timedelta = BACKOFF_CAP) -> timedelta:
    """Return the wait after so many failures in a row: each doubles it, up to the cap or the interval itself, whichever is longer."""
    if interval >= cap:
        return interval
    doubled: timedelta = interval * 2 ** min(failures, 30)
    return min(doubled, cap)


def waited(wait: timedelta, *, feed_id: str) -> timedelta:
    """Return a wait with the feed's own jitter on top: never shorter."""
    return wait * (1 + JITTER * jitter_of(feed_id))

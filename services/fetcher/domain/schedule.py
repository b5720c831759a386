"""When a feed may be polled again."""

import hashlib
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

BACKOFF_CAP = timedelta(hours=6)
"""Longest wait after failures alone, unless the feed's own interval is longer. A broken feed is never given up."""
RETRY_AFTER_CAP = timedelta(days=1)
JITTER = 0.1
"""Feeds of one interval are spread over this share of it, each always by the same amount."""


def jitter_of(feed_id: str) -> float:
    """Return a number from 0 to below 1 that is the feed's own."""
    return int.from_bytes(hashlib.sha256(feed_id.encode()).digest()[:4]) / 2**32


def retry_after(header: str | None, *, now: datetime) -> timedelta | None:
    """Return the wait a server asked for, in seconds or until a date (RFC 9110, 10.2.3); None if it asked for none that can be read."""
    text = (header or "").strip()
    if text.isdecimal():
        return timedelta(seconds=min(int(text), RETRY_AFTER_CAP.total_seconds()))
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError, IndexError):
        return None
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
    return max(timedelta(0), moment - now)


def next_poll_at(now: datetime, *, feed_id: str, interval: timedelta, failures: int, retry_after: timedelta | None = None) -> datetime:
    """Return the earliest time a feed may be polled again.

    Args:
        now: End of the last poll, UTC.
        failures: Consecutive failed polls; 0 after a success. Each doubles the interval, up to the cap.
        retry_after: Wait the server asked for; it wins over a shorter one, and is cut at a day.

    Raises:
        ValueError: If ``now`` is naive.
    """
    if now.tzinfo is None:
        raise ValueError("now must be aware")
    wait = min(interval * 2 ** min(failures, 30), max(BACKOFF_CAP, interval)) if interval < BACKOFF_CAP else interval
    wait = max(wait, min(retry_after or timedelta(0), RETRY_AFTER_CAP))
    return now + wait * (1 + JITTER * jitter_of(feed_id))

"""When we have lost sight of a feed, and when we have it back: "no news" told apart from "cannot see"."""

from datetime import datetime, timedelta

from schemas.feeds_health import SourceHealth
from schemas.feeds_source import FeedSource
from schemas.feeds_state import FeedState
from schemas.ids import derived_id
from schemas.words import HealthChange
from services.fetcher.domain.polling.rhythm import interval

UNREAD_AT_LEAST = timedelta(hours=1)
UNREAD_INTERVALS = 3
QUIET_AT_LEAST = timedelta(days=7)
QUIET_GAPS = 20
FAILURES_AT_LEAST = 2
"""One failure after a long rest (a night, a stop of ours) says nothing yet, unless the server has barred us."""


def quiet_limit(source: FeedSource, gap_s: float | None) -> timedelta:
    """Return how long a feed may stay the same, byte for byte, before that says something."""
    if source.quiet_after_s is not None:
        return timedelta(seconds=source.quiet_after_s)
    return max(QUIET_AT_LEAST, timedelta(seconds=min(QUIET_GAPS * (gap_s or 0.0), timedelta(days=3650).total_seconds())))


def quiet_since(source: FeedSource, state: FeedState, now: datetime) -> datetime | None:
    """Return since when a feed is the same byte for byte, if that is too long; else None."""
    since = state.rhythm.changed_at
    return since if since and now - since > quiet_limit(source, state.rhythm.gap_s) else None


def unread_since(source: FeedSource, state: FeedState, now: datetime, *, is_held: bool = False) -> datetime | None:
    """Return since when a feed could not be read, if that is too long; else None.

    Args:
        is_held: It is not asked at present because its server has barred us.
    """
    read_at = [at for at in (state.last_success_at, state.rhythm.changed_at) if at]  # a push changes it without a poll
    since = max(read_at, default=state.first_poll_at)
    is_barred = is_held or (state.blocked_until is not None and state.blocked_until > now)
    if since is None or not (state.failures >= FAILURES_AT_LEAST or is_barred):
        return None
    limit = max(UNREAD_AT_LEAST, UNREAD_INTERVALS * interval(source, state.rhythm, now=since))
    return since if now - since > limit else None


def stale_since(source: FeedSource, state: FeedState, now: datetime, *, before: datetime | None, is_held: bool = False) -> datetime | None:
    """Return since when a feed is out of sight; None if it is seen.

    Args:
        before: Since when it was before. Only a read ends that, and a spell keeps its beginning, whatever its causes become.
        is_held: See ``unread_since``.
    """
    since = quiet_since(source, state, now) or unread_since(source, state, now, is_held=is_held)
    if before and (since or state.failures):
        return before
    return since


def change(source: FeedSource, before: datetime | None, after: FeedState, *, failures_before: int, at: datetime) -> SourceHealth | None:
    """Return what is to be told of a feed, if its sight changed.

    Args:
        before: Since when it was stale before.
        after: Its state now.
        failures_before: Failed polls in a row before this one.
    """
    if (before is None) == (after.stale_since is None):
        return None
    is_stale = after.stale_since is not None
    return SourceHealth(
        feed_id=source.feed_id,
        outlet=source.outlet,
        change=HealthChange.STALE if is_stale else HealthChange.RECOVERED,
        reason=after.last_poll.reason,
        detail=after.last_poll.detail,
        since=after.stale_since or before or at,
        at=at,
        failures=after.failures if is_stale else failures_before,
    )


def event_id(told: SourceHealth) -> str:
    """Return the id of the event: the same however often the same change is told."""
    return derived_id("source-health", told.feed_id, told.change.value, told.since.isoformat())

"""How much of the world is in sight: tells "no news" apart from "cannot see"."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from enum import StrEnum

from schemas.feeds_source import FeedSource
from schemas.feeds_state import PollReport
from schemas.record import Record, Slug, UtcDatetime
from schemas.words import FeedWarning, PollReason

OVERDUE = timedelta(hours=1)
"""A feed whose poll is due for longer than this is polled by nobody: the fetcher is away, or cannot follow."""


class FeedHealth(Record):
    """What is kept here of a feed's state (``feeds.state.v1``): all but the articles it has brought, which are most of it."""

    feed_id: Slug
    """Key of the record."""
    failures: int = 0
    """Failed polls in a row."""
    next_poll_at: UtcDatetime
    """Earliest time of the next poll."""
    last_success_at: UtcDatetime | None = None
    """When a poll last read the feed or found it unchanged."""
    last_poll: PollReport
    """The latest poll."""
    resolved_url: str | None = None
    """Address that is polled in place of the source's."""
    warnings: tuple[FeedWarning, ...] = ()
    """What an operator should know of the feed."""
    blocked_until: UtcDatetime | None = None
    """Earliest time that its server has named for coming back."""
    stale_since: UtcDatetime | None = None
    """Since when the feed is out of sight."""


class Says(StrEnum):
    """How far silence can be trusted."""

    ALL = "all"
    """Every feed is in sight: no news is no news."""
    PARTIAL = "partial"
    """Some are not."""
    NONE = "none"
    """None is, or there is none: silence says nothing."""


class Sight(Record):
    """What of the world is seen at present."""

    feeds: int
    """Feeds that are to be polled; archives and paused ones left out."""
    stale: int
    """Of these, feeds out of sight: stale, never read so far, or polled by nobody."""
    says: Says
    """How far silence can be trusted."""


class SourceSight(Record):
    """One feed, and whether it is seen."""

    feed_id: Slug
    """Key of the feed."""
    outlet: str
    """Who publishes it."""
    url: str
    """Address in the source."""
    paused: bool
    """True: nobody is meant to look."""
    in_sight: bool
    """False: its silence says nothing."""
    stale_since: UtcDatetime | None = None
    """Since when it is out of sight; None: it is in sight, or has never been."""
    reason: PollReason | None = None
    """How its last poll ended; None: it was never polled."""
    detail: str = ""
    """One line for a person."""
    failures: int = 0
    """Failed polls in a row."""
    last_success_at: UtcDatetime | None = None
    """When it was last read."""
    last_poll_at: UtcDatetime | None = None
    """When it was last asked."""
    next_poll_at: UtcDatetime | None = None
    """When it is to be asked next."""
    blocked_until: UtcDatetime | None = None
    """Earliest time that its server has named for coming back."""
    resolved_url: str | None = None
    """Address that is polled in place of the source's, after it moved."""
    warnings: tuple[FeedWarning, ...] = ()
    """What an operator should know of it."""


def is_in_sight(source: FeedSource, health: FeedHealth | None, now: datetime) -> bool:
    """Tell whether the silence of a feed says anything."""
    if source.paused or health is None or health.last_success_at is None or health.stale_since is not None:
        return False
    return now <= health.next_poll_at + OVERDUE


def sight_of(sources: Iterable[FeedSource], health_of: Callable[[str], FeedHealth | None], *, now: datetime) -> Sight:
    """Return how much is in sight. Feeds that nobody means to look at do not count."""
    watched = [source for source in sources if not source.paused and not source.backfill]
    stale = sum(not is_in_sight(source, health_of(source.feed_id), now) for source in watched)
    says = Says.NONE if stale == len(watched) else Says.PARTIAL if stale else Says.ALL
    return Sight(feeds=len(watched), stale=stale, says=says)


def source_sight(source: FeedSource, health: FeedHealth | None, *, now: datetime) -> SourceSight:
    """Return one feed, and whether it is seen."""
    shown = SourceSight(
        feed_id=source.feed_id,
        outlet=source.outlet.name,
        url=str(source.url),
        paused=source.paused,
        in_sight=is_in_sight(source, health, now),
    )
    if health is None:
        return shown
    kept = ("stale_since", "failures", "last_success_at", "next_poll_at", "blocked_until", "resolved_url", "warnings")
    poll = {"reason": health.last_poll.reason, "detail": health.last_poll.detail, "last_poll_at": health.last_poll.at}
    return shown.model_copy(update={name: getattr(health, name) for name in kept} | poll)

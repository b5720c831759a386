"""``feeds.health.v1``: when we lost sight of a feed and when we got it back. Written by the fetcher.

Tells "no news" apart from "cannot see": a watch whose feeds are stale says less than its silence seems to.
"""

from pydantic import Field

from schemas.feeds_source import Outlet
from schemas.record import Record, Slug, UtcDatetime
from schemas.topic import Topic
from schemas.words import HealthChange, PollReason


class SourceHealth(Record):
    """A feed went stale, or recovered: what ``change`` says."""

    feed_id: Slug
    """Key of the record."""
    outlet: Outlet
    """Who publishes it."""
    change: HealthChange
    """What happened."""
    reason: PollReason
    """How the poll ended that showed it."""
    detail: str = ""
    """One line for a person. Never a secret, never a query string."""
    since: UtcDatetime
    """Since when it has not been seen; in a recovery: had not been."""
    at: UtcDatetime
    """When this was found."""
    failures: int = Field(0, ge=0)
    """Failed polls in a row; in a recovery: that had gone before."""


TOPIC = Topic(
    name="feeds.health.v1",
    key="feed id",
    clean_up="delete",
    value=SourceHealth,
    event_type="claimwatch.source.health",
    writers=("fetcher",),
    readers=("alerter", "downstream"),
)

"""``feeds.state.v1``: how the last poll of each feed went, and what is due next. Written and read back by the fetcher."""

from pydantic import Field

from schemas.record import Record, Slug, UtcDatetime
from schemas.topic import Topic
from schemas.words import PollReason


class PollReport(Record):
    """What one poll did."""

    at: UtcDatetime
    """When the poll was made."""
    reason: PollReason
    """How it ended."""
    detail: str = ""
    """One line for a person: what happened and where. Never a secret, never a query string."""
    entries: int = Field(0, ge=0)
    """Entries found in the document."""
    published: int = Field(0, ge=0)
    """Articles, new versions and withdrawals published by this poll."""
    dropped: dict[str, int] = Field(default_factory=dict)
    """Entries that could not be used, counted by reason."""


class SeenArticle(Record):
    """What was published of one article of the feed."""

    article_id: str
    """Derives from the canonical URL."""
    version: str
    """Content version last published."""
    first_seen_at: UtcDatetime
    """When the article was first seen, whatever date it bears."""
    last_listed_at: UtcDatetime
    """When it was last in the feed; the oldest are forgotten first."""
    guid: str = ""
    """Identifier in the feed where that is not its address; a withdrawal may name it."""


class FeedState(Record):
    """State of one feed, enough for another fetcher to go on where this one stopped."""

    feed_id: Slug
    """Key of the record."""
    url: str
    """Address that was polled; another address in the source starts afresh."""
    etag: str | None = None
    """Validator as the server sent it, opaque (RFC 9110, 8.8.3)."""
    last_modified: str | None = None
    """Date as the server sent it, echoed verbatim (RFC 9110, 8.8.2)."""
    body_hash: str | None = None
    """SHA-256 of the last body read, hex."""
    polls: int = Field(0, ge=0)
    """Polls made in all."""
    failures: int = Field(0, ge=0)
    """Failed polls in a row; 0 after a success."""
    next_poll_at: UtcDatetime
    """Earliest time of the next poll; holds across restarts."""
    last_success_at: UtcDatetime | None = None
    """When a poll last read the feed or found it unchanged."""
    last_poll: PollReport
    """The latest poll."""
    seen: tuple[SeenArticle, ...] = ()
    """Articles published from this feed, for versions and first-seen times."""


TOPIC = Topic(
    name="feeds.state.v1",
    key="feed id",
    clean_up="compact",
    value=FeedState,
    event_type="claimwatch.feed.state",
    writers=("fetcher",),
    readers=("fetcher", "alerter"),
)

"""``feeds.state.v1``: how the last poll of each feed went, and what is due next. Written and read back by the fetcher."""

from pydantic import Field

from schemas.record import Record, Slug, UtcDatetime
from schemas.topic import Topic
from schemas.words import FeedWarning, PageReason, PollReason


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


class PageVisit(Record):
    """What the last visit to an article's page came to."""

    at: UtcDatetime
    """When it was visited."""
    reason: PageReason
    """How the visit ended."""
    visits: int = Field(1, ge=1)
    """Visits in all: each waits longer for the next."""
    was_read: bool = False
    """True: its text has been read once, so that its disappearance says something."""
    missing: int = Field(0, ge=0)
    """Visits in a row that found it gone; a withdrawal takes more than one."""
    etag: str | None = None
    """Validator as the server sent it."""
    last_modified: str | None = None
    """Date as the server sent it."""


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
    digest: str = ""
    """Names the entry as it stood in the feed, byte for byte; an entry that is the same need not be read again."""
    feed_version: str = ""
    """Content version of what the feed alone said, where the published version rests on the page too; else empty."""
    place: str = ""
    """Where the last version is in ``news.article.v1``, "partition:offset": from there it is read back to say what an edit changed."""
    url: str = ""
    """Address of its page, where that is still to be visited; else empty."""
    page: PageVisit | None = None
    """Last visit to its page; None if there was none."""


class HubState(Record):
    """A WebSub subscription (W3C Recommendation of 2018). Its secret is nowhere on a topic."""

    hub: str
    """Address of the hub, as the feed names it."""
    topic: str
    """Address of the feed at the hub: its rel="self"."""
    requested_at: UtcDatetime | None = None
    """When a subscription was last asked for."""
    lease_until: UtcDatetime | None = None
    """Until when the hub pushes; None: not verified yet."""
    pushes: int = Field(0, ge=0)
    """Valid pushes received."""
    missed: int = Field(0, ge=0)
    """Times in a row that polling found what had not been pushed."""
    missed_at: UtcDatetime | None = None
    """When polling last did; a push that comes right after it was only a little later."""
    ask_at: UtcDatetime | None = None
    """When the subscription is asked for next: well before the lease ends, or after a back-off; None: at once."""
    unanswered: int = Field(0, ge=0)
    """Requests in a row that no verification has followed; 0: the subscription stands."""
    since: UtcDatetime | None = None
    """Since when it pushes without a break: what came earlier cannot have been pushed. None: not verified yet."""
    pinged_at: UtcDatetime | None = None
    """When the hub, without a signature, last said that there is news; None: it never has."""
    callback: str = ""
    """Names the callback address that was given to the hub, without giving it away; another address is subscribed anew."""


class SeenMove(Record):
    """A permanent redirect (301, 308) that the feed's address answers with."""

    to: str
    """Where it leads."""
    polls: int = Field(1, ge=1)
    """Polls in a row that were led there and found a feed."""


class Rhythm(Record):
    """How often the feed brings something, and how often its server wants to be asked."""

    changed_at: UtcDatetime | None = None
    """When its bytes were last seen to differ from those before."""
    gap_s: float | None = Field(None, ge=0)
    """Usual seconds between its newest entries; None: not known yet."""
    asked_s: float | None = Field(None, ge=0)
    """Seconds between polls that the feed or its server asks for (ttl, sy:updatePeriod, Cache-Control); None: says nothing."""
    skip_hours: tuple[int, ...] = ()
    """Hours of the day, UTC, in which it need not be asked (RSS skipHours)."""
    skip_days: tuple[int, ...] = ()
    """Days of the week, Monday is 0, on which it need not be asked (RSS skipDays)."""


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
    resolved_url: str | None = None
    """Address that is polled in place of the source's, after a permanent redirect was seen often enough; None: the source's own."""
    move: SeenMove | None = None
    """Permanent redirect that is being watched; None: there is none."""
    warnings: tuple[FeedWarning, ...] = ()
    """What an operator should know of the feed."""
    rhythm: Rhythm = Rhythm()
    """How often it brings something."""
    blocked_until: UtcDatetime | None = None
    """Earliest time that the server has named for coming back (Retry-After); None: it has named none. Holds across restarts."""
    blocked_host: str = ""
    """Host and port whose answer named it: the other feeds there are held too; empty if none did."""
    doubts_validators: bool = False
    """True: new articles came under the validators of the old document, so the feed is asked for whole from then on."""
    first_poll_at: UtcDatetime | None = None
    """When this address was first polled; one that was never read is unseen since then."""
    stale_since: UtcDatetime | None = None
    """Since when the feed is not seen, or says nothing; None: it is seen."""
    hub: HubState | None = None
    """Its WebSub subscription; None: it has none."""
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

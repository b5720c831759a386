"""``feeds.source.v1``: which feeds are polled, and who publishes them. Written by operators, read by the fetcher."""

from pydantic import AnyHttpUrl, Field

from schemas.record import Record, Slug
from schemas.topic import Topic
from schemas.words import OutletKind


class Outlet(Record):
    """A publisher. Evidence in an outlet's own voice is independent by family, never by outlet."""

    name: str = Field(min_length=1)
    """Name as readers know it, e.g. "Albion Times"."""
    domain: str = ""
    """Host of its site, without "www."; empty if unknown."""
    family: str = ""
    """Owner: outlets of one family are one origin. Empty means the outlet is a family of its own."""
    kind: OutletKind = OutletKind.UNKNOWN
    """Sort of publisher; satire never counts as evidence."""
    country: str = ""
    """ISO 3166-1 alpha-2 code; empty if unknown."""
    aliases: tuple[str, ...] = ()
    """Other names it goes by in credit lines, e.g. "CPA"."""

    @property
    def origin_family(self) -> str:
        """The family that counts as origin: the owner, else the outlet itself."""
        return self.family or self.name


class FeedSource(Record):
    """A feed to poll. A record without value (tombstone) ends the polling."""

    feed_id: Slug
    """Key of the record."""
    url: AnyHttpUrl
    """Address of the feed."""
    outlet: Outlet
    """Who publishes it."""
    poll_interval_s: float = Field(900, gt=0)
    """Seconds between polls of a healthy feed; failures make it longer."""
    paused: bool = False
    """True: not polled, and its outlet stays known."""
    backfill: bool = False
    """True: an archive. Its articles are flagged as back-fill and never notify anybody."""


TOPIC = Topic(
    name="feeds.source.v1",
    key="feed id",
    clean_up="compact",
    value=FeedSource,
    event_type="claimwatch.feed.source",
    writers=("operator", "alerter"),
    readers=("fetcher", "classifier"),
)

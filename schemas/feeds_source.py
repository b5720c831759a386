"""``feeds.source.v1``: which feeds are polled, and who publishes them. Written by operators, read by the fetcher."""

from pydantic import AnyHttpUrl, Field

from schemas.record import Record, Slug
from schemas.topic import Topic
from schemas.words import OutletKind, PageUse


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
    owner: str = ""
    """Who owns it, for people; what counts as one origin is ``family``."""
    state: str = ""
    """State that owns or directs it, by name ("Russia"): its own voice is then that state's, as an interested party; empty if none."""
    interests: tuple[str, ...] = ()
    """Parties on whose behalf it speaks, by name: where one of them is interested in a claim, so is the outlet."""
    language: str = ""
    """BCP 47 tag of what it publishes, where feeds and pages do not say; empty if unknown."""

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
    max_poll_interval_s: float | None = Field(None, gt=0)
    """Longest gap to which its own rhythm and its wishes (ttl, skipHours, Cache-Control) may stretch it; None: four intervals."""
    tags: tuple[str, ...] = ()
    """Folders of the list it came from, e.g. "World/Asia"; for people and filters."""
    group: str = ""
    """Feeds of one group are one server to us (a hosting platform): what it answers to one about coming back later holds for all."""
    pages: PageUse = PageUse.WHEN_NEEDED
    """Whether the articles' own pages are read."""
    robots: bool = True
    """False: pages are read whatever robots.txt says, by agreement with the publisher."""
    websub: bool = True
    """False: a hub that the feed names is not used."""
    quiet_after_s: float | None = Field(None, gt=0)
    """Seconds without any change in the feed after which it counts as stale; None: by its own rhythm, a week at least."""
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

"""What makes an address look like a feed's, and what a found feed is worth."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from urllib.parse import urljoin, urlsplit

from services.fetcher.domain.feeds.entries import Entry, ParsedFeed

FEED_TYPES = frozenset(
    {
        "application/rss+xml",
        "application/atom+xml",
        "application/feed+json",
        "application/rdf+xml",
        "application/rss",
        "application/atom",
        "application/x-rss+xml",
        "text/rss",
        "text/rss+xml",
        "text/atom+xml",
        "application/xml",
        "text/xml",
    }
)
"""Types under which sites announce feeds. Not application/json: that is as a rule an interface for programs."""
WELL_KNOWN = ("feed", "rss", "rss.xml", "atom.xml", "feed.xml", "index.xml", "feed.json")
"""Where feeds stand that nobody announces, the most usual first."""
_LOOKS_LIKE_FEED = re.compile(
    r"/(?:rss|atom|feeds?|rdf)[\d.]{0,4}(?:/|$)|[/_.-](?:rss|atom|feeds?|rdf)[^/]{0,20}\.(?:xml|json|php|aspx)$|\.(?:rss|atom|rdf)$",
    re.IGNORECASE,
)
_FEED_HOST = re.compile(r"^(?:feeds?|rss)\d?\.", re.IGNORECASE)
FULL_TEXT_CHARS = 800
"""A summary is rarely as long, and the shortest reports are longer."""


class FoundBy(StrEnum):
    """Why an address was tried."""

    ITSELF = "itself"
    DECLARED = "declared"
    """The page names it (rel="alternate" or "feed")."""
    LINKED = "linked"
    """The page links to it, and the address looks like a feed's."""
    GUESSED = "guessed"
    """Feeds often stand there."""
    SITEMAP = "sitemap"
    """robots.txt names it."""


@dataclass(frozen=True)
class FoundFeed:
    """A feed that was fetched and read."""

    url: str
    found_by: FoundBy
    form: str
    title: str
    entries: int
    newest_at: datetime | None
    """Date of its newest entry; None if none bears one."""
    full_text: bool
    """Most entries carry the whole text."""
    hub: str
    """WebSub hub that it names; empty if none."""


def found_feed(feed: ParsedFeed, *, url: str, found_by: FoundBy) -> FoundFeed:
    """Return what is to be told of a feed."""
    dates = [date for entry in feed.entries if (date := entry.published_at or entry.updated_at)]
    return FoundFeed(
        url=url,
        found_by=found_by,
        form=feed.form,
        title=feed.title,
        entries=len(feed.entries),
        newest_at=max(dates, default=None),
        full_text=sum(map(_has_full_text, feed.entries)) * 2 > len(feed.entries),
        hub=feed.hub,
    )


def _has_full_text(entry: Entry) -> bool:
    return len(entry.content) >= max(FULL_TEXT_CHARS, len(entry.summary))


def looks_like_feed(url: str) -> bool:
    """Tell whether an address is worth a try: /rss, /feed/, news.rss, feeds.example.org, ?format=rss."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return False
    if parts.scheme not in ("http", "https"):
        return False
    return bool(
        _LOOKS_LIKE_FEED.search(parts.path)
        or (_FEED_HOST.match(host) and len(parts.path) > 1)
        or re.search(r"(?:^|&)(?:feed|format|type|output)=(?:rss|atom|feed)", parts.query)
    )


def well_known_feeds(url: str) -> list[str]:
    """Return where feeds of the page's own section may stand, then those of its site."""
    bases = dict.fromkeys((urljoin(url, urlsplit(url).path.rstrip("/") + "/"), urljoin(url, "/")))
    return [urljoin(base, path) for base in bases for path in WELL_KNOWN]

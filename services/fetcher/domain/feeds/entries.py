"""What a feed document holds once it is parsed, before it becomes articles."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

MAX_ENTRIES = 10_000
"""Entries read of one document; what stands behind them is counted and left out."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An item of a feed, its texts plain."""

    guid: str = ""
    """Identifier as the feed gives it; need not be an address."""
    link: str = ""
    """Absolute address of the article; empty if the feed gives none."""
    title: str = ""
    summary: str = ""
    """What the feed marks as summary or description."""
    content: str = ""
    """Full text, where the feed carries it beside or instead of a summary."""
    credit: str = ""
    """Source element or credit line: whose text it is."""
    authors: tuple[str, ...] = ()
    language: str = ""
    published_at: datetime | None = None
    updated_at: datetime | None = None
    digest: str = ""
    """Names the entry's bytes in the document; empty where it was not told apart."""


@dataclass(frozen=True, slots=True)
class DeletedEntry:
    """The feed says that an entry is gone (RFC 6721)."""

    ref: str
    """Identifier of the entry that is gone."""
    link: str = ""
    deleted_at: datetime | None = None
    notice: str = ""


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """A feed document."""

    form: str
    """``rss``, ``rdf``, ``atom``, ``json``, or what the fallback calls it."""
    title: str = ""
    language: str = ""
    entries: tuple[Entry, ...] = ()
    deleted: tuple[DeletedEntry, ...] = ()
    dropped: Mapping[str, int] = field(default_factory=Counter)
    """Entries that could not be read, counted by reason."""
    unchanged: tuple[str, ...] = ()
    """Digests of entries that were known and therefore not read again."""
    hub: str = ""
    """Address of a WebSub hub that the feed names (rel="hub"); empty if none."""
    self_link: str = ""
    """Its own address as it gives it (rel="self"); empty if none."""
    asked_s: float | None = None
    """Seconds between polls that it asks for (ttl, sy:updatePeriod and updateFrequency); None: says nothing."""
    skip_hours: tuple[int, ...] = ()
    """Hours, UTC, in which it need not be polled."""
    skip_days: tuple[int, ...] = ()
    """Days on which it need not be polled; Monday is 0."""

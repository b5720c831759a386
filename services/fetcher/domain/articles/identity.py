"""Which article an entry is: the address under which it is known, from its link, its guid, or the feed and its text."""

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from urllib.parse import quote, urlsplit

from schemas.ids import article_id
from services.fetcher.domain.articles.urls import canonical_url, fragment_of
from services.fetcher.domain.feeds.entries import Entry

_GUID_SAFE = "/:@!$'()*,;-._~"
MAX_GUID_CHARS = 300


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _short(guid: str) -> str:
    return quote(guid, safe=_GUID_SAFE) if len(guid) <= MAX_GUID_CHARS else _hash(guid)


def within_feed(feed_url: str, name: str) -> str:
    """Return an address for what has none: the feed's, without its query (which may hold a key), and the name as fragment."""
    feed = urlsplit(canonical_url(feed_url))
    told_apart = f"{_hash(feed.query)[:8]}:" if feed.query else ""
    return f"{feed.scheme}://{feed.netloc}{feed.path}#{told_apart}{_short(name)}"


def address_of(entry: Entry, feed_url: str) -> str:
    """Return the canonical address of an entry: link, else a guid that is an address, else the feed's with guid or text."""
    if url := canonical_url(entry.link) or canonical_url(entry.guid):
        return url
    return within_feed(feed_url, entry.guid or _hash("\x1f".join((entry.title, entry.summary, entry.content))))


def _name_on_page(entry: Entry, url: str) -> str:
    """Return the address of an entry that shares its page with others: a live blog, a change log, links to the front page."""
    name = fragment_of(entry.link) or _short(entry.guid if canonical_url(entry.guid) != url else "")
    return f"{url}#{name}" if name else url


def addresses(entries: Sequence[Entry], feed_url: str, *, is_known: Callable[[str], bool]) -> list[str]:
    """Return the address of each entry, in order.

    Entries of one document that share an address and bear names of their own are articles of their own.

    Args:
        is_known: Tells whether an article id was published from this feed before; a name once given is kept.
    """
    plain = [address_of(entry, feed_url) for entry in entries]
    named = [_name_on_page(entry, url) for entry, url in zip(entries, plain, strict=True)]
    names_per_page = Counter(url for url, _ in set(zip(plain, named, strict=True)))
    return [name if names_per_page[url] > 1 or is_known(article_id(name)) else url for url, name in zip(plain, named, strict=True)]

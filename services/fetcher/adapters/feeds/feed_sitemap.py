"""News sitemaps (sitemaps.org 0.9 with Google's news extension): a site's articles of the last days, by title and date."""

import re
from urllib.parse import urlsplit

from services.fetcher.adapters.feeds.feed_elements import DocumentReader, Element, Fields, inner
from services.fetcher.domain.articles.urls import absolute_url
from services.fetcher.domain.feeds.dates import parse_date
from services.fetcher.domain.feeds.entries import Entry, ParsedFeed
from services.fetcher.domain.feeds.text import one_line

_LOC = re.compile(r"<(?:\w+:)?loc>\s*(?:<!\[CDATA\[)?\s*([^\s<\]]{1,500})")
_NAMED = 4
"""Sitemaps of an index that are named to the operator."""


class SitemapReader(DocumentReader):
    """Reads a sitemap. Addresses without a title are counted: there is nothing to judge them by."""

    _ENTRY_TAGS = ("{*}url",)
    _ENTRY_NAMES = frozenset({"url"})

    def __init__(self, root: Element, url: str) -> None:
        """Take the document and the address relative links go by."""
        super().__init__(root)
        self._url = url

    def read(self) -> ParsedFeed:
        """Return the whole document."""
        return ParsedFeed(form="sitemap", entries=tuple(self._entries(self._entry)), dropped=self._dropped)

    def _entry(self, element: Element, digest: str) -> Entry | None:
        fields = Fields(element, self._names)
        found = fields.first("news:news")
        news = Fields(found if found is not None else element, self._names)
        title = one_line(inner(news.first("news:title")))
        if not title:
            return None
        held = news.first("news:publication")
        publication = Fields(held, self._names) if held is not None else news
        address = absolute_url(fields.words("loc"), self._url)
        return Entry(
            guid=address,
            link=address,
            title=title,
            language=publication.words("news:language")[:35],
            published_at=parse_date(news.words("news:publication_date")),
            updated_at=parse_date(fields.words("lastmod")),
            digest=digest,
        )


def what_an_index_lists(text: str) -> str:
    """Return what to do with an index of sitemaps: it has no entries, but names the documents that have them."""
    listed = [_without_query(address) for address in _LOC.findall(text)]
    if not listed:
        return "an index of sitemaps that lists none"
    news = [address for address in listed if "news" in urlsplit(address).path.lower()]
    kind = "news sitemaps" if news else "sitemaps"
    return f"an index of {len(listed)} sitemaps and no feed: take the {kind} it lists, {', '.join((news or listed)[:_NAMED])}"


def _without_query(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.hostname}{parts.path}"

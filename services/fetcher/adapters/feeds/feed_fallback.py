"""What our own reader cannot make sense of goes to feedparser, which reads almost anything, slowly."""

from datetime import UTC, datetime
from time import struct_time
from typing import Any

import feedparser

from services.fetcher.domain.articles.urls import absolute_url
from services.fetcher.domain.feeds.dates import parse_date
from services.fetcher.domain.feeds.entries import Entry, ParsedFeed
from services.fetcher.domain.feeds.text import html_to_text, one_line

MAX_CHARS = 250_000
"""Longer documents are left alone: it takes seconds for a megabyte."""


def _moment(found: Any, name: str) -> datetime | None:
    parsed = found.get(f"{name}_parsed")
    if isinstance(parsed, struct_time):
        return datetime(*parsed[:5], min(parsed[5], 59), tzinfo=UTC)
    return parse_date(str(found.get(name) or ""))


def _entry(found: Any, url: str) -> Entry:
    content = html_to_text("\n".join(part.get("value") or "" for part in found.get("content", ())))
    summary = html_to_text(str(found.get("summary") or ""))
    source = found.get("source")
    return Entry(
        guid=str(found.get("id") or ""),
        link=absolute_url(str(found.get("link") or ""), url),
        title=one_line(str(found.get("title") or "")),
        summary="" if summary == content else summary,
        content=content,
        credit=one_line(str(source.get("title") or "")) if source else "",
        authors=tuple(filter(None, [one_line(str(found.get("author") or ""))[:200]])),
        published_at=_moment(found, "published"),
        updated_at=_moment(found, "updated"),
    )


def parse_anything(text: str, *, url: str) -> ParsedFeed | None:
    """Return what feedparser finds in the text; None if it finds no feed, or stumbles itself."""
    if len(text) > MAX_CHARS:
        return None
    try:
        document = feedparser.parse(
            text.encode(), response_headers={"content-type": "application/xml; charset=utf-8", "content-location": url}
        )
        entries = tuple(_entry(found, url) for found in document.entries)
    except Exception:  # whatever it raises, the document is not readable; it is a last resort and has no closed set of errors
        return None
    version = str(document.get("version") or "")  # there is none where it gave up early
    if not version and not entries:
        return None
    return ParsedFeed(form=version or "unknown", title=one_line(str(document.feed.get("title") or "")), entries=entries)

"""JSON Feed 1.0 and 1.1 to entries (jsonfeed.org/version/1.1)."""

import json
import re
from collections import Counter
from collections.abc import Container
from typing import Any

from schemas.words import PollReason
from services.fetcher.adapters.feeds.feed_errors import FeedError
from services.fetcher.adapters.feeds.feed_slices import digest_of
from services.fetcher.domain.articles.urls import absolute_url
from services.fetcher.domain.feeds.dates import parse_date
from services.fetcher.domain.feeds.entries import MAX_ENTRIES, Entry, ParsedFeed
from services.fetcher.domain.feeds.text import html_to_text, one_line, plain_text

MAX_NODES = 300_000
"""Objects and lists of a document that is read, at up to 230 bytes of memory each."""
_STRING = re.compile(r'"(?:[^"\\]|\\.)*+"', re.DOTALL)


def _nodes(text: str) -> int:
    outside = _STRING.sub("", text)
    return outside.count("{") + outside.count("[")


def _text(value: object) -> str:
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _authors(item: dict[str, Any]) -> tuple[str, ...]:
    listed = item.get("authors") if isinstance(item.get("authors"), list) else [item.get("author")]
    return tuple(name for author in listed or [] if isinstance(author, dict) and (name := one_line(_text(author.get("name")))[:200]))


def _entry(item: dict[str, Any], url: str, digest: str) -> Entry:
    content = html_to_text(_text(item.get("content_html"))) or plain_text(_text(item.get("content_text")))
    summary = plain_text(_text(item.get("summary")))
    return Entry(
        guid=_text(item.get("id")).strip(),
        link=absolute_url(_text(item.get("url")) or _text(item.get("external_url")), url),
        title=" ".join(plain_text(_text(item.get("title"))).split()),
        summary="" if summary == content else summary,
        content=content,
        authors=_authors(item),
        language=_text(item.get("language"))[:35],
        published_at=parse_date(_text(item.get("date_published"))),
        updated_at=parse_date(_text(item.get("date_modified"))),
        digest=digest,
    )


def _read(items: list[Any], url: str, known: Container[str], dropped: Counter[str]) -> tuple[list[Entry], list[str]]:
    """Return new entries, and the digests of those that are known. A digest is that of the item, however it is laid out."""
    entries: list[Entry] = []
    unchanged: list[str] = []
    for item in items:
        if not isinstance(item, dict):
            dropped["unreadable"] += 1
        elif len(entries) + len(unchanged) >= MAX_ENTRIES:
            dropped["too_many"] += 1
        elif (digest := digest_of(json.dumps(item, sort_keys=True, separators=(",", ":"), ensure_ascii=False))) in known:
            unchanged.append(digest)
        else:
            entries.append(_entry(item, url, digest))
    return entries, unchanged


def _hub(hubs: object) -> str:
    """Return the first hub that speaks WebSub; the other kind the format knows of is rssCloud."""
    listed = [hub for hub in hubs if isinstance(hub, dict)] if isinstance(hubs, list) else []
    return next((_text(hub.get("url")) for hub in listed if _text(hub.get("type")).lower() in ("websub", "pubsubhubbub")), "")


def parse_json_feed(text: str, *, url: str, known: Container[str] = frozenset()) -> ParsedFeed:
    """Return the entries of a JSON Feed; items that are no objects are counted, those that are known only listed.

    Raises:
        FeedError: If it is no JSON, or JSON of another sort.
    """
    if text.count("{") + text.count("[") > MAX_NODES and _nodes(text) > MAX_NODES:
        raise FeedError(PollReason.TOO_LARGE, f"more than {MAX_NODES} objects and lists")
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise FeedError(PollReason.PARSE_ERROR, f"JSON cannot be read: {getattr(error, 'msg', type(error).__name__)}") from error
    if not isinstance(document, dict) or not isinstance(document.get("items"), list):
        raise FeedError(PollReason.NOT_A_FEED, "JSON without a list of items")
    base = absolute_url(_text(document.get("home_page_url")), url) or url
    dropped: Counter[str] = Counter()
    entries, unchanged = _read(document["items"], base, known, dropped)
    return ParsedFeed(
        form="json",
        title=one_line(_text(document.get("title"))),
        language=_text(document.get("language"))[:35],
        entries=tuple(entries),
        dropped=dropped,
        unchanged=tuple(unchanged),
        hub=absolute_url(_hub(document.get("hubs")), url),
        self_link=absolute_url(_text(document.get("feed_url")), url),
    )

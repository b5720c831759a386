"""The feeds that a page of HTML names, and its links that look like feeds."""

from dataclasses import dataclass
from typing import Any, TypeAlias

from lxml import etree
from lxml import html as lxml_html

from services.fetcher.adapters.feeds.feed_text import decode, without_prolog
from services.fetcher.domain.articles.urls import absolute_url
from services.fetcher.domain.sources.discovery import FEED_TYPES, looks_like_feed

Element: TypeAlias = Any  # lxml has no types
MAX_CHARS = 4_000_000
MAX_LINKS = 50


@dataclass(frozen=True)
class SiteLinks:
    """Absolute addresses, each once, in the order of the page."""

    declared: tuple[str, ...] = ()
    linked: tuple[str, ...] = ()


def site_links(body: bytes, *, url: str, content_type: str = "") -> SiteLinks:
    """Return the feeds of a page; none if it cannot be read as HTML.

    Args:
        url: Where the page was found; its base element is resolved against it.
    """
    text = without_prolog(decode(body, content_type))[:MAX_CHARS]
    try:
        root = lxml_html.document_fromstring(text) if text.strip() else None
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        return SiteLinks()
    base = next((absolute_url(str(found.get("href") or ""), url) for found in root.iter("base") if found.get("href")), "") or url
    declared = (_address(link, base) for link in root.iter("link", "a") if _is_feed_link(link))
    linked = (address for link in root.iter("a") if looks_like_feed(address := _address(link, base)))
    return SiteLinks(_each_once(declared), _each_once(linked))


def _is_feed_link(link: Element) -> bool:
    relations = str(link.get("rel") or "").lower().split()
    kind = str(link.get("type") or "").partition(";")[0].strip().lower()
    return "feed" in relations or ("alternate" in relations and "stylesheet" not in relations and kind in FEED_TYPES)


def _address(link: Element, base: str) -> str:
    href = str(link.get("href") or "").strip()
    if href.lower().startswith("feed:"):  # feed://host/path, feed:https://host/path
        href = href[5:] if href[5:].startswith("http") else f"https:{href[5:]}"
    return absolute_url(href, base).partition("#")[0]


def _each_once(urls: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(url for url in urls if url))[:MAX_LINKS]

"""Text of XML to a tree that is a feed, and the reader for it. Document types, entities and the network are off."""

import re

from lxml import etree

from services.fetcher.adapters.feeds.feed_elements import Element
from services.fetcher.adapters.feeds.feed_sitemap import SitemapReader
from services.fetcher.adapters.feeds.feed_xml import FeedReader

_ROOTS = frozenset({"rss", "rdf", "feed", "channel", "entry", "urlset"})

_NUMBER = re.compile(r"&#(x[0-9a-fA-F]{1,8}|[0-9]{1,9})(?![0-9a-fA-F]);?")


def tree_of(text: str, *, recover: bool) -> Element | None:
    """Return the tree; None if the text is not well-formed, or nothing of it can be recovered."""
    parser = etree.XMLParser(
        encoding="utf-8",
        recover=recover,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        strip_cdata=True,
    )
    if recover:  # the parser would pass on half a surrogate pair as it stands
        text = _NUMBER.sub(_character, text)
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _character(reference: re.Match[str]) -> str:
    """Return a reference to a character that XML has (XML 1.0, 2.2) as it is, any other as the mark of what cannot be shown."""
    digits = reference[1]
    code = int(digits[1:], 16) if digits[0] == "x" else int(digits)
    is_sound = code in (0x9, 0xA, 0xD) or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or 0x10000 <= code <= 0x10FFFF
    return reference[0] if is_sound else "\ufffd"


def is_feed(root: Element) -> bool:
    """Return True if the root is one of a feed, in whatever namespace."""
    return isinstance(root.tag, str) and root.tag.rpartition("}")[2].rpartition(":")[2].lower() in _ROOTS


def reader_of(root: Element) -> type[FeedReader] | type[SitemapReader]:
    """Return what reads such a document."""
    return SitemapReader if str(root.tag).endswith("urlset") else FeedReader

"""Text of XML to a tree that is a feed, and the reader for it. Document types, entities and the network are off."""

from lxml import etree

from services.fetcher.adapters.feeds.feed_elements import Element
from services.fetcher.adapters.feeds.feed_sitemap import SitemapReader
from services.fetcher.adapters.feeds.feed_xml import FeedReader

_ROOTS = frozenset({"rss", "rdf", "feed", "channel", "entry", "urlset"})


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
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def is_feed(root: Element) -> bool:
    """Return True if the root is one of a feed, in whatever namespace."""
    return isinstance(root.tag, str) and root.tag.rpartition("}")[2].rpartition(":")[2].lower() in _ROOTS


def reader_of(root: Element) -> type[FeedReader] | type[SitemapReader]:
    """Return what reads such a document."""
    return SitemapReader if str(root.tag).endswith("urlset") else FeedReader

"""Bytes of a feed to entries: tells the formats apart, mends what is broken, refuses what is no feed."""

import re
import zlib
from collections import Counter
from collections.abc import Container
from dataclasses import replace

from schemas.words import PollReason
from services.fetcher.adapters.feeds.feed_broken import best_of
from services.fetcher.adapters.feeds.feed_elements import Element
from services.fetcher.adapters.feeds.feed_errors import FeedError
from services.fetcher.adapters.feeds.feed_fallback import parse_anything
from services.fetcher.adapters.feeds.feed_json import parse_json_feed
from services.fetcher.adapters.feeds.feed_sitemap import what_an_index_lists
from services.fetcher.adapters.feeds.feed_slices import Slices, slices_of
from services.fetcher.adapters.feeds.feed_text import beside_cdata, decode, mended, without_prolog
from services.fetcher.adapters.feeds.feed_tree import is_feed, reader_of, tree_of
from services.fetcher.domain.feeds.entries import ParsedFeed

MAX_BYTES = 16_000_000
MAX_NODES = 500_000
"""Elements and attributes of a document that is read, at about 200 bytes of memory each. The most that entries need is half of it."""
_FEED_TAG = re.compile(r"<(?:\w+:)?(?:rss|rdf|feed|channel|item|entry|urlset|sitemapindex)\b", re.IGNORECASE)
_HTML = re.compile(r"(?:(?><!--.*?-->)|\s)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_INDEX = re.compile(r"(?:(?><!--.*?-->)|(?><\?.*?\?>)|\s)*<(?:\w+:)?sitemapindex\b", re.DOTALL)
_ENTRY_TAG = re.compile(r"<(?:\w+:)?(?:item|entry)[\s>/]", re.IGNORECASE)


def parse_feed(
    body: bytes, *, url: str, content_type: str = "", known: Container[str] = frozenset(), max_bytes: int = MAX_BYTES
) -> ParsedFeed:
    """Return the entries of a feed document. Entries that cannot be read are counted by reason.

    Args:
        url: Where it came from; relative links are resolved against it.
        content_type: As the server sent it; its charset is a hint.
        known: Digests of entries that were read before. They are not read again, but listed as unchanged. The saving is real:
            a document in which all is known costs a tenth.
        max_bytes: Longest document, and longest that a gzip file may become.

    Raises:
        FeedError: EMPTY, NOT_A_FEED, BAD_ENCODING (a broken gzip file), TOO_LARGE or PARSE_ERROR.
    """
    if len(body) > max_bytes:
        raise FeedError(PollReason.TOO_LARGE, f"more than {max_bytes} bytes")
    text = decode(_unzipped(body, max_bytes), content_type)
    head = text[:2000].lstrip("\0\ufeff \t\r\n")
    if not head:
        raise FeedError(PollReason.EMPTY, "the document is empty")
    if head[0] in "{[":
        return parse_json_feed(text.strip("\0 \t\r\n"), url=url, known=known)
    if _HTML.match(head):
        raise FeedError(PollReason.NOT_A_FEED, "a page of HTML in place of the feed")
    if not _FEED_TAG.search(text):
        raise FeedError(PollReason.NOT_A_FEED, "neither RSS, Atom, RDF nor JSON Feed")
    return _parse_xml(text, url, known)


def _unzipped(body: bytes, max_bytes: int) -> bytes:
    """Feeds are also served as gzip files, without saying so in a header."""
    if body[:2] != b"\x1f\x8b":
        return body
    inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        whole = inflater.decompress(body, max_bytes + 1)
    except zlib.error as error:
        raise FeedError(PollReason.BAD_ENCODING, "a gzip file that is broken") from error
    if len(whole) > max_bytes:
        raise FeedError(PollReason.TOO_LARGE, f"more than {max_bytes} bytes when unpacked")
    if not inflater.eof:
        raise FeedError(PollReason.BAD_ENCODING, "a gzip file that is cut short")
    return whole


def _parse_xml(text: str, url: str, known: Container[str]) -> ParsedFeed:
    source = without_prolog(text)
    if _INDEX.match(source):
        raise FeedError(PollReason.NOT_A_FEED, what_an_index_lists(source))
    sliced = slices_of(source)
    if sliced is not None and (news := sliced.without(known)).is_cut and (feed := _read_sliced(news, url)) is not None:
        return feed
    return _read_whole(source, url, sliced)


def _refuse_a_forest(source: str) -> None:
    if len(source) <= MAX_NODES or _nodes(source) <= MAX_NODES:
        return
    found = 0

    def count(piece: str) -> str:
        nonlocal found
        found += _nodes(piece)
        return ""

    beside_cdata(source, count)
    if found > MAX_NODES:
        raise FeedError(PollReason.TOO_LARGE, f"more than {MAX_NODES} elements and attributes")


def _nodes(source: str) -> int:
    return source.count("<") - source.count("</") + source.count("=")


def _sound_tree(source: str) -> Element | None:
    """Return the tree of a document that is well-formed, or is so with its entities mended."""
    root = tree_of(source, recover=False)
    return root if root is not None else tree_of(mended(source), recover=False)


def _read_sliced(news: Slices, url: str) -> ParsedFeed | None:
    """Return what is new; None if the document is not as its slices say, and must be read whole."""
    _refuse_a_forest(news.text)
    root = _sound_tree(news.text)
    if root is None or not is_feed(root):
        return None
    reader = reader_of(root)(root, url)
    if not reader.fits(news.tag, len(news.digests)):
        return None
    reader.name_entries(news.digests)
    feed = reader.read()
    beyond = Counter({"too_many": news.beyond} if news.beyond else {})
    return replace(feed, unchanged=news.unchanged, dropped=Counter(feed.dropped) + beyond)


def _read_whole(source: str, url: str, sliced: Slices | None) -> ParsedFeed:
    _refuse_a_forest(source)
    root = _sound_tree(source)
    if root is not None and is_feed(root):
        reader = reader_of(root)(root, url)
        if sliced is not None and reader.fits(sliced.tag, len(sliced.spans)):
            reader.name_entries(sliced.digests)
        feed = reader.read()
        if feed.entries or feed.deleted or not _ENTRY_TAG.search(source):
            return feed
        return parse_anything(mended(source), url=url) or feed  # entries that our reader does not know: CDF, for one
    best = best_of(mended(source), url)
    if best is not None and (best.entries or best.deleted):
        return best
    if root is not None:
        raise FeedError(PollReason.NOT_A_FEED, f"a document of another sort: <{str(root.tag).rpartition('}')[2][:60]}>")
    raise FeedError(PollReason.PARSE_ERROR, "the XML is broken, and nothing in it can be read as an entry")

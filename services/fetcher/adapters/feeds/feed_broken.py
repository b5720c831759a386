"""Documents that are not well-formed: as many entries as can be had, and the rest counted."""

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise

from services.fetcher.adapters.feeds.feed_elements import Element
from services.fetcher.adapters.feeds.feed_fallback import parse_anything
from services.fetcher.adapters.feeds.feed_tree import is_feed, reader_of, tree_of
from services.fetcher.domain.feeds.entries import MAX_ENTRIES, Entry, ParsedFeed

_ENTRY = re.compile(r"<((?:\w+:)?(?:item|entry))[\s>/]", re.IGNORECASE)
_ROOT = re.compile(r"<((?:\w+:)?(?:rss|rdf|feed))(?:\s[^<>]*)?>", re.IGNORECASE)


def best_of(source: str, url: str) -> ParsedFeed | None:
    """Return what more entries were found with; None if nothing is any feed.

    First what XML's own recovery makes of the whole, then each entry apart, so that a broken one spoils no other; then feedparser.
    """
    root = tree_of(source, recover=True)
    best = reader_of(root)(root, url).read() if root is not None and is_feed(root) else None
    expected = sum(1 for _ in _ENTRY.finditer(source))
    if best is not None and len(best.entries) >= min(expected, MAX_ENTRIES):
        return best
    apart = _apart(source, url)
    if len(apart) > (len(best.entries) if best else 0):
        best = replace(best or ParsedFeed(form="rss"), entries=apart, dropped=Counter())
    if best is None or len(best.entries) < min(expected, MAX_ENTRIES):
        theirs = parse_anything(source, url=url)
        best = max((feed for feed in (best, theirs) if feed is not None), key=lambda feed: len(feed.entries), default=None)
    return best and replace(best, dropped=_dropped(best, expected))


def _dropped(feed: ParsedFeed, expected: int) -> Counter[str]:
    beyond = max(0, expected - MAX_ENTRIES)
    lost = max(0, expected - beyond - len(feed.entries) - feed.dropped.get("unreadable", 0))
    found = {"unreadable": feed.dropped.get("unreadable", 0) + lost, "too_many": beyond}
    return Counter({reason: count for reason, count in found.items() if count})


def _apart(source: str, url: str) -> tuple[Entry, ...]:
    """Return the entries, each read as a document of its own, with the root's namespaces."""
    root = _ROOT.search(source)
    opening, closing = (root[0].replace("/>", ">"), f"</{root[1]}>") if root else ("<rss>", "</rss>")
    entries: list[Entry] = []
    starts = [match.start() for match in _ENTRY.finditer(source)][: MAX_ENTRIES + 1]
    for start, end in pairwise([*starts, len(source)]):
        found = _one(f"{opening}{_to_its_end(source[start:end])}", closing)
        if found is not None and is_feed(found):
            entries += reader_of(found)(found, url).read().entries[:1]
    return tuple(entries[:MAX_ENTRIES])


def _to_its_end(piece: str) -> str:
    match = _ENTRY.match(piece)
    end = piece.find(f"</{match[1]}>") if match else -1
    return piece if end < 0 else piece[: piece.index(">", end) + 1]


def _one(piece: str, closing: str) -> Element | None:
    whole = tree_of(piece + closing, recover=False)
    return whole if whole is not None else tree_of(piece, recover=True)

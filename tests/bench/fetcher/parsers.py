"""How many entries of the bench's documents a parser reads per second of one core."""

import time
from collections.abc import Callable

import fastfeedparser
import feedparser

from services.fetcher.adapters.feeds.feed_parser import parse_feed
from tests.bench.fetcher.documents import Documents

URL = "https://paper.example/rss"


def _ours(body: bytes) -> int:
    return len(parse_feed(body, url=URL, content_type="application/rss+xml").entries)


def _feedparser(body: bytes) -> int:
    return len(feedparser.parse(body).entries)


def _fastfeedparser(body: bytes) -> int:
    return len(fastfeedparser.parse(body).entries)


PARSERS: dict[str, Callable[[bytes], int]] = {"ours": _ours, "feedparser": _feedparser, "fastfeedparser": _fastfeedparser}
"""What each returns is the number of entries."""


def entries_per_cpu_s(documents: Documents, *, feeds: int) -> dict[str, float]:
    """Return the rate of each parser over the same documents."""
    bodies = [documents.render(number, 0) for number in range(feeds)]
    return {name: _rate(parse, bodies) for name, parse in PARSERS.items()}


def _rate(parse: Callable[[bytes], int], bodies: list[bytes]) -> float:
    parse(bodies[0])
    began = time.process_time()
    entries = sum(map(parse, bodies))
    return entries / (time.process_time() - began)

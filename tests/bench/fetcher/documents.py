"""The feeds of the bench: RSS 2.0 as a newspaper's site makes it, invented text, rendered on demand from shared pieces."""

import random
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import lru_cache

EPOCH = datetime(2026, 1, 5, 6, 0, tzinfo=UTC)
"""Date of entry 0 of every feed; each following one is ten minutes younger."""
GAP = timedelta(minutes=10)
_MARKUP_BYTES = 900
"""What an entry is besides its paragraphs, roughly."""
_SYLLABLES = "ba be bo da de do fa fe ka ke ko la le lo ma me mo na ne no pa pe ra re ro sa se so ta te to va ve vo za".split()
_POOL = 400

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom">'
    "<channel><title>Paper {feed}</title><link>https://paper{feed}.example/</link><description>All the news</description>"
    "<language>en-GB</language>\n"
)
_ITEM = (
    "<item><title>{title} {number}</title><link>https://paper{feed}.example/2026/story-{number}?utm_source=rss&amp;utm_medium=feed</link>"
    '<guid isPermaLink="false">paper{feed}-{number}</guid><pubDate>{date}</pubDate><dc:creator><![CDATA[{author}]]></dc:creator>'
    "<category><![CDATA[World]]></category><category><![CDATA[Politics]]></category>"
    '<media:thumbnail url="https://img.paper{feed}.example/{number}.jpg" width="240" height="135"/>'
)
_TAIL = b"</channel></rss>\n"


class Documents:
    """So many feeds, each a sliding window over its endless row of entries."""

    def __init__(self, *, entries: int = 20, size_bytes: int = 50_000, seed: int = 4) -> None:
        self._entries = entries
        self._rng = random.Random(seed)
        self._words = ["".join(self._rng.choices(_SYLLABLES, k=self._rng.randint(1, 4))) for _ in range(4000)]
        self._texts = [self._text(max(200, size_bytes // entries - _MARKUP_BYTES)) for _ in range(_POOL)]
        self._titles = [self._sentence(9).rstrip(".") for _ in range(_POOL)]

    def _sentence(self, words: int) -> str:
        return " ".join(self._rng.choices(self._words, k=words)).capitalize() + "."

    def _text(self, length: int) -> bytes:
        """Return description and content of an entry: a teaser, and paragraphs with a link and an emphasis here and there."""
        paragraphs: list[str] = []
        while sum(map(len, paragraphs)) < length:
            some = [self._sentence(self._rng.randint(8, 24)) for _ in range(3)]
            some[1] = f'<a href="https://else.example/{len(paragraphs)}">{some[1]}</a>' if len(paragraphs) % 3 else f"<em>{some[1]}</em>"
            paragraphs.append(f"<p>{' '.join(some)}</p>")
        teaser = " ".join(self._sentence(14) for _ in range(2))
        content = "\n".join(paragraphs)
        return f"<description>{teaser}</description><content:encoded><![CDATA[{content}]]></content:encoded></item>\n".encode()

    def _entry(self, feed: int, number: int) -> tuple[bytes, bytes]:
        place = (feed * 31 + number * 7) % _POOL
        author = self._titles[place].split(" ")[0].capitalize() + " Writer"
        item = _ITEM.format(title=self._titles[place], feed=feed, number=number, date=_date(number), author=author)
        return item.encode(), self._texts[place]

    def render(self, feed: int, version: int) -> bytes:
        """Return the feed after ``version`` entries were added to its first ones, the newest entry on top."""
        pieces = [_HEAD.format(feed=feed).encode()]
        for number in range(version + self._entries - 1, version - 1, -1):
            pieces += self._entry(feed, number)
        return b"".join((*pieces, _TAIL))


@lru_cache(maxsize=1000)
def _date(number: int) -> str:
    return format_datetime(EPOCH + GAP * number)

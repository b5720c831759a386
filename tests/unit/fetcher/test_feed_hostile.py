"""Documents that are made to do harm are read or refused in a moment, and memory stays flat (behaviour 30)."""

import gzip
import resource
import subprocess
import sys
import time
from collections.abc import Callable

import pytest

from schemas.words import PollReason
from services.fetcher.adapters.feeds import feed_parser
from services.fetcher.adapters.feeds.feed_errors import FeedError
from services.fetcher.adapters.feeds.feed_parser import MAX_BYTES, parse_feed

MEGABYTE = 1_000_000
HEADROOM_MB = 250
"""What a process may need beyond what it had before it read one document of the longest kind."""


def fill(unit: bytes, size: int = MAX_BYTES - 1000) -> bytes:
    return unit * (size // len(unit))


def rss(inside: bytes) -> bytes:
    return b"<rss><channel>" + inside + b"</channel></rss>"


def described(text: bytes) -> bytes:
    return rss(b"<item><title>A</title><description>" + text + b"</description></item>")


LAUGHS = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 12))
HOSTILE: dict[str, Callable[[], bytes]] = {
    "billion laughs": lambda: b'<!DOCTYPE rss [<!ENTITY l0 "ha">' + LAUGHS + b"]>" + described(b"&l11;"),
    "quadratic blow-up": lambda: b'<!DOCTYPE rss [<!ENTITY a "' + b"x" * 100_000 + b'">]>' + described(b"&a;" * 100_000),
    "a file of the machine": lambda: b'<!DOCTYPE rss [<!ENTITY f SYSTEM "file:///etc/passwd">]>' + described(b"&f;"),
    "100,000 levels": lambda: described(b"<b>" * 100_000 + b"</b>" * 100_000),
    "100,000 levels of HTML": lambda: described(b"<![CDATA[" + b"<custom>" * 100_000 + b"]]>"),
    "millions of elements": lambda: rss(fill(b"<a/>")),
    "millions of attributes": lambda: rss(fill(b'<a b="" c="" d="" e=""/>')),
    "attributes of one element": lambda: rss(b"<item " + b"".join(b'a%d="" ' % n for n in range(MEGABYTE)) + b"/>"),
    "namespaces": lambda: b"<rss " + b"".join(b'xmlns:a%d="u" ' % n for n in range(400_000)) + b"><channel/></rss>",
    "millions of entries": lambda: rss(fill(b"<item><title>x</title></item>")),
    "millions of open entries": lambda: fill(b"<item>"),
    "millions of ampersands": lambda: described(fill(b"&")),
    "millions of unknown entities": lambda: described(fill(b"&nbsp;")),
    "paragraphs without end": lambda: described(b"<![CDATA[" + fill(b"<p>") + b"]]>"),
    "frames without end": lambda: described(b"<![CDATA[" + fill(b"<iframe/>") + b"]]>"),
    "CDATA that is never closed": lambda: rss(fill(b"<![CDATA[")),
    "comments that are never closed": lambda: rss(fill(b"<!--")),
    "objects of JSON": lambda: b'{"items":[' + fill(b"{},") + b"{}]}",
    "a long sitemap": lambda: b"<urlset>" + fill(b"<url><loc>x</loc></url>") + b"</urlset>",
    "wide characters": lambda: described(fill("😀".encode())),
    "blanks": lambda: fill(b" "),
    "50 MB": lambda: described(b"x" * 50 * MEGABYTE),
    "a gzip bomb": lambda: gzip.compress(b"<rss>" + b" " * 200 * MEGABYTE, 1),
}


def outcome(body: bytes) -> str:
    try:
        parse_feed(body, url="https://news.example/")
    except FeedError as error:
        return error.reason.value
    return "read"


if __name__ == "__main__":  # the child of the test below
    document = HOSTILE[sys.argv[1]]()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000
    in_use = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (in_use + 1000 * MEGABYTE,) * 2)
    began = time.process_time()
    print(outcome(document), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000 - before, time.process_time() - began)


@pytest.mark.parametrize("name", HOSTILE)
def test_no_document_takes_memory_or_time_beyond_measure(name: str) -> None:
    child = subprocess.run([sys.executable, "-m", "tests.unit.fetcher.test_feed_hostile", name], capture_output=True, text=True, timeout=60)

    assert child.returncode == 0, child.stderr
    ended, grown_mb, seconds = child.stdout.split()
    assert ended in {"read", *(reason.value for reason in (PollReason.TOO_LARGE, PollReason.PARSE_ERROR, PollReason.EMPTY))}
    assert int(grown_mb) < HEADROOM_MB
    assert float(seconds) < 10


def test_what_an_entity_stands_for_is_never_read() -> None:
    for name in ("billion laughs", "quadratic blow-up", "a file of the machine"):
        [entry] = parse_feed(HOSTILE[name](), url="https://news.example/").entries
        assert "root:" not in entry.summary
        assert len(entry.summary) < 500_000


def test_the_cap_is_the_callers() -> None:
    with pytest.raises(FeedError) as caught:
        parse_feed(b"<rss>" + b" " * 200, url="https://news.example/", max_bytes=100)

    assert caught.value.reason is PollReason.TOO_LARGE


def test_5000_entries_are_read() -> None:
    items = b"".join(b"<item><title>Story %d</title><link>https://news.example/%d</link></item>" % (n, n) for n in range(5000))

    assert len(parse_feed(rss(items), url="https://news.example/").entries) == 5000


def test_a_document_of_that_many_elements_within_cdata_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed_parser, "MAX_NODES", 10)

    assert outcome(described(b"<![CDATA[" + b"<br>" * 20 + b"]]>")) == "read"
    assert outcome(described(b"<br/>" * 20)) == "too_large"

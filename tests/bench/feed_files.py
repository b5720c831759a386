"""Feed files served over HTTP and read by the fetcher's own client, parser and domain: entries in the file against articles.

    python -m tests.bench.feed_files DATA_DIR [--bootstrap HOST:PORT] [--verbose]

DATA_DIR holds feed files, folders or tar archives of them. Every file is a feed; every element that is an entry must become
an article or be dropped for a reason. What is neither is printed, with what went wrong or took longer than a second, and
the exit code is 1. With ``--bootstrap`` the articles go to a real topic and are counted there.
"""

# a command prints

import argparse
import asyncio
import json
import re
import sys
import tarfile
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from aiohttp import web
from aiokafka import TopicPartition

from schemas import news_article
from schemas.feeds_source import FeedSource
from schemas.news_article import Article
from services.chassis.http import new_client
from services.chassis.kafka import new_consumer, new_producer
from services.chassis.records import decode
from services.fetcher.adapters.article_publisher import KafkaArticlePublisher
from services.fetcher.adapters.feeds.feed_errors import FeedError
from services.fetcher.adapters.feeds.feed_parser import parse_feed
from services.fetcher.adapters.polling.feed_client import FeedClient
from services.fetcher.domain.articles.articles import Harvest, harvest
from services.fetcher.domain.polling.polls import Validators

SLOW_S = 1.0
SUFFIXES = {".xml", ".rss", ".atom", ".rdf", ".json"}
NOT_FEEDS = {"package.json"}
_HIDDEN = re.compile(r"<!--.*?-->|<!\[CDATA\[.*?\]\]>", re.DOTALL)
_ENTRY = re.compile(r"<(?:\w+:)?(?:item|entry)(?:\s[^>]*)?/?>", re.IGNORECASE)
_HEADER = re.compile(rb"^\s*Header:\s*([\w-]+)\s*:\s*(.+?)\s*$", re.MULTILINE | re.IGNORECASE)
_ENCODING = re.compile(rb"""<\?xml[^>]*encoding=["']([\w.-]+)""")


@dataclass
class Tally:
    """What came of the files of one archive."""

    files: int = 0
    elements: int = 0
    articles: int = 0
    dropped: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    """Files that are no feed, by reason; the elements in them count as dropped under that reason."""
    exceptions: list[str] = field(default_factory=list)
    slow: list[str] = field(default_factory=list)
    unexplained: list[str] = field(default_factory=list)
    seconds: float = 0.0


def elements_in(body: bytes) -> int:
    """Count the entries of a file in a way that shares nothing with the parser."""
    if body.lstrip()[:1] == b"{":
        try:
            return len(json.loads(body).get("items", ()))
        except ValueError:
            return 0
    if body[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in body[:4]:
        codec = "utf-32" if body[:4] in (b"\xff\xfe\0\0", b"\0\0\xfe\xff") else "utf-16"
        text = body.decode(
            codec if body[:2] in (b"\xff\xfe", b"\xfe\xff", b"\0\0") else "utf-16-be" if body[:1] == b"\0" else "utf-16-le", "replace"
        )
    else:
        declared = _ENCODING.search(body[:200])
        try:
            text = body.decode(declared[1].decode() if declared else "utf-8", "replace")
        except LookupError:
            text = body.decode("latin-1")
    return len(_ENTRY.findall(_HIDDEN.sub("", text)))


def header_of(body: bytes, name: str) -> str:
    """Return a header that a test file asks in its comment to be served with; empty if it asks for none."""
    found = (value.decode("latin-1") for key, value in _HEADER.findall(body[:2000]) if key.decode().lower() == name)
    return next(found, "")


@asynccontextmanager
async def serving(folder: Path) -> AsyncIterator[str]:
    """Serve the files of a folder; headers that a test file asks for in its comment are sent."""

    async def answer(request: web.Request) -> web.Response:
        body = await asyncio.to_thread((folder / request.match_info["path"]).read_bytes)
        return web.Response(body=body, headers={"Content-Type": header_of(body, "content-type") or "application/xml"})

    app = web.Application()
    app.router.add_get("/{path:.*}", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


async def read_one(client: FeedClient, url: str, name: str) -> Harvest:
    """Do what a poll does, short of Kafka."""
    now = datetime.now(UTC)
    fetched = await client.fetch(url, validators=Validators(), now=now)
    feed = parse_feed(fetched.body or b"", url=fetched.url, content_type=fetched.content_type)
    feed_id = re.sub(r"[^a-z0-9.-]+", "-", f"bench-{name}".lower())[-190:].strip("-.")
    source = FeedSource.model_validate({"feed_id": feed_id, "url": url, "outlet": {"name": name}})
    return harvest(feed, source=source, seen=(), now=now)


async def read_all(folder: Path, files: list[Path], tally: Tally) -> list[Article]:
    """Read every file of an archive; what each came to is in the tally."""
    articles: list[Article] = []
    async with serving(folder) as base, new_client(timeout_s=10, allow=["127.0.0.1"]) as http:
        client = FeedClient(http, timeout_s=30, max_body_bytes=60_000_000)
        for file in files:
            name = str(file.relative_to(folder))
            expected = elements_in(file.read_bytes())
            tally.files, tally.elements = tally.files + 1, tally.elements + expected
            began = time.perf_counter()
            try:
                found = await read_one(client, f"{base}/{quote(name)}", name)
            except FeedError as error:
                tally.refused[error.reason.value] += 1
                tally.dropped[error.reason.value] += expected
                if expected:
                    tally.unexplained.append(f"{name}: {expected} entries, {error}")
                continue
            except Exception as error:  # the point of the exercise is that there is none
                tally.exceptions.append(f"{name}: {type(error).__name__}: {error}")
                continue
            finally:
                took = time.perf_counter() - began
                tally.seconds += took
                if took > SLOW_S:
                    tally.slow.append(f"{name}: {took:.1f} s")
            articles += found.new
            tally.articles += len(found.new)
            tally.dropped.update(found.dropped)
            if len(found.new) + sum(found.dropped.values()) != expected:
                tally.unexplained.append(f"{name}: {expected} entries, {len(found.new)} articles, dropped {dict(found.dropped)}")
    return articles


async def count_on_topic(bootstrap: str, articles: list[Article]) -> int:
    """Publish to the real topic and return how many of these versions are read back from it."""
    topic = news_article.TOPIC
    places = [TopicPartition(topic.name, number) for number in range(topic.partitions)]
    consumer, producer = new_consumer(bootstrap=bootstrap, client_id="bench", group=None), new_producer(bootstrap, client_id="bench")
    await consumer.start()
    await producer.start()
    try:
        consumer.assign(places)
        await consumer.seek_to_end(*places)
        [await consumer.position(place) for place in places]
        await KafkaArticlePublisher(producer).publish(articles)
        ends, wanted = await consumer.end_offsets(places), {(article.article_id, article.version) for article in articles}
        count = 0
        while any([await consumer.position(place) < end for place, end in ends.items()]):
            for records in (await consumer.getmany(timeout_ms=200)).values():
                found = (decode(Article, record.value) for record in records)
                count += sum((article.article_id, article.version) in wanted for article in found)
        return count
    finally:
        await producer.stop()
        await consumer.stop()


def archives(data: Path, scratch: Path) -> Iterator[tuple[str, Path]]:
    """Yield name and folder of each archive, and of the files that lie open."""
    for archive in sorted(data.glob("*.tar*")):
        target = scratch / archive.name
        with tarfile.open(archive) as tar:
            tar.extractall(target, filter="data")
        yield archive.name, target
    if any(path.suffix in SUFFIXES for path in data.rglob("*")):
        yield str(data), data


def show(name: str, tally: Tally, *, verbose: bool) -> None:
    print(f"{name}: {tally.files} files, {tally.elements} entries, {tally.articles} articles, {tally.seconds:.2f} s")
    for title, counts in (("dropped", tally.dropped), ("no feed", tally.refused)):
        for reason, count in sorted((+counts).items()):
            print(f"    {title}: {reason}: {count}")
    for title, lines in (("EXCEPTION", tally.exceptions), ("SLOW", tally.slow), ("DIFFERENCE", tally.unexplained)):
        for line in lines if verbose else lines[:10]:
            print(f"    {title} {line}")
        if not verbose and len(lines) > 10:
            print(f"    {title} and {len(lines) - 10} more")


async def main(arguments: argparse.Namespace) -> int:
    failed = False
    with tempfile.TemporaryDirectory() as scratch:
        for name, folder in archives(arguments.data, Path(scratch)):
            files = sorted(path for path in folder.rglob("*") if path.suffix in SUFFIXES and path.name not in NOT_FEEDS)
            tally = Tally()
            articles = await read_all(folder, files, tally)
            show(name, tally, verbose=arguments.verbose)
            if arguments.bootstrap:
                print(f"    on the topic: {await count_on_topic(arguments.bootstrap, articles)} of {len(articles)}")
            failed |= bool(tally.exceptions or tally.slow or tally.unexplained)
    return int(failed)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Entries in feed files against articles.")
    parser.add_argument("data", type=Path)
    parser.add_argument("--bootstrap", help="publish to this Kafka and count on the topic")
    parser.add_argument("--verbose", action="store_true", help="print every difference")
    sys.exit(asyncio.run(main(parser.parse_args())))

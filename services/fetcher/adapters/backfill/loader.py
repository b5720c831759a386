"""Loads an archive: reads all of it into the order of events, then publishes it in that order. Goes on where it was cut off."""

import itertools
import multiprocessing
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol, Self

from schemas.feeds_source import Outlet
from schemas.news_article import Article
from services.fetcher.adapters.article_publisher import Published
from services.fetcher.adapters.backfill.files import JsonRecord, PageRecord, Raw, Read, archive_files, records
from services.fetcher.adapters.backfill.store import BackfillStore, Rejected, Row
from services.fetcher.adapters.pages.reader import read_page
from services.fetcher.domain.backfill import Archived, Unusable, from_fields, from_page, in_sequence
from services.fetcher.domain.pages.page import Page

READ_AT_ONCE = 256
"""Records kept in one transaction: what an interruption makes us read again."""
READ_AT_ONCE_BYTES = 32_000_000
"""Fewer records, if they are longer: bounds memory."""
SENT_AT_ONCE = 200
"""Articles sent before that is noted: what an interruption makes us send again, under the same ids."""
POOL_FROM = 16
"""Pages in one go from which on it is worth it to read them in several processes."""

Report = Callable[[int, datetime | None], None]
"""Told how many records were read, or articles sent, and up to which time."""


class Publisher(Protocol):
    """Where articles go."""

    async def publish(self, articles: Sequence[Article]) -> Published:
        """Send all, and say which were refused."""
        ...


@dataclass
class Tally:
    """What became of the articles of an archive in one run."""

    published: Counter[str] = field(default_factory=lambda: Counter(new=0, version=0, withdrawal=0))
    """Sent, by kind."""
    repeated: int = 0
    """Captures that said what the version before had said."""
    too_large: int = 0
    """Refused by Kafka."""

    @property
    def done(self) -> int:
        """All that were gone through."""
        return self.published.total() + self.repeated + self.too_large


class ArchiveReader(AbstractContextManager["ArchiveReader"]):
    """Reads the files of an archive into its store."""

    def __init__(self, store: BackfillStore, *, outlet: Outlet | None, now: datetime) -> None:
        self._store, self._outlet, self._now = store, outlet, now
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)

    def read(self, path: Path, *, report: Report) -> None:
        """Read what has not been read yet.

        Raises:
            ValueError: If there is nothing to read.
        """
        count = 0
        for file in archive_files(path):
            for read in self._read_file(file, _name(file, path)):
                count += read
                report(count, None)
        self._store.settle()

    def _read_file(self, file: Path, name: str) -> Iterator[int]:
        """Read on in a file; yield how many records were read, batch by batch."""
        facts = file.stat()
        id_, known, is_read = self._store.file(name, facts.st_size, facts.st_mtime_ns)
        if is_read:
            return
        unread = itertools.islice(records(file), known, None)
        while batch := _first(unread, READ_AT_ONCE):
            articles, rejected = self._taken(name, batch)
            self._store.add(id_, count=batch[-1][0], articles=articles, rejected=rejected, is_read=False)
            yield len(batch)
        self._store.add(id_, count=self._store.file(name, facts.st_size, facts.st_mtime_ns)[1], articles=(), rejected=(), is_read=True)

    def _taken(self, name: str, batch: list[tuple[int, Raw | None]]) -> tuple[list[Archived], list[Rejected]]:
        articles: list[Archived] = []
        rejected: list[Rejected] = []
        pages = self._pages([raw for _, raw in batch if isinstance(raw, PageRecord)])
        for number, raw in batch:
            if raw is None:
                continue
            try:
                articles.append(self._article(raw, next(pages) if isinstance(raw, PageRecord) else None))
            except Unusable as error:
                rejected.append(Rejected(name, number, error.reason, error.detail))
        return articles, rejected

    def _article(self, raw: Raw, page: Page | Unusable | None) -> Archived:
        for failed in (raw, page):
            if isinstance(failed, Unusable):
                raise failed
        if isinstance(raw, JsonRecord):
            return from_fields(raw.fields, outlet=self._outlet, now=self._now)
        assert isinstance(raw, PageRecord)
        assert isinstance(page, Page)
        return from_page(page, url=raw.url, captured_at=raw.captured_at, outlet=self._outlet, now=self._now)

    def _pages(self, found: list[PageRecord]) -> Iterator[Page | Unusable]:
        if len(found) < POOL_FROM:
            return map(_page_of, found)
        if self._pool is None:
            self._pool = ProcessPoolExecutor(mp_context=multiprocessing.get_context("spawn"))
        return self._pool.map(_page_of, found, chunksize=4)


def _name(file: Path, root: Path) -> str:
    return file.name if file == root else file.relative_to(root).as_posix()


def _first(unread: Iterator[tuple[int, Read]], count: int) -> list[tuple[int, Raw | None]]:
    """Return the next records, each read before the next is asked for, as web archives must be."""
    found: list[tuple[int, Raw | None]] = []
    size = 0
    for number, read in itertools.islice(unread, count):
        found.append((number, raw := read()))
        size += 0 if raw is None or isinstance(raw, Unusable) else raw.size_bytes
        if size > READ_AT_ONCE_BYTES:
            break
    return found


def _page_of(record: PageRecord) -> Page | Unusable:
    try:
        return read_page(record.body, url=record.url, content_type=record.content_type)
    except Exception as error:
        return Unusable("unreadable", type(error).__name__)


async def publish_archive(store: BackfillStore, publisher: Publisher, *, limit: int | None, report: Report) -> Tally:
    """Publish what has not been published yet, in the order of events, up to the limit.

    Raises:
        aiokafka.errors.KafkaError: If the broker cannot be reached; started again, it goes on from here.
    """
    tally = Tally()
    while rows := store.next(SENT_AT_ONCE if limit is None else min(SENT_AT_ONCE, limit - tally.done)):
        told = [_told(row) for row in rows]
        sent = await publisher.publish([article for article in told if article])
        for row, article in zip(rows, told, strict=True):
            _count(tally, row, article, is_refused=row.article.article_id in sent.refused)
        store.mark_sent([(row.id, _kept(row, article)) for row, article in zip(rows, told, strict=True)])
        report(tally.done, rows[-1].article.published_at)
    return tally


def _told(row: Row) -> Article | None:
    return in_sequence(row.article, previous=row.previous, version=row.previous_version, first_seen_at=row.first_seen_at)


def _kept(row: Row, article: Article | None) -> Article | None:
    """Return what the article says from now on, where that differs from what the archive said."""
    return (article or row.previous or row.article) if row.previous_version else None


def _count(tally: Tally, row: Row, article: Article | None, *, is_refused: bool) -> None:
    if article is None:
        tally.repeated += 1
    elif is_refused:
        tally.too_large += 1
    else:
        tally.published["withdrawal" if article.withdrawn else "version" if row.previous_version else "new"] += 1

"""What is known of an archive while it is loaded: its articles in the order of events, and how far they have been sent.

A file of SQLite: it sorts what is larger than memory, and survives a kill at any point.
"""

import sqlite3
import zlib
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from schemas.news_article import Article
from services.fetcher.domain.backfill import Archived

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_TABLES = """
CREATE TABLE IF NOT EXISTS files (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, bytes INTEGER NOT NULL, changed_ns INTEGER NOT NULL,
    records INTEGER NOT NULL DEFAULT 0, is_read INTEGER NOT NULL DEFAULT 0, UNIQUE (name, bytes, changed_ns)
);
CREATE TABLE IF NOT EXISTS articles (
    id INTEGER PRIMARY KEY, article_id TEXT NOT NULL, version TEXT NOT NULL, moment INTEGER NOT NULL, captured INTEGER NOT NULL,
    seen INTEGER NOT NULL, content BLOB, is_sent INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS by_article ON articles (article_id, moment, captured, id);
CREATE INDEX IF NOT EXISTS unsent ON articles (moment, captured, id) WHERE NOT is_sent;
CREATE TABLE IF NOT EXISTS rejected (file TEXT NOT NULL, number INTEGER NOT NULL, reason TEXT NOT NULL, detail TEXT NOT NULL);
"""
# Of one article every version but the first stands where it was captured, if that is later than what it says of itself.
_PLACE_VERSIONS = """
UPDATE articles SET moment = captured WHERE NOT is_sent AND captured > moment AND id IN (
    SELECT id FROM (SELECT id, row_number() OVER (PARTITION BY article_id ORDER BY moment, captured, id) AS place FROM articles)
    WHERE place > 1
)
"""
_BEFORE = """
SELECT version, content FROM articles
WHERE article_id = ? AND (moment, captured, id) < (?, ?, ?) ORDER BY moment DESC, captured DESC, id DESC LIMIT 1
"""


@dataclass(frozen=True)
class Row:
    """An article of the archive that is to be sent, and what is known of the version before.

    Attributes:
        previous: None if there is none, or its text is not kept any more.
        previous_version: Empty if there is none.
    """

    id: int
    article: Article
    previous: Article | None
    previous_version: str
    first_seen_at: datetime


@dataclass(frozen=True)
class Rejected:
    """A record that became no article."""

    file: str
    number: int
    reason: str
    detail: str


class BackfillStore:
    """The state of one archive's loading."""

    def __init__(self, path: Path) -> None:
        """Open the file, or make it.

        Raises:
            sqlite3.DatabaseError: If it is something else, or another load has it open.
        """
        self._db = sqlite3.connect(path, isolation_level=None, timeout=1)
        self._db.execute("PRAGMA locking_mode=EXCLUSIVE")  # two loads of one archive would send everything twice
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=NORMAL")  # after a power cut some are read or sent again, under the same ids
        self._db.executescript(_TABLES)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def file(self, name: str, size: int, changed_ns: int) -> tuple[int, int, bool]:
        """Return a file's id, the records read of it, and whether that is all. A file that has changed is another one."""
        self._db.execute("INSERT OR IGNORE INTO files (name, bytes, changed_ns) VALUES (?, ?, ?)", (name, size, changed_ns))
        query = "SELECT id, records, is_read FROM files WHERE name = ? AND bytes = ? AND changed_ns = ?"
        id_, count, is_read = self._one(query, name, size, changed_ns)
        return id_, count, bool(is_read)

    def add(self, file: int, *, count: int, articles: Sequence[Archived], rejected: Sequence[Rejected], is_read: bool) -> None:
        """Keep what was read of a file up to this record, all at once."""
        with _transaction(self._db):
            self._db.executemany(
                "INSERT INTO articles (article_id, version, moment, captured, seen, content) VALUES (?, ?, ?, ?, ?, ?)",
                map(_columns, articles),
            )
            rows = ((one.file, one.number, one.reason, one.detail) for one in rejected)
            self._db.executemany("INSERT INTO rejected VALUES (?, ?, ?, ?)", rows)
            self._db.execute("UPDATE files SET records = ?, is_read = ? WHERE id = ?", (count, is_read, file))

    def settle(self) -> None:
        """Put versions in their places, once everything is read."""
        self._db.execute(_PLACE_VERSIONS)

    def unsent_count(self) -> int:
        """Return how many articles are still to be sent."""
        return int(self._one("SELECT count(*) FROM articles WHERE NOT is_sent")[0])

    def next(self, count: int) -> list[Row]:
        """Return the next articles to be sent in the order of events, no article twice among them."""
        query = "SELECT id, article_id, moment, captured, content FROM articles WHERE NOT is_sent ORDER BY moment, captured, id LIMIT ?"
        rows: list[Row] = []
        taken: set[str] = set()
        for id_, article_id, moment, captured, content in self._all(query, count):
            if article_id in taken:
                break
            taken.add(article_id)
            rows.append(self._row(id_, article_id, (moment, captured), content))
        return rows

    def _row(self, id_: int, article_id: str, place: tuple[int, int], content: bytes) -> Row:
        article = _article(content)
        before = self._one(_BEFORE, article_id, *place, id_)
        if before is None:
            return Row(id_, article, None, "", article.first_seen_at)
        (seen,) = self._one("SELECT min(seen) FROM articles WHERE article_id = ?", article_id)
        return Row(id_, article, _article(before[1]) if before[1] else None, before[0], _EPOCH + seen * _MICROSECOND)

    def mark_sent(self, sent: Sequence[tuple[int, Article | None]]) -> None:
        """Note that these rows are done with, and what their articles said as of then; return when it is on disk.

        Args:
            sent: None: it was sent as it is kept.
        """
        rows = ((article.version, _packed(article), id_) for id_, article in sent if article)
        with _transaction(self._db):
            self._db.executemany("UPDATE articles SET version = ?, content = ? WHERE id = ?", rows)
            self._db.executemany("UPDATE articles SET is_sent = 1 WHERE id = ?", ((id_,) for id_, _ in sent))

    def rejected(self) -> list[Rejected]:
        """Return the records that became no article, in the order of the archive."""
        return [Rejected(*row) for row in self._all("SELECT file, number, reason, detail FROM rejected ORDER BY rowid")]

    def rejected_counts(self) -> dict[str, int]:
        """Return how many records became no article, by reason."""
        return dict(self._all("SELECT reason, count(*) FROM rejected GROUP BY reason ORDER BY 2 DESC"))

    def records(self) -> tuple[int, int]:
        """Return the files known, and the records read of all of them."""
        files, count = self._one("SELECT count(*), coalesce(sum(records), 0) FROM files")
        return files, count

    def forget_texts(self) -> None:
        """Give the room of texts back once everything is sent; versions stay known."""
        self._db.execute("UPDATE articles SET content = NULL WHERE is_sent")
        self._db.execute("VACUUM")

    def _one(self, query: str, *values: object) -> tuple:  # type: ignore[type-arg]
        with closing(self._db.execute(query, values)) as found:
            return found.fetchone()  # type: ignore[no-any-return]

    def _all(self, query: str, *values: object) -> list:  # type: ignore[type-arg]
        with closing(self._db.execute(query, values)) as found:
            return found.fetchall()


class _transaction:
    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def __enter__(self) -> None:
        self._db.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind: object, *_: object) -> None:
        self._db.execute("COMMIT" if kind is None else "ROLLBACK")


def _columns(archived: Archived) -> tuple[object, ...]:
    article = archived.article
    captured = archived.captured_at or archived.moment
    return (article.article_id, article.version, _us(archived.moment), _us(captured), _us(article.first_seen_at), _packed(article))


def _us(moment: datetime) -> int:
    return (moment - _EPOCH) // _MICROSECOND


def _packed(article: Article) -> bytes:
    return zlib.compress(article.model_dump_json().encode(), 1)


def _article(content: bytes) -> Article:
    return Article.model_validate_json(zlib.decompress(content))

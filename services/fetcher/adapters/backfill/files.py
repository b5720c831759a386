"""Files of an archive to records: lines of JSON, and pages of web archives (WARC), plain or gzipped."""

import contextlib
import gzip
import io
import json
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, cast

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord

from services.fetcher.domain.backfill import Unusable

LINES = (".jsonl", ".jsonl.gz", ".ndjson", ".ndjson.gz")
WEB_ARCHIVES = (".warc", ".warc.gz")
MAX_RECORD_BYTES = 16_000_000
"""Longest line, and longest page, decompressed: as with feeds."""
_HTML = ("text/html", "application/xhtml+xml")
_PAGE_RECORDS = frozenset({"response", "resource"})


@dataclass(frozen=True)
class JsonRecord:
    """A line that holds a JSON object."""

    fields: dict[str, object]
    size_bytes: int


@dataclass(frozen=True)
class PageRecord:
    """A page as it was captured."""

    url: str
    captured_at: datetime
    body: bytes
    content_type: str

    @property
    def size_bytes(self) -> int:
        """Of the page, decompressed."""
        return len(self.body)


# What gzip and the library raise at broken archives; the last ones where it takes for granted what a record lacks.
_BROKEN = (OSError, EOFError, zlib.error, ArchiveLoadFailed, ValueError, AttributeError, TypeError, LookupError)
Raw = JsonRecord | PageRecord | Unusable
Read = Callable[[], Raw | None]
"""Reads the record in hand; None: it is no article and does not claim to be one (an image, a request, an empty line)."""


def archive_files(path: Path) -> list[Path]:
    """Return the files of an archive, in order of name; of a folder all that can be read, however deep.

    Raises:
        ValueError: If there is none.
    """
    known = LINES + WEB_ARCHIVES
    found = sorted(file for file in path.rglob("*") if file.is_file() and file.name.lower().endswith(known)) if path.is_dir() else [path]
    if not found or not (path.is_dir() or path.name.lower().endswith(known)):
        raise ValueError(f"{path}: there are no articles here; known are {', '.join(known)}")
    return found


def records(file: Path) -> Iterator[tuple[int, Read]]:
    """Yield the number of each record (a line, from 1) with what reads it: who goes on after an interruption reads none twice.

    What breaks off in the middle ends with one that cannot be read.
    """
    number = 0
    with cast(BinaryIO, gzip.open(file) if _is_gzipped_text(file) else file.open("rb")) as stream:
        try:
            for number, read in enumerate(_lines(stream) if file.name.lower().endswith(LINES) else _pages(stream), 1):
                yield number, read
        except _BROKEN as error:
            broken = Unusable("broken_file", type(error).__name__)
            yield number + 1, lambda: broken


def _is_gzipped_text(file: Path) -> bool:
    return file.name.lower().endswith(LINES) and file.suffix.lower() == ".gz"


def _lines(stream: BinaryIO) -> Iterator[Read]:
    while line := stream.readline(MAX_RECORD_BYTES + 1):
        is_whole = len(line) <= MAX_RECORD_BYTES
        while not is_whole and not line.endswith(b"\n") and (line := stream.readline(MAX_RECORD_BYTES)):
            pass
        yield (lambda line=line, is_whole=is_whole: _from_line(line) if is_whole else Unusable("too_large"))  # type: ignore[misc]


def _from_line(line: bytes) -> Raw | None:
    if not line.strip():
        return None
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        return Unusable("not_json", str(error)[:200])
    return JsonRecord(value, len(line)) if isinstance(value, dict) else Unusable("not_an_object", type(value).__name__)


def _pages(stream: BinaryIO) -> Iterator[Read]:
    found = iter(ArchiveIterator(stream))
    while True:
        with contextlib.redirect_stderr(_Nowhere()):  # the library tells the terminal of every oddity, with bytes of the archive
            record = next(found, None)
        if record is None:
            return
        yield lambda record=record: _from_record(record)  # type: ignore[misc]


class _Nowhere(io.TextIOBase):
    def write(self, text: str) -> int:
        return len(text)


def _from_record(record: ArcWarcRecord) -> Raw | None:
    if record.rec_type is None or record.format != "warc":  # the library takes what begins with rubbish for the older ARC
        return Unusable("broken_record")
    if record.rec_type not in _PAGE_RECORDS:
        return None
    headers = record.http_headers
    content_type = (headers.get_header("Content-Type") if headers else record.content_type) or ""
    status = headers.get_statuscode() if headers else "200"
    if status != "200" or content_type.partition(";")[0].strip().lower() not in _HTML:
        return None
    try:
        captured_at = datetime.fromisoformat(record.rec_headers.get_header("WARC-Date") or "").astimezone(UTC)
    except ValueError:
        return Unusable("no_date", "WARC-Date")
    url = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> ")
    try:
        body = _body(record)
    except _BROKEN as error:
        return Unusable("broken_body", type(error).__name__)
    if len(body) > MAX_RECORD_BYTES:
        return Unusable("too_large")
    return Unusable("cut_short") if getattr(record.raw_stream, "limit", 0) > 0 else PageRecord(url, captured_at, body, content_type)


def _body(record: ArcWarcRecord) -> bytes:
    stream, body = record.content_stream(), bytearray()
    while len(body) <= MAX_RECORD_BYTES and (chunk := stream.read(65_536)):
        body += chunk
    return bytes(body)

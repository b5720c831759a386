"""Files of feeds: OPML as readers export it, and YAML with everything a source can say."""

from pathlib import Path

from schemas.feeds_source import FeedSource
from services.fetcher.adapters.sources.opml import read_opml
from services.fetcher.adapters.sources.source_mistakes import Mistake, SourceFileError, SourceList
from services.fetcher.adapters.sources.source_yaml import read_yaml

MAX_BYTES = 20_000_000
"""Some 60,000 feeds."""


def look_at_sources_file(path: Path) -> SourceList:
    """Return the feeds of an OPML or YAML file, told apart by what is in it, and every mistake beside them.

    Raises:
        SourceFileError: If it cannot be read as a list of feeds at all.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise SourceFileError([Mistake(str(path), "file", error.strerror or "cannot be read")]) from error
    return look_at_sources(content)


def look_at_sources(content: bytes) -> SourceList:
    """Return the feeds of an OPML or YAML document; see ``look_at_sources_file``."""
    if len(content) > MAX_BYTES:
        raise SourceFileError([Mistake("file", "size", f"more than {MAX_BYTES} bytes")])
    starts_with = content.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n")[:1]  # byte order marks, and the zeros of UTF-16
    return read_opml(content) if starts_with == b"<" else read_yaml(content)


def read_sources_file(path: Path) -> list[FeedSource]:
    """Return the feeds of a file.

    Raises:
        SourceFileError: With every mistake in it: place, field and reason.
    """
    found = look_at_sources_file(path)
    if found.mistakes:
        raise SourceFileError(list(found.mistakes))
    return list(found.sources)

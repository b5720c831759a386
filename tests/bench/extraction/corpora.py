"""Pages with what should be read from them, out of archives that are not part of this repository."""

import gzip
import json
import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from lxml import html

from services.fetcher.domain.feeds.dates import parse_date

BENCHMARK, READABILITY, NEWSPAPER = "benchmark", "readability", "newspaper4k"


@dataclass(frozen=True)
class Sample:
    """A page and what is known of it; None where the corpus does not say."""

    name: str
    body: bytes
    url: str
    text: str | None = None
    title: str | None = None
    authors: frozenset[str] | None = None
    days: frozenset[date] = frozenset()
    """The day as it is written, and in UTC."""


def _files(archive: Path) -> dict[str, bytes]:
    with tarfile.open(archive) as tar:
        return {member.name: file.read() for member in tar if member.isfile() and (file := tar.extractfile(member))}


def benchmark(folder: Path) -> Iterator[Sample]:
    """Yield pages of the article extraction benchmark: texts only."""
    truth = json.loads(gzip.decompress((folder / "benchmark_truth.json.gz").read_bytes()))
    for name, packed in sorted(_files(folder / "benchmark_pages.tar").items()):
        known = truth[Path(name).name.removesuffix(".html.gz")]
        yield Sample(Path(name).name[:8], gzip.decompress(packed), known["url"], text=known["articleBody"])


def _days(text: object) -> frozenset[date]:
    found = re.match(r"(\d{4})-(\d\d)-(\d\d)", str(text or ""))
    if not found:
        return frozenset()
    moment = parse_date(str(text))
    return frozenset({date(*map(int, found.groups()))} | ({moment.date()} if moment else set()))


def readability(folder: Path) -> Iterator[Sample]:
    """Yield test pages of Readability: texts, titles, some bylines and dates."""
    files = _files(folder / "readability_pages.tar.xz")
    for name in sorted(name for name in files if name.endswith("/source.html")):
        base = name.removesuffix("source.html")
        known = json.loads(files[base + "expected-metadata.json"])
        byline = known.get("byline")
        yield Sample(
            base.split("/")[-2],
            files[name],
            "http://fakehost/test/page.html",
            text=_text_of(files[base + "expected.html"].decode()),
            title=known.get("title"),
            authors=frozenset([byline]) if byline else None,
            days=_days(known.get("publishedTime")),
        )


def _text_of(markup: str) -> str:
    return "\n".join(html.fromstring(f"<div>{markup}</div>").itertext())


def newspaper(folder: Path) -> Iterator[Sample]:
    """Yield test pages of newspaper4k: texts in many languages, some titles, authors and dates."""
    files = _files(folder / "newspaper4k_pages.tar.xz")
    for name in sorted(name for name in files if name.endswith(".html")):
        stem = Path(name).stem
        text = files.get(f"data/txt/{stem}.txt")
        known = json.loads(files.get(f"data/metadata/{stem}.json", b"{}"))
        if text is None and not known:
            continue
        yield Sample(
            stem,
            files[name],
            known.get("url") or f"http://{stem}.invalid/page",
            text=text.decode() if text is not None else None,
            title=known.get("title") or None,
            authors=frozenset(known.get("authors") or ()) or None,
            days=_days(known.get("publish_date")),
        )


CORPORA = {BENCHMARK: benchmark, READABILITY: readability, NEWSPAPER: newspaper}
